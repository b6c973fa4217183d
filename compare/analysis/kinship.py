"""Which documents of a group are about the same one of two look-alike events.

Same people, same words, another day: passages then agree in words across events too. What parts the
events is how the documents' likenesses hang together: two documents of one event resemble the same
third documents. All is relative to the group, so a group of one event is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from compare.text import tfidf
from compare.text.tfidf import Matrix

FEWEST = 12


@dataclass(frozen=True, slots=True, eq=False)
class Kinship:
    """How documents group: ``pattern`` and ``axis`` are (documents, documents), in [-1, 1].

    ``traits`` are three figures of the whole group from which the strength of the split is judged:
    mean absolute pattern, likeness across the split over likeness inside, log of documents. They are
    None in a group too small to tell, which counts as one event.
    """

    pattern: Matrix
    axis: Matrix
    traits: tuple[float, float, float] | None


def kinship(documents: Sequence[Sequence[str]]) -> Kinship:
    """Return how the documents hang together; neutral (zeros) with fewer than ``FEWEST``.

    ``pattern`` is the correlation, taken twice, of the documents' profiles of likeness; ``axis`` the
    product of two documents' places on the first principal axis of the centred likenesses
    (Gower 1966).
    """
    size = len(documents)
    if size < FEWEST:
        return Kinship(np.zeros((size, size), np.float32), np.zeros((size, size), np.float32), None)
    words = [[w.lower() for text in d for w in tfidf.words(text) if len(w) > 1] for d in documents]
    likeness = tfidf.cosines(tfidf.weighted(tfidf.counts(words)[0]))
    pattern = _profiles(_profiles(likeness))
    place = _axis(likeness)
    return Kinship(pattern, np.outer(place, place), _traits(likeness, pattern, place))


def _profiles(likeness: Matrix) -> Matrix:
    apart = ~np.eye(len(likeness), dtype=bool)
    mean = (likeness * apart).sum(axis=1, keepdims=True) / (len(likeness) - 1)
    profile = (likeness - mean) * apart
    profile /= np.linalg.norm(profile, axis=1, keepdims=True) + np.float32(1e-9)
    correlation: Matrix = profile @ profile.T
    return correlation


def _axis(likeness: Matrix) -> Matrix:
    apart = ~np.eye(len(likeness), dtype=bool)
    size = len(likeness)
    rows = (likeness * apart).sum(axis=1) / (size - 1)
    centred = (likeness - rows[:, None] - rows[None, :] + rows.mean()) * apart
    place: Matrix = np.linalg.eigh(centred)[1][:, -1]
    place /= np.abs(place).max()
    return place


def _traits(likeness: Matrix, pattern: Matrix, place: Matrix) -> tuple[float, float, float]:
    above = np.triu_indices(len(likeness), 1)
    together = (np.outer(place, place) > 0)[above]
    alike = likeness[above]
    across = float(alike[~together].mean()) if (~together).any() else 1.0
    inside = float(alike[together].mean()) if together.any() else 1.0
    return float(np.abs(pattern[above]).mean()), across / max(inside, 1e-6), float(np.log(len(likeness)))
