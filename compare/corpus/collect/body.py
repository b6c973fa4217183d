"""The body of an answer, read within bounds: so many bytes on the line, so many unpacked."""

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.corpus.collect.answers import Later, Refused

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

ACCEPTED = "gzip, deflate"
_PIECE = 16_384
_GZIP, _ZLIB = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}


class TooLarge(Refused):
    """The body passes the bound; ``begun`` holds as much of it as was let in."""

    def __init__(self, where: str, most: int, begun: bytes) -> None:
        super().__init__(where, f"larger than {most / 1_000_000:g} MB, which no article is; not kept")
        self.begun = begun


def read(response: "BaseHTTPResponse", where: str, most: int) -> bytes:
    """The whole body, unpacked: at most ``most`` bytes on the line and ``most`` unpacked.

    It is unpacked here and not by urllib3, so that memory stays within ``most`` with any version of it,
    and a packed body without its end is known for one. Raises TooLarge past either bound, Refused for
    a compression that was not asked for, Later for a body that is broken or cut off.
    """
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    pieces = _taken(response, most)
    if coding in _WINDOWS:
        pieces = _unpacked(pieces, where, _WINDOWS[coding])
    elif coding not in {"", "identity"}:
        raise Refused(where, f"is packed as {coding[:40]!a}, which was not asked for; save the page by hand")
    kept = bytearray()
    try:
        for piece in pieces:
            kept += piece
            if len(kept) > most:
                raise _Over
    except _Over:
        raise TooLarge(where, most, bytes(kept[:most])) from None
    except zlib.error as error:
        raise Later(where, "its compressed body is broken; it is asked again later") from error
    return bytes(kept)


class _Over(Exception):  # noqa: N818 - not an error: a signal inside this module
    """More than the bound came."""


def _taken(response: "BaseHTTPResponse", most: int) -> Iterator[bytes]:
    taken = 0
    while piece := response.read(_PIECE, decode_content=False):
        yield piece
        taken += len(piece)
        if taken > most:
            raise _Over


def _unpacked(pieces: Iterator[bytes], where: str, window: int) -> Iterator[bytes]:
    unpacker = None
    for piece in pieces:
        if unpacker is None:
            # Some servers leave the header of deflate out.
            bare = window == _ZLIB and not _headed(piece)
            unpacker = zlib.decompressobj(-window if bare else window)
        rest = piece
        while rest:
            if unpacker.eof and not (window == _GZIP and rest.startswith(b"\x1f\x8b")):
                break  # bytes after the end, which every browser passes over
            if unpacker.eof:
                unpacker = zlib.decompressobj(window)
            yield unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail or unpacker.unused_data
    if unpacker is None:
        return
    while more := unpacker.decompress(b"", _PIECE):
        yield more
    if not unpacker.eof:
        raise Later(where, "its compressed body was cut off; it is asked again later")


def _headed(piece: bytes) -> bool:
    """Whether a stream opens with the header of zlib (RFC 1950, 2.2)."""
    return len(piece) > 1 and piece[0] & 15 == 8 and int.from_bytes(piece[:2], "big") % 31 == 0
