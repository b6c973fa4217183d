"""What two articles have in common, in every view, from one look at the stems that both have."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from compare.analysis.stories.vectors import MENTIONS, Views

CHUNK = 4_000
TABLE = 4_000_000

Matrix = Any
Array = Any


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Of each pair: cosines in the views ``whole``, ``names`` and ``titles``; ``title_text``, the
    cosine of one's title with the other's text, the better way round; ``rarity``, the summed weight
    of common stems; ``mentions``, of shape (len(MENTIONS), pairs): whether they have one of each.
    """

    whole: Array
    names: Array
    titles: Array
    title_text: Array
    rarity: Array
    mentions: Array


def overlaps(views: Views, first: Array, second: Array) -> Overlaps:
    """What the articles ``first[k]`` and ``second[k]`` have in common, each of shape (pairs,)."""
    found = np.zeros((5 + len(MENTIONS), len(first)), dtype=np.float32)
    for chunk, pair, here, there in _common(views.whole, first, second):
        found[:, chunk] = _summed(views, pair, here, there, len(first[chunk]))
    whole, names, titles, title_text, rarity = found[:5]
    return Overlaps(whole, names, titles, title_text, rarity, found[5:] > 0)


def dots(matrix: Matrix, first: Array, second: Array) -> Array:
    """Dot products of the rows ``first[k]`` and ``second[k]``."""
    found = np.zeros(len(first), dtype=np.float64)
    for chunk, pair, here, there in _common(matrix, first, second):
        weights = matrix.data[here] * matrix.data[there]
        found[chunk] = np.bincount(pair, weights=weights, minlength=len(first[chunk]))
    return found


def _summed(views: Views, pair: Array, here: Array, there: Array, count: int) -> list[Array]:
    def total(weights: Array) -> Array:
        return np.bincount(pair, weights=weights, minlength=count)

    one, other = views.titles[here], views.titles[there]
    kind = views.kind[here]
    return [
        total(views.whole.data[here] * views.whole.data[there]),
        total(views.names[here] * views.names[there]),
        total(one * other),
        np.maximum(total(one * views.bodies[there]), total(views.bodies[here] * other)),
        total(views.rarity[here]),
        *(np.bincount(pair[kind == place], minlength=count) for place in range(1, len(MENTIONS) + 1)),
    ]


def _common(matrix: Matrix, first: Array, second: Array) -> Iterator[tuple[slice, Array, Array, Array]]:
    """Chunks of pairs: which, and for each entry in common its pair, and its place in ``matrix.data``
    in the row of the first and of the second.

    The first's rows are spread out in a table of all columns, in which the second's are looked up.
    """
    wide = matrix.shape[1]
    height = min(max(TABLE // max(wide, 1), 1), len(first))
    table = np.full(height * wide, -1, dtype=matrix.indices.dtype)
    for chunk in _chunks(first, height):
        rows, line = np.unique(first[chunk], return_inverse=True)
        spread, places = _entries(matrix, rows, np.arange(len(rows)) * wide)
        places += matrix.indices[spread]
        table[places] = spread
        there, places_there = _entries(matrix, second[chunk], line * wide)
        here = table[places_there + matrix.indices[there]]
        table[places] = -1
        both = np.flatnonzero(here >= 0)
        ends = np.cumsum(np.diff(matrix.indptr)[second[chunk]])
        yield chunk, np.searchsorted(ends, both, side="right"), here[both], there[both]


def _chunks(first: Array, rows: int) -> Iterator[slice]:
    """Slices of at most ``CHUNK`` pairs with at most ``rows`` different firsts; these are sorted."""
    begin = 0
    starts = np.flatnonzero(np.diff(first, prepend=-1))
    while begin < len(first):
        following = np.searchsorted(starts, begin, side="right") + rows - 1
        end = min(begin + CHUNK, starts[following] if following < len(starts) else len(first))
        yield slice(begin, int(end))
        begin = int(end)


def _entries(matrix: Matrix, rows: Array, values: Array) -> tuple[Array, Array]:
    """The places of all entries of ``rows`` in the matrix' data, and for each the value of its row."""
    begins, lengths = matrix.indptr[rows], np.diff(matrix.indptr)[rows]
    shift = begins - np.concatenate([[0], np.cumsum(lengths)[:-1]])
    return np.arange(lengths.sum()) + np.repeat(shift, lengths), np.repeat(values, lengths)
