"""Files made to break a reader, through the command: a Problem each, little memory, no traceback."""

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import docx
import pytest

from compare.corpus import core, decode, syndication
from compare.corpus.deposit import of_bytes
from compare.corpus.readers import each
from compare.model import Article, Problem

TEXT = "Ferry to {} sails\n\nThe ferry went back into service on Monday. It sails like new. It cost a lot.\n"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)
MEMORY = 1_500_000_000
PEAK = 1_000_000_000


class Said(NamedTuple):
    """What a command wrote, how it ended, its seconds of processor and the most memory it had, in bytes."""

    out: str
    err: str
    code: int
    seconds: float
    peak: int


def parallax(folder: Path, *arguments: str) -> Said:
    """Run the command as a process of its own, in ``folder``, below a ceiling of memory."""
    with (folder / "out").open("w+b") as out, (folder / "err").open("w+b") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "compare", *arguments],
            cwd=folder,
            stdout=out,
            stderr=err,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "OMP_NUM_THREADS": "1"},
        )
        resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wrote, said = ((folder / name).read_text("utf-8") for name in ("out", "err"))
    return Said(wrote, said, process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * 1000)


def packed(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made.getvalue()


def word(entities: str) -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as held:
        members = {name: held.read(name) for name in held.namelist()}
    return packed(members | {"word/document.xml": f"{entities}]><w:document>&j;</w:document>".encode()})


def warc(body: bytes, target: str = "https://a.example/1") -> bytes:
    head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    return (
        f"{head}WARC-Target-URI: {target}\r\nContent-Length: {len(answer)}\r\n\r\n".encode()
        + answer
        + b"\r\n\r\n"
    )


def sparse(path: Path, opening: bytes, size: int) -> None:
    with path.open("wb") as file:
        file.write(opening)
        file.truncate(size)


FILES: dict[str, tuple[bytes, str]] = {
    "bomb.rss": (
        f"{LAUGHS}]><rss version='2.0'><channel><title>&j;</title></channel></rss>".encode(),
        "entities",
    ),
    "bomb.opml": (f"{LAUGHS}]><opml version='2.0'><body>&j;</body></opml>".encode(), "a list of feeds"),
    "bomb.docx": (word(LAUGHS), "defines entities"),
    "bomb.zip": (packed({"a.txt": b"a" * 90_000_000}), "as bombs are"),
    "folded.zip": (packed({"a.zip": packed({"b.zip": packed({"c.txt": TEXT.encode()})})}), "unpack it first"),
    "bomb.gz": (gzip.compress(b"a" * 90_000_000), "a gzip archive"),
    "bomb.warc.gz": (gzip.compress(warc(b"<html>" + b" " * 90_000_000)), "larger than 20 MB"),
    "blank.warc.gz": (gzip.compress(b"WARC/1.0\r\n" + b"\r\n" * 40_000_000), "record"),
    "out.zip": (packed({"../out.txt": TEXT.encode(), "/tmp/out.txt": b"a"}), "leads out of the archive"),
    "out.wacz": (
        packed({"archive/../../out.warc": warc(b"<p>a"), "archive/a.warc": warc(b"<p>a")}),
        "leads out of the archive",
    ),
    "named.zip": (packed({"a\nb\x1b[2J.txt": TEXT.encode()}), "a name with control characters"),
    "deep.json": (b'[{"a":' * 200_000, "nested too deeply"),
    "deep.html": (b"<html><body>" + b"<div>" * 400_000, "over 200,000 tags"),
    "half.json": (json.dumps({"text": "\ud800", "title": "\udfff"}).encode(), "no article text is left"),
}


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """A folder of hostile files and two honest ones, added to a corpus."""
    place = tmp_path_factory.mktemp("hostile")
    source = place / "in"
    source.mkdir()
    for name, (raw, _) in FILES.items():
        (source / name).write_bytes(raw)
    sparse(source / "gigabyte.txt", TEXT.encode(), 1_000_000_000)
    sparse(source / "line.jsonl", b'{"text": "', 100_000_000)
    sparse(source / "line.txt", b"The ferry ", 100_000_000)
    (source / "good.txt").write_text(TEXT.format("Lunn"))
    (source / "a\nb\x1b[2J.txt").write_text(TEXT.format("Orr"))
    (place / "secret.txt").write_text(TEXT.format("Sund"))
    (source / "link.txt").symlink_to(place / "secret.txt")
    (source / "ring").symlink_to(source)
    return place, parallax(place, "add", "in", "--corpus", "corpus")


@pytest.mark.parametrize(
    ("name", "said"),
    [(name, said) for name, (_, said) in FILES.items()]
    + [
        ("gigabyte.txt", "larger than 20 MB"),
        ("line.jsonl", "a line of over 20 MB"),
        ("line.txt", "larger than 20 MB"),
        ("link.txt", "a link that leads out"),
        ("ring", "not followed"),
    ],
)
def test_every_hostile_file_is_a_line(added: tuple[Path, Said], name: str, said: str) -> None:
    """What is wrong with it stands on a line that begins with its name, and can be printed."""
    lines = [line for line in added[1].err.split("\n") if line.startswith(f"in/{name}")]
    assert any(said in line for line in lines), lines or added[1].err[-3000:]
    assert all(line.isprintable() for line in lines)


def test_the_command_ends_in_order(added: tuple[Path, Said]) -> None:
    """No traceback, the exit code of refused input, within its bounds; nothing else came onto the disk."""
    place, said = added
    assert (said.code, "Traceback" in said.err) == (65, False)
    assert said.peak < PEAK
    assert said.seconds < 30
    assert {one.name for one in place.iterdir()} == {"in", "corpus", "secret.txt", "out", "err"}
    assert not (place.parent / "out.txt").exists()
    assert "\x1b" not in said.err + said.out


def test_the_corpus_is_whole_and_holds_what_is_good(added: tuple[Path, Said]) -> None:
    """The honest files beside them are read; the corpus checks clean."""
    place, _ = added
    assert parallax(place, "check", "--corpus", "corpus").code == 0
    listed = json.loads(parallax(place, "list", "--corpus", "corpus", "--format", "json").out)
    assert "Sund" not in json.dumps(listed)
    assert {"Ferry to Lunn sails", "Ferry to Orr sails"} <= {one["title"] for one in listed}


def test_a_file_of_nothing_but_refusals_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past a bound of refusals the rest is not read, and one line says so; remarks are counted."""
    from compare.corpus import readers

    monkeypatch.setattr(readers, "MOST_PROBLEMS", 10)
    found = list(each(of_bytes(b"title,text\n" + b"x\n" * 1_000, "a.csv")))
    assert len(found) == 11
    assert isinstance(found[-1], Problem)
    assert (found[-1].where, found[-1].code, "not read" in found[-1].what) == ("a.csv", 65, True)
    short = "".join(json.dumps({"text": f"The ferry {n} sails."}) + "\n" for n in range(30))
    found = list(each(of_bytes(short.encode(), "a.jsonl")))
    assert sum(isinstance(one, Article) for one in found) == 30
    assert found[-1] == Problem("a.jsonl", "20 more problems and remarks in this file, not listed")


def test_what_a_problem_quotes_is_printable() -> None:
    """A text of characters that no terminal shows breaks no line."""
    raw = "The ferry \u061c\U000e0041 sails on and on over the sea and never comes to any \uffff end".encode()
    for one in each(of_bytes(raw, "a.txt")):
        assert isinstance(one, Article) or one.what.isprintable()


MAIL = (
    b"From: a@b.example\nTo: c\nSubject: =?utf-8?b?7aCA?= \xed\xa0\x80\n"
    b"Date: Fri, 16 May 2025 10:00:00 +0000\n"
    b"Content-Type: text/plain; charset=unicode_escape\n\n" + TEXT.encode() + b"\\ud800 \xed\xa0\x80"
)
FEED = (
    f"<rss version='2.0'><channel><item><description>{TEXT}&amp;#xD800;</description></item></channel></rss>"
)
RECORD = {
    "text": TEXT + " \ud800 \udc00",
    "title": "a \udfff",
    "author": "\ud801",
    "url": "\ud802",
    "outlet": "\ud803b",
}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.json", json.dumps(RECORD).encode()),
        ("a.jsonl", (json.dumps(RECORD) + "\n").encode() * 2),
        ("a.html", f"<html><head><title>&#xD800;</title></head><body><p>{TEXT * 3}&#xDFFF;&#55296;".encode()),
        ("a.txt", TEXT.encode("utf-16") + b"\x00\xd8a\0"),
        ("a.txt", TEXT.encode() + b"&#xD800; \xed\xa0\x80"),
        ("a.csv", b"title,text\na," + TEXT.replace("\n", " ").encode() + b"\xed\xa0\x80\nb,c\n"),
        ("a.rss", FEED.encode()),
        ("a.rtf", b"{\\rtf1\\ansi " + TEXT.encode() + b"\\u-10240? \\u-9216?}"),
        ("a.eml", MAIL),
    ],
)
def test_half_a_pair_comes_through_no_reader(name: str, raw: bytes) -> None:
    """What is in an article can be written as UTF-8: ``paragraphs.tidy`` is the one door for its lines."""
    articles = [one for one in each(of_bytes(raw, name)) if isinstance(one, Article)]
    assert articles
    for one in articles:
        repr(one).encode()
        fields = (one.body, one.title, one.outlet, one.author, one.url, one.origin, one.cut, one.date_rule)
        assert "".join([*fields, *(gone.line for gone in one.removed)]).encode()


def within(seconds: float, work: Callable[[], object]) -> None:
    begin = time.process_time()
    work()
    assert time.process_time() - begin < seconds


def test_no_pattern_takes_exponential_or_quadratic_time() -> None:
    """Texts that were once read for hours: comments in a row, long prose, a coding of Python's own."""
    within(1, lambda: syndication.kind("<!---->" * 300 + "x"))
    prose = [f"the {n} ferry sails to Lunn and back." for n in range(20_000)]
    within(2, lambda: core.core(prose))
    within(1, lambda: decode.of_charset(b"abc-" + b"b9a" * 300_000, "punycode"))
    dated = "".join(f"abc def{n} 2025\n" for n in range(2_000))
    export = f"1 of 2 DOCUMENTS\n\n{dated}LENGTH: 100 words\n\nThe text is here. It is.\n"
    within(2, lambda: list(each(of_bytes(export.encode(), "a.txt"))))
    page = "<html><body>" + "<time datetime='2025-13-45'>x</time><p>11/12/2025 or so</p>" * 12_000
    within(8, lambda: list(each(of_bytes(page.encode(), "a.html"))))


def test_a_member_without_a_name_takes_nothing_away() -> None:
    """A zip whose directory has an empty name is read but for that member."""
    raw = packed({"a.txt": TEXT.encode(), "b": TEXT.encode()})
    place = raw.rindex(b"PK\x01\x02")
    torn = bytearray(raw)
    torn[place + 28 : place + 30] = b"\0\0"
    torn[place + 30 : place + 32] = b"\x01\0"  # the name's one byte is now taken for an extra field
    found = list(each(of_bytes(bytes(torn), "a.zip")))
    assert [one.origin for one in found if isinstance(one, Article)] == ["a.zip!a.txt"]


def test_the_archives_in_one_wacz_share_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the archives in a WACZ unpack to is counted together: members may share their bytes."""
    from compare.corpus.readers import warc as reader

    monkeypatch.setattr(reader, "_ALWAYS", 1_000)
    monkeypatch.setattr(reader, "_MOST_FOLD", 1)
    raw = packed({f"archive/{n}.warc": warc(b"<html>" + b" " * 3_000) for n in range(9)})
    found = list(each(of_bytes(raw, "a.wacz")))
    assert sum("times its size" in one.what for one in found if isinstance(one, Problem)) == 1


def test_no_file_is_lost_without_a_word() -> None:
    """An archive of nothing that may hold an article says so."""
    for raw in (packed({}), packed({"a.png": b"x"})):
        (one,) = each(of_bytes(raw, "a.zip"))
        assert one == Problem("a.zip", "no article is in it; see what it holds", 65)
