"""Fit the terms for look-alike events of compare/analysis/coefficients.json, on topics of two such events.

``benchmarks.fit_alignment`` calls this; docs/alignment.md has the protocol.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.alignment_groups import Array, Group
from compare.analysis import kinship, scorer, signals

# Left out in turn, one of 25 groups of two events stays below, and 9 of 18 halves of one event.
SPLIT = 0.3


def split_traits(groups: Sequence[Group]) -> list[tuple[str, tuple[float, float], int, float]]:
    """Event, traits, whether mixed, weight: groups of two look-alike events, and their halves of one event.

    Every second document of each event, twice over, makes mixed groups of the halves' own size: a group
    is not to be called mixed because it is large.
    """
    found = []
    for g in groups:
        documents = g.row["documents"]
        events: dict[str, list[str]] = {}
        for name in sorted(documents):
            events.setdefault(str(documents[name]["story"]), []).append(name)
        mixed = [[name for names in events.values() for name in names[n::2]] for n in (0, 1)]
        for names, label, weight in (
            (sorted(documents), 1, 1.0),
            *((sorted(names), 1, 0.5) for names in mixed),
            *((names, 0, 1.0) for names in events.values()),
        ):
            texts = [documents[name]["sentences"] for name in names]
            traits = kinship.kinship(signals.signals(texts), len(texts)).traits
            if traits:
                found.append((g.event, traits, label, weight))
    return found


def fit_split(examples: Sequence[tuple[str, tuple[float, float], int, float]]) -> dict[str, Any]:
    _, traits, labels, weights = zip(*examples, strict=True)
    model = LogisticRegression(C=10.0, max_iter=5000).fit(np.array(traits), labels, sample_weight=weights)
    slopes = model.coef_[0].tolist()
    return {"weights": slopes, "intercept": float(model.intercept_[0]), "threshold": SPLIT}


def is_split(model: dict[str, Any], g: Group) -> bool:
    traits = kinship.kinship(g.found, len(g.documents)).traits
    if traits is None:
        return False
    odds = model["intercept"] + float(np.dot(model["weights"], traits))
    return bool(1 / (1 + np.exp(-odds)) >= model["threshold"])


def split_rows(groups: Sequence[Group], pair: dict[str, Any]) -> tuple[Array, Array]:
    rows = []
    for g in groups:
        odds = scorer.additive(pair, g.found.table)
        rows.append(scorer.split_table(g.found, kinship.kinship(g.found, len(g.documents)), odds)[g.pairs])
    return np.vstack(rows), np.concatenate([g.gold for g in groups])


def fit_look_alike(groups: Sequence[Group], pair: dict[str, Any]) -> dict[str, Any]:
    rows, gold = split_rows(groups, pair)
    model = LogisticRegression(C=10.0, max_iter=5000).fit(rows, gold)
    return {"weights": model.coef_[0].tolist(), "intercept": float(model.intercept_[0])}
