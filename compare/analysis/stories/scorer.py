"""The probability that two articles are of one event, from their signals and their dates."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from compare.analysis.stories import agreement, signals

SAME_EVENT_DAYS = 2
DAY_WEIGHT = 0.5
FAR_DAYS = 14

Array = Any


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: ``weights`` in the order of the signals, and a ``bias``."""

    weights: Array
    bias: float


@dataclass(frozen=True, slots=True)
class Scorer:
    """``pairs`` reads the signals of a pair, ``agreement`` then those of its neighbours; ``least`` is
    the mean probability at which two clusters are still merged.
    """

    pairs: Logistic
    agreement: Logistic
    least: float


@cache
def scorer() -> Scorer:
    """The fitted model, as ``benchmarks/fit_stories.py`` wrote it."""
    stored = json.loads((files("compare") / "lexicons" / "stories.json").read_text(encoding="utf-8"))
    return Scorer(
        _logistic(stored["pairs"], signals.NAMES),
        _logistic(stored["agreement"], agreement.NAMES),
        float(stored["least"]),
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
    return np.where(chance > 0, estimate(seen, model.agreement), 0.0)


def dated(found: Array, days_apart: Array, model: Logistic) -> Array:
    """The first estimate: signals and dates, without the neighbours. Shape (pairs,)."""
    late = np.nan_to_num(np.maximum(days_apart - SAME_EVENT_DAYS, 0.0))
    chance = estimate(found, model, -DAY_WEIGHT * late)
    return np.where(np.nan_to_num(days_apart) > FAR_DAYS, 0.0, chance)


def estimate(found: Array, model: Logistic, more: Array | float = 0.0) -> Array:
    """The model's probability for each row of ``found``; ``more`` is added to the log-odds."""
    odds = found @ model.weights + model.bias + more
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


def _logistic(stored: dict[str, Any], names: Sequence[str]) -> Logistic:
    weights = [stored["weights"][name] for name in names]
    return Logistic(np.array(weights, dtype=np.float64), float(stored["bias"]))
