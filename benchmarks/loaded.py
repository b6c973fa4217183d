"""Task loaded: does a sentence take sides, and which of its words are loaded."""

from typing import Any

from compare.text.loaded import read, thresholds


def predict(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """From the text alone: the row's outlet is not read."""
    one_sided, loaded = thresholds()
    answers = []
    for row in rows:
        chance, words = read(row["text"])
        marked = dict.fromkeys(word.text for word in words if word.chance >= loaded)
        answers.append({"biased": int(chance >= one_sided), "words": list(marked)})
    return answers
