"""TF-IDF over passages: the only place that makes vectors, with scikit-learn's weighting.

Vectors have unit length, so that a product of two matrices holds cosines. Term frequency is sublinear
(1 + ln tf) and idf is smoothed, ln((1 + n) / (1 + df)) + 1, over the texts that are given: inside one
story, words of the story itself weigh little (Salton and Buckley 1988; Manning and others 2008, §6.4).
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[Any]
WORD = re.compile(r"(?:[A-Za-z]\.){2,}[A-Za-z]?\b|(?:[A-Za-z]\.){2,}|\w+(?:[.,]\d+)*(?:['’]\w+)?")
_POSSESSIVE = ("'s", "’s")


def words(text: str) -> list[str]:
    """Return the words and figures of ``text`` as written, without a possessive ``'s``."""
    return list(_words(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    # aligning and several rooms read the same passages, each against several others
    return tuple(w[:-2] if w.endswith(_POSSESSIVE) else w for w in WORD.findall(text))


@cache
def stop_words() -> frozenset[str]:
    """Return the English words that carry no content of their own (scikit-learn's list)."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words_: frozenset[str] = ENGLISH_STOP_WORDS
    return words_


def counts(lists: Iterable[Sequence[str]]) -> tuple[Any, list[str]]:
    """Return how often each term stands in each list: a CSR matrix (lists, terms) and the terms."""
    from scipy.sparse import csr_matrix

    terms: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for items in lists:
        columns += [terms.setdefault(term, len(terms)) for term in items]
        ends.append(len(columns))
    shape = (len(ends) - 1, max(len(terms), 1))
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=shape)
    matrix.sum_duplicates()
    return matrix, list(terms)


def grams(matrix: Any, terms: Sequence[str], sizes: tuple[int, ...] = (3, 4, 5)) -> Any:
    """Return counts of character n-grams inside words, from counts of words: CSR (lists, grams).

    Equal to scikit-learn's ``char_wb`` analyser on the same words, at a fraction of the time, since
    each distinct word is cut up once.
    """
    return matrix @ counts([pieces(f" {term} ", sizes) for term in terms] or [[]])[0]


def pieces(word: str, sizes: tuple[int, ...]) -> list[str]:
    """Return the character n-grams of ``word``, of each of ``sizes`` in turn."""
    return [word[i : i + size] for size in sizes for i in range(len(word) - size + 1)]


def weighted(matrix: Any) -> Any:
    """Return TF-IDF vectors of unit length for counts; a row without terms stays zero."""
    from sklearn.feature_extraction.text import TfidfTransformer

    if not matrix.shape[0]:
        return matrix
    return TfidfTransformer(sublinear_tf=True).fit_transform(matrix).astype(np.float32)


def cosines(matrix: Any) -> Matrix:
    """Return the cosines of all pairs of rows of a matrix of unit vectors, dense, in [0, 1]."""
    dense: Matrix = (matrix @ matrix.T).toarray()
    return np.minimum(dense, np.float32(1))


def idf(matrix: Any) -> Matrix:
    """Return ln((n + 1) / df) of each term: zero for a term that nearly every text has."""
    present = np.bincount(matrix.indices[matrix.data > 0], minlength=matrix.shape[1])
    weights: Matrix = np.log((matrix.shape[0] + 1) / np.maximum(present, 1)).astype(np.float32)
    return weights
