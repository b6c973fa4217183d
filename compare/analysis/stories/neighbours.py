"""The nearest articles of each article, without ever holding all pairs."""

from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

NEAREST = 20
COMMON = 300
CHUNK = 512

Matrix = Any
Array = Any


def candidates(whole: Matrix) -> tuple[Array, Array]:
    """Pairs ``first < second`` of rows of which one is among the other's ``NEAREST`` by cosine.

    Stems in more than ``COMMON`` articles do not nominate, so the work grows with the number of
    articles and not with its square. Sorted by pair.
    """
    rows = whole.shape[0]
    frequency = np.bincount(whole.indices[whole.data > 0], minlength=whole.shape[1])
    keep = np.flatnonzero((frequency > 1) & (frequency <= max(COMMON, rows // 2 if rows < 2 * COMMON else 0)))
    rare = whole[:, keep].tocsr()
    columns = rare.T.tocsr()
    keys = [_nearest(rare[begin : begin + CHUNK] @ columns, begin, rows) for begin in range(0, rows, CHUNK)]
    pairs = np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
    return pairs // max(rows, 1), pairs % max(rows, 1)


def bands(
    ends: tuple[Array, Array],
    value: Array,
    rows: int,
    edges: tuple[tuple[int, int], ...],
    background: float = 0.0,
) -> list[Array]:
    """For each band ``(from, to)`` of ranks, the mean of each article's values (>= 0) of those ranks.

    ``ends`` are the pairs. Shape of each: (rows,). Missing neighbours count as ``background``.
    """
    owner = np.concatenate(ends)
    highest = float(value.max(initial=0.0)) * 1.001 + 1e-9
    # Sorted are the keys themselves, and not an order of them, so that ties cannot matter.
    keys = np.sort(owner - np.concatenate([value, value]).astype(np.float64) / highest)
    ends_of = np.cumsum(np.bincount(owner, minlength=rows))
    begins = np.concatenate([[0], ends_of[:-1]])
    own = np.repeat(np.arange(rows), ends_of - begins)
    sums = np.concatenate([[0.0], np.cumsum((own - keys) * highest)])
    found = []
    for low, high in edges:
        since, until = np.minimum(begins + low, ends_of), np.minimum(begins + high, ends_of)
        missing = high - low - (until - since)
        total = sums[until] - sums[since]
        found.append(((total + background * missing) / (high - low)).astype(np.float32))
    return found


def nearest(first: Array, second: Array, value: Array, rows: int, count: int) -> Matrix:
    """Sparse 0/1 of shape (rows, rows): 1 from each article to its ``count`` nearest by ``value``."""
    owner, other = np.concatenate([first, second]), np.concatenate([second, first])
    every = np.concatenate([value, value]).astype(np.float64)
    order = np.argsort(owner - every / (float(every.max(initial=0.0)) * 1.001 + 1e-9), kind="stable")
    owner, other = owner[order], other[order]
    near = np.arange(len(owner)) - np.searchsorted(owner, np.arange(rows))[owner] < count
    ones = np.ones(int(near.sum()), dtype=np.float32)
    return sparse.csr_matrix((ones, (owner[near], other[near])), shape=(rows, rows))


def _nearest(products: Matrix, begin: int, rows: int) -> Array:
    """The pairs, as keys, of a chunk of rows with the highest of their products."""
    ends, indices, data = products.indptr.tolist(), products.indices, products.data
    near = [_highest(data[since:until], since) for since, until in pairwise(ends)]
    own = np.repeat(np.arange(begin, begin + len(near)), [len(places) for places in near])
    other = indices[np.concatenate(near)].astype(np.int64)
    own, other = own[own != other], other[own != other]
    return np.minimum(own, other) * rows + np.maximum(own, other)


def _highest(scores: Array, begin: int) -> Array:
    """The places of the ``NEAREST`` and of the article itself, which is its own nearest."""
    if len(scores) <= NEAREST + 1:
        return np.arange(begin, begin + len(scores))
    places: Array = scores.argpartition(len(scores) - NEAREST - 1)[-NEAREST - 1 :]
    return places + begin
