"""JSON as trafilatura writes it, one object, a list of them, or one a line.

The same fields under the names that news-please and NELA-GT give them are read too (``fields``).
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from compare.corpus.deposit import LARGEST, Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers import fields
from compare.errors import ParallaxError
from compare.model import Problem

_BROKEN = object()


def looks_like(text: str) -> bool:
    """Whether a text opens as a JSON object or a list of objects does."""
    start = text[:2000].lstrip()
    return (start[:1] == "{" and start[1:].lstrip()[:1] in ('"', "}")) or (
        start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "]")
    )


def drafts(text: str, origin: str) -> Iterator[Draft | Problem]:
    """A draft for each object with a text; a Problem for each that has none or is broken.

    Raises ParallaxError where nothing in the file can be read as JSON.
    """
    records, places = _records(text, origin)
    for place, record in zip(places, records, strict=True):
        where = f"{origin}#{place}" if len(records) > 1 else origin
        yield _not_json(where) if record is _BROKEN else _draft(record, where)


def streamed(deposit: Deposit) -> Iterator[Draft | Problem]:
    """A draft or Problem for each line of a file of any length, one object a line, in UTF-8.

    Holds one line at a time, of ``LARGEST`` bytes at most; a longer one is a Problem, and passed over.
    """
    for place, line in _long_lines(deposit):
        where = f"{deposit.origin}#{place}"
        if line is None:
            yield Problem(where, f"a line of over {LARGEST // 1_000_000} MB, which no article is", 65)
        elif line.strip():
            try:
                yield _draft(json.loads(line.removeprefix(b"\xef\xbb\xbf")), where)
            except (ValueError, RecursionError):
                yield _not_json(where)


def holds_lines(head: bytes) -> bool:
    """Whether a file's head is that of one JSON object a line: the first is whole, or goes on and on."""
    line, end, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not line.startswith(b"{") or line.strip() == b"{":
        return False
    try:
        return isinstance(json.loads(line), dict) if end else True
    except (ValueError, RecursionError):
        return False


def _long_lines(deposit: Deposit) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a file by number; None for one that is too long."""
    with deposit.opened() as stream:
        place = 0
        while line := stream.readline(LARGEST + 1):
            place += 1
            if len(line) <= LARGEST:
                yield place, line
                continue
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST)
            yield place, None


def _records(text: str, origin: str) -> tuple[list[Any], Sequence[int]]:
    """The objects of a file, and their places; ``_BROKEN`` for a line that is none."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = text.split("\n")
        places = [place for place, line in enumerate(lines, 1) if line.strip()]
        records = [_parsed(lines[place - 1]) for place in places]
        if any(isinstance(record, dict) for record in records):
            return records, places
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        what = f"not valid JSON ({reason}); correct it or save the article as text"
        raise ParallaxError(origin, what) from error
    records = whole if isinstance(whole, list) else [whole]
    return records, range(1, len(records) + 1)


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return _BROKEN


def _not_json(where: str) -> Problem:
    return Problem(where, "this line is not JSON; correct or remove it", 65)


def _draft(record: Any, where: str) -> Draft | Problem:
    if not isinstance(record, dict):
        return Problem(where, 'not an object; expected one with at least a "text"', 65)
    return fields.draft({fields.name_of(key): value for key, value in record.items()}, where)
