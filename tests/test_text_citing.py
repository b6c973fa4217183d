"""A passage cited in a sentence of ours reads well and keeps its words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.text.citing import cited, listed


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("The ferry stopped.", "“The ferry stopped”"),
        ("“We will wait,” she said.", "“‘We will wait,’ she said”"),
        ("“We will wait.", "“We will wait”"),
        ("We will come back tomorrow.”", "“We will come back tomorrow”"),
        ('He called it "a start".', "“He called it ‘a start’”"),
        ("The talks open at 9 a.m.", "“The talks open at 9 a.m.”"),
        ("Two\n lines", "“Two lines”"),
        ("We wait,” she said.", "“‘We wait,’ she said”"),
        ('We wait," she said.', "“‘We wait,’ she said”"),
    ],
)
def test_a_citation_reads_as_an_editor_would_write_it(text: str, citation: str) -> None:
    assert cited(text) == citation


def test_a_long_passage_is_cut_after_a_clause() -> None:
    text = "The union asked for more time, the authority said, and the company agreed to wait until Friday"
    assert cited(text, 60) == "“The union asked for more time, the authority said…”"


@given(st.text(alphabet='ab ,.“”"', max_size=300), st.integers(20, 100))
def test_a_citation_is_bounded_and_keeps_the_words_in_order(text: str, longest: int) -> None:
    shown = cited(text, longest)
    assert len(shown) <= longest + 4
    words = re.findall(r"\w+", text)
    assert re.findall(r"\w+", shown)[:-1] == words[: max(len(re.findall(r"\w+", shown)) - 1, 0)]


@pytest.mark.parametrize(
    ("parts", "line"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_a_list_reads_as_english(parts: list[str], line: str) -> None:
    assert listed(parts, "or") == line
