"""The labelled task "omission": is one detail of a sentence lacking from another?"""

from typing import Any

from compare.analysis.details import lacking


def predict(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"absent": lacking(r["detail"], r["verb"], r["a"], r["b"])} for r in rows]
