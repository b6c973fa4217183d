"""Ways to damage a file: by bytes, by its numbers and marks, by its structure, by what stands around it.

Every way takes (chance, bytes, other bytes) and gives bytes; the same chance gives the same file.
"""

import gzip
import io
import json
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

LARGEST = 2_000_000
_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_NUMBERS = (
    b"0", b"-1", b"1", b"65535", b"65536", b"2147483647", b"2147483648", b"4294967295", b"4294967296",
    b"18446744073709551615", b"99999999999999999999", b"9" * 5000, b"1e999", b"NaN", b"\xd9\xa1",
)  # fmt: skip
_WORDS = (
    b"\0", b"\x01\x02", b"\x1b[31m", b"\r", b"\r\n\r\n", b"\x85", b"\x0c", b"\xff\xfe", b"\xfe\xff",
    b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe2\x80\xae", b"\xe2\x80\xa8",
    b"\xd8\x9c", b"\xf3\xa0\x81\x81", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<![CDATA[", b"]]>", b"<!--",
    b"-->", b"<!---->", b"<html><body>", b"</html>", b"<script>", b"<svg>", b"<table><tr><td>",
    b"<meta charset='utf-16'>", b"<meta charset=punycode>", b"&#xD800;", b"&#0;", b"&#x110000;",
    b"&lt;p&gt;", b"<p>", b"{", b"}", b"[", b"]", b"[[[[", b'"', b"'", b"\\", b"\\ud800", b"\\u0000",
    b"\\\"", b"null", b"true", b",", b"\t", b";", b"|", b"--", b"---\n", b"\n---\n",
    b"\nFrom a Fri May 16 10:00:00 2025\n", b"Content-Type: text/html; charset=unicode_escape\n",
    b"Content-Transfer-Encoding: base64\n", b"=?utf-8?b?/w==?=",
    b"Content-Type: multipart/mixed; boundary=\"a\"\n", b"Content-Type: message/rfc822\n\n",
    b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n", b"WARC/1.0\r\n",
    b"\x1f\x8b\x08\0\0\0\0\0", b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02", b"%PDF-1.7\n", b"endobj",
    b"endstream", b"/Filter/FlateDecode", b"/Kids[2 0 R]", b"/Prev 0", b"{\\rtf1", b"\\bin99999 ",
    b"\\u-10179?", b"\\'", b"\\ansicpg99999", b"\\*\\", b"SQLite format 3\0", b"../../../etc/passwd",
    b"file:///etc/passwd", b"1 of 2 DOCUMENTS\n", b"End of Document\n", b"LENGTH: 9 words\n", b"BODY:\n",
    b"LOAD-DATE: May 16, 2025\n", b"____________________________________\n", b"Full text: ",
    b"Document ABCD000020250516el5g0000a\n", b"HD a\nPD b\nLP c\n", b"Results Found 99999\n",
    b"https://a.example/2025/05/16/", b"11/12/2025", b"LUNN, May 16 (AFP) \xe2\x80\x94 ",
)  # fmt: skip
_CODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp1252", "cp037", "shift_jis", "gb18030", "koi8-r",
)  # fmt: skip
_NAMES = (
    "../../out.txt", "/etc/out.txt", "a\nb.txt", "a\x1b[2J.txt", "C:\\out.txt", "a/../../b.html",
    "x" * 3000+".txt", "\u202etxt.exe.txt", "a.zip", "archive/../a.warc", ".hidden/a.txt", "#1", "a#1.txt",
    "!a.txt", "word/document.xml",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, 10**400, -1, 1e308, "", "\ud800", "\0", "a\nb", "x" * 50_000, [], {}, [[]], ["a", 1],
    {"a": {"b": []}}, "\u202e", "16 May 2025", "11/12/2025", 1_747_000_000,
)  # fmt: skip
Way = Callable[[random.Random, bytes, bytes], bytes]


def damaged(chance: random.Random, raw: bytes, other: bytes) -> tuple[bytes, str]:
    """The file after one to four ways of damage, and the names of those ways."""
    ways = []
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        way = chance.choice(WAYS)
        raw = way(chance, raw, other)[:LARGEST]
        ways.append(way.__name__.strip("_"))
    return raw, "+".join(ways)


def _cut(chance: random.Random, raw: bytes) -> tuple[int, int]:
    begin = chance.randrange(len(raw) + 1)
    return begin, min(len(raw), begin + int(chance.paretovariate(0.6)))


def _flip(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    made = bytearray(raw or b"\0")
    for _n in range(chance.choice((1, 2, 8, 60))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _head(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    made = bytearray(raw or b"\0")
    for _n in range(chance.choice((1, 2, 4))):
        made[chance.randrange(min(120, len(made)))] = chance.choice(
            (0, 1, 127, 128, 255, chance.randrange(256))
        )
    return bytes(made)


def _truncate(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _behead(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    return raw[_cut(chance, raw)[0] :]


def _drop(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    begin, end = _cut(chance, raw)
    return raw[:begin] + raw[end:]


def _repeat(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    begin, end = _cut(chance, raw)
    piece = raw[begin:end][:2_000]
    times = min(chance.choice((2, 3, 50, 3_000, 50_000)), 400_000 // (len(piece) or 1) + 1)
    return raw[:begin] + piece * times + raw[end:]


def _swap(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    a, b, c, d = sorted(chance.randrange(len(raw) + 1) for _n in range(4))
    return raw[:a] + raw[c:d] + raw[b:c] + raw[a:b] + raw[d:]


def _splice(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    begin, end = _cut(chance, other)
    place = chance.randrange(len(raw) + 1)
    return raw[:place] + chance.choice((other, other[begin:], other[begin:end])) + raw[place:]


def _numbers(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    found = list(_NUMBER.finditer(raw[:300_000]))
    for match in sorted(
        chance.sample(found, min(len(found), chance.choice((1, 3)))), key=lambda one: -one.start()
    ):
        raw = raw[: match.start()] + chance.choice(_NUMBERS) + raw[match.end() :]
    return raw


def _binary(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    place = chance.randrange(len(raw) + 1)
    form = chance.choice(("<I", ">I", "<H", ">H"))
    made = struct.pack(
        form, chance.choice((0, 1, 0x7F, 0x7FFF, 0xFFFF) + (0x7FFFFFFF, 0xFFFFFFFF) * (form[1] == "I"))
    )
    return raw[:place] + made + raw[place + len(made) :]


def _words(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    for _n in range(chance.choice((1, 1, 5))):
        begin, end = _cut(chance, raw)
        word = chance.choice(_WORDS) * chance.choice((1, 1, 1, 300))
        raw = raw[:begin] + word + raw[chance.choice((begin, end)) :]
    return raw


def _nest(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    pairs = [
        (b"<div>", b"</div>"),
        (b"[", b"]"),
        (b'{"text":', b"}"),
        (b"{", b"}"),
        (b"<a>", b"</a>"),
        (b"> ", b""),
        (b"(", b")"),
    ]
    tags = _TAG.findall(raw[:50_000])
    pairs += [(chance.choice(tags), b"")] if tags else []
    begin, end = chance.choice(pairs)
    times, (a, b) = chance.choice((10, 300, 5_000, 40_000)), _cut(chance, raw)
    times = min(times, 1_000_000 // len(begin))
    return raw[:a] + begin * times + raw[a:b] + end * times + raw[b:]


def _tags(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    found = list(_TAG.finditer(raw[:200_000]))
    for match in sorted(chance.sample(found, min(len(found), 4)), key=lambda one: -one.start()):
        raw = (
            raw[: match.start()]
            + chance.choice((b"", match.group() * 2, match.group()[:-1]))
            + raw[match.end() :]
        )
    return raw


def _lines(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    lines = raw.split(b"\n")[:20_000]
    chance.shuffle(lines)
    return chance.choice((b"\n", b"\r", b"\n\n", b"")).join(lines[: chance.choice((3, 30, len(lines)))])


def _coding(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    text = raw[:200_000].decode(chance.choice(("utf-8", "latin-1")), "replace")
    return text.encode(chance.choice(_CODINGS), "replace")


def _values(chance: random.Random, raw: bytes, _: bytes) -> bytes:
    """JSON with other values, or names, in it; what is none is made the text of a record."""
    try:
        whole = json.loads(raw[:200_000])
    except (ValueError, RecursionError):
        whole = {"title": "x", "text": raw[:100_000].decode("latin-1"), "date": "2025-05-16"}
    records = [one for one in (whole if isinstance(whole, list) else [whole]) if isinstance(one, dict)]
    for one in records:
        for name in chance.sample(sorted(one), min(len(one), 2)):
            one[name] = chance.choice(_VALUES)
        one[chance.choice(("author", "url", "source", "published_utc", "maintext", ""))] = chance.choice(
            _VALUES
        )
    return json.dumps(whole).encode()


def _members(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    """A zip with a member damaged, renamed or hidden behind another; of any other file, a zip around it."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as held:
            members = [(one.filename, held.read(one)) for one in held.infolist()]
    except Exception:  # whatever is no zip any more
        members = [("a", raw), ("b", other)]
    place = chance.randrange(len(members)) if members else 0
    name, content = members[place] if members else ("a", raw)
    way = chance.choice((_flip, _words, _nest, _drop, _splice, _numbers, _tags))
    members[place : place + 1] = [
        (chance.choice((name, name, f"{name}.txt", *_NAMES)), way(chance, content, other))
    ]
    out = io.BytesIO()
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(out, "w", method) as made:
        seen = set()
        for one, content in members:
            info = zipfile.ZipInfo(one)
            info.compress_type = method
            info.external_attr = chance.choice((0o100644, 0o100644, 0o120777)) << 16
            if one not in seen:
                made.writestr(info, content)
            seen.add(one)
    return out.getvalue()


def _packed(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    """Damage below a compression: gzip, or the streams of a PDF."""
    way = chance.choice((_flip, _words, _drop, _numbers, _repeat))
    try:
        return gzip.compress(way(chance, gzip.decompress(raw), other), 1, mtime=0)
    except (OSError, EOFError, zlib.error):
        pass
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.S))
    if not streams:
        return gzip.compress(raw, 1, mtime=0)
    match = chance.choice(streams)
    try:
        content = zlib.compress(way(chance, zlib.decompress(match[1]), other))
    except zlib.error:
        content = way(chance, match[1], other)
    return raw[: match.start(1)] + content + raw[match.end(1) :]


WAYS: tuple[Way, ...] = (
    _flip, _head, _truncate, _behead, _drop, _repeat, _swap, _splice, _numbers, _binary, _words, _words,
    _nest, _tags, _lines, _coding, _values, _members, _packed,
)  # fmt: skip
