"""The letter says in both parts what differed most, short enough for every mail program."""

import dataclasses
import re

import pytest
from delivery_kit import brief
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.report import columns, mail
from compare.report import html as page
from compare.report.brief import Edition, compose
from compare.report.mail import Note
from compare.report.shorter import shorten

ARCHIVE = "https://example.org/2025-W20.html"


def test_each_story_has_its_title_what_differed_most_and_links() -> None:
    letter = mail.write([brief(2)], [Note("See", "https://example.org/x")], ARCHIVE)
    for part in (letter.html, letter.text):
        flat = " ".join(part.split())
        assert "The ferry to Askel stops 1" in flat
        assert "Northern Post counts 40 passengers, The Tide 55." in flat
        assert f"{ARCHIVE}#story-1" in flat
        assert "https://the-tide.example/news/1" in flat
        assert "https://example.org/x" in flat
    assert letter.subject == "Parallax 2025-W20: The ferry to Askel stops 0"


def test_no_story_is_told_as_none() -> None:
    letter = mail.write([compose([], edition=Edition(week="2025-W20"))])
    assert letter.subject == "Parallax 2025-W20"
    assert "nothing to compare" in letter.html
    assert "nothing to compare" in " ".join(letter.text.split())


def test_two_briefs_make_one_letter() -> None:
    letter = mail.write([brief(1, "North"), brief(1, "South")])
    assert letter.html.count("<h1") == 2
    assert letter.text.index("North") < letter.text.index("South")


def test_many_stories_are_counted_and_the_letter_stays_below_what_is_clipped() -> None:
    """Large mailbox providers cut an HTML part off after about 100 kB."""
    letter = mail.write([brief(200, "W" * 500, "M" * 2000)], (), ARCHIVE + "?" + "q" * 500)
    assert letter.html.count("<h2") == mail.STORIES
    assert "170 more stories are compared in the brief." in letter.html
    assert len(letter.html.encode()) < 100_000


def test_no_difference_that_is_sure_enough_is_said() -> None:
    (section,) = brief(1).sections
    bare = dataclasses.replace(brief(1), sections=(dataclasses.replace(section, groups=()),))
    assert "No difference was found that is sure enough." in mail.write([bare]).html


def test_markup_in_an_article_is_shown_and_not_obeyed() -> None:
    letter = mail.write([brief(1, "<script>alert(1)</script>", '<img src=x onerror="a()"> & more')])
    assert "<script" not in letter.html
    assert "<img" not in letter.html
    assert "&lt;script&gt;" in letter.html


def test_nothing_is_fetched_when_the_letter_is_opened() -> None:
    html = mail.write([brief(3)], (), ARCHIVE).html
    assert not re.search(r"<(?:img|link|script|iframe)|@import|url\(", html)


def test_every_colour_in_an_attribute_has_a_dark_one() -> None:
    """The sheet of dark colours works by class: an element with a colour and no class would stay light."""
    html = mail.write([brief(3)], [Note("a", "https://example.org")], ARCHIVE).html
    coloured = re.findall(r"<(\w+)([^>]*color:#[^>]*)>", html)
    assert len(coloured) > 10
    assert [tag for tag, rest in coloured if "class=" not in rest] == []


TITLES = st.text(max_size=300) | st.sampled_from(
    ["中文標題" * 40, "x" * 400, "👩‍👩‍👧 " * 50, "שלום " * 60, "ำ" * 99]
)


@settings(max_examples=60, deadline=None)
@given(title=TITLES, summary=TITLES)
def test_no_line_of_text_is_wider_than_72_columns_but_an_address(title: str, summary: str) -> None:
    text = mail.write([brief(1, title, summary)], (), ARCHIVE).text
    lines = [line for line in text.splitlines() if "https://" not in line]
    assert max(map(columns.width, lines)) <= 72


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["- one two", "  three"]),
        ("", ["- "]),
        ("中文中文中文", ["- 中文中文", "  中文"]),
        ("https://example.org/long a", ["- https://example.org/long", "  a"]),
        ("abcdefghijk", ["- abcdefgh", "  ijk"]),
    ],
)
def test_wrapping_counts_columns_and_breaks_no_address(text: str, lines: list[str]) -> None:
    assert columns.wrap(text, 10, "- ", "  ") == lines


def test_a_shorter_brief_keeps_every_finding_and_is_set_without_a_broken_link() -> None:
    whole = brief(3)
    short = shorten(whole)
    assert [one.groups for one in short.sections] == [one.groups for one in whole.sections]
    assert all(not one.facts and not one.pairs for one in short.sections)
    assert [one.more_facts for one in short.sections] == [1, 1, 1]
    made = page.render(short, medium="print")
    targets = set(re.findall(r'id="([^"]+)"', made))
    assert set(re.findall(r'href="#([^"]+)"', made)) <= targets
