"""Which documents of a group are about the same one of two look-alike events.

Same people, same words, another day: passages then agree in words across events too. What parts the
events is how the documents' likenesses hang together: two documents of one event resemble the same
third documents. How alike two documents are is how alike their passages' best matches are: a word
that all the group's documents use tells nothing, one passage that says the same tells much.
"""

from dataclasses import dataclass

import numpy as np

from compare.analysis.signals import NAMES, Signals
from compare.text.tfidf import Matrix

FEWEST = 12
LEAST = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Kinship:
    """How documents group: ``pattern`` is (documents, documents), in [-1, 1].

    ``traits`` are two figures of the whole group from which it is judged whether it is split: mean
    absolute pattern, and the log of the share of likeness that is lost across the split. They are None
    in a group too small to tell, which counts as one event.
    """

    pattern: Matrix
    traits: tuple[float, float] | None


def kinship(found: Signals, count: int) -> Kinship:
    """Return how ``count`` documents hang together; neutral (zeros) with fewer than ``FEWEST``.

    ``pattern`` is the correlation, taken twice, of the documents' profiles of likeness. The sides of a
    split are the signs on the first principal axis of the centred likenesses (Gower 1966).
    """
    if count < FEWEST:
        return Kinship(np.zeros((count, count), np.float32), None)
    likeness = _likeness(found, count)
    pattern = _profiles(_profiles(likeness))
    return Kinship(pattern, _traits(likeness, pattern, _axis(likeness)))


def _likeness(found: Signals, count: int) -> Matrix:
    """Return the mean over two documents' passages of each one's best latent likeness in the other."""
    latent = np.zeros_like(found.likeness)
    latent[found.left, found.right] = found.table[:, NAMES.index("latent")]
    latent += latent.T
    best = np.zeros((len(latent), count), np.float32)
    for document in np.unique(found.owner):
        best[:, document] = latent[:, found.owner == document].max(axis=1)
    total = np.zeros((count, count), np.float32)
    np.add.at(total, found.owner, best)
    mean = total / np.maximum(np.bincount(found.owner, minlength=count), 1)[:, None].astype(np.float32)
    both: Matrix = (mean + mean.T) / 2
    return both


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
    return place


def _traits(likeness: Matrix, pattern: Matrix, place: Matrix) -> tuple[float, float]:
    above = np.triu_indices(len(likeness), 1)
    together = (np.outer(place, place) > 0)[above]
    alike = likeness[above]
    across = float(alike[~together].mean()) if (~together).any() else 1.0
    inside = float(alike[together].mean()) if together.any() else 1.0
    # Correlations know no scale: hardly any loss is no split, whatever its pattern.
    lost = max(1 - across / max(inside, 1e-6), LEAST)
    return float(np.abs(pattern[above]).mean()), float(np.log(lost))
