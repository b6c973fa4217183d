"""A brief with less in it, for where the whole one is too large to be sent."""

import dataclasses

from compare.report.parts import Brief, StorySection


def shorten(brief: Brief) -> Brief:
    """The same brief without its tables of facts and passages side by side.

    Every finding stays, with its evidence and its number; what was left out is counted.
    """
    return dataclasses.replace(brief, sections=tuple(_shorten(section) for section in brief.sections))


def _shorten(section: StorySection) -> StorySection:
    return dataclasses.replace(
        section,
        facts=(),
        more_facts=section.more_facts + len(section.facts),
        pairs=(),
        more_pairs=section.more_pairs + len(section.pairs),
    )
