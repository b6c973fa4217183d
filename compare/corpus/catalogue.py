"""The catalogue of a corpus: what its raw files hold, in one SQLite file that they can make anew.

raw bytes are kept -> noted in the register -> read -> articles and problems in one transaction a batch

Killed anywhere, the same addition done again finishes and doubles nothing: bytes are known by their
hash, an accession by bytes and name, an article by outlet and text. Nothing here asks what time it is
but to show it.
"""

import contextlib
import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compare.corpus import ahead, connection, raw, register, schema, shelf
from compare.corpus.derive import derive
from compare.corpus.register import Accession
from compare.corpus.shelving import Shelved, leave, shelve
from compare.errors import ParallaxError
from compare.model import Article, Problem

NAME = "catalogue.db"
BATCH = 1000
NO_INPUT = 66
Found = Iterable[Article | Problem]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: the ids it holds, how many of them were new, and how many known.

    ``problems`` are what was not taken (code not 0) and remarks on what was. ``versions`` counts the new
    ones that are another text of an outlet at an address that was known; ``outlets`` has (outlet, new,
    known, versions) for each outlet, by name.
    """

    articles: tuple[str, ...]
    new: int
    known: int
    problems: tuple[Problem, ...]
    versions: int = 0
    outlets: tuple[tuple[str, int, int, int], ...] = ()


class Catalogue:
    """An open catalogue. Made by ``opened``."""

    def __init__(self, folder: Path, db: sqlite3.Connection, writing: bool) -> None:
        self.folder = folder
        self.db = db
        self.writing = writing
        self._depth = 0
        self._written = 0
        self._fresh: set[str] = set()

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """All that is added inside is one transaction, or one for every ``BATCH`` articles of it."""
        self._depth += 1
        try:
            self._begin()
            yield
            if self._depth == 1:
                self._commit()
        finally:
            self._depth -= 1
            if not self._depth and self.db.in_transaction:
                self.db.execute("ROLLBACK")

    def wrote(self, fresh: str = "") -> None:
        """Count one row that was written, and remember raw bytes whose place is to be flushed first."""
        if fresh:
            self._fresh.add(fresh)
        self._written += 1
        if self._written >= BATCH:
            self._commit()
            self._begin()

    def _begin(self) -> None:
        if not self.db.in_transaction:
            self.db.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        try:
            if self._fresh:
                raw.flush(self.folder, self._fresh)
            register.flush(self.folder)
        except OSError as error:
            raise raw.unwritable(self.folder, error) from error
        self.db.execute("COMMIT")
        self._written = 0
        self._fresh.clear()


def add_raw(  # noqa: PLR0913, PLR0917 - what is known of a file when it comes in
    book: Catalogue,
    folder: Path,
    kept_hash: str,
    name: str,
    outlet: str | None = None,
    url: str = "",
    fetched: dt.datetime | None = None,
    *,
    root: str = "",
    settings: str = "",
) -> Added:
    """Read raw bytes that ``raw.keep`` gave a place, under the name they came with, into the catalogue.

    What was added before changes nothing. Many calls inside ``book.batch()`` are one transaction. Raises
    ParallaxError where the catalogue cannot be written.
    """
    when = fetched.isoformat(timespec="seconds") if fetched else ""
    return take_new(book, folder, Accession(kept_hash, name, outlet or "", root, url, settings, when))


def take_new(book: Catalogue, folder: Path, given: Accession, found: Found | None = None) -> Added:
    """As ``take``, where the accession is not known."""
    there = known(book, given)
    return there if there is not None else take(book, folder, given, found)


def take(book: Catalogue, folder: Path, given: Accession, found: Found | None = None) -> Added:
    """Read an accession to its end; one that was begun, or had refusals, is read anew.

    ``found`` is what ``derive`` gives, where that was done already.
    """
    with book.batch():
        return _read(book, folder, given, found)


def accessions(book: Catalogue, which: str = "1") -> Iterator[Accession]:
    """The accessions, in the order they came; ``which`` is a condition in SQL, never a user's text."""
    names = "raw, name, outlet, root, url, settings, fetched"
    for row in book.db.execute(f"SELECT {names} FROM accessions WHERE {which} ORDER BY num"):
        yield Accession(*row)


def articles(book: Catalogue, days: Collection[dt.date] | None = None) -> Iterator[Article]:
    """The articles that are compared, by day, outlet and id; of several texts at one address the newest.

    With ``days`` only those published on one of them, and those without a date.
    """
    where, values = on(days)
    query = f"SELECT * FROM current WHERE {where} ORDER BY published, outlet, id"
    for found in book.db.execute(query, values):
        yield shelf.article(found)


def on(days: Collection[dt.date] | None) -> tuple[str, list[str]]:
    """The condition, in SQL, of being published on one of ``days`` or undated, and its values."""
    if days is None:
        return "1", []
    values = sorted(day.isoformat() for day in days)
    return f"(published IS NULL OR published IN ({', '.join('?' * len(values))}))", values


def known(book: Catalogue, given: Accession) -> Added | None:
    """What an accession brought that was read before, to its end and without a refusal."""
    number = _accession(book, given)
    if number is None:
        return None
    complete, problems = _state(book, number)
    if not complete or any(one.code for one in problems):
        return None
    rows = book.db.execute(
        "SELECT num, holdings.origin, id, outlet FROM holdings JOIN articles ON num = article "
        "WHERE accession = ? ORDER BY holdings.place",
        (number,),
    ).fetchall()
    return _added([Shelved(*row) for row in rows], problems)


def holds(book: Catalogue, name: str) -> bool:
    """Whether raw bytes of this hash came in."""
    return book.db.execute("SELECT 1 FROM raws WHERE hash = ?", (name,)).fetchone() is not None


def deadly(book: Catalogue, given: Accession) -> bool:
    """Whether the process died that read an accession."""
    number = _accession(book, given)
    return number is not None and any(one.what == ahead.DIED for one in _state(book, number)[1])


def _accession(book: Catalogue, given: Accession) -> int | None:
    found = book.db.execute(
        "SELECT num FROM accessions WHERE raw = ? AND name = ? AND outlet = ? AND root = ? AND url = ?",
        (given.raw, given.name, given.outlet, given.root, given.url),
    ).fetchone()
    return int(found[0]) if found else None


def _state(book: Catalogue, number: int) -> tuple[bool, tuple[Problem, ...]]:
    complete = book.db.execute("SELECT complete FROM accessions WHERE num = ?", (number,)).fetchone()[0]
    query = "SELECT origin, what, code FROM problems WHERE accession = ? ORDER BY rowid"
    return bool(complete), tuple(Problem(*row) for row in book.db.execute(query, (number,)))


def _read(book: Catalogue, folder: Path, given: Accession, found: Found | None) -> Added:
    bytes_known = holds(book, given.raw)
    begun = _accession(book, given)
    if not bytes_known:
        # Before anything else: should this be stopped, the register knows whose bytes these are.
        _note(folder, given)
    number = begun if begun is not None else _begun(book, folder, given)
    book.db.execute("DELETE FROM problems WHERE accession = ?", (number,))
    added = _shelve_all(book, given, number, derive(folder, given) if found is None else found)
    if bytes_known and begun is None and not added.new and added.articles:
        # The same bytes under another name, and nothing in them that is not there: nothing has come in.
        book.db.execute("DELETE FROM accessions WHERE num = ?", (number,))
        return added
    if bytes_known and begun is None:
        _note(folder, given)
    book.db.execute("UPDATE accessions SET complete = 1 WHERE num = ?", (number,))
    return added


def _shelve_all(book: Catalogue, given: Accession, number: int, found: Found) -> Added:
    query = "SELECT article, origin FROM holdings WHERE accession = ?"
    before = {tuple(row) for row in book.db.execute(query, (number,))}
    shelved: list[Shelved] = []
    problems: list[Problem] = []
    for one in found:
        done = (
            one
            if isinstance(one, Problem)
            else shelve(book.db, given, (number, len(shelved) + 1), one, _now())
        )
        if isinstance(done, Problem):
            problems.append(done)
            values = (number, done.where, done.what, done.code)
            book.db.execute("INSERT INTO problems VALUES (?, ?, ?, ?)", values)
        else:
            shelved.append(done)
        book.wrote()
    if not any(one.code for one in problems):
        leave(book.db, number, before - {(one.number, one.origin) for one in shelved})
    return _added(shelved, tuple(problems))


def _added(shelved: Sequence[Shelved], problems: tuple[Problem, ...]) -> Added:
    counts: Counter[tuple[str, str]] = Counter(
        (one.outlet, what) for one in shelved for what in one.counted()
    )
    outlets: list[str] = sorted({one.outlet for one in shelved})
    new, versions = (sum(counts[name, what] for name in outlets) for what in ("new", "version"))
    by_outlet = tuple(
        (name, counts[name, "new"], counts[name, "known"], counts[name, "version"]) for name in outlets
    )
    ids = tuple(one.id for one in shelved)
    return Added(ids, new, len(ids) - new, problems, versions, by_outlet)


def _note(folder: Path, given: Accession) -> None:
    try:
        register.note(folder, given)
    except OSError as error:
        raise raw.unwritable(folder, error) from error


def _begun(book: Catalogue, folder: Path, given: Accession) -> int:
    stored = raw.path(folder, given.raw)
    try:
        size = stored.stat().st_size
    except OSError as error:
        raise ParallaxError(str(stored), "this raw file is missing: add it again") from error
    book.db.execute("INSERT INTO raws VALUES (?, ?) ON CONFLICT DO NOTHING", (given.raw, size))
    number = book.db.execute(
        "INSERT INTO accessions (raw, name, outlet, root, url, settings, fetched, added) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (given.raw, given.name, given.outlet, given.root, given.url, given.settings, given.fetched, _now()),
    ).lastrowid
    assert number is not None
    book.wrote(fresh=given.raw)
    return number


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


@contextlib.contextmanager
def opened(folder: Path, create: bool = False, write: bool = False) -> Iterator[Catalogue]:
    """Open the catalogue of the corpus in ``folder``; to be read only, unless ``create`` or ``write``.

    With ``create`` it is made where there is none. One process at a time may write, by a lock that ends
    with it. Raises ParallaxError: 66 where there is no catalogue, 75 where another process writes, 73
    where the folder cannot be written or the disk is full, 65 where the file is damaged or not ours.
    """
    if not create and not exists(folder):
        raise ParallaxError(str(folder), "there is no catalogue here: make one with parallax add", NO_INPUT)
    with contextlib.ExitStack() as stack:
        if create or write:
            stack.enter_context(connection.locked(folder))
        yield stack.enter_context(unlocked(folder, create or write))


@contextlib.contextmanager
def unlocked(folder: Path, write: bool, name: str = NAME) -> Iterator[Catalogue]:
    """Open the catalogue ``name`` of the corpus in ``folder``: to write, for who holds the lock."""
    path = folder / name
    try:
        with contextlib.closing(connection.connect(path, write)) as db:
            if write:
                schema.migrate(db, path)
            elif not schema.newest(db, path):
                raise ParallaxError(str(path), "is of an earlier version: run parallax check --mend")
            yield Catalogue(folder, db, write)
    except sqlite3.Error as error:
        raise connection.said(path, error) from error


def exists(folder: Path) -> bool:
    """Whether there is a catalogue in ``folder``."""
    return (folder / NAME).is_file()
