"""Attributions: the quotations of each text, and the cues that stand without a content of their own."""

from typing import Any

from compare.model import Span
from compare.text.quotation import read


def predict(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One answer a row: ``id`` and ``quotes``, each with ``content``, ``cue`` and ``source`` or null."""
    return [{"id": row["id"], "quotes": _quotes(row["text"])} for row in rows]


def _quotes(text: str) -> list[dict[str, list[int] | None]]:
    quotations, cues = read(text)
    out = [
        {"content": _pair(q.content), "cue": None, "source": _pair(q.source) if q.source else None}
        for q in quotations
    ]
    return out + [{"content": None, "cue": _pair(cue), "source": None} for cue in cues]


def _pair(span: Span) -> list[int]:
    return [span.begin, span.end]
