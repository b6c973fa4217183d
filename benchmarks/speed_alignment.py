"""How long a story of 8 articles of 40 sentences takes, as a multiple of the plain method's time.

    python -m benchmarks.speed_alignment DATA

The plain method is scikit-learn's TfidfVectorizer and a dense product on the same sentences, taken
from alignment.ecb.train.jsonl. Both are timed in one run, the best of several.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.alignment_groups import read
from compare.analysis.alignment import align
from compare.model import Article, Span, Story

ARTICLES, SENTENCES, RUNS = 8, 40, 7
SHORTEST = 120


def sentences(folder: Path) -> list[str]:
    rows = read(folder / "alignment.ecb.train.jsonl")
    every = [" ".join(s.split()) for r in rows for d in r["documents"].values() for s in d["sentences"]]
    return [s for s in every if len(s) > SHORTEST][: ARTICLES * SENTENCES]


def story(texts: list[str]) -> Story:
    bodies = ["\n\n".join(texts[n * SENTENCES : (n + 1) * SENTENCES]) for n in range(ARTICLES)]
    return Story("speed", tuple(Article(f"a{n}", f"O{n}", "", b, Span(0, 0)) for n, b in enumerate(bodies)))


def plain(texts: list[str]) -> None:
    matrix = TfidfVectorizer().fit_transform(texts)
    (matrix @ matrix.T).toarray()


def seconds(call: Callable[[], object]) -> float:
    call()
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def main(arguments: list[str]) -> None:
    texts = sentences(Path(arguments[0]))
    told = story(texts)
    base, ours = seconds(lambda: plain(texts)), seconds(lambda: align(told))
    print(
        f"plain {base * 1e3:.1f} ms, table with omission grades {ours * 1e3:.1f} ms: {ours / base:.1f} times"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
