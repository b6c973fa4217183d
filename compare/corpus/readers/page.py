"""Saved HTML, read by trafilatura in its precise mode (Barbaresi 2021)."""

import logging
import re

from compare.corpus.dates import stated_date
from compare.corpus.draft import Draft
from compare.errors import ParallaxError

_OPENING = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype html|html|head|body|article|div|main|p|h1|section|meta)\b",
    re.I | re.S,
)
_DATES = {"extensive_search": False, "original_date": True}
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")


def looks_like(text: str) -> bool:
    """Whether a text opens as an HTML page does."""
    return bool(_OPENING.match(text[:8000]))


def drafts(text: str, origin: str) -> list[Draft]:
    """One draft of the page's main text. Raises ParallaxError where the page has none."""
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())
    import trafilatura

    try:
        page = trafilatura.bare_extraction(
            text,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
    except Exception as error:  # a page may break the parser in ways its authors did not foresee
        raise ParallaxError(
            origin, f"cannot be read as HTML ({type(error).__name__}); save it as text"
        ) from error
    if not isinstance(page, trafilatura.settings.Document) or not (page.text or "").strip():
        raise ParallaxError(origin, "no article text in this page; save the article itself, or as text")
    return [
        Draft(
            page.text or "",
            origin,
            title=page.title or "",
            outlet=_outlet(page.sitename, page.hostname),
            published=stated_date(page.date or ""),
            author=(page.author or "").replace("; ", ", "),
            url=page.url or "",
        )
    ]


def _outlet(sitename: str | None, hostname: str | None) -> str:
    """The name a page gives its site; a bare host is left to the table of domains."""
    name = (sitename or "").strip()
    return (
        "" if not name or name == hostname or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name) else name.lstrip("@")
    )
