"""What each outlet did over a week, in counts with their bases: no score, and nothing summed up.

Counted a story at a time (``of_story``), while its table is at hand, and joined by week (``of_week``).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, get_args

from compare.model import Alignment, Row, Story
from compare.text.sources import SourceKind, source_kind
from compare.text.utterances import voices

SOURCES: tuple[SourceKind, ...] = get_args(SourceKind)
MOST = 2  # outlets: of one other outlet nobody says "most others"


class Use(Protocol):
    """One use of a label by an outlet."""

    @property
    def outlet(self) -> str:
        """Whose use it is."""

    @property
    def label(self) -> str:
        """The words."""


class Concept(Protocol):
    """One person, place, group or event, with all uses of its labels."""

    @property
    def name(self) -> str:
        """What a reader calls it."""

    @property
    def places(self) -> Sequence[Use]:
        """Its uses."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One outlet's counts, in a story or a week.

    ``stories`` it reports, of which ``alone`` no other outlet; ``copies`` of its ``articles`` have the
    same agency text as another outlet's. Of the ``facts`` that at least half of the other outlets of a
    story report, and at least two, it lacks ``lacking``. ``sources`` are its attributions by kind, in the
    order of ``SOURCES``; ``labels`` how often it uses which label, by concept.
    """

    outlet: str
    articles: int
    stories: int
    alone: int
    copies: int
    facts: int
    lacking: int
    sources: tuple[int, ...]
    labels: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The outlets' counts in one ISO week; ``compared`` counts stories that at least two outlets report."""

    week: str
    compared: int
    profiles: tuple[Profile, ...]


def of_story(alignment: Alignment, concepts: Sequence[Concept]) -> tuple[Profile, ...]:
    """The counts of a story's outlets; ``concepts`` are its labels."""
    said = _attributed(alignment)
    labels = _labels(concepts)
    whole = _of_articles(alignment.story)
    made = []
    for column, outlet in enumerate(alignment.outlets):
        expected = [row for row in alignment.rows if _expected(row, column)]
        lacking = sum(row.cells[column].grade == "absent" for row in expected)
        counted = tuple(said[outlet][kind] for kind in SOURCES)
        made.append(Profile(outlet, *whole[outlet], len(expected), lacking, counted, labels.get(outlet, ())))
    return tuple(sorted(made, key=_name))


def of_week(week: str, parts: Iterable[Sequence[Profile]], singles: Sequence[Story] = ()) -> Week:
    """The counts of a week, from those of its stories and from the stories that one outlet alone reports."""
    compared = list(parts)
    every = [one for part in compared for one in part]
    for story in singles:
        every += [
            Profile(o, *counts, 0, 0, (0,) * len(SOURCES), ()) for o, counts in _of_articles(story).items()
        ]
    by_outlet: dict[str, list[Profile]] = defaultdict(list)
    for one in every:
        by_outlet[one.outlet].append(one)
    return Week(week, len(compared), tuple(sorted(map(_joined, by_outlet.values()), key=_name)))


def week_of(day: dt.date | None) -> str:
    """The ISO week of a day ("2025-W20"), or "" where there is none."""
    if day is None:
        return ""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_of_story(story: Story) -> str:
    """The ISO week of the first dated article of a story, or "" where none is dated."""
    return week_of(min((one.published for one in story.articles if one.published), default=None))


def _of_articles(story: Story) -> dict[str, tuple[int, int, int, int]]:
    """By outlet: articles, 1 for the story, 1 if nobody else reports it, and how many are agency copies."""
    copied = {one for group in story.copies if len(group) > 1 for one in group}
    own: dict[str, list[str]] = defaultdict(list)
    for article in story.articles:
        own[article.outlet].append(article.id)
    return {
        outlet: (len(ids), 1, int(len(own) == 1), sum(one in copied for one in ids))
        for outlet, ids in own.items()
    }


def _expected(row: Row, column: int) -> bool:
    """Whether most other outlets report a fact, and this one's text is whole enough to look for it."""
    if row.cells[column].grade == "unknown":
        return False
    others = [cell for n, cell in enumerate(row.cells) if n != column and cell.grade != "unknown"]
    reporting = sum(cell.grade == "reported" for cell in others)
    return reporting >= MOST and 2 * reporting >= len(others)


def _attributed(alignment: Alignment) -> Mapping[str, Counter[SourceKind]]:
    found: dict[str, Counter[SourceKind]] = {outlet: Counter() for outlet in alignment.outlets}
    for voice in voices(alignment):
        found[voice.outlet].update(source_kind(one, voice.article.body) for one in voice.quotations)
    return found


def _labels(concepts: Sequence[Concept]) -> dict[str, tuple[tuple[str, str, int], ...]]:
    counts = Counter((use.outlet, one.name, use.label) for one in concepts for use in one.places)
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for (outlet, concept, label), count in sorted(counts.items()):
        found[outlet].append((concept, label, count))
    return {outlet: tuple(uses) for outlet, uses in found.items()}


def _joined(parts: Sequence[Profile]) -> Profile:
    """One outlet's counts added up."""
    labels: Counter[tuple[str, str]] = Counter()
    for one in parts:
        labels.update({(concept, label): count for concept, label, count in one.labels})
    return Profile(
        outlet=parts[0].outlet,
        articles=sum(one.articles for one in parts),
        stories=sum(one.stories for one in parts),
        alone=sum(one.alone for one in parts),
        copies=sum(one.copies for one in parts),
        facts=sum(one.facts for one in parts),
        lacking=sum(one.lacking for one in parts),
        sources=tuple(map(sum, zip(*(one.sources for one in parts), strict=True))),
        labels=tuple((*key, count) for key, count in sorted(labels.items())),
    )


def _name(profile: Profile) -> tuple[str, str]:
    return profile.outlet.casefold(), profile.outlet
