"""The terminal shows the facts of the other formats, fits its width, and cannot be steered by an article."""

import dataclasses
import re

from compare.report import markdown, terminal
from compare.report.parts import Brief


def test_lines_fit_the_width(comparison: Brief) -> None:
    for width in (40, 72, 120):
        assert max(map(len, terminal.render(comparison, width=width).splitlines())) <= width


def test_colour_changes_nothing_but_style(comparison: Brief) -> None:
    plain = terminal.render(comparison)
    styled = re.sub(r"\x1b\[\d+m", "", terminal.render(comparison, colour=True))
    assert re.sub(r"[\[\]]", "", plain).split() == re.sub(r"[\[\]]", "", styled).split()


def test_terminal_and_markdown_tell_the_same_findings_in_the_same_order(comparison: Brief) -> None:
    shown = [e.finding.summary for s in comparison.sections for g in s.groups for e in g.shown]
    assert shown
    for text in (terminal.render(comparison, width=100_000), markdown.render(comparison).replace("\\", "")):
        places = [text.rindex(" ".join(summary.split())) for summary in shown]
        assert places == sorted(places)


def test_control_and_bidirectional_characters_never_reach_the_terminal(comparison: Brief) -> None:
    edition = dataclasses.replace(comparison.edition, title="A\x1b]0;owned\x07\u202eB")
    text = terminal.render(dataclasses.replace(comparison, edition=edition))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_markdown_of_an_article_is_escaped(comparison: Brief) -> None:
    edition = dataclasses.replace(comparison.edition, title="<b>*x*</b> [a](b) | c")
    first = markdown.render(dataclasses.replace(comparison, edition=edition)).splitlines()[0]
    assert first == r"# \<b\>\*x\*\</b\> \[a\](b) \| c"
