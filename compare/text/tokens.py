"""The words and marks of a text in order, as lists side by side."""

import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from compare.model import Span
from compare.text.passages import sentences

# the group makes ``split`` keep what it splits at
_TOKEN = re.compile(
    r"((?:[^\W\d_]\.){2,}|\w+n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d+(?:[.,:]\d+)*|\w+(?:-\w+)*|''|``|[^\w\s])"
)

Array = Any
Kind = TypeVar("Kind", bound=Hashable)


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """The tokens of one text: ``texts``, where each begins and ends, whether it ``opens`` a sentence or a
    paragraph, and the number of its paragraph. Arrays of shape (tokens,).
    """

    texts: list[str]
    begins: Array
    ends: Array
    opens: Array
    paragraphs: Array

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, first: int, last: int) -> Span:
        """The stretch from one token to another."""
        return Span(int(self.begins[first]), int(self.ends[last]))


def tokens(text: str) -> Stream:
    """The tokens of a text in order; line breaks part paragraphs."""
    parts = _TOKEN.split(text)
    texts, gaps = parts[1::2], parts[:-1:2]
    places = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
    begins, ends = places[:-1:2], places[1::2]
    breaks = np.fromiter(("\n" in gap for gap in gaps), bool, len(gaps))
    opens = breaks.copy()
    opens[:1] = True
    starts = np.array([span.begin for span in sentences(text)], np.int64)
    found = np.searchsorted(begins, starts)
    opens[found[found < len(texts)]] = True
    return Stream(texts, begins, ends, opens, np.cumsum(breaks))


def numbered(listed: Sequence[Kind]) -> tuple[list[Kind], Array]:
    """The distinct entries of a list, in the order in which they come, and for each entry its number."""
    place = {one: n for n, one in enumerate(dict.fromkeys(listed))}
    return list(place), np.fromiter(map(place.__getitem__, listed), np.int64, len(listed))


def extent(begins: list[int], span: Span) -> tuple[int, int]:
    """The first token of a span and the one behind its last, by where tokens begin."""
    first = bisect_left(begins, span.begin)
    return first, bisect_left(begins, span.end, first)
