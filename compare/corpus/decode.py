"""Bytes to text: what is sure is decoded, what is not sure is said.

The order is byte-order mark, UTF-8, UTF-16 without a mark, the encoding the file declares,
UTF-8 with stray Windows-1252 bytes, Windows-1252, and last a guess by charset-normalizer.
"""

import codecs
import re

from compare.errors import ParallaxError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_HIGH = bytes(range(0x80, 0x100))
_STRAY = {0xDC00 + byte: bytes([byte]).decode("windows-1252", "replace") for byte in _HIGH}
_UNDEFINED = tuple(mark for mark, character in _STRAY.items() if character == "\ufffd")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NO_CHARSETS = frozenset(
    {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
_SAVE_AS = "save the article as UTF-8 text, Markdown, HTML or JSON"


def decode(raw: bytes, where: str) -> tuple[str, str]:
    """The text of ``raw``, and a remark ("" if nothing about its encoding is in doubt).

    Raises ParallaxError for an empty or binary file and for an encoding that cannot be told.
    """
    if not raw.strip(b"\x00 \t\r\n\x0b\x0c") or raw in [mark for mark, _ in _MARKS]:
        raise ParallaxError(where, "the file is empty; give a file with the article's text")
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            raise ParallaxError(where, f"not a text file but {name}; {_SAVE_AS}")
    text, remark = _decode(raw, where)
    if len(_CONTROL.findall(text)) * 50 > len(text):
        raise ParallaxError(where, f"not a text file (binary data); {_SAVE_AS}")
    return text, remark


def _decode(raw: bytes, where: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, encoding, where)
    zeros = raw[:4000].count(0)
    if zeros:
        return _without_mark(raw, zeros, where)
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _legacy(raw, where)


def _marked(raw: bytes, encoding: str, where: str) -> tuple[str, str]:
    try:
        return raw.decode(encoding), ""
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            return _legacy(raw[3:], where)
        text = raw.decode(encoding, errors="replace")
        if text.count("\ufffd") * 20 > len(text):
            raise ParallaxError(where, f"not a text file (binary data); {_SAVE_AS}") from error
        return text, f"damaged {encoding.upper()}: unreadable bytes are shown as \ufffd; {_SAVE_AS}"


def _without_mark(raw: bytes, zeros: int, where: str) -> tuple[str, str]:
    """UTF-16 without its mark: in Latin script every other byte is zero."""
    odd = raw[1:4000:2].count(0)
    if zeros * 5 > min(len(raw), 4000) and max(odd, zeros - odd) > 0.9 * zeros:
        encoding = "utf-16-le" if odd * 2 > zeros else "utf-16-be"
        try:
            return raw[: len(raw) // 2 * 2].decode(encoding), "UTF-16 without a byte-order mark; read as such"
        except UnicodeDecodeError:
            pass
    raise ParallaxError(where, f"not a text file (binary data); {_SAVE_AS}")


def _legacy(raw: bytes, where: str) -> tuple[str, str]:
    declared = _declared(raw)
    if declared is not None:
        return declared, ""
    text = raw.decode("utf-8", "surrogateescape")
    stray = sum(text.count(chr(mark)) for mark in _STRAY)
    undefined = any(chr(mark) in text for mark in _UNDEFINED)
    if not undefined and stray < len(raw) - len(raw.translate(None, _HIGH)):
        remark = f"mixed encodings (UTF-8 with {stray} bytes of Windows-1252); read as both, {_SAVE_AS}"
        return text.translate(_STRAY), remark
    if not undefined and stray * 10 < len(raw):
        return raw.decode("windows-1252"), "not UTF-8; read as Windows-1252"
    return _guess(raw, where)


def of_charset(raw: bytes, name: str) -> str | None:
    """The text of bytes that are said to be of a charset; None where they are not, or no file's charset is.

    Python's own codings (punycode and the like) are none: they take quadratic time, or make half pairs.
    """
    try:
        if codecs.lookup(name).name in _NO_CHARSETS:
            return None
        return raw.decode(name)
    except (LookupError, ValueError):
        return None


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:4000])
    return of_charset(raw, found.group(1).decode("ascii")) if found else None


def _guess(raw: bytes, where: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    try:
        if best is not None and best.percent_chaos < 10:
            return raw.decode(best.encoding), f"not UTF-8; read as {best.encoding}, which is a guess"
    except (UnicodeError, LookupError):
        pass
    raise ParallaxError(where, f"the encoding cannot be told; {_SAVE_AS}")
