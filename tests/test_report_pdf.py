"""The PDF: the same bytes anywhere, tagged, in our fonts, fetching nothing, dying in one clear line."""

import hashlib
import http.server
import io
import itertools
import os
import re
import shutil
import subprocess
import sys
import threading
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
import report_samples as samples
from pypdf.generic import DictionaryObject, IndirectObject

from compare.errors import ParallaxError
from compare.report import fonts, html, pdf
from compare.report.brief import compose
from compare.report.pdf import gatherings, shelf


@pytest.fixture(scope="module")
def page() -> str:
    return html.render(samples.week(2, 2), medium="print")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def data(page: str, kept: Path) -> bytes:
    return pdf.write(page, cache=kept)


@pytest.fixture(scope="module")
def reader(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> pypdf.PdfReader:
    path = tmp_path_factory.mktemp("pdf") / "brief.pdf"
    path.write_bytes(data)
    return pypdf.PdfReader(path)


def elements(part: Any) -> Iterator[Any]:
    """The elements of a structure tree in reading order."""
    part = part.get_object() if isinstance(part, IndirectObject) else part
    if isinstance(part, DictionaryObject):
        yield part
        kids = part.get("/K", [])
        kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from elements(kid)


def test_other_zones_locales_and_hash_seeds_give_the_same_bytes(data: bytes) -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); import report_samples as s;"
        "from compare.report import html, pdf;"
        "print(hashlib.sha256(pdf.write(html.render(s.week(2, 2), medium='print'))).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parent)],
        env=os.environ | {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == hashlib.sha256(data).hexdigest()


def test_the_pdf_is_tagged_with_title_language_and_bookmarks(reader: pypdf.PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert "side by side" in str(reader.metadata.title)
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert len(reader.outline) >= 2


def test_its_structure_is_one_a_reader_can_walk(reader: pypdf.PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    walked = [one for one in elements(root["/StructTreeRoot"]) if "/S" in one]
    kinds = Counter(str(one["/S"]) for one in walked)
    assert kinds["/H1"] == 1
    assert kinds["/Table"]
    assert kinds["/TH"]
    levels = [int(one["/S"][2]) for one in walked if re.fullmatch(r"/H\d", str(one["/S"]))]
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    figures = [one for one in walked if one["/S"] == "/Figure"]
    assert figures
    assert all(str(one.get("/Alt", "")).strip() for one in figures)
    for cell in (one for one in walked if one["/S"] == "/TD"):
        assert cell["/A"]["/Headers"]


def test_a_second_opinion_finds_it_conformant_to_pdf_ua(data: bytes) -> None:
    page = pytest.importorskip("page", reason="the page-validation package is not installed")
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert [failure.message for failure in report.failures] == []


def test_the_evidence_can_be_read_and_the_links_followed(reader: pypdf.PdfReader) -> None:
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "trawlermen are ashore" in text
    assert "does not report the vigil" in text
    places = set(reader.named_destinations)
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    inner = {str(link["/Dest"]) for link in links if "/Dest" in link}
    assert inner
    assert inner <= places


def test_no_text_stands_outside_its_page(reader: pypdf.PdfReader) -> None:
    for page in reader.pages:
        left, bottom, right, top = (float(edge) for edge in page.mediabox)

        def inside(text: str, outer: Any, inner: Any, *rest: Any) -> None:
            if text.strip():
                x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
                y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
                assert left + 40 < x < right - 40, text  # noqa: B023
                assert bottom + 20 < y < top - 20, text  # noqa: B023

        page.extract_text(visitor_text=inside)


def test_every_font_is_ours_and_embedded(reader: pypdf.PdfReader) -> None:
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            assert "Parallax-" in str(font.get_object()["/BaseFont"])


def test_nothing_is_fetched_not_even_a_file(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY", encoding="utf-8")
    web, file = f"http://127.0.0.1:{server.server_port}", canary.as_uri()
    ways = "".join(
        f'<link rel=stylesheet href="{url}/a.css"><link rel=attachment href="{url}">'
        f'<img src="{url}/b.png" alt="b"><style>@font-face {{font-family: x; src: url({url}/e)}}</style>'
        f'<object data="{url}/c"></object><style>@import url({url}/d)</style>'
        f"<style>body {{ background: url({url}/f); font-family: x }}</style>"
        f'<svg><title>t</title><image href="{url}/g"/><use href="{url}/h#x"/></svg>'
        for url in (web, file, "parallax-font:../../etc/passwd", f"data:text/css,@import url({web}/i)")
    )
    made = pdf.write(f"<html lang=en><head><title>t</title></head><body><h1>Text</h1>{ways}</body></html>")
    server.shutdown()
    assert asked == []
    plain = tmp_path / "out.pdf"
    plain.write_bytes(made)
    attached = pypdf.PdfReader(plain).attachments
    assert not attached
    assert b"CANARY" not in made


def test_a_page_that_takes_too_long_ends_as_one_line() -> None:
    with pytest.raises(ParallaxError, match=r"more than 0\.05 seconds") as caught:
        pdf.write(html.render(samples.brief(), medium="print"), limits=pdf.Limits(seconds=0.05))
    assert "\n" not in str(caught.value)


def test_a_page_that_takes_too_much_memory_ends_as_one_line() -> None:
    with pytest.raises(ParallaxError, match="brief: ") as caught:
        pdf.write(html.render(samples.brief(), medium="print"), limits=pdf.Limits(megabytes=120))
    assert "\n" not in str(caught.value)


def test_a_machine_without_fonts_sets_the_same_page(
    page: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "fonts.conf"
    empty.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(empty))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert pdf.write(page) == data


def test_scripts_without_a_font_are_named_and_break_nothing() -> None:
    brief = compose([samples.story(outlets=("新华", "Голос"), title="你好 नमस्ते")])
    page = html.render(brief, medium="print")
    assert "[Chinese or Japanese: 2 characters]" in page
    assert "Голос" in page
    assert pdf.write(page).startswith(b"%PDF-")


def test_no_text_can_make_the_layout_explode() -> None:
    title, author, origin = "x" * 20_000, "<div>" * 4000, "word " * 4000 + "e" + "\u0301" * 5000
    page = html.render(samples.brief(title=title, author=author, origin=origin), medium="print")
    assert pdf.write(page, limits=pdf.Limits(seconds=60)).startswith(b"%PDF-")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_error(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(data)
    assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0


def test_the_packaged_fonts_are_all_there() -> None:
    families = {face.family for face in fonts.installed()}
    assert {"Parallax Text", "Parallax Label"} <= families
    assert len({face.url for face in fonts.FACES}) == len(fonts.FACES)
    assert all(ord(one) in fonts.coverage() for one in "Az09éßŁжαЯ→‹›“”’–…¶")


# Bound from gatherings


@pytest.fixture
def cache(data: bytes, kept: Path, tmp_path: Path) -> Path:
    """A cache that has all of ``page``."""
    return Path(shutil.copytree(kept, tmp_path / "cache"))


def test_stories_set_by_two_processes_or_taken_from_a_cache_give_the_same_bytes(
    page: str, data: bytes, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(list(cache.glob("*.pages"))) == 3
    assert len(list(cache.glob("*.front"))) == 1
    assert pdf.write(page, cache=cache) == data
    monkeypatch.setattr(pdf, "WORTH_TWO", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert pdf.write(page) == data


def test_only_the_changed_story_is_set_again(page: str, cache: Path) -> None:
    before = {entry.name for entry in cache.iterdir()}
    first = page.index("<!--gathering-->")
    changed = page[:first] + page[first:].replace("Ferry missed 0", "Ferry missed twice", 1)
    made = pypdf.PdfReader(io.BytesIO(pdf.write(changed, cache=cache)))
    assert len({entry.name for entry in cache.iterdir()} - before) == 1
    assert any("missed twice" in one.extract_text() for one in made.pages)


def test_broken_entries_are_set_again(page: str, data: bytes, cache: Path) -> None:
    first, second, _ = sorted(cache.glob("*.pages"))
    first.write_bytes(first.read_bytes()[:-9])
    second.write_bytes(b"")
    assert pdf.write(page, cache=cache) == data
    assert all(len(entry.read_bytes()) > 100 for entry in cache.glob("*.pages"))


@pytest.mark.parametrize("guess", [b"1", b"3", b"-7", b"999999", b"no number", b""])
def test_a_wrong_guess_of_the_pages_in_front_changes_nothing(
    page: str, data: bytes, cache: Path, guess: bytes
) -> None:
    """The cache tells how many pages came first the last time: page numbers must not depend on it."""
    (entry,) = cache.glob("*.front")
    assert entry.read_bytes() == b"2"
    entry.write_bytes(guess)
    assert pdf.write(page, cache=cache) == data
    assert entry.read_bytes() == b"2"


def test_entries_that_say_nonsense_are_done_without(page: str, data: bytes, cache: Path) -> None:
    nonsense = b'[{"drawing": 1}]'
    for entry in cache.iterdir():
        entry.write_bytes(hashlib.sha256(nonsense).digest() + zlib.compress(nonsense))
    assert pdf.write(page, cache=cache) == data


def test_a_cache_that_cannot_be_written_is_done_without(page: str, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    book, made = gatherings.cut(page), tmp_path / "made"
    made.mkdir()
    assert shelf.Shelf(cache).fetch(book, made) == {0, 1, 2}
    nowhere = shelf.Shelf(tmp_path / "file" / "folder")
    nowhere.keep(book, range(3), made)
    assert nowhere.fetch(book, made) == frozenset()


def test_the_cache_does_not_grow_without_end(
    page: str, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shelf, "ENTRIES", 2)
    book = gatherings.cut(page)
    assert len(shelf.Shelf(cache).fetch(book, tmp_path)) == 3
    shelf.Shelf(cache).keep(book, range(3), tmp_path)
    assert len(list(cache.glob("*.pages"))) == 2


def test_page_numbers_run_through_and_the_contents_tell_the_right_ones(reader: pypdf.PdfReader) -> None:
    texts = [" ".join(one.extract_text().split()) for one in reader.pages]
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts, 1))
    contents = next(text for text in texts if "Contents" in text)
    for number in (1, 2):
        begun = next(n for n, text in enumerate(texts, 1) if f"Story {number} ·" in text)
        assert re.search(rf"{number} Ferry missed \d [^.]*?\.[. ]* {begun}\b", contents)


def test_bookmarks_follow_the_pages_and_lead_to_their_headings(reader: pypdf.PdfReader) -> None:
    def flat(part: Any) -> Iterator[Any]:
        for one in part:
            yield from flat(one) if isinstance(one, list) else [one]

    marks = list(flat(reader.outline))
    numbers = [reader.get_destination_page_number(mark) or 0 for mark in marks]
    assert numbers == sorted(numbers)
    texts = ["".join(one.extract_text().split()) for one in reader.pages]
    for mark, number in zip(marks, numbers, strict=True):
        assert "".join(str(mark.title).split())[:12] in texts[number]


def test_what_is_bound_reads_as_what_is_set_in_one_piece(page: str, reader: pypdf.PdfReader) -> None:
    """The same text on the same pages and the same structure as WeasyPrint gives without our binding."""
    bare = page.replace("<!--gathering-->", "").replace("<!--/gathering-->", "")
    plain = pypdf.PdfReader(io.BytesIO(pdf.write(bare)))
    assert [one.extract_text() for one in reader.pages] == [one.extract_text() for one in plain.pages]

    def shape(made: pypdf.PdfReader) -> list[str]:
        root: Any = made.trailer["/Root"]
        return [str(one["/S"]) for one in elements(root["/StructTreeRoot"]) if "/S" in one]

    assert shape(reader) == shape(plain)
    assert set(reader.named_destinations) - set(plain.named_destinations) <= {
        name for name in reader.named_destinations if name.startswith("leaf-")
    }


def test_a_picture_in_a_story_is_printed_in_one_piece(page: str) -> None:
    """Pictures belong to a whole file; a story with one is not set apart, but not lost either."""
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
    picture = f'<p><img src="data:image/png;base64,{dot}" alt="A dot"></p>'
    stray = '<p><a href="#nowhere">A link to nowhere is none</a></p>'
    made = pdf.write(page.replace("<!--gathering-->", f"<!--gathering-->{picture}{stray}", 1))
    assert sum(len(one.images) for one in pypdf.PdfReader(io.BytesIO(made)).pages) >= 1


def test_a_long_brief_is_said_to_be_long() -> None:
    assert "101 pages" in pdf.Printed(b"", 101).warning
    assert pdf.Printed(b"", 100).warning == ""


def test_the_usual_cache_lies_where_caches_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/tmp/caches")
    assert shelf.usual_folder() == Path("/var/tmp/caches/parallax/pages")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/home/nobody")
    assert shelf.usual_folder() == Path("/home/nobody/.cache/parallax/pages")
