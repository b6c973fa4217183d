"""An archive compared from end to end, measured and not extrapolated: it may be stopped and goes on.

    python -m benchmarks.speed_archive FOLDER COUNT         group COUNT made-up articles, compare every story
    python -m benchmarks.speed_archive FOLDER COUNT held    the same, all tables held as a brief holds them

DATA in the environment names the folder of labelled data, as in benchmarks/speed_corpus. Grouping is a
process of its own, which leaves the stories in FOLDER; another compares them one after the other and
holds nothing but the one at work. After every ``EVERY`` stories a line in FOLDER says how many were done, in
how many seconds of one processor, with how many megabytes at most, and the digest of all tables and
findings so far; started again, it goes on behind the last line.
"""

import hashlib
import json
import os
import pickle
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import speed_corpus
from compare.model import Story

EVERY = 100
Line = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    if len(arguments) not in {2, 3} or arguments[2:] not in ([], ["held"]):
        print(__doc__, file=sys.stderr)
        return 64
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    folder, count, held = Path(arguments[0]), int(arguments[1]), len(arguments) == 3
    folder.mkdir(parents=True, exist_ok=True)
    spool = folder / f"stories-{count}.pickle"
    grouped = spool.with_suffix(".json")
    if not grouped.exists():
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            grouped.write_text(json.dumps(pool.submit(group, count, spool).result()), encoding="utf-8")
    print(f"{count:,} articles grouped: {grouped.read_text(encoding='utf-8')}", flush=True)
    print(f"compared: {json.dumps(compare(spool, held))}")
    return 0


def group(count: int, spool: Path) -> Line:
    """Write the stories that several outlets report to ``spool``, one after the other."""
    made = speed_corpus._articles(count)
    before = _peak()
    seconds, several = speed_corpus._seconds(lambda: speed_corpus._grouped(made))
    with spool.open("wb") as file:
        for story in several:
            pickle.dump(story, file)
    return {"stories": len(several), "seconds": round(seconds, 1), "MB over the texts": _peak() - before}


def compare(spool: Path, held: bool) -> Line:
    """Align and frame what is left of the stories in ``spool``; the last line of its log."""
    from compare.pipeline.comparing import _compared

    log = spool.with_name(f"{spool.stem}-{'held' if held else 'compared'}.jsonl")
    last: Line = {"stories": 0, "seconds": 0.0, "MB": 0, "digest": ""} if held else _last(log)
    kept: list[Any] = []
    stories = islice(_stories(spool), last["stories"], None)
    while some := list(islice(stories, EVERY)):
        digest, seconds = hashlib.sha256(last["digest"].encode()), 0.0
        for story in some:
            begin = time.process_time()
            done = _compared(story)
            seconds += time.process_time() - begin
            digest.update(repr(done).encode())
            if held:
                kept.append(done)
        last = {
            "stories": last["stories"] + len(some),
            "seconds": round(last["seconds"] + seconds, 2),
            "MB": max(_peak(), last["MB"]),
            "digest": digest.hexdigest()[:16],
        }
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(last) + "\n")
    return last


def _stories(spool: Path) -> Iterator[Story]:
    with spool.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def _last(log: Path) -> Line:
    """The last whole line of a log; one that was being written when it was stopped is taken away."""
    whole = [line for line in log.read_bytes().splitlines() if line.endswith(b"}")] if log.exists() else []
    log.write_bytes(b"".join(line + b"\n" for line in whole))
    found: Line = json.loads(whole[-1]) if whole else {"stories": 0, "seconds": 0.0, "MB": 0, "digest": ""}
    return found


def _peak() -> int:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
