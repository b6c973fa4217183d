"""An Article as a row of the catalogue, and back."""

import dataclasses
import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from compare.corpus.urls import canonical
from compare.model import Article, Removal, Span

if TYPE_CHECKING:
    import sqlite3

# Fields of Article that are kept under their own name, as they are.
_PLAIN = (
    "id", "outlet", "title", "body", "author", "url", "language", "origin", "cut", "outlet_rule", "date_rule",
    "extractor",
)  # fmt: skip


_LONGER = 20


def row(article: Article) -> dict[str, Any]:
    """The columns of ``articles`` that the article itself fills."""
    values = {name: getattr(article, name) for name in _PLAIN}
    return values | {
        "headline_begin": article.headline.begin,
        "headline_end": article.headline.end,
        "published": article.published.isoformat() if article.published else None,
        "address": canonical(article.url),
        "removed": json.dumps([[one.line, one.rule] for one in article.removed], ensure_ascii=False),
        "text": text_hash(article),
    }


def article(found: "sqlite3.Row") -> Article:
    """The Article that a row of ``articles`` or ``current`` holds."""
    fields: dict[str, Any] = {name: found[name] for name in _PLAIN}
    published = found["published"]
    return Article(
        **fields,
        headline=Span(found["headline_begin"], found["headline_end"]),
        published=dt.date.fromisoformat(published) if published else None,
        removed=tuple(Removal(line, rule) for line, rule in json.loads(found["removed"])),
    )


def text_hash(one: Article) -> str:
    """The SHA-256 of outlet and body; an article's id is its beginning (see corpus/article)."""
    return hashlib.sha256(f"{one.outlet}\n{one.body}".encode()).hexdigest()


def longer(one: Article) -> Article:
    """The article under an id that no other text has, where the short one is that of another text.

    Of ten million articles any two have one short id (48 bits) with a chance of 16 in 100, and one
    longer id (80 bits) with less than one in ten thousand million.
    """
    return dataclasses.replace(one, id=text_hash(one)[:_LONGER])


def storable(one: Article) -> bool:
    """Whether all of an article's text is valid Unicode, as half a surrogate pair is not."""
    try:
        for field in dataclasses.astuple(one):
            str(field).encode()
    except UnicodeEncodeError:
        return False
    return True
