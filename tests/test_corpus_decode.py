"""What can be decoded for sure is; what is in doubt is said; what is no text is refused."""

import pytest

from compare.corpus.decode import decode
from compare.errors import ParallaxError

ENGLISH = "The ferry to Lunn was late, the council said. “Wind,” it explained – and rain."
RUSSIAN = "Паром в Лунн опоздал на час, сообщил совет. Пассажиры ждали на причале и пили горячий чай. " * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_plain_unicode_needs_no_remark(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding), "a") == (ENGLISH, "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "windows-1252"])
def test_unmarked_encodings_are_read_and_said(encoding: str) -> None:
    text, remark = decode(ENGLISH.encode(encoding), "a")
    assert text == ENGLISH
    assert remark


def test_other_alphabets_are_a_guess() -> None:
    text, remark = decode(RUSSIAN.encode("windows-1251"), "a")
    assert text == RUSSIAN
    assert "guess" in remark


def test_declared_encoding_is_believed_unless_it_is_nonsense() -> None:
    page = '<html><head><meta charset="{}"></head><body>Zażółć</body></html>'
    assert "Zażółć" in decode(page.format("iso-8859-2").encode("iso-8859-2"), "a")[0]
    assert "Zażółć" in decode(page.format("nonsense").encode("utf-8"), "a")[0]
    assert decode(
        page.format("no-such").replace("ż", "").replace("ł", "").replace("ć", "").encode("cp1252"), "a"
    )


def test_marked_text_with_stray_bytes_is_mended() -> None:
    text, remark = decode(b"\xef\xbb\xbf" + "Café – ".encode() + b"caf\xe9 on Lunn", "a")
    assert text == "Café – café on Lunn"
    assert "mixed" in remark


def test_torn_utf16_keeps_what_is_whole() -> None:
    text, remark = decode(ENGLISH.encode("utf-16")[:-1], "a")
    assert text.startswith(ENGLISH[:-1])
    assert "damaged" in remark


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xfe" + b"\x00\xd8" * 50,
        b"word\x00" * 9 + b"\x01",
        bytes(range(0x80, 0x100)) * 9,
        b"\x01\x02" * 40 + b"words",
    ],
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(ParallaxError):
        decode(raw, "a")
