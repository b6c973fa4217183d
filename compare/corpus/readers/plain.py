"""Plain text: the text is all there is, but for a head of ``Title: …`` lines that some exports have."""

import re
from itertools import takewhile

from compare.corpus.dates import doubt, stated_date
from compare.corpus.draft import Draft

_FIELD = re.compile(
    r"(title|headline|source|outlet|publication|date|published|author|byline|url|link):[ \t]+(\S.*)", re.I
)
_NAMES = {
    "headline": "title",
    "source": "outlet",
    "publication": "outlet",
    "published": "date",
    "byline": "author",
    "link": "url",
}
_FEWEST = 2


def drafts(text: str, origin: str) -> list[Draft]:
    """One draft: the head's fields, if two or more stand there, and the text below them."""
    lines = text.strip().splitlines()
    head = list(takewhile(bool, (_FIELD.fullmatch(line.strip()[:1000]) for line in lines)))
    fields = {_NAMES.get(match[1].lower(), match[1].lower()): match[2] for match in head if match}
    if len(fields) < _FEWEST:
        return [Draft(text, origin)]
    return [
        Draft(
            "\n".join(lines[len(head) :]),
            origin,
            title=fields.get("title", ""),
            outlet=fields.get("outlet", ""),
            published=stated_date(fields.get("date", "")),
            author=fields.get("author", ""),
            url=fields.get("url", ""),
            doubt=doubt(fields.get("date", "")),
        )
    ]
