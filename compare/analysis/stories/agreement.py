"""What the neighbours say of a pair: two articles of one event are of one event with the same others."""

from typing import Any

import numpy as np
from scipy import sparse

from compare.analysis.stories.neighbours import bands
from compare.analysis.stories.overlaps import dots

NAMES = (
    "odds",
    "between",
    "between.log",
    "neighbours",
    "apart",
    "apart.log",
    "best",
    "near",
    "fewer",
    "more",
    "collection",
)

Array = Any


def agreement(chance: Array, first: Array, second: Array, rows: int) -> Array:
    """Signals of shape (pairs, len(NAMES)) from a first estimate ``chance`` of each pair.

    ``between`` sums, over third articles, the product of their chances with both; ``apart`` what
    either has with third articles that the other has not; ``fewer`` and ``more`` the lesser and
    the greater number of other articles expected in the story of each.
    """
    ends = (np.concatenate([first, second]), np.concatenate([second, first]))
    graph = sparse.csr_matrix((np.concatenate([chance, chance]), ends), shape=(rows, rows))
    between = dots(graph, first, second)
    # Each article being sure of itself, the cosine of two also counts their own chance, from both ends.
    length = np.sqrt(1 + np.asarray(graph.multiply(graph).sum(axis=1)).ravel())
    expected = np.asarray(graph.sum(axis=1)).ravel()
    here, there = expected[first] - chance, expected[second] - chance
    apart = np.maximum(here + there - 2 * between, 0)
    best, near = bands((first, second), chance, rows, ((0, 1), (0, 5)))
    logged = np.log(chance + 0.01)
    columns = (
        np.log((chance + 1e-4) / (1 - chance + 1e-4)),
        between,
        np.log(between + 0.02),
        (between + 2 * chance) / (length[first] * length[second]),
        apart,
        np.log(apart + 0.05),
        logged - np.log(np.maximum(best[first], best[second]) + 0.01),
        logged - np.log((near[first] + 0.01) * (near[second] + 0.01)) / 2,
        np.minimum(here, there),
        np.maximum(here, there),
        np.full(len(first), np.log(max(rows, 1))),
    )
    return np.array(columns, dtype=np.float32).T
