"""Words as vectors: how near in meaning two words are that share no letters ("shut", "close").

The numbers of ``lexicons/vectors.txt`` are those of a sentence encoder (Reimers and Gurevych 2019), asked for
one word at a time, and cut to their main axes; ``benchmarks/fit_vectors.py`` made them. A text is the mean
of its words' vectors, weighted by TF-IDF (Arora and others 2017), less what all texts of the story share.
"""

import base64
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.text.tfidf import Matrix

DIMENSIONS = 48


def embedded(words: Sequence[str]) -> Matrix:
    """Return the vectors of ``words``, given in small letters: (words, DIMENSIONS), of unit length.

    A word that is not in the list has a vector of zeros.
    """
    places, table = _table()
    known = [places.get(word, -1) for word in words]
    # the last row is zero
    found: Matrix = table[known]
    return found


def meanings(weighted: Any, words: Sequence[str]) -> Matrix:
    """Return how near in meaning all pairs of texts are, in [-1, 1]: (texts, texts).

    ``weighted`` are TF-IDF vectors (texts, words). A text without a known word is near to nothing.
    """
    if not words:
        return np.zeros((weighted.shape[0], weighted.shape[0]), np.float32)
    texts = np.asarray(weighted @ embedded(words))
    texts -= texts.mean(axis=0)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True) + np.float32(1e-9)
    near: Matrix = texts @ texts.T
    return near


@cache
def _table() -> tuple[dict[str, int], Matrix]:
    text = (resources.files("compare") / "lexicons" / "vectors.txt").read_text(encoding="utf-8")
    entries = text[text.index("\n\n") + 2 :].split()
    places = {word: n for n, word in enumerate(entries[::2])}
    return places, _unit(np.frombuffer(base64.b64decode("".join(entries[1::2])), np.int8))


def _unit(numbers: NDArray[np.int8]) -> Matrix:
    table = numbers.reshape(-1, DIMENSIONS).astype(np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return np.vstack([table, np.zeros((1, DIMENSIONS), np.float32)])
