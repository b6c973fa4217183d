"""Passages ready to be shown: whole, in place, with marks where they belong; links only where safe."""

import datetime as dt

import pytest
import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.model import Evidence, Finding, Passage, Span
from compare.report import exhibits
from compare.text.passages import paragraph


@given(
    st.text(min_size=1, max_size=200),
    st.lists(st.tuples(st.integers(0, 220), st.integers(0, 220)), max_size=8),
)
@settings(max_examples=60)
def test_pieces_joined_are_the_passage_whatever_the_marks(text: str, marks: list[tuple[int, int]]) -> None:
    told = Passage("a", Span(7, 7 + len(text)), text)
    cut = exhibits.pieces(told, [Span(begin, end) for begin, end in marks])
    assert "".join(piece.text for piece in cut) == text


def test_marks_are_offsets_of_the_body_and_overlaps_are_joined() -> None:
    told = Passage("a", Span(10, 25), "the talks moved")
    cut = exhibits.pieces(told, [Span(14, 19), Span(17, 25)])
    assert [(piece.text, piece.marked) for piece in cut] == [
        ("the ", False),
        ("talks", True),
        (" moved", True),
    ]


def test_of_a_very_long_passage_the_part_with_the_mark_is_shown() -> None:
    text = "a " * 5000 + "here" + " b" * 5000
    at = text.index("here")
    cut = exhibits.pieces(Passage("a", Span(0, len(text)), text), [Span(at, at + 4)])
    assert [piece.text for piece in cut if piece.marked] == ["here"]
    assert cut[0].text == "… "
    assert cut[-1].text == " …"
    assert sum(len(piece.text) for piece in cut) < exhibits.WINDOW + 10


def test_paragraphs_count_from_one_and_the_headline_is_nought() -> None:
    told = samples.article("a", "Gull", "Title", ("First.", "Second."))
    assert [paragraph(told, told.body.index(word)) for word in ("Title", "First", "Second")] == [
        0,
        1,
        2,
    ]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//host/path",
        "http://",
        "https://host/a b",
        "https://host/\u202egpj.exe",
        "https://[broken",
        "https://host/" + "x" * 3000,
    ],
)
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert exhibits.live_link(url) == ""


def test_a_web_address_stays_a_link() -> None:
    assert exhibits.live_link("https://example.org/a?b=c") == "https://example.org/a?b=c"


def test_dates_are_told_without_the_locale() -> None:
    first, second, third = dt.date(2031, 1, 8), dt.date(2031, 1, 9), dt.date(2031, 2, 1)
    assert exhibits.days([second, None, first]) == "8–9 January 2031"
    assert exhibits.days([first, third]) == "8 January 2031 – 1 February 2031"
    assert exhibits.days([None]) == ""


def test_a_gist_ends_between_words() -> None:
    assert exhibits.gist("one two three", 9) == "one two…"
    assert exhibits.gist("x" * 50, 10) == "x" * 9 + "…"


def test_a_story_is_named_by_its_middle_headline_in_any_order() -> None:
    titles = ["Ferry talks moved", "Ferry talks moved to Friday", "Cod up again"]
    assert exhibits.middle(titles) == exhibits.middle(titles[::-1]) == "Ferry talks moved"


def test_a_passage_knows_its_paragraph() -> None:
    told = samples.article("a", "Gull", "Title", ("Before it. The fact. After it.", "Elsewhere."))
    shown = exhibits.exhibit(
        Evidence("Gull", samples.passage(told, "The fact.")), {"a": exhibits.source(told, 1)}, "x"
    )
    assert shown.place == "paragraph 1"


def test_a_summary_does_not_repeat_a_long_passage_that_stands_below_it() -> None:
    long = "The delegation, " + "which had travelled for many days, " * 6 + "arrived."
    told = samples.article("a", "Gull", "Title", (long,))
    finding = Finding(
        "omission", "absent", f"Not found: “{long}”.", (Evidence("Gull", samples.passage(told, long)),), 1, 1
    )
    entry = exhibits.entry(finding, {"a": exhibits.source(told, 1)}, "x", "1.1")
    assert len(entry.title) < 140
    assert entry.title.endswith("…”.")
    assert entry.finding.summary == finding.summary
