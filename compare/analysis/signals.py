"""What two passages of one story have in common, as numbers: one row a pair, one column a signal.

Every signal is symmetric in the two passages and needs nothing from outside the story but word lists and
word vectors.
What each is worth on each labelled set stands in docs/alignment.md.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.text import tfidf, vectors
from compare.text.senses import base, senses
from compare.text.spelling import fold
from compare.text.tfidf import Matrix

NAMES = (
    "characters",
    "senses",
    "latent",
    "meaning",
    "content",
    "shared",
    "margin",
    "neighbours",
    "context",
    "depth",
    "apart",
    "length",
    "sizes",
)
LATENT = np.float32(0.8)
# Company vouches only for passages that have something in common themselves.
LATENT_CAP = np.float32(5)
BESIDE_CAP = np.float32(2)
DEEP = 10


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of each passage: ``keys`` of all words, and of these the names, stems of other content
    words (with what stands for them in the list of synonyms) and figures.
    """

    keys: list[list[str]]
    names: list[list[str]]
    content: list[list[str]]
    senses: list[list[str]]
    figures: list[list[str]]

    def joined(self) -> list[list[str]]:
        """Return names, senses and figures of each passage together."""
        return [[*a, *b, *c] for a, b, c in zip(self.names, self.senses, self.figures, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Signals of all pairs of passages from two documents.

    ``owner`` is the document of each passage; ``left`` < ``right`` index the passages of each pair;
    ``table`` is (pairs, signals), its columns named by ``NAMES``; ``likeness`` is (passages, passages),
    the mean of three cosines. ``pieces`` counts the character n-grams of each passage, a CSR matrix.
    """

    owner: NDArray[np.intp]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    table: Matrix
    likeness: Matrix
    terms: Terms
    pieces: Any


def signals(documents: Sequence[Sequence[str]]) -> Signals:
    """Return the signals of every pair of passages that stand in two different documents."""
    owner = np.repeat(np.arange(len(documents)), [len(d) for d in documents])
    found = terms([text for document in documents for text in document])
    above = np.flatnonzero(np.triu(owner[:, None] != owner[None, :]))
    matrix, vocabulary = tfidf.counts(found.keys)
    pieces = tfidf.grams(matrix, vocabulary)
    joined = tfidf.counts(found.joined())[0]
    weighted = tfidf.weighted(matrix)
    kernels = {
        "words": tfidf.cosines(weighted),
        "characters": tfidf.cosines(tfidf.weighted(pieces)),
        "senses": tfidf.cosines(tfidf.weighted(joined)),
    }
    likeness: Matrix = np.mean(list(kernels.values()), axis=0)
    kernels |= {
        "latent": np.minimum(_latent(kernels["words"]), LATENT_CAP * likeness),
        "meaning": vectors.meanings(weighted, vocabulary),
        "neighbours": np.minimum(_along(likeness, owner), BESIDE_CAP * likeness),
        "content": _mass(tfidf.counts(found.content)[0]),
        "shared": _mass(joined),
        "context": _context(kernels["words"], owner),
        "margin": _margin(likeness, owner),
    }
    kernels |= _shapes(found.keys, owner)
    table = np.stack([kernels[name].astype(np.float32, copy=False).take(above) for name in NAMES])
    left, right = np.divmod(above, max(len(owner), 1))
    return Signals(owner, left, right, table.T, likeness, found, pieces)


def terms(texts: Sequence[str]) -> Terms:
    """Return the terms of passages of one story.

    A word is a name if the story writes it with a capital more often than without; names are keyed by
    ``compare.text.spelling.fold``, so that Kiev meets Kyiv.
    """
    plain = tfidf.stop_words()
    tokens = [tfidf.words(text) for text in texts]
    capital = Counter(w.lower() for t in tokens for w in t if w[0].isupper())
    small = Counter(w for t in tokens for w in t if w[0].islower())
    named = {w for w, count in capital.items() if count > small[w] and w not in plain}
    key = {w: fold(w) if w.lower() in named else w.lower() for w in {w: 0 for t in tokens for w in t}}
    found = Terms([], [], [], [], [])
    for token in tokens:
        lower = [w.lower() for w in token]
        kept = [w for w in lower if w not in plain and w not in named and not w[0].isdigit()]
        found.keys.append([key[w] for w in token])
        found.names.append([key[w] for w in token if w.lower() in named])
        found.content.append([base(w) for w in kept])
        found.senses.append([key for w in kept for key in senses(w)])
        found.figures.append([w for w in lower if w[0].isdigit()])
    return found


def presence(lists: Sequence[Sequence[str]]) -> tuple[Any, Matrix]:
    """Return which terms stand in each list, as a CSR matrix of ones, and the idf of the terms."""
    matrix, _ = tfidf.counts(lists)
    matrix.data[:] = 1
    return matrix, tfidf.idf(matrix)


def _mass(counts: Any) -> Matrix:
    """Return ln(1 + the idf of the terms that two passages share)."""
    once = counts.copy()
    once.data[:] = 1
    mass: Matrix = np.log1p((once.multiply(tfidf.idf(once)[None, :]).tocsr() @ once.T).toarray())
    return mass


def _latent(cosines: Matrix) -> Matrix:
    # Latent semantic analysis (Deerwester and others 1990) from the Gram matrix: words that keep the
    # same company inside the story come to agree. Weak axes fade out: a hard cut between equal ones,
    # as with passages that share nothing (eigenvalue 1), would depend on the order of the passages.
    if not len(cosines):
        return cosines
    values, vectors = np.linalg.eigh(cosines)
    places = vectors * np.sqrt(np.maximum(values - LATENT, 0))
    places /= np.linalg.norm(places, axis=1, keepdims=True) + np.float32(1e-9)
    latent: Matrix = places @ places.T
    return latent


def _context(cosines: Matrix, owner: NDArray[np.intp]) -> Matrix:
    """Return how much each passage is like the sentences beside the other one."""
    beside = np.zeros_like(cosines)
    joined = (owner[1:] == owner[:-1])[None, :]
    beside[:, 1:] = cosines[:, :-1] * joined
    beside[:, :-1] += cosines[:, 1:] * joined
    return beside + beside.T


def _along(likeness: Matrix, owner: NDArray[np.intp]) -> Matrix:
    """Return how like each other the passages before, or those after, the two of a pair are."""
    along = np.zeros_like(likeness)
    joined = owner[1:] == owner[:-1]
    both = np.outer(joined, joined)
    along[1:, 1:] = likeness[:-1, :-1] * both
    along[:-1, :-1] = np.maximum(along[:-1, :-1], likeness[1:, 1:] * both)
    return along


def _margin(likeness: Matrix, owner: NDArray[np.intp]) -> Matrix:
    """Return by how much a pair leads the next best, in that document where it leads by more."""
    rival = np.zeros_like(likeness)
    for document in np.unique(owner):
        places = np.flatnonzero(owner == document)
        block = likeness[:, places]
        if block.shape[1] > 1:
            top = np.partition(block, -2, axis=1)[:, -2:]
            rival[:, places] = np.where(block >= top[:, 1:], top[:, :1], top[:, 1:])
    lead = likeness - rival
    margin: Matrix = np.maximum(lead, lead.T)
    return margin


def _shapes(keys: Sequence[Sequence[str]], owner: NDArray[np.intp]) -> dict[str, Matrix]:
    """Return where the passages stand and how long they and their documents are."""
    size = np.bincount(owner)[owner].astype(np.float32) if len(owner) else np.zeros(0, np.float32)
    index = np.arange(len(owner), dtype=np.float32) - np.searchsorted(owner, owner)
    deep, part = np.minimum(index, DEEP), index / size
    length = np.log1p(np.array([len(key) for key in keys], np.float32))
    return {
        "depth": deep[:, None] + deep[None, :],
        "apart": np.abs(part[:, None] - part[None, :]),
        "length": np.minimum(length[:, None], length[None, :]),
        "sizes": np.log(size)[:, None] + np.log(size)[None, :],
    }
