"""Archives of the web: their pages become articles, all else is counted, and damage costs what it damages."""

import builtins
import datetime as dt
import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers import warc
from compare.model import Problem

BODY = "".join(
    f"<p>{part}</p>"
    for part in (
        "The ferry to Lunn went back into service on Monday after eleven days in dock. “She sails like new,” "
        "said the skipper, who had waited for this day longer than anybody else on the island.",
        "Two pistons had to be replaced. The repair cost 80,000 crowns, the council said on Tuesday.",
        "In the eleven days, bread and letters were brought over by boat. Nobody counted them, he said.",
    )
)


def page(title: str = "Ferry to Lunn runs again", head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{BODY}</article></body></html>"
    ).encode()


def record(
    writer: Any,
    url: str,
    body: bytes,
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    extra: tuple[tuple[str, str], ...] = (),
) -> None:
    headers = StatusAndHeaders(status, [("Content-Type", kind), *extra], protocol="HTTP/1.1")
    made = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        http_headers=headers,
        warc_headers_dict={"WARC-Date": "2024-03-05T08:00:00Z"},
    )
    writer.write_record(made)


def written(fill: Callable[[Any], None], compressed: bool = True) -> bytes:
    out = io.BytesIO()
    fill(WARCWriter(out, gzip=compressed))
    return out.getvalue()


def several(count: int) -> Callable[[Any], None]:
    def fill(writer: Any) -> None:
        for number in range(count):
            record(
                writer, f"https://skerry-times.example/{number}", page(f"Ferry number {number} runs again")
            )

    return fill


def deposit(raw: bytes, origin: str = "a.warc.gz") -> Deposit:
    return Deposit(origin, raw[:65_536], len(raw), lambda: io.BytesIO(raw))


def read(raw: bytes) -> tuple[list[Draft], list[Problem]]:
    assert warc.looks_like(deposit(raw))
    found = list(warc.drafts(deposit(raw)))
    return [x for x in found if isinstance(x, Draft)], [x for x in found if isinstance(x, Problem)]


@pytest.mark.parametrize("compressed", [True, False])
def test_pages_of_a_warc(compressed: bool) -> None:
    """Each page is an article with its address; the day of capture stands in for a date, and that is said."""
    drafts, problems = read(written(several(3), compressed))
    assert [(one.origin, one.url, one.title) for one in drafts] == [
        (f"a.warc.gz#{n + 1}", f"https://skerry-times.example/{n}", f"Ferry number {n} runs again")
        for n in range(3)
    ]
    assert {one.published for one in drafts} == {dt.date(2024, 3, 5)}
    assert all("Nobody counted them, he said." in one.text for one in drafts)
    assert [one.what for one in problems] == ["3 pages state no day; the day of capture stands in for it"]


def test_what_a_page_says_of_its_day_goes_first() -> None:
    """A day in the page, or in its address, is not replaced by the day of capture."""

    def fill(writer: Any) -> None:
        stated = '<meta property="article:published_time" content="2024-02-01T08:00:00Z">'
        record(writer, "https://a.example/x", page(head=stated))
        record(writer, "https://a.example/2024/02/02/x", page())

    drafts, problems = read(written(fill))
    assert [one.published for one in drafts] == [dt.date(2024, 2, 1), dt.date(2024, 2, 2)]
    assert problems == []


def test_the_rest_is_counted() -> None:
    """Pictures, redirects, requests and revisits are one line with their numbers."""

    def fill(writer: Any) -> None:
        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "x"}))
        record(writer, "https://a.example/1", page())
        record(writer, "https://a.example/p.png", b"\x89PNG", kind="image/png")
        record(writer, "https://a.example/2", b"", status="301 Moved")
        record(writer, "https://a.example/3", page(), status="404 Not Found")
        writer.write_record(
            writer.create_revisit_record(
                "https://a.example/1", "sha1:A", "https://a.example/1", "2024-03-05T08:00:00Z"
            )
        )

    drafts, problems = read(written(fill))
    assert len(drafts) == 1
    assert problems[0].what == (
        "1 pages; passed over: 1 revisits (the page stands in another record), 2 answers other than 200, "
        "2 records that are not HTML"
    )


@pytest.mark.parametrize("compressed", [True, False])
def test_large_pictures_between_pages(compressed: bool) -> None:
    """Records of any size that are no pages are gone past, also where they do not compress."""

    def fill(writer: Any) -> None:
        for number in range(7):
            record(
                writer,
                f"https://a.example/{number}.png",
                random.Random(number).randbytes(900_000),
                kind="image/png",
            )
            record(writer, f"https://a.example/{number}", page())

    drafts, problems = read(written(fill, compressed))
    assert len(drafts) == 7
    assert [one.what.split(";")[0] for one in problems] == ["7 pages", "7 pages state no day"]


def test_coded_payloads() -> None:
    """A page that was sent compressed and in chunks is read as the page."""
    body = gzip.compress(page())
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)

    def fill(writer: Any) -> None:
        record(writer, "https://a.example/1", body, extra=(("Content-Encoding", "gzip"),))
        record(writer, "https://a.example/2", chunks,
               extra=(("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")))  # fmt: skip
        record(
            writer, "https://a.example/3", page().decode().encode("utf-16"), kind="text/html; charset=utf-16"
        )

    drafts, _ = read(written(fill))
    assert len(drafts) == 3
    assert len({one.text for one in drafts}) == 1


@pytest.mark.parametrize("compressed", [True, False])
def test_a_truncated_archive_keeps_what_was_read(compressed: bool) -> None:
    """An archive that breaks off anywhere keeps the pages before, and says where it ends."""
    raw, two = written(several(3), compressed), len(written(several(2), compressed))
    for cut in range(two + (30 if compressed else 12), len(raw) - 8, 41):
        drafts, problems = read(raw[:cut])
        assert [one.title for one in drafts[:2]] == [f"Ferry number {n} runs again" for n in range(2)]
        assert any("ends inside" in one.what or "damaged after" in one.what for one in problems), cut


def test_a_damaged_archive_keeps_what_was_read() -> None:
    """Bytes that are wrong in the middle cost the rest, which is said with the number of records read."""
    raw = bytearray(written(several(5)))
    middle = len(raw) // 2
    raw[middle : middle + 20] = b"\xff" * 20
    drafts, problems = read(bytes(raw))
    assert 2 <= len(drafts) < 5
    assert any(one.what.startswith("damaged after record") and one.code == 65 for one in problems)


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page or an archive that unpacks without end, or is too large, costs a line each."""
    bomb = gzip.compress(b"<html>" + b" " * 25_000_000)

    def coded(writer: Any) -> None:
        record(writer, "https://a.example/1", bomb, extra=(("Content-Encoding", "gzip"),))
        record(writer, "https://a.example/2", page())

    drafts, problems = read(written(coded))
    assert len(drafts) == 1
    assert "unpacks to over 20 MB" in problems[0].what
    large = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n" % 900_000_000
    drafts, problems = read(gzip.compress(large) + gzip.compress(b"\0" * 1000))
    assert "times its size" in problems[0].what
    monkeypatch.setattr(warc, "_BETWEEN", 30_000)
    blank = gzip.compress(b"\r\n" * 5_000_000, 9)
    drafts, problems = read(written(several(1)) + blank * 8 + written(several(1)))
    assert len(drafts) == 1
    assert "no record where one should begin" in problems[0].what
    drafts, problems = read(written(lambda writer: record(writer, "https://a.example/1", b" " * 20_000_001)))
    assert "1 pages larger than 20 MB" in problems[0].what


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as held:
        for name, body in members.items():
            held.writestr(name, body)
    return out.getvalue()


def test_wacz() -> None:
    """The archives in a WACZ are read in order and numbered through; its indexes are not articles."""
    raw = zipped({"datapackage.json": b"{}", "archive/a.warc.gz": written(several(2)),
                  "pages/pages.jsonl": b"{}", "archive/b.warc": written(several(1), False)})  # fmt: skip
    drafts, _ = read(raw)
    assert [one.origin for one in drafts] == ["a.warc.gz#1", "a.warc.gz#2", "a.warc.gz#3"]


def test_a_wacz_that_leads_out_of_itself() -> None:
    """A member whose name leads out of the archive is named and not read; the others are."""
    raw = zipped({"archive/../../etc/a.warc": written(several(1)), "archive/a.warc.gz": written(several(1))})
    drafts, problems = read(raw)
    assert len(drafts) == 1
    assert "leads out of the archive" in problems[0].what


def test_other_files_are_no_archives() -> None:
    """Text, other gzip files and other zips are left to other readers."""
    for raw in (
        b"",
        b"WAR",
        gzip.compress(b"text"),
        zipped({"a.txt": b"x"}),
        b"PK\x03\x04broken",
        b"\x1f\x8b",
    ):
        assert not warc.looks_like(deposit(raw))


def test_without_fastwarc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library is missing, the line names the extra to install."""
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("fastwarc"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    (one,) = warc.drafts(deposit(b"WARC/1.0\r\n"))
    assert isinstance(one, Problem)
    assert "parallax-compare[web]" in one.what


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_wacz_never_break(data: st.DataObject) -> None:
    """A WACZ with bytes changed, lost or added gives drafts and problems and nothing else."""
    raw = bytearray(WACZ)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    made = deposit(bytes(raw))
    assert warc.looks_like(made) in (True, False)
    for one in warc.drafts(made):
        assert isinstance(one, Draft | Problem)


WACZ = zipped({"archive/a.warc.gz": written(several(1))})
SAMPLE = written(several(2), False)


def test_an_address_ends_where_its_line_does() -> None:
    """A header that was folded into the address before it is no part of the address."""
    whole = [one for one in warc.drafts(deposit(SAMPLE)) if isinstance(one, Draft)]
    folded = re.sub(rb"(WARC-Target-URI: [^\r\n]*\r\n)", rb"\1 ", SAMPLE)
    assert folded != SAMPLE
    found = [one for one in warc.drafts(deposit(folded)) if isinstance(one, Draft)]
    assert [one.url for one in found] == [one.url for one in whole]


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_damaged_archives_never_break(data: st.DataObject) -> None:
    """An archive with bytes changed, lost or added gives drafts and problems and nothing else."""
    raw = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 10))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=60))
    made = (
        bytes(raw)
        if data.draw(st.booleans())
        else gzip.compress(bytes(raw))[: data.draw(st.integers(1, 3000))]
    )
    for one in warc.drafts(deposit(made)):
        assert isinstance(one, Draft | Problem)
        assert "\n" not in (one.what if isinstance(one, Problem) else one.url)
