"""Titles and texts as counted word stems: one row an article, one column a stem."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

STEM = 5
LEAD = 300
CHUNK = 5_000
DAYS = ("monda", "tuesd", "wedne", "thurs", "frida", "satur", "sunda")
_FUNCTION_WORDS = """
a about above after again against all also am an and any are as at be because been before being below
between both but by can could did do does doing down during each even few for from further had has have
having he her here hers herself him himself his how i if in into is it its itself just may me might more
most much must my myself no nor not now of off on once one only onto or other others our ours ourselves
out over own per same shall she should since so some such than that the their theirs them themselves
then there these they this those through to too under until up upon us very was we were what when where
whether which while who whom whose why will with within without would yet you your yours yourself
"""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
# As \b(?:in|at|near|outside), in two thirds of the time: the engine skips to one of four letters.
_PLACE = re.compile(
    r"(?:in(?<!\win)|at(?<!\wat)|near(?<!\wnear)|outside(?<!\woutside)) (?:the )?([A-Z][^\W\d_]{2,})"
)

Matrix = Any
Array = Any


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each stem stands in each article's title and text.

    ``pattern`` is a sparse matrix of shape (articles, stems) whose entries are in the order of
    ``titles`` and ``bodies``. ``stems`` are its columns, ``capitals`` how often each is capitalised in
    a text.
    """

    pattern: Matrix
    titles: Array
    bodies: Array
    stems: tuple[str, ...]
    capitals: Array


class _Numbers(dict[str, int]):
    """Words as written, numbered as they come: a look-up in C but for each one's first."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def counts(texts: Sequence[tuple[str, str]]) -> Counts:
    """Count the stems of ``(title, text)`` pairs; only the first ``LEAD`` words of either are read."""
    numbers = _Numbers()
    written = [_written([pair[part] for pair in texts], numbers) for part in (0, 1)]
    stems, stem_of = _stems(numbers)
    width = max(len(stems), 1)
    chunks = [
        _counted(written, slice(begin, min(begin + CHUNK, len(texts))), stem_of, width)
        for begin in range(0, max(len(texts), 1), CHUNK)
    ]
    ends, stem, titles, bodies = (np.concatenate(parts) for parts in zip(*chunks, strict=True))
    ends = np.concatenate([[0], np.cumsum(ends)])
    pattern = sparse.csr_matrix((titles + bodies, stem, ends), (len(texts), len(stems)))
    upper = np.array([word[0].isupper() for word in numbers], dtype=bool) & (stem_of >= 0)
    times = np.bincount(written[1][0], minlength=len(numbers))
    capitals = np.bincount(stem_of[upper], weights=times[upper], minlength=len(stems))
    return Counts(pattern, titles, bodies, stems, capitals)


def _counted(
    written: Sequence[tuple[Array, Array]], rows: slice, stem_of: Array, width: int
) -> tuple[Array, Array, Array, Array]:
    """Of a chunk of rows: their numbers of stems; then the stems, and their counts in title and text."""
    keys = []
    for words, ends in written:
        lengths = np.diff(ends[rows.start : rows.stop + 1])
        stem = stem_of[words[ends[rows.start] : ends[rows.stop]]]
        keys.append((np.repeat(np.arange(len(lengths)), lengths) * width + stem)[stem >= 0])
    places, which = np.unique(np.concatenate(keys), return_inverse=True)
    titles, bodies = (
        np.bincount(part, minlength=len(places)).astype(np.float32)
        for part in np.split(which, [len(keys[0])])
    )
    number = np.bincount(places // width, minlength=rows.stop - rows.start)
    return number, (places % width).astype(np.int32), titles, bodies


def places(texts: Sequence[str]) -> Matrix:
    """1 for each capitalised word after "in", "at", "near" or "outside": sparse, a row a text."""
    found: dict[str, int] = {}
    ends: list[int] = [0]
    columns: list[int] = []
    for text in texts:
        named = dict.fromkeys(name[:STEM].lower() for name in _PLACE.findall(text[: LEAD * 12]))
        columns.extend(sorted(found.setdefault(name, len(found)) for name in named if name not in DAYS))
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_matrix((ones, np.array(columns, np.int32), ends), (len(texts), len(found)))


def _written(texts: Sequence[str], numbers: _Numbers) -> tuple[Array, Array]:
    """The number of every word, in order, and where each text's begin and end among them."""
    words = array("i")
    ends = [0]
    for text in texts:
        words.extend(map(numbers.__getitem__, _WORD.findall(text[: LEAD * 12])[:LEAD]))
        ends.append(len(words))
    return np.frombuffer(words, dtype=np.int32) if words else np.zeros(0, np.int32), np.array(ends)


def _stems(words: Sequence[str] | dict[str, int]) -> tuple[tuple[str, ...], Array]:
    """The stems, and the number of each word's; -1 for a function word and for a single letter."""
    known: dict[str, int] = {}
    numbers = []
    for word in words:
        low = word.lower()
        passed = low in FUNCTION_WORDS or (len(low) < 2 and not low.isdigit())
        numbers.append(-1 if passed else known.setdefault(low[:STEM], len(known)))
    return tuple(known), np.array(numbers, dtype=np.int64)
