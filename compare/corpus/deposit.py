"""A file as it lies before the readers: where it stands, how it begins, and how to read all of it."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from compare.errors import ParallaxError

HEAD = 65_536
LARGEST = 20_000_000
LARGEST_HELD = 2_000_000_000
MOST_MEMBERS = 100_000


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one file and the archives in it: members and bytes."""

    members: int = MOST_MEMBERS
    size: int = LARGEST_HELD


@dataclass(frozen=True, slots=True)
class Deposit:
    """One file, one member of an archive, or standard input.

    ``origin`` is its place as one printable line; ``head`` its first ``HEAD`` bytes; ``size`` its
    length in bytes; ``opened`` gives a fresh stream from its first byte, which the caller closes;
    ``depth`` counts the archives around it; ``path`` is where it lies on disk, if it does.
    """

    origin: str
    head: bytes
    size: int
    opened: Callable[[], BinaryIO]
    depth: int = 0
    path: Path | None = None


def of_file(path: Path, origin: str, depth: int = 0) -> Deposit:
    """The deposit of a regular file. Raises OSError or ValueError where it cannot be opened."""
    with path.open("rb") as file:
        return Deposit(origin, file.read(HEAD), path.stat().st_size, lambda: path.open("rb"), depth, path)


def of_bytes(raw: bytes, origin: str, depth: int = 0) -> Deposit:
    """The deposit of bytes in memory."""
    return Deposit(origin, raw[:HEAD], len(raw), lambda: io.BytesIO(raw), depth)


def content(deposit: Deposit) -> bytes:
    """All of a deposit of ``LARGEST`` bytes at most. Raises ParallaxError (65) for a larger one, unread."""
    if deposit.size <= LARGEST:
        with deposit.opened() as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) <= LARGEST:
            return raw
    limit = f"larger than {LARGEST // 1_000_000} MB, which no article is"
    raise ParallaxError(deposit.origin, f"{limit}; split it or name another")


@contextmanager
def held(
    stream: BinaryIO, origin: str, large: Callable[[bytes], bool], most: int = LARGEST_HELD, depth: int = 0
) -> Iterator[Deposit]:
    """A stream that can be read once, held so that it can be read again: in memory, or in a temporary file.

    More than ``LARGEST`` bytes are held only where ``large`` says of the head that such a file may
    be larger than one text is; of any other, the deposit is one byte too large, and ``content`` refuses it.
    Raises ParallaxError (65) where there are more than ``most`` bytes.
    """
    raw = stream.read(LARGEST + 1)
    if len(raw) <= LARGEST or not large(raw[:HEAD]):
        yield of_bytes(raw, origin, depth)
        return
    import tempfile

    with tempfile.NamedTemporaryFile(prefix="parallax-") as file:
        file.write(raw)
        left = most - len(raw)
        del raw
        while left >= 0 and (piece := stream.read(min(left + 1, 1_000_000))):
            left -= len(piece)
            file.write(piece)
        if left < 0:
            raise ParallaxError(origin, f"larger than {most:,} bytes; unpack or split it, and name the parts")
        file.flush()
        yield of_file(Path(file.name), origin, depth)


@contextmanager
def on_disk(deposit: Deposit) -> Iterator[Path]:
    """A path under which a deposit can be opened: its own, or that of a temporary copy."""
    if deposit.path is not None:
        yield deposit.path
        return
    import tempfile

    with tempfile.NamedTemporaryFile(prefix="parallax-") as file, deposit.opened() as stream:
        shutil.copyfileobj(stream, file)
        file.flush()
        yield Path(file.name)
