"""The probability that two articles are of one event, from their signals and their dates."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from compare.analysis.stories.signals import NAMES

SAME_EVENT_DAYS = 2
DAY_WEIGHT = 0.5
FAR_DAYS = 14

Array = Any


@dataclass(frozen=True, slots=True)
class Scorer:
    """A logistic model over ``NAMES``: ``weights`` of that order, ``bias``, and the least mean
    probability at which two clusters are merged.
    """

    weights: Array
    bias: float
    least: float


@cache
def scorer() -> Scorer:
    """The fitted model, as ``benchmarks/fit_stories.py`` wrote it."""
    stored = json.loads((files("compare") / "lexicons" / "stories.json").read_text(encoding="utf-8"))
    weights = np.array([stored["weights"][name] for name in NAMES], dtype=np.float64)
    return Scorer(weights, float(stored["bias"]), float(stored["least"]))


def probability(signals: Array, days_apart: Array, model: Scorer) -> Array:
    """Shape (pairs,). ``days_apart`` is NaN where a date is unknown, and then says nothing.

    The labelled articles have no dates, so the dates' part is a rule and not fitted: the first
    ``SAME_EVENT_DAYS`` days apart cost nothing, each further one ``DAY_WEIGHT`` of log-odds, and
    articles more than ``FAR_DAYS`` apart are never of one event.
    """
    late = np.nan_to_num(np.maximum(days_apart - SAME_EVENT_DAYS, 0.0))
    odds = signals @ model.weights + model.bias - DAY_WEIGHT * late
    value = 1 / (1 + np.exp(-odds))
    return np.where(np.nan_to_num(days_apart) > FAR_DAYS, 0.0, value)
