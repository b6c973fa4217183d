"""How long adding articles takes, beside only reading them, and how much memory.

    python -m benchmarks.speed_add [ARTICLES [FILES]]

ARTICLES made-up articles (see benchmarks/articles) come as one JSONL file, FILES others as a file each.
Every step is a process of its own; its peak of memory is the whole process's. Reading takes the text out
and keeps nothing, so that the ratio is what keeping costs.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import articles

STEPS = ("read", "add", "again", "search", "list", "check")


def main(many: int = 20_000, files: int = 2_000) -> None:
    """Run the steps and print seconds, articles a second, ratios and peaks."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with (folder / "many.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(articles.lines(many))
        (folder / "files").mkdir()
        for number, one in enumerate(articles.articles(files, seed=2)):
            (folder / "files" / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
        for source, count in (("many.jsonl", many), ("files", files)):
            size = (
                sum(one.stat().st_size for one in folder.glob(f"{source}/*"))
                or (folder / source).stat().st_size
            )
            print(f"{count:,} articles as {source}, {size / 1e6:.0f} MB")
            corpus, reading = folder / f"corpus-{source}", 0.0
            for step in STEPS:
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.speed_add", step, str(folder / source), str(corpus)],
                    capture_output=True,
                    check=True,
                    text=True,
                )
                seconds, peak = map(float, done.stdout.split())
                reading = reading or seconds
                print(
                    f"  {step:<8}{seconds:8.2f} s {count / seconds:10,.0f} a second"
                    f"{seconds / reading:8.2f} of reading {peak:6.0f} MB at most"
                )
            size = (corpus / "catalogue.db").stat().st_size
            print(f"  the catalogue has {size / 1e6:.0f} MB")


def _step(step: str, source: Path, corpus: Path) -> None:
    from compare.corpus import adding, catalogue, checking, looking, readers, search

    began = time.perf_counter()
    if step == "read":
        for _ in readers.each(source):
            pass
    elif step in {"add", "again"}:
        with catalogue.opened(corpus, create=True) as book:
            for _ in adding.add(book, corpus, adding.Order((str(source),))):
                pass
    elif step == "check":
        with checking.opened(corpus) as book:
            assert not list(checking.check(corpus, book))
    else:
        with catalogue.opened(corpus) as book:
            found = search.search(book, "said have", 20) if step == "search" else looking.cards(book)
            assert sum(1 for _ in found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - began, peak)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in STEPS:
        _step(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
