"""Fit compare/analysis/coefficients.json: links of passages, look-alike events, coverage.

    python -m benchmarks.fit_alignment DATA PAIRS.jsonl [OUTPUT.json]

DATA holds alignment.ecb.train.jsonl and alignment.superpal.dev.jsonl; PAIRS are whole article pairs in
the form of alignment rows with `a`, `b`, `cover_a`, `cover_b`. Prints what each model gets on groups it
was not fitted on (whole events and groups are left out in turn), then fits on all and writes OUTPUT.
alignment.ecb.dev is never read. docs/alignment.md has the protocol and the figures.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from benchmarks.alignment_groups import Array, Group, group, of_one_story, read, table
from benchmarks.fit_kinship import fit_look_alike, fit_split, is_split, split_rows, split_traits
from compare.analysis import coverage, scorer, signals

STRENGTH, PAIR_STRENGTH = 0.3, 0.3
KNOTS = (0.1, 0.5, 0.9)
BENT = tuple(name for name in signals.NAMES if name != "sizes")
PRODUCTS = (
    ("characters", "senses"),
    ("characters", "content"),
    ("characters", "margin"),
    ("characters", "neighbours"),
    ("characters", "depth"),
    ("characters", "length"),
    ("latent", "length"),
)
WEIGHTS = (80.0, 40.0, 12.0)
PRECISION = 0.975
FOLDS = 5


def spread(rows: Array, mean: Array, scale: Array, knots: Array) -> Array:
    """Return the columns of the additive model: signals, what is beyond each knot, products."""
    level = (rows - mean) / scale
    place = signals.NAMES.index
    beyond = [
        np.maximum(rows[:, place(n)] - k, 0) / scale[place(n)]
        for n, at in zip(BENT, knots.T, strict=True)
        for k in at
    ]
    products = [level[:, place(a)] * level[:, place(b)] for a, b in PRODUCTS]
    return np.column_stack([level, *beyond, *products])


def fit_pair(pairs: Sequence[Group], palms: Sequence[Group], halves: Sequence[Group]) -> dict[str, Any]:
    """Shape shared by all sets, then odds calibrated on whole pairs and SuperPAL together.

    ECB+ has an intercept of its own, and less weight: there nearly every judged pair of one event is
    labelled the same. Curves bend where the linked pairs lie.
    """
    tables = [table(groups) for groups in (pairs, palms, halves)]
    rows = np.vstack([t for t, _ in tables])
    apart = np.concatenate([np.full(len(t), set_ == 2) for set_, (t, _) in enumerate(tables)])
    gold = np.concatenate([y for _, y in tables])
    weight = np.concatenate([np.full(len(y), w / y.sum()) for w, (_, y) in zip(WEIGHTS, tables, strict=True)])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    bent = [signals.NAMES.index(name) for name in BENT]
    knots = np.quantile(rows[gold > 0][:, bent], KNOTS, axis=0)
    wide = np.column_stack([spread(rows, mean, scale, knots), 10.0 * apart])
    model = LogisticRegression(C=PAIR_STRENGTH, max_iter=5000).fit(wide, gold, sample_weight=weight)
    shape = plain(model.coef_[0][:-1], float(model.intercept_[0]), mean, scale, knots)
    return calibrated(shape, [*pairs, *palms])


def plain(slopes: Array, intercept: float, mean: Array, scale: Array, knots: Array) -> dict[str, Any]:
    """Return the model in the units of the signals, as ``scorer.additive`` reads it."""
    count, place = len(signals.NAMES), signals.NAMES.index
    weights = slopes[:count] / scale
    intercept -= float(weights @ mean)
    by = slopes[count : count + knots.size].reshape(len(BENT), len(KNOTS))
    bends = {
        name: {"at": at.tolist(), "by": (b / scale[place(name)]).tolist()}
        for name, at, b in zip(BENT, knots.T, by, strict=True)
    }
    products = []
    for (one, other), slope in zip(PRODUCTS, slopes[count + knots.size :], strict=True):
        a, b = place(one), place(other)
        each = float(slope / scale[a] / scale[b])
        weights[a] -= each * mean[b]
        weights[b] -= each * mean[a]
        intercept += each * float(mean[a] * mean[b])
        products.append([one, other, each])
    named = dict(zip(signals.NAMES, weights.tolist(), strict=True))
    return {"weights": named, "bends": bends, "products": products, "intercept": intercept}


def calibrated(model: dict[str, Any], groups: Sequence[Group]) -> dict[str, Any]:
    """Stretch and shift the odds to the observed frequencies (Platt 1999).

    The longer two documents, the fewer of their pairs are links: their sizes shift the odds too.
    """
    rows, gold = table(groups)
    columns = np.column_stack([scorer.additive(model, rows), rows[:, signals.NAMES.index("sizes")]])
    scale = columns.std(axis=0) + 1e-6
    line = LogisticRegression(C=1e3, max_iter=5000).fit(columns / scale, gold)
    stretch, shift = (line.coef_[0] / scale).tolist()
    weights = {name: weight * stretch for name, weight in model["weights"].items()}
    weights["sizes"] += shift
    return {
        "weights": weights,
        "bends": {
            name: {"at": bend["at"], "by": [by * stretch for by in bend["by"]]}
            for name, bend in model["bends"].items()
        },
        "products": [[one, other, weight * stretch] for one, other, weight in model["products"]],
        "intercept": model["intercept"] * stretch + float(line.intercept_[0]),
    }


def pair_odds(model: dict[str, Any], groups: Sequence[Group]) -> tuple[Array, Array]:
    rows, gold = table(groups)
    return scorer.additive(model, rows), gold


def topics_left_out(
    pairs: Sequence[Group], palms: Sequence[Group], topics: Sequence[Group]
) -> Iterator[tuple[Array, Array]]:
    """Yield odds and labels of each fifth of the topics, all models fitted on the other topics."""
    halves, traits = [of_one_story(g) for g in topics], split_traits(topics)
    for n in range(FOLDS):
        out = {g.event for g in topics[n::FOLDS]}
        pair = fit_pair(pairs, palms, [h for h in halves if h.event not in out])
        alike = fit_look_alike([g for g in topics if g.event not in out], pair)
        split = fit_split([t for t in traits if t[0] not in out])
        for g in topics[n::FOLDS]:
            rows, gold = split_rows([g], pair) if is_split(split, g) else (None, g.gold)
            plainly = scorer.additive(pair, g.found.table[g.pairs])
            yield (plainly if rows is None else rows @ np.array(alike["weights"]) + alike["intercept"]), gold


def left_out(
    groups: Sequence[Group], fit: Callable[[list[Group]], dict[str, Any]]
) -> Iterator[tuple[Array, Array]]:
    """Yield odds and labels of each event's groups, by a model fitted on the other events."""
    for event in sorted({g.event for g in groups}):
        yield pair_odds(fit([g for g in groups if g.event != event]), [g for g in groups if g.event == event])


def best_threshold(sets: Sequence[tuple[Array, Array]]) -> float:
    """Return the probability, in hundredths, about which the mean F1 of the sets is highest."""
    # Over five neighbours: the very top of a curve is a matter of a pair or two.
    cuts = np.arange(0.05, 0.96, 0.01)
    means = np.array([np.mean([f1(odds, gold, cut) for odds, gold in sets]) for cut in cuts])
    smooth = np.convolve(means, np.ones(5) / 5, mode="valid")
    return round(float(cuts[2 + int(np.argmax(smooth))]), 2)


def f1(odds: Array, gold: Array, cut: float) -> float:
    said = 1 / (1 + np.exp(-odds)) >= cut
    return float(2 * (said & (gold > 0)).sum() / max(said.sum() + gold.sum(), 1))


def bins(odds: Array, gold: Array) -> str:
    """Ten bins of stated probability: stated, observed, count."""
    stated = 1 / (1 + np.exp(-odds))
    which = np.minimum((stated * 10).astype(int), 9)
    parts = [
        f"{stated[which == b].mean():.2f}/{gold[which == b].mean():.2f}({(which == b).sum()})"
        for b in range(10)
        if (which == b).any()
    ]
    return " ".join(parts)


def cover_rows(groups: Sequence[Group], odds_of: dict[str, Any]) -> tuple[Array, Array]:
    """Rows of the coverage table and how much is covered (0 absent, 1 partly, 2 covered)."""
    rows, gold = [], []
    for g in groups:
        links = np.zeros_like(g.found.likeness)
        odds = scorer.additive(odds_of, g.found.table)
        links[g.found.left, g.found.right] = 1 / (1 + np.exp(-odds))
        links += links.T
        of = g.found
        full = coverage.table(scorer.Scores(of.owner, links, links, of.likeness, of.terms, of.pieces), 2)
        count = len(g.row["a"])
        rows += [full[:count, 1], full[count:, 0]]
        gold += [g.row["cover_a"], g.row["cover_b"]]
    return np.vstack(rows), np.concatenate(gold)


def fit_plain(rows: Array, gold: Array) -> tuple[Array, float]:
    """Slopes in the units of the columns, and the intercept, of a logistic model."""
    scale = rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(rows / scale, gold)
    return model.coef_[0] / scale, float(model.intercept_[0])


def fit_cover(rows: Array, gold: Array) -> dict[str, Any]:
    """Absent against the rest: a passage that is partly covered is not absent."""
    slopes, intercept = fit_plain(rows, gold == 0)
    return {"weights": dict(zip(coverage.NAMES, slopes.tolist(), strict=True)), "intercept": intercept}


def cover_threshold(odds: Array, gold: Array) -> float:
    """Return the lowest probability from which at least PRECISION of the scored ones are absent."""
    scored = gold != 1
    order = np.argsort(-odds[scored], kind="stable")
    right = np.cumsum((gold[scored] == 0)[order]) / (np.arange(scored.sum()) + 1)
    last = int(np.flatnonzero(right >= PRECISION).max(initial=0))
    return float(1 / (1 + np.exp(-odds[scored][order][last])))


def report(name: str, answers: tuple[Array, Array], cut: float) -> None:
    odds, gold = answers
    figures = f"AP {average_precision_score(gold, odds):.3f} f1 {f1(odds, gold, cut):.3f} at {cut:.2f}"
    print(f"{name}: {figures}; stated/observed(count) {bins(odds, gold)}")


def pooled(parts: Iterable[tuple[Array, Array]]) -> tuple[Array, Array]:
    odds, gold = zip(*parts, strict=True)
    return np.concatenate(odds), np.concatenate(gold)


def report_cover(answers: tuple[Array, Array], cut: float) -> None:
    odds, cover = answers
    said = 1 / (1 + np.exp(-odds)) >= cut
    right = (said & (cover == 0)).sum()
    figures = f"P {right / (said & (cover != 1)).sum():.3f} R {right / (cover == 0).sum():.3f} at {cut:.2f}"
    print(f"coverage, events left out: {figures}; stated/observed(count) {bins(odds, cover == 0)}")


def covers_left_out(
    pairs: Sequence[Group], palms: Sequence[Group], halves: Sequence[Group]
) -> Iterator[tuple[Array, Array]]:
    """Yield odds of absence and cover of each event, both models fitted on the other events."""
    for event in sorted({g.event for g in pairs}):
        rest = [g for g in pairs if g.event != event]
        inner = fit_pair(rest, palms, halves)
        model = fit_cover(*cover_rows(rest, inner))
        rows, cover = cover_rows([g for g in pairs if g.event == event], inner)
        yield rows @ np.array([model["weights"][n] for n in coverage.NAMES]) + model["intercept"], cover


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    pairs = [group(row) for row in read(Path(arguments[1]))]
    palms = [group(row) for row in read(folder / "alignment.superpal.dev.jsonl")]
    topics = [group(row) for row in read(folder / "alignment.ecb.train.jsonl")]
    halves = [of_one_story(g) for g in topics]

    whole = pooled(left_out(pairs, lambda rest: fit_pair(rest, palms, halves)))
    palm = pooled(left_out(palms, lambda rest: fit_pair(pairs, rest, halves)))
    cut = best_threshold([whole, palm])
    report("whole pairs, events left out", whole, cut)
    report("superpal.dev, groups left out", palm, cut)
    report("both together", pooled([whole, palm]), cut)
    pair = fit_pair(pairs, palms, halves)
    alike = fit_look_alike(topics, pair)
    report("ecb.train, topics left out", pooled(topics_left_out(pairs, palms, topics)), cut)
    cover = pooled(covers_left_out(pairs, palms, halves))
    line = round(cover_threshold(*cover), 3)
    report_cover(cover, line)

    counts = {"whole pairs": len(pairs), "superpal.dev": len(palms), "ecb.train": len(topics)}
    result = {
        "pair": pair,
        "threshold": cut,
        "split": fit_split(split_traits(topics)),
        "look-alike": alike,
        "coverage": {**fit_cover(*cover_rows(pairs, pair)), "threshold": line},
        "signature": {
            "command": "python -m benchmarks.fit_alignment",
            "groups": counts,
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
        },
    }
    shipped = Path(scorer.__file__).with_name("coefficients.json")
    target = Path(arguments[2]) if len(arguments) > 2 else shipped
    target.write_text(json.dumps(_rounded(result), indent=1) + "\n", encoding="utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return round(value, 5) if isinstance(value, float) else value


if __name__ == "__main__":
    main(sys.argv[1:])
