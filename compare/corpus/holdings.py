"""What a corpus with a catalogue gives to a comparison: articles, and what to know of them."""

import datetime as dt
import shlex
from collections.abc import Collection, Iterator
from pathlib import Path

from compare.corpus import catalogue, files, raw
from compare.corpus.catalogue import Catalogue
from compare.model import Article, Problem

_ABOUT = "EXISTS (SELECT 1 FROM {table} AS a WHERE a.origin = p.origin AND {days})"


def read(
    folder: Path, days: Collection[dt.date] | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles that are compared, of ``days`` or all; and problems as reading them gives.

    With ``days``, what has no date, and what was refused when it was added, is counted in one line each:
    nobody knows its day, and a corpus that grows would have it in every week's brief. Raises
    ParallaxError where the catalogue cannot be read.
    """
    with catalogue.opened(folder) as book:
        found = tuple(one for one in catalogue.articles(book, days) if days is None or one.published)
        problems = (
            *_remarks(book, days),
            *_doubles(book, days),
            *_refused(book, days),
            *_undated(book, days),
            *_loose(folder, book),
        )
    return found, problems


def _on(days: Collection[dt.date] | None) -> tuple[str, list[str]]:
    where, values = catalogue.on(days)
    return (where, values) if days is None else (f"published IS NOT NULL AND {where}", values)


def _undated(book: Catalogue, days: Collection[dt.date] | None) -> Iterator[Problem]:
    (count,) = book.db.execute("SELECT count(*) FROM current WHERE published IS NULL").fetchone()
    if days is not None and count:
        what = f"{count} without a date, in no week's brief: parallax list --corpus {book.folder} shows which"
        yield Problem(str(book.folder), what)


def _remarks(book: Catalogue, days: Collection[dt.date] | None) -> Iterator[Problem]:
    """What was said of these articles, and of none, when they were read."""
    where, values = _on(days)
    about = _ABOUT.format(table="current", days=where)
    of_none = "1" if days is None else "0"
    query = (
        "SELECT DISTINCT origin, what FROM problems AS p WHERE code = 0 AND "
        f"({about} OR ({of_none} AND NOT {_ABOUT.format(table='articles', days='1')})) ORDER BY 1, 2"
    )
    for row in book.db.execute(query, values):
        yield Problem(*row)


def _doubles(book: Catalogue, days: Collection[dt.date] | None) -> Iterator[Problem]:
    where, values = _on(days)
    query = (
        "SELECT DISTINCT h.origin, a.origin FROM current AS a JOIN holdings AS h ON h.article = a.num "
        f"WHERE h.origin <> a.origin AND {where} ORDER BY 1, 2"
    )
    for double, origin in book.db.execute(query, values):
        yield Problem(double, f"the same text and outlet as {origin}; counted once")


def _refused(book: Catalogue, days: Collection[dt.date] | None) -> Iterator[Problem]:
    rows = book.db.execute("SELECT DISTINCT origin, what, code FROM problems WHERE code <> 0 ORDER BY 1, 2")
    if days is None:
        yield from (Problem(*row) for row in rows)
    elif refused := len(rows.fetchall()):
        what = f"{refused} {'entry was' if refused == 1 else 'entries were'} refused when added"
        call = f"parallax list --refused --corpus {shlex.quote(str(book.folder))}"
        yield Problem(str(book.folder), f"{what}: {call} names them")


def _loose(folder: Path, book: Catalogue) -> Iterator[Problem]:
    """Article files that lie in the corpus and were never added: by their bytes, not by their names."""
    sizes = {row[0] for row in book.db.execute("SELECT DISTINCT size FROM raws")}
    loose = 0
    for entry in files.article_files(folder):
        if isinstance(entry, Path):
            loose += entry.stat().st_size not in sizes or not _kept(book, entry)
    if loose:
        count = f"{loose} file{'s' if loose > 1 else ''}"
        what = f"{count} beside the catalogue not added: parallax add {folder} --corpus {folder}"
        yield Problem(str(folder), what)


def _kept(book: Catalogue, file: Path) -> bool:
    query = "SELECT 1 FROM raws WHERE hash = ?"
    return book.db.execute(query, (raw.digest(file),)).fetchone() is not None
