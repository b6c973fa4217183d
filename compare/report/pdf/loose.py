"""Pages taken out of a PDF as plain data that can be kept in a file and bound into another PDF.

Of each page are kept its drawing, its links, its part of the structure tree, the names and bookmarks
on it, and the glyphs it uses. What another PDF will number anew is written as a code between two NUL
characters: ``rN`` a reference to the page's object N and ``nN`` its bare number, ``p`` the page,
``d`` the document's structure element, ``sN`` the place of annotation N in the parent tree.
"""

import base64
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf  # type: ignore[import-untyped]

from compare.report.pdf import press
from compare.report.pdf.gatherings import Book, alone

Page = dict[str, Any]
_REFERENCE = re.compile(rb"(\d+) 0 R")
_CELL = re.compile(r"(\d+)(-\d+-\d+)")
_STATE = re.compile(r"[aA][\d.]+")
_DRAWN = re.compile(rb"/(x\d+) Do")
_SHARED = re.compile(rb"/i\S+ Do|/[sp]\d+ (?:gs|scn|SCN|sh)|/s\d+\s+sh")
_OWN = re.compile(r"gathering-(\d+)")


class InOnePieceError(Exception):
    """A page draws on what is shared by its whole document, such as a picture or a pattern."""


def take(book: Book, numbers: Sequence[int]) -> dict[int, list[Page]]:
    """Some gatherings set, each as its pages. Raises InOnePieceError."""
    document = press.layout(alone(book, numbers))
    anchors = [dict(page.anchors) for page in document.pages]
    _end_every_link(document, {name for page in anchors for name in page})
    glyphs = [_noted(document, page) for page in document.pages]
    taken: list[Page] = []

    def finisher(_: Any, pdf: Any) -> None:
        if any(font.missing or font.bitmap for font in document.fonts.values()):
            raise InOnePieceError("a character without a glyph")
        taken.extend(_Leaf(pdf, number).data() for number in range(len(document.pages)))
        # What would be written now is thrown away.
        del pdf.objects[1:]

    press.write(document, "", finisher)
    found: dict[int, list[Page]] = {number: [] for number in numbers}
    for page, names, used, laid in zip(taken, anchors, glyphs, document.pages, strict=True):
        number = next((int(match.group(1)) for name in names if (match := _OWN.fullmatch(name))), -1)
        if number not in found:
            raise InOnePieceError("a page between stories")
        page["anchors"] = {name: spot for name, spot in names.items() if not _OWN.fullmatch(name)}
        page["bookmarks"] = laid.bookmarks
        page["targets"] = sorted({link[1] for link in laid.links if link[0] == "internal"})
        page["fonts"] = used
        found[number].append(page)
    return found


def _end_every_link(document: Any, known: set[str]) -> None:
    """Let links to other gatherings stay, which WeasyPrint would drop as leading nowhere."""
    targets = {link[1] for page in document.pages for link in page.links if link[0] == "internal"}
    document.pages[0].anchors.update(dict.fromkeys(sorted(targets - known), (0, 0, 0, 0)))


def _noted(document: Any, page: Any) -> dict[str, Any]:
    """A dictionary that will have the page's own glyphs, by font, once the page is painted."""
    used: dict[str, Any] = {}
    paint = page.paint

    def painting(stream: Any, scale: float = 1) -> None:
        before = {key: (font.widths, font.to_unicode) for key, font in document.fonts.items()}
        for font in document.fonts.values():
            font.widths, font.to_unicode = {}, {}
        paint(stream, scale)
        for key, font in document.fonts.items():
            if font.to_unicode:
                one = used.setdefault(font.hash, {"widths": {}, "text": {}})
                one |= {"family": font.family, "weight": font.weight, "style": font.style}
                one["widths"] |= font.widths
                one["text"] |= font.to_unicode
            widths, text = before.get(key, ({}, {}))
            font.widths, font.to_unicode = widths | font.widths, text | font.to_unicode

    page.paint = painting
    return used


def _drawing(stream: Any) -> bytes:
    """What a page's stream draws, without compression, so that another can follow it."""
    data: bytes = pydyf.Stream(stream.stream).data
    return b"q\n" + data.partition(b"stream\n")[2].removesuffix(b"\nendstream") + b"\nQ"


def _target(pdf: Any, reference: bytes) -> Any:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise InOnePieceError("an unknown reference")
    return pdf.objects[int(match.group(1))]


@dataclass
class _Leaf:
    """One page of a PDF that is about to be written."""

    pdf: Any
    number: int

    def data(self) -> Page:
        reference = self.pdf.page_references[self.number]
        page = _target(self.pdf, reference)
        resources = _target(self.pdf, page["Resources"])
        root = _target(self.pdf, self.pdf.catalog["StructTreeRoot"])
        nums = _target(self.pdf, root["ParentTree"])["Nums"]
        parents = dict(zip(nums[::2], nums[1::2], strict=True))
        document = _target(self.pdf, root["K"][0])
        roots = [one for one in document["K"] if _target(self.pdf, one)["Pg"] == reference]
        drawing, groups = _named(_drawing(_target(self.pdf, page["Contents"])), resources["XObject"])
        objects = self._reached([*roots, *page.get("Annots", ()), *groups])
        places = {thing.number: place for place, thing in enumerate(objects)}
        names = {thing.reference: f"\0r{place}\0" for place, thing in enumerate(objects)}
        names |= {reference: "\0p\0", document.reference: "\0d\0"}
        names |= {resources["Font"]: "\0f\0", resources["ColorSpace"]: "\0c\0"}
        states = resources["ExtGState"]
        return {
            "drawing": _packed(zlib.compress(drawing, 9)),
            "states": {name: dict(state) for name, state in sorted(states.items()) if _STATE.fullmatch(name)},
            "objects": [_Written(names, places).whole(thing) for thing in objects],
            "groups": [places[_target(self.pdf, one).number] for one in groups],
            "roots": [places[_target(self.pdf, one).number] for one in roots],
            "contents": [places[_target(self.pdf, one).number] for one in parents[self.number]],
            "links": [
                [place, places[_target(self.pdf, parents[thing["StructParent"]]).number]]
                for place, thing in enumerate(objects)
                if "StructParent" in getattr(thing, "keys", tuple)()
            ],
        }

    def _reached(self, references: Sequence[bytes]) -> list[Any]:
        """The structure elements, annotations and drawings below some, each once, parents first."""
        found: dict[bytes, Any] = {}
        waiting = list(reversed(references))
        while waiting:
            reference = waiting.pop()
            if reference not in found:
                thing = found[reference] = _target(self.pdf, reference)
                below = thing.extra if isinstance(thing, pydyf.Stream) else thing
                kids = [*below.get("K", ()), below.get("Obj"), below.get("Resources")]
                kids += below["XObject"].values() if "XObject" in below else ()
                waiting += reversed([kid for kid in kids if isinstance(kid, bytes)])
        return list(found.values())


def _named(drawing: bytes, groups: Mapping[str, bytes]) -> tuple[bytes, list[bytes]]:
    """A drawing with what it draws from elsewhere named by its turn on the page, and these in order."""
    used = list(dict.fromkeys(_DRAWN.findall(drawing)))
    if _SHARED.search(drawing):
        raise InOnePieceError("a picture, a pattern or a mask")
    turns = {name: f"/g{turn} Do".encode() for turn, name in enumerate(used)}
    return _DRAWN.sub(lambda match: turns[match.group(1)], drawing), [groups[name.decode()] for name in used]


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass(frozen=True, slots=True)
class _Written:
    """How a page's objects are written, given codes for references and places for numbers."""

    names: Mapping[bytes, str]
    places: Mapping[int, int]

    def whole(self, thing: Any) -> list[str]:
        """An object's dictionary, and what its stream holds if it is one."""
        if not isinstance(thing, pydyf.Stream):
            return [self.object(thing)]
        data = _drawing(thing)
        if _SHARED.search(data):
            raise InOnePieceError("a picture, a pattern or a mask")
        packed = zlib.compress(data, 9)
        extra = pydyf.Dictionary(thing.extra | {"Filter": "/FlateDecode", "Length": len(packed)})
        return [self.object(extra), _packed(packed)]

    def object(self, thing: Any) -> str:
        items = ((key, self._item(key, value, thing)) for key, value in thing.items())
        return "<<" + "".join(f"/{key} {value}" for key, value in items) + ">>"

    def _item(self, key: str, value: Any, thing: Any) -> str:
        if key == "StructParent":
            return f"\0s{self.places[thing.number]}\0"
        if isinstance(value, bytes):
            return self._bytes(value)
        if isinstance(value, pydyf.Dictionary):
            return self.object(value)
        if isinstance(value, pydyf.Array):
            return "[" + " ".join(self._item(key, one, thing) for one in value) + "]"
        if isinstance(value, pydyf.String) and key in {"ID", "Headers"}:
            return self._cell(str(value.string))
        data = value.data if isinstance(value, pydyf.Object) else pydyf.Array([value]).data[1:-1]
        return _plain(data)

    def _bytes(self, value: bytes) -> str:
        if value in self.names:
            return self.names[value]
        if _REFERENCE.fullmatch(value):
            raise InOnePieceError("a reference to another page")
        return _plain(value)

    def _cell(self, name: str) -> str:
        """The name of a table's cell, which begins with the number of an object."""
        match = _CELL.fullmatch(name)
        if not match or int(match.group(1)) not in self.places:
            raise InOnePieceError("a table with names of its own")
        return f"(\0n{self.places[int(match.group(1))]}\0{match.group(2)})"


def _plain(data: bytes) -> str:
    if b"\0" in data:
        raise InOnePieceError("a text with a zero byte")
    return data.decode("latin-1")
