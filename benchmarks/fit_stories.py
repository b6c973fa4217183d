"""Refit the weights by which articles are grouped into stories.

    python -m benchmarks.fit_stories DATA      writes compare/lexicons/stories.json

DATA is the folder of labelled data (data/stories.SET.SPLIT.jsonl). Protocol: weights and the least
mean probability come from half of the stories of allsides.train (those whose name has an even CRC-32)
and from ecb.train, as whole collections and as parts of many sizes, since a method that works on
five articles has to work on five thousand. The other half, allsides.val and ecb.dev are only
reported on.
"""

import hashlib
import json
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.stories import predict
from compare.analysis.stories import agreement
from compare.analysis.stories.linkage import average_link
from compare.analysis.stories.neighbours import candidates
from compare.analysis.stories.overlaps import overlaps
from compare.analysis.stories.scorer import FEW, MANY, Logistic, Scorer, dated, estimate, mixed, scorer
from compare.analysis.stories.signals import NAMES, signals
from compare.analysis.stories.vectors import views

TARGET = Path(__file__).parent.parent / "compare" / "lexicons" / "stories.json"
STRENGTH = 0.3
SPARED = 0.01
LEASTS = tuple(round(0.2 + 0.025 * step, 3) for step in range(27))

Row = dict[str, Any]
Array = Any


@dataclass(frozen=True)
class Sample:
    """One collection: its gold stories, candidate pairs, their signals, and which are one event."""

    kind: str
    gold: list[str]
    first: Array
    second: Array
    signals: Array
    same: Array
    learn: Array


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 64
    data = Path(arguments[0]) / "data"
    allsides, ecb = (_read(data / f"stories.{name}.train.jsonl") for name in ("allsides", "ecb"))
    samples = [sample(kind, rows) for kind, rows in collections(half(allsides, 0), ecb)]
    samples.append(sample("year", allsides, learn={row["story"] for row in half(allsides, 0)}))
    model = fit(samples)
    unseen = {
        "allsides.train, the half not fitted on": half(allsides, 1),
        "allsides.train": allsides,
        "allsides.val": _read(data / "stories.allsides.val.jsonl"),
        "ecb.dev": _read(data / "stories.ecb.dev.jsonl"),
    }
    _write(model, samples, {})
    figures = {name: round(_measure(rows), 4) for name, rows in unseen.items()}
    _write(model, samples, figures)
    print(json.dumps(figures, indent=1))
    return 0


def half(rows: Sequence[Row], part: int) -> list[Row]:
    """The rows of those stories whose name has a CRC-32 of this parity."""
    return [row for row in rows if zlib.crc32(row["story"].encode()) % 2 == part]


def collections(allsides: Sequence[Row], ecb: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Collections of many sizes: whole, drawn at random, look-alike stories, and parts of topics."""
    yield "allsides", list(allsides)
    yield "ecb", list(ecb)
    yield "mixed", [*allsides[:600], *ecb]
    draw = random.Random(7)
    by_story = _by(allsides, lambda row: row["story"])
    for low, high, count in ((2, 10, 40), (60, 300, 4)):
        for _ in range(count):
            names = draw.sample(sorted(by_story), draw.randint(low, high))
            yield "allsides drawn", [row for name in names for row in by_story[name]]
    yield from (("look-alikes", rows) for rows in _look_alikes(by_story, draw, 60))
    for _, rows in sorted(_by(ecb, lambda row: row["id"].split("_")[0]).items()):
        yield "topic", rows
        for _ in range(3):
            yield "part of topic", draw.sample(rows, min(len(rows), draw.randint(4, 10)))
        yield from (("few of a topic", few) for few in _few(rows, draw, 8))
    for _ in range(4):
        yield "ecb drawn", draw.sample(list(ecb), draw.randint(30, 300))


def _few(topic: Sequence[Row], draw: random.Random, count: int) -> Iterator[list[Row]]:
    """Two to six articles of one event, and, three times in four, one to four of its look-alike."""
    by_story = _by(topic, lambda row: row["story"])
    for turn in range(count):
        names = draw.sample(sorted(by_story), len(by_story))
        sizes = [draw.randint(2, 6), draw.randint(1, 4) if turn % 4 else 0]
        yield [
            row
            for name, size in zip(names, sizes, strict=False)
            for row in draw.sample(by_story[name], min(size, len(by_story[name])))
        ]


def sample(kind: str, rows: Sequence[Row], learn: set[str] | None = None) -> Sample:
    """The pairs of one collection; only those with both ends in stories of ``learn`` are fitted on."""
    rows = sorted(rows, key=lambda row: (row["title"], row["text"]))
    seen = views([(row["title"], row["text"]) for row in rows])
    first, second = candidates(seen.whole)
    gold = [row["story"] for row in rows]
    same = np.array([gold[a] == gold[b] for a, b in zip(first, second, strict=True)], dtype=bool)
    known = np.array([learn is None or story in learn for story in gold], dtype=bool)
    fitted = known[first] & known[second]
    found = signals(seen, first, second, overlaps(seen, first, second))
    return Sample(kind, gold, first, second, found, same, fitted)


def fit(samples: Sequence[Sample]) -> Scorer:
    """Two logistic regressions, then the thresholds with the best mean B-cubed F1 over kinds.

    Among a handful of articles a stray one spoils every omission, so there the highest threshold is
    taken that costs no more than ``SPARED``.
    """
    same = np.concatenate([one.same[one.learn] for one in samples])
    pairs = _logistic([one.signals[one.learn] for one in samples], same)
    chances = [dated(one.signals, np.full(len(one.first), np.nan), pairs) for one in samples]
    seen = [
        agreement.agreement(chance, one.first, one.second, len(one.gold))
        for one, chance in zip(samples, chances, strict=True)
    ]
    again = _logistic([found[one.learn] for found, one in zip(seen, samples, strict=True)], same)
    final = [
        mixed(chance, estimate(found, again), len(one.gold))
        for one, found, chance in zip(samples, seen, chances, strict=True)
    ]
    fitted = [(one, chance) for one, chance in zip(samples, final, strict=True) if one.learn.all()]
    few = _curve([pair for pair in fitted if len(pair[0].gold) <= FEW])
    many = _curve([pair for pair in fitted if len(pair[0].gold) >= MANY])
    spared = max(value for value in LEASTS if few[value] >= max(few.values()) - SPARED)
    return Scorer(pairs, again, spared, max(LEASTS, key=lambda value: many[value]))


def _curve(samples: Sequence[tuple[Sample, Array]]) -> dict[float, float]:
    """Quality by threshold, each the mean of five neighbouring ones, so that no lucky one is taken."""
    found = [_quality(samples, value) for value in LEASTS]
    return {value: float(np.mean(found[max(place - 2, 0) : place + 3])) for place, value in enumerate(LEASTS)}


def _logistic(found: Sequence[Array], same: Array) -> Logistic:
    every = np.vstack(found).astype(np.float64)
    scale = StandardScaler().fit(every)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(scale.transform(every), same)
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - (weights * scale.mean_).sum())
    return Logistic(np.round(weights, 4), round(bias, 4))


def bcubed(gold: Sequence[Any], said: Sequence[Any]) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998)."""
    both, left, right = (_count(pairs) for pairs in (list(zip(gold, said, strict=True)), gold, said))
    precision = sum(n * n / right[s] for (_, s), n in both.items()) / len(gold)
    recall = sum(n * n / left[g] for (g, _), n in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


def _quality(samples: Sequence[tuple[Sample, Array]], least: float) -> float:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for one, chance in samples:
        edges = zip(one.first.tolist(), one.second.tolist(), chance.tolist(), strict=True)
        by_kind[one.kind].append(bcubed(one.gold, average_link(len(one.gold), edges, least)))
    return float(np.mean([np.mean(values) for values in by_kind.values()]))


def _measure(rows: Sequence[Row]) -> float:
    said = {answer["id"]: answer["story"] for answer in predict(list(rows))}
    return bcubed([row["story"] for row in rows], [said[row["id"]] for row in rows])


def _look_alikes(by_story: dict[str, list[Row]], draw: random.Random, count: int) -> Iterator[list[Row]]:
    names = sorted(by_story)
    texts = [" ".join(f"{row['title']} {row['text']}" for row in by_story[name]) for name in names]
    whole = views([("", text) for text in texts]).whole
    for story in draw.sample(range(len(names)), count):
        alike = np.argsort(-(whole[story] @ whole.T).toarray().ravel(), kind="stable")
        yield [row for other in alike[: draw.randint(2, 6)] for row in by_story[names[other]]]


def _write(model: Scorer, samples: Sequence[Sample], figures: dict[str, float]) -> None:
    pairs = sum(int(one.learn.sum()) for one in samples)
    stored = {
        "refit": "python -m benchmarks.fit_stories DATA",
        "fitted_on": f"half of allsides.train, ecb.train: {len(samples)} collections, {pairs} pairs",
        "sklearn": sklearn.__version__,
        "bcubed_f1": figures,
        "few": model.few,
        "many": model.many,
        "pairs": _stored(model.pairs, NAMES),
        "agreement": _stored(model.agreement, agreement.NAMES),
    }
    stored["signature"] = hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:12]
    TARGET.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    scorer.cache_clear()


def _stored(model: Logistic, names: Sequence[str]) -> dict[str, Any]:
    return {"bias": model.bias, "weights": dict(zip(names, model.weights.tolist(), strict=True))}


def _by(rows: Sequence[Row], key: Any) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _count(items: Sequence[Any]) -> dict[Any, int]:
    found: dict[Any, int] = defaultdict(int)
    for item in items:
        found[item] += 1
    return found


def _read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
