"""How long adding articles takes, beside only reading them, and how much memory.

    python -m benchmarks.speed_add [ARTICLES [FILES]]

ARTICLES made-up articles (see benchmarks/articles) come as one JSONL file, FILES others as a file each.
Every step is a process of its own; its peak of memory is the whole process's. Reading takes the text out
and keeps nothing: what adding takes beyond that is what keeping costs. Where others work on the same
machine only the processor's seconds say something.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import articles

STEPS = ("add", "read", "again", "search", "list", "check")


def main(many: int = 20_000, files: int = 2_000) -> None:
    """Run the steps and print seconds, articles a second of the processor, and peaks."""
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
            print(f"{count:,} articles as {source}, {size / 1e6:.0f} MB", flush=True)
            corpus = folder / f"corpus-{source}"
            for step in STEPS:
                command = [
                    sys.executable,
                    "-m",
                    "benchmarks.speed_add",
                    step,
                    str(folder / source),
                    str(corpus),
                ]
                done = subprocess.run(command, capture_output=True, check=True, text=True)
                seconds, busy, peak = map(float, done.stdout.split())
                print(
                    f"  {step:<8}{seconds:8.2f} s, of the processor {busy:8.2f} s, "
                    f"{count / busy:8,.0f} articles a second, {peak:5.0f} MB at most",
                    flush=True,
                )
            size = (corpus / "catalogue.db").stat().st_size
            print(f"  the catalogue has {size / 1e6:.0f} MB")


def _step(step: str, source: Path, corpus: Path) -> None:
    from compare.corpus import adding, catalogue, checking, looking, readers, search

    began, busy = time.perf_counter(), time.process_time()
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
    print(time.perf_counter() - began, time.process_time() - busy, peak)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in STEPS:
        _step(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
