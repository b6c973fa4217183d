"""One story: aligned, then read by every room of framing."""

from typing import Any

from compare.model import Alignment, Finding, Story


def rooms() -> tuple[Any, ...]:
    """The rooms of framing in the order in which they read a table; each has ``find(alignment)``."""
    from compare.analysis import (
        attribution,
        emphasis,
        figures,
        labels,
        loaded,
        marked,
        omissions,
        quotes,
        reprints,
        unnamed,
        wording,
    )

    return (
        omissions,
        unnamed,
        figures,
        quotes,
        attribution,
        labels,
        wording,
        reprints,
        loaded,
        marked,
        emphasis,
    )


def framed(table: Alignment) -> tuple[Finding, ...]:
    """All findings of a story's table."""
    return tuple(finding for room in rooms() for finding in room.find(table))


def aligned(story: Story) -> tuple[Alignment, tuple[Finding, ...]]:
    """A story's table and its findings."""
    from compare.analysis import alignment

    table = alignment.align(story)
    return table, framed(table)
