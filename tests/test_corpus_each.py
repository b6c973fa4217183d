"""Articles one after another, from wherever they lie; what cannot be used is a Problem, never raised."""

import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from compare.corpus.deposit import LARGEST, Deposit, held, of_bytes, on_disk
from compare.corpus.readers import each, read, read_folder, record
from compare.errors import ParallaxError
from compare.model import Article, Problem

TEXT = "Ferry to {} sails\n\nThe ferry went back into service on Monday. It sails like new. It cost a lot.\n"
RECORD = {"title": "Ferry sails", "outlet": "Skerry Times", "text": "It sails. It is new. It cost a lot."}


def sorted_out(found: Iterator[Article | Problem]) -> tuple[list[Article], list[Problem]]:
    every = list(found)
    return [one for one in every if isinstance(one, Article)], [
        one for one in every if isinstance(one, Problem)
    ]


def feed_input(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_a_pattern_the_shell_left_alone(tmp_path: Path) -> None:
    """A path with * that is no file stands for the files it matches, by name; a file of that name wins."""
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(TEXT.format(name[0]))
    articles, _ = sorted_out(each(f"{tmp_path}/*.txt"))
    assert [Path(one.origin).name for one in articles] == ["a.txt", "b.txt"]
    (problem,) = each(f"{tmp_path}/*.none")
    assert isinstance(problem, Problem)
    assert ("pattern" in problem.what, problem.code) == (True, 66)
    (tmp_path / "[a].txt").write_text(TEXT.format("Orr"))
    articles, _ = sorted_out(each(tmp_path / "[a].txt"))
    assert ["Orr" in one.body for one in articles] == [True]


def test_a_folder_is_its_own_root(tmp_path: Path) -> None:
    """A folder's articles come by path, its sub-folders name outlets."""
    (tmp_path / "Skerry").mkdir()
    (tmp_path / "Skerry" / "a.txt").write_text(TEXT)
    articles, _ = sorted_out(each(tmp_path))
    assert [(one.outlet, one.outlet_rule) for one in articles] == [("Skerry", "folder")]


def test_what_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A missing file and a name no system can have are Problems here, and errors in ``read``."""
    for path in (tmp_path / "none.txt", "a\0b", "x" * 5000):
        (problem,) = each(path)
        assert isinstance(problem, Problem)
        assert problem.code == 66
        with pytest.raises(ParallaxError):
            read(path)


def test_archives_and_lines_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input may hold many articles, in an archive too."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("a.txt", TEXT)
    feed_input(monkeypatch, made.getvalue())
    assert [one.origin for one in sorted_out(each("-"))[0]] == ["-!a.txt"]
    feed_input(monkeypatch, f"{json.dumps(RECORD)}\n{json.dumps(RECORD | {'title': 'Seal'})}\n".encode())
    assert [one.origin for one in sorted_out(each("-"))[0]] == ["-#1", "-#2"]


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    """What a shell puts into a named pipe is read."""
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen([sys.executable, "-c", f"open({str(tmp_path / 'pipe')!r}, 'w').write({TEXT!r})"]):
        (article,), _ = read(tmp_path / "pipe")
    assert article.body == TEXT.strip()


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link to what lies outside is a Problem; one to what lies inside is followed."""
    outside, corpus = tmp_path / "outside", tmp_path / "corpus"
    (outside / "more").mkdir(parents=True)
    (corpus / "Skerry").mkdir(parents=True)
    (outside / "secret.txt").write_text(TEXT)
    (corpus / "Skerry" / "a.txt").write_text(TEXT)
    (corpus / "out.txt").symlink_to(outside / "secret.txt")
    (corpus / "more").symlink_to(outside)
    (corpus / "in.txt").symlink_to(corpus / "Skerry" / "a.txt")
    articles, problems = read_folder(corpus)
    assert [Path(one.origin).name for one in articles] == ["a.txt", "in.txt"]
    assert [(Path(one.where).name, "leads out" in one.what) for one in problems if one.code] == [
        ("more", True),
        ("out.txt", True),
    ]
    (tmp_path / "linked").symlink_to(corpus)
    assert len(sorted_out(each(tmp_path / "linked"))[0]) == 2


def test_what_the_catalogue_keeps_is_passed_over(tmp_path: Path) -> None:
    """The catalogue's own files are no articles; a folder named raw without a catalogue is one like any."""
    for name in ("raw/ab/x.txt", "a.txt", "catalogue.db", "catalogue.db-wal", "collect.db"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT.format(name[0]))
    articles, problems = sorted_out(each(tmp_path))
    assert [Path(one.origin).name for one in articles] == ["a.txt"]
    assert problems == []
    for name in ("catalogue.db", "collect.db"):
        (tmp_path / name).unlink()
    assert len(sorted_out(each(tmp_path))[0]) == 2


def test_a_table_of_domains_beside_the_articles(tmp_path: Path) -> None:
    """The corpus folder's own outlets.toml names outlets before the shipped table; a broken one is said."""
    (tmp_path / "a.txt").write_text(f"{TEXT}\nOriginal url: https://news.skerry.example/1\n")
    (tmp_path / "b.txt").write_text(f"{TEXT}\nOriginal url: https://www.bbc.co.uk/1\n")
    table = tmp_path / "outlets.toml"
    table.write_text('[domains]\n"www.skerry.example" = "The Skerry Times"\n"bbc.co.uk" = "Auntie"\n')
    for articles, problems in (read_folder(tmp_path), sorted_out(each(tmp_path))):
        assert [(one.outlet, one.outlet_rule) for one in articles] == [
            ("The Skerry Times", "domain"),
            ("Auntie", "domain"),
        ]
        assert not [one for one in problems if one.code]
    for wrong in ("[domains", '[domains]\na = ["b"]\n'):
        table.write_text(wrong)
        articles, problems = sorted_out(each(tmp_path))
        assert [one.outlet for one in articles] == ["news.skerry.example", "BBC"]
        assert [(Path(one.where).name, one.code) for one in problems if one.code] == [("outlets.toml", 78)]


def test_lines_past_what_one_article_may_have_are_streamed(tmp_path: Path) -> None:
    """A file of one record a line may be of any length; a line of 100 MB in it is one Problem."""
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(json.dumps(RECORD).encode() + b"\n")
        begin = file.tell()
        file.truncate(begin + 100_000_000)
        file.seek(begin + 100_000_000)
        file.write(b"\n[1]\n{torn\n" + json.dumps(RECORD | {"title": "Seal"}).encode())
    articles, problems = sorted_out(each(path))
    assert [(one.title, one.origin.rpartition("#")[2]) for one in articles] == [
        ("Ferry sails", "1"),
        ("Seal", "5"),
    ]
    assert [one.where.rpartition("#")[2] for one in problems if one.code] == ["2", "3", "4"]
    assert "a line of over 20 MB" in problems[0].what


def test_head_of_lines() -> None:
    """One record a line is told from one long object by the first line alone."""
    assert record.holds_lines(b'\xef\xbb\xbf{"text": "a"}\n{"te')
    assert record.holds_lines(b'{"text": "' + b"a" * 60_000)
    assert not record.holds_lines(b'{\n "text": "a"\n}')
    assert not record.holds_lines(b'[{"text": "a"}]\n')


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.csv", "a.xml", "a.eml", "a.md"])
@pytest.mark.parametrize("opening", [b"", b"<html><body>", b"[", b"<rss>", b"---\ntitle: x\n---\n"])
def test_a_gigabyte_of_text_is_refused_in_little_memory(tmp_path: Path, name: str, opening: bytes) -> None:
    """One text of a gigabyte is a Problem by its size, unread."""
    with (tmp_path / name).open("wb") as file:
        file.write(opening + b"The ferry sails. " * 5000)
        file.truncate(1_000_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (problem,) = each(tmp_path / name)
    assert isinstance(problem, Problem)
    assert "larger than 20 MB" in problem.what
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_stream_is_held_within_bounds() -> None:
    """A stream that may hold many articles is held on disk up to a bound; any other up to one article's."""
    raw = b"x" * (LARGEST + 5_000)
    with held(io.BytesIO(raw), "a", lambda _: True) as deposit:
        assert deposit.size == len(raw)
        with deposit.opened() as one, deposit.opened() as other:
            assert (one.read(3), other.read(), one.tell()) == (b"xxx", raw, 3)
    with held(io.BytesIO(raw), "a", lambda _: False) as deposit:
        assert deposit.size == LARGEST + 1
    too_long = held(io.BytesIO(raw), "a", lambda _: True, most=LARGEST + 10)
    with pytest.raises(ParallaxError, match="larger than"), too_long:
        pass
    with on_disk(of_bytes(b"abc", "a")) as path:
        assert path.read_bytes() == b"abc"
    assert not path.exists()


def test_a_deposit_is_read_as_it_is() -> None:
    """The raw bytes that a catalogue keeps are read like the file they came from."""
    (article,), _ = sorted_out(each(of_bytes(TEXT.encode(), "corpus/ferry.txt"), root=Path("corpus")))
    assert (article.outlet, article.origin) == ("ferry", "corpus/ferry.txt")


def test_a_reader_that_breaks_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a library raises on a file made to break it, the next file is still read."""

    def breaks(deposit: Deposit) -> Iterator[Article]:
        raise KeyError("boom")

    def speaks(deposit: Deposit) -> Iterator[Problem]:
        yield Problem("a\nb", "two\nlines", 65)

    from compare.corpus.readers import database

    monkeypatch.setattr(database, "drafts", speaks)
    assert list(each(of_bytes(b"SQLite format 3\0", "a.db"))) == [Problem("a\\nb", "two\\nlines", 65)]
    monkeypatch.setattr(database, "drafts", breaks)
    (problem,) = each(of_bytes(b"SQLite format 3\0", "a.db"))
    assert isinstance(problem, Problem)
    assert ("KeyError" in problem.what, problem.code) == (True, 65)


def test_text_needs_no_reader_of_other_formats(tmp_path: Path) -> None:
    """Reading a text imports nothing that only other formats need."""
    (tmp_path / "a.txt").write_text(TEXT * 3)
    heavy = (
        "{'feedparser', 'sqlite3', 'csv', 'zipfile', 'readability', 'defusedxml','docx', 'fastwarc', 'email'}"
    )
    script = (
        f"import sys; from compare.corpus.readers import read; read({str(tmp_path / 'a.txt')!r});"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    # What counts the lines covered imports modules of its own.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env)
    assert done.stdout == "[]\n"
