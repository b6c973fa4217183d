"""Zip archives: each member is a deposit of its own; nothing is unpacked to where its name says.

The bounds are over one archive and all that lies in it, so that a bomb ends as one Problem.
"""

import struct
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from compare.corpus.deposit import LARGEST_HELD, MOST_MEMBERS, Budget, Deposit, held, on_disk
from compare.corpus.files import may_hold_articles, shown
from compare.errors import ParallaxError
from compare.model import Problem

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
DEEPEST = 2
MOST_DIRECTORY = 16_000_000
HIGHEST_RATIO = 200
_RATIO_FROM = 1_000_000
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_COMMENT = 65_535
_LINK = 0o120000
_LONGEST_NAME = 1_000


def looks_like(deposit: Deposit) -> bool:
    """Whether a file opens as a zip archive does."""
    return deposit.head.startswith(MAGIC)


def check(deposit: Deposit) -> None:
    """Raise ParallaxError (65) for an archive whose list of members is too long to be loaded.

    To be asked before anything opens the archive, because the library loads that whole list.
    """
    with deposit.opened() as stream:
        if _directory(stream) > MOST_DIRECTORY:
            raise ParallaxError(deposit.origin, "a zip archive of more names than can be read; split it")


def members(deposit: Deposit, large: Callable[[bytes], bool], budget: Budget) -> Iterator[Deposit | Problem]:
    """The members that may hold articles, by name, each readable until the next is asked for.

    ``large`` says of a file's head whether it may be larger than one text is. What is not read
    (links, encrypted or damaged members, names that lead out or cannot be printed, bombs) is a Problem
    each. Raises ParallaxError (65) where the archive itself is damaged, too deep or too large.
    """
    if deposit.depth >= DEEPEST:
        raise ParallaxError(deposit.origin, f"an archive inside {DEEPEST} others; unpack it first")
    check(deposit)
    import zipfile

    with on_disk(deposit) as path:
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, LookupError) as error:
            what = f"a zip archive that is damaged ({_said(error)}); make or fetch it again"
            raise ParallaxError(deposit.origin, what) from error
        with archive:
            yield from _members(archive, deposit, large, budget)


def _members(
    archive: "ZipFile", deposit: Deposit, large: Callable[[bytes], bool], budget: Budget
) -> Iterator[Deposit | Problem]:
    found = sorted(archive.infolist(), key=lambda info: info.filename)
    names = frozenset(info.filename for info in found)
    for info in found:
        if info.filename.endswith("/") or _passed_over(info.filename, names):
            continue
        origin = f"{deposit.origin}!{shown(info.filename[:_LONGEST_NAME])}"
        wrong = _wrong(info) or _over(info, budget)
        if not wrong:
            yield from _member(archive, info, origin, deposit.depth + 1, large)
            continue
        yield Problem(origin, f"{wrong}; not read", 65)
        if budget.members < 0 or budget.size < 0:
            return


def _member(
    archive: "ZipFile", info: "ZipInfo", origin: str, depth: int, large: Callable[[bytes], bool]
) -> Iterator[Deposit | Problem]:
    import lzma
    import zlib
    from zipfile import BadZipFile

    try:
        with archive.open(info) as stream:
            member = held(cast("BinaryIO", stream), origin, large, info.file_size, depth)
            with member as deposit:
                yield deposit
    except (
        BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        MemoryError,
    ) as error:
        yield Problem(origin, f"cannot be unpacked ({_said(error)}); not read", 65)


def _wrong(info: "ZipInfo") -> str:
    """Why a member is not even opened, or ""."""
    if not info.filename.isprintable() or len(info.filename) > _LONGEST_NAME:
        return "a name with control characters, or without end"
    parts = info.filename.replace("\\", "/").split("/")
    if not parts[0] or ".." in parts or info.filename[1:2] == ":":
        return "a name that leads out of the archive"
    if (info.external_attr >> 16) & 0o170000 == _LINK:
        return "a link"
    if info.flag_bits & 1:
        return "encrypted: unpack it with its password"
    if info.file_size > max(_RATIO_FROM, info.compress_size * HIGHEST_RATIO):
        return f"over {HIGHEST_RATIO} times larger unpacked than packed, as bombs are"
    return ""


def _over(info: "ZipInfo", budget: Budget) -> str:
    """Count a member against the budget; why it and the rest of the archive are too much, or ""."""
    budget.members -= 1
    budget.size -= info.file_size
    if budget.members < 0:
        return f"past {MOST_MEMBERS:,} files in one archive; this and the files after it left out: split it"
    if budget.size < 0:
        return f"past {LARGEST_HELD:,} bytes unpacked; this and the files after it left out: split it"
    return ""


def _passed_over(name: str, names: frozenset[str]) -> bool:
    """Whether a folder would pass the member over too: hidden, an asset of a saved page, no article."""
    folders = name[:_LONGEST_NAME].split("/")[:-1]
    above = ""
    for folder in folders:
        stem = f"{above}{folder}".removesuffix("_files")
        page = folder.endswith("_files") and (f"{stem}.html" in names or f"{stem}.htm" in names)
        kept = folder == "raw" and (f"{above}catalogue.db" in names or f"{above}collect.db" in names)
        if page or kept or (folder.startswith((".", "__MACOSX")) and folder not in (".", "..")):
            return True
        above = f"{above}{folder}/"
    return not may_hold_articles(name.rpartition("/")[2], frozenset())


def _directory(stream: BinaryIO) -> int:
    """The size in bytes of the list of members, as the archive's end states it; 0 where it has none."""
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - _COMMENT - _END.size - _END_64.size - 20))
    tail = stream.read()
    # Any place that may be taken for the end counts, so that none can hide behind another.
    ends = [_END.unpack_from(tail, place)[5] for place in _places(tail, b"PK\x05\x06", _END.size)]
    long = [_END_64.unpack_from(tail, place)[8] for place in _places(tail, b"PK\x06\x06", _END_64.size)]
    return int(max([0, *(size for size in ends if size != 0xFFFFFFFF), *long]))


def _places(tail: bytes, mark: bytes, room: int) -> Iterator[int]:
    place = tail.find(mark)
    while 0 <= place <= len(tail) - room:
        yield place
        place = tail.find(mark, place + 1)


def _said(error: Exception) -> str:
    return shown(str(error)[:80]) or type(error).__name__
