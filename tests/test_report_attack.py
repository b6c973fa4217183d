"""An article as an attacker: whatever its fields hold, nothing of it runs, reaches out or shapes a page."""

import http.server
import io
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromium
import pypdf
import pytest
import report_samples as samples
from playwright.sync_api import Browser
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from compare import pipeline
from compare.config import Config
from compare.model import Article, Problem, Span
from compare.report import html, pdf
from compare.report.parts import Brief

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
WAYS = (Path(__file__).parent / "golden" / "attack" / "ways.txt").read_text(encoding="utf-8")
CONTROLS = "\u202eevil\u202c \u2066isolated\u2069 \u200fmark \x00\x1b]0;owned\x07 \ufffe"


@dataclass(frozen=True)
class Trap:
    """A server on this machine and a file in it, neither of which anybody may ask for."""

    web: str
    file: str
    asked: list[str]

    def ways(self) -> list[str]:
        """Every way to try; a script that runs would say so in ``window.owned``."""
        ways = WAYS.replace("RUN", "window.owned=1").replace("WEB", self.web).replace("FILE", self.file)
        return [*ways.splitlines(), CONTROLS]


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    canary = tmp_path_factory.mktemp("canary") / "canary.txt"
    canary.write_text("CANARY", encoding="utf-8")
    yield Trap(f"http://127.0.0.1:{server.server_port}", canary.as_uri(), asked)
    server.shutdown()


@pytest.fixture(scope="module")
def evil(trap: Trap) -> Brief:
    """Two articles that try everything in every field, compared like any others."""
    attack = " ".join(trap.ways())
    told = (
        _article(f"Gull {attack}", attack, _facts(trap, 100)),
        _article(f"Ledger {attack}", attack, _facts(trap, 300)),
    )
    made = pipeline.compare((told, (Problem(attack, attack),)), Config(), "pdf")
    assert any(group.shown for section in made.sections for group in section.groups)
    return made


def _facts(trap: Trap, least: int) -> list[str]:
    """A paragraph for every few ways tried, with figures that differ from those of another article."""
    ways = trap.ways()
    told = enumerate((" ".join(ways[n : n + 4]) for n in range(0, len(ways), 4)), 1)
    return [f"Ferry number {n} took {least + n} people {few} to Sorrel Bay on Friday." for n, few in told]


def _article(outlet: str, attack: str, paragraphs: list[str]) -> Article:
    title = f"Ferry missed {attack}"
    body = "\n\n".join((title, *paragraphs))
    link = f"javascript:{attack}"
    return Article(outlet, outlet, title, body, Span(0, len(title)), author=attack, url=link, origin=attack)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.started() as one:
        yield one


def test_nothing_of_an_article_runs_or_reaches_out_on_the_screen(
    evil: Brief, trap: Trap, browser: Browser, tmp_path: Path
) -> None:
    address = chromium.saved(tmp_path, "evil", html.render(evil))
    with chromium.opened(browser, address) as page:
        page.locator("a.opens").first.press("Enter")
        page.keyboard.press("Escape")
        page.locator("a.opens").first.hover()
        page.wait_for_timeout(400)
        assert page.evaluate("window.owned") is None
        names = page.evaluate("Array.from(new Set(Array.from(document.all, one => one.localName)))")
        assert not {"img", "iframe", "object", "embed", "link", "base", "input", "image"} & set(names)
        attributes = "Array.from(document.all).flatMap(one => one.getAttributeNames())"
        found = [name for name in page.evaluate(attributes) if name.startswith("on") or name == "style"]
        assert found == ["style"], "our own place for the shown paragraph, and no other"
        links = page.evaluate("Array.from(document.links, one => one.protocol)")
        assert set(links) == {"file:"}, "only places in the page itself"
        assert "{{ 7*'7' }}" in (page.locator("#texts").text_content() or "")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f]", page.content())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert trap.asked == []


def test_nothing_that_got_into_the_page_could_run_or_reach_out(
    trap: Trap, comparison: Brief, browser: Browser, tmp_path: Path
) -> None:
    """Were a template to forget its escaping, the content security policy still holds."""
    # A comment would swallow the ways after it; and no policy can forbid a refresh: only escaping does.
    ways = " ".join(way for way in trap.ways() if "<!--" not in way and "refresh" not in way)
    page_text = html.render(comparison).replace("</main>", f"{ways}</main>")
    context = browser.new_context()
    page = context.new_page()
    page.goto(chromium.saved(tmp_path, "breached", page_text))
    page.wait_for_timeout(500)
    for selector in ("script", "img[onerror]", "svg[onload]", "style", "link", "iframe", "object", "base"):
        assert page.locator(f"main {selector}").count(), "the attack is in the page"
    assert page.evaluate("window.owned") is None
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).display") == "block"
    context.close()
    assert trap.asked == []


def test_a_megabyte_without_a_space_in_every_field_neither_widens_the_page_nor_stops_it(
    browser: Browser, tmp_path: Path
) -> None:
    long = "x" * 1_000_000
    told = samples.brief(long, (f"A{long}", f"B{long}"), author=long, url=f"https://{long}", origin=long)
    with chromium.opened(browser, chromium.saved(tmp_path, "long", html.render(told))) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert pdf.write(html.render(told, medium="print")).startswith(b"%PDF-")


def test_nothing_of_an_article_reaches_out_of_the_pdf_or_into_it(evil: Brief, trap: Trap) -> None:
    data = pdf.write(html.render(evil, medium="print"))
    assert trap.asked == []
    read = pypdf.PdfReader(io.BytesIO(data))
    assert not read.attachments
    text = "".join(page.extract_text() for page in read.pages)
    assert "CANARY" not in text
    assert "7777777" not in text
    names, addresses = _actions(read)
    assert not names & {"/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/EmbeddedFile"}
    assert addresses == set()


def _actions(read: pypdf.PdfReader) -> tuple[set[str], set[str]]:
    """Every name in a PDF's dictionaries, as key or as value, and every address."""
    names: set[str] = set()
    addresses: set[str] = set()
    for number in range(1, len(read.xref_objStm) + sum(map(len, read.xref.values())) + 1):
        try:
            waiting: list[Any] = [read.get_object(IndirectObject(number, 0, read))]
        except (pypdf.errors.PdfReadError, KeyError, ValueError):
            continue
        while waiting:
            part = waiting.pop()
            if isinstance(part, DictionaryObject):
                names |= {str(key) for key in part}
                names |= {str(value) for value in part.values() if isinstance(value, str)}
                addresses |= {str(part["/URI"])} if "/URI" in part else set()
                waiting += [value for value in part.values() if not isinstance(value, IndirectObject)]
            elif isinstance(part, ArrayObject):
                waiting += [value for value in part if not isinstance(value, IndirectObject)]
    return names, addresses


def test_the_check_of_the_pdf_itself_sees_an_address() -> None:
    page = (
        '<html lang=en><head><title>t</title></head><body><a href="https://example.org/x">t</a></body></html>'
    )
    names, addresses = _actions(pypdf.PdfReader(io.BytesIO(pdf.write(page))))
    assert addresses == {"https://example.org/x"}
    assert "/Annot" in names


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_no_control_of_an_article_reaches_text_and_markup_stays_escaped(evil: Brief, form: str) -> None:
    text = pipeline.render(evil, form, Config()).decode("utf-8", "surrogatepass")
    if form == "json":
        assert json.loads(text)["articles"]
        return
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    if form == "markdown":
        assert not re.search(r"(?<!\\)<script", text)
