"""Counts made ready to be shown: quoted words, distinctive words, the outlets' profiles over the weeks."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from compare.analysis.distinctive import Distinctive
from compare.analysis.profile import SOURCES, Profile, Week
from compare.analysis.quotes.shares import UNRESOLVED, Share, Shares
from compare.report import exhibits
from compare.report.measures import (
    LabelRow,
    Outlets,
    ProfileCell,
    ProfileRow,
    ProfileTable,
    Spoken,
    SpokenCell,
    SpokenRow,
    Word,
)
from compare.report.panels import panel, share, told
from compare.report.parts import Source

Count = Callable[[Profile, Week], tuple[int, int]]
OTHERS = "other speakers"
WORDS, LABELS, LEAST_USES = 3, 8, 3
SOURCE_NAMES = {
    "named": "Person by name",
    "office": "Office or body",
    "anonymous": "Unnamed",
    "agency": "Agency or outlet",
    "none": "Nobody",
    "other": "Not told apart",
}


def spoken(shares: Shares | None, count: int, least: int = 1) -> Spoken | None:
    """The ``count`` speakers with most quoted words, the others together, the unresolved by themselves.

    No rows where fewer than ``least`` speakers are known: that says little beside the quotes.
    """
    if not shares or not count or not any(shares.quoted):
        return None
    known = [one for one in shares.speakers if one.speaker != UNRESOLVED]
    shown = list(known[:count])
    rest = known[count:]
    if len(rest) == 1:
        shown, rest = known, []
    rows = [*shown, *([_together(rest)] if rest else [])]
    rows += [one for one in shares.speakers if one.speaker == UNRESOLVED]
    most = max(max(one.words) for one in rows)
    told_apart = rows if len(known) >= least else []
    lines = tuple(_spoken_row(one, most) for one in told_apart)
    return Spoken(shares.outlets, lines, _totals(shares), len(rest), shares)


def _together(speakers: Sequence[Share]) -> Share:
    words = tuple(map(sum, zip(*(one.words for one in speakers), strict=True)))
    quotations = tuple(map(sum, zip(*(one.quotations for one in speakers), strict=True)))
    return Share(f"{len(speakers)} {OTHERS}", False, words, quotations)


def _spoken_row(one: Share, most: int) -> SpokenRow:
    return SpokenRow(one.speaker, tuple(SpokenCell(n, str(n) if n else "–", n / most) for n in one.words))


def _totals(shares: Shares) -> tuple[str, ...]:
    counts = zip(shares.quoted, shares.lengths, strict=True)
    return tuple(f"{told((quoted, length))} ({share((quoted, length)):.0%})" for quoted, length in counts)


def words(found: Sequence[Distinctive], sources: Mapping[str, Source], prefix: str) -> tuple[Word, ...]:
    """At most ``WORDS`` distinctive words an outlet."""
    by_outlet = groupby(found, key=lambda one: one.outlet)
    shown = [one for _, listed in by_outlet for one in list(listed)[:WORDS]]
    return tuple(_word(one, sources, f"{prefix}-{n}") for n, one in enumerate(shown, 1))


def _word(one: Distinctive, sources: Mapping[str, Source], anchor: str) -> Word:
    facts = "that fact" if one.told == 1 else f"{one.told} of those facts"
    return Word(
        anchor=anchor,
        here=f"{1000 * one.count / one.words:.1f}",
        there=f"{1000 * one.elsewhere / one.words_elsewhere:.1f}",
        counts=f"{told((one.count, one.words))} against {told((one.elsewhere, one.words_elsewhere))}",
        told=f"others report {facts} too, {one.without} without the word",
        exhibits=tuple(
            exhibits.exhibit(evidence, sources, f"{anchor}-evidence-{n}")
            for n, evidence in enumerate(one.evidence, 1)
        ),
        found=one,
    )


def outlets(
    weeks: Sequence[Week], found: Sequence[Distinctive], sources: Mapping[str, Source]
) -> Outlets | None:
    """The section on the outlets; None where no story was compared."""
    if not weeks or not weeks[-1].profiles or not weeks[-1].compared:
        return None
    last = weeks[-1]
    names = tuple(one.outlet for one in last.profiles)
    return Outlets(
        title="The outlets over the weeks" if len(weeks) > 1 else "The outlets side by side",
        weeks=tuple(one.week for one in weeks),
        tables=(_reporting(weeks), _sources(weeks)),
        outlets=names,
        labels=_labels(last, names),
        words=words(found, sources, "word"),
        every_word=tuple(found),
        counted=tuple(weeks),
    )


def _reporting(weeks: Sequence[Week]) -> ProfileTable:
    measures: dict[str, Count] = {
        "Stories reported, of those that two or more report": lambda one, week: (
            one.stories - one.alone,
            week.compared,
        ),
        "Not found, of the facts that most others report": lambda one, _: (one.lacking, one.facts),
        "Same agency text as another outlet, of its articles": lambda one, _: (one.copies, one.articles),
    }
    return ProfileTable(
        "outlets-reporting",
        "What they report",
        "“Most others”: at least half of the other outlets in the story, and at least two. Facts are rows of"
        " the stories’ tables; what an article that is cut off does not have is not counted.",
        tuple(measures),
        _rows(weeks, tuple(measures.values())),
    )


def _sources(weeks: Sequence[Week]) -> ProfileTable:
    def kind(place: int) -> Count:
        return lambda one, _: (one.sources[place], sum(one.sources))

    return ProfileTable(
        "outlets-sources",
        "Whom they give as source",
        "Of all statements that an outlet attributes, in quotation marks or not. “Not told apart”: a source"
        " that the word lists cannot class.",
        tuple(SOURCE_NAMES[name] for name in SOURCES),
        _rows(weeks, tuple(kind(place) for place in range(len(SOURCES)))),
    )


def _rows(weeks: Sequence[Week], measures: Sequence[Count]) -> tuple[ProfileRow, ...]:
    """A row an outlet of the last week; the panels of one measure share a scale."""
    names = [one.outlet for one in weeks[-1].profiles]
    columns = []
    for count in measures:
        values = {name: [_value(week, name, count) for week in weeks] for name in names}
        highest = max(share(one) for listed in values.values() for one in listed)
        columns.append((values, highest))
    labels = tuple(one.week for one in weeks)
    return tuple(
        ProfileRow(
            name,
            tuple(
                ProfileCell(told(values[name][-1]), panel(labels, values[name], highest))
                for values, highest in columns
            ),
        )
        for name in names
    )


def _value(week: Week, outlet: str, count: Count) -> tuple[int, int] | None:
    one = next((one for one in week.profiles if one.outlet == outlet), None)
    return count(one, week) if one else None


def _labels(week: Week, names: Sequence[str]) -> tuple[LabelRow, ...]:
    """The concepts used most that two outlets label by different words only."""
    uses: dict[str, dict[str, dict[str, int]]] = {}
    for one in week.profiles:
        for concept, label, count in one.labels:
            by_label = uses.setdefault(concept, {}).setdefault(one.outlet, {})
            by_label[label] = by_label.get(label, 0) + count
    apart = [(concept, said) for concept, said in uses.items() if _differ(said)]
    apart.sort(key=lambda item: (-sum(sum(said.values()) for said in item[1].values()), item[0]))
    return tuple(
        LabelRow(concept, tuple(_said(said.get(name, {})) for name in names))
        for concept, said in apart[:LABELS]
    )


def _differ(said: Mapping[str, Mapping[str, int]]) -> bool:
    folded = [{label.casefold() for label in labels} for labels in said.values()]
    often = sum(sum(labels.values()) for labels in said.values()) >= LEAST_USES
    return often and any(not one & other for one in folded for other in folded)


def _said(labels: Mapping[str, int]) -> str:
    ordered = sorted(labels.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{label} ({count})" for label, count in ordered) or "–"
