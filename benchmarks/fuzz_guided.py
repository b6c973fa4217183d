"""The same promises under guided fuzzing: bytes that reach new lines of the readers are kept and bred.

    python -m benchmarks.fuzz_guided READER [SECONDS [CORPUS]]

READER is text, page, feed, record, table, export, markdown or mail. Needs atheris, which is no dependency of
the project: make a copy of its environment and ``pip install atheris`` there. Runs in this process under
libFuzzer with 10 seconds and 2 GB for a file; it ends at the first promise that is broken, and leaves the
bytes as ``crash-*``. CORPUS is a folder of files to begin with and to keep what was found in; without it the
valid files of ``benchmarks.fuzz_samples`` are the beginning.
"""

import importlib
import sys
import tempfile
from pathlib import Path

SECONDS = 10
SUFFIXES = {
    "text": (".txt", ".md"),
    "page": (".html",),
    "feed": (".rss", ".atom", ".opml"),
    "record": (".json", ".jsonl"),
    "table": (".csv",),
    "export": (".export.txt",),
    "markdown": (".md",),
    "mail": (".eml", ".mbox"),
}
_MEGABYTES = 2_000
_LONGEST = 20_000


def main(reader: str, seconds: int = 60, corpus: str = "") -> None:
    """Fuzz one reader for so long; raises AssertionError where a promise is broken."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.exit("needs atheris: pip install atheris, in a copy of the project's environment")
    with atheris.instrument_imports(include=["compare.corpus", "email", "feedparser", "csv", "json"]):
        from compare.corpus.deposit import of_bytes
        from compare.corpus.readers import each

        importlib.import_module("compare.corpus.readers.mail")
    from benchmarks.fuzz import broken  # not before: what it imports would go unwatched

    name = f"Skerry Times/a{SUFFIXES[reader][0]}"

    def one(raw: bytes) -> None:
        found = list(each(of_bytes(raw, name)))
        wrong = [line for item in found for line in broken(item)]
        wrong += ["a file that is lost without a word"] * (not found)
        assert not wrong, wrong

    with tempfile.TemporaryDirectory() as place:
        folder = Path(corpus or place)
        _begin(folder, reader)
        limits = [f"-max_total_time={seconds}", f"-timeout={SECONDS}", f"-rss_limit_mb={_MEGABYTES}"]
        limits += [f"-max_len={_LONGEST}", "-seed=1", "-print_final_stats=1", "-verbosity=1"]
        atheris.Setup([sys.argv[0], *limits, str(folder)], one)
        atheris.Fuzz()


def _begin(folder: Path, reader: str) -> None:
    from benchmarks.fuzz_samples import samples

    folder.mkdir(exist_ok=True)
    whole = samples()
    for suffix in SUFFIXES[reader]:
        for number, raw in enumerate(whole[suffix]):
            (folder / f"{number}{suffix}").write_bytes(raw)


if __name__ == "__main__":
    main(sys.argv[1], int((sys.argv[2:] or ["60"])[0]), "".join(sys.argv[3:4]))
