"""Tables (CSV, TSV): one article a row, its columns known by their names or by the project's ``[columns]``.

Where the quotation marks of a table go wrong, nothing after that place is sure; reading stops there, and
says how much is left. No row is guessed.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TextIO

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers import fields
from compare.model import Problem

LONGEST_CELL = 2_000_000
_HEAD = 60_000
_DELIMITERS = ",\t;|"
_LONGEST_NAME = 60
_SHOWN = 40
_SUFFIXES = (".csv", ".tsv", ".tab")
_NO_COLUMNS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is written: its delimiter, whether quotes are escaped by a backslash, its header."""

    delimiter: str
    backslash: bool
    header: tuple[str, ...]


def looks_like(text: str, origin: str = "", columns: Mapping[str, str] = _NO_COLUMNS) -> bool:
    """Whether a text opens as a table does.

    Its header names a column of texts and one more, or the rows below have as many cells as a header
    of three or more columns (of two, where the file is also named as tables are).
    """
    first = text.lstrip("\ufeff\r\n")[:_HEAD].partition("\n")[0]
    if not any(mark in first for mark in _DELIMITERS):
        return False
    layout = _layout(text[:_HEAD])
    if layout is None:
        return False
    if len(_fields(layout.header, columns)) > 1 and "text" in _fields(layout.header, columns):
        return True
    rows = list(islice(_whole_rows(text[:_HEAD], layout), 6))[1:]
    named = origin.lower().endswith(_SUFFIXES)
    return (
        len(rows) >= (1 if named else 2)
        and len(layout.header) >= (2 if named else 3)
        and all(len(row) == len(layout.header) for row in rows)
    )


def drafts(text: str, origin: str, columns: Mapping[str, str] = _NO_COLUMNS) -> Iterator[Draft | Problem]:
    """A draft for each row with a text; a Problem for each that has none or is torn.

    ``columns`` says which column holds "text", "title", "outlet", "published", "author" or "url". A
    table without a column of texts is one Problem that names its columns and what to write.
    """
    return _drafts(lambda: io.StringIO(text, newline=""), origin, columns)


def streamed(deposit: Deposit, columns: Mapping[str, str] = _NO_COLUMNS) -> Iterator[Draft | Problem]:
    """As ``drafts``, for a file of any length, of which one row is held at a time."""
    encoding = _encoding(deposit.head)
    if encoding == "windows-1252":
        yield Problem(deposit.origin, "not UTF-8; read as Windows-1252")

    def opened() -> TextIO:
        return io.TextIOWrapper(deposit.opened(), encoding=encoding, errors="replace", newline="")

    damaged = 0
    for one in _drafts(opened, deposit.origin, columns):
        damaged += isinstance(one, Draft) and "\ufffd" in one.text
        yield one
    if damaged:
        yield Problem(deposit.origin, f"{damaged} texts have bytes that are not {encoding}, shown as \ufffd")


def _drafts(
    opened: Callable[[], TextIO], origin: str, columns: Mapping[str, str]
) -> Iterator[Draft | Problem]:
    with opened() as stream:
        layout = _layout(stream.read(_HEAD))
    if layout is None:
        yield Problem(origin, "a table without a header; name its columns in a first row", 65)
        return
    known = _fields(layout.header, columns)
    if "text" not in known:
        yield _unknown(opened, origin, layout, columns)
        return
    unread = [
        name for place, name in enumerate(layout.header) if place not in known.values() and name.strip()
    ]
    if len(known) == 1 and unread:
        names = ", ".join(unread[:_SHOWN])
        what = f"only the text is read, not the columns {names}"
        yield Problem(origin, f"{what}: say in [columns] of parallax.toml what they hold")
    read = 0
    for number, row in _rows(opened, layout):
        if isinstance(row, str):
            yield Problem(origin, row, 65)
        elif len(row) != len(layout.header):
            what = f"{len(row)} cells where the header has {len(layout.header)}; mend the row"
            yield Problem(f"{origin}#{number}", what, 65)
        else:
            record = {fields.name_of(name): cell for name, cell in zip(layout.header, row, strict=True)}
            stated = {fields.NAMES[field][0]: row[place] for field, place in known.items()}
            yield fields.draft(record | stated, f"{origin}#{number}")
        read = number
    if not read:
        yield Problem(origin, "a table with a header and no rows", 65)


def _rows(opened: Callable[[], TextIO], layout: _Layout) -> Iterator[tuple[int, list[str] | str]]:
    """The rows below the header by number; a line of text where reading has to stop, and why."""
    import csv

    with opened() as stream:
        lines = _lines(stream)
        reader = _reader(lines, layout)
        number = -1
        try:
            while (row := _next(reader)) is not None:
                if row:
                    number += 1
                if row and number:
                    yield number, row
        except (csv.Error, ValueError) as error:
            at = reader.line_num
            left = sum(1 for _ in iter(lambda: stream.readline(LONGEST_CELL), ""))
            what = (
                f"row {number + 1} (line {at}) is torn ({error}); it and the {left} lines after it are unread"
            )
            yield number + 1, f"{what}: mend its quotation marks"


def _next(reader: Any) -> list[str] | None:
    """The next row. The bound on a cell is one for the whole program, so it is given back at once."""
    import csv

    before = csv.field_size_limit(LONGEST_CELL)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _lines(stream: TextIO) -> Iterator[str]:
    while line := stream.readline(LONGEST_CELL):
        if len(line) == LONGEST_CELL:
            raise ValueError(f"a line of over {LONGEST_CELL:,} characters")
        yield line.removeprefix("\ufeff")


def _reader(lines: Iterator[str], layout: _Layout) -> Any:
    import csv

    escape = "\\" if layout.backslash else None
    return csv.reader(
        lines, delimiter=layout.delimiter, escapechar=escape, doublequote=not layout.backslash, strict=True
    )


def _layout(head: str) -> _Layout | None:
    """The layout whose delimiter cuts the first row into most names; None where none gives two names."""
    import csv

    backslash = '\\"' in head and '""' not in head.replace(',""', "")
    found: list[_Layout] = []
    for delimiter in _DELIMITERS:
        layout = _Layout(delimiter, backslash, ())
        try:
            row: list[str] = next(filter(None, _reader(_lines(io.StringIO(head, newline="")), layout)), [])
        except (csv.Error, ValueError):
            continue
        if len(row) > 1 and _names(row):
            found.append(_Layout(delimiter, backslash, tuple(row)))
    return max(found, key=lambda one: len(one.header), default=None)


def _names(row: list[str]) -> bool:
    """Whether a row's cells can be names of columns: short, each once, one line, no sentences."""
    named = [cell for cell in row[1:] if cell]
    return (
        len(named) == len(row) - 1
        and len(set(row)) == len(row)
        and all(len(cell) <= _LONGEST_NAME and cell.isprintable() and cell == cell.strip() for cell in row)
        and not any(cell.endswith((".", "!", "?", "”")) for cell in row)
    )


def _whole_rows(head: str, layout: _Layout) -> Iterator[list[str]]:
    """The rows of a head, but for the last, which may be cut off."""
    import csv

    lines = head.splitlines(keepends=True)
    whole = iter(lines[:-1] if len(head) == _HEAD else lines)
    try:
        yield from filter(None, _reader(whole, layout))
    except csv.Error:
        return


def _fields(header: tuple[str, ...], columns: Mapping[str, str]) -> dict[str, int]:
    """The place of the column of each field: as ``columns`` says, else by its name."""
    places = {fields.name_of(name): place for place, name in reversed(list(enumerate(header)))}
    found = {}
    for field, names in fields.NAMES.items():
        wanted = (fields.name_of(columns[field]),) if field in columns else names
        place = next((places[name] for name in wanted if name in places), None)
        if place is not None:
            found[field] = place
    return found


def _unknown(
    opened: Callable[[], TextIO], origin: str, layout: _Layout, columns: Mapping[str, str]
) -> Problem:
    count, lengths = 0, [0] * len(layout.header)
    for number, row in _rows(opened, layout):
        count = number
        if not isinstance(row, str) and len(row) == len(lengths):
            lengths = [length + len(cell) for length, cell in zip(lengths, row, strict=True)]
    names = [name or "(no name)" for name in layout.header]
    listed = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    longest = layout.header[lengths.index(max(lengths))]
    which = f" (there is no {columns['text']!r})" if "text" in columns else ""
    line = f"text = {json.dumps(longest, ensure_ascii=False)}"
    what = (
        f"a table without a known column of texts{which}: its columns are {listed}; {count} rows left unread."
        f" Say which is which in parallax.toml: [columns] {line}, and so title, outlet, published, author and"
        " url"
    )
    return Problem(origin, what, 65)


def _encoding(head: bytes) -> str:
    import codecs

    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
