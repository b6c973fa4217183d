"""The outbox: who is to get which issue, and what became of it. A queue and a ledger in one SQLite file.

    queued -> claimed -> sending -> sent
                      -> queued (later)  |  failed (for good)  |  in doubt (for a person to decide)

``sending`` is on the disk before the final dot of a message goes over the line, ``sent`` after the
server's answer. A process that dies while ``claimed`` has delivered nothing; one that dies while
``sending`` may have (RFC 1047): that copy becomes ``in doubt`` and is not sent again by itself. One
process at a time holds the outbox, by a lock that ends with it, so that whatever it finds ``claimed``
or ``sending`` is left over from one that died.
"""

import contextlib
import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from compare.delivery.address import Mailbox
from compare.errors import ParallaxError

State = Literal["queued", "claimed", "sending", "sent", "failed", "in doubt"]
STATES: tuple[State, ...] = ("queued", "claimed", "sending", "sent", "failed", "in doubt")
FIRST_WAIT, LONGEST_WAIT = 60.0, 3600.0
LIFETIME = 5 * 86400.0
LOCKED = 75
_SCHEMA = """
CREATE TABLE IF NOT EXISTS issue (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, sender TEXT NOT NULL,
  raw BLOB NOT NULL, small BLOB NOT NULL, made REAL NOT NULL);
CREATE TABLE IF NOT EXISTS copy (
  id INTEGER PRIMARY KEY, issue INTEGER NOT NULL REFERENCES issue, mailbox TEXT NOT NULL,
  name TEXT NOT NULL, address TEXT NOT NULL, front BLOB NOT NULL, state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL, since REAL NOT NULL,
  answer TEXT NOT NULL DEFAULT '', UNIQUE (issue, mailbox));
CREATE INDEX IF NOT EXISTS waiting ON copy (issue, state, due);
CREATE TABLE IF NOT EXISTS event (
  copy INTEGER NOT NULL, at REAL NOT NULL, state TEXT NOT NULL, answer TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS history ON event (copy);
CREATE TRIGGER IF NOT EXISTS remembered AFTER UPDATE OF state ON copy BEGIN
  INSERT INTO event VALUES (new.id, new.since, new.state, new.answer);
END;
"""
VERSION = 1


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue as it is kept: ``raw`` without any recipient's headers, ``small`` without attachment."""

    number: int
    key: str
    sender: str
    raw: bytes
    small: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient's copy. ``front`` holds its headers; ``due`` and ``since`` are seconds of the epoch."""

    number: int
    key: str
    name: str
    address: str
    front: bytes
    state: State
    attempts: int
    due: float
    since: float
    answer: str


class Outbox:
    """An open outbox. Made by ``opened``; what sends must hold ``locked``."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._db = connection

    def issue(self, key: str) -> Issue | None:
        """The issue ``key``, or None where it was never queued."""
        row = self._db.execute(
            "SELECT id, key, sender, raw, small FROM issue WHERE key = ?", (key,)
        ).fetchone()
        return Issue(*row) if row else None

    def keep(self, key: str, sender: str, raw: bytes, small: bytes, now: float) -> Issue:
        """Keep an issue's bytes; an issue that is there already stays as it is."""
        with self._db:
            self._db.execute(
                "INSERT INTO issue (key, sender, raw, small, made) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (key, sender, raw, small, now),
            )
        found = self.issue(key)
        assert found is not None
        return found

    def queue(self, issue: Issue, fronts: Sequence[tuple[Mailbox, bytes]], now: float) -> int:
        """Queue a copy for every mailbox that has none of this issue; returns how many were added."""
        before = self._db.total_changes
        with self._db:
            self._db.executemany(
                "INSERT INTO copy (issue, mailbox, name, address, front, state, due, since) "
                "VALUES (?, ?, ?, ?, ?, 'queued', ?, ?) ON CONFLICT DO NOTHING",
                [(issue.number, one.key, one.name, one.address, front, now, now) for one, front in fronts],
            )
        return self._db.total_changes - before

    def recover(self, now: float) -> None:
        """Sort out what a process that died left behind; only for the holder of the lock."""
        with self._db:
            self._db.execute("UPDATE copy SET state = 'queued' WHERE state = 'claimed'")
            self._db.execute(
                "UPDATE copy SET state = 'in doubt', since = ?, answer = ? WHERE state = 'sending'",
                (now, "the sender stopped before the server's answer came"),
            )

    def again(self, issue: Issue, state: Literal["failed", "in doubt"], now: float) -> int:
        """Queue the copies in ``state`` once more: a person's decision. Returns how many."""
        with self._db:
            return self._db.execute(
                "UPDATE copy SET state = 'queued', due = ?, since = ? WHERE issue = ? AND state = ?",
                (now, now, issue.number, state),
            ).rowcount

    def claim(self, issue: Issue, now: float) -> Copy | None:
        """Take the next copy that is due, or None."""
        with self._db:
            row = self._db.execute(
                "UPDATE copy SET state = 'claimed', since = ? WHERE state = 'queued' AND id = ("
                "SELECT id FROM copy WHERE issue = ? AND state = 'queued' AND due <= ? "
                "ORDER BY due, id LIMIT 1) RETURNING id",
                (now, issue.number, now),
            ).fetchone()
        return self._copies("copy.id = ?", (row[0],))[0] if row else None

    def next_due(self, issue: Issue) -> float | None:
        """When the next queued copy is due, or None where none is queued."""
        row = self._db.execute(
            "SELECT min(due) FROM copy WHERE issue = ? AND state = 'queued'", (issue.number,)
        ).fetchone()
        return None if row[0] is None else float(row[0])

    def sending(self, copy: Copy, now: float) -> None:
        """Write down that the final dot is about to go out. Back only when it is on the disk."""
        self._become(copy, "sending", now, "")

    def sent(self, copy: Copy, answer: str, now: float) -> None:
        """Write down that the server took the message."""
        self._become(copy, "sent", now, answer)

    def failed(self, copy: Copy, answer: str, now: float) -> None:
        """Write down that this copy is refused for good."""
        self._become(copy, "failed", now, answer)

    def lost(self, copy: Copy, answer: str, now: float) -> None:
        """Write down that the line broke: before the final dot to be tried again, after it in doubt."""
        state = self._copies("copy.id = ?", (copy.number,))[0].state
        if state == "sending":
            self._become(copy, "in doubt", now, answer)
        else:
            self.later(copy, answer, now)

    def later(self, copy: Copy, answer: str, now: float) -> None:
        """Put a copy back with growing waits: 1, 2, 4 … minutes, an hour at most.

        After ``LIFETIME`` from when the issue was made it fails instead (RFC 5321, 4.5.4.1).
        """
        wait = min(FIRST_WAIT * 2.0**copy.attempts, LONGEST_WAIT)
        made = self._db.execute(
            "SELECT made FROM issue JOIN copy ON copy.issue = issue.id WHERE copy.id = ?", (copy.number,)
        ).fetchone()[0]
        if now + wait - made > LIFETIME:
            self.failed(copy, f"given up after 5 days: {answer}", now)
            return
        self._become(copy, "queued", now, answer, now + wait)

    def release(self, copy: Copy, now: float) -> None:
        """Put a copy back untried: it was not its fault."""
        with self._db:
            self._db.execute(
                "UPDATE copy SET state = 'queued', since = ? WHERE id = ? AND state = 'claimed'",
                (now, copy.number),
            )

    def copies(self, key: str | None = None) -> list[Copy]:
        """Every copy of the issue ``key``, or of all, in the order they were queued."""
        return self._copies("issue.key = ?", (key,)) if key else self._copies("1", ())

    def history(self, copy: Copy) -> list[tuple[float, State, str]]:
        """What became of a copy, step by step: seconds of the epoch, state, the server's answer."""
        rows = self._db.execute(
            "SELECT at, state, answer FROM event WHERE copy = ? ORDER BY rowid", (copy.number,)
        )
        return [(at, state, answer) for at, state, answer in rows]

    def _copies(self, which: str, values: tuple[object, ...]) -> list[Copy]:
        rows = self._db.execute(
            "SELECT copy.id, issue.key, name, address, front, state, attempts, due, since, answer "
            f"FROM copy JOIN issue ON issue.id = copy.issue WHERE {which} ORDER BY copy.id",
            values,
        )
        return [Copy(*row) for row in rows]

    def _become(self, copy: Copy, state: State, now: float, answer: str, due: float = 0.0) -> None:
        before = ("sending",) if state in {"sent", "in doubt"} else ("claimed", "sending")
        with self._db:
            done = self._db.execute(
                "UPDATE copy SET state = ?, since = ?, answer = ?, due = ?, attempts = attempts + ? "
                "WHERE id = ? AND state IN (?, ?)",
                (state, now, answer, due, int(state != "sending"), copy.number, before[0], before[-1]),
            ).rowcount
        if done != 1:
            raise ParallaxError(str(self._path), f"the copy for {copy.address} is in other hands", LOCKED)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Outbox]:
    """Open the outbox at ``path``, made where there is none, readable by its owner only.

    Raises ParallaxError: 73 where it cannot be made, 65 where the file is no outbox.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        connection = sqlite3.connect(path, timeout=30)
    except (OSError, sqlite3.OperationalError) as error:
        raise ParallaxError(
            str(path), "the outbox cannot be opened: choose another with --outbox", 73
        ) from error
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in {0, VERSION}:
            raise ParallaxError(str(path), "is an outbox of a later version: update this program")
        # FULL: what was written down is on the disk before the next step, also when the power goes.
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + _SCHEMA)
        connection.execute(f"PRAGMA user_version={VERSION}")
        yield Outbox(path, connection)
    except sqlite3.DatabaseError as error:
        raise ParallaxError(str(path), f"the outbox cannot be used ({error})") from error
    finally:
        connection.close()


@contextlib.contextmanager
def locked(path: Path, what: str = "another run is sending just now") -> Iterator[None]:
    """Hold the outbox at ``path``; raises ParallaxError (75), saying ``what``, where another process does.

    The system ends the lock with the process, however that ends.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ParallaxError(str(path), f"{what}: try again later", LOCKED) from error
        yield
