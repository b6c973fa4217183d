"""The recipe: the order of the stages, and nothing about how each is done.

read | clean, or the catalogue    -> [Article], [Problem]
group                            -> [Story]
align STORY                      -> Alignment
find ALIGNMENT                   -> [Finding]
compose                          -> Brief
render                           -> bytes
write                            -> a file, whole or not at all
"""

import dataclasses
import datetime as dt
import hashlib
import json
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.config import Config
from compare.delivery.file import check_writable, write
from compare.errors import ParallaxError
from compare.model import Alignment, Article, Finding, Problem, Story
from compare.report.exhibits import days
from compare.report.parts import Brief, Edition
from compare.runner import Workers, run

if TYPE_CHECKING:
    from compare.analysis.counts import OfStory
    from compare.analysis.profile import Week

__all__ = [
    "brief",
    "check_writable",
    "compare",
    "exit_code",
    "form_of",
    "framed",
    "list_stories",
    "of_week",
    "read_corpus",
    "read_folder",
    "read_named",
    "render",
    "rooms",
    "week_days",
    "write",
]

Found = tuple[tuple[Article, ...], tuple[Problem, ...]]
Columns = Iterable[tuple[str, str]]
Watch = Callable[[Iterable[Any], str], Iterable[Any]]
LANGUAGE = "en"
ANY = Workers()
EARLIER = 4  # weeks before the brief's own that the outlets' profiles show: a month
LIBRARIES = ("scikit-learn", "nltk", "jinja2", "weasyprint")
SUFFIXES = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "markdown",
    ".txt": "terminal",
}


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


def read_folder(folder: Path, watch: Watch = lambda items, _: items, columns: Columns = ()) -> Found:
    """Read every article below ``folder``; ``watch`` shows progress."""
    from compare.corpus import readers

    return _comparable(*readers.read_folder(folder, watch, columns))


def read_corpus(
    folder: Path, week: str | None, watch: Watch = lambda items, _: items, columns: Columns = ()
) -> Found:
    """The articles of a corpus, from its catalogue where it has one, else of every file below ``folder``.

    Of a catalogue only those of the ISO week ``week`` and of the ``EARLIER`` weeks before it, or all;
    ``of_week`` takes the week out.
    """
    from compare.corpus import catalogue, holdings

    if not catalogue.exists(folder):
        return read_folder(folder, watch, columns)
    days = [*_days_before(week), *week_days(week)] if week else None
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
    if len(grouped) > 1:
        problems = (*problems, Problem("compare", "these articles seem to report different events"))
    command = " ".join(
        ("parallax compare", *sorted(shlex.quote(f"{one.outlet}={one.origin}") for one in told))
    )
    edition = _edition(told, config, command=command)
    room = room_for_comparison(paged=form in {"pdf", "html"})
    aligned = _aligned(stories.merge(grouped))
    made = compose([aligned], (), problems, edition, room)
    return with_counts(made, counts.counted([counts.of_story(aligned[0])], ()), room)


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
    made = compose(compared, singles, problems, _edition(articles, config, command, week, before))
    return with_counts(made, counts.counted(counted, weeks))


def list_stories(found: Found, form: str) -> bytes:
    """Which articles report the same event, as lines to read or as JSON."""
    from compare.analysis import stories

    grouped = stories.group(found[0])
    if form == "json":
        rows = [
            {
                "id": story.id,
                "articles": [
                    {"id": one.id, "outlet": one.outlet, "title": one.title, "origin": one.origin}
                    for one in story.articles
                ],
                "copies": [list(group) for group in story.copies],
            }
            for story in grouped
        ]
        return (json.dumps({"version": 1, "stories": rows}, ensure_ascii=False, indent=1) + "\n").encode()
    lines: list[str] = []
    for number, story in enumerate(grouped, 1):
        count = len(story.articles)
        lines.append(f"Story {number}: {count} article{'s' if count > 1 else ''}")
        lines += [f"  {one.outlet}: {_headline(one)} ({one.origin})" for one in story.articles]
    return ("\n".join(lines) + "\n").encode()


def render(made: Brief, form: str, config: Config, sheet: tuple[int, bool] = (100, False)) -> bytes:
    """The brief in one of the forms; ``sheet`` is the terminal's width in columns, and colour."""
    from compare.report import document, html, markdown, pdf, terminal

    match form:
        case "json":
            return document.render(made).encode()
        case "html":
            return html.render(made, look=config.look, templates=config.templates).encode()
        case "pdf":
            return pdf.write(html.render(made, look=config.look, templates=config.templates, medium="print"))
        case "markdown":
            return markdown.render(made).encode()
    return terminal.render(made, width=sheet[0], colour=sheet[1]).encode()


def form_of(output: Path | None, otherwise: str) -> str:
    """The form that a file's suffix asks for, and ``otherwise`` where it says nothing."""
    return SUFFIXES.get(output.suffix.lower(), otherwise) if output else otherwise


def exit_code(problems: Iterable[Problem]) -> int:
    """0 where every input could be used, else the highest code that a lost one asks for."""
    return max((problem.code for problem in problems), default=0)


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


def _aligned(story: Story) -> tuple[Alignment, tuple[Finding, ...]]:
    from compare.analysis import alignment

    table = alignment.align(story)
    return table, framed(table)


def _compared(story: Story) -> "tuple[tuple[Alignment, tuple[Finding, ...]], OfStory]":
    from compare.analysis import counts

    aligned = _aligned(story)
    return aligned, counts.of_story(aligned[0])


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
    days = _days_before(week)
    return tuple(one for one in articles if one.published in days)


def _days_before(week: str) -> list[dt.date]:
    monday = week_days(week)[0]
    return [monday - dt.timedelta(days=back) for back in range(7 * EARLIER, 0, -1)]


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


def _comparable(articles: Sequence[Article], problems: Sequence[Problem]) -> Found:
    from compare.corpus import furniture

    foreign = tuple(
        Problem(one.origin, f"language {one.language!r}; only English texts are compared: left out", 65)
        for one in articles
        if one.language != LANGUAGE
    )
    kept = furniture.without([one for one in articles if one.language == LANGUAGE])
    return kept, (*problems, *foreign)


def _told_apart(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Articles of one outlet each get their file's name, so that every article is a column."""
    times = Counter(one.outlet for one in articles)
    return tuple(
        dataclasses.replace(one, outlet=f"{one.outlet} ({Path(one.origin).name})")
        if times[one.outlet] > 1
        else one
        for one in articles
    )


def _edition(
    articles: Sequence[Article],
    config: Config,
    command: str,
    week: str | None = None,
    before: Sequence[Article] = (),
) -> Edition:
    from compare.report import reliability

    signature = (
        ("Parallax", version("parallax-compare")),
        *((name, version(name)) for name in LIBRARIES),
        ("Corpus", _digest(articles)),
        *((("Earlier weeks", _digest(before)),) if before else ()),
    )
    return Edition(
        title=config.title,
        week=week or "",
        dates=days(week_days(week) if week else [one.published for one in articles]),
        command=command,
        signature=signature,
        reliability=reliability.load(),
    )


def _digest(articles: Sequence[Article]) -> str:
    """Stands for the articles' contents, in whatever order they come."""
    digest = hashlib.sha256()
    for line in sorted(
        f"{one.id}\n{one.outlet}\n{one.title}\n{one.published}\n{one.body}" for one in articles
    ):
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def week_days(week: str) -> list[dt.date]:
    """The seven days of an ISO week such as "2025-W20". Raises ParallaxError (64) for what is none."""
    try:
        year, number = week.split("-W")
        return [dt.date.fromisocalendar(int(year), int(number), weekday) for weekday in range(1, 8)]
    except ValueError as error:
        raise ParallaxError(f"--week {week}", "is no ISO week: write it as 2025-W20", 64) from error


def _headline(article: Article) -> str:
    return article.title or article.body[article.headline.begin : article.headline.end]
