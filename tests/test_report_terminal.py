"""The terminal shows the facts of the other formats, fits its width, and cannot be steered by an article."""

import dataclasses
import re
from html import unescape

import pytest

from compare.report import html, markdown, terminal
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


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def facts(brief: Brief) -> list[str]:
    """What the page tells, in its order: the beginning of every text that is shown as it stands."""
    told = [brief.headline, *(h.entry.summary[:60] for h in brief.highlights)]
    told += [row.title for row in brief.matrix.rows] if len(brief.matrix.rows) > 1 else []
    for section in brief.sections:
        told += [section.title, *(report.headline for report in section.reports)]
        told += [fact.exhibit.passage.text[:100] for fact in section.facts]
        for pair in section.pairs:
            told += [pair.left.passage.text, pair.right.passage.text]
        for entry in (entry for group in section.groups for entry in group.shown):
            told += [entry.number, entry.summary[:60]]
            told += [shown.passage.text for shown in entry.exhibits]
    told += [single.title for single in brief.singles]
    told += [text for problem in brief.problems for text in (problem.where, problem.what)]
    told += [listing.source.article.title for listing in brief.sources]
    return [*told, *(line.kind for line in brief.edition.reliability), brief.edition.command]


@pytest.mark.parametrize("name", ["comparison", "week"])
def test_every_form_tells_the_facts_of_the_page_in_its_order(
    name: str, request: pytest.FixtureRequest
) -> None:
    brief: Brief = request.getfixturevalue(name)
    page = re.sub(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", "", html.render(brief), flags=re.DOTALL)
    forms = {
        "page": page[: page.index("The articles")],
        "markdown": markdown.render(brief),
        "terminal": terminal.render(brief, width=1_000_000),
    }
    assert len(facts(brief)) > 40
    for form, text in forms.items():
        rest = letters(unescape(text))
        for fact in facts(brief):
            _, found, rest = rest.partition(letters(fact))
            assert found or not letters(fact), (form, fact)


def test_control_and_bidirectional_characters_never_reach_the_terminal(comparison: Brief) -> None:
    edition = dataclasses.replace(comparison.edition, title="A\x1b]0;owned\x07\u202eB")
    text = terminal.render(dataclasses.replace(comparison, edition=edition))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_markdown_of_an_article_is_escaped(comparison: Brief) -> None:
    edition = dataclasses.replace(comparison.edition, title="<b>*x*</b> [a](b) | c")
    first = markdown.render(dataclasses.replace(comparison, edition=edition)).splitlines()[0]
    assert first == r"# \<b\>\*x\*\</b\> \[a\](b) \| c"
