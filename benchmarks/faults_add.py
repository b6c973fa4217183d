"""Faults a corpus meets, each many times: a full disk, damaged files, two processes, a clock that jumps.

    python -m benchmarks.faults_add [TIMES [SEED]]

After every fault the corpus is put right as its message says, and has to hold what an undisturbed one
holds. A full disk is a small tmpfs, which takes the right to mount one; without it that fault is left out.
"""

import contextlib
import datetime as dt
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import articles
from benchmarks.kill_add import _contents, _wrong
from compare.corpus import adding, catalogue, checking, raw
from compare.errors import ParallaxError

COUNT = 40
Totals = Counter[str]


def main(times: int = 40, seed: int = 1) -> None:
    """Run every fault ``times`` and print what came of it."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = _source(folder / "source")
        _add(source, folder / "whole")
        wanted = _contents(folder / "whole")
        for name, fault in (
            ("full disk", _full),
            ("catalogue damaged", _damaged_catalogue),
            ("raw file damaged", _damaged_raw),
            ("two processes", _two),
            ("clock jumps", _clock),
        ):
            totals: Totals = Counter()
            for _ in range(times):
                corpus = folder / "corpus"
                with contextlib.ExitStack() as stack:
                    try:
                        fault(source, corpus, folder / "whole", chance, stack, totals)
                    except PermissionError:
                        break
                    totals["tried"] += 1
                    totals["not the same in the end"] += _contents(corpus)[:2] != wanted[:2]
                    totals["not clean in the end"] += bool(_wrong(corpus, mended=False))
                shutil.rmtree(corpus)
            print(f"{name}: " + ", ".join(f"{what} {totals[what]}" for what in sorted(totals)))


def _source(folder: Path) -> Path:
    folder.mkdir()
    for number, one in enumerate(articles.articles(COUNT, seed=5, words=200)):
        (folder / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
    return folder


def _add(source: Path, corpus: Path) -> None:
    with catalogue.opened(corpus, create=True) as book:
        for _ in adding.add(book, corpus, adding.Order((str(source),))):
            pass


def _said(totals: Totals, code: int, work: object, *arguments: object) -> None:
    """Do it; count whether it ends well, with the line it should, or otherwise."""
    try:
        work(*arguments)  # type: ignore[operator]
        totals["ended well"] += 1
    except ParallaxError as error:
        totals[f"one line, {error.exit_code}" if error.exit_code == code else "the wrong line"] += 1


def _full(
    source: Path, corpus: Path, _: Path, chance: random.Random, stack: contextlib.ExitStack, totals: Totals
) -> None:
    corpus.mkdir(exist_ok=True)
    stack.enter_context(_disk(corpus, chance.randrange(20, 900)))
    catalogue.BATCH = chance.choice((3, 10, 1000))
    _said(totals, 73, _add, source, corpus)
    subprocess.run(["mount", "-o", "remount,size=50m", str(corpus)], check=True)
    _add(source, corpus)
    catalogue.BATCH = 1000


@contextlib.contextmanager
def _disk(folder: Path, kilobytes: int) -> Iterator[None]:
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise PermissionError
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _damaged_catalogue(
    _s: Path, corpus: Path, whole: Path, chance: random.Random, _k: object, totals: Totals
) -> None:
    shutil.copytree(whole, corpus)
    file = corpus / catalogue.NAME
    at = chance.randrange(file.stat().st_size)
    with file.open("r+b") as stream:
        stream.seek(at)
        stream.write(chance.randbytes(chance.choice((1, 64, 5000))))
        if chance.random() < 0.2:
            stream.truncate(at)
    found = _wrong(corpus, mended=False)
    totals["named" if found else "in a place without content"] += 1
    if not found:
        return
    list(checking.rebuild(corpus))


def _damaged_raw(
    source: Path, corpus: Path, whole: Path, chance: random.Random, _: object, totals: Totals
) -> None:
    shutil.copytree(whole, corpus)
    file = chance.choice(list(raw.all_files(corpus)))
    data = bytearray(file.read_bytes())
    file.chmod(0o644)
    if chance.random() < 0.3:
        file.unlink()
    elif chance.random() < 0.3:
        file.write_bytes(data[: chance.randrange(len(data))])
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
    totals["named"] += [one.where for one in _wrong(corpus, mended=False)] == [str(file)]
    _add(source, corpus)


def _two(source: Path, corpus: Path, _: Path, chance: random.Random, _k: object, totals: Totals) -> None:
    command = [sys.executable, "-m", "benchmarks.faults_add", "add", str(source), str(corpus)]
    pair = [subprocess.Popen(command), subprocess.Popen(command)]
    codes = sorted(one.wait() for one in pair)
    totals[f"exit codes {codes[0]} and {codes[1]}"] += 1


def _clock(source: Path, corpus: Path, _w: Path, chance: random.Random, _k: object, totals: Totals) -> None:
    before = catalogue._now
    catalogue._now = lambda: dt.datetime.fromtimestamp(chance.randrange(2**32), dt.UTC).isoformat()
    try:
        for _ in range(2):
            _add(source, corpus)
    finally:
        catalogue._now = before


if __name__ == "__main__":
    if sys.argv[1:2] == ["add"]:
        try:
            _add(Path(sys.argv[2]), Path(sys.argv[3]))
        except ParallaxError as error:
            sys.exit(error.exit_code)
    else:
        main(*map(int, sys.argv[1:]))
