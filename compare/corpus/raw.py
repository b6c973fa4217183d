"""Raw bytes as they came, named by their SHA-256: ``raw/ab/abcdef…``. Written once, never changed."""

import filecmp
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from compare import disk
from compare.errors import ParallaxError

FOLDER = "raw"
_PIECE = 1 << 20
_READ_ONLY = 0o444
_HASH = re.compile(r"[0-9a-f]{64}")
_BESIDE = "part"


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are kept: their SHA-256 in hexadecimal, their count, and whether they were not there yet."""

    hash: str
    size: int
    new: bool


def path(folder: Path, name: str) -> Path:
    """Where the corpus in ``folder`` keeps the bytes whose hash is ``name``."""
    return folder / FOLDER / name[:2] / name


def keep(folder: Path, source: IO[bytes] | bytes) -> Kept:
    """Copy ``source`` to its place, piece by piece; bytes that are there already stay as they are.

    A file there that is not what its name says is put right. Raises ParallaxError (73) where the
    corpus cannot be written or the disk is full, 66 where the source cannot be read.
    """
    stream = BytesIO(source) if isinstance(source, bytes) else source
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        with disk.beside(folder / FOLDER, _BESIDE) as file:
            digest, size = hashlib.sha256(), 0
            for piece in _pieces(stream, str(getattr(source, "name", "-"))):
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            name = digest.hexdigest()
            return Kept(name, size, _placed(file, path(folder, name)))
    except OSError as error:
        raise unwritable(folder, error) from error


def flush(folder: Path, names: Iterable[str]) -> None:
    """Have the places of these hashes on the disk: only after this do they outlive the power."""
    for below in sorted({path(folder, name).parent for name in names}):
        disk.flush_folder(below)
    disk.flush_folder(folder / FOLDER)


def all_files(folder: Path) -> Iterator[Path]:
    """Every file below ``raw/``, by name; what does not belong there too."""
    for one in _sorted(folder / FOLDER):
        yield from _sorted(one) if one.is_dir() else (one,)


def belongs(file: Path) -> bool:
    """Whether a file's name is one that ``keep`` gives."""
    return bool(_HASH.fullmatch(file.name)) and file.parent.name == file.name[:2]


def unfinished(file: Path) -> bool:
    """Whether a file is what a copying that was stopped left behind."""
    return file.name.startswith(f".{_BESIDE}.") and file.parent.name == FOLDER


def digest(file: Path) -> str:
    """The SHA-256 of a file's bytes. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def unwritable(folder: Path, error: OSError) -> ParallaxError:
    """The one line for a corpus that cannot be written (73)."""
    reason = (error.strerror or str(error)).lower()
    return ParallaxError(str(folder), f"not written ({reason}): free or choose another place", 73)


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _pieces(stream: IO[bytes], name: str) -> Iterator[bytes]:
    try:
        while piece := stream.read(_PIECE):
            yield piece
    except OSError as error:
        raise ParallaxError(
            name, f"cannot be read to its end ({error.strerror}): copy it anew", 66
        ) from error


def _placed(file: IO[bytes], place: Path) -> bool:
    file.flush()
    if place.exists() and filecmp.cmp(file.name, place, shallow=False):
        return False
    place.parent.mkdir(exist_ok=True)
    disk.settle(file, place, _READ_ONLY)
    return True
