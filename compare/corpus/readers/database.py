"""SQLite databases of articles as NELA-GT publishes them (Gruppi, Horne and Adalı 2020, table ``newsdata``).

Any table whose columns name a text and who published it, or where, is read; columns are known by name.
The file is opened read-only and as it lies; no function, view or virtual table in it is run.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from compare.corpus.deposit import LARGEST, Deposit, on_disk
from compare.corpus.draft import Draft
from compare.corpus.files import shown
from compare.corpus.readers import fields
from compare.errors import ParallaxError
from compare.model import Problem

MAGIC = b"SQLite format 3\x00"
_STEPS = 5_000_000
_SHOWN = 600
_MOST_TABLES = 500
_PLAIN = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_WANTED = frozenset({fields.SOURCE, *(name for names in fields.NAMES.values() for name in names)})


def looks_like(deposit: Deposit) -> bool:
    """Whether a file opens as a SQLite database does."""
    return deposit.head.startswith(MAGIC)


def drafts(deposit: Deposit) -> Iterator[Draft | Problem]:
    """A draft for each row with a text, in the tables' and rows' own order.

    Raises ParallaxError (65) where no table holds articles, naming the tables there are.
    """
    with on_disk(deposit) as path:
        log = path.with_name(f"{path.name}-wal")
        if log.is_file() and log.stat().st_size:
            what = "rows that its program has not yet written into it are not read; close that program"
            yield Problem(deposit.origin, what, 65)
        try:
            with closing(_connected(path)) as connection:
                yield from _articles(connection, deposit)
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            what = f"a database that is damaged ({shown(str(error)[:100])}); what was read so far is kept"
            yield Problem(deposit.origin, what, 65)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "cache_size=-8000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _articles(connection: sqlite3.Connection, deposit: Deposit) -> Iterator[Draft | Problem]:
    tables = _tables(connection)
    holding = {name: found for name, columns in tables.items() if (found := _known(columns))}
    if not holding:
        listed = "; ".join(f"{name} ({', '.join(columns)})" for name, columns in tables.items())
        what = f"a database without a known table of articles; it has: {shown(listed[:_SHOWN]) or 'none'}"
        raise ParallaxError(deposit.origin, f"{what}. Export the articles as CSV or JSON")
    number, read = 0, 0
    for table, columns in holding.items():
        for row in _rows(connection, table, list(columns)):
            number += 1
            read += sum(len(value) for value in row if isinstance(value, str | bytes))
            # A page that points at itself gives rows without end, yet no file holds more than its size.
            if read > deposit.size * 2 or number > deposit.size:
                raise sqlite3.DatabaseError("its rows are more than the file can hold")
            yield fields.draft(dict(zip(columns.values(), row, strict=True)), f"{deposit.origin}#{number}")
    if not number:
        raise ParallaxError(
            deposit.origin, f"a database without articles: {shown(', '.join(holding))} has no rows"
        )


def _tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each ordinary table, by name; views and virtual tables could run what they say."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
        f" ORDER BY name LIMIT {_MOST_TABLES}"
    ).fetchall()
    return {
        name: [str(column[1]) for column in connection.execute(f"PRAGMA table_info({_quoted(name)})")]
        for (name,) in names
        if isinstance(name, str) and not name.startswith("sqlite_")
    }


def _known(columns: list[str]) -> dict[str, str]:
    """The columns to be read, and what each is called in ``fields``; empty where they are no articles."""
    found = {column: fields.name_of(column) for column in columns if fields.name_of(column) in _WANTED}
    called = set(found.values())
    texts = called.intersection(fields.NAMES["text"])
    others = called - texts
    return found if texts and others else {}


def _rows(connection: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[tuple[object, ...]]:
    steps = iter(range(_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, 1000)
    connection.set_authorizer(_allowed)
    listed = ", ".join(map(_quoted, columns))
    try:
        yield from connection.execute(f"SELECT {listed} FROM {_quoted(table)}")
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)


def _allowed(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _PLAIN else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
