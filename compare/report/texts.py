"""The articles' texts for the screen, each once, cut where a shown passage begins or ends.

A passage then opens at its place in its article by a plain link, with or without a script.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import pairwise
from typing import Any

from compare.model import Alignment, Finding, Span, Story
from compare.report.parts import Brief, Exhibit, Source
from compare.report.typeset import LONGEST

_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a body, from offset ``begin``; ``anchor`` is "" where no shown passage begins."""

    begin: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Text:
    """One article as it was compared, in paragraphs of stretches; the title is the first paragraph."""

    source: Source
    anchor: str
    paragraphs: tuple[tuple[Stretch, ...], ...]


def texts(brief: Brief) -> tuple[Text, ...]:
    """Every article of the brief, in the order of the list of sources."""
    shown: dict[int, set[Span]] = {}
    for exhibit in exhibits_of((brief.sections, brief.singles)):
        shown.setdefault(exhibit.source.number, set()).add(exhibit.passage.span)
    sources = (listing.source for listing in brief.sources)
    return tuple(_text(source, shown.get(source.number, ())) for source in sources)


def anchor(source: Source, begin: int | None = None) -> str:
    """The name of an article's text, or of the place in it where a passage begins."""
    return f"text-{source.number}" + ("" if begin is None else f"-{begin}")


def exhibits_of(part: Any) -> Iterator[Exhibit]:
    """Every passage that is shown anywhere in a part of a brief."""
    if isinstance(part, Exhibit):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from exhibits_of(one)
    elif is_dataclass(part) and not isinstance(part, (Alignment, Finding, Source, Story)):
        for field in fields(part):
            yield from exhibits_of(getattr(part, field.name))


def _text(source: Source, spans: Iterable[Span]) -> Text:
    begins = {span.begin for span in spans}
    cuts = sorted(begins | {span.end for span in spans})
    body = source.article.body
    paragraphs = tuple(
        tuple(
            Stretch(begin, body[begin:end], anchor(source, begin) if begin in begins else "")
            for begin, end in _stretches(found.start(), found.end(), cuts)
        )
        for found in _PARAGRAPH.finditer(body)
    )
    return Text(source, anchor(source), paragraphs)


def _stretches(begin: int, end: int, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A paragraph between its cuts, none longer than what a page takes in one piece."""
    inner = [cut for cut in cuts if begin < cut < end]
    for one, other in pairwise((begin, *inner, end)):
        edges = (*range(one, other, LONGEST), other)
        yield from pairwise(edges)
