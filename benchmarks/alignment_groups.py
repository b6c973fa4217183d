"""Labelled groups of documents, with the signals of their pairs: what the alignment is fitted on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from compare.analysis import signals

Array = Any


@dataclass
class Group:
    """One labelled group: its event, its texts, the judged pairs and their labels."""

    event: str
    documents: list[list[str]]
    found: signals.Signals
    pairs: Array
    gold: Array
    stories: Array
    row: dict[str, Any] = field(repr=False)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def group(row: dict[str, Any]) -> Group:
    names = sorted(row["documents"])
    documents = [row["documents"][name]["sentences"] for name in names]
    found = signals.signals(documents)
    starts = dict(zip(names, np.cumsum([0, *map(len, documents)]), strict=False))

    def key(link: list[Any]) -> tuple[int, int]:
        a, b = starts[link[0]] + link[1], starts[link[2]] + link[3]
        return int(min(a, b)), int(max(a, b))

    same = {key(x) for x in row["same"]}
    near = {key(x) for x in row.get("near") or []} - same
    judged = None if row["judged"] is None else {key(x) for x in row["judged"]}
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    kept = [n for n, p in enumerate(pairs) if p not in near and (judged is None or p in judged)]
    gold = np.array([pairs[n] in same for n in kept], dtype=int)
    stories = np.array([row["documents"][name].get("story", "") for name in names])[found.owner]
    return Group(row["group"].split(":")[0], documents, found, np.array(kept), gold, stories, row)


def table(groups: Sequence[Group]) -> tuple[Array, Array]:
    return np.vstack([g.found.table[g.pairs] for g in groups]), np.concatenate([g.gold for g in groups])


def of_one_story(g: Group) -> Group:
    a, b = g.found.left[g.pairs], g.found.right[g.pairs]
    kept = g.stories[a] == g.stories[b]
    return Group(g.event, g.documents, g.found, g.pairs[kept], g.gold[kept], g.stories, g.row)
