"""The probability that two passages of one story report the same fact or utterance.

A generalised additive model (Hastie and Tibshirani 1986) over the signals of
``compare.analysis.signals``: log odds that bend along each signal, and a few products of two.
Where the documents fall into look-alike events, a second term moves the odds by how the two documents
are related; what is asserted of them it may lower, never raise. The figures in ``coefficients.json``
were fitted by ``benchmarks/fit_alignment.py``; docs/alignment.md has the protocol.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.analysis.kinship import Kinship, kinship
from compare.analysis.signals import NAMES, Signals, Terms, signals
from compare.text.tfidf import Matrix

MASSES = ("content", "shared")


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Probabilities of all pairs of passages from two documents.

    Passages are numbered through all documents in order; ``owner`` is the document of each. ``links``
    is (passages, passages), symmetric, zero inside a document. ``asserted`` is the same, but nowhere above
    what the passages' own signals say: rows and omissions are read off it. ``likeness``, ``terms`` and
    ``pieces`` are those of the signals.
    """

    owner: NDArray[np.intp]
    links: Matrix
    asserted: Matrix
    likeness: Matrix
    terms: Terms
    pieces: Any


@cache
def coefficients() -> Mapping[str, Any]:
    """Return the fitted figures that ship with the package."""
    text = (resources.files("compare.analysis") / "coefficients.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def threshold() -> float:
    """Return the probability from which a pair counts as the same fact."""
    return float(coefficients()["threshold"])


def score(documents: Sequence[Sequence[str]]) -> Scores:
    """Return the probability that each two passages of two documents report the same.

    ``documents`` are the passages' texts, document by document. The order of documents changes
    nothing but the numbering.
    """
    found = signals(documents)
    kin = kinship(found, len(documents))
    odds = pair_odds(found)
    links = asserted = _square(found, odds)
    if (chance := split(kin)) >= split_threshold():
        moved = split_odds(found, kin, odds)
        links = _square(found, moved)
        # Fitted on judged pairs, of which three in four report the same if their event is one, the term
        # would see links everywhere among the many pairs that nobody would judge.
        asserted = _square(found, odds + chance * np.minimum(moved - odds, 0))
    return Scores(found.owner, links, asserted, found.likeness, found.terms, found.pieces)


def _square(found: Signals, odds: Matrix) -> Matrix:
    links = np.zeros_like(found.likeness)
    links[found.left, found.right] = 1 / (1 + np.exp(-odds))
    both: Matrix = links + links.T
    return both


def pair_odds(found: Signals) -> Matrix:
    """Return the log odds of each pair from its signals alone."""
    return additive(coefficients()["pair"], found.table)


def additive(model: Mapping[str, Any], table: Matrix) -> Matrix:
    """Return the log odds of each row of ``table`` (pairs, signals).

    ``weights`` are the slopes; each of ``bends`` adds ``by`` to the slope of its signal beyond ``at``;
    ``products`` weigh the product of two signals.
    """
    column = dict(zip(NAMES, table.T, strict=True))
    odds: Matrix = table @ np.array([model["weights"].get(name, 0.0) for name in NAMES], np.float32)
    for name, bend in model["bends"].items():
        for at, by in zip(bend["at"], bend["by"], strict=True):
            odds += np.float32(by) * np.maximum(column[name] - np.float32(at), 0)
    for one, other, weight in model["products"]:
        odds += np.float32(weight) * column[one] * column[other]
    return odds + np.float32(model["intercept"])


def split(kin: Kinship) -> float:
    """Return how surely the group holds look-alike events, in [0, 1]; 0 if too small to tell."""
    if kin.traits is None:
        return 0.0
    model = coefficients()["split"]
    odds = model["intercept"] + sum(w * t for w, t in zip(model["weights"], kin.traits, strict=True))
    return float(1 / (1 + np.exp(-odds)))


def split_threshold() -> float:
    """Return from where a group is taken to hold look-alike events."""
    return float(coefficients()["split"]["threshold"])


def split_table(found: Signals, kin: Kinship, odds: Matrix) -> Matrix:
    """Return what the odds in a group of look-alike events hang on: (pairs, 5).

    Where much is alike, how much is shared tells more than which part it is: the masses of idf count again.
    """
    pattern = kin.pattern[found.owner[found.left], found.owner[found.right]]
    masses = [found.table[:, NAMES.index(name)] for name in MASSES]
    return np.column_stack([odds, pattern, np.maximum(pattern, 0) * odds, *masses]).astype(np.float32)


def split_odds(found: Signals, kin: Kinship, odds: Matrix) -> Matrix:
    """Return the log odds of each pair in a group that surely holds look-alike events."""
    model = coefficients()["look-alike"]
    moved: Matrix = split_table(found, kin, odds) @ np.array(model["weights"], np.float32)
    return moved + np.float32(model["intercept"])
