"""Connections to the catalogue's file: to read, or alone to write; and what SQLite says, as one line."""

import contextlib
import fcntl
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from compare.corpus import raw, schema
from compare.errors import ParallaxError

LOCKED, UNWRITABLE = 75, 73
_PATIENCE = 30.0
_NO_PLACE = frozenset({
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
})  # fmt: skip


def connect(path: Path, write: bool) -> sqlite3.Connection:
    """A connection to read, or one to write. Raises sqlite3.Error."""
    if write:
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        # FULL: what was committed is on the disk, also when the power goes.
        db.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
            "PRAGMA secure_delete = ON;"
        )
    else:
        db = _to_read(path)
    db.row_factory = sqlite3.Row
    return db


def _to_read(path: Path) -> sqlite3.Connection:
    """Open without writing; in a folder that cannot be written only a catalogue closed in order can be."""
    address = path.resolve().as_uri()
    db = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=_PATIENCE, isolation_level=None)
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        db.close()
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        db = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return db


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the one process that writes the corpus in ``folder``, made where there is none.

    The system ends the lock with the process. Raises ParallaxError (75) where another holds it, 73 where
    the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "catalogue.db.lock").open("a")
    except OSError as error:
        raise raw.unwritable(folder, error) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            what = "another process is writing this corpus just now: try again later"
            raise ParallaxError(str(folder), what, LOCKED) from error
        yield


def said(path: Path, error: sqlite3.Error) -> ParallaxError:
    """The one line for whatever SQLite says."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return ParallaxError(str(path), "another process holds it just now: try again later", LOCKED)
    if code in _NO_PLACE:
        what = f"not written ({error}): free or choose another place"
        return ParallaxError(str(path), what, UNWRITABLE)
    return ParallaxError(str(path), f"is damaged ({error}): {schema.REBUILD}")
