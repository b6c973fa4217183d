"""Raw bytes are kept under their hash, once, and never changed."""

import errno
import hashlib
import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus import raw
from compare.errors import ParallaxError


def test_bytes_lie_under_their_hash_and_may_only_be_read(tmp_path: Path) -> None:
    kept = raw.keep(tmp_path, b"some bytes")
    file = tmp_path / "raw" / kept.hash[:2] / kept.hash
    assert kept == raw.Kept(hashlib.sha256(b"some bytes").hexdigest(), 10, True)
    assert file.read_bytes() == b"some bytes"
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    assert list(raw.all_files(tmp_path)) == [file]


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    first = raw.keep(tmp_path, b"x")
    before = raw.path(tmp_path, first.hash).stat()
    assert raw.keep(tmp_path, io.BytesIO(b"x")) == raw.Kept(first.hash, 1, False)
    after = raw.path(tmp_path, first.hash).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_damaged_file_is_put_right_by_keeping_its_bytes_again(tmp_path: Path) -> None:
    kept = raw.keep(tmp_path, b"whole")
    file = raw.path(tmp_path, kept.hash)
    file.chmod(0o644)
    file.write_bytes(b"whose")
    assert raw.keep(tmp_path, b"whole").new
    assert raw.digest(file) == kept.hash


def test_a_stream_is_copied_piece_by_piece(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        """Five megabytes, never more at once than asked for."""

        left, most = 5_000_000, 0

        def read(self, size: int = -1) -> bytes:
            self.most = max(self.most, size)
            piece = b"a" * min(size, self.left)
            self.left -= len(piece)
            return piece

    stream = Endless()
    assert raw.keep(tmp_path, stream).size == 5_000_000  # type: ignore[arg-type]
    assert 0 < stream.most <= 1 << 20


def test_a_full_disk_leaves_nothing_and_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ParallaxError, match="no space left") as caught:
        raw.keep(tmp_path, b"x")
    assert caught.value.exit_code == 73
    assert list(raw.all_files(tmp_path)) == []


def test_a_source_that_breaks_off_is_not_kept(tmp_path: Path) -> None:
    class Broken(io.RawIOBase):
        def read(self, _: int = -1) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.raises(ParallaxError, match="cannot be read to its end") as caught:
        raw.keep(tmp_path, Broken())  # type: ignore[arg-type]
    assert caught.value.exit_code == 66
    assert list(raw.all_files(tmp_path)) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=8))
def test_there_are_as_many_files_as_different_bytes(
    tmp_path_factory: pytest.TempPathFactory, many: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("corpus")
    for one in many:
        raw.keep(folder, one)
    assert sorted(file.read_bytes() for file in raw.all_files(folder)) == sorted(set(many))
    assert all(raw.belongs(file) and raw.digest(file) == file.name for file in raw.all_files(folder))
