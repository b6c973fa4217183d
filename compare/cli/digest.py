"""The command `parallax digest`: arguments in, exit codes out. Nothing heavy before a command needs it."""

import datetime as dt
import json
import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import console
from compare.errors import ParallaxError

if TYPE_CHECKING:
    from compare.config import Config
    from compare.delivery.address import Mailbox
    from compare.delivery.digest import Addressing, Key, Report
    from compare.delivery.outbox import Copy, Outbox
    from compare.delivery.people import People
    from compare.delivery.run import Plan, Route
    from compare.report.parts import Brief

    Made = tuple[Brief, tuple[bytes, ...]]

WEEK = re.compile(r"\d{4}-W\d{2}", re.ASCII)
EDITION = re.compile(r"[A-Za-z0-9.-]{1,32}", re.ASCII)
outbox_option = click.option(
    "--outbox",
    "place",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="PARALLAX_OUTBOX",
    metavar="FILE",
    help="The ledger of what was sent. Default: parallax/outbox.db in the user's state folder.",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line."""

    week: str
    edition: str
    corpus: Path | None
    listed: Path | None
    to: tuple[str, ...]
    eml: Path | None
    with_json: bool
    config: Path | None
    place: Path
    wait: float

    @property
    def where(self) -> str:
        """What messages about settings point at."""
        return str(self.listed) if self.listed else "digest"


@click.group(invoke_without_command=True)
@click.option("--week", metavar="YYYY-Www", help="The ISO week, such as 2025-W20.")
@click.option("--corpus", type=click.Path(path_type=Path), metavar="DIR", help="The folder of articles.")
@click.option("--to", multiple=True, metavar="ADDRESS", help="Send to this one, instead of to the list.")
@click.option("--list", "listed", type=click.Path(path_type=Path), metavar="FILE", help="Who gets it (TOML).")
@click.option("--eml", type=click.Path(path_type=Path), metavar="FILE", help="Write the message, send none.")
@click.option("--dry-run", is_flag=True, help="Show who would get what; send and remember nothing.")
@click.option("--edition", default="1", show_default=True, help="Another edition of a week is sent anew.")
@click.option("--json", "with_json", is_flag=True, help="Attach the JSON document too.")
@click.option("--resend", is_flag=True, help="Send copies in doubt once more: some may arrive twice.")
@click.option("--retry", is_flag=True, help="Send copies that were refused for good once more.")
@click.option("--wait", default=30.0, show_default=True, metavar="MINUTES", help="Retry for so long.")
@outbox_option
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings (parallax.toml).")
@click.pass_context
def digest(  # noqa: PLR0913, PLR0917 - options of one command
    context: click.Context,
    /,
    week: str | None,
    dry_run: bool,
    resend: bool,
    retry: bool,
    place: Path | None,
    **rest: object,
) -> int:
    """Mail the briefing on a week of articles: to everybody once, whatever happens in between.

    A second call sends only what is missing. The mail server is set in the list's [server], or in
    PARALLAX_SMTP_HOST, _PORT, _SECURITY, _USER and _PASSWORD; the sender in [list] from, or
    PARALLAX_FROM.

    \b
    Examples:
      parallax digest --week 2025-W20 --corpus corpus/ --list people.toml
      parallax digest --week 2025-W20 --corpus corpus/ --list people.toml --dry-run
      parallax digest --week 2025-W20 --corpus corpus/ --eml digest.eml
      parallax digest status --week 2025-W20

    Exit codes: 0 sent, or sent before; 75 something is left to try again, or another run is sending;
    65 an address is bad, a copy refused or in doubt; 78 a setting is wrong.
    """
    if context.invoked_subcommand:
        return 0
    order = _order(week, place, rest)
    if dry_run or order.eml:
        return _show(order)
    return send(order, (resend, retry), lambda: made(order), click.echo)


@digest.command()
@click.option("--week", metavar="YYYY-Www", help="Only this week.")
@click.option("--format", "form", type=click.Choice(("terminal", "json")), default="terminal")
@outbox_option
def status(week: str | None, form: str, place: Path | None) -> int:
    """Show who got what, when, and what the server said.

    \b
    Example:
      parallax digest status --week 2025-W20
    """
    from compare.delivery import outbox

    path = place or usual_place()
    if not path.exists():
        raise ParallaxError(str(path), "there is no outbox yet: nothing was ever sent", 66)
    with outbox.opened(path) as box:
        copies = [copy for copy in box.copies() if week is None or copy.key.split("/")[1] == week]
        click.echo(_as_json(box, copies) if form == "json" else _as_lines(copies))
    return 0


def _order(week: str | None, place: Path | None, rest: "dict[str, object]") -> Order:
    order = Order(week=checked_week(week), place=place or usual_place(), **rest)  # type: ignore[arg-type]
    checked_edition(order.edition)
    if not order.to and not order.listed and not order.eml:
        raise ParallaxError("digest", "nobody to send to: add --list people.toml, --to or --eml", 64)
    return order


def checked_week(week: str | None) -> str:
    """An ISO week as the command line has it; raises ParallaxError (64) where it is none."""
    if week is None or not WEEK.fullmatch(week):
        raise ParallaxError("--week", "names the ISO week to send: write it as 2025-W20", 64)
    return week


def checked_edition(edition: str) -> str:
    """An edition's name; raises ParallaxError (64) for one that a Message-ID could not hold."""
    if not EDITION.fullmatch(edition):
        raise ParallaxError("--edition", "takes letters, digits, dots and dashes", 64)
    return edition


def usual_place() -> Path:
    """Where the outbox is unless an option says otherwise."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "parallax" / "outbox.db"


def _read(order: Order) -> "tuple[People, list[Mailbox], Addressing, Key]":
    """The list, the recipients, the sender and the key; bad addresses are named and left out."""
    from compare.delivery import address, people, settings
    from compare.delivery.digest import Key
    from compare.model import Problem

    found = people.load(order.listed) if order.listed else people.People((), {}, ())
    recipients, problems = list(found.recipients), list(found.problems)
    if order.to:
        recipients = []
        for text in order.to:
            try:
                recipients.append(address.parse(text))
            except ParallaxError as error:
                problems.append(Problem("--to", f"{error.where} {error.what}", error.exit_code))
    addressing = settings.addressing(found.tables, os.environ, order.where)
    key = Key(addressing.list_id or "direct", order.week, order.edition)
    return people.People(found.recipients, found.tables, tuple(problems)), recipients, addressing, key


def made(order: Order) -> "Made":
    """Read, compare and render: the brief of the week, and its PDF, or PDFs where one is too much to set."""
    from compare import config, pipeline

    if order.corpus is None:
        raise ParallaxError("--corpus", "this issue was not made yet: name the folder of articles", 64)
    setting = config.load(order.config)
    held = pipeline.read_corpus(order.corpus, order.week, columns=setting.columns)
    brief = pipeline.brief(held, setting, order.corpus, order.week, lambda items, _: items)
    console.report(brief.problems)
    if not brief.sources:
        raise ParallaxError(str(order.corpus), f"no article of {order.week}: nothing to send", 66)
    return brief, _printed(brief, setting)


def _printed(brief: "Brief", setting: "Config") -> tuple[bytes, ...]:
    from compare import pipeline

    return tuple(one.data for one in pipeline.printed(brief, setting))


def _plan(order: Order, found: "People", addressing: "Addressing", key: "Key", limit: int) -> "Plan":
    from compare.delivery import run, settings

    archive = settings.archive(found.tables, order.week, order.where)
    return run.Plan(addressing, key, dt.datetime.now(dt.UTC), limit, archive)


def _composed(order: Order, ready: "Made", plan: "Plan") -> tuple[bytes, bytes]:
    """The issue's bytes with and without attachment."""
    from compare import config
    from compare.delivery import run
    from compare.report.shorter import shorten

    setting = config.load(order.config)
    brief, pdfs = ready
    more = _documents(order, brief, setting) if order.with_json else []
    whole, short = (
        lambda: [*_attached(order, pdfs), *more],
        lambda: _attached(order, _printed(shorten(brief), setting)),
    )
    return run.fit([brief], [whole, short], plan)


def _attached(order: Order, pdfs: "Sequence[bytes]") -> "list[Report]":
    """The brief's files, numbered where it is in parts: the letter names every one."""
    from compare.delivery.digest import Report

    stem = f"parallax-{order.week}"
    if len(pdfs) == 1:
        return [Report(f"{stem}.pdf", pdfs[0])]
    return [Report(f"{stem}-{number}.pdf", data) for number, data in enumerate(pdfs, 1)]


def _documents(order: Order, brief: "Brief", setting: "Config") -> "list[Report]":
    from compare import pipeline
    from compare.delivery.digest import Report

    data = pipeline.render(brief, "json", setting)
    return [Report(f"parallax-{order.week}.json", data, "application/json")]


def _show(order: Order) -> int:
    """Compose without sending: for --eml and --dry-run."""
    from compare import pipeline
    from compare.delivery import digest as mail
    from compare.delivery import outbox, settings

    settings.take_secret(os.environ)
    if order.eml:
        pipeline.check_writable(order.eml)
    found, recipients, addressing, key = _read(order)
    console.report(found.problems)
    limit = settings.limit(found.tables, order.where)
    raw, _ = _composed(order, made(order), _plan(order, found, addressing, key, limit))
    if order.eml:
        one = recipients[0] if len(recipients) == 1 else None
        pipeline.write(order.eml, mail.addressed(raw, addressing, key, one) if one else raw)
        click.echo(str(order.eml))
        return pipeline.exit_code(found.problems)
    states: dict[str, str] = {}
    if order.place.exists():
        with outbox.opened(order.place) as box:
            states = {copy.address.casefold(): copy.state for copy in box.copies(str(key))}
    click.echo(f"digest {key.week}, edition {key.edition}: {len(raw):,} bytes; nothing is sent")
    for one in recipients:
        click.echo(f"{states.get(one.key, 'would be sent'):<14}{one.address}")
    return pipeline.exit_code(found.problems)


def send(
    order: Order,
    again: tuple[bool, bool],
    make: "Callable[[], Made]",
    say: "Callable[[str], None]",
    knock: bool = True,
) -> int:
    """Queue the issue and send what is missing; returns the exit code.

    ``again`` is whether copies in doubt, and copies that failed, are sent once more. ``make`` gives the
    brief and its PDF; it is asked only for an issue that was never composed. ``say`` gets the summary,
    one line, whatever happens. With ``knock`` the server is tried before the long work of ``make``, else
    after it.
    """
    from compare import pipeline
    from compare.delivery import outbox, run

    found, recipients, addressing, key = _read(order)
    console.report(found.problems)
    if not recipients:
        raise ParallaxError(order.where, "no address is left to send to")
    route, limit = _route(order, found)
    with outbox.locked(order.place), outbox.opened(order.place) as box:
        if box.issue(str(key)) is None:
            ready = None if knock else make()
            plan = _plan(order, found, addressing, key, _probed(route, limit))
            raw, small = _composed(order, ready or make(), plan)
            box.keep(str(key), addressing.sender.address, raw, small, time.time())
        before = sum(copy.state == "sent" for copy in box.copies(str(key)))
        issue = run.queue(box, addressing, key, recipients, time.time())
        box.recover(time.time())
        if again[0]:
            box.again(issue, "in doubt", time.time())
        if again[1]:
            box.again(issue, "failed", time.time())
        try:
            run.send(box, issue, route)
        finally:
            copies = box.copies(str(key))
            say(run.summary(key, copies, before))
            _report_copies(copies)
    return max(run.exit_code(copies), pipeline.exit_code(found.problems))


def _route(order: Order, found: "People") -> "tuple[Route, int]":
    from compare.delivery import settings
    from compare.delivery.run import Route

    folder = order.listed.parent if order.listed else Path()
    secret = settings.take_secret(os.environ)
    server = settings.server(found.tables, os.environ, secret, folder, order.where)
    signing = settings.signing(found.tables, folder, order.where)
    return Route(server, signing, order.wait * 60), settings.limit(found.tables, order.where)


def _probed(route: "Route", limit: int) -> int:
    """Knock at the server before the long work: wrong settings show now, and the size it takes."""
    from compare.delivery import smtp

    with smtp.connect(route.server) as line:
        return min(limit, line.limit or limit)


def _report_copies(copies: "Sequence[Copy]") -> None:
    for copy in copies:
        if copy.state in {"failed", "in doubt"}:
            what = " (send again with --resend)" if copy.state == "in doubt" else ""
            click.echo(f"{copy.address}: {copy.state}: {copy.answer}{what}", err=True)


def _as_lines(copies: "Sequence[Copy]") -> str:
    lines = [
        f"{copy.key}  {copy.state:<9} {_moment(copy.since)}  {copy.address}  {copy.answer}".rstrip()
        for copy in copies
    ]
    return "\n".join(lines) or "nothing was queued"


def _as_json(box: "Outbox", copies: "Sequence[Copy]") -> str:
    rows = [
        {
            "issue": copy.key,
            "address": copy.address,
            "name": copy.name,
            "state": copy.state,
            "attempts": copy.attempts,
            "since": _moment(copy.since),
            "answer": copy.answer,
            "history": [
                {"at": _moment(at), "state": state, "answer": answer}
                for at, state, answer in box.history(copy)
            ],
        }
        for copy in copies
    ]
    return json.dumps({"version": 1, "copies": rows}, ensure_ascii=False, indent=1)


def _moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
