"""A zip archive gives the articles in it, and one Problem for each thing in it that is not what it seems."""

import io
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.corpus.deposit import LARGEST, Budget, Deposit, of_bytes
from compare.corpus.readers import archive, each, formats
from compare.model import Article, Problem

TEXT = "Ferry to {} sails\n\nThe ferry went back into service on Monday. It sails like new. It cost a lot.\n"


def packed(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, text in members.items():
            file.writestr(name, text)
    return made.getvalue()


def written(path: Path, raw: bytes, name: str = "week.zip") -> Path:
    (path / name).write_bytes(raw)
    return path / name


def sorted_out(path: Path, root: Path | None = None) -> tuple[list[Article], list[Problem]]:
    found = list(each(path, root=root))
    return [one for one in found if isinstance(one, Article)], [
        one for one in found if isinstance(one, Problem) and one.code
    ]


def test_members_are_read_by_name_and_folders_name_outlets(tmp_path: Path) -> None:
    """The archive's own folders name outlets, then the folder it lies in, then the member's name."""
    raw = packed({"b.txt": TEXT.format("Lunn"), "Skerry Times/2024-W10/a.txt": TEXT.format("Orr")})
    path = written(tmp_path, raw)
    articles, problems = sorted_out(path)
    assert [(one.outlet, one.outlet_rule) for one in articles] == [
        ("Skerry Times", "folder"),
        ("b", "file name"),
    ]
    assert articles[0].origin == f"{path}!Skerry Times/2024-W10/a.txt"
    assert problems == []
    (tmp_path / "Lunn Herald").mkdir()
    inside = written(tmp_path / "Lunn Herald", raw)
    articles, _ = sorted_out(inside, tmp_path)
    assert [one.outlet for one in articles] == ["Skerry Times", "Lunn Herald"]


def test_formats_inside_are_known_by_content(tmp_path: Path) -> None:
    """Each member is read as any file is; what a folder would pass over is passed over."""
    raw = packed(
        {
            "a.json": '{"text": "It sails. It is new. It cost a lot.", "outlet": "Skerry"}',
            "__MACOSX/._a.json": "junk",
            ".hidden/b.txt": TEXT,
            "page.html": "<html><body><img src='a.png'></body></html>",
            "page_files/frame.html": TEXT,
            "kept/catalogue.db": b"SQLite format 3\0",
            "kept/raw/ab/c.txt": TEXT,
            "photo.jpg": b"\xff\xd8\xff",
        }
    )
    articles, problems = sorted_out(written(tmp_path, raw))
    assert [one.outlet for one in articles] == ["Skerry"]
    assert [one.where.rpartition("!")[2] for one in problems] == ["page.html"]


def test_an_archive_in_an_archive_and_no_deeper(tmp_path: Path) -> None:
    """An archive in an archive is read; one in that is a Problem."""
    deepest = packed({"c.txt": TEXT.format("Sund")})
    inner = packed({"b.txt": TEXT.format("Orr"), "deepest.zip": deepest})
    path = written(tmp_path, packed({"a.txt": TEXT.format("Lunn"), "inner.zip": inner}))
    articles, problems = sorted_out(path)
    assert [one.origin.partition("!")[2] for one in articles] == ["a.txt", "inner.zip!b.txt"]
    assert [(one.where.rpartition("!")[2], "unpack it first" in one.what) for one in problems] == [
        ("deepest.zip", True)
    ]


def test_names_that_lead_out_or_cannot_be_printed(tmp_path: Path) -> None:
    """A member's name is only ever shown; one that leads out or breaks a line is a Problem, not a file."""
    names = [
        "../out.txt",
        "/etc/out.txt",
        "a/../../out.txt",
        "C:out.txt",
        "a\nb.txt",
        "a\\..\\out.txt",
        "x" * 1200,
    ]
    path = written(tmp_path, packed(dict.fromkeys(names, TEXT) | {"good.txt": TEXT}))
    articles, problems = sorted_out(path)
    assert len(articles) == 1
    assert len(problems) == len(names)
    assert all(one.where.isprintable() and "\n" not in one.what for one in problems)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["week.zip"]


def test_links_and_encrypted_members(tmp_path: Path) -> None:
    """A symbolic link is not followed, an encrypted member not guessed at."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("secret.txt", TEXT)
    raw = bytearray(made.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = raw.rindex(mark, 0, raw.rindex(b"PK\x05\x06"))
        raw[begin + place] |= 1
    articles, problems = sorted_out(written(tmp_path, bytes(raw)))
    assert articles == []
    assert ["a link" in problems[0].what, "encrypted" in problems[1].what] == [True, True]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A member that is hundreds of times larger unpacked is refused from what the archive states."""
    path = written(tmp_path, packed({"bomb.txt": b"a" * 50_000_000, "good.txt": TEXT}))
    assert path.stat().st_size < 100_000
    articles, (problem,) = sorted_out(path)
    assert len(articles) == 1
    assert "as bombs are" in problem.what


def test_the_budget_is_one_for_an_archive_and_what_is_in_it() -> None:
    """Members and bytes are counted over the archives inside too; the rest is said to be left out."""
    inner = packed({f"{n}.txt": TEXT for n in range(9)})
    whole = of_bytes(packed({"a.zip": inner, "b.zip": inner}), "w.zip")
    budget = Budget(members=5)
    found = list(archive.members(whole, lambda _: False, budget))
    assert [type(one).__name__ for one in found] == ["Deposit", "Deposit"]
    held = list(archive.members(of_bytes(inner, "a.zip", 1), lambda _: False, budget))
    assert [type(one).__name__ for one in held] == ["Deposit"] * 3 + ["Problem"]
    assert isinstance(held[-1], Problem)
    assert "left out" in held[-1].what
    small = list(archive.members(of_bytes(inner, "a.zip"), lambda _: False, Budget(size=250)))
    assert isinstance(small[-1], Problem)
    assert len(small) == 3


def test_a_directory_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """An archive that states a list of members of gigabytes is refused; the list is never loaded."""
    path = tmp_path / "names.zip"
    with path.open("wb") as file:
        file.write(packed({"a.txt": TEXT})[:-22])
        file.truncate(3_000_000_000)
        file.seek(0, 2)
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 2_900_000_000, 60, 0))
    ((), (problem,)) = sorted_out(path)
    assert "more names than can be read" in problem.what


@pytest.mark.parametrize("raw", [b"PK\x03\x04rest", b"PK\x05\x06", packed({"a.txt": TEXT})[:-30]])
def test_damaged_archives(tmp_path: Path, raw: bytes) -> None:
    """An archive that is torn is one Problem."""
    ((), (problem,)) = sorted_out(written(tmp_path, raw))
    assert "a zip archive that is damaged" in problem.what


VALID = packed({"a.txt": TEXT, "b.csv": "text,outlet\nIt sails.,Skerry\n", "c.zip": packed({"d.txt": TEXT})})


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(VALID)), st.integers(0, 12), st.binary(max_size=12))
def test_mutated_archives(begin: int, length: int, new: bytes) -> None:
    """An archive with any stretch of it replaced gives articles and Problems of one line."""
    for one in each(of_bytes(VALID[:begin] + new + VALID[begin + length :], "a.zip")):
        assert isinstance(one, Article) or "\n" not in one.what + one.where


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(VALID)), st.binary(min_size=1, max_size=4))
def test_the_reader_itself_raises_nothing_else(begin: int, new: bytes) -> None:
    """Without the net around all readers, too, a mutated archive is Problems or one ParallaxError."""
    from compare.errors import ParallaxError

    deposit = of_bytes(VALID[:begin] + new + VALID[begin + len(new) :], "a.zip")
    try:
        for one in archive.members(deposit, lambda _: True, Budget()):
            assert one is not None
    except ParallaxError as error:
        refused = str(error)
        assert "\n" not in refused


def test_large_members_are_whole_before_their_reader(tmp_path: Path) -> None:
    """A member larger than one text may be, of a format that may be, comes to its reader in full."""
    padding = bytes(range(256)) * 80_000
    raw = packed({"a.pdf": b"%PDF-1.7\n" + padding, "b.txt": b"words " + padding}, zipfile.ZIP_STORED)
    sizes = [
        one.size
        for one in archive.members(of_bytes(raw, "a.zip"), formats.may_be_large, Budget())
        if isinstance(one, Deposit)
    ]
    assert sizes == [len(padding) + 9, LARGEST + 1]
