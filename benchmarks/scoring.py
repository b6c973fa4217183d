"""Predict, score with the data's own scorer, and print one table beside the plain baselines."""

import json
import platform
import subprocess
import sys
import tempfile
import time
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import tasks

FLOORS = Path(__file__).with_name("floors.toml")
HEADLINES = {
    "alignment": ("average_precision", "f1"),
    "stories": ("bcubed_f1",),
    "quotes": ("cue_f1", "content_f1", "direct_speaker_accuracy"),
    "wording": ("bcubed_f1",),
    "loaded": ("word_f1", "sentence_macro_f1"),
    "sentences": ("f1", "documents_all_right"),
}
WHERE_FROM = """The labelled data is not part of the project. Put these beside it, one JSON object a line:
  alignment, stories   ECB+ (CC BY 3.0); SuperPAL's crowd alignments (Apache-2.0);
                       NeuS's AllSides round-ups (MIT)
  quotes               PolNeAR          wording  NewsWCL50 (CC BY-SA 4.0)          loaded  BABE
  sentences            UD English EWT (CC BY-SA 4.0); the Pragmatic Segmenter's golden rules (MIT)
with score.py and baseline.py, then: make bench DATA=that/folder"""


def run(folder: Path, *, gate: bool) -> int:
    """Print the table of every set in ``folder``; with ``gate``, 1 where a floor is not held."""
    sets = sorted((folder / "data").glob("*.*.jsonl"))
    if not sets:
        print(WHERE_FROM, file=sys.stderr)
        return 66
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    fallen = []
    print(f"{'set':<28}{'figure':<26}{'plain':>8}{'ours':>8}{'floor':>8}{'seconds':>9}")
    for path in sets:
        task, name = path.name.split(".")[0], path.name.removesuffix(".jsonl")
        started = time.perf_counter()
        ours = _figures(folder, task, path, ours=True)
        seconds = time.perf_counter() - started
        plain = {} if gate else _figures(folder, task, path, ours=False)
        for figure in HEADLINES[task]:
            floor = floors.get(name, {}).get(figure)
            print(_line(name, figure, (plain.get(figure), ours[figure], floor), seconds), flush=True)
            if floor is not None and ours[figure] < floor:
                fallen.append(f"{name} {figure}: {ours[figure]} is below its floor {floor}")
    print(f"signature: parallax {version('parallax-compare')}, scikit-learn {version('scikit-learn')}, "
          f"nltk {version('nltk')}, Python {platform.python_version()}")  # fmt: skip
    for line in fallen:
        print(line, file=sys.stderr)
    return 1 if gate and fallen else 0


def _line(name: str, figure: str, values: tuple[float | None, ...], seconds: float) -> str:
    shown = [f"{value:8.3f}" if value is not None else f"{'':>8}" for value in values]
    return f"{name:<28}{figure:<26}{''.join(shown)}{seconds:9.1f}"


def _figures(folder: Path, task: str, path: Path, *, ours: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "predicted.jsonl"
        if ours:
            tasks.predict_file(task, path, target)
        else:
            _call(folder / "baseline.py", task, path, target)
        figures: dict[str, Any] = json.loads(_call(folder / "score.py", task, path, target))
    return figures


def _call(script: Path, *arguments: str | Path) -> str:
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
