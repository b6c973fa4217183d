"""A brief in volumes: several briefs that are one, for where one file would take too much memory to set."""

import dataclasses
from collections.abc import Sequence
from itertools import accumulate, pairwise

from compare.report import overview, texts
from compare.report.choice import Room
from compare.report.measures import Outlets
from compare.report.parts import Brief, Listing, Volume
from compare.text.citing import listed


def divide(brief: Brief, counts: Sequence[int]) -> tuple[Brief, ...]:
    """Volumes of as many compared stories each as ``counts`` says, in order; together they have all.

    Stories, findings and sources keep their numbers. Each volume has its own cover, contents and
    sources, and says what is in the others; what closes the brief is in the last.
    """
    edges = [0, *accumulate(counts)]
    runs = list(pairwise(edges))
    return tuple(_volume(brief, runs, number) for number in range(len(runs)))


def _volume(brief: Brief, runs: Sequence[tuple[int, int]], number: int) -> Brief:
    begin, end = runs[number]
    last = number == len(runs) - 1
    sections = brief.sections[begin:end]
    alone = brief.singles if last else ()
    side_by_side = brief.side_by_side if last else None
    parts: tuple[overview.Part, ...] = (*sections, *alone)
    return dataclasses.replace(
        brief,
        counts=overview.counts(sections, alone),
        highlights=overview.highlights(sections, Room().highlights),
        contents=overview.lines(sections, alone, side_by_side),
        matrix=overview.matrix(sections, alone),
        outlets=overview.outlets(parts),
        sections=sections,
        singles=alone,
        problems=brief.problems if last else (),
        sources=_sources(brief, overview.listings(sections, alone), side_by_side),
        side_by_side=side_by_side,
        volume=Volume(number + 1, len(runs), _told(brief, runs, number)),
    )


def _sources(brief: Brief, own: tuple[Listing, ...], side_by_side: Outlets | None) -> tuple[Listing, ...]:
    """The volume's own sources, and those that counts over all stories cite, without a way to their story."""
    cited = {
        exhibit.source.number for exhibit in texts.exhibits_of(side_by_side.words if side_by_side else ())
    }
    cited -= {listing.source.number for listing in own}
    others = (
        dataclasses.replace(listing, story_anchor="", cited=())
        for listing in brief.sources
        if listing.source.number in cited
    )
    return tuple(sorted((*own, *others), key=lambda listing: listing.source.number))


def _told(brief: Brief, runs: Sequence[tuple[int, int]], number: int) -> str:
    """What is in this volume, and in the others."""
    own, count = _named(runs[number]), len(brief.sections)
    others = [f"part {turn} has {_named(run)}" for turn, run in enumerate(runs, 1) if turn != number + 1]
    if number < len(runs) - 1:
        more = [
            *(["what one outlet alone reports"] if brief.singles else []),
            *(["the outlets side by side"] if brief.side_by_side else []),
            *(["what was not compared"] if brief.problems else []),
        ]
        others[-1] += f", and also {listed(more)}" if more else ""
    told = f"{'; '.join(others)}."
    return f"Part {number + 1} of {len(runs)}: {own} of {count}. {told[:1].upper()}{told[1:]}"


def _named(run: tuple[int, int]) -> str:
    begin, end = run
    if end - begin == 1:
        return f"story {end}"
    return f"stories {begin + 1} {'and' if end - begin == 2 else 'to'} {end}"
