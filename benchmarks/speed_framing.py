"""How long all framing of a story of 8 articles takes, as a multiple of the time of aligning it.

    python -m benchmarks.speed_framing [SENTENCES]

Eight outlets tell the demonstration week, SENTENCES (40 unless given) each: what an outlet wrote on every
event, one after the other. Outlets beyond the five tell it again with their paragraphs in another order.
Both are timed in one run (processor time, the best of several, one core), with the caches of texts emptied
before each: a brief meets every article once, and frames a story right after aligning it.
"""

import functools
import gc
import os
import sys
import time
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # two threads on a busy core wait for each other most of the time

from compare import pipeline
from compare.analysis import alignment
from compare.model import Article, Span, Story
from compare.text.passages import sentences

ARTICLES, SENTENCES, RUNS = 8, 40, 5
CORPUS, WEEK = Path(__file__).parent.parent / "corpus", "2025-W20"


def story(length: int) -> Story:
    """Eight articles on one week, of eight outlets, of about ``length`` sentences each."""
    found, _ = pipeline.of_week(pipeline.read_folder(CORPUS), WEEK)
    told: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda one: Path(one.origin).name):
        told.setdefault(one.outlet, []).extend(one.body.split("\n\n"))
    outlets = sorted(told)
    return Story("speed", tuple(_article(n, outlets, told, length) for n in range(ARTICLES)))


def _article(number: int, outlets: list[str], told: dict[str, list[str]], length: int) -> Article:
    again, place = divmod(number, len(outlets))
    parts = told[outlets[place]]
    kept: list[str] = []
    for part in parts[5 * again :] + parts[: 5 * again]:
        if len(sentences(" ".join(kept))) < length:
            kept.append(part)
    name = outlets[place] + (f" {again + 1}" if again else "")
    return Article(f"a{number}", name, kept[0], "\n\n".join(kept), Span(0, len(kept[0])))


def emptied() -> None:
    """Empty the caches that hold texts; those of lexicons and models stay, as they do in a week's run."""
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper) and one.cache_parameters()["maxsize"]:
            one.cache_clear()


def once(told: Story) -> tuple[float, dict[str, float]]:
    """Seconds of aligning a story nobody has read yet, and of every room on its table, in their order."""
    emptied()
    begin = time.process_time()
    table = alignment.align(told)
    aligned = time.process_time() - begin
    spent = {}
    for room in pipeline.rooms():
        begin = time.process_time()
        room.find(table)
        spent[room.__name__.rsplit(".", 1)[-1]] = time.process_time() - begin
    return aligned, spent


def main(arguments: list[str]) -> None:
    told = story(int(arguments[0]) if arguments else SENTENCES)
    once(told)
    runs = [once(told) for _ in range(RUNS)]
    base = min(aligned for aligned, _ in runs)
    rooms = {name: min(spent[name] for _, spent in runs) for name in runs[0][1]}
    framing = min(sum(spent.values()) for _, spent in runs)
    words = sum(len(one.body.split()) for one in told.articles)
    print(f"{len(told.articles)} articles, {words} words; aligned in {base * 1e3:.0f} ms")
    print(f"all framing {framing * 1e3:.0f} ms: {framing / base:.2f} times")
    for name, spent in rooms.items():
        print(f"  {name:12} {spent * 1e3:6.0f} ms: {spent / base:.2f} times")


if __name__ == "__main__":
    main(sys.argv[1:])
