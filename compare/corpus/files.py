"""Files and folders: what may be read is read within a bound, what may not is one clear line."""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from compare.errors import ParallaxError
from compare.model import Problem

LARGEST = 20_000_000
NO_INPUT = 66
_DEEPEST = 50
_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ""}
)
_NOT_ARTICLES = ("readme", "license", "licence", "changelog", "makefile")


def shown(path: Path | str) -> str:
    """A path as one printable line: what cannot be printed is escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(path))


def content(path: Path | str) -> bytes:
    """All of a file, or of standard input for "-", if it is ``LARGEST`` bytes at most.

    Raises ParallaxError: 66 where there is no such file or it may not be read, 65 where it is too
    large, which is known from its size before it is read, or once the bound is passed.
    """
    try:
        raw = _standard_input() if str(path) == "-" else _file(Path(path))
    except (OSError, ValueError) as error:
        raise ParallaxError(shown(path), _reason(error), NO_INPUT) from error
    if len(raw) > LARGEST:
        raise _too_large(path)
    return raw


def article_files(folder: Path, above: frozenset[tuple[int, int]] = frozenset()) -> Iterator[Path | Problem]:
    """The files below a folder that may hold articles, by name; what cannot be looked into is a Problem.

    Hidden files, readmes, files whose suffix no reader knows and the folders of assets that
    browsers lay beside a saved page (``page_files``) are passed over.
    """
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
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith((".", "__MACOSX")) or _assets(entry.name, names):
            continue
        if entry.is_dir():
            yield from article_files(entry, above | {mark})
        elif entry.suffix.lower() in _SUFFIXES and not entry.name.lower().startswith(_NOT_ARTICLES):
            yield _regular(entry)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read(LARGEST + 1)


def _file(path: Path) -> bytes:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise ParallaxError(shown(path), "a folder where a file was expected; name a file in it", NO_INPUT)
    if found.st_size > LARGEST:
        raise _too_large(path)
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _too_large(path: Path | str) -> ParallaxError:
    limit = f"larger than {LARGEST // 1_000_000} MB, which no article is"
    return ParallaxError(shown(path), f"{limit}; split it or name another")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot be read ({reason.lower()}); name another file"


def _assets(name: str, names: set[str]) -> bool:
    stem = name.removesuffix("_files")
    return stem != name and any(f"{stem}{suffix}" in names for suffix in (".html", ".htm"))


def _regular(entry: Path) -> Path | Problem:
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return Problem(shown(entry), _reason(error), NO_INPUT)
    return entry if stat.S_ISREG(mode) else Problem(shown(entry), "not a regular file; passed over")
