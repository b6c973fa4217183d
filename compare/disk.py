"""Files that are there whole or not at all: written beside their place, flushed to the disk, renamed."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def beside(folder: Path, name: str) -> Iterator[IO[bytes]]:
    """A new hidden file in ``folder`` named after ``name``; gone after the block unless it was settled.

    Raises OSError where the folder cannot be written.
    """
    with tempfile.NamedTemporaryFile(prefix=f".{name}.", dir=folder, delete=False) as file:
        try:
            yield file
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(file.name).unlink()


def settle(file: IO[bytes], path: Path, mode: int | None = None) -> None:
    """Rename what ``beside`` gave to ``path``, once its bytes are on the disk.

    ``mode`` is the permission bits, by default those of any new file. Raises OSError, as where the disk
    is full; ``path`` is then as it was before.
    """
    file.flush()
    os.fsync(file.fileno())
    beside = Path(file.name)
    beside.chmod(0o666 & ~_umask() if mode is None else mode)
    beside.replace(path)


def flush_folder(folder: Path) -> None:
    """Have the names in ``folder`` on the disk: only after this does a rename outlive the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
