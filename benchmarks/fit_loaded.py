"""Fit the weights of ``compare/text/loaded.py``, and print figures on sentences left out.

    python -m benchmarks.fit_loaded loaded.SET.jsonl [OUTPUT.json]

Two ways of leaving out: five random fifths (fixed seed), and each fifth of the outlets in turn, which
tells how far the weights carry to outlets never seen. Thresholds are chosen on the random fifths, and so
were the penalties.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from compare.text.loaded import Reading
from compare.text.vectors import DIMENSIONS

TARGET = Path("compare/lexicons/loaded.json")
WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
FOLDS = 5
SENTENCE_THRESHOLDS = (0.45, 0.5, 0.55)
WORD_THRESHOLDS = (0.12, 0.15, 0.18, 0.2, 0.22, 0.25, 0.28)
LEFT, RIGHT = np.triu_indices(DIMENSIONS)
# How freely weights may grow: those of signals, axes of meaning and pairs of axes, all of unit variance.
# There are 1,176 pairs, so that single words could be learnt by heart if these were free.
SENTENCE_FREEDOM = (0.01, 0.1, 0.01)
WORD_FREEDOM = (1.0, 0.01, 0.0005)
STEPS = 120


@dataclass(frozen=True)
class Labelled:
    """Sentences and their words (``*_signals``: one row each), and what every known word means.

    ``sentence_words`` and ``word_words`` tell how much of each word of ``meanings`` a row holds.
    """

    rows: list[Any]
    owners: Any
    tokens: list[str]
    sentence_names: list[str]
    sentence_signals: Any
    sentence_words: Any
    word_names: list[str]
    word_signals: Any
    word_words: Any
    meanings: Any
    biased: Any
    marked: Any


def main(source: Path, target: Path = TARGET) -> None:
    data = _labelled([json.loads(line) for line in source.read_text(encoding="utf-8").split("\n") if line])
    outlets = sorted({row["outlet"] for row in data.rows})
    by_outlet = np.array([outlets.index(row["outlet"]) % FOLDS for row in data.rows])
    at_random = np.random.default_rng(0).permutation(len(data.rows)) % FOLDS
    _evaluate("outlets left out", data, by_outlet)
    one_sided, loaded = _evaluate("fifths left out", data, at_random)
    (sentence, _), (word, _) = _fit(data, np.full(len(data.rows), True))
    fitted = {"sentence": {"threshold": one_sided, **sentence}, "word": {"threshold": loaded, **word}}
    target.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def _labelled(rows: list[Any]) -> Labelled:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction import DictVectorizer

    readings = [Reading(row["text"]) for row in rows]
    places = [[k for k, token in enumerate(r.tokens) if token[0].isalnum()] for r in readings]
    owners = np.repeat(np.arange(len(rows)), [len(p) for p in places])
    tokens = [r.tokens[k] for r, p in zip(readings, places, strict=True) for k in p]
    found = np.vstack([r.meanings[p] for r, p in zip(readings, places, strict=True)])
    vectors, kinds = np.unique(found, axis=0, return_inverse=True)
    known = found.any(axis=1)
    each = csr_matrix((known * 1.0, (np.arange(len(found)), kinds.ravel())), (len(found), len(vectors)))
    share = 1 / np.maximum(1, np.bincount(owners, known, len(rows)))
    whole = csr_matrix((known * share[owners], (owners, kinds.ravel())), (len(rows), len(vectors)))
    of_sentences, of_words = DictVectorizer(), DictVectorizer()
    word_signals = [
        dict.fromkeys(r.word_signals(k), 1.0) for r, p in zip(readings, places, strict=True) for k in p
    ]
    gold = [_gold(row) for row in rows]
    return Labelled(
        rows=rows,
        owners=owners,
        tokens=tokens,
        sentence_signals=of_sentences.fit_transform([r.sentence_signals() for r in readings]),
        sentence_names=of_sentences.feature_names_,
        sentence_words=whole,
        word_signals=of_words.fit_transform(word_signals),
        word_names=[*of_words.feature_names_, "sentence"],
        word_words=each,
        meanings=np.hstack([vectors, vectors[:, LEFT] * vectors[:, RIGHT]]).astype(np.float64),
        biased=np.array([row["biased"] for row in rows]),
        marked=np.array([not gold[n].isdisjoint(_words(t)) for n, t in zip(owners, tokens, strict=True)]),
    )


def _evaluate(name: str, data: Labelled, folds: Any) -> tuple[float, float]:
    from sklearn.metrics import f1_score

    one_sided, loaded = np.zeros(len(data.rows)), np.zeros(len(data.tokens))
    for fold in range(FOLDS):
        (_, sentences), (_, words) = _fit(data, folds != fold)
        left_out = folds == fold
        one_sided[left_out] = _chance(sentences[left_out])
        loaded[left_out[data.owners]] = _chance(words[left_out[data.owners]])
    by_sentence = {
        t: float(f1_score(data.biased, one_sided >= t, average="macro")) for t in SENTENCE_THRESHOLDS
    }
    by_word = {t: _word_f1(data, loaded >= t) for t in WORD_THRESHOLDS}
    for title, figures in (("sentence macro f1", by_sentence), ("word f1", by_word)):
        print(f"{name}: {title}", "  ".join(f"{t:.2f}: {f1:.3f}" for t, f1 in figures.items()))
    return max(by_sentence, key=by_sentence.__getitem__), max(by_word, key=by_word.__getitem__)


def _fit(data: Labelled, keep: Any) -> tuple[tuple[dict[str, Any], Any], tuple[dict[str, Any], Any]]:
    """Both models as they are shipped, fitted on the sentences to keep, each with the logits of all rows."""
    from scipy.sparse import csr_matrix, hstack

    sentence, logits = _fitted(
        data.sentence_names,
        (data.sentence_signals, data.sentence_words, data.meanings),
        (data.biased, keep),
        SENTENCE_FREEDOM,
    )
    signals = hstack([data.word_signals, csr_matrix(logits[data.owners][:, None])]).tocsr()
    word = _fitted(
        data.word_names,
        (signals, data.word_words, data.meanings),
        (data.marked, keep[data.owners]),
        WORD_FREEDOM,
    )
    return (sentence, logits), word


def _fitted(
    names: list[str],
    known: tuple[Any, Any, Any],
    wanted: tuple[Any, Any],
    freedom: tuple[float, float, float],
) -> tuple[dict[str, Any], Any]:
    """A logistic model with squared penalties. The words' meanings are never laid out row by row, which
    would take a gigabyte: a row's meaning is the sum of its words'.
    """
    from scipy.optimize import minimize

    signals, words, meanings = known
    labels, keep = wanted
    rows, mixed, said = signals[keep], words[keep], labels[keep].astype(float)
    often = np.asarray(mixed.sum(axis=0)).ravel() / mixed.sum()
    scales = np.concatenate([
        _deviation(rows.mean(0).A1, rows.multiply(rows).mean(0).A1),
        _deviation(often @ meanings, often @ meanings**2),
    ])  # fmt: skip
    end, sizes = 1 + len(names), (len(names), DIMENSIONS, len(LEFT))
    penalties = np.concatenate([[0.0], np.repeat(1 / np.array(freedom), sizes)])
    penalties[1:] *= scales**2

    def logits(weights: Any, some: Any, mix: Any) -> Any:
        return weights[0] + some @ weights[1:end] + mix @ (meanings @ weights[end:])

    def loss(scaled: Any) -> tuple[float, Any]:
        weights = scaled / steps
        found = logits(weights, rows, mixed)
        wrong = _chance(found) - said
        slope = np.concatenate([[wrong.sum()], rows.T @ wrong, meanings.T @ (mixed.T @ wrong)])
        lost = np.logaddexp(0, found).sum() - said @ found + penalties * weights @ weights / 2
        return float(lost), (slope + penalties * weights) / steps

    steps = np.concatenate([[1.0], scales])
    begin = np.zeros(len(steps))
    begin[0] = np.log(said.mean() / (1 - said.mean()))
    best = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x / steps
    return _shipped(names, best), logits(best, signals, words)


def _shipped(names: list[str], weights: Any) -> dict[str, Any]:
    end = 1 + len(names)
    pairs = np.zeros((DIMENSIONS, DIMENSIONS))
    pairs[LEFT, RIGHT] = weights[end + DIMENSIONS :]
    return {
        "intercept": round(float(weights[0]), 3),
        "weights": {n: round(float(w), 3) for n, w in zip(names, weights[1:end], strict=True)},
        "axes": _line(weights[end : end + DIMENSIONS]),
        "pairs": [_line(row) for row in (pairs + pairs.T) / 2],
    }


def _line(numbers: Any) -> str:
    return " ".join(f"{number:.2f}" for number in numbers)


def _deviation(mean: Any, square: Any) -> Any:
    return np.sqrt(np.maximum(square - mean**2, 1e-9))


def _gold(row: dict[str, Any]) -> set[str]:
    return set(_words(" ".join(row["words"])))


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _word_f1(data: Labelled, marked: Any) -> float:
    ours: list[set[str]] = [set() for _ in data.rows]
    for place in np.flatnonzero(marked):
        ours[data.owners[place]].update(_words(data.tokens[place]))
    gold = [_gold(row) for row in data.rows]
    right = sum(len(wanted & found) for wanted, found in zip(gold, ours, strict=True))
    return 2 * right / (sum(map(len, ours)) + sum(map(len, gold)))


def _chance(logits: Any) -> Any:
    return 1 / (1 + np.exp(-logits))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
