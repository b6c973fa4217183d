"""Gatherings bound into one PDF: a skeleton with an empty leaf for each of their pages, filled in.

The skeleton is set by WeasyPrint as any page is, so page numbers, running heads, contents, bookmarks,
names and metadata are WeasyPrint's own; only what stands on a leaf comes from elsewhere. All share
one set of fonts, with the glyphs of all.
"""

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pydyf  # type: ignore[import-untyped]

from compare.report.pdf import press
from compare.report.pdf.gatherings import Book, Leaf, counted, skeleton
from compare.report.pdf.loose import InOnePieceError, Page

_NUMBER = re.compile(rb"(\d+) 0 R")
_STYLES = ("normal", "oblique", "italic")


def bind(
    book: Book, gatherings: Sequence[Sequence[Page]], html: str, front: int = 0
) -> tuple[bytes, int, int]:
    """The PDF of a whole page, given the pages of its gatherings; its number of pages, and in front of them.

    ``html`` is what ``book`` was cut from; ``front`` a guess that saves time where it is right, or 0.
    Raises InOnePieceError where they do not fit together.
    """
    from weasyprint.text.fonts import FontConfiguration

    config = FontConfiguration()
    document, filled = _skeleton(book, gatherings, config, front)
    for number, page in filled.items():
        document.pages[number].anchors = page["anchors"]
        document.pages[number].bookmarks = page["bookmarks"]
    known = {name for page in document.pages for name in page.anchors}
    if any(name not in known for page in filled.values() for name in page["targets"]):
        raise InOnePieceError("a link to nowhere")
    _use_glyphs(document, [page["fonts"] for page in filled.values()], config)

    def finisher(_: Any, pdf: Any) -> None:
        _Binding(pdf, filled).fill()
        press.map_every_glyph(_, pdf)

    return press.write(document, html, finisher), len(document.pages), min(filled)


def _skeleton(
    book: Book, gatherings: Sequence[Sequence[Page]], config: Any, front: int
) -> tuple[Any, dict[int, Page]]:
    """The skeleton laid out, and what is to be put on which of its pages, counted from 0."""
    leaves = [[Leaf(tuple(page["anchors"])) for page in pages] for pages in gatherings]
    bare = skeleton(book, leaves)
    told = counted(bare, leaves, front) if front else ""
    if told:
        document = press.layout(told, config)
        filled = _places(document, gatherings)
        if list(filled) == list(range(front, front + len(filled))):
            return document, filled
    document = press.layout(bare, config)
    return document, _places(document, gatherings)


def _places(document: Any, gatherings: Sequence[Sequence[Page]]) -> dict[int, Page]:
    """The page of every leaf, counted from 0, in the order of the leaves."""
    found = {name: number for number, page in enumerate(document.pages) for name in page.anchors}
    wanted = {
        found.get(f"leaf-{number}-{place}", -1): page
        for number, pages in enumerate(gatherings)
        for place, page in enumerate(pages)
    }
    if -1 in wanted or len(wanted) != sum(map(len, gatherings)):
        raise InOnePieceError("a leaf without a page of its own")
    return wanted


def _use_glyphs(document: Any, used: Sequence[Mapping[str, Any]], config: Any) -> None:
    """Have ``document`` embed the fonts with all glyphs that are used in it or on its leaves."""
    fonts: dict[str, dict[str, Any]] = {}
    for page in used:
        for name, font in page.items():
            known = fonts.setdefault(name, font | {"widths": {}, "text": {}})
            known["widths"] = {int(key): value for key, value in font["widths"].items()} | known["widths"]
            known["text"] = {int(key): value for key, value in font["text"].items()} | known["text"]
    sample = press.layout(f"<body>{''.join(map(_sample, fonts.values()))}</body>", config)
    last = document.pages[-1]
    paint = last.paint

    def painting(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        for page in sample.pages:
            page.paint(stream.clone(tags=None), scale)
        for font in document.fonts.values():
            more = fonts.get(font.hash, {"widths": {}, "text": {}})
            font.widths = dict(sorted((more["widths"] | font.widths).items()))
            font.to_unicode = dict(sorted((more["text"] | font.to_unicode).items()))
        missing = fonts.keys() - {font.hash for font in document.fonts.values()}
        if missing:
            raise InOnePieceError(f"a font that cannot be had: {sorted(missing)}")

    last.paint = painting


def _sample(font: Mapping[str, Any]) -> str:
    """One character set in a font, so that it is loaded."""
    texts = (text for _, text in sorted(font["text"].items()) if len(text) == 1 and not text.isspace())
    text = next(texts, "x")
    style = f"font: {_STYLES[font['style']]} {font['weight']} 12px '{font['family']}'"
    return f'<p style="{escape(style)}">{escape(text)}</p>'


@dataclass
class _Binding:
    """A PDF whose leaves are being filled."""

    pdf: Any
    leaves: Mapping[int, Page]
    free: list[int] = field(default_factory=list)

    def fill(self) -> None:
        root = self.target(self.pdf.catalog["StructTreeRoot"])
        document, nums = self.target(root["K"][0]), self.target(root["ParentTree"])["Nums"]
        resources = self.target(self.target(self.pdf.page_references[0])["Resources"])
        references = self.pdf.page_references
        tree: dict[bytes, list[bytes]] = {reference: [] for reference in references}
        for one in document["K"]:
            tree[self.target(one)["Pg"]].append(one)
        for number in self.leaves:
            for one in tree[references[number]]:
                self._forget(one)
        after = max(nums[::2], default=-1) + 1
        for number, page in self.leaves.items():
            known = {"d": document.reference, "f": resources["Font"], "c": resources["ColorSpace"]}
            leaf = _Leaf(self, references[number], known, after, page)
            after += len(page["links"])
            leaf.draw(nums[2 * number + 1])
            nums[2 * number + 1] = pydyf.Array([*leaf.contents(), *nums[2 * number + 1]])
            nums.extend(leaf.parents())
            tree[references[number]] = [leaf.references[one] for one in page["roots"]]
            leaf.have(resources)
        document["K"] = pydyf.Array([one for ones in tree.values() for one in ones])

    def target(self, reference: bytes) -> Any:
        match = _NUMBER.fullmatch(reference)
        if not match:
            raise InOnePieceError("an unknown reference")
        return self.pdf.objects[int(match.group(1))]

    def _forget(self, reference: bytes) -> None:
        """Free the numbers of a structure element and all below it."""
        element = self.target(reference)
        self.free.append(element.number)
        for kid in element["K"]:
            if isinstance(kid, bytes):
                self._forget(kid)

    def add(self, thing: Any) -> None:
        """Put an object into the PDF, under a number that has become free if there is one."""
        if self.free:
            thing.number = self.free.pop()
            self.pdf.objects[thing.number] = thing
        else:
            self.pdf.add_object(thing)


class _Ready(pydyf.Object):  # type: ignore[misc]
    """An object whose text is known, once all have their numbers."""

    def __init__(self, stream: str = "") -> None:
        super().__init__()
        self.stream_data = base64.b64decode(stream)
        self.text = b""

    @property
    def compressible(self) -> bool:
        return not self.stream_data

    @property
    def data(self) -> bytes:
        if not self.stream_data:
            return self.text
        return b"\n".join((self.text, b"stream", self.stream_data, b"endstream"))


class _Leaf:
    """One page being filled: its objects, by the places that they have on it."""

    def __init__(
        self, binding: _Binding, reference: bytes, known: Mapping[str, bytes], after: int, page: Page
    ) -> None:
        self.binding, self.page, self.after = binding, page, after
        self.leaf = binding.target(reference)
        things = [_Ready(*stream) for _, *stream in page["objects"]]
        for thing in things:
            binding.add(thing)
        self.references: list[bytes] = [thing.reference for thing in things]
        codes = {"p": reference.decode()} | {code: one.decode() for code, one in known.items()}
        for place, thing in enumerate(things):
            codes[f"r{place}"], codes[f"n{place}"] = thing.reference.decode(), str(thing.number)
        for turn, (place, _) in enumerate(page["links"]):
            codes[f"s{place}"] = str(after + turn)
        for thing, (text, *_) in zip(things, page["objects"], strict=True):
            pieces = text.split("\0")
            pieces[1::2] = [codes[code] for code in pieces[1::2]]
            thing.text = "".join(pieces).encode("latin-1")

    def have(self, resources: Any) -> None:
        """See to it that what the page draws with is among its resources."""
        for name, state in self.page["states"].items():
            resources["ExtGState"].setdefault(name, pydyf.Dictionary(state))
        if self.page["groups"]:
            groups = {f"g{turn}": self.references[one] for turn, one in enumerate(self.page["groups"])}
            own = pydyf.Dictionary({**resources, "XObject": pydyf.Dictionary(resources["XObject"] | groups)})
            self.binding.add(own)
            self.leaf["Resources"] = own.reference

    def draw(self, heads: Iterable[bytes]) -> None:
        """Draw the page before what the skeleton has drawn: its running heads, owned by ``heads``."""
        shift = len(self.page["contents"])
        margins = self.binding.target(self.leaf["Contents"])
        for item in margins.stream:
            if isinstance(item, pydyf.Dictionary) and "MCID" in item:
                item["MCID"] += shift
        for element in {one: self.binding.target(one) for one in heads}.values():
            element["K"] = pydyf.Array([kid + shift if isinstance(kid, int) else kid for kid in element["K"]])
        drawing = pydyf.Stream(
            [base64.b64decode(self.page["drawing"])], pydyf.Dictionary({"Filter": "/FlateDecode"})
        )
        self.binding.add(drawing)
        self.leaf["Contents"] = pydyf.Array([drawing.reference, margins.reference])
        if self.page["links"]:
            links = [self.references[place] for place, _ in self.page["links"]]
            self.leaf["Annots"] = pydyf.Array(links)

    def contents(self) -> list[bytes]:
        """Whose each marked content of the page is, in its order."""
        return [self.references[place] for place in self.page["contents"]]

    def parents(self) -> list[Any]:
        """The page's entries in the parent tree of links: a number, and whose the link is."""
        pairs = enumerate(self.page["links"], self.after)
        return [part for turn, (_, owner) in pairs for part in (turn, self.references[owner])]
