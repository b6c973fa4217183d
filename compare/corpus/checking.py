"""Is the corpus whole: raw files against their hashes, rows against their files, both against the register.

``check`` only says what is wrong; ``mend`` puts right what loses nothing; ``rebuild`` makes the
catalogue anew from raw files and register, and sets the old one aside. Nothing but ``forget`` deletes.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from compare.corpus import ahead, catalogue, connection, forgetting, raw, register, schema
from compare.corpus.catalogue import Catalogue
from compare.corpus.derive import derive
from compare.corpus.readers import formats
from compare.corpus.register import Accession, Entry, Withdrawal
from compare.corpus.shelf import article, text_hash
from compare.errors import ParallaxError
from compare.model import Article, Problem

ASIDE = "aside"
_REBUILT = "catalogue.db.rebuilt"
Kind = TypeVar("Kind", bound=Entry)


def check(folder: Path, book: Catalogue | None) -> Iterator[Problem]:
    """What is wrong, each in one line; nothing where all is well. Without a ``book`` only the raw files."""
    if book is not None:
        yield from _file(folder, book)
        yield from _articles(folder, book)
        yield from _register(folder, book)
    yield from _raws(folder, book)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Catalogue]:
    """Open a catalogue to check it: alone, so that nothing is on its way; only to read where it must be."""
    try:
        with catalogue.opened(folder, write=True) as book:
            yield book
    except ParallaxError as error:
        if error.exit_code != connection.UNWRITABLE:
            raise
        with catalogue.opened(folder) as book:
            yield book


def mend(folder: Path, book: Catalogue) -> Iterator[Problem]:
    """Finish what was stopped, and say what was done (code 0). For the holder of the lock."""
    last = {name: entry for entry in register.entries(folder) for name in _names(entry)}
    for left in list(_pending(folder, book)):
        forgetting.withdraw(book, left)
        forgetting.remove(folder, left.removed)
        yield Problem(str(folder), f"{', '.join(left.ids)}: forgotten, which had been stopped")
    stopped: list[Accession] = []
    for file in list(raw.all_files(folder)):
        if raw.unfinished(file):
            file.unlink()
            yield Problem(str(file), "removed: a copy that was stopped")
        elif raw.belongs(file) and not catalogue.holds(book, file.name):
            found = _finished(folder, file, last.get(file.name))
            if isinstance(found, Problem):
                yield found
            else:
                stopped.append(found)
    for given in _read_anew(book, folder, stopped):
        yield Problem(given.name, "added: that had been stopped")
    for given in _unregistered(folder, book):
        register.note(folder, given)
        yield Problem(given.name, "written into the register again")
    for given in _read_anew(book, folder, _incomplete(book)):
        yield Problem(given.name, "read to its end: that had been stopped")
    register.flush(folder)
    forgetting.wipe(book)


def rebuild(folder: Path) -> Iterator[Problem]:
    """Make the catalogue anew; the old one is set aside as ``catalogue.db.aside-1``, or the next number.

    Raises ParallaxError where there is nothing to make it from, or it cannot be written.
    """
    if not (folder / raw.FOLDER).is_dir() or not register.path(folder).is_file():
        what = f"without {raw.FOLDER}/ and {register.NAME} a catalogue cannot be made anew: name a corpus"
        raise ParallaxError(str(folder), what, catalogue.NO_INPUT)
    with connection.locked(folder):
        for old in folder.glob(f"{_REBUILT}*"):
            old.unlink()
        with catalogue.unlocked(folder, True, _REBUILT) as book:
            with book.batch():
                wrong = list(_replayed(folder, book))
            yield from wrong
            book.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        aside = _set_aside(folder)
        (folder / _REBUILT).replace(folder / catalogue.NAME)
    if aside:
        yield Problem(str(aside), "the old catalogue, set aside: remove it when you are content")


def _replayed(folder: Path, book: Catalogue) -> Iterator[Problem]:
    gone = {
        name for entry in register.entries(folder) if isinstance(entry, Withdrawal) for name in entry.raws
    }
    seen: set[str] = set()
    for entry, found in _early(folder, list(register.entries(folder))):
        if isinstance(entry, Withdrawal):
            forgetting.withdraw(book, forgetting.planned(book, entry.ids))
            continue
        file = raw.path(folder, entry.raw)
        if not file.exists() and entry.raw in gone:
            continue
        seen.add(entry.raw)
        wrong = _against_its_hash(file)
        if wrong:
            yield wrong
        else:
            catalogue.take(book, folder, entry, found)
    for file in raw.all_files(folder):
        if raw.belongs(file) and file.name not in seen:
            yield _nameless(file)


def _set_aside(folder: Path) -> Path | None:
    old = folder / catalogue.NAME
    if not old.exists():
        return None
    number = 1
    while (aside := old.with_name(f"{old.name}.aside-{number}")).exists():
        number += 1
    # With its log, without which a damaged or unfinished file cannot be read as far as it can be.
    for tail in ("-wal", "-shm"):
        log = old.with_name(f"{old.name}{tail}")
        if log.exists():
            log.replace(aside.with_name(f"{aside.name}{tail}"))
    old.replace(aside)
    return aside


def _file(folder: Path, book: Catalogue) -> Iterator[Problem]:
    path = str(folder / catalogue.NAME)
    found = [row[0] for row in book.db.execute("PRAGMA integrity_check(5)")]
    found += [f"{row[0]} points nowhere" for row in book.db.execute("PRAGMA foreign_key_check")]
    if found != ["ok"]:
        why = "; ".join(" ".join(str(one).split()) for one in found if one != "ok")
        yield Problem(path, f"is damaged ({why[:200]}): {schema.REBUILD}", 65)
    if not book.writing:
        return
    try:
        book.db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        yield Problem(path, f"its index of words is not that of its articles: {schema.REBUILD}", 65)


def _articles(folder: Path, book: Catalogue) -> Iterator[Problem]:
    path = str(folder / catalogue.NAME)
    for row in book.db.execute("SELECT * FROM articles ORDER BY num"):
        one = article(row)
        if text_hash(one) != row["text"] or not row["text"].startswith(one.id):
            yield Problem(path, f"the text of article {one.id} is not what was written: {schema.REBUILD}", 65)
    query = "SELECT id FROM articles WHERE num NOT IN (SELECT article FROM holdings)"
    for (one_id,) in book.db.execute(query):
        yield Problem(path, f"article {one_id} stands in no file: {schema.REBUILD}", 65)
    for given in _incomplete(book):
        yield Problem(given.name, "was not read to its end: add it again, or parallax check --mend", 65)


def _register(folder: Path, book: Catalogue) -> Iterator[Problem]:
    where = str(register.path(folder))
    for given in _unregistered(folder, book):
        yield Problem(where, f"lacks {given.name}: write it again with parallax check --mend", 65)
    for left in _pending(folder, book):
        what = f"forgetting {', '.join(left.ids)} was stopped: finish it with parallax check --mend"
        yield Problem(where, what, 65)


def _raws(folder: Path, book: Catalogue | None) -> Iterator[Problem]:
    named = {entry.raw for entry in register.entries(folder) if isinstance(entry, Accession)}
    for file in raw.all_files(folder):
        if raw.unfinished(file):
            yield Problem(str(file), "a copy that was stopped: remove it with parallax check --mend", 65)
        elif not raw.belongs(file):
            yield Problem(str(file), "is no raw file of this corpus: move it away", 65)
        elif wrong := _against_its_hash(file):
            yield wrong
        elif book is not None and not catalogue.holds(book, file.name):
            what = "is not in the catalogue: add it again, or parallax check --mend"
            yield Problem(str(file), what, 65) if file.name in named else _nameless(file)
    if book is not None:
        for (name,) in book.db.execute("SELECT hash FROM raws ORDER BY hash").fetchall():
            if not raw.path(folder, name).exists():
                yield _missing(raw.path(folder, name))


def _against_its_hash(file: Path) -> Problem | None:
    try:
        same = raw.digest(file) == file.name
    except FileNotFoundError:
        return _missing(file)
    except OSError as error:
        return Problem(str(file), f"cannot be read ({(error.strerror or str(error)).lower()})", 65)
    what = "its bytes are not what its name says: add the original again, which puts it right"
    return None if same else Problem(str(file), what, 65)


def _missing(file: Path) -> Problem:
    return Problem(str(file), "is missing: add the original again, which puts it back", 65)


def _nameless(file: Path) -> Problem:
    what = "came in under no name, from an addition that was stopped: do that again, or parallax check --mend"
    return Problem(str(file), what, 65)


def _finished(folder: Path, file: Path, last: Entry | None) -> Problem | Accession:
    """Raw bytes that are not in the catalogue: to be read, taken away, or set aside where nobody knows."""
    if isinstance(last, Withdrawal):
        forgetting.remove(folder, [file.name])
        return Problem(str(file), "removed: it was being forgotten")
    if wrong := _against_its_hash(file):
        return wrong
    if last is None:
        (folder / ASIDE).mkdir(exist_ok=True)
        file.replace(folder / ASIDE / file.name)
        return Problem(str(folder / ASIDE / file.name), "set aside: nobody knows under which name it came")
    return last


def _read_anew(book: Catalogue, folder: Path, given: Sequence[Accession]) -> Iterator[Accession]:
    for one, found in _early(folder, given):
        with book.batch():
            catalogue.take(book, folder, one, found)
        yield one


def _early(
    folder: Path, entries: Sequence[Kind]
) -> Iterator[tuple[Kind, tuple[Article | Problem, ...] | None]]:
    """Each entry with what its file holds, where that is slow to read; a reader may have died over it."""

    def entry(one: Kind) -> ahead.Entry[Kind]:
        if isinstance(one, Withdrawal):
            return ahead.Entry(one, str(folder))
        return ahead.Entry(one, one.name, formats.slow(raw.path(folder, one.raw)))

    with contextlib.closing(
        ahead.read(partial(_derived, folder), map(entry, entries), ahead.cores())
    ) as turns:
        for one, found in turns:
            yield one, (found,) if isinstance(found, Problem) else found


def _derived(folder: Path, given: Entry) -> tuple[Article | Problem, ...] | None:
    """What a file holds, in a process of its own; None where it cannot be said there."""
    try:
        return tuple(derive(folder, given)) if isinstance(given, Accession) else None
    except Exception:
        return None


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.raw,) if isinstance(entry, Accession) else entry.raws


def _pending(folder: Path, book: Catalogue) -> Iterator[forgetting.Forgotten]:
    """What was to be forgotten and still stands in files that came in before that was decided."""
    entries = list(register.entries(folder))
    last = {entry.raw: number for number, entry in enumerate(entries) if isinstance(entry, Accession)}
    for number, entry in enumerate(entries):
        if isinstance(entry, Withdrawal):
            holders = forgetting.holders(book, entry.ids)
            left = {one for one, name in holders if last.get(name, number) < number}
            if left:
                yield forgetting.planned(book, left)


def _unregistered(folder: Path, book: Catalogue) -> list[Accession]:
    def key(one: Accession) -> tuple[str, ...]:
        return (one.raw, one.name, one.outlet, one.root, one.url)

    there = {key(entry) for entry in register.entries(folder) if isinstance(entry, Accession)}
    return [one for one in catalogue.accessions(book) if key(one) not in there]


def _incomplete(book: Catalogue) -> list[Accession]:
    return list(catalogue.accessions(book, "complete = 0"))
