"""Every difference planted in the demonstration corpus is found; what else is claimed is counted."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from compare.model import Evidence, Finding
from compare.report.parts import Brief, StorySection

CORPUS = Path(__file__).parent.parent / "corpus"
WEEKS = {"2025-W20": "planted.toml", "2025-W21": "planted-2025-W21.toml"}
ALL = {name: tomllib.loads((CORPUS / file).read_text(encoding="utf-8")) for name, file in WEEKS.items()}
PLANTED = ALL["2025-W20"]
ENTRIES = [(name, entry) for name, planted in ALL.items() for entry in planted["planted"]]


def section(week: Brief, name: str) -> StorySection:
    """The section that holds the first article of the planted story ``name``."""
    told = [story for planted in ALL.values() for story in planted["story"]]
    (paths,) = [story["articles"] for story in told if story["name"] == name]
    return next(
        part for part in week.sections if any(one.origin.endswith(paths[0]) for one in part.story.articles)
    )


def findings(part: StorySection, kind: str) -> list[Finding]:
    return [e.finding for g in part.groups for e in (*g.shown, *g.rest) if e.finding.kind == kind]


def says(finding: Finding, outlet: str, phrase: str) -> bool:
    def holds(item: Evidence) -> bool:
        text = " ".join(item.passage.text.split()).lower()
        return item.outlet == outlet and " ".join(phrase.split()).lower() in text

    return any(holds(item) for item in finding.evidence)


def shows(finding: Finding, entry: dict[str, Any]) -> bool:
    """A finding shows a planted difference by the phrases of both sides; an omission by either's."""
    phrases = entry["phrases"].items()
    if "absent" in entry:
        return any(says(finding, outlet, phrase) for outlet, phrase in phrases)
    return all(says(finding, outlet, phrase) for outlet, phrase in phrases)


def lacking(finding: Finding) -> set[str]:
    return {item.outlet for item in finding.evidence if item.role == "nearest"}


@pytest.fixture(scope="module")
def briefs(week: Brief, next_week: Brief) -> dict[str, Brief]:
    return {"2025-W20": week, "2025-W21": next_week}


@pytest.mark.parametrize("name", WEEKS)
def test_the_week_has_the_stories_that_were_written(briefs: dict[str, Brief], name: str) -> None:
    told = [part.story for part in briefs[name].sections] + [part.story for part in briefs[name].singles]
    grouped = {frozenset(one.origin.split(f"{name}/")[1] for one in story.articles) for story in told}
    assert grouped == {frozenset(story["articles"]) for story in ALL[name]["story"]}


@pytest.mark.parametrize("name", WEEKS)
def test_wire_copies_are_recognised(briefs: dict[str, Brief], name: str) -> None:
    for copy in ALL[name]["copy"]:
        paths = {copy["original"], *copy["copies"]}
        stories = [part.story for part in briefs[name].sections]
        groups = [
            {one.origin.split(f"{name}/")[1] for one in story.articles if one.id in group}
            for story in stories
            for group in story.copies
        ]
        assert paths in groups


@pytest.mark.parametrize(
    ("name", "entry"), ENTRIES, ids=[f"{e['story']}-{e['kind']}-{e['what'][:40]}" for _, e in ENTRIES]
)
def test_a_planted_difference_is_found(briefs: dict[str, Brief], name: str, entry: dict[str, Any]) -> None:
    part = section(briefs[name], entry["story"])
    found = [one for one in findings(part, entry["kind"]) if shows(one, entry)]
    assert found, "no finding shows it"
    if "absent" in entry:
        assert set(entry["absent"]) <= set().union(*map(lacking, found))


def test_nothing_is_claimed_against_an_article_that_is_cut(week: Brief) -> None:
    cut = {a.id for part in week.sections for a in part.story.articles if a.cut}
    assert cut
    for part in week.sections:
        for finding in findings(part, "omission"):
            assert not any(item.passage.article in cut for item in finding.evidence if item.role == "nearest")


def test_what_else_is_claimed_is_counted(week: Brief, record_property: Any) -> None:
    """The count is recorded, so that a change that starts to claim much more is seen."""
    every = [e.finding for part in week.sections for g in part.groups for e in (*g.shown, *g.rest)]
    counts = Counter(one.kind for one in every)
    record_property("claimed", dict(counts))
    assert len(every) < 30 * len(PLANTED["planted"])
