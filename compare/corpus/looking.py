"""Looking into the catalogue: which articles there are, and all that is known of one."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from compare.corpus import catalogue, raw, shelf
from compare.corpus.catalogue import Catalogue
from compare.corpus.urls import canonical
from compare.errors import ParallaxError
from compare.model import Article, Problem

FEWEST = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One article, whether it is ``compared`` or an older text, and when it was added (ISO 8601)."""

    article: Article
    compared: bool
    added: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A card with its raw file, every text at its address as they came, and every place it stands at."""

    card: Card
    raw: Path
    versions: tuple[Card, ...]
    places: tuple[str, ...]


def cards(book: Catalogue, days: Collection[dt.date] | None = None, outlet: str = "") -> Iterator[Card]:
    """Every article, older texts too, by day, outlet and id; with ``days`` of these and undated."""
    where, values = catalogue.on(days)
    if outlet:
        where, values = f"{where} AND outlet = ?", [*values, outlet]
    yield from _cards(book, f"{where} ORDER BY published, outlet, id", values)


def in_order(book: Catalogue, days: Collection[dt.date] | None = None, outlet: str = "") -> Iterator[Article]:
    """Every article in the order they came, so that texts at one address keep theirs."""
    where, values = catalogue.on(days)
    if outlet:
        where, values = f"{where} AND outlet = ?", [*values, outlet]
    for row in book.db.execute(f"SELECT * FROM articles WHERE {where} ORDER BY num", values):
        yield shelf.article(row)


def whole(book: Catalogue, begin: str) -> Whole:
    """All about the article whose id begins so. Raises ParallaxError (66) where that is none, or several."""
    found = find(book, begin)
    row = book.db.execute("SELECT num, raw, address, outlet FROM articles WHERE id = ?", (found,)).fetchone()
    (card,) = _cards(book, "id = ?", [found])
    versions = list(
        _cards(
            book, "address <> '' AND address = ? AND outlet = ? ORDER BY num", [row["address"], row["outlet"]]
        )
    )
    places = book.db.execute(
        "SELECT DISTINCT origin FROM holdings WHERE article = ? ORDER BY 1", (row["num"],)
    ).fetchall()
    file = raw.path(book.folder, row["raw"])
    return Whole(card, file, tuple(versions) or (card,), tuple(place[0] for place in places))


def find(book: Catalogue, begin: str) -> str:
    """The one id that begins with ``begin``. Raises ParallaxError (66) where there is none, or several."""
    if len(begin) < FEWEST or not begin.isalnum():
        raise ParallaxError(begin or '""', f"is no article's id: give {FEWEST} or more of its characters", 64)
    rows = book.db.execute(
        "SELECT id FROM articles WHERE id >= ? AND id < ? ORDER BY id LIMIT 2", (begin, begin + "~")
    ).fetchall()
    if rows and rows[0][0] == begin:
        return begin  # whole: a longer one may begin so (see shelf.longer)
    if len(rows) != 1:
        what = "several articles' ids begin so: give more of it" if rows else "there is no such article"
        raise ParallaxError(begin, what, catalogue.NO_INPUT)
    return str(rows[0][0])


def at(book: Catalogue, url: str) -> list[str]:
    """The ids of every text at an address."""
    address = canonical(url)
    rows = book.db.execute("SELECT id FROM articles WHERE address = ? AND address <> ''", (address,))
    return [row[0] for row in rows]


def by(book: Catalogue, outlet: str) -> list[str]:
    """The ids of every article of an outlet."""
    return [row[0] for row in book.db.execute("SELECT id FROM articles WHERE outlet = ?", (outlet,))]


def refused(book: Catalogue) -> Iterator[Problem]:
    """What was not taken, and why."""
    for row in book.db.execute(
        "SELECT DISTINCT origin, what, code FROM problems WHERE code <> 0 ORDER BY 1, 2"
    ):
        yield Problem(*row)


def without_article(book: Catalogue) -> list[tuple[str, int]]:
    """The raw files that were read to their end and hold no article: hash and bytes."""
    query = (
        "SELECT hash, size FROM raws WHERE NOT EXISTS (SELECT 1 FROM accessions AS a "
        "LEFT JOIN holdings AS h ON h.accession = a.num "
        "WHERE a.raw = hash AND (h.article IS NOT NULL OR NOT a.complete)) ORDER BY hash"
    )
    return [(row[0], row[1]) for row in book.db.execute(query)]


def counts(book: Catalogue) -> tuple[int, int]:
    """How many articles, and how many raw files there are."""
    query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM raws)"
    articles, raws = book.db.execute(query).fetchone()
    return articles, raws


def _cards(book: Catalogue, where: str, values: list[str]) -> Iterator[Card]:
    compared = "EXISTS (SELECT 1 FROM current AS c WHERE c.num = articles.num) AS compared"
    query = f"SELECT *, {compared} FROM articles WHERE {where}"
    for row in book.db.execute(query, values):
        yield Card(shelf.article(row), bool(row["compared"]), row["added"])
