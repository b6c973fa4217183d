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
    title_words, title_rows = _written([title for title, _ in texts], numbers)
    body_words, body_rows = _written([text for _, text in texts], numbers)
    stems, stem_of = _stems(numbers)
    upper = np.array([word[0].isupper() for word in numbers], dtype=bool)
    capitals = np.bincount(stem_of[body_words[upper[body_words]]] + 1, minlength=len(stems) + 1)[1:]
    stem = stem_of[np.concatenate([title_words, body_words])]
    place = np.concatenate([title_rows, body_rows]) * len(stems) + stem
    in_title = np.arange(len(stem)) < len(title_words)
    told = stem >= 0
    places, which = np.unique(place[told], return_inverse=True)
    titles = np.bincount(which[in_title[told]], minlength=len(places)).astype(np.float32)
    bodies = np.bincount(which[~in_title[told]], minlength=len(places)).astype(np.float32)
    width = max(len(stems), 1)
    ends = np.searchsorted(places, np.arange(len(texts) + 1) * width)
    shape = (len(texts), len(stems))
    pattern = sparse.csr_matrix((titles + bodies, (places % width).astype(np.int32), ends), shape)
    return Counts(pattern, titles, bodies, stems, capitals)


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
    """The number of every word, in order, and the row of its text."""
    words = array("i")
    ends = []
    for text in texts:
        words.extend(map(numbers.__getitem__, _WORD.findall(text[: LEAD * 12])[:LEAD]))
        ends.append(len(words))
    lengths: Array = np.diff(np.array([0, *ends], dtype=np.int64))
    return np.array(words, dtype=np.int64), np.repeat(np.arange(len(texts)), lengths)


def _stems(words: Sequence[str] | dict[str, int]) -> tuple[tuple[str, ...], Array]:
    """The stems, and the number of each word's; -1 for a function word and for a single letter."""
    known: dict[str, int] = {}
    numbers = []
    for word in words:
        low = word.lower()
        passed = low in FUNCTION_WORDS or (len(low) < 2 and not low.isdigit())
        numbers.append(-1 if passed else known.setdefault(low[:STEM], len(known)))
    return tuple(known), np.array(numbers, dtype=np.int64)
