"""The labelled task "sentences", answered by the product's own splitter."""

from typing import Any

from compare.text.passages import sentences


def predict(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": row["id"], "sentences": _texts(row["text"])} for row in rows]


def _texts(text: str) -> list[str]:
    return [text[span.begin : span.end] for span in sentences(text)]
