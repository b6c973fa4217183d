"""RTF: the words of a document, exports split, and nothing that takes without bound."""

import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers import export, rtf
from compare.model import Problem

GOLDEN = Path(__file__).parent / "golden" / "exports"
HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\froman\fcharset204 Times;}}"


def deposit(raw: bytes) -> Deposit:
    return Deposit("a.rtf", raw[:65_536], len(raw), lambda: io.BytesIO(raw))


def read(raw: bytes | str) -> list[Draft | Problem]:
    raw = raw if isinstance(raw, bytes) else raw.encode()
    assert rtf.looks_like(deposit(raw))
    return list(rtf.drafts(deposit(raw)))


def only(raw: bytes | str) -> str:
    (one,) = read(raw)
    assert isinstance(one, Draft), one
    return one.text


def refusal(raw: bytes | str) -> str:
    (one,) = read(raw)
    assert isinstance(one, Problem), one
    assert one.code == 65
    return one.what


def escaped(text: str) -> str:
    out = []
    for char in text:
        if char in "\\{}":
            out.append("\\" + char)
        else:
            out.append(char if ord(char) < 128 else f"\\u{ord(char)}?")
    return "".join(out)


def document(text: str) -> str:
    return HEAD + "".join(f"\\pard {escaped(line)}\\par\n" for line in text.split("\n")) + "}"


def test_characters() -> None:
    """Escapes, code pages of fonts, Unicode with its stand-in and pairs of surrogates are decoded."""
    raw = (
        HEAD + r"\f0 F\'e4hre \u8220?sails\u8221? \{now\}\f1  \'cf\'e0\'f0\'ee\'ec\f0  \u-10179?\u-8704?\par}"
    )
    assert only(raw) == "Fähre “sails” {now} Паром 😀"


def test_links_pictures_headers_and_cells() -> None:
    """A link is its words without its address; pictures, headers and hidden groups go; a cell is a line."""
    raw = (
        HEAD + r"{\header Page head\par}The {\field{\*\fldinst{HYPERLINK "
        "https://a.example"
        "}}"
        r"{\fldrslt{\ul ferry}}} sails.\par{\pict\pngblip 89504e47}"
        r"\trowd one\cell two\cell\row It is new.\par{\*\generator x;}}"
    )
    assert only(raw).split("\n\n") == ["The ferry sails.", "one", "two", "It is new."]


def test_binary_data_may_hold_braces() -> None:
    r"""The bytes after \bin are not RTF, whatever they hold."""
    raw = HEAD.encode() + rb"It sails.\par{\pict\bin7 }}}{{\x}" + rb"It is new.\par}"
    assert only(raw).split("\n\n") == ["It sails.", "It is new."]


@pytest.mark.parametrize(
    "name", ["lexisnexis_uni", "lexisnexis_classic", "factiva_codes", "factiva_written", "proquest"]
)
def test_an_export_is_split(name: str) -> None:
    """An export saved as RTF gives the same articles as the same export as text."""
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    plain = list(export.drafts(text, "a.rtf"))
    found = read(document("\n".join(line.strip() for line in text.split("\n"))))
    assert [type(one) for one in found] == [type(one) for one in plain]
    for a, b in zip(found, plain, strict=True):
        if isinstance(a, Draft) and isinstance(b, Draft):
            assert (a.outlet, a.published, a.author, a.origin) == (b.outlet, b.published, b.author, b.origin)
            assert a.text.split() == b.text.split()


def test_refusals() -> None:
    """Groups without end, too much text, and nothing at all are one clear line each."""
    assert "groups in one another" in refusal(HEAD + "{" * 100_000)
    assert "no text in this document" in refusal(HEAD + "}")
    assert "of text; split it" in refusal(HEAD + "a " * 5_500_000)


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + r"{\field{\*\fldinst{HYPERLINK " * 60,
        HEAD + (r"{\field{\*\fldinst{HYPERLINK " "x" "}}{\fldrslt y}}" * 4_000) + "}",
        HEAD + (r"\field{\fldinst HYPERLINK " * 190) + "x" * 100_000,
        r"{\rtf1{\fonttbl" + r"\f1\fcharset0 " * 40_000 + "}It sails.}",
        r"{\rtf1{\fonttbl" + r"\f1 " * 140_000 + r"\fcharset0}It sails.}",
        HEAD + r"\u99999999 \uc \bin99999999999 x}",
        HEAD + r"\bin-1 \pict \bin }",
        HEAD + "\\'" * 50_000,
    ],
    ids=["open fields", "fields", "nested", "fonts", "bare fonts", "numbers", "bin", "escapes"],
)
def test_hostile_documents_in_bounded_time(raw: str) -> None:
    """What is made to make a pattern slow, or a number too large, costs seconds at most and no traceback."""
    begin = time.monotonic()
    assert all(isinstance(one, Draft | Problem) for one in read(raw))
    assert time.monotonic() - begin < 20


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where striprtf is missing, the line names the extra to install."""
    monkeypatch.setitem(__import__("sys").modules, "striprtf.striprtf", None)
    (one,) = rtf.drafts(deposit(b"{\\rtf1 x}"))
    assert isinstance(one, Problem)
    assert "parallax-compare[exports]" in one.what


SAMPLE = document("The ferry sails.\nIt is “new”.\nIt cost {80,000} crowns.").encode()


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_damaged_documents_never_break(data: st.DataObject) -> None:
    """A document with bytes changed, lost or added gives drafts and problems and nothing else."""
    raw = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 10))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 20))] = data.draw(
            st.sampled_from(
                [b"{", b"}", b"\\bin9 ", b"\\u-1?", b"\\'9", b"\\fonttbl", b"\\ansicpg9", b"\xff", b"\\uc"]
            )
        )
    for one in rtf.drafts(deposit(bytes(raw))):
        assert isinstance(one, Draft | Problem)
