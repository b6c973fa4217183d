"""What starting costs, as ratios taken in one run: medians of several calls in turn.

    python -m benchmarks.speed_start FIRST SECOND [RUNS]

FIRST and SECOND are two articles. `parallax compare` of them and `parallax --help` are set against
`python -c "import sklearn.feature_extraction.text"`, byte code compiled.
"""

import statistics
import subprocess
import sys
import time

BASE = ["-c", "import sklearn.feature_extraction.text"]


def seconds(arguments: list[str]) -> float:
    """Wall time of one Python process."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


def main(first: str, second: str, runs: int = 7) -> None:
    """Print medians and their ratios to the base."""
    calls = {
        "import sklearn.feature_extraction.text": BASE,
        "parallax compare of two articles": ["-m", "compare", "compare", first, second],
        "parallax --help": ["-m", "compare", "--help"],
    }
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(runs):
        for name, arguments in calls.items():
            taken[name].append(seconds(arguments))
    base = statistics.median(taken["import sklearn.feature_extraction.text"])
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:<42}{median:8.3f} s{median / base:8.2f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if sys.argv[3:] else 7)
