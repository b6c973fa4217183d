"""Files, folders, patterns and standard input: what may be read is found, what may not is one clear line."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from compare.corpus.deposit import LARGEST, Deposit, held, of_file
from compare.errors import ParallaxError
from compare.model import Problem

__all__ = [
    "LARGEST",
    "NO_INPUT",
    "article_files",
    "deposited",
    "is_folder",
    "matching",
    "may_hold_articles",
    "shown",
]

NO_INPUT = 66
_DEEPEST = 50
_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", "",
     ".csv", ".tsv", ".tab", ".xml", ".rss", ".atom", ".rdf", ".opml", ".db", ".sqlite", ".sqlite3", ".zip",
     ".eml", ".mbox", ".mbx", ".warc", ".gz", ".wacz", ".docx", ".rtf", ".pdf"}
)  # fmt: skip
_NOT_ARTICLES = ("readme", "license", "licence", "changelog", "makefile", "catalogue.db", "collect.db")
_CATALOGUE = frozenset({"catalogue.db", "collect.db"})


def shown(path: Path | str) -> str:
    """A path as one printable line: what cannot be printed is escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(path))


@contextmanager
def deposited(path: Path | str, large: Callable[[bytes], bool]) -> Iterator[Deposit]:
    """A file, or standard input for "-", as a deposit. A pipe or device is held first (``deposit.held``).

    Raises ParallaxError: 66 where there is no such file or it may not be read, 65 where it is endless.
    """
    origin = shown(path)
    try:
        if str(path) == "-":
            if sys.stdin is None:
                raise OSError("standard input is closed")
            with held(sys.stdin.buffer, origin, large) as found:
                yield found
        elif _is_file(Path(path)):
            yield of_file(Path(path), origin)
        else:
            with Path(path).open("rb") as stream, held(stream, origin, large) as found:
                yield found
    except (OSError, ValueError) as error:
        raise ParallaxError(origin, _reason(error), NO_INPUT) from error


def is_folder(path: Path | str) -> bool:
    """Whether a path leads to a folder; False too where that cannot be known."""
    return os.path.isdir(path)  # noqa: PTH112 - pathlib's raises where a name is too long


def matching(path: Path | str) -> list[Path] | None:
    """The paths that a pattern which the shell left alone stands for, by name; None if it is no pattern."""
    text = str(path)
    if "\0" in text or not any(mark in text for mark in "*?[") or os.path.lexists(text):
        return None
    import glob

    return [Path(found) for found in sorted(glob.glob(text, recursive=True))]  # noqa: PTH207


def article_files(
    folder: Path, above: frozenset[tuple[int, int]] = frozenset(), root: Path | None = None
) -> Iterator[Path | Problem]:
    """The files below a folder that may hold articles, by name; what cannot be looked into is a Problem.

    Hidden files, readmes, files whose suffix no reader knows, the folders of assets that browsers lay
    beside a saved page (``page_files``) and what the catalogue keeps are passed over. A symbolic link
    is followed only inside ``root``, which is the first folder.
    """
    root = root or folder.resolve()
    try:
        here = folder.stat()
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(shown(folder), _reason(error), NO_INPUT)
        return
    mark = (here.st_dev, here.st_ino)
    if mark in above or len(above) > _DEEPEST:
        why = "a link to a folder that holds it" if mark in above else f"more than {_DEEPEST} folders deep"
        yield Problem(shown(folder), f"{why}; not followed")
        return
    names = frozenset(entry.name for entry in entries)
    for entry in entries:
        folder_like = is_folder(entry)
        if not (_may_be_looked_into if folder_like else may_hold_articles)(entry.name, names):
            continue
        if _leads_out(entry, root):
            yield Problem(shown(entry), "a link that leads out of the folder; not followed: copy it here", 65)
        elif folder_like:
            yield from article_files(entry, above | {mark}, root)
        else:
            yield _regular(entry)


def may_hold_articles(name: str, beside: frozenset[str]) -> bool:
    """Whether a file's name is one that articles have; ``beside`` are the names in its folder."""
    return (
        not _hidden(name, beside)
        and Path(name).suffix.lower() in _SUFFIXES
        and not name.lower().startswith(_NOT_ARTICLES)
    )


def _may_be_looked_into(name: str, beside: frozenset[str]) -> bool:
    return not _hidden(name, beside) and not (name == "raw" and beside & _CATALOGUE)


def _hidden(name: str, beside: frozenset[str]) -> bool:
    """Hidden, or the folder of assets that a browser lays beside a saved page."""
    stem = name.removesuffix("_files")
    assets = stem != name and any(f"{stem}{suffix}" in beside for suffix in (".html", ".htm"))
    return assets or name.startswith((".", "__MACOSX"))


def _leads_out(entry: Path, root: Path) -> bool:
    if not entry.is_symlink():
        return False
    try:
        return not entry.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a ring of links: looking at the file says so
        return False


def _is_file(path: Path) -> bool:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ParallaxError(shown(path), "a folder where a file was expected; name a file in it", NO_INPUT)
    return stat.S_ISREG(mode)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot be read ({reason.lower()}); name another file"


def _regular(entry: Path) -> Path | Problem:
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return Problem(shown(entry), _reason(error), NO_INPUT)
    return entry if stat.S_ISREG(mode) else Problem(shown(entry), "not a regular file; passed over")
