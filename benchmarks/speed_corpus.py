"""What a corpus costs as it grows: reading pages, adding, grouping, comparing, and by whom it is compared.

    python -m benchmarks.speed_corpus read                     saved pages a second, beside bare trafilatura
    python -m benchmarks.speed_corpus add SVG [COUNT ...]      into the catalogue, and the same once more
    python -m benchmarks.speed_corpus pages [COUNT]            adding saved pages, by one process and by two
    python -m benchmarks.speed_corpus group SVG [COUNT ...]    grouping made-up articles: time and memory
    python -m benchmarks.speed_corpus compare SVG [COUNT ...]  grouping them, aligning and framing
    python -m benchmarks.speed_corpus ways [COUNT ...]         here, two processes, Dask with two workers

DATA in the environment names the folder of labelled data, from which the made-up articles then have their
words, else they have the demonstration corpus' (benchmarks/synthetic.py). Times are processor time on one
thread, but for ``ways`` and ``pages``, whose point is the clock on the wall; each size is a process of
its own.
"""

import contextlib
import hashlib
import json
import multiprocessing
import os
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import plot, synthetic
from compare.model import Article, Problem, Story

WAYS, PAGES = 300, 2_160
COUNTS = {"add": (1_250, 5_000, 20_000), "group": (1_000, 10_000, 100_000), "compare": (250, 500, 1_000)}


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["read"]:
            return read()
        case ["add" | "group" | "compare" as what, target, *counts]:
            return grow(what, Path(target), [int(one) for one in counts] or COUNTS[what])
        case ["pages", *counts]:
            add_pages(int(counts[0]) if counts else PAGES)
            return 0
        case ["ways", *counts]:
            for count in [int(one) for one in counts] or [WAYS]:
                ways(count)
            return 0
    print(__doc__, file=sys.stderr)
    return 64


def read() -> int:
    """The 216 pages of benchmarks/pages, by each in turn, three times."""
    import trafilatura

    from benchmarks.pages import pages
    from compare.corpus import readers

    made = [html for _, html, _ in pages()]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.html" for number in range(len(made))]
        for file, html in zip(files, made, strict=True):
            file.write_text(html, encoding="utf-8")
        bare = {
            "trafilatura, text": lambda: [trafilatura.extract(f.read_text("utf-8")) for f in files],
            "trafilatura, text and metadata": lambda: [
                trafilatura.bare_extraction(f.read_text("utf-8"), with_metadata=True) for f in files
            ],
            "Parallax": lambda: [list(readers.each(file)) for file in files],
        }
        found: dict[str, list[float]] = {name: [] for name in bare}
        for _ in range(4):  # the first only warms up
            for name, way in bare.items():
                found[name].append(_seconds(way)[0])
    least = statistics.median(found["trafilatura, text"][1:])
    for name, seconds in found.items():
        middle = statistics.median(seconds[1:])
        print(f"{name:32} {len(made) / middle:6.1f} pages a second, {middle / least:.2f} times the time")
    return 0


def grow(what: str, target: Path, counts: Sequence[int]) -> int:
    series: dict[str, list[tuple[float, float]]] = {}
    for count in counts:
        found = _apart({"add": add, "group": group, "compare": compare}[what], count)
        line = ", ".join(f"{name} {value:,.1f}" for name, value in found.items())
        print(f"{count:7,d} articles: {line}", flush=True)
        for name, value in found.items():
            series.setdefault(name, []).append((count, value))
    plot.growth({name: line for name, line in series.items() if min(y for _, y in line) > 0}, target)
    return 0


def add(count: int) -> dict[str, float]:
    """As one file of JSON lines; then each tenth as a file of its own, in another corpus; then again."""
    from compare.corpus import adding, catalogue

    made = [json.dumps(synthetic.record(one)) for one in _articles(count)]
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        (Path(folder) / "all.jsonl").write_text("\n".join(made), encoding="utf-8")
        (Path(folder) / "each").mkdir()
        for number, line in enumerate(made[::10]):
            (Path(folder) / "each" / f"{number}.json").write_text(line, encoding="utf-8")

        def added(name: str, corpus: str) -> int:
            there = Path(folder) / corpus
            there.mkdir(exist_ok=True)
            with catalogue.opened(there, create=True) as book:
                done = list(adding.add(book, there, adding.Order([str(Path(folder) / name)])))
            return sum(one.added.new for one in done if one.added)

        new = _seconds(lambda: added("all.jsonl", "one"))
        again = _seconds(lambda: added("all.jsonl", "one"))
        files = _seconds(lambda: added("each", "many"))
    if (new[1], again[1], files[1]) != (count, 0, len(made[::10])):
        raise SystemExit(f"added {new[1]}, {again[1]} and {files[1]} of {count}")
    return {"s to add": new[0], "s to add again": again[0], "s for a tenth as files": files[0]}


def add_pages(count: int) -> None:
    """Pages of benchmarks/pages, each round with a sentence of its own in every page, into new catalogues."""
    from benchmarks.pages import pages

    made = [html for _, html, _ in pages()]
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        source = Path(folder) / "pages"
        source.mkdir()
        for number in range(count):
            html = made[number % len(made)]
            place = max(
                re.finditer(r"<p\b[^>]*>", html), key=lambda one: html.find("</p>", one.end()) - one.end()
            )
            own = f"Round {number // len(made)} of item {number % len(made)} began late. "
            whole = f"{html[: place.end()]}{own}{html[place.end() :]}"
            (source / f"{number:05}.html").write_text(whole, encoding="utf-8")
        for jobs in (1, 2, 1, 2):
            corpus = Path(folder) / f"corpus{jobs}"
            wall, own_cpu, others, output = _apart(_add_pages, (source, corpus, jobs))
            shutil.rmtree(corpus)
            print(
                f"{count} pages, {jobs} reading: {wall:6.1f} s on the wall, of the writer {own_cpu:6.1f} s, "
                f"of others {others:6.1f} s, output {output}",
                flush=True,
            )


def _add_pages(asked: tuple[Path, Path, int]) -> tuple[float, float, float, str]:
    from compare.corpus import adding, catalogue, looking, register

    source, corpus, jobs = asked
    begin, own_cpu = time.perf_counter(), time.process_time()
    with catalogue.opened(corpus, create=True) as book:
        done = list(adding.add(book, corpus, adding.Order([str(source)]), jobs=jobs))
    wall, own_cpu = time.perf_counter() - begin, time.process_time() - own_cpu
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    with catalogue.opened(corpus) as book:
        found = (done, list(looking.in_order(book)), list(register.entries(corpus)))
    digest = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    return wall, own_cpu, others.ru_utime + others.ru_stime, digest


def group(count: int) -> dict[str, float]:
    made = _articles(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, grouped = _seconds(lambda: _grouped(made))
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    return {"s to group": seconds, "MB to group": memory, "stories of several": float(len(grouped))}


def compare(count: int) -> dict[str, float]:
    made = _articles(count)
    grouping, several = _seconds(lambda: _grouped(made))
    seconds, done = _seconds(lambda: sum(len(told(story)) > 0 for story in several))
    return {"s to group": grouping, "s to compare": seconds, "stories": float(done)}


def ways(count: int) -> None:
    """Seconds on the wall, and of processor time with all children, of each way; and what came out."""
    import distributed

    from compare.runner import Workers

    local: Any = distributed.LocalCluster

    several = _grouped(_articles(count))
    print(f"{count} articles, {len(several)} stories")
    for name in ("here", "two processes", "Dask, two workers"):
        with contextlib.ExitStack() as stack:
            workers = Workers(jobs=2 if name == "two processes" else 1)
            if name.startswith("Dask"):
                options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
                workers = Workers(cluster=stack.enter_context(local(**options)).scheduler_address)
            wall, output = _apart(_way, (several, workers))
        print(f"{name:20} {wall:7.1f} s on the wall, output {output}", flush=True)


def told(story: Story) -> bytes:
    """A story's table and findings, as text."""
    from compare import pipeline
    from compare.analysis import alignment

    table = alignment.align(story)
    return repr((table, pipeline.framed(table))).encode()


def _way(asked: tuple[list[Story], Any]) -> tuple[float, str]:
    from compare import runner
    from compare.pipeline.comparing import _compared

    begin, digest = time.perf_counter(), hashlib.sha256()
    for result in runner.run(_compared, asked[0], lambda story: story.id, asked[1]):
        if isinstance(result, Problem):
            raise SystemExit(f"{result.where}: {result.what}")
        digest.update(repr(result).encode())
    return time.perf_counter() - begin, digest.hexdigest()[:16]


def _articles(count: int) -> list[Article]:
    data = os.environ.get("DATA")
    return list(synthetic.articles(count, synthetic.from_data(Path(data) if data else None)))


def _grouped(made: Sequence[Article]) -> list[Story]:
    from compare.analysis import stories

    return [one for one in stories.group(made) if len({article.outlet for article in one.articles}) > 1]


def _seconds(run: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.process_time()
    found = run()
    return time.process_time() - begin, found


def _apart(run: Callable[[Any], Any], asked: Any) -> Any:
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    # Not a Pool, whose processes may have none of their own.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(run, asked).result()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
