"""Kill `add` at random moments, again and again, and count what is lost or doubled.

    python -m benchmarks.kill_add [KILLS [SEED [JOBS]]]

A process adds a folder of files (single articles and pages, one file of many, the same bytes under two
names, a file without an article) to a corpus, with JOBS processes that read pages (else 1: itself), and is
killed (SIGKILL) after a random time; then it is started again, until it comes to its end, by itself or
after eight kills. Rounds are repeated until at least KILLS were killed. After every kill the corpus is
checked: what is wrong has to be one of the states that a stopped addition leaves, and every third time
`check --mend` has to leave nothing wrong. After every round, the catalogue rebuilt now and then, which is
killed too, the corpus has to hold what an addition that nobody stopped holds: the same articles, raw files
and register, each once.
"""

import html
import json
import multiprocessing
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import articles
from compare.corpus import adding, catalogue, checking, looking, raw, register
from compare.errors import ParallaxError
from compare.model import Problem

FILES, MANY, PAGES = 20, 60, 30
FORK = multiprocessing.get_context("fork")  # a new interpreter would take longer to start than to add
STATES = {
    "a copy that was stopped": "half a copy",
    "came in under no name": "bytes without a name",
    "is not in the catalogue": "bytes not yet catalogued",
    "was not read to its end": "a file read in part",
    "there is no catalogue here": "no catalogue yet",
    "there is no such table": "no catalogue yet",
}
Work = Callable[[str, Path, Path, int], None]
Contents = tuple[list[str], list[str], list[str]]


def main(kills: int = 200, seed: int = 1, jobs: int = 1) -> None:
    """Run the experiment and print its figures."""
    chance = random.Random(seed)
    totals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        source = _source(Path(place) / "source")
        began = time.perf_counter()
        work = partial(_work, jobs)
        _ended(work, "add", source, Path(place) / "whole", 1000)
        longest = time.perf_counter() - began
        wanted = _contents(Path(place) / "whole")
        first = 0 if jobs == 1 else longest / 2  # before that processes only start
        while totals["kills of add"] < kills:
            corpus = Path(place) / f"corpus{totals['rounds']}"
            batch = chance.choice((7, 60, 1000))
            for _ in range(8):
                if not _killed(work, "add", source, corpus, batch, chance.uniform(first, longest)):
                    break
                totals["kills of add"] += 1
                if totals["kills of add"] % 20 == 0:
                    print(totals["kills of add"], "killed", file=sys.stderr)
                totals.update(_state(corpus, mended=totals["kills of add"] % 3 == 0))
            _ended(work, "add", source, corpus, batch)
            if totals["kills of rebuild"] < totals["kills of add"] // 4:
                totals["kills of rebuild"] += _killed(
                    work, "rebuild", source, corpus, batch, chance.uniform(first, longest)
                )
                _ended(work, "rebuild", source, corpus, batch)
            _ended(work, "add", source, corpus, batch)
            totals["wrong after mending"] += len(_wrong(corpus, mended=True))
            _compare(_contents(corpus), wanted, totals)
            totals["rounds"] += 1
            shutil.rmtree(corpus)
    for name in (
        "rounds", "kills of add", "kills of rebuild",
        *sorted(f"found: {one}" for one in set(STATES.values())),
        "found: nothing wrong", "found: anything else", "wrong after mending", "articles lost",
        "articles doubled or changed", "raw files lost", "raw files too many", "register lines lost",
    ):  # fmt: skip
        print(f"{name}: {totals[name]}")


def _source(folder: Path) -> Path:
    found = list(articles.articles(FILES + MANY + PAGES, seed=3, words=150))
    for number, one in enumerate(found[:FILES]):
        file = folder / one["sitename"] / f"{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{one['title']}\n\n{one['text']}", encoding="utf-8")
    for outlet in ("Wire A", "Wire B"):
        (folder / outlet).mkdir()
        shutil.copy(next(folder.glob("Outlet*/1.txt")), folder / outlet / "wire.txt")
    (folder / "many.jsonl").write_text("".join(json.dumps(one) + "\n" for one in found[FILES : FILES + MANY]))
    (folder / "none.json").write_text("[]")
    for number, one in enumerate(found[FILES + MANY :]):
        text = "".join(f"<p>{html.escape(line)}</p>" for line in one["text"].split("\n\n"))
        head = f"<title>{html.escape(one['title'])}</title>"
        page = f"<!doctype html><html><head>{head}</head><body><article>{text}</article></body></html>"
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    return folder


def _state(corpus: Path, mended: bool) -> Counter[str]:
    """What a kill left behind, and whether mending leaves nothing."""
    found = _wrong(corpus, mended=False)
    counts: Counter[str] = Counter()
    if not found:
        counts["found: nothing wrong"] += 1
    for state in {_named(one) for one in found}:
        counts[f"found: {state}"] += 1
        if state == "anything else":
            print(*found, sep="\n", file=sys.stderr)
    if mended and (corpus / catalogue.NAME).exists():
        counts["wrong after mending"] += len(_wrong(corpus, mended=True))
    return counts


def _named(one: Problem) -> str:
    return next((state for words, state in STATES.items() if words in one.what), "anything else")


def _wrong(corpus: Path, mended: bool) -> list[Problem]:
    try:
        with checking.opened(corpus) as book:
            if mended:
                list(checking.mend(corpus, book))
            return list(checking.check(corpus, book))
    except ParallaxError as error:
        return [Problem(error.where, error.what)]


def _contents(corpus: Path) -> Contents:
    with catalogue.opened(corpus) as book:
        texts = sorted(repr(one) for one in looking.in_order(book))
    files = sorted(one.name for one in raw.all_files(corpus))
    return texts, files, sorted({repr(one) for one in register.entries(corpus)})


def _compare(found: Contents, wanted: Contents, totals: Counter[str]) -> None:
    texts, files, lines = (Counter(one) for one in found)
    all_texts, all_files, all_lines = (Counter(one) for one in wanted)
    totals["articles lost"] += (all_texts - texts).total()
    totals["articles doubled or changed"] += (texts - all_texts).total()
    totals["raw files lost"] += (all_files - files).total()
    totals["raw files too many"] += (files - all_files).total()
    totals["register lines lost"] += (all_lines - lines).total()


def _killed(work: Work, what: str, source: Path, corpus: Path, batch: int, seconds: float) -> bool:  # noqa: PLR0913, PLR0917
    """Start it, and kill it so long after it begins; whether it was still at work."""
    process = FORK.Process(target=work, args=(what, source, corpus, batch))
    process.start()
    time.sleep(seconds)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def _ended(work: Work, what: str, source: Path, corpus: Path, batch: int) -> None:
    process = FORK.Process(target=work, args=(what, source, corpus, batch))
    process.start()
    process.join()
    assert process.exitcode == 0, process.exitcode


def _work(jobs: int, what: str, source: Path, corpus: Path, batch: int) -> None:
    """The process that is killed: what `parallax add` and `parallax check --rebuild` do."""
    catalogue.BATCH = batch
    if what == "rebuild":
        list(checking.rebuild(corpus))
        return
    with catalogue.opened(corpus, create=True) as book:
        for _ in adding.add(book, corpus, adding.Order((str(source),)), jobs=jobs):
            pass


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
