"""What a server sent, by its bytes: the header says what somebody set once, and is often wrong."""

from typing import Literal

from compare.corpus import syndication
from compare.corpus.decode import decode
from compare.errors import ParallaxError

Form = Literal["page", "feed", "list"]
_HEAD = 65_536
_PDF = b"%PDF-"
_NO_TEXT = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a sound"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x1cftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


def kind(raw: bytes, where: str) -> Form:
    """What ``raw`` is: "feed", "list" (OPML), or "page", which is text, HTML or PDF.

    Raises ParallaxError (65) for what holds no article.
    """
    if raw.lstrip()[: len(_PDF)] == _PDF:
        return "page"
    for magic, name in _NO_TEXT:
        if raw.startswith(magic):
            raise ParallaxError(where, f"{name}, which holds no article; not kept")
    found = syndication.kind(decode(raw[:_HEAD], where)[0])
    return "list" if found == "opml" else "feed" if found == "feed" else "page"
