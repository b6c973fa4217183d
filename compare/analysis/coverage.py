"""The probability that a passage's content is absent from the whole of another document.

Not only the best pair of passages counts: what one outlet says in a sentence another spreads over
three. The signals are how likely the best link is, how much of the passage's content words, names,
figures and characters stands in the document, and how much of it in one stretch of three passages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.analysis import signals
from compare.analysis.scorer import Scores, coefficients
from compare.text import tfidf
from compare.text.tfidf import Matrix

NAMES = (
    "link",
    "likeness",
    "second",
    "anywhere",
    "stretch",
    "characters",
    "names",
    "figures",
    "length",
    "size",
)


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


def coverage(documents: Sequence[Sequence[str]], scores: Scores) -> Coverage:
    """Return for each passage and each document whether the document lacks it.

    ``scores`` are those of the same ``documents``. A passage's own document never lacks it.
    """
    model = coefficients()["coverage"]
    weights = np.array([model["weights"].get(name, 0.0) for name in NAMES], np.float32)
    absent = 1 / (1 + np.exp(-(table(documents, scores) @ weights + np.float32(model["intercept"]))))
    absent[np.arange(len(scores.owner)), scores.owner] = 0
    return Coverage(absent, _nearest(scores, len(documents)))


def table(documents: Sequence[Sequence[str]], scores: Scores) -> Matrix:
    """Return the signals of each passage against each document: (passages, documents, signals)."""
    found = scores.terms
    stems = [[*a, *b, *c] for a, b, c in zip(found.names, found.content, found.figures, strict=True)]
    owner, count = scores.owner, len(documents)
    odds = np.log(np.clip(scores.links, 1e-6, 1 - 1e-6) / (1 - np.clip(scores.links, 1e-6, 1 - 1e-6)))
    first, second = _best_two(scores.likeness, owner, count)
    sizes = np.bincount(owner, minlength=count)
    columns = {
        "link": _best_two(odds, owner, count)[0],
        "likeness": first,
        "second": second,
        "anywhere": _covered(stems, owner, count),
        "stretch": _stretch(stems, owner, count),
        "characters": _characters(found.keys, owner, count),
        "names": _covered(found.names, owner, count),
        "figures": _covered(found.figures, owner, count),
        "length": np.repeat(np.log1p([[len(s)] for s in stems]), count, axis=1),
        "size": np.repeat(np.log1p(sizes)[None, :], len(owner), axis=0),
    }
    return np.stack([columns[name] for name in NAMES], axis=2).astype(np.float32)


def _blocks(matrix: Matrix, owner: NDArray[np.intp], count: int) -> list[Matrix]:
    return [matrix[:, owner == document] for document in range(count)]


def _best_two(matrix: Matrix, owner: NDArray[np.intp], count: int) -> tuple[Matrix, Matrix]:
    floor = np.full((len(matrix), 2), matrix.min() if matrix.size else 0, matrix.dtype)
    tops = [np.sort(np.hstack([floor, b]), axis=1)[:, -2:] for b in _blocks(matrix, owner, count)]
    return np.column_stack([t[:, 1] for t in tops]), np.column_stack([t[:, 0] for t in tops])


def _nearest(scores: Scores, count: int) -> NDArray[np.intp]:
    nearest = np.full((len(scores.owner), count), -1)
    # A link outranks mere likeness; likeness tells apart what no link reaches.
    rank = scores.links + scores.likeness
    for document in range(count):
        places = np.flatnonzero(scores.owner == document)
        if len(places):
            nearest[:, document] = places[np.argmax(rank[:, places], axis=1)]
    return nearest


def _covered(lists: Sequence[Sequence[str]], owner: NDArray[np.intp], count: int) -> Matrix:
    """Return the share, by idf, of each list's terms that a document has: 1 where there are none."""
    matrix, idf = signals.presence(lists)
    member = np.eye(count, dtype=np.float32)[owner]
    there = (matrix.T @ member > 0).astype(np.float32)
    return _share(matrix.multiply(idf[None, :]).tocsr(), there)


def _share(weighted: object, there: Matrix) -> Matrix:
    found: Matrix = weighted @ there  # type: ignore[operator]
    mass = np.asarray(weighted.sum(axis=1))  # type: ignore[attr-defined]
    return np.where(mass > 0, found / np.maximum(mass, 1e-9), 1)


def _stretch(lists: Sequence[Sequence[str]], owner: NDArray[np.intp], count: int) -> Matrix:
    matrix, idf = signals.presence(lists)
    following = (owner[1:] == owner[:-1]).astype(np.float32)
    step = np.eye(len(owner), dtype=np.float32) + np.diag(following, 1) + np.diag(following, -1)
    there = (step @ matrix.toarray() > 0).astype(np.float32)
    share = _share(matrix.multiply(idf[None, :]).tocsr(), there.T)
    return _best_two(share, owner, count)[0]


def _characters(texts: Sequence[Sequence[str]], owner: NDArray[np.intp], count: int) -> Matrix:
    matrix, terms = tfidf.counts(texts)
    pieces = tfidf.grams(matrix, terms)
    pieces.data[:] = 1
    idf = tfidf.idf(pieces)
    member = np.eye(count, dtype=np.float32)[owner]
    there = (pieces.T @ member > 0).astype(np.float32)
    return _share(pieces.multiply(idf[None, :]).tocsr(), there)
