"""One detail of a passage, sought in another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.analysis.details import lacking, signals

PASSAGE = "Police in Kiev arrested 3 people on Monday over a theft of 1,400 crowns, a court heard by video."
TEXT = "Officers in Kyiv detained three people on Monday over a theft of 1,400 crowns."


@pytest.mark.parametrize("detail", ["in Kiev", "3 people", "three people", "a theft", "1,400 crowns"])
def test_what_the_text_has_in_other_words_is_found(detail: str) -> None:
    assert lacking(detail, "arrested", PASSAGE, TEXT) < 0.5


@pytest.mark.parametrize("detail", ["on Tuesday", "in Odesa", "by video"])
def test_what_the_text_has_otherwise_is_lacking(detail: str) -> None:
    assert lacking(detail, "arrested", PASSAGE, TEXT) >= 0.5


@pytest.mark.parametrize(
    ("other", "own"), [("four people", "three people"), ("1,500 crowns", "1,400 crowns")]
)
def test_another_figure_is_lacking_more_surely_than_the_same(other: str, own: str) -> None:
    assert lacking(other, "arrested", PASSAGE, TEXT) > lacking(own, "arrested", PASSAGE, TEXT) + 0.2


def test_a_detail_of_something_else_that_happens_is_found_less_surely() -> None:
    same, other = (lacking("three people", verb, PASSAGE, TEXT) for verb in ("detained", "rescued"))
    assert same < other


def test_of_two_unlike_passages_more_is_lacking() -> None:
    other = "In Lund, a choir of three people sang on Monday."
    assert lacking("3 people", "arrested", PASSAGE, other) > lacking("3 people", "arrested", PASSAGE, TEXT)


def test_a_detail_without_content_words_is_still_sought() -> None:
    assert signals("them", "detained", PASSAGE, "They met them.")["found"] == 1
    assert signals("them", "detained", PASSAGE, TEXT)["found"] == 0


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=60), st.text(max_size=60))
def test_the_answer_is_always_a_probability(detail: str, verb: str, passage: str, text: str) -> None:
    assert 0 <= lacking(detail, verb, passage, text) <= 1
    assert all(0 <= value <= 1 for value in signals(detail, verb, passage, text).values())
