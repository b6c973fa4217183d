"""A brief for the terminal: plain text, wrapped to its width, styled only where that is wanted."""

import re
import textwrap
from collections.abc import Iterator

from compare.report.outline import (
    Block,
    Claim,
    Heading,
    Items,
    Paragraph,
    Passages,
    Table,
    Witness,
    outline,
)
from compare.report.parts import Brief, Piece

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
NARROWEST = 40
# Control and bidirectional characters of an article must not steer the reader's terminal.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def render(brief: Brief, *, width: int = 100, colour: bool = False) -> str:
    """The brief as lines of at most ``width`` columns (40 at least), one trailing newline.

    Marked words are bold with ``colour``, and stand in [square brackets] without.
    """
    width = max(width, NARROWEST)
    lines = [line for block in outline(brief) for line in _typeset(block, width, colour)]
    return "\n".join(lines).strip("\n") + "\n"


def _typeset(block: Block, width: int, colour: bool) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield ""
            yield from _wrap(text.upper() if level == 2 else text, width, style=BOLD if colour else "")
            if level == 1:
                yield "=" * min(len(text), width)
        case Paragraph(text):
            yield from _wrap(text, width)
        case Items(lines):
            for line in lines:
                yield from _wrap(line, width, first="- ", rest="  ")
        case Table():
            yield from _table(block, width, colour)
        case Claim():
            yield from _claim(block, width, colour)
        case Passages(witnesses):
            yield ""
            for witness in witnesses:
                yield from _witness(witness, width, colour)


def _claim(claim: Claim, width: int, colour: bool) -> Iterator[str]:
    yield ""
    yield from _wrap(f"{claim.number}  {claim.summary} ({claim.sureness})", width, rest="     ")
    for witness in claim.witnesses:
        yield from _witness(witness, width, colour)


def _witness(witness: Witness, width: int, colour: bool) -> Iterator[str]:
    yield from _wrap(witness.place, width, first="     ", rest="     ", style=DIM if colour else "")
    lines = _wrap(_marked(witness.pieces), width, first="       ", rest="       ")
    for line in lines:
        yield _embolden(line) if colour else line


def _marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{_safe(p.text)}]" if p.marked else _safe(p.text) for p in pieces)


def _embolden(line: str) -> str:
    return re.sub(r"[\[\]]", lambda mark: BOLD if mark.group() == "[" else PLAIN, line) + PLAIN


def _table(table: Table, width: int, colour: bool) -> Iterator[str]:
    widths = _widths(table, width)
    for number, row in enumerate((table.header, *table.rows)):
        columns = [textwrap.wrap(_safe(cell), room) or [""] for cell, room in zip(row, widths, strict=True)]
        for level in range(max(map(len, columns))):
            cells = [column[level] if level < len(column) else "" for column in columns]
            line = "  ".join(f"{cell:<{room}}" for cell, room in zip(cells, widths, strict=True)).rstrip()
            yield f"{BOLD}{line}{PLAIN}" if colour and number == 0 else line


def _widths(table: Table, width: int) -> list[int]:
    """Narrow columns keep what they need; the widest one gives way until the table fits."""
    rows = (table.header, *table.rows)
    widths = [max(len(row[n]) for row in rows) or 1 for n in range(len(table.header))]
    spare = width - 2 * (len(widths) - 1)
    while sum(widths) > spare and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrap(text: str, width: int, *, first: str = "", rest: str = "", style: str = "") -> Iterator[str]:
    for line in textwrap.wrap(_safe(text), width, initial_indent=first, subsequent_indent=rest) or [""]:
        yield f"{style}{line}{PLAIN}" if style else line


def _safe(text: str) -> str:
    return CONTROLS.sub(" ", text)
