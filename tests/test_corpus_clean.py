"""Cleaning keeps the report, drops the page's furniture, and hides nothing of what it dropped."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.clean import Cleaned, clean
from compare.corpus.headlines import without_outlet

GOLDEN = Path(__file__).parent / "golden" / "clean"
CASES = sorted(path for path in GOLDEN.glob("*.txt") if not path.name.endswith(".clean.txt"))
LINES = st.sampled_from(
    [
        "",
        " ",
        "Home > News > Storm hits coast",
        "Storm Hits The Northern Coast",
        "Storm hits the coast again",
        "The storm broke over Ulmen on Monday night.",
        "the wind had turned and",
        "“We ran,” said Ida Holm.",
        "By Ida Holm",
        "May 16, 2025",
        "## What Happens Next",
        "# Storm Hits The Northern Coast",
        "Leave a Reply",
        "* one boat",
        "* two boats",
        "Subscribe to continue reading",
        "[Read](#) the *rest* of it…",
        "Read more",
        "**Related article:** [Other](#)",
        "Photo: Ida Holm",
        "> A quoted line.",
        "---",
        "&amp;amp; so on",
        "More from us",
        "https://sund-post.example/2025/05/16/storm",
        "Original url:",
        "3 min read",
        "It ends here [...]",
        "\\*stars\\*",
        "Ida Holm contributed reporting.",
        "A boat / Sund Post",
        "x" * 400,
        "<b>bold</b> words and _more_ of them.",
    ]
)
RAW = st.lists(LINES | st.text(max_size=60), max_size=14).map("\n".join)


def shown(cleaned: Cleaned) -> str:
    """A cleaned text as the golden files have it."""
    facts = (cleaned.title, cleaned.published or "", cleaned.author, cleaned.cut)
    head = "\n".join(map("{}: {}".format, ("title", "date", "author", "cut"), facts))
    removed = "\n".join(f"{one.rule}: {one.line}" for one in cleaned.removed)
    return "\n".join(
        line.rstrip() for line in f"{head}\n----\n{cleaned.body}\n----\n{removed}\n".splitlines()
    )


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_golden(case: Path) -> None:
    """Every case in tests/golden/clean comes out as its .clean.txt says."""
    expected = case.with_name(case.stem + ".clean.txt").read_text(encoding="utf-8")
    assert shown(clean(case.read_text(encoding="utf-8"))).rstrip() == expected.rstrip()


@settings(max_examples=150, deadline=None)
@given(RAW)
def test_idempotent(raw: str) -> None:
    """Cleaning a cleaned text changes nothing."""
    once = clean(raw).body
    assert clean(once).body == once


@settings(max_examples=100, deadline=None)
@given(RAW, LINES | st.text(max_size=60))
def test_shape_of_body(raw: str, title: str) -> None:
    """Paragraphs are tidy lines one blank line apart, and the headline is the first of them."""
    cleaned = clean(raw, title)
    paragraphs = cleaned.body.split("\n\n") if cleaned.body else []
    assert all(line and line == " ".join(line.split()) for line in paragraphs)
    assert cleaned.headline == (len(paragraphs[0]) if paragraphs else 0)
    assert not cleaned.title or paragraphs[0] == cleaned.title
    cleaned.body.encode("utf-8")


def test_stated_title_comes_first() -> None:
    """A headline that the file states heads the body, though its text does not repeat it."""
    cleaned = clean("One sentence. Another one.\n\nA third.", "Pool stays open")
    assert cleaned.body.split("\n\n")[0] == cleaned.title == "Pool stays open"


def test_outlet_behind_the_title() -> None:
    """The outlet's name behind a page's title is no part of it; the same words inside it are."""
    assert without_outlet("Pool stays open | The Tolm Post", "The Tolm Post") == "Pool stays open"
    assert without_outlet("A year at The Tolm Post", "The Tolm Post") == "A year at The Tolm Post"
    assert without_outlet("The Tolm Post", "The Tolm Post") == "The Tolm Post"


def test_no_title_is_invented() -> None:
    """Sentences alone have no title; the first paragraph stands in for the headline."""
    cleaned = clean("The pool stays open. It was close.\nThe vote was nine to eight.")
    assert (cleaned.title, cleaned.headline) == ("", len("The pool stays open. It was close."))


def test_repeated_paragraph_is_kept_once() -> None:
    """A pull quote that stands twice is one passage, and the other is in the list of what went."""
    cleaned = clean("Title of the piece\n\nIt rained all day.\n\nThe dam held.\n\nIt rained all day.")
    assert cleaned.body.count("It rained") == 1
    assert [one.rule for one in cleaned.removed] == ["paragraph repeated"]


def test_nothing_is_dropped_in_silence() -> None:
    """Each line of a raw text is in the body or among the removed."""
    raw = (GOLDEN / "screen_copy.txt").read_text(encoding="utf-8")
    cleaned = clean(raw)
    kept = set(cleaned.body.split("\n\n")) | {one.line for one in cleaned.removed}
    assert [line for line in raw.splitlines() if line.strip() and line.strip() not in kept] == []


def test_linear_time_on_hostile_lines() -> None:
    """Long runs of half-open marks cost no more than their length."""
    for mark in ("[", "[a](", "*a ", "_", "<b ", "a > ", "&", "and ", "[](", "\\", "(c) "):
        clean("\n".join([mark * 60, mark * 40_000, "The dam held."]))
