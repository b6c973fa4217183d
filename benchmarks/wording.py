"""Task wording: which phrases of one event name the same concept."""

from typing import Any

from compare.text.concepts import Mention, group


def predict(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A label a mention. Reads the outlet, the sentence and the phrase, and never the answer."""
    return [{"event": row["event"], "concepts": list(group(row["documents"], mentions(row)))} for row in rows]


def mentions(row: dict[str, Any]) -> list[Mention]:
    return [Mention(m["outlet"], m["sentence"], m["phrase"]) for m in row["mentions"]]
