"""A file is at its place whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from compare import disk


def test_what_is_settled_is_there_and_nothing_beside_it(tmp_path: Path) -> None:
    with disk.beside(tmp_path, "a") as file:
        file.write(b"text")
        disk.settle(file, tmp_path / "a", 0o444)
    disk.flush_folder(tmp_path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"text")]
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o444


def test_what_is_not_settled_is_gone(tmp_path: Path) -> None:
    with disk.beside(tmp_path, "a") as file:
        file.write(b"text")
    assert list(tmp_path.iterdir()) == []


def test_bytes_are_on_the_disk_before_they_have_their_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with disk.beside(tmp_path, "a") as file:
        file.write(b"new")
        with pytest.raises(OSError, match="No space"):
            disk.settle(file, tmp_path / "a")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a", b"old")]
