"""The journal, collect.db in the corpus folder: what became of every address, so that a run goes on.

    due -> done                         a feed was read; a page's article is in the catalogue
        -> failed, refused, gone        with the time from which it is asked again, or never

A page is done only after its bytes are kept and the catalogue has it: a run killed anywhere asks once
more for what it was about, and doubles nothing, because keeping and adding the same again change
nothing. The journal may be lost: feeds are read anew then, and what the catalogue holds is not asked.
"""

import contextlib
import fcntl
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from compare.corpus.urls import canonical
from compare.errors import ParallaxError

NAME = "collect.db"
APPLICATION, VERSION = 0x50_58_43_4A, 1  # PXCJ
DAY = 86_400.0
FIRST_PAUSE, LONGEST_PAUSE = 900.0, DAY
LAST_TRY = 8
State = Literal["due", "done", "failed", "refused", "gone"]
Kind = Literal["given", "feed", "list", "page"]
_SCHEMA = """
CREATE TABLE address (
  key TEXT PRIMARY KEY, url TEXT NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, next REAL NOT NULL DEFAULT 0, since REAL NOT NULL,
  etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '', body TEXT NOT NULL DEFAULT '',
  final TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE INDEX waiting ON address (state, kind, key);
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one address. ``key`` is what all its spellings have in common; ``next`` and ``since``
    are seconds of the epoch; ``tries`` counts the runs in a row that it failed in, ``LAST_TRY`` for one
    that is not asked again by itself; ``body`` is the hash of what it gave, ``final`` the address that
    gave it, after redirects.

    ``kind`` is "page" for one that a feed lists, "given" for one of which nobody knows yet what it is.
    """

    key: str
    url: str
    kind: Kind
    source: str
    state: State
    tries: int
    next: float
    since: float
    etag: str
    modified: str
    body: str
    final: str
    note: str


def due(one: Record, now: float, again: bool = False) -> bool:
    """Whether ``Journal.due`` has this one."""
    ready = one.tries < LAST_TRY and (one.next <= now or one.since > now)
    return one.state != "done" and (again or ready)


def key(url: str) -> str:
    """What two spellings of one address have in common; a site's front page stands for itself."""
    return canonical(url) or url


class Journal:
    """An open journal. Made by ``opened``; whoever writes must hold ``locked``."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._db = connection

    def find(self, url: str) -> Record | None:
        """What is known of ``url``, or None."""
        found = self._records("SELECT * FROM address WHERE key = ?", key(url))
        return found[0] if found else None

    def add(self, urls: Iterable[str], kind: Kind, source: str, now: float) -> list[str]:
        """Write down addresses to be asked; returns those that were not known, in their order."""
        with self._work() as db:
            return _added(db, urls, kind, source, now)

    def read(
        self,
        one: Record,
        kind: Kind,
        validators: tuple[str, str],
        found: tuple[Kind, Iterable[str]],
        now: float,
    ) -> list[str]:
        """Write down that a feed or a list was read, and what it lists, in one transaction: one that has
        not changed is not read again, so nothing of it must be lost. Returns what was not known.
        """
        with self._work() as db:
            db.execute(
                "UPDATE address SET kind = ?, state = 'done', tries = 0, next = 0, since = ?, etag = ?, "
                "modified = ?, note = '' WHERE key = ?",
                (kind, now, *validators, one.key),
            )
            return _added(db, found[1], found[0], one.url, now)

    def kept(self, one: Record, body: str, final: str, now: float) -> None:
        """Write down that the page's bytes are kept: whatever happens now, it is not asked again."""
        self._become(one, one.state, (one.tries, one.next), now, "", (body, final))

    def done(self, one: Record, note: str, now: float) -> None:
        """Write down that the catalogue has the page, or has to do without it."""
        self._become(one, "done", (0, 0.0), now, note)

    def refused(self, one: Record, note: str, now: float) -> None:
        """Write down that it gives nothing; it is asked again a day later, so often as a failed one."""
        self._become(one, "refused", (one.tries + 1, now + DAY), now, note)

    def gone(self, one: Record, note: str, now: float, final: bool) -> None:
        """Write down that there is no such page: not yet, or no more, which is ``final``."""
        self._become(one, "gone", (LAST_TRY if final else one.tries + 1, now + DAY), now, note)

    def failed(
        self, one: Record, note: str, now: float, wait: float | None = None, asked: bool = True
    ) -> None:
        """Write down that there was no answer. It is asked again after ``wait`` seconds, or after a pause
        that doubles with every such run; one whose turn never came counts no try.
        """
        tries = one.tries + int(asked)
        pause = FIRST_PAUSE * 2.0 ** min(max(tries - 1, 0), 10) if asked else 0.0
        pause = min(pause, LONGEST_PAUSE) if wait is None else wait
        self._become(one, "failed" if asked else "due", (tries, now + pause), now, note)

    def due(self, now: float, again: bool = False) -> list[Record]:
        """What is to be asked now, by address, without feeds and lists that were read; ``again`` takes
        whatever is not done. A record made in the future is one of a clock that jumped, and is due.
        """
        return self._records(
            "SELECT * FROM address WHERE state != 'done' "
            "AND (? OR (tries < ? AND (next <= ? OR since > ?))) ORDER BY key",
            again, LAST_TRY, now, now,
        )  # fmt: skip

    def records(self) -> list[Record]:
        """Everything, by address."""
        return self._records("SELECT * FROM address ORDER BY key")

    def _records(self, query: str, *values: object) -> list[Record]:
        with self._work() as db:
            return [Record(*row) for row in db.execute(query, values)]

    def _become(  # noqa: PLR0913, PLR0917 - the columns of one row
        self,
        one: Record,
        state: State,
        again: tuple[int, float],
        now: float,
        note: str,
        kept: tuple[str, str] | tuple[None, None] = (None, None),
    ) -> None:
        with self._work() as db:
            db.execute(
                "UPDATE address SET state = ?, tries = ?, next = ?, since = ?, note = ?, "
                "body = coalesce(?, body), final = coalesce(?, final) WHERE key = ?",
                (state, *again, now, note, *kept, one.key),
            )

    @contextlib.contextmanager
    def _work(self) -> Iterator[sqlite3.Connection]:
        with _speaking(self._path), self._db:
            yield self._db


def _added(db: sqlite3.Connection, urls: Iterable[str], kind: Kind, source: str, now: float) -> list[str]:
    insert = (
        "INSERT INTO address (key, url, kind, source, state, since) VALUES (?, ?, ?, ?, 'due', ?) "
        "ON CONFLICT DO NOTHING"
    )
    return [url for url in urls if db.execute(insert, (key(url), url, kind, source, now)).rowcount]


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Journal]:
    """Open the journal of the corpus in ``folder``, made where there is none.

    Raises ParallaxError, here and in every use: 73 where it cannot be made or written, 65 where the
    file is damaged or no journal, 75 where another program holds it.
    """
    path = folder / NAME
    with contextlib.ExitStack() as stack:
        with _speaking(path):
            connection = stack.enter_context(contextlib.closing(sqlite3.connect(path, timeout=30)))
            _prepare(connection, path)
        yield Journal(path, connection)


@contextlib.contextmanager
def _speaking(path: Path) -> Iterator[None]:
    """Whatever SQLite says as the one line that a person can do something with."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise ParallaxError(
                str(path), "another program holds it just now: try again later", 75
            ) from error
        raise ParallaxError(str(path), f"cannot be written ({error}): make room, or mend it", 73) from error
    except sqlite3.DatabaseError as error:
        why = f"is damaged ({error}): move it away and collect again; no article is doubled"
        raise ParallaxError(str(path), why) from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    mark, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if mark != APPLICATION and (mark or tables):
        raise ParallaxError(str(path), "is another program's database: move it away and collect again")
    if version > VERSION:
        raise ParallaxError(str(path), "is a journal of a later version: update this program")
    if version < VERSION:
        connection.execute("PRAGMA journal_mode=WAL")
        mark_it = f"PRAGMA application_id={APPLICATION}; PRAGMA user_version={VERSION};"
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} {mark_it} COMMIT;")


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the journal; raises ParallaxError: 75 where another run does, 73 where nothing can be written.

    The system ends the lock with the process, however that ends.
    """
    try:
        file = (folder / f"{NAME}.lock").open("a")
    except OSError as error:
        why = f"cannot be written ({(error.strerror or 'unknown').lower()}): choose another --corpus"
        raise ParallaxError(str(folder), why, 73) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ParallaxError(
                str(folder), "another run is collecting just now: try again later", 75
            ) from error
        yield
