"""A file as it lies before the readers: where it stands, how it begins, and how to read all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Deposit:
    """One file, one member of an archive, or standard input.

    ``origin`` is its place as one printable line; ``head`` its first ``HEAD`` bytes; ``size`` its
    length in bytes; ``opened`` gives a fresh stream from its first byte, which the caller closes;
    ``depth`` counts the archives around it.
    """

    origin: str
    head: bytes
    size: int
    opened: Callable[[], BinaryIO]
    depth: int = 0
