"""Saved HTML, read by trafilatura in its precise mode (Barbaresi 2021, ACL demonstrations).

Where that finds nothing, or far less than the page shows, readability-lxml is asked as well; which of
the two found the text, and its version, is recorded.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from compare.corpus.dates import doubt, stated_date
from compare.corpus.draft import Draft
from compare.corpus.paragraphs import ends_sentence, tidy
from compare.errors import ParallaxError
from compare.model import Removal

_OPENING = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    r"<(?:!doctype html|html|head|body|article|div|main|p|h1|section|meta)\b",
    re.I | re.S,
)
_EMBEDDED = re.compile(r"data:[\w.+-]{1,60}/[\w.+-]{1,60}[\w;=.+-]{0,100},[^\"'()<>\s]{500,}")
_WORD = re.compile(rb"[A-Za-z0-9+/=]+")
# The look back makes it linear: without, a word is tried again from each of its letters.
_PACKED = re.compile(rb"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{1000,}")
_LETTERS = bytes(code for code in range(128) if _WORD.fullmatch(bytes([code])))
_PIECE = 1_000_000
# Without a latest date of ours htmldate asks the clock: a page's date would hang on when it is read.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2099-12-31"}
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext", "readability")
_UNSEEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "iframe", "select"})
_PICTURES = frozenset({"figure", "figcaption", "picture", "table"})
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong",
                     "sub", "sup", "time", "u"})  # fmt: skip
_MOST_LINES = 500
_MOST_IN_FRAGMENT = 20_000
_RUNNING = 80
# Past so many, trafilatura's second opinion (justext) is not asked: it takes quadratic time in paragraphs.
_MANY_TAGS = 20_000
_MOST_TAGS = 200_000
# Both shares were chosen on 724 pages of our own making (benchmarks/extractors.py, docs/formats.md):
# readability gives the text of 78 of the 116 on which trafilatura finds nothing, and less furniture comes in.
FAR_TOO_LITTLE = 0.4
MOST_OF_THE_PAGE = 0.5


def looks_like(text: str) -> bool:
    """Whether a text opens as an HTML page does."""
    return bool(_OPENING.match(text[:8000]))


def pared(stream: BinaryIO, most: int) -> bytes:
    """A page without the pictures and fonts packed into it (base64), of ``most`` bytes and one at most.

    No word of a report has a thousand letters, so nothing else is as long as what is left out.
    """
    kept, held, inside = bytearray(), b"", False
    while len(kept) <= most and (piece := stream.read(_PIECE)):
        first = _WORD.match(piece) if inside else None
        data = held + piece[first.end() if first else 0 :]
        inside = inside and not data
        inside = inside or any(run.end() == len(data) for run in _PACKED.finditer(data))
        data = _PACKED.sub(b"", data)
        held = b"" if inside else data[len(data.rstrip(_LETTERS)) :]
        kept += data[: len(data) - len(held)]
    return bytes(kept + held)[: most + 1]


def drafts(text: str, origin: str) -> Iterator[Draft]:
    """One draft of the page's main text. Raises ParallaxError where the page has none."""
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())
    import trafilatura

    text = _EMBEDDED.sub("data:,", text)
    tags = text.count("<")
    if tags > _MOST_TAGS:
        what = (
            f"a page of over {_MOST_TAGS:,} tags, which no article has; save the article itself, or as text"
        )
        raise ParallaxError(origin, what)
    try:
        tree = trafilatura.load_html(text)
        lines = _lines(tree, _UNSEEN, _MOST_LINES)
        page = trafilatura.bare_extraction(
            tree,
            fast=tags > _MANY_TAGS,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
        found = (page.text or "").strip() if isinstance(page, trafilatura.settings.Document) else ""
        extractor = f"trafilatura {trafilatura.__version__}"
        if _running(found.split("\n")) < FAR_TOO_LITTLE * _running(lines):
            other = _by_readability(text)
            if _is_rather_the_text(other, found, lines):
                found, extractor = "\n".join(other), _readability()
        about = page if found and page is not None else trafilatura.extract_metadata(tree, date_config=_DATES)
    except Exception as error:  # a page may break the parser in ways its authors did not foresee
        reason = f"cannot be read as HTML ({type(error).__name__}); save it as text"
        raise ParallaxError(origin, reason) from error
    if not found:
        raise ParallaxError(origin, "no article text in this page; save the article itself, or as text")
    yield _draft(found, lines, about, extractor, origin)


def fragment(markup: str) -> tuple[str, list[str]]:
    """The paragraphs of a piece of HTML that is all article, and the lines of its pictures and tables.

    A piece without a tag is taken as the text it is.
    """
    if "<" not in markup:
        return markup, []
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        tree = html.fromstring(f"<div>{markup}</div>")
    except (etree.LxmlError, ValueError, AssertionError):
        return "", []
    every = _lines(tree, _UNSEEN, _MOST_IN_FRAGMENT)
    kept = _lines(tree, _UNSEEN | _PICTURES, _MOST_IN_FRAGMENT)
    telling = set(kept)
    return "\n\n".join(kept), [line for line in every if line not in telling]


def _draft(found: str, lines: list[str], about: Any, extractor: str, origin: str) -> Draft:
    shown = tidy(found)
    title = getattr(about, "title", "") or ""
    stated = getattr(about, "date", "") or ""
    rule = f"outside the main text ({extractor})"
    return Draft(
        found,
        origin,
        title=title,
        outlet=_outlet(getattr(about, "sitename", ""), getattr(about, "hostname", "")),
        published=stated_date(stated),
        author=(getattr(about, "author", "") or "").replace("; ", ", "),
        url=getattr(about, "url", "") or "",
        removed=tuple(Removal(line, rule) for line in lines if line not in shown and line != title),
        doubt=doubt(stated),
        extractor=extractor,
    )


def _is_rather_the_text(other: list[str], found: str, lines: list[str]) -> bool:
    """Whether what readability found is most of the page, and trafilatura found far less of it."""
    much = _running(other)
    return _running(found.split("\n")) < FAR_TOO_LITTLE * much and much >= MOST_OF_THE_PAGE * _running(lines)


def _running(lines: list[str]) -> int:
    """How much running text there is, in characters: lines of a sentence's length that end as one."""
    return sum(len(line) for line in lines if len(line) >= _RUNNING and ends_sentence(line))


def _readability() -> str:
    from importlib.metadata import version

    return f"readability-lxml {version('readability-lxml')}"


def _by_readability(text: str) -> list[str]:
    """The main text as readability-lxml finds it (after Arc90's readability.js), a line a paragraph."""
    from lxml import html
    from readability import Document

    try:
        summary = Document(text).summary(html_partial=True)
        return _lines(html.fromstring(summary), _UNSEEN | _PICTURES, _MOST_LINES)
    except Exception:  # it is only asked where there is nothing to lose; what it cannot read stays unfound
        return []


def _outlet(sitename: str | None, hostname: str | None) -> str:
    """The name a page gives its site; a bare host is left to the table of domains."""
    name = (sitename or "").strip()
    if name == hostname or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name):
        return ""
    return name.lstrip("@")


def _lines(tree: Any, unseen: frozenset[str], most: int) -> list[str]:
    """The lines of text that a reader of the whole page sees, at most ``most``."""
    from lxml import etree

    found: list[str] = []
    line: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (not tag or tag in unseen):
            walk.skip_subtree()
        elif tag not in _INLINE:
            found.append(tidy("".join(line)))
            line.clear()
        piece = element.text if event == "start" and tag not in unseen and tag else None
        line.append((piece if event == "start" else element.tail) or "")
    return [one for one in found if any(map(str.isalnum, one))][:most]
