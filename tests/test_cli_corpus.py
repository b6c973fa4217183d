"""What a user of a corpus types, and what comes back: results on standard output, one line a problem."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from corpus_kit import put, record, text

from compare import cli

SENT = "Date: Thu, 01 May 2025 09:00:00 +0000\nMessage-ID: <1@b.example>\nMIME-Version: 1.0"


class Said(NamedTuple):
    """What a command wrote."""

    stdout: str
    stderr: str


def parallax(folder: Path, *arguments: str, stdin: bytes = b"", code: int = 0) -> Said:
    """Run the command in this process, in ``folder``."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
        patched.chdir(folder)
        patched.setattr(sys, "argv", ["parallax", *arguments])
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        got = cli.run()
    out.flush()
    said = Said(out.buffer.getvalue().decode(), err.getvalue())
    assert got == code, said
    return said


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus c of four articles, one of them another text at the same address."""
    place = tmp_path_factory.mktemp("folder")
    put(place, "in/Hill Post/a.txt", text(1))
    put(
        place, "in/many.jsonl", "\n".join(record(n, url=f"https://quay.example/{n % 2}/a") for n in (2, 3, 4))
    )
    put(place, "in/none.json", "[]")
    done = parallax(place, "add", "in", "--corpus", "c", code=65)
    assert done.stderr.splitlines()[-1].startswith("in/none.json: ")
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["format", "outlet", "new", "known", "other", "text", "not", "taken"],
        ["json", "0", "0", "0", "1"],
        ["jsonl", "Quay", "Gazette", "3", "0", "1", "0"],
        ["text", "Hill", "Post", "1", "0", "0", "0"],
        ["all", "4", "0", "1", "1"],
    ]
    return place


def ids(folder: Path, *arguments: str) -> dict[str, str]:
    rows = json.loads(parallax(folder, "list", "--corpus", "c", "--format", "json", *arguments).stdout)
    return {one["title"]: one["id"] for one in rows}


def test_the_list_is_by_day_and_says_which_texts_are_older(folder: Path) -> None:
    lines = parallax(folder, "list", "--corpus", "c").stdout.splitlines()
    assert len(lines) == 4
    assert ["older text" in line for line in lines] == [False, True, False, False]
    assert "undated" in lines[0]
    assert len(ids(folder, "--outlet", "Quay Gazette")) == 3
    assert len(ids(folder, "--week", "2025-W18")) == 3
    assert len(ids(folder, "--week", "2025-W30")) == 1


def test_an_article_is_shown_with_all_that_is_kept_of_it(folder: Path) -> None:
    article = ids(folder)["Council meets late 4"]
    shown = parallax(folder, "show", article[:6], "--corpus", "c").stdout
    assert "item 4 of a long evening" in shown
    assert [line.split()[-1] for line in shown.splitlines() if line.startswith("version")] == ["compared"] * 2
    whole = json.loads(parallax(folder, "show", article, "--corpus", "c", "--format", "json").stdout)
    assert whole["body"].endswith("follows next month.")
    assert (folder / whole["raw"]).is_file()
    assert [one["compared"] for one in whole["versions"]] == [False, True]
    assert "no such article" in parallax(folder, "show", "ffffffff", "--corpus", "c", code=66).stderr


def test_words_are_found_with_where_they_stand(folder: Path) -> None:
    lines = parallax(folder, "search", "members", "item", "--corpus", "c").stdout.splitlines()
    assert len(lines) == 8
    assert all("[item]" in line for line in lines[1::2])
    none = parallax(folder, "search", '"OR(', "--corpus", "c", "--format", "json", code=1)
    assert (none.stdout, none.stderr.count("\n")) == ("[]\n", 1)
    assert none.stderr.startswith("parallax: nothing found in c: ")


def test_a_list_of_nothing_says_so_and_is_no_error(folder: Path) -> None:
    for form in ("terminal", "json"):
        none = parallax(folder, "list", "--outlet", "Nobody", "--corpus", "c", "--format", form)
        assert none.stderr == "parallax: c: no such article\n"
    parallax(folder, "add", "in/*/a.txt", "--corpus", "clean")
    none = parallax(folder, "list", "--refused", "--corpus", "clean")
    assert none == Said("", "parallax: clean: nothing was refused\n")


def test_the_table_says_as_what_a_file_was_read_whatever_its_name(tmp_path: Path) -> None:
    page = f"<!doctype html><html><head><title>x</title></head><body><p>{text(1)}</p></body></html>"
    put(tmp_path, "in/Quay/page.txt", page)
    put(tmp_path, "in/Quay/matter.txt", "---\ntitle: Late\ndate: 2025-05-01\n---\n\n" + text(2))
    put(tmp_path, "in/Quay/mail.txt", f"From: a@b.example\nTo: c@d.example\nSubject: x\n{SENT}\n\n{text(3)}")
    put(tmp_path, "in/Quay/table.txt", f'title,text\nx,"{text(4)}"\n')
    put(tmp_path, "in/Quay/lines.html", record(5) + "\n" + record(6))
    put(tmp_path, "in/Quay/binary.txt", "\0\1\2" * 40)
    lines = parallax(tmp_path, "add", "in", "--corpus", "c", code=65).stdout.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == [
        "html", "jsonl", "mail", "markdown", "table", "unknown"
    ]  # fmt: skip


def test_an_export_goes_to_a_pipe_or_a_file(folder: Path) -> None:
    lines = parallax(folder, "export", "--corpus", "c").stdout
    parallax(folder, "export", "--corpus", "c", "-o", "all.jsonl")
    assert (folder / "all.jsonl").read_text(encoding="utf-8") == lines
    assert len(lines.splitlines()) == 4
    assert "no folder" in parallax(folder, "export", "--corpus", "c", "-o", "no/x.jsonl", code=73).stderr


def test_standard_input_and_a_pattern_are_added(folder: Path) -> None:
    done = parallax(folder, "add", "-", "--outlet", "Pipe", "--corpus", "d", stdin=text(9).encode())
    assert "Pipe" in done.stdout
    parallax(folder, "add", "in/*/a.txt", "--corpus", "d")
    assert "check the pattern" in parallax(folder, "add", "in/*.nope", "--corpus", "d", code=66).stderr
    assert "no such file" in parallax(folder, "add", "nowhere.txt", "--corpus", "d", code=66).stderr
    assert parallax(folder, "check", "--corpus", "d").stdout == "2 articles, 2 raw files: all is well\n"


def test_forgetting_says_what_went_and_can_be_tried(folder: Path) -> None:
    parallax(folder, "add", "in", "--corpus", "e", code=65)
    tried = parallax(folder, "forget", "--outlet", "Hill Post", "--corpus", "e", "--dry-run").stdout
    assert tried == "1 article and 1 raw file would be forgotten\n"
    assert parallax(folder, "forget", "--outlet", "Hill Post", "--corpus", "e").stdout.endswith(
        "file forgotten\n"
    )
    done = parallax(folder, "forget", "--url", "https://QUAY.example/1/a?utm_source=x", "--corpus", "e")
    assert done.stdout == "1 article and 0 raw files forgotten\n"
    assert "other articles stand in it" in done.stderr
    parallax(folder, "forget", "--outlet", "Hill Post", "--corpus", "e", code=66)
    parallax(folder, "forget", "--corpus", "e", code=64)


def test_files_that_hold_no_article_are_counted_and_can_be_forgotten(folder: Path) -> None:
    parallax(folder, "add", "in", "--corpus", "g", code=65)
    kept = len(list((folder / "g/raw").glob("*/*")))
    said = parallax(folder, "check", "--corpus", "g")
    assert said.stdout.splitlines()[1:] == [
        "1 of these files holds no article, 2 bytes: parallax forget --refused --corpus g takes it away"
    ]
    tried = parallax(folder, "forget", "--refused", "--corpus", "g", "--dry-run").stdout
    assert tried == "0 articles and 1 raw file would be forgotten\n"
    parallax(folder, "forget", "--refused", "--corpus", "g")
    assert len(list((folder / "g/raw").glob("*/*"))) == kept - 1
    assert parallax(folder, "check", "--corpus", "g").stdout == "4 articles, 2 raw files: all is well\n"
    assert "nothing was refused" in parallax(folder, "list", "--refused", "--corpus", "g").stderr
    assert "none" in parallax(folder, "forget", "--refused", "--corpus", "g", code=66).stderr
    parallax(folder, "forget", "--refused", "--outlet", "Hill Post", "--corpus", "g", code=64)


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    assert (
        "cannot be printed" in parallax(folder, "list", "--corpus", "c", "--outlet", "\udcff", code=64).stderr
    )


def test_what_is_refused_is_listed(folder: Path) -> None:
    assert parallax(folder, "list", "--refused", "--corpus", "c").stdout.startswith("in/none.json: ")


def test_a_damaged_catalogue_is_one_line_and_made_anew(folder: Path) -> None:
    parallax(folder, "add", "in", "--corpus", "f", code=65)
    (folder / "f/catalogue.db").write_bytes(b"not a database, not even nearly" * 40)
    said = parallax(folder, "check", "--corpus", "f", code=65).stderr
    assert said.startswith("parallax: f/catalogue.db: is damaged")
    done = parallax(folder, "check", "--corpus", "f", "--rebuild")
    assert done.stdout.startswith("4 articles, 3 raw files: all is well\n")
    assert "set aside" in done.stderr


def test_stories_read_the_catalogue(folder: Path) -> None:
    rows = json.loads(parallax(folder, "stories", "c", "--format", "json", code=65).stdout)["stories"]
    assert sum(len(story["articles"]) for story in rows) == 3


def test_where_there_is_no_corpus_every_command_says_so(folder: Path) -> None:
    for arguments in (("list",), ("search", "x"), ("export",), ("forget", "abcd"), ("check",)):
        said = parallax(folder, *arguments, "--corpus", "nowhere", code=66).stderr
        assert "no catalogue here" in said
    assert not (folder / "nowhere").exists()


def test_a_device_which_may_have_no_end_is_refused(tmp_path: Path) -> None:
    said = parallax(tmp_path, "add", "/dev/zero", "--corpus", "c", code=66)
    assert said.stderr == "/dev/zero: a device, which may have no end; name a file\n"
