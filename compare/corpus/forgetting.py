"""Taking articles out for good: their rows, their words, and the raw bytes that nothing else needs."""

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from compare.corpus import looking, raw, register
from compare.corpus.catalogue import Catalogue
from compare.corpus.register import Accession, Withdrawal

_HOLDERS = (
    "FROM holdings JOIN articles ON articles.num = article JOIN accessions ON accessions.num = accession "
    "WHERE articles.id IN (SELECT value FROM json_each(:ids))"
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went: article ids, raw files removed, and raw files that stay because other articles need them."""

    ids: tuple[str, ...]
    removed: tuple[str, ...]
    shared: tuple[str, ...]


def forget(book: Catalogue, folder: Path, ids: Iterable[str]) -> Forgotten:
    """Take the articles with these ids out of the corpus; a raw file goes with the last of its articles.

    From a raw file that stays they are not taken in again. The intent is written down first, so that
    ``check`` can finish what a killed process began. Raises ParallaxError where nothing can be written.
    """
    return forgotten(book, folder, planned(book, ids))


def forgotten(book: Catalogue, folder: Path, plan: Forgotten) -> Forgotten:
    """Do what is planned, as ``forget`` does."""
    if not plan.ids and not plan.removed:
        return plan
    try:
        register.note(folder, Withdrawal(plan.ids, plan.removed))
        register.flush(folder)
        withdraw(book, plan)
        wipe(book)
        remove(folder, plan.removed)
    except OSError as error:
        raise raw.unwritable(folder, error) from error
    return plan


def planned(book: Catalogue, ids: Iterable[str]) -> Forgotten:
    """What forgetting these ids would take; an id that is not there is passed over."""
    values = {"ids": json.dumps(sorted(set(ids)))}
    there = book.db.execute(
        "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY id", values
    ).fetchall()
    holding = book.db.execute(
        "SELECT r.raw, EXISTS (SELECT 1 FROM accessions AS a JOIN holdings AS h ON h.accession = a.num "
        "JOIN articles AS o ON o.num = h.article WHERE a.raw = r.raw "
        "AND o.id NOT IN (SELECT value FROM json_each(:ids))) "
        f"FROM (SELECT DISTINCT accessions.raw AS raw {_HOLDERS}) AS r ORDER BY r.raw",
        values,
    ).fetchall()
    return Forgotten(
        tuple(row[0] for row in there),
        tuple(name for name, shared in holding if not shared),
        tuple(name for name, shared in holding if shared),
    )


def planned_refused(book: Catalogue) -> Forgotten:
    """The raw files that were read to their end, under every name they have, and hold no article."""
    return Forgotten((), tuple(name for name, _ in looking.without_article(book)), ())


def holders(book: Catalogue, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Which of these articles stands in which raw file: (id, hash)."""
    query = f"SELECT DISTINCT articles.id, accessions.raw {_HOLDERS} ORDER BY 1, 2"
    return [(row[0], row[1]) for row in book.db.execute(query, {"ids": json.dumps(sorted(set(ids)))})]


def withdraw(book: Catalogue, plan: Forgotten) -> None:
    """Take the planned rows out, in one transaction."""
    values = {"ids": json.dumps(plan.ids), "raws": json.dumps(plan.removed)}
    raws = "(SELECT value FROM json_each(:raws))"
    with book.batch():
        for query in (
            f"INSERT OR IGNORE INTO withdrawn SELECT DISTINCT accessions.raw, articles.id {_HOLDERS}",
            "DELETE FROM articles WHERE id IN (SELECT value FROM json_each(:ids))",
            f"DELETE FROM accessions WHERE raw IN {raws}",
            "UPDATE articles SET raw = (SELECT a.raw FROM holdings JOIN accessions AS a ON a.num = accession "
            f"WHERE article = articles.num ORDER BY a.num LIMIT 1) WHERE raw IN {raws}",
            f"DELETE FROM raws WHERE hash IN {raws}",
        ):
            book.db.execute(query, values)


def wipe(book: Catalogue) -> None:
    """Leave nothing of deleted rows in the file: the index is merged, the log written back and emptied.

    Freed pages are overwritten as they fall (``secure_delete``); FTS5 keeps deleted words until it
    merges (its own secure-delete came with SQLite 3.42 only).
    """
    book.db.execute("INSERT INTO words (words) VALUES ('optimize')")
    book.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def remove(folder: Path, names: Iterable[str]) -> None:
    """Take raw files away, and the register's lines that name them. Raises OSError."""
    gone = frozenset(names)
    for name in sorted(gone):
        with contextlib.suppress(FileNotFoundError):
            raw.path(folder, name).unlink()
    if gone:
        register.rewrite(folder, lambda entry: not (isinstance(entry, Accession) and entry.raw in gone))
