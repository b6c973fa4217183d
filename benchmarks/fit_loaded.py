"""Fit the weights of ``compare/text/loaded.py``, and print figures on sentences left out.

    python -m benchmarks.fit_loaded loaded.SET.jsonl

Two ways of leaving out: five random fifths (fixed seed), and each fifth of the outlets in turn, which
tells how far the weights carry to outlets never seen. Thresholds are chosen on the random fifths.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from compare.text.loaded import Reading

TARGET = Path("compare/lexicons/loaded.json")
WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
FOLDS = 5
SENTENCE_THRESHOLDS = (0.45, 0.5, 0.55)
WORD_THRESHOLDS = (0.12, 0.15, 0.18, 0.2, 0.22, 0.25)


def main(source: Path) -> None:
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").split("\n") if line]
    readings = [Reading(row["text"]) for row in rows]
    outlets = sorted({row["outlet"] for row in rows})
    by_outlet = np.array([outlets.index(row["outlet"]) % FOLDS for row in rows])
    at_random = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    _evaluate("outlets left out", rows, readings, by_outlet)
    one_sided, loaded = _evaluate("fifths left out", rows, readings, at_random)
    sentence, word, _, _ = _fit(rows, readings, np.full(len(rows), True))
    fitted = {"sentence": {"threshold": one_sided, **sentence}, "word": {"threshold": loaded, **word}}
    TARGET.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def _evaluate(name: str, rows: list[Any], readings: list[Any], folds: Any) -> tuple[float, float]:
    from sklearn.metrics import f1_score

    chances = np.zeros(len(rows))
    word_chances: list[list[tuple[str, float]]] = [[] for _ in rows]
    for fold in range(FOLDS):
        _, _, sentence, word = _fit(rows, readings, folds != fold)
        for k in np.flatnonzero(folds == fold):
            chances[k] = sentence(readings[k])
            word_chances[k] = word(readings[k], chances[k])
    labels = [row["biased"] for row in rows]
    by_sentence = {t: float(f1_score(labels, chances >= t, average="macro")) for t in SENTENCE_THRESHOLDS}
    by_word = {t: _word_f1(rows, word_chances, t) for t in WORD_THRESHOLDS}
    for title, figures in (("sentence macro f1", by_sentence), ("word f1", by_word)):
        print(f"{name}: {title}", "  ".join(f"{t:.2f}: {f1:.3f}" for t, f1 in figures.items()))
    return max(by_sentence, key=by_sentence.__getitem__), max(by_word, key=by_word.__getitem__)


def _fit(rows: list[Any], readings: list[Any], keep: Any) -> tuple[dict[str, Any], dict[str, Any], Any, Any]:
    """Both models as they are shipped, and both as functions of a reading."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    def fit(signals: list[dict[str, float]], labels: list[int], strength: float) -> dict[str, Any]:
        vectors = DictVectorizer()
        matrix = vectors.fit_transform(signals)
        scale = np.sqrt(np.maximum(matrix.multiply(matrix).mean(0).A1 - matrix.mean(0).A1 ** 2, 1e-9))
        model = LogisticRegression(C=strength, max_iter=1000).fit(matrix.multiply(1 / scale).tocsr(), labels)
        weights = model.coef_[0] / scale
        return {
            "intercept": round(float(model.intercept_[0]), 3),
            "weights": {n: round(float(w), 3) for n, w in zip(vectors.feature_names_, weights, strict=True)},
        }

    kept = np.flatnonzero(keep)
    sentence = fit([readings[k].sentence_signals() for k in kept], [rows[k]["biased"] for k in kept], 0.1)

    def logit(reading: Any) -> float:
        signals = reading.sentence_signals()
        return float(sentence["intercept"] + sum(sentence["weights"][n] * v for n, v in signals.items()))

    signals, labels = [], []
    for k in kept:
        gold, whole = _gold(rows[k]), logit(readings[k])
        for place in _places(readings[k]):
            signals.append({**dict.fromkeys(readings[k].word_signals(place), 1.0), "sentence": whole})
            labels.append(int(any(w.lower() in gold for w in WORD.findall(readings[k].tokens[place]))))
    word = fit(signals, labels, 1.0)

    def word_chances(reading: Any, chance: float) -> list[tuple[str, float]]:
        base = word["intercept"] + word["weights"]["sentence"] * np.log(chance / (1 - chance))
        weights = word["weights"]
        return [
            (reading.tokens[p], _chance(base + sum(weights.get(s, 0) for s in reading.word_signals(p))))
            for p in _places(reading)
        ]

    return sentence, word, lambda reading: _chance(logit(reading)), word_chances


def _places(reading: Any) -> list[int]:
    return [k for k, token in enumerate(reading.tokens) if token[0].isalnum()]


def _gold(row: dict[str, Any]) -> set[str]:
    return {word.lower() for marked in row["words"] for word in WORD.findall(marked)}


def _word_f1(rows: list[Any], chances: list[Any], threshold: float) -> float:
    right = said = wanted = 0
    for row, words in zip(rows, chances, strict=True):
        gold = _gold(row)
        ours = {w.lower() for token, chance in words if chance >= threshold for w in WORD.findall(token)}
        right, said, wanted = right + len(gold & ours), said + len(ours), wanted + len(gold)
    return 2 * right / (said + wanted)


def _chance(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
