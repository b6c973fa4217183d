"""The probability that a passage's content is absent from the whole of another document.

Not only the best pair of passages counts: what one outlet says in a sentence another spreads over
three. The signals are how likely the best link is, how much of the passage's words stands in one
stretch of three passages and of its characters anywhere, and whether its neighbours are covered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.analysis import signals
from compare.analysis.scorer import Scores, coefficients
from compare.model import Cell
from compare.text import tfidf
from compare.text.tfidf import Matrix

# From this probability of absence on an omission is claimed, if the passage has enough to look for (docs/
# reliability.md). A cell is graded absent with less.
CLAIMED = 0.55
NAMES = ("link", "likeness", "beside", "stretch", "characters", "length", "size")


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """``absent[i, d]`` is the probability that document ``d`` has nothing of passage ``i``.

    ``nearest[i, d]`` is the number of the passage of ``d`` closest to ``i``, -1 in an empty document.
    """

    absent: Matrix
    nearest: NDArray[np.intp]


def threshold() -> float:
    """Return the probability from which a passage is said to be absent."""
    return float(coefficients()["coverage"]["threshold"])


def is_claimed(cell: Cell) -> bool:
    """Whether an empty cell is sure enough to claim that its outlet lacks the fact."""
    return cell.grade == "absent" and 1 - cell.reported >= CLAIMED


def coverage(scores: Scores, count: int) -> Coverage:
    """Return for each passage and each of ``count`` documents whether the document lacks it.

    A passage's own document never lacks it.
    """
    model = coefficients()["coverage"]
    weights = np.array([model["weights"].get(name, 0.0) for name in NAMES], np.float32)
    absent = 1 / (1 + np.exp(-(table(scores, count) @ weights + np.float32(model["intercept"]))))
    absent[np.arange(len(scores.owner)), scores.owner] = 0
    return Coverage(absent, _nearest(scores, count))


def table(scores: Scores, count: int) -> Matrix:
    """Return the signals of each passage against each document: (passages, documents, signals)."""
    found, owner = scores.terms, scores.owner
    keys = found.joined()
    links = np.clip(scores.asserted, 1e-6, 1 - 1e-6)
    best = _best(np.log(links / (1 - links)), owner, count)
    size = np.bincount(owner, minlength=count)
    length = np.log1p(np.array([len(key) for key in keys], np.float32))
    columns = {
        "link": best,
        "likeness": _best(scores.likeness, owner, count),
        "beside": _beside(1 / (1 + np.exp(-best)), owner),
        "stretch": _stretch(keys, owner, count),
        "characters": _characters(scores.pieces, owner, count),
        "length": np.repeat(length[:, None], count, axis=1),
        "size": np.repeat(np.log1p(size)[None, :], len(owner), axis=0),
    }
    return np.stack([columns[name] for name in NAMES], axis=2).astype(np.float32)


def _beside(best: Matrix, owner: NDArray[np.intp]) -> Matrix:
    """Return the mean best probability of the passages before and after: what is new comes in runs."""
    total, count = np.zeros_like(best), np.zeros((len(best), 1), best.dtype)
    joined = (owner[1:] == owner[:-1])[:, None].astype(best.dtype)
    total[1:] += best[:-1] * joined
    total[:-1] += best[1:] * joined
    count[1:] += joined
    count[:-1] += joined
    mean: Matrix = total / np.maximum(count, 1)
    return mean


def _best(matrix: Matrix, owner: NDArray[np.intp], count: int) -> Matrix:
    """Return the highest value of each row in each document's columns; the lowest of all if it is empty."""
    best = np.full((len(matrix), count), matrix.min() if matrix.size else 0, matrix.dtype)
    for document in np.unique(owner):
        best[:, document] = matrix[:, owner == document].max(axis=1)
    return best


def _nearest(scores: Scores, count: int) -> NDArray[np.intp]:
    nearest = np.full((len(scores.owner), count), -1)
    # A link outranks mere likeness; likeness tells apart what no link reaches.
    rank = scores.asserted + scores.likeness
    for document in range(count):
        places = np.flatnonzero(scores.owner == document)
        if len(places):
            nearest[:, document] = places[np.argmax(rank[:, places], axis=1)]
    return nearest


def _share(weighted: Any, there: Matrix) -> Matrix:
    """Return the share of each row's mass that stands in each column: 1 where a row has none."""
    found: Matrix = weighted @ there
    mass = np.asarray(weighted.sum(axis=1))
    return np.where(mass > 0, found / np.maximum(mass, 1e-9), 1)


def _stretch(lists: Sequence[Sequence[str]], owner: NDArray[np.intp], count: int) -> Matrix:
    matrix, idf = signals.presence(lists)
    following = (owner[1:] == owner[:-1]).astype(np.float32)
    step = np.eye(len(owner), dtype=np.float32) + np.diag(following, 1) + np.diag(following, -1)
    there = (step @ matrix.toarray() > 0).astype(np.float32)
    share = _share(matrix.multiply(idf[None, :]).tocsr(), there.T)
    return _best(share, owner, count)


def _characters(pieces: Any, owner: NDArray[np.intp], count: int) -> Matrix:
    present = pieces.copy()
    present.data[:] = 1
    member = np.eye(count, dtype=np.float32)[owner]
    there = (present.T @ member > 0).astype(np.float32)
    return _share(present.multiply(tfidf.idf(present)[None, :]).tocsr(), there)
