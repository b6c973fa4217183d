"""A brief as Markdown, for pasting into a wiki, a ticket or a mail."""

import re
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
from compare.report.typeset import clean

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~]|&(?=#?\w+;))")


def render(brief: Brief) -> str:
    """The brief as CommonMark with pipe tables; whatever an article holds is escaped."""
    return "\n".join(line for block in outline(brief) for line in (*_typeset(block), "")).rstrip() + "\n"


def _typeset(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {_escape(text)}"
        case Paragraph(text):
            yield _escape(text)
        case Items(lines):
            yield from (f"- {_escape(line)}" for line in lines)
        case Table(header, rows):
            yield _row(header)
            yield "|" + " --- |" * len(header)
            yield from (_row(row) for row in rows)
        case Claim(number, summary, sureness, witnesses):
            yield f"**{number}** {_escape(summary)} *({sureness})*"
            yield from _witnesses(witnesses)
        case Passages(witnesses):
            yield from _witnesses(witnesses)


def _witnesses(witnesses: tuple[Witness, ...]) -> Iterator[str]:
    for witness in witnesses:
        yield ""
        yield f"> {_escape(witness.place)}: {''.join(_piece(piece) for piece in witness.pieces)}"


def _piece(piece: Piece) -> str:
    # Bold must hug its words, and the spaces around it stay: the passage is verbatim.
    text = SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", clean(piece.text)))
    inner = text.strip()
    if not piece.marked or not inner:
        return text
    begin = text.index(inner)
    return f"{text[:begin]}**{inner}**{text[begin + len(inner) :]}"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_escape(cell) for cell in cells) + " |"


def _escape(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))
