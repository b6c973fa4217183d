"""The labelled task "coverage", answered by the code from which the product's omissions are read."""

from typing import Any

from compare.analysis.coverage import coverage, threshold
from compare.analysis.scorer import score


def predict(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [answer for row in rows for answer in _pair(row)]


def _pair(row: dict[str, Any]) -> list[dict[str, Any]]:
    documents = [row["a"], row["b"]]
    absent = coverage(score(documents), len(documents)).absent
    return [
        _side(row, "a", absent[: len(row["a"]), 1].tolist()),
        _side(row, "b", absent[len(row["a"]) :, 0].tolist()),
    ]


def _side(row: dict[str, Any], side: str, absent: list[float]) -> dict[str, Any]:
    scores = {str(i): round(p, 6) for i, p in enumerate(absent)}
    return {"pair": row["pair"], "side": side, "absent": scores, "threshold": threshold()}
