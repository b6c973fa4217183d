"""The nearest articles of each article, without ever holding all pairs."""

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
    frequency = np.bincount(whole.indices, minlength=whole.shape[1])
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
    """For each band ``(from, to)`` of ranks, the mean of each article's values of those ranks.

    ``ends`` are the pairs. Shape of each: (rows,). Missing neighbours count as ``background``.
    """
    owner, _, every, rank = _ranked(*ends, value, rows)
    found = []
    for low, high in edges:
        inside = (rank >= low) & (rank < high)
        total = np.bincount(owner[inside], weights=every[inside], minlength=rows)
        missing = high - low - np.bincount(owner[inside], minlength=rows)
        found.append(((total + background * missing) / (high - low)).astype(np.float32))
    return found


def nearest(first: Array, second: Array, value: Array, rows: int, count: int) -> Matrix:
    """Sparse 0/1 of shape (rows, rows): 1 from each article to its ``count`` nearest by ``value``."""
    owner, other, _, rank = _ranked(first, second, value, rows)
    near = rank < count
    ones = np.ones(int(near.sum()), dtype=np.float32)
    return sparse.csr_matrix((ones, (owner[near], other[near])), shape=(rows, rows))


def _ranked(first: Array, second: Array, value: Array, rows: int) -> tuple[Array, Array, Array, Array]:
    """Every pair from both its ends: owner, other, value, and the other's rank with its owner."""
    owner, other = np.concatenate([first, second]), np.concatenate([second, first])
    every = np.concatenate([value, value])
    highest = float(every.max(initial=0.0)) * 1.001 + 1e-9
    order = np.argsort(owner - every.astype(np.float64) / highest, kind="stable")
    owner, other, every = owner[order], other[order], every[order]
    return owner, other, every, np.arange(len(owner)) - np.searchsorted(owner, np.arange(rows))[owner]


def _nearest(products: Matrix, begin: int, rows: int) -> Array:
    keys = []
    ends, indices, data = products.indptr, products.indices, products.data
    for row in range(products.shape[0]):
        near, score = indices[ends[row] : ends[row + 1]], data[ends[row] : ends[row + 1]]
        others = near != begin + row
        near, score = near[others], score[others]
        if len(near) > NEAREST:
            near = near[np.argpartition(-score, NEAREST)[:NEAREST]]
        own = np.full(len(near), begin + row, dtype=np.int64)
        keys.append(np.minimum(own, near) * rows + np.maximum(own, near))
    return np.concatenate(keys)
