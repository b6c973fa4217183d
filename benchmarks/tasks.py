"""The tasks by name: each module answers one, through the code that the product runs."""

import importlib
import json
from pathlib import Path
from typing import Any

NAMES = ("alignment", "coverage", "omission", "stories", "quotes", "wording", "loaded", "sentences")


def predict(task: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answer ``rows`` of labelled input; KeyError on a task that is not one of ``NAMES``."""
    if task not in NAMES:
        raise KeyError(f"no task {task!r}: one of {', '.join(NAMES)}")
    answers: list[dict[str, Any]] = importlib.import_module(f"benchmarks.{task}").predict(rows)
    return answers


def predict_file(task: str, source: Path, target: Path) -> None:
    """Read a JSON-lines file of input and write the answers as JSON lines."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").split("\n") if line.strip()]
    answers = predict(task, rows)
    lines = [json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers]
    target.write_text("".join(lines), encoding="utf-8")
