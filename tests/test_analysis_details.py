"""One detail of a passage, sought in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.analysis.details import lacking

TEXT = "Officers in Kyiv detained three people on Monday over a theft of 1,400 crowns."


@pytest.mark.parametrize(
    ("detail", "context"),
    [
        ("in Kiev", "arrested police"),
        ("three people", "arrested police"),
        ("3 people", "detained"),
        ("on Monday", "detained officers"),
    ],
)
def test_what_the_text_has_in_other_words_is_found(detail: str, context: str) -> None:
    assert lacking(detail, context, TEXT) < 0.5


@pytest.mark.parametrize("detail", ["four people", "on Tuesday", "in Odesa", "1,500 crowns", "by helicopter"])
def test_what_the_text_has_otherwise_is_lacking(detail: str) -> None:
    assert lacking(detail, "detained officers", TEXT) >= 0.5


def test_a_detail_said_of_something_else_is_found_less_surely() -> None:
    assert lacking("three people", "detained officers", TEXT) < lacking(
        "three people", "rescued divers", TEXT
    )


def test_a_detail_without_content_words_is_still_sought() -> None:
    assert lacking("them", "detained", TEXT) > lacking("in", "detained", TEXT)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=60))
def test_the_answer_is_always_a_share(detail: str, context: str, text: str) -> None:
    assert 0 <= lacking(detail, context, text) <= 1
