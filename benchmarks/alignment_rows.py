"""How many of the pairs that share a row report the same, on pairs of whole articles left out in turn.

    python -m benchmarks.alignment_rows DATA PAIRS.jsonl

Prints, for several thresholds, the precision and recall of the pairs in a row, and the same where any two
linked passages may join. The files are those of ``benchmarks.fit_alignment``.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.alignment_groups import Array, Group, group, of_one_story, read
from benchmarks.fit_alignment import fit_pair
from compare.analysis import scorer
from compare.analysis.grounds import joining
from compare.analysis.rows import rows

THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8)
Links = list[tuple[Group, Array]]


def links_left_out(groups: Sequence[Group], palms: Sequence[Group], halves: Sequence[Group]) -> Links:
    """Square matrices of probabilities, each by a model fitted on the other events."""
    found = []
    for event in sorted({g.event for g in groups}):
        model = fit_pair([g for g in groups if g.event != event], palms, halves)
        for g in (g for g in groups if g.event == event):
            square = np.zeros_like(g.found.likeness)
            odds = scorer.additive(model, g.found.table)
            square[g.found.left, g.found.right] = 1 / (1 + np.exp(-odds))
            found.append((g, square + square.T))
    return found


def measured(answers: Links, threshold: float, grounded: bool) -> tuple[float, float]:
    """Precision and recall of the labelled pairs that share a row."""
    right, said, gold = 0, 0, 0
    for g, links in answers:
        texts = [text for document in g.documents for text in document]
        joins = joining(texts, g.found.terms.content, links, threshold) if grounded else None
        row = np.zeros(len(texts), int)
        for number, members in enumerate(rows(links, g.found.owner.tolist(), threshold, joins)):
            row[members] = number
        together = (row[g.found.left] == row[g.found.right])[g.pairs]
        right += int((together & (g.gold > 0)).sum())
        said += int(together.sum())
        gold += int(g.gold.sum())
    return right / max(said, 1), right / max(gold, 1)


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    pairs = [group(row) for row in read(Path(arguments[1]))]
    palms = [group(row) for row in read(folder / "alignment.superpal.dev.jsonl")]
    halves = [of_one_story(group(row)) for row in read(folder / "alignment.ecb.train.jsonl")]
    answers = links_left_out(pairs, palms, halves)
    print("| rows at | precision / recall | where any linked pair may join |\n|---|---|---|")
    for threshold in THRESHOLDS:
        cells = [measured(answers, threshold, grounded) for grounded in (True, False)]
        print(f"| {threshold:.2f} | " + " | ".join(f"{p:.3f} / {r:.3f}" for p, r in cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
