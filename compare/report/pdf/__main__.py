"""The child that sets a page: ``python -m compare.report.pdf FOLDER HAND MEGABYTES``.

The folder has ``page.html``, the numbers of the gatherings that each hand is to set in ``HAND.todo``,
and the pages of others as ``NUMBER.json``. Hand 0 also binds, once its standard input is closed: the
others have ended then. It writes ``page.pdf``, the number of pages to ``pages``, and how many of them are
before the gatherings to ``front``, where it may find a guess.
"""

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.report.pdf.gatherings import Book

BATCH = 150_000


def main(folder: Path, hand: int, megabytes: int) -> None:
    """Set a share of the gatherings; hand 0 binds all."""
    import gc

    _fence(megabytes)
    # The process ends with the page: collecting garbage all the time would cost a seventh of it.
    gc.disable()
    from compare.report.pdf import gatherings, loose, shelf

    html = (folder / "page.html").read_text(encoding="utf-8")
    book = gatherings.cut(html)
    todo = json.loads((folder / f"{hand}.todo").read_text(encoding="utf-8"))
    with contextlib.suppress(loose.InOnePieceError):
        for turn, batch in enumerate(gatherings.batches(book, todo, BATCH)):
            if turn:
                gc.collect()
            for number, pages in loose.take(book, batch).items():
                _write(folder / f"{number}.json", json.dumps(pages).encode())
    if hand == 0:
        sys.stdin.read()
        data, count, front = _bound(folder, html, book)
        _write(folder / "pages", str(count).encode())
        _write(folder / shelf.FRONT, str(front).encode())
        _write(folder / "page.pdf", data)


def _bound(folder: Path, html: str, book: "Book") -> tuple[bytes, int, int]:
    """The PDF and its numbers of pages, in all and in front: in one piece if the gatherings do not fit."""
    from compare.report.pdf import binding, loose, press, shelf

    files = [folder / f"{number}.json" for number in range(len(book.gatherings))]
    if files and all(file.exists() for file in files):
        with contextlib.suppress(loose.InOnePieceError):
            pages = [json.loads(file.read_bytes()) for file in files]
            return binding.bind(book, pages, html, shelf.front(folder / shelf.FRONT))
    return *press.whole(html), 0


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    beside = path.with_suffix(".part")
    beside.write_bytes(data)
    beside.replace(path)


def _fence(megabytes: int) -> None:
    """Bound this process's memory, where the system lets itself be asked."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
