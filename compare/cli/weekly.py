"""The command `parallax weekly`: collect, add, compare, brief and digest, one after the other, for cron.

    collect -> add -> compare, brief -> reports/WEEK.pdf -> digest

Each step goes on where it was stopped, and does nothing again that is done: what was collected and added is
in the corpus, who got what is in the outbox. What was sent is not made anew.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import collect, corpus, digest
from compare.errors import ParallaxError

if TYPE_CHECKING:
    from compare.cli.digest import Made
    from compare.model import Problem

NAME = ".weekly"


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked for, and in ``done`` what was done, each a few words of the summary."""

    order: "digest.Order"
    folder: Path
    inputs: tuple[str, ...]
    sources: "collect.Sources"
    pdf: Path
    done: list[str] = field(default_factory=list)


@click.command()
@click.argument("inputs", nargs=-1, metavar="[FILE|FOLDER|PATTERN]...")
@click.option(
    "--corpus", "folder", required=True, type=click.Path(path_type=Path), metavar="DIR", help="The corpus."
)
@collect.source_options
@click.option(
    "--reports", type=click.Path(path_type=Path), default=Path("reports"), show_default=True, metavar="DIR",
    help="Where the brief is written, as WEEK.pdf.",
)  # fmt: skip
@click.option("--list", "listed", type=click.Path(path_type=Path), metavar="FILE", help="Who gets it (TOML).")
@click.option("--week", metavar="YYYY-Www", help="Default: the last one that is over.")
@click.option("--zone", default="UTC", show_default=True, help="The time zone in which a week ends.")
@click.option("--edition", default="1", show_default=True, help="Another edition of a week is sent anew.")
@click.option("--wait", default=30.0, show_default=True, metavar="MINUTES", help="Retry mail for so long.")
@digest.outbox_option
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings (parallax.toml).")
def weekly(  # noqa: PLR0913, PLR0917 - options of one command
    inputs: tuple[str, ...],
    folder: Path,
    sources: tuple[Path, ...],
    contact: str,
    allow_private: bool,
    delay: float,
    reports: Path,
    listed: Path | None,
    week: str | None,
    zone: str,
    edition: str,
    wait: float,
    place: Path | None,
    config: Path | None,
) -> int:
    """Collect, add, compare, write the week's brief and mail it: all that a Monday needs.

    INPUTS are files and folders to add beside what is collected. Call it again at any time, as cron does:
    it goes on where it was stopped, and an issue that everybody has is not made or sent again. One line
    on standard output says what was done.

    \b
    Examples:
      parallax weekly --corpus corpus/ --from feeds.opml --list people.toml --zone Europe/Berlin
      parallax weekly inbox/ --corpus corpus/ --reports reports/
      parallax weekly --corpus corpus/ --from feeds.opml --list people.toml --week 2025-W20

    Exit codes: 0 done, now or before; 75 another run is at work, or something is left to try again; 65 an
    address is bad or a copy failed; 66 no article of the week; 73 output not writable; 78 a setting is
    wrong. A source that cannot be had, or an article that cannot be read, is named and stops nothing.
    """
    from compare.delivery import outbox

    week = week or last_week(dt.datetime.now(dt.UTC), zone)
    order = digest.Order(
        week=digest.checked_week(week),
        edition=digest.checked_edition(edition),
        corpus=folder,
        listed=listed,
        to=(),
        eml=None,
        with_json=False,
        config=config,
        place=place or digest.usual_place(),
        wait=wait,
    )
    asked = collect.Sources((), sources, contact, allow_private, delay)
    run = Run(order, folder, inputs, asked, reports / f"{week}.pdf")
    _prepare(run)
    try:
        with outbox.locked(folder / NAME, "another weekly run is at work"):
            if listed:
                return digest.send(order, (False, False), lambda: make(run), run.done.append, knock=False)
            make(run)
            return 0
    finally:
        click.echo(f"weekly {week}: {'; '.join(run.done) or 'nothing done'}")


def last_week(now: dt.datetime, zone: str) -> str:
    """The ISO 8601 week before the one that ``now`` (with its zone) is in, in ``zone``: "2025-W20".

    Raises ParallaxError (64) for a zone that the system does not know.
    """
    from zoneinfo import ZoneInfo

    try:
        today = now.astimezone(ZoneInfo(zone)).date()
    except (OSError, KeyError, ValueError) as error:
        raise ParallaxError(
            "--zone", f"no time zone {zone!r}: write one such as Europe/Berlin", 64
        ) from error
    year, number, _ = (today - dt.timedelta(days=7)).isocalendar()
    return f"{year}-W{number:02}"


def make(run: Run) -> "Made":
    """Collect, add, compare and write the brief; the brief and its PDF, or PDFs where one is too much.

    Raises ParallaxError: 66 where there is no article of the week, 73 and 75 as the steps do.
    """
    from compare import pipeline
    from compare.corpus.collect import run as collecting

    if run.sources.listed or collecting.begun(run.folder):
        problems: list[Problem] = []
        tallies = collect.collected(run.folder, run.sources, problems)
        told = collect.told(sum(tallies.values(), Counter()))
        run.done.append(f"collected {told}{_said(problems)}")
    if run.inputs:
        rows, problems = corpus.added(run.inputs, run.folder, None, run.order.config)
        run.done.append(f"added {rows[-1][2]} new{_said(problems)}")
    brief, pdfs = digest.made(run.order)
    paths = pipeline.write_parts(run.pdf, pdfs)
    counts = ", ".join(f"{number} {noun}" for number, noun in brief.counts)
    run.done.append(f"{counts}: {', '.join(map(str, paths))}")
    return brief, pdfs


def _prepare(run: Run) -> None:
    """Refuse a hopeless setting before any work."""
    from compare import config, pipeline

    config.load(run.order.config)
    for folder in (run.folder, run.pdf.parent):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"cannot be made ({(error.strerror or '').lower()}); name another folder"
            raise ParallaxError(str(folder), what, 73) from error
    pipeline.check_writable(run.pdf)


def _said(problems: "list[Problem]") -> str:
    lost = sum(1 for one in problems if one.code)
    return f" ({lost} problem{'s' if lost > 1 else ''})" if lost else ""
