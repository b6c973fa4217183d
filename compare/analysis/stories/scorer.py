"""The probability that two articles are of one event, from their signals and their dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from compare.analysis.stories import agreement, signals
from compare.text.lexicons import fitted

SAME_EVENT_DAYS = 2
DAY_WEIGHT = 0.5
FAR_DAYS = 14
FEW = 10
MANY = 100

Array = Any


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: ``weights`` in the order of the signals, and a ``bias``."""

    weights: Array
    bias: float


@dataclass(frozen=True, slots=True)
class Scorer:
    """``pairs`` reads the signals of a pair, ``agreement`` then those of its neighbours; ``few`` and
    ``many`` are the mean probabilities at which two clusters are still merged, in collections of at
    most ``FEW`` and of at least ``MANY`` articles.
    """

    pairs: Logistic
    agreement: Logistic
    few: float
    many: float


@cache
def scorer() -> Scorer:
    """The fitted model, as ``benchmarks/fit_stories.py`` wrote it."""
    stored = fitted("stories")
    return Scorer(
        _logistic(stored["pairs"], signals.NAMES),
        _logistic(stored["agreement"], agreement.NAMES),
        float(stored["few"]),
        float(stored["many"]),
    )


def probability(found: Array, first: Array, second: Array, days_apart: Array, rows: int) -> Array:
    """Shape (pairs,), from the ``signals`` of the pairs, ``found``.

    ``days_apart`` is NaN where a date is unknown, and then says nothing. The labelled articles have
    no dates, so the dates' part is a rule and not fitted: the first ``SAME_EVENT_DAYS`` days apart
    cost nothing, each further one ``DAY_WEIGHT`` of log-odds, and articles more than ``FAR_DAYS``
    apart are never of one event.
    """
    model = scorer()
    chance = dated(found, days_apart, model.pairs)
    seen = agreement.agreement(chance, first, second, rows)
    return np.where(chance > 0, mixed(chance, estimate(seen, model.agreement), rows), 0.0)


def least(rows: int) -> float:
    """The mean probability at which two clusters of a collection of ``rows`` articles are merged."""
    return float(mixed(scorer().few, scorer().many, rows))


def mixed(few: Array | float, many: Array | float, rows: int) -> Array:
    """``few`` in a collection of at most ``FEW`` articles, ``many`` in one of at least ``MANY``; in
    between both, by the logarithm of ``rows``.

    Among a handful of articles neighbours are no witnesses of their own, they only repeat the pair.
    """
    share = np.clip(np.log(max(rows, 1) / FEW) / np.log(MANY / FEW), 0.0, 1.0)
    return (1 - share) * few + share * many


def dated(found: Array, days_apart: Array, model: Logistic) -> Array:
    """The first estimate: signals and dates, without the neighbours. Shape (pairs,)."""
    late = np.nan_to_num(np.maximum(days_apart - SAME_EVENT_DAYS, 0.0))
    chance = estimate(found, model, -DAY_WEIGHT * late)
    return np.where(np.nan_to_num(days_apart) > FAR_DAYS, 0.0, chance)


def estimate(found: Array, model: Logistic, more: Array | float = 0.0) -> Array:
    """The model's probability for each row of ``found``; ``more`` is added to the log-odds."""
    odds = np.full(len(found), model.bias) + more
    # Column by column: a product of matrices would sum in an order of its own on each machine.
    for weight, column in zip(model.weights.tolist(), found.T, strict=True):
        odds += weight * column.astype(np.float64)
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


def _logistic(stored: dict[str, Any], names: Sequence[str]) -> Logistic:
    weights = [stored["weights"][name] for name in names]
    return Logistic(np.array(weights, dtype=np.float64), float(stored["bias"]))
