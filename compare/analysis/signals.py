"""What two passages of one story have in common, as numbers: one row a pair, one column a signal.

Every signal is symmetric in the two passages and needs nothing from outside the story. What each is
worth on each labelled set stands in docs/alignment.md.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.text import tfidf
from compare.text.tfidf import Matrix

NAMES = (
    "words", "characters", "stems", "bigrams", "trigrams", "content", "names", "figures",
    "margin_low", "margin_high", "neighbours", "length", "ratio", "hub", "rarest", "sizes",
)  # fmt: skip
_ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "ly", "s")
_STEM = 3


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Signals of all pairs of passages from two documents.

    ``owner`` is the document of each passage; ``left`` < ``right`` index the passages of each pair;
    ``table`` is (pairs, signals), its columns named by ``NAMES``; ``likeness`` is (passages, passages),
    the mean of three cosines.
    """

    owner: NDArray[np.intp]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    table: Matrix
    likeness: Matrix


def stem(word: str) -> str:
    """Return ``word`` without an inflection's ending: a light stemmer in the manner of Harman's (1991)."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            break
    word = word.removesuffix("e")
    return word[:-1] if len(word) > _STEM and word[-1] == word[-2] else word


def signals(documents: Sequence[Sequence[str]]) -> Signals:
    """Return the signals of every pair of passages that stand in two different documents."""
    owner = np.repeat(np.arange(len(documents)), [len(d) for d in documents])
    texts = [tfidf.words(text) for document in documents for text in document]
    left, right = np.nonzero(np.triu(owner[:, None] != owner[None, :]))
    whole = _kernels(texts)
    likeness = (whole["words"] + whole["characters"] + whole["stems"]) / np.float32(3)
    whole |= _places(likeness, owner) | _lengths(texts, owner)
    table = np.column_stack([whole[name][left, right] for name in NAMES]).astype(np.float32)
    return Signals(owner, left, right, table, likeness)


def _kernels(texts: Sequence[Sequence[str]]) -> dict[str, Matrix]:
    lower = [[word.lower() for word in text] for text in texts]
    names, content, figures = sorts(texts)
    matrix, terms = tfidf.counts(lower)
    stems = [[*a, *b, *c] for a, b, c in zip(names, content, figures, strict=True)]
    return {
        "words": tfidf.cosines(tfidf.weighted(matrix)),
        "characters": tfidf.cosines(tfidf.weighted(tfidf.grams(matrix, terms))),
        "stems": tfidf.cosines(tfidf.weighted(tfidf.counts(stems)[0])),
        "bigrams": _mass([[" ".join(p) for p in pairwise(t)] for t in lower]),
        "trigrams": _mass([[" ".join(p) for p in zip(t, t[1:], t[2:], strict=False)] for t in lower]),
        "content": _mass(content),
        "names": _mass(names),
        "figures": _mass(figures),
        "rarest": _rarest(stems),
    }


def sorts(texts: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Return each text's names, stems of other content words, and figures."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    capital = Counter(w.lower() for t in texts for w in t if w[0].isupper())
    small = Counter(w for t in texts for w in t if w[0].islower())

    def named(word: str) -> bool:
        return capital[word] > small[word]

    kept = [[w.lower() for w in t if w.lower() not in ENGLISH_STOP_WORDS] for t in texts]
    figures = [[w for w in t if w[0].isdigit()] for t in kept]
    names = [[w for w in t if not w[0].isdigit() and named(w)] for t in kept]
    return names, [[stem(w) for w in t if not w[0].isdigit() and not named(w)] for t in kept], figures


def presence(lists: Sequence[Sequence[str]]) -> tuple[Any, Matrix]:
    """Return which terms stand in each list, as a CSR matrix of ones, and the idf of the terms."""
    matrix, _ = tfidf.counts(lists)
    matrix.data[:] = 1
    return matrix, tfidf.idf(matrix)


def _mass(lists: Sequence[Sequence[str]]) -> Matrix:
    matrix, idf = presence(lists)
    return _shared(matrix, idf, np.log1p)


def _rarest(lists: Sequence[Sequence[str]]) -> Matrix:
    # The sixth power mean stands in for the maximum, which has no product of matrices.
    matrix, idf = presence(lists)
    return _shared(matrix, idf**6, lambda mass: mass ** (1 / 6))


def _shared(matrix: Any, weights: Matrix, scale: Callable[[Matrix], Matrix]) -> Matrix:
    return scale((matrix.multiply(weights[None, :]).tocsr() @ matrix.T).toarray())


def _places(likeness: Matrix, owner: NDArray[np.intp]) -> dict[str, Matrix]:
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]]) if len(owner) else np.zeros(0, int)
    blocks = np.split(likeness, starts[1:], axis=1)
    rank = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(owner)]))
    best = np.column_stack([b.max(axis=1) for b in blocks])[:, rank]
    second = np.column_stack([_second(b) for b in blocks])[:, rank]
    hub = np.column_stack([b.mean(axis=1) for b in blocks])[:, rank]
    lead = likeness - np.where(likeness >= best, second, best)
    step = np.zeros_like(likeness)
    inside = owner[1:] == owner[:-1]
    both = np.outer(inside, inside)
    step[1:, 1:] = likeness[:-1, :-1] * both
    step[:-1, :-1] = np.maximum(step[:-1, :-1], likeness[1:, 1:] * both)
    return {
        "margin_low": np.minimum(lead, lead.T),
        "margin_high": np.maximum(lead, lead.T),
        "neighbours": step,
        "hub": hub + hub.T,
    }


def _second(block: Matrix) -> Matrix:
    if block.shape[1] < 2:
        return np.zeros(len(block), np.float32)
    second: Matrix = np.partition(block, -2, axis=1)[:, -2]
    return second


def _lengths(texts: Sequence[Sequence[str]], owner: NDArray[np.intp]) -> dict[str, Matrix]:
    length = np.array([max(len(text), 1) for text in texts], np.float32)
    low = np.minimum(length[:, None], length[None, :])
    high = np.maximum(length[:, None], length[None, :])
    size = np.log(np.bincount(owner)[owner].astype(np.float32))
    return {"length": np.log1p(low), "ratio": low / high, "sizes": size[:, None] + size[None, :]}
