"""PDF clippings: the words, without running heads and broken words; every other PDF is one clear line."""

import io
import random
import zlib

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers import clipping
from compare.model import Problem


def made(pages: list[list[str]], streams: list[bytes] | None = None) -> bytes:
    """A PDF of the given lines, written by hand: one content stream a page, compressed."""
    contents = streams or [
        b"BT /F1 11 Tf 60 760 Td 14 TL "
        + b" ".join(
            b"(%s) Tj T*" % line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") for line in page
        )
        + b" ET"
        for page in pages
    ]
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for content in contents:
        packed = content if streams else zlib.compress(content)
        bodies.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % len(bodies)
        )
        kids.append(b"%d 0 R" % len(bodies))
    bodies[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, len(out))
    )


LINES = [
    "Ferry to Lunn runs again",
    "The ferry to Lunn went back into ser-",
    "vice on Monday after eleven days in dock. It",
    "has a new Anglo-",
    "Danish engine, and the repair cost 80,000 crowns.",
    "Two pistons had to be replaced. Nobody counted",
    "the letters that a fishing boat brought over.",
]
HEADED = [
    ["The Skerry Times", f"Page {n} of 3", *[f"{word} {line}" for line in LINES], "Printed for Bo"]
    for n, word in ((1, "Once"), (2, "Twice"), (3, "Thrice"))
]


def deposit(raw: bytes) -> Deposit:
    return Deposit("a.pdf", raw[:65_536], len(raw), lambda: io.BytesIO(raw))


def read(raw: bytes) -> list[Draft | Problem]:
    assert clipping.looks_like(deposit(raw))
    return list(clipping.drafts(deposit(raw)))


def refusal(raw: bytes) -> str:
    (one,) = read(raw)
    assert isinstance(one, Problem), one
    assert one.code == 65
    return one.what


def test_a_clipping_is_read_and_marked() -> None:
    """The words come out with broken ones mended and hyphens of names kept; the line asks to check them."""
    draft, problem = read(made([LINES]))
    assert isinstance(draft, Draft)
    assert "went back into service on Monday" in draft.text
    assert "Anglo-\nDanish" in draft.text
    assert isinstance(problem, Problem)
    assert (problem.what, problem.code) == ("a PDF: best effort; check the text", 0)


def test_running_heads_go() -> None:
    """Lines that repeat at heads and feet of pages, whatever their numbers, are gone and kept as removed."""
    draft = read(made(HEADED))[0]
    assert isinstance(draft, Draft)
    assert not [line for line in ("The Skerry Times", "Page 2", "Printed for Bo") if line in draft.text]
    assert {gone.line for gone in draft.removed} >= {"The Skerry Times", "Page 2 of 3", "Printed for Bo"}
    assert draft.text.count("the letters that a fishing boat") == 3


def test_an_export_is_split() -> None:
    """An export printed to PDF is split like its text."""
    one = [
        "{n} of 2 DOCUMENTS",
        "Skerry Times",
        "March 5, 2024 Tuesday",
        "Ferry sails",
        "LENGTH: 9 words",
        "It sails ({n}).",
    ]
    found = read(made([[line.replace("{n}", str(n)) for line in one] for n in (1, 2)]))
    assert [x.origin for x in found if isinstance(x, Draft)] == ["a.pdf#1", "a.pdf#2"]


def test_encrypted() -> None:
    """A PDF with a password is one clear line; one that anybody may open is read."""
    for word, expected in (("secret", "an encrypted PDF"), ("", "")):
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made([LINES]))))
        writer.encrypt(word, "owner", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        if expected:
            assert expected in refusal(out.getvalue())
        else:
            assert isinstance(read(out.getvalue())[0], Draft)


def test_without_text_and_broken() -> None:
    """Pictures of pages, a PDF that breaks off, and what is hardly one are each their own line."""
    assert "a PDF without text" in refusal(made([[]]))
    assert "cannot be read" in refusal(b"%PDF-1.4\nnothing")
    assert not clipping.looks_like(deposit(b"The %PD format"))


def test_many_pages() -> None:
    """Of a book only the first pages are read, and that is said."""
    found = read(made([[f"{'abcdefghij'[n % 10] * 5} is the word on this page"] for n in range(70)]))
    assert any(isinstance(x, Problem) and "only the first 60 of 70 pages" in x.what for x in found)


def test_bombs_are_refused() -> None:
    """A page that unpacks to a hundred megabytes costs that page, in bounded memory."""
    bomb = zlib.compress(b" " * 100_000_000)
    found = read(made([[], []], [bomb, zlib.compress(b"BT /F1 11 Tf 60 760 Td (It sails again.) Tj ET")]))
    assert any(isinstance(x, Draft) and "It sails again." in x.text for x in found)
    assert any(isinstance(x, Problem) and "1 of 2 pages cannot be read" in x.what for x in found)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pypdf is missing, the line names the extra to install."""
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    (one,) = clipping.drafts(deposit(b"%PDF-1.4"))
    assert isinstance(one, Problem)
    assert "parallax-compare[exports]" in one.what


SAMPLE = made(HEADED)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_damaged_clippings_never_break(seed: int) -> None:
    """A PDF with bytes changed or lost gives drafts and problems and nothing else."""
    chance = random.Random(seed)
    raw = bytearray(SAMPLE)
    for _ in range(chance.randint(1, 10)):
        at = chance.randrange(9, len(raw))
        raw[at : at + chance.choice((0, 1, 1, 30))] = chance.randbytes(chance.choice((0, 1, 1, 5)))
    for one in clipping.drafts(deposit(bytes(raw))):
        assert isinstance(one, Draft | Problem)


def test_a_pdf_whose_pages_all_fail_is_given_up() -> None:
    """After five damaged pages the rest is not tried, so that damage costs bounded time."""
    bomb = zlib.compress(b" " * 10_000_000)
    assert "5 of the first 5 pages cannot be read" in refusal(made([[]] * 9, [bomb] * 9))
