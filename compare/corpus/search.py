"""Words sought in the catalogue's texts, by SQLite's full-text index (FTS5, its BM25 ranking)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.corpus.catalogue import Catalogue

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_TITLE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. ``snippet`` is where, its words between ``[`` and ``]``."""

    id: str
    outlet: str
    published: str
    title: str
    snippet: str


def search(book: Catalogue, words: str, limit: int = 20) -> Iterator[Hit]:
    """The articles with all the words, best first: inflections count, a phrase in "quotes" stays together.

    A word that ends in ``*`` stands for all that begin so. Nothing else is syntax: whatever is typed is
    sought. No words, no hits.
    """
    wanted = expression(words)
    if not wanted:
        return
    rows = book.db.execute(
        "SELECT id, outlet, coalesce(published, '') AS day, articles.title AS title, "
        "snippet(words, 1, '[', ']', '…', 16) AS snippet FROM words JOIN articles ON num = words.rowid "
        f"WHERE words MATCH ? ORDER BY bm25(words, {_TITLE_WEIGHT}, 1.0), day, id LIMIT ?",
        (wanted, limit),
    )
    for row in rows:
        yield Hit(row["id"], row["outlet"], row["day"], row["title"], " ".join(row["snippet"].split()))


def expression(words: str) -> str:
    """The FTS5 query for what a person typed: every term quoted, so that none of it is FTS5's syntax."""
    terms: list[str] = []
    for phrase, word in _TERM.findall(words.encode("utf-8", "replace").decode().replace("\0", " ")):
        text = phrase or word.rstrip("*")
        if any(map(str.isalnum, text)):
            terms.append(f'"{text}"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms)
