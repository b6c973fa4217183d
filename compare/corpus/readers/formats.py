"""Which reader a file is for, by how it begins; no reader is imported before a file may be for it."""

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from compare.corpus.decode import decode
from compare.corpus.deposit import HEAD, LARGEST, Budget, Deposit, content, of_bytes
from compare.corpus.draft import Draft
from compare.corpus.readers import markdown, page, record
from compare.errors import ParallaxError
from compare.model import Problem

_LARGEST_PAGE = 200_000_000
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MAGIC: tuple[tuple[tuple[bytes, ...], tuple[str, ...]], ...] = (
    ((b"SQLite format 3\x00",), ("database",)),
    (_ZIP, ("word", "warc", "archive")),
    ((b"\x1f\x8b", b"WARC/"), ("warc",)),
    ((b"%PDF-",), ("clipping",)),
    ((b"{\\rtf",), ("rtf",)),
)
_SLOW = frozenset({("clipping",), ("rtf",)})
_NAMES = {
    "database": "sqlite", "word": "docx", "warc": "warc", "archive": "zip", "clipping": "pdf", "rtf": "rtf",
    "mail": "mail", "page": "html", "record": "json", "feed": "feed", "markdown": "markdown",
    "export": "export", "table": "table", "plain": "text",
}  # fmt: skip
_MAIL = re.compile(
    rb"(?:From [^\r\n]{1,500}\r?\n)?[!-9;-~]{2,70}:[^\r\n]{0,2000}\r?\n(?:[!-9;-~]{2,70}:|[ \t])"
)


def drafts(
    deposit: Deposit, columns: Mapping[str, str], budget: Budget
) -> Iterator[Draft | Deposit | Problem]:
    """The drafts of a file, or the deposits in it; whatever is wrong with it is a Problem, never raised."""
    try:
        name = _of_bytes(deposit)
        if name == "archive":
            yield from _reader(name).members(deposit, may_be_large, budget)
        elif name:
            yield from _reader(name).drafts(deposit)
        else:
            yield from _of_text(deposit, columns)
    except ParallaxError as error:
        yield Problem(error.where, error.what, error.exit_code)
    except (Exception, RecursionError) as error:  # other people's parsers, on files made to break them
        what = f"cannot be read ({type(error).__name__}); save the article as text"
        yield Problem(deposit.origin, what, 65)


def may_be_large(head: bytes) -> bool:
    """Whether a file that begins so may be larger than one text is: it holds many, or pictures.

    The readers of such files have bounds of their own.
    """
    return bool(_suspects(head)) or _is_page(head) or record.holds_lines(head) or _is_table(head)


def slow(file: Path) -> int:
    """The size of a file that takes long to read for that, and holds one article or some; else 0.

    0 too for what is no file, cannot be opened, or is too large to be read at once.
    """
    try:
        size = file.stat().st_size if file.is_file() else 0
        if not 0 < size <= LARGEST:
            return 0
        with file.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return 0
    mail = _suspects(head) == ("mail",) and head.lstrip()[:1].isalpha()  # JSON looks like one at first
    return size if mail or _suspects(head) in _SLOW or _is_page(head) else 0


def _suspects(head: bytes) -> tuple[str, ...]:
    """The readers of bytes that a file's first bytes suggest, in the order they are asked."""
    start = head.lstrip()
    for marks, names in _MAGIC:
        if start.startswith(marks):
            return names
    return ("mail",) if _MAIL.match(start) else ()


def _of_bytes(deposit: Deposit) -> str:
    suspects = _suspects(deposit.head)
    if "archive" in suspects:
        _reader("archive").check(deposit)
    return next((one for one in suspects if _reader(one).looks_like(deposit)), "")


def _of_text(deposit: Deposit, columns: Mapping[str, str]) -> Iterator[Draft | Problem]:
    if deposit.size > LARGEST and record.holds_lines(deposit.head):
        yield from record.streamed(deposit)
    elif deposit.size > LARGEST and _is_table(deposit.head):
        yield from _reader("table").streamed(deposit, columns)
    else:
        text, remark = decode(_whole(deposit), deposit.origin)
        if remark:
            yield Problem(deposit.origin, remark)
        yield from _decoded(text, deposit.origin, columns)


def _whole(deposit: Deposit) -> bytes:
    """All of a text; of a page saved with its pictures in it, which may be larger, what is not packed."""
    if not LARGEST < deposit.size <= _LARGEST_PAGE or not _is_page(deposit.head):
        return content(deposit)
    with deposit.opened() as stream:
        raw = page.pared(stream, LARGEST)
    return content(of_bytes(raw, deposit.origin))


def _decoded(text: str, origin: str, columns: Mapping[str, str]) -> Iterator[Draft | Problem]:
    name = _of_decoded(text, origin, columns)
    yield from _reader(name).drafts(text, origin, *((columns,) if name == "table" else ()))


def _of_decoded(text: str, origin: str, columns: Mapping[str, str]) -> str:
    """The first reader that knows a decoded text; the surest are asked first."""
    for module in (page, record):
        if module.looks_like(text):
            return module.__name__.rpartition(".")[2]
    if text.lstrip("\ufeff \t\r\n")[:1] == "<" and _reader("feed").looks_like(text):
        return "feed"
    if markdown.has_front_matter(text):
        return "markdown"
    if _reader("export").looks_like(text):
        return "export"
    return "table" if _reader("table").looks_like(text, origin, columns) else "plain"


def named(deposit: Deposit, columns: Mapping[str, str]) -> str:
    """As what a file is read, by its first ``HEAD`` bytes: "html", "mail"; "" where no reader takes it."""
    try:
        if name := _of_bytes(deposit):
            return _NAMES[name]
        if record.holds_lines(deposit.head):
            return "jsonl"
        cut = deposit.size > len(deposit.head)
        text, _ = decode(deposit.head[: HEAD - 4] if cut else deposit.head, deposit.origin)
        return _NAMES[_of_decoded(text, deposit.origin, columns)]
    except Exception:  # as in drafts, which says what is wrong with it
        return ""


def _is_page(head: bytes) -> bool:
    return page.looks_like(head[:8000].decode("utf-8", "replace"))


def _is_table(head: bytes) -> bool:
    try:
        text, _ = decode(head[: HEAD - 4] if len(head) == HEAD else head, "")
    except ParallaxError:
        return False
    return bool(_reader("table").looks_like(text))


def _reader(name: str) -> Any:
    return importlib.import_module(f"compare.corpus.readers.{name}")
