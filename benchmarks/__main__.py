"""Answer labelled tasks through the product's code, and print the figures.

    python -m benchmarks predict TASK INPUT.jsonl OUTPUT.jsonl
    python -m benchmarks table DATA      predicts, scores, and prints one table beside the plain baselines
    python -m benchmarks gate DATA       the same, and fails where a figure falls below benchmarks/floors.toml

DATA is the folder of labelled data: score.py, baseline.py and data/TASK.SET.SPLIT.jsonl.
"""

import sys
from pathlib import Path

from benchmarks import scoring, tasks


def main(arguments: list[str]) -> int:
    """Run one call; returns the exit code."""
    match arguments:
        case ["predict", task, source, target]:
            tasks.predict_file(task, Path(source), Path(target))
            return 0
        case ["table" | "gate" as call, folder]:
            return scoring.run(Path(folder), gate=call == "gate")
    print(__doc__, file=sys.stderr)
    return 64


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
