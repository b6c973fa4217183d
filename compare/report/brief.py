"""What to show, and in which order: stories and findings become a Brief that any renderer can walk."""

import dataclasses
from collections.abc import Mapping, Sequence

from compare.analysis.counts import Counted
from compare.model import Alignment, Finding, Problem, Story
from compare.report import choice, counting, overview, sections
from compare.report.choice import Room
from compare.report.parts import Brief, Edition, Reliability, Source, StorySection

__all__ = ["Brief", "Counted", "Edition", "Reliability", "Room", "compose", "with_counts"]


def compose(
    stories: Sequence[tuple[Alignment, Sequence[Finding]]],
    singles: Sequence[Story] = (),
    problems: Sequence[Problem] = (),
    edition: Edition | None = None,
    room: Room | None = None,
) -> Brief:
    """Choose, order, number and link everything a reader is shown.

    ``stories`` are those reported by at least two outlets, each with its table and its findings;
    ``singles`` those of one outlet alone. The order of the inputs does not show: stories with more
    outlets come first, then those that differ more, then by title.
    """
    room = room or choice.room_for(len(stories))
    ordered = sorted(stories, key=_standing)
    alone = sorted(singles, key=lambda story: (-len(story.articles), sections.title(story), story.id))
    sources = overview.numbered([alignment.story for alignment, _ in ordered] + alone)
    compared = tuple(
        sections.section(number, alignment, findings, sources, room)
        for number, (alignment, findings) in enumerate(ordered, 1)
    )
    lone = tuple(
        sections.single(number, story, sources) for number, story in enumerate(alone, len(compared) + 1)
    )
    return Brief(
        edition=_fitting(edition or Edition(), compared),
        headline=overview.headline(compared, lone),
        counts=overview.counts(compared, lone),
        highlights=overview.highlights(compared, room.highlights),
        contents=overview.contents(compared, lone),
        matrix=overview.matrix(compared, lone),
        outlets=overview.outlets((*compared, *lone)),
        sections=compared,
        singles=lone,
        problems=tuple(sorted(problems, key=lambda one: (one.where, one.what))),
        sources=overview.listings(compared, lone),
    )


def with_counts(made: Brief, counted: Counted, room: Room | None = None) -> Brief:
    """A composed brief with what was counted over its stories, with as much of it as fits ``room``."""
    room = room or choice.room_for(len(made.sections))
    sources = {listing.source.article.id: listing.source for listing in made.sources}
    side_by_side = counting.outlets(counted.weeks, counted.words, sources)
    compared = tuple(_counted(section, counted, sources, room) for section in made.sections)
    return dataclasses.replace(
        made,
        sections=compared,
        side_by_side=side_by_side,
        contents=overview.contents(compared, made.singles, side_by_side),
    )


def _fitting(edition: Edition, compared: Sequence[StorySection]) -> Edition:
    """Nothing was found where nothing was compared: how often findings are right is then beside the point."""
    return edition if compared else dataclasses.replace(edition, reliability=())


def _counted(
    section: StorySection, counted: Counted, sources: Mapping[str, Source], room: Room
) -> StorySection:
    story = section.story.id
    found = counted.story_words.get(story, ())
    words = counting.words(found, sources, f"{section.anchor}-word")
    spoken = counting.spoken(counted.shares.get(story), room.speakers, room.least_speakers)
    return dataclasses.replace(section, spoken=spoken, words=words, every_word=found)


def _standing(item: tuple[Alignment, Sequence[Finding]]) -> tuple[int, float, str, str]:
    alignment, findings = item
    best = sum(sorted((choice.strength(finding) for finding in findings), reverse=True)[:5])
    return -len(alignment.outlets), -round(best, 9), sections.title(alignment.story), alignment.story.id
