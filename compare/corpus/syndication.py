"""Feeds (RSS, Atom) and lists of feeds (OPML), from bytes alone: nothing here can fetch or open a path.

bytes -> decode -> refuse entities (defusedxml) -> feedparser, which sanitises the HTML -> Entry

Both passes are given the same UTF-8 bytes, so that no encoding hides from one what the other reads.
"""

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import Any

from compare.corpus.dates import doubt, stated_date
from compare.corpus.decode import decode
from compare.corpus.deposit import LARGEST
from compare.corpus.paragraphs import tidy
from compare.errors import ParallaxError

# Each comment ends at its first end alone (?>…): else twenty of them would be tried in every grouping.
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?>(?:(?><!--.{0,2000}?-->|<\?[^>]{0,500}\?>|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,5000}\]\s*)?>)\s*){0,20})"
    r"<(?:\w{1,20}:)?(rss|rdf|feed|channel|opml)\b",
    re.I | re.S,
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}>", re.I)
_ENTITY = re.compile(r"<!\s*ENTITY", re.I)
_TORN = 2_000_000
_MOST = 20_000
_LONGEST_FIELD = 2_000
_DECLARED = "declares XML entities, which no feed needs and which can be a bomb; refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. What the feed does not state is "" or None.

    ``content`` is HTML or plain text without scripts; ``whole`` says that the feed calls it the
    item's content, and not a mere summary. ``outlet`` is the feed's own title; ``doubt`` says which
    days an unclear date may mean.
    """

    url: str
    title: str
    published: dt.date | None
    author: str
    content: str
    outlet: str
    whole: bool
    doubt: str = ""


def kind(text: str) -> str:
    """What a text opens as: "feed", "opml", or "" for anything else."""
    found = _OPENING.match(text[:10_000])
    if found is None:
        return ""
    return "opml" if found[1].lower() == "opml" else "feed"


def entries(raw: bytes, where: str = "feed") -> tuple[Entry, ...]:
    """The items of an RSS or Atom feed, in its order, at most ``_MOST``.

    Raises ParallaxError (65) for what is no feed, is too large, or declares entities. A feed that is
    not well formed is read as far as feedparser can, if it is ``_TORN`` bytes at most.
    """
    data, sound = _checked(raw, where, "feed")
    if not sound and len(data) > _TORN:
        raise ParallaxError(where, "is not well-formed XML, and too large to be mended; fetch it again")
    import feedparser

    try:
        found = feedparser.parse(io.BytesIO(data), sanitize_html=True)
    except Exception as error:  # a torn feed may break the parser in ways its authors did not foresee
        raise ParallaxError(where, f"cannot be read as a feed ({type(error).__name__})") from error
    if not found.get("version"):
        raise ParallaxError(where, "is not an RSS or Atom feed; check the address or file")
    outlet = _field(found.feed.get("title"))
    return tuple(_entry(item, outlet) for item in found.entries[:_MOST])


def outlines(raw: bytes, where: str = "OPML") -> tuple[str, ...]:
    """The addresses of the feeds that an OPML file lists, in its order, each once.

    Raises ParallaxError (65) for what is no OPML, is not well formed, declares entities or lists none.
    """
    data, sound = _checked(raw, where, "opml")
    if not sound:
        raise ParallaxError(where, "is not well-formed XML; export the list of feeds again")
    from defusedxml.ElementTree import iterparse

    found: dict[str, None] = {}
    for _, element in iterparse(io.BytesIO(data), events=("start",)):
        url = next((value for name, value in element.attrib.items() if name.lower() == "xmlurl"), "")
        if url.strip():
            found.setdefault(tidy(url[:_LONGEST_FIELD]))
        element.clear()
    if not found:
        raise ParallaxError(where, "lists no feeds: no outline has an xmlUrl")
    return tuple(found)


def _checked(raw: bytes, where: str, expected: str) -> tuple[bytes, bool]:
    """The file as UTF-8 without a declaration, and whether it is well formed; entities are refused."""
    if len(raw) > LARGEST:
        raise ParallaxError(where, f"larger than {LARGEST // 1_000_000} MB, which no feed is")
    text, _ = decode(raw, where)
    # A torn file is past the first pass before its declarations are; so they are looked for as text too.
    if _ENTITY.search(text) and kind(text):
        raise ParallaxError(where, _DECLARED)
    if kind(text) != expected:
        name = "an OPML list of feeds" if expected == "opml" else "an RSS or Atom feed"
        raise ParallaxError(where, f"is not {name}; check the address or file")
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() if declaration else 0 :].lstrip()
    # Without its DTD, which is never fetched, a parser may pass over &nbsp; and the like in silence.
    data = _DOCTYPE.sub("", text, count=1).encode("utf-8", "replace")
    return data, _well_formed(data, where)


def _well_formed(data: bytes, where: str) -> bool:
    from xml.sax import SAXException
    from xml.sax.handler import ContentHandler

    from defusedxml import DefusedXmlException, sax

    try:
        sax.parse(io.BytesIO(data), ContentHandler(), forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise ParallaxError(where, _DECLARED) from error
    except (SAXException, ValueError):
        return False
    return True


def _entry(item: Any, feed: str) -> Entry:
    contents = [part for one in item.get("content") or () if (part := one.get("value") or "").strip()]
    content = max(contents, key=len, default="")
    source = item.get("source")
    day, unclear = _published(item)
    return Entry(
        url=_field(item.get("link")),
        title=_field(item.get("title")),
        published=day,
        author=_field(item.get("author")),
        content=content or item.get("summary") or "",
        outlet=_field(source.get("title") if source else "") or feed,
        whole=bool(content),
        doubt=unclear,
    )


def _published(item: Any) -> tuple[dt.date | None, str]:
    """The day as the feed writes it, in its own time zone, and what is unclear about it.

    It is feedparser's where what the feed writes is no plain date.
    """
    for name in ("published", "updated", "created"):
        stated = _field(item.get(name))
        if not stated:
            continue
        day = stated_date(stated)
        parsed = item.get(f"{name}_parsed")
        if day is None and parsed and "/" not in stated:
            day = dt.date(*parsed[:3])
        return day, doubt(stated)
    return None, ""


def _field(value: object) -> str:
    return tidy(value[:_LONGEST_FIELD]) if isinstance(value, str) else ""
