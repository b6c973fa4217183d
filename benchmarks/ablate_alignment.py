"""What each signal of the alignment is worth: refit without it, and measure on groups left out.

    python -m benchmarks.ablate_alignment DATA PAIRS.jsonl

Prints a Markdown table of average precision: each signal alone, and the model without it, on whole
pairs and SuperPAL (events and groups left out in turn) and on ECB+ dev (fitted on ECB+ train).
"""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from benchmarks.alignment_groups import Array, Group, group, of_one_story, read, table
from benchmarks.fit_alignment import fit_pair, left_out, pooled
from benchmarks.fit_kinship import fit_look_alike, split_rows
from compare.analysis import signals

Sets = tuple[list[Group], list[Group], list[Group], list[Group]]


def without(groups: list[Group], names: tuple[str, ...]) -> list[Group]:
    kept = np.array([name not in names for name in signals.NAMES], np.float32)
    return [replace(g, found=replace(g.found, table=g.found.table * kept)) for g in groups]


def average_precision(answers: tuple[Array, Array]) -> float:
    odds, gold = answers
    return float(average_precision_score(gold, odds))


def measured(sets: Sets, dropped: tuple[str, ...] = ()) -> list[float]:
    pairs, palms, topics, dev = (without(groups, dropped) for groups in sets)
    halves = [of_one_story(g) for g in topics]
    pair = fit_pair(pairs, palms, halves)
    alike = fit_look_alike(topics, pair)
    rows, gold = split_rows(dev, pair)
    return [
        average_precision(pooled(left_out(pairs, lambda rest: fit_pair(rest, palms, halves)))),
        average_precision(pooled(left_out(palms, lambda rest: fit_pair(pairs, rest, halves)))),
        average_precision((rows @ np.array(alike["weights"]) + alike["intercept"], gold)),
    ]


def alone(sets: Sets, name: str) -> list[float]:
    place = signals.NAMES.index(name)
    tables = [table(groups) for groups in (sets[0], sets[1], sets[3])]
    return [
        max(average_precision((sign * rows[:, place], gold)) for sign in (1, -1)) for rows, gold in tables
    ]


def line(name: str, values: list[float]) -> str:
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    files = (
        Path(arguments[1]),
        *(folder / f"alignment.{n}.jsonl" for n in ("superpal.dev", "ecb.train", "ecb.dev")),
    )
    pairs, palms, topics, dev = ([group(row) for row in read(path)] for path in files)
    sets = (pairs, palms, topics, dev)
    print("| | whole pairs | superpal.dev | ecb.dev |\n|---|---|---|---|")
    print(line("all signals", measured(sets)))
    for name in signals.NAMES:
        print(line(f"without {name}", measured(sets, (name,))), flush=True)
    for name in signals.NAMES:
        print(line(f"{name} alone", alone(sets, name)))


if __name__ == "__main__":
    main(sys.argv[1:])
