"""How fast and how large grouping is, beside average linkage over a dense matrix.

    python -m benchmarks.speed_stories DATA              7,356 articles: ratios of processor time and memory
    python -m benchmarks.speed_stories DATA growth SVG   10,000 to 100,000 articles, with a plot

Each run is a process of its own on one thread; memory is its peak over that of a process that has
only imported and read. Larger collections are made from allsides.train: each round draws its words
anew from articles of one story, and gives its names another ending, so that rounds do not meet.
"""

import json
import multiprocessing
import os
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import plot

GROWTH = (10_000, 20_000, 50_000, 100_000)

Texts = list[tuple[str, str]]
Run = Callable[[Texts], Any]


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case [data]:
            return compare(Path(data))
        case [data, "growth", target]:
            return growth(Path(data), Path(target))
    print(__doc__, file=sys.stderr)
    return 64


def compare(data: Path) -> int:
    ours, dense = measured(product, data, 0), measured(baseline, data, 0)
    print(f"product:  {ours[0]:7.2f} s  {ours[1]:7.0f} MB")
    print(f"baseline: {dense[0]:7.2f} s  {dense[1]:7.0f} MB")
    print(f"{dense[0] / ours[0]:.1f} times faster, {ours[1] / dense[1]:.2f} of the memory")
    return 0


def growth(data: Path, target: Path) -> int:
    found = [(count, *measured(product, data, count)) for count in GROWTH]
    for count, seconds, memory in found:
        print(f"{count:7d}  {seconds:7.1f} s  {memory:7.0f} MB  {1e3 * seconds / count:.2f} ms an article")
    lines = {"seconds": [one[:2] for one in found], "megabytes": [(one[0], one[2]) for one in found]}
    plot.growth(lines, target)
    return 0


def product(texts: Texts) -> Any:
    from compare.analysis.stories.grouping import cluster

    return cluster(texts, [None] * len(texts))


def baseline(texts: Texts) -> Any:
    """Average linkage over a dense cosine matrix, as the plain method has it."""
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    joined = [f"{title}. {text}" for title, text in texts]
    matrix = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(joined)
    distance = np.clip(1 - (matrix @ matrix.T).toarray(), 0, None)
    return AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=0.82
    ).fit_predict(distance)


def measured(run: Run, data: Path, count: int) -> tuple[float, float]:
    """Seconds of processor time and megabytes over the imports, in a process of its own."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (run, data, count))


def _measure(run: Run, data: Path, count: int) -> tuple[float, float]:
    rows = [json.loads(line) for line in (data / "data/stories.allsides.train.jsonl").open(encoding="utf-8")]
    texts = grown(rows, count) if count else [(row["title"], row["text"]) for row in rows]
    run(texts[:30])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    run(texts)
    seconds = time.process_time() - begin
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000


def grown(rows: Sequence[dict[str, str]], count: int) -> Texts:
    """``count`` articles; every round's sentences are shuffled and its names are of that round."""
    draw = random.Random(5)
    made: Texts = []
    while len(made) < count:
        ending = f"{len(made) // len(rows)}x" if made else ""
        for row in rows[: count - len(made)]:
            words = [_renamed(word, ending) for word in row["text"].split()]
            draw.shuffle(words)
            made.append((" ".join(_renamed(word, ending) for word in row["title"].split()), " ".join(words)))
    return made


def _renamed(word: str, ending: str) -> str:
    return word if not ending or not re.match(r"[A-Z]", word) else word[:3] + ending + word[3:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
