"""Saved HTML, read by trafilatura in its precise mode (Barbaresi 2021, ACL demonstrations)."""

import logging
import re
from typing import Any

from compare.corpus.dates import stated_date
from compare.corpus.draft import Draft
from compare.corpus.paragraphs import tidy
from compare.errors import ParallaxError
from compare.model import Removal

_OPENING = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    r"<(?:!doctype html|html|head|body|article|div|main|p|h1|section|meta)\b",
    re.I | re.S,
)
_DATES = {"extensive_search": False, "original_date": True}
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")
_UNSEEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "iframe", "select"})
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong",
                     "sub", "sup", "time", "u"})  # fmt: skip
_MOST_LINES = 500


def looks_like(text: str) -> bool:
    """Whether a text opens as an HTML page does."""
    return bool(_OPENING.match(text[:8000]))


def drafts(text: str, origin: str) -> list[Draft]:
    """One draft of the page's main text. Raises ParallaxError where the page has none."""
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())
    import trafilatura

    try:
        tree = trafilatura.load_html(text)
        lines = _lines(tree)
        page = trafilatura.bare_extraction(
            tree,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
    except Exception as error:  # a page may break the parser in ways its authors did not foresee
        reason = f"cannot be read as HTML ({type(error).__name__}); save it as text"
        raise ParallaxError(origin, reason) from error
    if not isinstance(page, trafilatura.settings.Document) or not (page.text or "").strip():
        raise ParallaxError(origin, "no article text in this page; save the article itself, or as text")
    shown = tidy(page.text or "")
    rule = f"outside the main text (trafilatura {trafilatura.__version__})"
    return [
        Draft(
            page.text or "",
            origin,
            title=page.title or "",
            outlet=_outlet(page.sitename, page.hostname),
            published=stated_date(page.date or ""),
            author=(page.author or "").replace("; ", ", "),
            url=page.url or "",
            removed=tuple(Removal(line, rule) for line in lines if line not in shown and line != page.title),
        )
    ]


def _outlet(sitename: str | None, hostname: str | None) -> str:
    """The name a page gives its site; a bare host is left to the table of domains."""
    name = (sitename or "").strip()
    if name == hostname or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name):
        return ""
    return name.lstrip("@")


def _lines(tree: Any) -> list[str]:
    """The lines of text that a reader of the whole page sees, at most ``_MOST_LINES``."""
    from lxml import etree  # type: ignore[import-untyped]

    found: list[str] = []
    line: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (not tag or tag in _UNSEEN):
            walk.skip_subtree()
        elif tag not in _INLINE:
            found.append(tidy("".join(line)))
            line.clear()
        piece = element.text if event == "start" and tag not in _UNSEEN and tag else None
        line.append((piece if event == "start" else element.tail) or "")
    return [one for one in found if any(map(str.isalnum, one))][:_MOST_LINES]
