"""Hostile input: valid files of every format, damaged in many ways, through the door of all readers.

    python -m benchmarks.fuzz [TIMES [SEED [FOLDER]]]

Every file is read by ``readers.each`` in a process of its own kind, with 10 seconds of processor and 2 GB
of memory. What may come of it is Articles (their spans slice back, no control character in a field) and
Problems of one printable line, at least one; nothing raised, nothing printed. The same seed makes the same
files; those that break a promise are kept in FOLDER. Exits with 1 where there is any.
"""

import contextlib
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.fuzz_damage import damaged
from compare.corpus.readers import each
from compare.model import Article, Problem

SECONDS = 10
MEMORY = 2_000_000_000
_WALL = 200
_SHOWN = 8
_LONGEST_LINE = 4_000
_NAMES = ("a", "Quay__a", "a#1", "2025-05-16 a", "a\nb", "a\x1b[2Jb", "\u202ea", "a!b", "a b", "#1", "\udcff")


@dataclass(slots=True)
class Reading:
    """What came of one file: counts, processor seconds, peak memory in bytes, and the promises broken."""

    articles: int = 0
    problems: int = 0
    seconds: float = 0
    peak: int = 0
    broken: list[str] = field(default_factory=list)


def broken(one: Article | Problem) -> Iterator[str]:
    """The promises that an outcome breaks, in words."""
    if isinstance(one, Problem):
        for line in (one.where, one.what):
            if not line or not line.isprintable() or len(line) > _LONGEST_LINE:
                yield f"a Problem that is no printable line: {line[:200]!a}"
        return
    for name in (one.name for one in fields(Article)):
        value = getattr(one, name)
        lines = [value] if isinstance(value, str) else []
        lines += [part for gone in value for part in (gone.line, gone.rule)] if name == "removed" else []
        for line in lines:
            bare = line.replace("\n\n", "") if name == "body" else line
            if any(unicodedata.category(c) in {"Cc", "Cs"} for c in bare):
                yield f"a control character or half a pair in {name}: {line[:200]!a}"
    if not one.origin.isprintable() or not one.outlet.strip() or one.outlet != one.outlet.strip():
        yield f"an origin or outlet that is no name: {one.origin!a}, {one.outlet!a}"
    if not 0 == one.headline.begin <= one.headline.end <= len(one.body) or not one.body:
        yield f"a headline that is no span of the text: {one.headline}"
    if one.title and one.body[one.headline.begin : one.headline.end] != one.title:
        yield "a title that its span does not slice"


def read(path: Path) -> Reading:
    """Read one file within its seconds of processor; the process ends where they are over."""
    done = Reading()
    _reset_peak()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    begin = time.process_time()
    try:
        for one in each(path, root=path.parent.parent):
            done.articles += isinstance(one, Article)
            done.problems += isinstance(one, Problem)
            done.broken += broken(one)
            if isinstance(one, Problem) and "MemoryError" in one.what:
                done.broken.append("ran into the ceiling of memory")
    except BaseException as error:  # nothing at all may leave the readers
        done.broken.append(f"raised {type(error).__name__}: {str(error)[:200]!a}")
    done.seconds = time.process_time() - begin
    signal.setitimer(signal.ITIMER_PROF, 0)
    done.peak = _peak()
    if not done.articles and not done.problems:
        done.broken.append("a file that is lost without a word")
    return done


def _reset_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1000
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1000


def _child(pipe: Connection, printed: str) -> None:
    """Read what the parent names until it hangs up; whatever a library prints lands in ``printed``."""
    handle = os.open(printed, os.O_WRONLY | os.O_APPEND)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError):
        while True:
            pipe.send(read(pipe.recv()))


class Pool:
    """One child at a time; a new one where the last has died, with the reason as a promise broken."""

    def __init__(self, folder: Path) -> None:
        self._printed = folder / "printed"
        self._printed.touch()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_child, args=(theirs, str(self._printed)), daemon=True)
        self._process.start()
        theirs.close()

    def read(self, path: Path) -> Reading:
        """What came of one file."""
        self._pipe.send(path)
        try:
            done: Reading = self._pipe.recv() if self._pipe.poll(_WALL) else self._ended("over 200 seconds")
        except (EOFError, ConnectionError):
            self._process.join()
            code = self._process.exitcode
            done = self._ended(f"over {SECONDS} seconds" if code == -signal.SIGPROF else f"died of {code}")
        if self._printed.stat().st_size:
            done.broken.append(f"printed {self._printed.read_bytes()[:400]!a}")
            self._printed.write_bytes(b"")
        return done

    def _ended(self, why: str) -> Reading:
        self.close()
        self._start()
        return Reading(seconds=SECONDS, broken=[why])

    def close(self) -> None:
        """End the child."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def files(times: int, seed: int) -> Iterator[tuple[str, str, bytes, str]]:
    """(format, name, bytes, what was done to them) of each file; one in six under another format's suffix."""
    from benchmarks.fuzz_samples import samples

    chance = random.Random(seed)
    whole = samples()
    suffixes = list(whole)
    for number in range(times):
        suffix = suffixes[number % len(suffixes)]
        raw, how = damaged(
            chance, chance.choice(whole[suffix]), chance.choice(whole[chance.choice(suffixes)])
        )
        shown = suffix if chance.randrange(6) else chance.choice(suffixes)
        yield suffix, chance.choice(_NAMES) + shown, raw, how


def main(times: int = 10_000, seed: int = 1, kept: str = "") -> int:
    """Run, print what came of it, and return the exit code."""
    totals: dict[str, Counter[str]] = {}
    slowest: list[tuple[float, int, str, str]] = []
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "Skerry Times"
        folder.mkdir()
        pool = Pool(Path(place))
        for number, (suffix, name, raw, how) in enumerate(files(times, seed)):
            path = folder / name
            path.write_bytes(raw)
            done = pool.read(path)
            path.unlink()
            total = totals.setdefault(suffix, Counter())
            total.update(files=1, articles=done.articles, problems=done.problems, broken=bool(done.broken))
            total["milliseconds"] += round(done.seconds * 1000)
            total["peak"] = max(total["peak"], done.peak)
            slowest.append((done.seconds, done.peak, suffix, how))
            for line in done.broken:
                found[line[:50]] += 1
                if found[line[:50]] <= _SHOWN:
                    print(f"file {number} ({suffix}, {how}, {len(raw):,} bytes): {line}", flush=True)
                    _keep(kept, f"{number}{Path(name).suffix}", raw)
        pool.close()
    _print(totals, slowest)
    return min(sum(found.values()), 1)


def _keep(folder: str, name: str, raw: bytes) -> None:
    if folder:
        Path(folder).mkdir(exist_ok=True)
        (Path(folder) / name).write_bytes(raw)


def _print(totals: dict[str, Counter[str]], slowest: list[tuple[float, int, str, str]]) -> None:
    names = ("files", "articles", "problems", "broken")
    print(f"{'':12}" + "".join(f"{name:>10}" for name in (*names, "ms a file", "peak MB")))
    for suffix, total in totals.items():
        each_takes = total["milliseconds"] / total["files"]
        figures = "".join(f"{total[name]:10,}" for name in names)
        print(f"{suffix:12}{figures}{each_takes:10.1f}{total['peak'] / 1e6:10.0f}")
    sums = "".join(f"{sum(total[name] for total in totals.values()):10,}" for name in names)
    print(f"{'all':12}{sums}{'':10}{max(total['peak'] for total in totals.values()) / 1e6:10.0f}")
    largest = sorted(slowest, key=lambda one: one[1], reverse=True)
    for what, listed in (("slowest", sorted(slowest, reverse=True)), ("largest in memory", largest)):
        print(f"{what}:")
        for seconds, peak, suffix, how in listed[:5]:
            print(f"  {seconds:6.2f} s  {peak / 1e6:6.0f} MB  {suffix:12} {how}")


if __name__ == "__main__":
    times, seed, folder = (*sys.argv[1:], *("10000", "1", "")[len(sys.argv) - 1 :])
    sys.exit(main(int(times), int(seed), folder))
