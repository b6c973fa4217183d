"""What is counted rather than found: quoted words, distinctive words, and the outlets' profiles by week.

One look at each story's table, while what was read of its texts is still at hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.analysis.distinctive import Distinctive, distinctive
from compare.analysis.quotes.shares import Shares, shares
from compare.model import Alignment, Story

if TYPE_CHECKING:
    from compare.analysis.profile import Profile, Week


@dataclass(frozen=True, slots=True)
class OfStory:
    """What is counted in one story."""

    table: Alignment
    shares: Shares
    profiles: "tuple[Profile, ...]"


@dataclass(frozen=True, slots=True)
class Counted:
    """All that was counted for a brief: by story id, over its stories, and by week, the latest last."""

    shares: Mapping[str, Shares] = field(default_factory=dict)
    story_words: Mapping[str, tuple[Distinctive, ...]] = field(default_factory=dict)
    words: tuple[Distinctive, ...] = ()
    weeks: "tuple[Week, ...]" = ()


def of_story(table: Alignment) -> OfStory:
    """Quoted words, and each outlet's profile, in one story."""
    from compare.analysis import labels, profile

    return OfStory(table, shares(table), profile.of_story(table, labels.table(table)))


def of_one(table: Alignment) -> Counted:
    """What was counted in a story that stands alone: no week, and so no profile."""
    story = table.story.id
    return Counted(shares={story: shares(table)}, story_words={story: distinctive([table])})


def counted(stories: Sequence[OfStory], over: "Sequence[Week]") -> Counted:
    """What was counted, with the words that set an outlet apart in each story and over all of them."""
    tables = [one.table for one in stories]
    return Counted(
        shares={one.table.story.id: one.shares for one in stories},
        story_words={table.story.id: distinctive([table]) for table in tables},
        words=distinctive(tables) if len(tables) > 1 else (),
        weeks=tuple(over),
    )


def weeks(stories: Sequence[OfStory], singles: Sequence[Story], week: str | None) -> "list[Week]":
    """The profiles of ``week``, or, without one, of every week that a story begins in, in order."""
    from compare.analysis import profile

    compared = [(week or profile.week_of_story(one.table.story), one.profiles) for one in stories]
    alone = [(week or profile.week_of_story(story), story) for story in singles]
    names = sorted({name for name, _ in (*compared, *alone)} - {""})
    return [
        profile.of_week(
            name, [part for at, part in compared if at == name], [story for at, story in alone if at == name]
        )
        for name in names
    ]
