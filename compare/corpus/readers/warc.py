"""Archives of the web: the HTML pages of a WARC, or of the WARCs in a WACZ, record by record.

Everything else in an archive (pictures, redirects, requests) is counted in one line. The day of
capture stands in for a date only where page and address state none, and that is counted too.
"""

import datetime as dt
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from compare.corpus.dates import address_date, line_date
from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers.bounds import broken, missing, unread
from compare.corpus.readers.embedded import completed, decoded, pages
from compare.errors import ParallaxError
from compare.model import Problem

LARGEST = 20_000_000
_MOST_FOLD = 200
_ALWAYS = 200_000_000
# Of a damaged record the next header may have become part of the address before it.
_FOLDED = re.compile(r"(?:[\r\n]|\sWARC-).*", re.S)
_MOST_MEMBERS = 10_000
_LONGEST_HEADER = 65_536
_BETWEEN = 300_000  # fastwarc reads ahead by up to 130,000 bytes
_PIECE = 16_384
_FIRST_LINES = 8
_HTML = ("text/html", "application/xhtml+xml")
_PASSED = {
    "revisit": "revisits (the page stands in another record)",
    "error": "answers other than 200",
    "other": "records that are not HTML",
    "large": f"pages larger than {LARGEST // 1_000_000} MB",
}


def looks_like(deposit: Deposit) -> bool:
    """Whether a file is a WARC, bare or compressed, or a WACZ (a zip that holds archive/….warc)."""
    if deposit.head.startswith(b"WARC/"):
        return True
    if deposit.head.startswith(b"\x1f\x8b"):
        return _unzipped(deposit.head).startswith(b"WARC/")
    return deposit.head.startswith(b"PK\x03\x04") and any(_is_archive(name) for name in _names(deposit))


def drafts(deposit: Deposit) -> Iterator[Draft | Problem]:
    """The pages of an archive, in its order, as ``origin#n``; then, in one line, what was passed over."""
    try:
        import fastwarc.warc  # noqa: F401
    except ImportError:
        yield missing(deposit.origin, "fastwarc", "web")
        return
    tally: Counter[str] = Counter()
    try:
        with deposit.opened() as stream:
            if deposit.head.startswith(b"PK\x03\x04"):
                yield from _members(stream, deposit, tally)
            else:
                yield from _records(stream, deposit.size, deposit.origin, tally)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        yield broken(deposit.origin, "a WACZ", error)
    except OSError as error:
        yield unread(deposit.origin, error)
    yield from _told(tally, deposit.origin)


def _unzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
    except zlib.error:
        return b""


def _names(deposit: Deposit) -> list[str]:
    try:
        with deposit.opened() as stream, zipfile.ZipFile(stream) as held:
            return held.namelist()[:_MOST_MEMBERS]
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, RuntimeError):
        return []


def _is_archive(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


def _members(stream: BinaryIO, deposit: Deposit, tally: Counter[str]) -> Iterator[Draft | Problem]:
    """The pages of a WACZ's archives. Nothing is unpacked to disk; a name that leads out is refused."""
    with zipfile.ZipFile(stream) as held:
        members = held.infolist()
        if len(members) > _MOST_MEMBERS:
            yield Problem(deposit.origin, f"more than {_MOST_MEMBERS:,} members; not read", 65)
            return
        for member in members:
            path = PurePosixPath(member.filename)
            if path.is_absolute() or ".." in path.parts or "\\" in member.filename:
                shown = member.filename[:80].encode("unicode_escape").decode()
                yield Problem(
                    deposit.origin, f"a member's name leads out of the archive ({shown}); not read", 65
                )
            elif _is_archive(member.filename):
                with held.open(member) as inside:
                    yield from _records(inside, deposit.size, deposit.origin, tally)  # type: ignore[arg-type]
                if tally["unpacked"] > _most(deposit.size):  # one bound for all, which may share their bytes
                    return


class _Metered:
    """A stream that fails where a reader draws far more from it than the record at hand can need."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = _BETWEEN

    def allow(self, size: int) -> None:
        self._left = size + _BETWEEN

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(_PIECE if size < 0 else min(size, _PIECE))
        self._left -= len(piece)
        if self._left < 0:
            raise ValueError("no record where one should begin")
        return piece

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        return self._stream.seek(place, whence)

    def close(self) -> None:
        """Nothing: the stream is its opener's to close."""


def _records(stream: BinaryIO, size: int, origin: str, tally: Counter[str]) -> Iterator[Draft | Problem]:
    """The pages of one WARC in a file of ``size`` bytes; what was read stays where the rest is damaged."""
    from fastwarc.warc import ArchiveIterator

    metered, last = _Metered(stream), 0
    before = tally["records"]
    try:
        for record in ArchiveIterator(metered, parse_http=False, max_header_len=_LONGEST_HEADER):
            tally["unpacked"] += record.content_length
            if tally["unpacked"] > _most(size):
                yield Problem(
                    origin, f"unpacks to over {_MOST_FOLD} times its size; the rest is not read", 65
                )
                return
            metered.allow(record.content_length)
            last = record.stream_pos
            tally["records"] += 1
            yield from _record(record, origin, tally)
        if not tally["broken off"] and not _ends_whole(stream, last):
            yield Problem(
                origin, f"the archive ends inside record {tally['records'] + 1}; fetch it again", 65
            )
    except (OSError, ValueError, EOFError, UnicodeError) as error:
        found = tally["records"] - before
        yield Problem(origin, f"damaged after record {found} ({_reason(error)}); the rest is not read", 65)
    except BaseException as error:
        # A panic of the library's Rust side is no Exception; whatever else is none goes on its way.
        if type(error).__name__ != "PanicException":
            raise
        yield Problem(origin, f"damaged after record {tally['records'] - before}; the rest is not read", 65)
    if tally["records"] == before:
        yield Problem(origin, "a WARC without a record that can be read; fetch it again", 65)


def _most(size: int) -> int:
    """How many bytes a file of ``size`` bytes may unpack to."""
    return size * _MOST_FOLD + _ALWAYS


def _ends_whole(stream: BinaryIO, last: int) -> bool:
    """Whether the compressed records from the last one on are whole; True where that cannot be told."""
    stream.seek(last)
    data = stream.read(_PIECE)
    while data.startswith(b"\x1f\x8b"):
        unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            while not unpacked.eof:
                unpacked.decompress(data, _PIECE)
                data = unpacked.unconsumed_tail or unpacked.unused_data or stream.read(_PIECE)
                if not data and not unpacked.eof:
                    return False
        except zlib.error:
            return True
        data = unpacked.unused_data or stream.read(_PIECE)
    return True


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _record(record: Any, origin: str, tally: Counter[str]) -> Iterator[Draft | Problem]:
    """The page in one record, if it is a page; else it is counted as what it is."""
    from fastwarc.warc import WarcRecordType

    if not record.headers.get("Content-Length"):
        tally["broken off"] += 1
        yield Problem(origin, f"the archive ends inside record {tally['records']}; fetch it again", 65)
        return
    if record.record_type == WarcRecordType.revisit:
        yield from _passed(record, origin, tally, "revisit")
        return
    if record.record_type != WarcRecordType.response or not record.is_http:
        yield from _passed(record, origin, tally, "other")
        return
    if record.content_length > LARGEST:
        yield from _passed(record, origin, tally, "large")
        return
    whole = record.content_length
    record.freeze()
    broken_off = len(record.reader.read()) < whole
    record.reader.seek(0)
    record.parse_http(auto_decode="all", max_header_len=_LONGEST_HEADER)
    kind = _answer(record)
    tally[kind] += 1
    where = f"{origin}#{tally['page']}" if kind == "page" else origin
    if broken_off:
        tally["broken off"] += 1
        yield Problem(where, f"the archive ends inside record {tally['records']}; what there is is read", 65)
    if kind == "page":
        yield from _page(record, where, tally)


def _answer(record: Any) -> str:
    """What a server's answer is: "page", or a key of ``_PASSED``."""
    if record.http_headers is None or record.http_headers.status_code != 200:
        return "error"
    return "page" if (record.http_content_type or "").lower() in _HTML else "other"


def _passed(record: Any, origin: str, tally: Counter[str], kind: str) -> Iterator[Problem]:
    """Count a record that is no page and go past it; one that breaks off is a Problem."""
    tally[kind] += 1
    if record.consume() < record.content_length:
        tally["broken off"] += 1
        yield Problem(origin, f"the archive ends inside record {tally['records']}; fetch it again", 65)


def _page(record: Any, where: str, tally: Counter[str]) -> Iterator[Draft | Problem]:
    raw = record.reader.read(LARGEST + 1)
    if len(raw) > LARGEST:
        yield Problem(where, f"a page that unpacks to over {LARGEST // 1_000_000} MB; not read", 65)
        return
    url = _FOLDED.sub("", record.headers.get("WARC-Target-URI") or "").strip("<> ")[:2000]
    captured = record.record_date.date() if record.record_date else None
    try:
        text, _ = decoded(raw, record.http_charset, where)
    except ParallaxError as error:
        yield Problem(where, error.what, error.exit_code)
        return
    for one in pages(text, where):
        if isinstance(one, Problem):
            yield one
            continue
        day = _stated(one, one.url or url)
        tally["dated"] += day is None and captured is not None
        yield completed(one, url=url, published=day or captured)


def _stated(draft: Draft, url: str) -> dt.date | None:
    """The day that the page, its address or a line of its own states."""
    lines = draft.text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    return draft.published or address_date(url) or next(filter(None, map(line_date, lines)), None)


def _told(tally: Counter[str], origin: str) -> Iterator[Problem]:
    """One line for all that was passed over, and one for the pages dated by their capture."""
    passed = [f"{tally[kind]} {words}" for kind, words in _PASSED.items() if tally[kind]]
    if passed:
        code = 65 if tally["large"] or not tally["page"] else 0
        yield Problem(origin, f"{tally['page']} pages; passed over: {', '.join(passed)}", code)
    if tally["dated"]:
        yield Problem(origin, f"{tally['dated']} pages state no day; the day of capture stands in for it")
