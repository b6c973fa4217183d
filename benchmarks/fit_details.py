"""Fit compare/lexicons/details.json: whether a text lacks a detail of another.

    python -m benchmarks.fit_details DATA [OUTPUT.json]

labels/details.jsonl holds no text: of pairs of sentences in DATA (alignment.ecb and alignment.superpal),
marked as in ``benchmarks.whole_pairs``, it says where in the first a detail and its verb stand, and whether
the second has it (1) or not (0). Prints what the model gets on stories left out in eighths, then fits on all.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from benchmarks.alignment_groups import Array, read
from benchmarks.fit_alignment import fit_plain
from benchmarks.whole_pairs import by_mark
from compare.analysis import details

LABELS = Path(__file__).with_name("labels") / "details.jsonl"
SETS = ("ecb.train", "ecb.dev", "superpal.dev")
FOLDS = 8


def examples(folder: Path) -> tuple[list[str], list[dict[str, float]], Array]:
    """The story, the signals and whether it is lacking, of each labelled detail."""
    rows = [row for name in SETS for row in read(folder / f"alignment.{name}.jsonl")]
    text = by_mark(s for row in rows for document in row["documents"].values() for s in document["sentences"])
    stories, seen, gold = [], [], []
    for label in read(LABELS):
        a, b = text[label["a"]], text[label["b"]]
        for begin, end, first, last, covered in label["details"]:
            stories.append(label["story"])
            seen.append(details.signals(a[begin:end], a[first:last], a, b))
            gold.append(1 - covered)
    return stories, seen, np.array(gold)


def left_out(stories: list[str], rows: Array, gold: Array) -> Array:
    """Odds of each detail, by a model fitted on the other stories."""
    place = {story: n % FOLDS for n, story in enumerate(sorted(set(stories)))}
    fold = np.array([place[story] for story in stories])
    odds = np.zeros(len(gold))
    for n in range(FOLDS):
        slopes, intercept = fit_plain(rows[fold != n], gold[fold != n])
        odds[fold == n] = rows[fold == n] @ slopes + intercept
    return odds


def main(arguments: list[str]) -> None:
    stories, seen, gold = examples(Path(arguments[0]))
    names = list(seen[0])
    rows = np.array([[one[name] for name in names] for one in seen])
    odds = left_out(stories, rows, gold)
    stated = 1 / (1 + np.exp(-odds))
    fifths = np.array_split(np.argsort(odds), 5)
    bins = (f"{stated[part].mean():.2f}/{gold[part].mean():.2f}" for part in fifths)
    print(f"{len(gold)} details of {len(set(stories))} stories, {gold.mean():.2f} lacking")
    print(f"left out: AP {average_precision_score(gold, odds):.3f}, area {roc_auc_score(gold, odds):.3f}")
    print("stated and observed in fifths:", *bins)
    slopes, intercept = fit_plain(rows, gold)
    weights = {name: round(float(w), 5) for name, w in zip(names, slopes, strict=True)}
    result = {
        "weights": {**weights, "intercept": round(intercept, 5)},
        "signature": {"command": "python -m benchmarks.fit_details", "details": len(gold)},
    }
    shipped = Path(details.__file__).parents[1] / "lexicons" / "details.json"
    target = Path(arguments[1]) if len(arguments) > 1 else shipped
    target.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
