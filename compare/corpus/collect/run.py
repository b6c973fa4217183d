"""A run: what is given and what is due is asked; feeds give pages; pages come into the corpus, once.

    page asked -> bytes kept -> journal: kept -> catalogue, one transaction -> journal: done

Killed between any two of these, the next run goes on from there: kept bytes are catalogued without being
asked for again, and adding the same again changes nothing.
"""

import contextlib
import datetime as dt
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from compare.corpus import catalogue, raw, syndication
from compare.corpus.catalogue import Catalogue
from compare.corpus.collect import guard, journal, kinds, lanes, sources
from compare.corpus.collect.answers import Answer, Later, Refused
from compare.corpus.collect.client import Limits
from compare.corpus.collect.guard import Gate
from compare.corpus.collect.journal import Journal, Kind, Record
from compare.corpus.collect.lanes import Outcome
from compare.corpus.collect.politeness import Turns
from compare.corpus.collect.robots import Disallowed
from compare.corpus.collect.sources import Given
from compare.corpus.collect.visit import Visitor
from compare.errors import ParallaxError
from compare.model import Problem

OUTCOMES = (
    "new",
    "known",
    "unreadable",
    "kept out by robots.txt",
    "refused",
    "gone",
    "failed",
    "left for later",
)
Watch = Callable[[Iterable[Outcome[Record]], str], Iterable[Outcome[Record]]]
Tallies = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Order:
    """What to collect into the corpus in ``folder``, and how. ``again`` asks also what failed or was
    refused, before its time; ``now`` tells the time of day, which is written down and decides nothing
    within a run.
    """

    folder: Path
    given: tuple[Given, ...]
    agent: str
    gate: Gate = field(default_factory=Gate)
    limits: Limits = field(default_factory=Limits)
    again: bool = False
    now: Callable[[], float] = time.time


def collect(order: Order, say: Callable[[Problem], None], watch: Watch = lambda items, _: items) -> Tallies:
    """Run once; returns how often each of ``OUTCOMES`` (or "unchanged", of a feed) came of each source.

    ``say`` is given each Problem as it comes; ``watch`` may show how far it is. Raises ParallaxError: 75
    where another run or another writer holds the corpus, 73 where it cannot be written, 65 where its
    journal or catalogue is damaged.
    """
    try:
        order.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise raw.unwritable(order.folder, error) from error
    turns = Turns(order.limits.delay, order.limits.longest_delay)
    visitor = Visitor(order.gate, order.limits, turns, order.agent)

    def get(one: Record) -> Answer:
        return visitor.get(one.url, one.etag, one.modified)

    with (
        journal.locked(order.folder),
        journal.opened(order.folder) as book,
        catalogue.opened(order.folder, create=True) as shelf,
    ):
        run = _Run(order, book, shelf, say)
        run.give()
        while batch := run.batch():
            with contextlib.closing(lanes.outcomes(_by_host(batch), get, turns, order.limits)) as found:
                for outcome in watch(found, "collecting"):
                    run.take(outcome)
        return run.tallies


class _Run:
    """One run at work; only the thread that made it uses it."""

    def __init__(self, order: Order, book: Journal, shelf: Catalogue, say: Callable[[Problem], None]) -> None:
        self._order, self._book, self._shelf, self._say = order, book, shelf, say
        self._feeds: list[Record] = []
        self._asked: set[str] = set()
        self.tallies: Tallies = {}

    def give(self) -> None:
        """Write down what is given; feeds that were read before are read again."""
        now = self._order.now()
        for one in self._order.given:
            counts = self.tallies.setdefault(one.source, Counter())
            if self._book.add([one.url], one.kind, one.source, now):
                continue
            found = self._book.find(one.url)
            assert found is not None
            listing = found.kind in {"feed", "list"}
            if listing and (found.state == "done" or found.next <= now or self._order.again):
                self._feeds.append(found)
            elif journal.due(found, now, self._order.again):
                continue
            elif found.state == "done" or (found.tries >= journal.LAST_TRY and not listing):
                counts[_met(found)] += 1
            else:
                self._wait(found)

    def batch(self) -> list[Record]:
        """What to ask next; empty when nothing is left that this run has not asked."""
        due = self._book.due(self._order.now(), self._order.again)
        records = {one.key: one for one in (*self._feeds, *due) if one.key not in self._asked}
        self._feeds = []
        self._asked.update(records)
        return [one for one in records.values() if not self._held(one)]

    def take(self, outcome: Outcome[Record]) -> None:
        """Write down what came of one address."""
        one, result = outcome.item, outcome.result
        if isinstance(result, Answer):
            self._answered(one, result)
        elif isinstance(result, Refused):
            self._refused(one, result)
        else:
            self._failed(one, result, outcome.asked)

    def _held(self, one: Record) -> bool:
        """Whether a page need not be asked: its bytes are kept, or the catalogue holds its address."""
        if one.kind in {"feed", "list"}:
            return False
        if one.body and raw.path(self._order.folder, one.body).is_file():
            self._catalogued(one, one.body, one.final, one.since)
            return True
        held = self._shelf.db.execute("SELECT 1 FROM articles WHERE address = ?", (one.key,)).fetchone()
        if held:
            self._book.done(one, "known", self._order.now())
            self._count(one, "known")
        return bool(held)

    def _answered(self, one: Record, answer: Answer) -> None:
        if answer.unchanged:
            self._book.read(one, one.kind, (one.etag, one.modified), ("page", ()), self._order.now())
            self._count(one, "unchanged")
            return
        try:
            kind, urls = _understood(one, answer)
        except ParallaxError as error:
            self._unreadable(one, error)
            return
        if kind == "page":
            self._keep(one, answer)
        else:
            self._listed(one, answer, kind, urls)

    def _keep(self, one: Record, answer: Answer) -> None:
        now = self._order.now()
        kept = raw.keep(self._order.folder, answer.body)
        self._book.kept(one, kept.hash, answer.url, now)
        self._catalogued(one, kept.hash, answer.url, now)

    def _catalogued(self, one: Record, body: str, url: str, fetched: float) -> None:
        when = dt.datetime.fromtimestamp(fetched, dt.UTC)
        name = guard.named(url)
        added = catalogue.add_raw(self._shelf, self._order.folder, body, name, url=url, fetched=when)
        for problem in added.problems:
            self._say(problem)
        outcome = "new" if added.new else "known" if added.articles else "unreadable"
        self._book.done(one, outcome, self._order.now())
        self._count(one, outcome)

    def _listed(self, one: Record, answer: Answer, kind: Kind, urls: Sequence[str]) -> None:
        sound: list[str] = []
        for url in urls:
            try:
                sound.append(guard.target(url, answer.url).url)
            except Refused as error:
                self._say(
                    Problem(guard.named(one.url), f"lists {error.where}: {error.what}", error.exit_code)
                )
        of: Kind = "page" if kind == "feed" else "feed"
        now = self._order.now()
        new = set(self._book.read(one, kind, (answer.etag, answer.modified), (of, sound), now))
        self.tallies.setdefault(one.url, Counter())
        if kind == "feed":
            self._count_met(one, [url for url in sound if url not in new], now)

    def _count_met(self, feed: Record, urls: Sequence[str], now: float) -> None:
        """Count what was met before; what this run asks is counted when it was asked."""
        for url in urls:
            found = self._book.find(url)
            assert found is not None
            if found.key not in self._asked and not journal.due(found, now, self._order.again):
                self.tallies[feed.url][_met(found)] += 1

    def _refused(self, one: Record, error: Refused) -> None:
        now, given = self._order.now(), one.kind != "page"
        if error.gone:
            self._book.gone(one, error.what, now, final=error.gone == 410)
            self._count(one, "gone")
            self._tell(error, error.exit_code if given else 0)
        elif isinstance(error, Disallowed):
            self._book.refused(one, error.what, now)
            self._count(one, "kept out by robots.txt")
            self._tell(error, 0)
        else:
            self._book.refused(one, error.what, now)
            self._count(one, "refused")
            self._tell(error, error.exit_code)

    def _failed(self, one: Record, error: Later, asked: bool) -> None:
        self._book.failed(one, error.what, self._order.now(), error.wait, asked)
        self._count(one, "failed" if asked else "left for later")
        if asked:
            self._tell(error, error.exit_code)

    def _unreadable(self, one: Record, error: ParallaxError) -> None:
        """What came holds nothing for the corpus; a page is not asked again, a feed may be mended."""
        write = self._book.done if one.kind == "page" else self._book.refused
        write(one, error.what, self._order.now())
        self._count(one, "unreadable")
        self._tell(error, error.exit_code)

    def _wait(self, one: Record) -> None:
        self._count(one, "left for later")
        self._say(
            Problem(guard.named(one.url), f"is not asked again yet ({one.note}); --retry asks it now", 75)
        )

    def _count(self, one: Record, outcome: str) -> None:
        source = one.source if one.kind in {"page", "given"} else one.url
        self.tallies.setdefault(source, Counter())[outcome] += 1

    def _tell(self, error: ParallaxError, code: int) -> None:
        self._say(Problem(guard.named(error.where), error.what, code))


def _met(one: Record) -> str:
    """What one that is not asked in this run counts as."""
    if one.state == "done":
        return "known" if one.note in {"new", "known"} else "unreadable"
    return one.state if one.state in {"gone", "refused"} else "left for later"


def _understood(one: Record, answer: Answer) -> tuple[Kind, Sequence[str]]:
    """What an answer is, by its bytes, and what it lists. Raises ParallaxError (65) where it is nothing
    for the corpus, or not what was to be expected: a feed's entry must not lead to another feed.
    """
    form = kinds.kind(answer.body, one.url)
    if one.kind not in {"given", form}:
        named = {"feed": "a feed", "list": "a list of feeds", "page": "a page"}
        raise ParallaxError(
            one.url, f"gives {named[form]} where {named[one.kind]} was expected; check the address"
        )
    if form == "feed":
        return "feed", sources.linked(answer.body, one.url)
    if form == "list":
        return "list", syndication.outlines(answer.body, one.url)
    return "page", ()


def _by_host(records: Sequence[Record]) -> list[list[Record]]:
    """Lanes: the addresses of one host each, in their order."""
    hosts: defaultdict[str, list[Record]] = defaultdict(list)
    for one in records:
        hosts[guard.target(one.url).host].append(one)
    return list(hosts.values())


def begun(folder: Path) -> bool:
    """Whether anything was ever collected into ``folder``."""
    return (folder / journal.NAME).is_file()


def told(counts: Counter[str]) -> str:
    """A source's results in words: "3 new, 12 known"."""
    parts = [f"{counts[name]} {name}" for name in OUTCOMES if counts[name]]
    return ", ".join(parts) or ("not changed" if counts["unchanged"] else "nothing new")
