"""Which passages stand in one row: average-link agglomeration over calibrated probabilities.

Two clusters merge while the mean probability of their pairs from different columns is at least the
threshold, the surest first (Sokal and Michener 1958). The mean, not the best pair, decides: a passage
that resembles one member of a row and not the others stays out, so facts do not chain together.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from compare.text.tfidf import Matrix

MOST = 3


def rows(
    links: Matrix, columns: Sequence[int], threshold: float, joining: NDArray[np.bool_] | None = None
) -> list[list[int]]:
    """Return the rows as lists of passage numbers, every passage in exactly one, singletons included.

    ``links`` is (passages, passages), symmetric; ``columns`` names each passage's column, and pairs
    inside a column neither join nor part a row. Two parts of a row have at least one pair in
    ``joining``, by default all. At most ``MOST`` passages of a column share a row. Ties go to the passages
    that come first.
    """
    column = np.asarray(columns, dtype=np.intp)
    across = column[:, None] != column[None, :]
    joins = across if joining is None else across & joining
    found: list[list[int]] = []
    for part in _components((links >= threshold) & across):
        found += _agglomerate(part, links, joins, column, threshold) if len(part) > 1 else [part]
    return sorted(found)


def _components(linked: NDArray[np.bool_]) -> list[list[int]]:
    # No mean reaches the threshold where no pair does, so rows never cross components.
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    if not len(linked):
        return []
    count, label = connected_components(csr_matrix(linked), directed=False)
    parts: list[list[int]] = [[] for _ in range(count)]
    for passage, part in enumerate(label):
        parts[part].append(passage)
    return parts


def _agglomerate(
    part: Sequence[int], links: Matrix, joins: NDArray[np.bool_], column: NDArray[np.intp], threshold: float
) -> list[list[int]]:
    pairs = (column[part][:, None] != column[part][None, :]).astype(np.float64)
    total = links[np.ix_(part, part)] * pairs
    held = np.eye(column.max() + 1)[column[part]]
    clusters: list[list[int]] = [[p] for p in part]
    # Rounded, so that ties are ties on every machine.
    grounds = joins[np.ix_(part, part)].astype(np.float64)
    mean = np.where(grounds > 0, np.round(total, 6), -1.0)
    while True:
        a, b = divmod(int(np.argmax(mean)), len(mean))
        if mean[a, b] < threshold:
            return [sorted(c) for c in clusters if c]
        clusters[a], clusters[b] = clusters[a] + clusters[b], []
        held[a] += held[b]
        held[b] = MOST + 1
        for matrix in (total, pairs, grounds):
            matrix[a] += matrix[b]
            matrix[:, a] = matrix[a]
        allowed = (grounds[a] > 0) & ((held[a] + held).max(axis=1) <= MOST)
        mean[a] = mean[:, a] = np.where(allowed, np.round(total[a] / np.maximum(pairs[a], 1), 6), -1.0)
        mean[a, a] = -1.0
        mean[b] = mean[:, b] = -1.0
