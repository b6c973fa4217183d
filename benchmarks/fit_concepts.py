"""Fit the weights of ``compare/text/concepts.py``, and print leave-one-event-out figures.

    python -m benchmarks.fit_concepts wording.SET.jsonl

Pairs of mentions of one event are the examples. The threshold is the lowest whose B-cubed F1 over the
events left out comes within TOLERANCE of the best: being chosen there, its figure is a little kind.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.wording import mentions
from compare.text.concepts import signals_of

TARGET = Path("compare/lexicons/concepts.json")
THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
TOLERANCE = 0.005


def main(source: Path) -> None:
    from sklearn.linear_model import LogisticRegression

    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    signals = [signals_of(row["documents"], mentions(row)) for row in rows]
    names = list(signals[0])
    cubes = [np.stack([s[name] for name in names], -1) for s in signals]
    gold = [np.array([m["concept"] for m in row["mentions"]]) for row in rows]
    pairs = [_pairs(cube, labels) for cube, labels in zip(cubes, gold, strict=True)]

    def fit(keep: list[int]) -> Any:
        model = LogisticRegression(C=0.3, max_iter=500)
        return model.fit(
            np.concatenate([pairs[k][0] for k in keep]), np.concatenate([pairs[k][1] for k in keep])
        )

    everything = list(range(len(rows)))
    chances = []
    for k in everything:
        model = fit([i for i in everything if i != k])
        n = len(gold[k])
        chances.append(model.predict_proba(cubes[k].reshape(n * n, -1))[:, 1].reshape(n, n))
    figures = {t: _pooled(gold, chances, t) for t in THRESHOLDS}
    for t, (precision, recall, f1) in figures.items():
        figure = f"precision {precision:.3f}  recall {recall:.3f}  B-cubed f1 {f1:.3f}"
        print(f"left out: threshold {t:.2f}  {figure}")
    best = max(f1 for _, _, f1 in figures.values())
    model = fit(everything)
    fitted = {
        "threshold": min(t for t in THRESHOLDS if figures[t][2] >= best - TOLERANCE),
        "intercept": round(float(model.intercept_[0]), 3),
        "weights": {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)},
    }
    TARGET.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def _pairs(cube: Any, labels: Any) -> tuple[Any, Any]:
    upper = np.triu_indices(len(labels), 1)
    return cube[upper], (labels[:, None] == labels[None])[upper]


def _pooled(gold: list[Any], chances: list[Any], threshold: float) -> tuple[float, float, float]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    pairs = []
    for k, chance in enumerate(chances):
        distance = 1 - chance
        np.fill_diagonal(distance, 0)
        labels = fcluster(linkage(squareform(distance, checks=False), "average"), threshold, "distance")
        pairs += [((k, g), (k, int(x))) for g, x in zip(gold[k], labels, strict=True)]
    both, g, p = Counter(pairs), Counter(x for x, _ in pairs), Counter(x for _, x in pairs)
    precision = sum(c * c / p[x] for (_, x), c in both.items()) / len(pairs)
    recall = sum(c * c / g[x] for (x, _), c in both.items()) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
