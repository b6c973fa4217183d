"""Articles to a brief: grouped into stories, each aligned and framed, all composed."""

import dataclasses
import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compare.config import Config
from compare.errors import ParallaxError
from compare.model import Alignment, Article, Finding, Problem, Row, Story
from compare.pipeline.edition import edition
from compare.pipeline.framing import aligned
from compare.pipeline.reading import EARLIER, Found, Watch, days_before, of_week
from compare.report.parts import Brief
from compare.runner import Workers, run

if TYPE_CHECKING:
    from compare.analysis.counts import OfStory
    from compare.analysis.profile import Week

ANY = Workers()


def compare(found: Found, config: Config, form: str = "json") -> Brief:
    """Compare the given articles as one story, with as much as suits the form it is rendered in.

    Raises ParallaxError where fewer than two articles are left.
    """
    from compare.analysis import counts, stories
    from compare.report.brief import compose, with_counts
    from compare.report.choice import room_for_comparison

    articles, problems = found
    if len(articles) < 2:
        left = "one article is" if articles else "no article is"
        raise ParallaxError("compare", f"{left} left to compare: give at least two that can be read", 65)
    told = _told_apart(articles)
    grouped = stories.group(told)
    command = " ".join(
        ("parallax compare", *sorted(shlex.quote(f"{one.outlet}={one.origin}") for one in told))
    )
    made_from = edition(told, config, command=command)
    room = room_for_comparison(paged=form in {"pdf", "html"})
    table = aligned(stories.merge(grouped))
    if len(grouped) > 1 or not any(_shared(row) for row in table[0].rows):
        problems = (*problems, Problem("compare", "these articles seem to report different events"))
    made = compose([table], (), problems, made_from, room)
    return with_counts(made, counts.of_one(table[0]), room)


def brief(  # noqa: PLR0913, PLR0917 - what is briefed on, how, and by whom
    found: Found,
    config: Config,
    corpus: Path,
    week: str | None,
    watch: Watch,
    workers: Workers = ANY,
) -> Brief:
    """Group the articles of a corpus into stories and compare each; ``watch`` shows progress.

    Of a brief on one ``week``, ``found`` may hold the whole corpus: the ``EARLIER`` weeks before it are
    only counted, for the outlets' profiles. Whoever of ``workers`` does it, the brief is the same; a
    story that fails is one of its problems.
    """
    from compare.analysis import counts
    from compare.report.brief import compose, with_counts

    articles, problems = of_week(found, week)
    before = _before(found[0], week) if week else ()
    several, singles = _grouped(articles)
    compared, counted, failed = [], [], []
    for _, done in zip(watch(several, "comparing"), run(_compared, several, _where, workers), strict=True):
        if isinstance(done, Problem):
            failed.append(done)
        else:
            compared.append(done[0])
            counted.append(done[1])
    earlier, missed = _earlier(before, watch, workers)
    weeks = (*earlier, *counts.weeks(counted, singles, week))[-EARLIER - 1 :]
    problems = (*problems, *failed, *missed)
    command = (
        f"parallax brief --corpus {shlex.quote(str(corpus))}"
        + (f" --week {week}" if week else "")
        + " -o FILE"
    )
    made = compose(compared, singles, problems, edition(articles, config, command, week, before))
    return with_counts(made, counts.counted(counted, weeks))


def _shared(row: Row) -> bool:
    return sum(bool(cell.passages) for cell in row.cells) > 1


def _compared(story: Story) -> "tuple[tuple[Alignment, tuple[Finding, ...]], OfStory]":
    from compare.analysis import counts

    table = aligned(story)
    return table, counts.of_story(table[0])


def _counted(story: Story) -> "OfStory":
    from compare.analysis import alignment, counts

    return counts.of_story(alignment.align(story))


def _where(story: Story) -> str:
    """A story's name in a problem: the articles that are lost with it."""
    return ", ".join(one.origin or one.id for one in story.articles)


def _grouped(articles: Sequence[Article]) -> tuple[list[Story], list[Story]]:
    """The stories that several outlets report, and those of one alone."""
    from compare.analysis import stories

    grouped = stories.group(articles)
    several = [story for story in grouped if len({one.outlet for one in story.articles}) > 1]
    return several, [story for story in grouped if len({one.outlet for one in story.articles}) == 1]


def _before(articles: Sequence[Article], week: str) -> tuple[Article, ...]:
    """The articles of the ``EARLIER`` weeks before ``week``."""
    days = days_before(week)
    return tuple(one for one in articles if one.published in days)


def _earlier(
    articles: Sequence[Article], watch: Watch, workers: Workers
) -> "tuple[list[Week], list[Problem]]":
    """The profiles of earlier weeks, each grouped and aligned by itself; nothing in them is framed."""
    from compare.analysis import counts, profile

    weeks = sorted({profile.week_of(one.published) for one in articles})
    grouped = {
        week: _grouped([one for one in articles if profile.week_of(one.published) == week]) for week in weeks
    }
    stories = [story for several, _ in grouped.values() for story in several]
    bar = watch(stories, "counting earlier weeks") if stories else ()
    results = [one for _, one in zip(bar, run(_counted, stories, _where, workers), strict=True)]
    by_story = {one.table.story.id: one for one in results if not isinstance(one, Problem)}
    found: list[Week] = []
    for week, (several, singles) in grouped.items():
        found += counts.weeks([by_story[one.id] for one in several if one.id in by_story], singles, week)
    return found, [one for one in results if isinstance(one, Problem)]


def _told_apart(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Articles of one outlet each get their file's name, so that every article is a column."""
    times = Counter(one.outlet for one in articles)
    return tuple(
        dataclasses.replace(one, outlet=f"{one.outlet} ({Path(one.origin).name})")
        if times[one.outlet] > 1
        else one
        for one in articles
    )
