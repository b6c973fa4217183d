"""Word documents: every word that a reader sees, in order; exports are split; bombs are refused unopened."""

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers import export, word
from compare.model import Problem

GOLDEN = Path(__file__).parent / "golden" / "exports"


def deposit(raw: bytes) -> Deposit:
    return Deposit("a.docx", raw[:65_536], len(raw), lambda: io.BytesIO(raw))


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(raw: bytes) -> list[Draft | Problem]:
    assert word.looks_like(deposit(raw))
    return list(word.drafts(deposit(raw)))


def only(raw: bytes) -> Draft:
    (one,) = read(raw)
    assert isinstance(one, Draft), one
    return one


def refusal(raw: bytes) -> str:
    (one,) = read(raw)
    assert isinstance(one, Problem)
    assert one.code == 65
    return one.what


def article() -> Any:
    made = docx.Document()
    made.add_heading("Ferry to Lunn runs again", 1)
    made.add_paragraph("The ferry to Lunn went back into service on Monday.")
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "Two pistons were replaced."
    table.cell(0, 1).text = "It cost 80,000 crowns."
    made.add_paragraph("Nobody counted the letters.")
    return made


def test_paragraphs_and_tables_in_order() -> None:
    """Paragraphs and cells come out in reading order, a blank line between; the heading is the title."""
    one = only(saved(article()))
    assert one.title == "Ferry to Lunn runs again"
    assert one.text.split("\n\n")[1:] == [
        "The ferry to Lunn went back into service on Monday.",
        "Two pistons were replaced.",
        "It cost 80,000 crowns.",
        "Nobody counted the letters.",
    ]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_words_that_word_wraps_in_something() -> None:
    """Links, content controls and tracked insertions are text; deletions and what was moved away are not."""
    made = docx.Document()
    inside = (
        run("The ")
        + f'<w:hyperlink w:anchor="x">{run("ferry")}</w:hyperlink>'
        + f'<w:ins w:id="1" w:author="x">{run(" sails")}</w:ins>'
        + '<w:del w:id="2" w:author="x"><w:r><w:delText> sank</w:delText></w:r></w:del>'
        + f'<w:moveFrom w:id="3" w:author="x">{run(" away")}</w:moveFrom>'
        + f"<w:sdt><w:sdtContent>{run(' again.')}</w:sdtContent></w:sdt>"
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    )
    made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>"))
    block = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run('It is new.')}</w:p></w:sdtContent></w:sdt>"
    made.element.body.insert(1, parse_xml(block))
    assert only(saved(made)).text == "The ferry sails again.\n\nIt is new."


@pytest.mark.parametrize("name", ["lexisnexis_uni", "lexisnexis_classic", "factiva_written", "proquest"])
def test_an_export_is_split(name: str) -> None:
    """An export saved as a Word document gives the same articles as the same export as text."""
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    made = docx.Document()
    for line in text.split("\n"):
        made.add_paragraph(line.strip())
    found, plain = read(saved(made)), list(export.drafts(text, "a.docx"))
    kinds = [type(one) for one in plain]
    assert [type(one) for one in found] == kinds
    for a, b in zip(found, plain, strict=True):
        if isinstance(a, Draft) and isinstance(b, Draft):
            assert (a.outlet, a.published, a.author, a.origin) == (b.outlet, b.published, b.author, b.origin)
            assert a.text.split() == b.text.split()


def changed(raw: bytes, name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, body if member.filename == name else old.read(member))
        if name not in old.NameToInfo:
            new.writestr(name, body)
    return out.getvalue()


def test_bombs_are_refused() -> None:
    """Entities, a text that unpacks to much and pictures that do are refused with their reason, unopened."""
    raw = saved(article())
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document/>'
    assert "defines entities" in refusal(changed(raw, "word/document.xml", entities.encode()))
    assert "defines entities" in refusal(changed(raw, "word/document.xml", entities.encode("utf-16")))
    assert "of text; split it" in refusal(changed(raw, "word/styles.xml", b" " * 31_000_000))
    assert "unpacks to over 100 MB" in refusal(changed(raw, "word/media/a.png", b"\0" * 101_000_000))


def test_nothing_in_it() -> None:
    """A document without a word, and one that is no Word document, are one clear line each."""
    assert "no text in this document" in refusal(saved(docx.Document()))
    assert "cannot be read" in refusal(changed(saved(article()), "word/document.xml", b"<a>"))
    assert not word.looks_like(deposit(b"PK\x03\x04not a zip"))
    assert not word.looks_like(deposit(b""))


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where python-docx is missing, the line names the extra to install."""
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    (one,) = word.drafts(deposit(b"PK"))
    assert isinstance(one, Problem)
    assert "parallax-compare[exports]" in one.what


SAMPLE = saved(article())
TEXT = zipfile.ZipFile(io.BytesIO(SAMPLE)).read("word/document.xml")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_damaged_documents_never_break(seed: int, inside: bool) -> None:
    """Bytes changed in the zip, or in the XML inside it, give drafts and problems and nothing else."""
    chance = random.Random(seed)
    raw = bytearray(TEXT if inside else SAMPLE)
    for _ in range(chance.randint(1, 8)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    made = changed(SAMPLE, "word/document.xml", bytes(raw)) if inside else bytes(raw)
    for one in word.drafts(deposit(made)):
        assert isinstance(one, Draft | Problem)
