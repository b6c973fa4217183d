"""Markdown, with or without front matter (``key: value`` lines between two lines of dashes)."""

import re

from compare.corpus.dates import doubt, stated_date
from compare.corpus.draft import Draft

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)
_FIELD = re.compile(r"([A-Za-z][\w -]{0,30}):(?:[ \t]+(.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_LONGEST = 20_000
_NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publication", "publisher", "site", "sitename", "newspaper"),
    "published": ("published", "date", "date_published", "publish_date", "pubdate"),
    "author": ("author", "authors", "by", "byline"),
    "url": ("url", "link", "original_url", "original url", "permalink", "canonical"),
}


def has_front_matter(text: str) -> bool:
    """Whether a text opens with a block of ``key: value`` lines between dashes."""
    return bool(_fields(text)[0])


def drafts(text: str, origin: str) -> list[Draft]:
    """One draft: front matter becomes its fields, the rest its text."""
    fields, begin = _fields(text)
    found = {
        name: next((fields[key] for key in keys if fields.get(key)), "") for name, keys in _NAMES.items()
    }
    return [
        Draft(
            text[begin:],
            origin,
            title=found["title"],
            outlet=found["outlet"],
            published=stated_date(found["published"]),
            author=found["author"],
            url=found["url"],
            doubt=doubt(found["published"]),
        )
    ]


def _fields(text: str) -> tuple[dict[str, str], int]:
    """The fields by lower-case key, and where the text begins behind them."""
    block = _FRONT.match(text[:_LONGEST])
    if block is None:
        return {}, 0
    fields: dict[str, str] = {}
    key = ""
    for line in block[1].splitlines():
        field, item = _FIELD.match(line), _ITEM.match(line)
        if field:
            key = field[1].strip().lower()
            fields[key] = _bare(field[2] or "")
        elif item and key:
            fields[key] = ", ".join(filter(None, (fields[key], _bare(item[1]))))
    return (fields, block.end()) if fields else ({}, 0)


def _bare(value: str) -> str:
    value = value.strip()
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        value = ", ".join(_bare(part) for part in value[1:-1].split(","))
    return value.strip("\"'").removeprefix("[[").removesuffix("]]")
