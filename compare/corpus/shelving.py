"""An article's place in the catalogue: a row of its own, or the one it has; and what stands in which file."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from compare.corpus import shelf
from compare.corpus.register import Accession
from compare.model import Article, Problem


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article in the catalogue: its ``number`` there, if it is ``new``, and a ``version`` of another."""

    number: int
    origin: str
    id: str
    outlet: str
    new: bool = False
    version: bool = False

    def counted(self) -> tuple[str, ...]:
        """As what it counts: new or known, and a version."""
        return ("new" if self.new else "known", *(("version",) if self.version else ()))


def shelve(
    db: sqlite3.Connection, given: Accession, place: tuple[int, int], one: Article, when: str
) -> Shelved | Problem:
    """Give an article its row, or find the one it has; a Problem where it cannot have one.

    ``place`` is the accession's number, and the article's in it; ``when`` it is added, to be shown.
    """
    if not shelf.storable(one):
        return Problem(one.origin, "holds characters that are not valid Unicode: save it as UTF-8 again", 65)
    accession, number_in = place
    one, found = _there(db, one)
    values = shelf.row(one) | {"raw": given.raw, "place": number_in}
    if found is None and _withdrawn(db, given.raw, one.id):
        return Problem(one.origin, f"the article {one.id} of this file was forgotten: not taken in again")
    if found is not None and found["text"] != values["text"]:
        return Problem(one.origin, f"its id {one.id} is that of another text: not taken", 65)
    version = False
    if found is None:
        version = _has_address(db, values)
        number = _insert(db, values | {"added": when})
    else:
        number = found["num"]
        if found["raw"] != given.raw and (one.origin, given.raw) < (found["origin"], found["raw"]):
            _describe(db, number, values)
    db.execute(
        "INSERT OR REPLACE INTO holdings VALUES (?, ?, ?, ?)", (accession, number, one.origin, number_in)
    )
    return Shelved(number, one.origin, one.id, one.outlet, found is None, version)


def _there(db: sqlite3.Connection, one: Article) -> tuple[Article, sqlite3.Row | None]:
    """An article's row, if it has one; the article under its longer id where another text has the short."""
    query = "SELECT num, text, raw, origin FROM articles WHERE id = ?"
    short = db.execute(query, (one.id,)).fetchone()
    if short is not None and short["text"] == shelf.text_hash(one):
        return one, short
    other = shelf.longer(one)
    long = db.execute(query, (other.id,)).fetchone()
    return (one, None) if short is None and long is None else (other, long)


def _withdrawn(db: sqlite3.Connection, name: str, article: str) -> bool:
    query = "SELECT 1 FROM withdrawn WHERE raw = ? AND id = ?"
    return db.execute(query, (name, article)).fetchone() is not None


def _has_address(db: sqlite3.Connection, values: dict[str, Any]) -> bool:
    query = "SELECT 1 FROM articles WHERE address = ? AND address <> '' AND outlet = ?"
    return db.execute(query, (values["address"], values["outlet"])).fetchone() is not None


def _insert(db: sqlite3.Connection, values: dict[str, Any]) -> int:
    names = ", ".join(values)
    query = f"INSERT INTO articles ({names}) VALUES ({', '.join('?' * len(values))})"
    number = db.execute(query, list(values.values())).lastrowid
    assert number is not None
    return number


def _describe(db: sqlite3.Connection, number: int, values: dict[str, Any]) -> None:
    """Of two files with one text the first by name says the rest, whichever came first."""
    sets = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE articles SET {sets} WHERE num = ?", [*values.values(), number])


def leave(db: sqlite3.Connection, accession: int, gone: Iterable[tuple[object, ...]]) -> None:
    """Let go what earlier readers found in these bytes and the present ones do not."""
    for article, origin in gone:
        query = "DELETE FROM holdings WHERE accession = ? AND article = ? AND origin = ?"
        db.execute(query, (accession, article, origin))
        query = (
            "DELETE FROM articles WHERE num = ?1 AND NOT EXISTS (SELECT 1 FROM holdings WHERE article = ?1)"
        )
        db.execute(query, (article,))
