"""A report is written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from compare.delivery import file
from compare.errors import ParallaxError


def test_a_written_file_holds_the_bytes_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file.write(tmp_path / "brief.pdf", b"%PDF")
    assert (tmp_path / "brief.pdf").read_bytes() == b"%PDF"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.pdf"]


def test_a_full_disk_keeps_the_old_report_and_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "brief.pdf"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ParallaxError, match="no space left") as caught:
        file.write(target, b"new")
    assert caught.value.exit_code == 73
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.pdf"]


def test_an_interrupt_leaves_no_half_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        file.write(tmp_path / "brief.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused_as_output_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="is a folder"):
        file.check_writable(tmp_path)


def test_a_missing_folder_is_refused_as_output_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="there is no folder"):
        file.check_writable(tmp_path / "nowhere" / "brief.pdf")


def test_writing_where_no_folder_is_ends_as_one_line(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="not written") as caught:
        file.write(tmp_path / "nowhere" / "brief.pdf", b"x")
    assert caught.value.exit_code == 73
