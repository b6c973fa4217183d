"""Rebuild the whole article pairs that were labelled for this project, from the labelled data they stand in.

    python -m benchmarks.whole_pairs wording.newswcl50.dev.jsonl PAIRS.jsonl

labels/whole_pairs.jsonl holds no text: each sentence is the head of the SHA-256 of its words, the labels
are indices. `same` are pairs that report one fact, `near` doubtful ones that are not scored, `cover_a` and
`cover_b` say of each sentence whether the other article has it: 0 not, 1 in part, 2 yes.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LABELS = Path(__file__).with_name("labels") / "whole_pairs.jsonl"
HEAD = 10


def clean(sentence: str) -> str:
    """One sentence of the data on one line, without its literal line-end marks."""
    return " ".join(sentence.replace("\\n", " ").split())


def mark(sentence: str) -> str:
    """What stands for a sentence in the labels."""
    return hashlib.sha256(clean(sentence).encode()).hexdigest()[:HEAD]


def by_mark(sentences: Iterable[str]) -> dict[str, str]:
    """Cleaned sentences by what stands for them in the labels."""
    return {mark(sentence): clean(sentence) for sentence in sentences}


def rebuild(labels: Iterable[dict[str, Any]], sentences: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of the alignment and the coverage task; KeyError where a sentence is not among ``sentences``."""
    text = by_mark(sentences)
    return [_row(label, text) for label in labels]


def _row(label: dict[str, Any], text: dict[str, str]) -> dict[str, Any]:
    sides = {side: [text[head] for head in label[side]] for side in ("a", "b")}
    return {
        "group": label["group"],
        "pair": label["group"],
        "documents": {side: {"story": label["story"], "sentences": told} for side, told in sides.items()},
        **sides,
        "same": [["a", i, "b", j] for i, j in label["same"]],
        "near": [["a", i, "b", j] for i, j in label["near"]],
        "judged": None,
        "cover_a": label["cover_a"],
        "cover_b": label["cover_b"],
    }


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def main(data: Path, target: Path) -> None:
    """Write the rebuilt pairs as JSON lines."""
    told = (s for event in _read(data) for document in event["documents"].values() for s in document)
    rows = rebuild(_read(LABELS), told)
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
