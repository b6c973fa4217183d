"""What is said, and by whom: golden cases that anyone may add to, and promises about every text."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.text.quotation import cues, quotations, read, scare_quotes

CASES = sorted((Path(__file__).parent / "golden" / "quotation").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_golden(path: Path) -> None:
    text, expected = path.read_text(encoding="utf-8").split("\n---\n")
    found = quotations(text)
    for line in expected.strip().split("\n"):
        speaker, how, words = line.split(" | ")
        if how == "scare":
            assert words in [text[s.begin : s.end] for s in scare_quotes(text)]
            continue
        matching = [q for q in found if q.direct == (how == "direct") and q.speaker == speaker]
        said = [text[q.words.begin : q.words.end] for q in matching]
        assert any(words == s or (how == "indirect" and words in s) for s in said), (line, found)


def test_direct_content_has_its_marks_and_words_have_not() -> None:
    text = "“We will rebuild the bridge,” Mayor Ana Rivera said."
    (found,) = quotations(text)
    assert text[found.content.begin : found.content.end] == "“We will rebuild the bridge,”"
    assert text[found.words.begin : found.words.end] == "We will rebuild the bridge,"
    assert found.cue is not None
    assert text[found.cue.begin : found.cue.end] == "said"


def test_speech_is_no_scare_quote() -> None:
    assert scare_quotes("“It is over,” Mayor Ana Rivera said.") == []


def test_a_text_without_words_has_no_quotations() -> None:
    assert read("") == ([], [])
    assert read("\n\n “” \n") == ([], [])


def test_cues_of_others_words_are_found_without_quotation_marks() -> None:
    text = "Residents accused the council of neglect. The council denied the claim."
    assert len(cues(text)) >= 2


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab “”\"'.,:\n" + "Xy", max_size=120))
def test_spans_lie_in_the_text_and_in_order(text: str) -> None:
    found, cue_spans = read(text)
    assert [q.content for q in found] == sorted(q.content for q in found)
    for q in found:
        for span in (q.content, q.words, *([q.cue] if q.cue else []), *([q.source] if q.source else [])):
            assert 0 <= span.begin <= span.end <= len(text)
        assert q.content.begin <= q.words.begin <= q.words.end <= q.content.end
        assert 0 <= q.certainty <= 1
    assert all(s.begin < s.end for s in cue_spans)


def test_the_same_text_gives_the_same_answer() -> None:
    text = "“We will rebuild the bridge,” Mayor Ana Rivera said. She called it a duty."
    assert read(text) == read(text)


def test_time_grows_with_the_length_not_its_square() -> None:
    part = "“We will rebuild it,” Mayor Ana Rivera said. She called the delay a “scandal”. It rained.\n\n"
    started = time.perf_counter()
    quotations(part * 20)
    short = time.perf_counter() - started
    started = time.perf_counter()
    quotations(part * 160)
    assert time.perf_counter() - started < 24 * max(short, 0.02)
