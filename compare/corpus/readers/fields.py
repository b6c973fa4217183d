"""What the fields of an article are called in the records, tables and databases that hold many.

The names are those of trafilatura's JSON, news-please, NELA-GT and the exports of common tools.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from compare.corpus.dates import doubt, stated_date
from compare.corpus.draft import Draft
from compare.model import Problem

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "content", "body", "article", "full_text", "fulltext",
             "article_text", "raw_text"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "sitename", "source-hostname", "site_name", "source_name", "publication",
               "publisher", "newspaper"),
    "published": (
        "date", "published", "date_publish", "publish_date", "date_published", "published_at", "publishedat",
        "pub_date", "pubdate", "publication_date", "published_utc",
    ),
    "author": ("author", "authors", "byline"),
    "url": ("url", "link", "canonical", "permalink", "web_url"),
}  # fmt: skip
SOURCE = "source"
_LAST_SECOND = 4_102_444_800


def name_of(field: str) -> str:
    """A field's name as it is looked up: lower case, words joined by underscores, without a mark."""
    return "_".join(field.strip().strip("\ufeff").lower().split())


def draft(record: Mapping[str, Any], where: str) -> Draft | Problem:
    """The draft of one record whose keys are ``name_of`` names; a Problem where it has no text.

    ``source`` is an address in trafilatura's JSON and an outlet's name in NELA-GT; what it holds tells.
    """
    found = {field: _first(record, names) for field, names in NAMES.items()}
    if not found["text"].strip():
        return Problem(where, 'no "text" in it; nothing to compare', 65)
    source = _first(record, (SOURCE,)).strip()
    addressed = "." in source and " " not in source
    url = (found["url"] or (source if addressed else "")).strip()
    stated = [value for name in NAMES["published"] if (value := _first(record, (name,)))]
    return Draft(
        found["text"],
        where,
        title=found["title"],
        outlet=found["outlet"] or ("" if addressed else source),
        published=next((day for value in stated if (day := stated_date(value))), None),
        author=found["author"],
        url=url,
        doubt=next(filter(None, map(doubt, stated)), ""),
    )


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = record.get(name)
        if isinstance(value, list):
            value = ", ".join(item for item in value if isinstance(item, str))
        if name.endswith("_utc") and isinstance(value, int | float) and 0 < value < _LAST_SECOND:
            value = dt.datetime.fromtimestamp(value, dt.UTC).date().isoformat()
        if isinstance(value, str) and value.strip():
            return value
    return ""
