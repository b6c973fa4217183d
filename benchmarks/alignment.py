"""The labelled task "alignment", answered by the scorer from which the product's table is made."""

from typing import Any

import numpy as np

from compare.analysis.scorer import score, threshold


def predict(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_group(row) for row in rows]


def _group(row: dict[str, Any]) -> dict[str, Any]:
    names = sorted(row["documents"])
    texts = [row["documents"][name]["sentences"] for name in names]
    places = [(name, i) for name, document in zip(names, texts, strict=True) for i in range(len(document))]
    links = score(texts).links
    pairs = zip(*np.nonzero(np.triu(links)), strict=True)
    found = [[*places[i], *places[j], round(float(links[i, j]), 6)] for i, j in pairs]
    return {"group": row["group"], "links": found, "threshold": threshold()}
