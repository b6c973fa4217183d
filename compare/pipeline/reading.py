"""Articles in: from files named, folders, or a corpus with its catalogue; of one week, and comparable."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from compare.errors import ParallaxError
from compare.model import Article, Problem

Found = tuple[tuple[Article, ...], tuple[Problem, ...]]
Columns = Iterable[tuple[str, str]]
Watch = Callable[[Iterable[Any], str], Iterable[Any]]
LANGUAGE = "en"
EARLIER = 4  # weeks before the brief's own that the outlets' profiles show: a month


def read_named(inputs: Sequence[tuple[str | None, str]], columns: Columns = ()) -> Found:
    """Read files by (outlet or None, path); what cannot be used is a Problem, the rest goes on.

    ``columns`` says which column of a table holds which field, here and below.
    """
    from compare.corpus import readers

    articles: list[Article] = []
    problems: list[Problem] = []
    for outlet, path in inputs:
        try:
            found, remarks = readers.read(path, outlet, columns=columns)
        except ParallaxError as error:
            problems.append(Problem(error.where, error.what, error.exit_code))
            continue
        articles += found
        problems += remarks
    return _comparable(*readers.without_doubles(articles, problems))


def read_folder(
    folder: Path, watch: Watch = lambda items, _: items, columns: Columns = (), jobs: int = 0
) -> Found:
    """Read every article below ``folder``; ``watch`` shows progress, ``jobs`` processes read pages."""
    from compare.corpus import readers

    return _comparable(*readers.read_folder(folder, watch, columns, jobs))


def read_corpus(
    folder: Path,
    week: str | None,
    watch: Watch = lambda items, _: items,
    columns: Columns = (),
    jobs: int = 0,
) -> Found:
    """The articles of a corpus, from its catalogue where it has one, else of every file below ``folder``.

    Of a catalogue only those of the ISO week ``week`` and of the ``EARLIER`` weeks before it, or all;
    ``of_week`` takes the week out. Undated ones of a catalogue are of no week: a corpus that grows would
    have them in every week's brief.
    """
    from compare.corpus import catalogue, holdings

    if not catalogue.exists(folder):
        return read_folder(folder, watch, columns, jobs)
    days = [*days_before(week), *week_days(week)] if week else None
    return _comparable(*holdings.read(folder, days))


def of_week(found: Found, week: str | None) -> Found:
    """Keep the articles of the ISO week ``week`` ("2025-W20"), and those without a date, each named."""
    articles, problems = found
    if week is None:
        return found
    days = week_days(week)
    undated = tuple(
        Problem(one.origin, f"no date found; taken as of {week}: add one as front matter (date: 2025-05-16)")
        for one in articles
        if one.published is None
    )
    kept = tuple(one for one in articles if one.published is None or one.published in days)
    past = {one.origin for one in articles} - {one.origin for one in kept}
    of_week = tuple(problem for problem in problems if problem.where not in past)
    return kept, tuple(dict.fromkeys((*of_week, *undated)))


def week_days(week: str) -> list[dt.date]:
    """The seven days of an ISO week such as "2025-W20". Raises ParallaxError (64) for what is none."""
    try:
        year, number = week.split("-W")
        return [dt.date.fromisocalendar(int(year), int(number), weekday) for weekday in range(1, 8)]
    except ValueError as error:
        raise ParallaxError(f"--week {week}", "is no ISO week: write it as 2025-W20", 64) from error


def days_before(week: str) -> list[dt.date]:
    """The days of the ``EARLIER`` weeks before an ISO week."""
    monday = week_days(week)[0]
    return [monday - dt.timedelta(days=back) for back in range(7 * EARLIER, 0, -1)]


def _comparable(articles: Sequence[Article], problems: Sequence[Problem]) -> Found:
    from compare.corpus import furniture

    foreign = tuple(
        Problem(one.origin, f"language {one.language!r}; only English texts are compared: left out", 65)
        for one in articles
        if one.language != LANGUAGE
    )
    kept = furniture.without([one for one in articles if one.language == LANGUAGE])
    return kept, (*problems, *foreign)
