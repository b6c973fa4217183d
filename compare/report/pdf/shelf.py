"""A folder of gatherings that have been set before, so that what has not changed need not be set again.

An entry's name is a hash of all that its pages depend on; its content begins with a hash of the rest.
One that is broken is as good as none. Nothing but data is read from it.
"""

import contextlib
import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from compare.report import fonts
from compare.report.pdf.gatherings import Book

FORMAT = "2"
FRONT = "front"
ENTRIES = 400
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cache in ``folder``, which is made when there is something to keep."""

    folder: Path

    def fetch(self, book: Book, into: Path) -> frozenset[int]:
        """Put the pages of every gathering that is here ``into`` a folder; the numbers of these.

        Beside them a guess of how many pages come before them: as many as the last time.
        """
        guess = front(self.folder / _front(book))
        if guess:
            (into / FRONT).write_text(str(guess), encoding="utf-8")
        return frozenset(
            number for number, name in enumerate(names(book)) if self._read(name, into / f"{number}.json")
        )

    def keep(self, book: Book, numbers: Iterable[int], made: Path) -> None:
        """Keep some gatherings from the folder where they were ``made``; the oldest entries go."""
        entries = names(book)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for number in numbers:
                file = made / f"{number}.json"
                if file.exists():
                    _write(self.folder / entries[number], file.read_bytes())
            guess = front(made / FRONT)
            if guess:
                _put(self.folder / _front(book), str(guess).encode())
            self._thin()

    def _read(self, name: str, target: Path) -> bool:
        entry = self.folder / name
        try:
            packed = entry.read_bytes()
            data = zlib.decompress(packed[_DIGEST:])
            if hashlib.sha256(data).digest() != packed[:_DIGEST]:
                return False
            os.utime(entry)
        except (OSError, zlib.error):
            return False
        target.write_bytes(data)
        return True

    def _thin(self) -> None:
        for kind in ("*.pages", f"*.{FRONT}"):
            entries = sorted(self.folder.glob(kind), key=lambda entry: -entry.stat().st_mtime_ns)
            for entry in entries[ENTRIES:]:
                entry.unlink(missing_ok=True)


def front(path: Path) -> int:
    """The number of pages that a file names, or 0: any harm to it costs time and nothing else."""
    try:
        return int(path.read_bytes()[:6])
    except (OSError, ValueError):
        return 0


def usual_folder() -> Path | None:
    """Where a user's caches are, by the XDG base directory specification; None without a home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    try:
        home = Path(given) if given.startswith("/") else Path.home() / ".cache"
    except RuntimeError:
        return None
    return home / "parallax" / "pages"


def names(book: Book) -> list[str]:
    """What the entry of each gathering is called."""
    common = _common(book)
    made = []
    for gathering in book.gatherings:
        one = common.copy()
        one.update(gathering.encode("utf-8", "replace"))
        made.append(f"{one.hexdigest()}.pages")
    return made


def _front(book: Book) -> str:
    return f"{_common(book).hexdigest()}.{FRONT}"


def _common(book: Book) -> Any:
    """A hash of all that every page depends on."""
    common = hashlib.sha256()
    for text in (FORMAT, version("weasyprint"), version("pydyf"), version("tinyhtml5"), book.head):
        common.update(text.encode("utf-8", "replace") + b"\0")
    for face in fonts.installed():
        file = fonts.path(face)
        common.update(f"{face.url}\0{file.stat().st_size if file else 0}\0".encode())
    return common


def _write(path: Path, data: bytes) -> None:
    """An entry: the hash of what it says, and that."""
    _put(path, hashlib.sha256(data).digest() + zlib.compress(data, 6))


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all, even with another process at it."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
