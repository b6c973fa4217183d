"""Reports to files: whole or not at all."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from compare import disk
from compare.errors import ParallaxError


@contextlib.contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that is at ``path`` only once the block has ended well.

    Raises ParallaxError (exit code 73) where the place cannot be written or the disk is full;
    whatever stood at ``path`` before is then still there.
    """
    try:
        with disk.beside(path.parent, path.name) as file:
            yield file
            disk.settle(file, path)
    except OSError as error:
        raise _unwritable(path, error) from error


def write(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, then rename, as ``whole``: a reader never meets half a report."""
    with whole(path) as file:
        file.write(data)


def check_writable(path: Path) -> None:
    """Refuse a place that cannot take a report before the work is done, not after it."""
    folder = path.parent
    if path.is_dir():
        raise ParallaxError(str(path), "is a folder: name a file in it", 73)
    if not folder.is_dir():
        raise ParallaxError(str(path), f"there is no folder {folder}: make it, or name another", 73)
    if not os.access(folder, os.W_OK):
        raise ParallaxError(str(path), f"the folder {folder} cannot be written: choose another with -o", 73)


def _unwritable(path: Path, error: OSError) -> ParallaxError:
    reason = (error.strerror or "cannot be written").lower()
    return ParallaxError(str(path), f"not written ({reason}): free or choose another place with -o", 73)
