"""JSON as trafilatura writes it, one object, a list of them, or one a line.

The same fields under the names that news-please and NELA-GT give them are read too.
"""

import json
from typing import Any

from compare.corpus.dates import stated_date
from compare.corpus.draft import Draft
from compare.errors import ParallaxError
from compare.model import Problem

_NAMES = {
    "text": ("text", "maintext", "content", "body", "raw_text"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "sitename", "source-hostname", "site_name", "source_name", "publisher"),
    "published": ("date", "published", "date_publish", "publish_date", "date_published", "published_utc"),
    "author": ("author", "authors", "byline"),
    "url": ("url", "source", "link", "canonical"),
}


def looks_like(text: str) -> bool:
    """Whether a text opens as a JSON object or a list of objects does."""
    start = text[:2000].lstrip()
    return (start[:1] == "{" and start[1:].lstrip()[:1] in ('"', "}")) or (
        start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "]")
    )


def drafts(text: str, origin: str) -> tuple[list[Draft], list[Problem]]:
    """A draft for each object with a text; a Problem for each that has none or is broken.

    Raises ParallaxError where nothing in the file can be read as JSON.
    """
    records, problems = _records(text, origin)
    found: list[Draft] = []
    for place, record in records:
        where = f"{origin}#{place}" if len(records) + len(problems) > 1 else origin
        draft = _draft(record, where)
        if isinstance(draft, Problem):
            problems.append(draft)
        else:
            found.append(draft)
    if not found and len(problems) == 1:
        raise ParallaxError(origin, problems[0].what)
    return found, problems


def _records(text: str, origin: str) -> tuple[list[tuple[int, Any]], list[Problem]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _lines(text, origin, error)
    return list(enumerate(whole if isinstance(whole, list) else [whole], start=1)), []


def _lines(text: str, origin: str, error: Exception) -> tuple[list[tuple[int, Any]], list[Problem]]:
    records: list[tuple[int, Any]] = []
    problems: list[Problem] = []
    for place, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            records.append((place, json.loads(line)))
        except (ValueError, RecursionError):
            problems.append(Problem(f"{origin}#{place}", "this line is not JSON; correct or remove it", 65))
    if not any(isinstance(record, dict) for _, record in records):
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        raise ParallaxError(origin, f"not valid JSON ({reason}); correct it or save the article as text")
    return records, problems


def _draft(record: Any, where: str) -> Draft | Problem:
    if not isinstance(record, dict):
        return Problem(where, 'not an object; expected one with at least a "text"', 65)
    found = {name: _first(record, keys) for name, keys in _NAMES.items()}
    if not found["text"].strip():
        return Problem(where, 'no "text" in it; nothing to compare', 65)
    url = found["url"] if "." in found["url"] and " " not in found["url"].strip() else ""
    outlet = found["outlet"] or ("" if url == found["url"] else found["url"])
    return Draft(
        found["text"],
        where,
        title=found["title"],
        outlet=outlet,
        published=stated_date(found["published"]),
        author=found["author"],
        url=url.strip(),
    )


def _first(record: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = record.get(key)
        if isinstance(value, list):
            value = ", ".join(item for item in value if isinstance(item, str))
        if isinstance(value, str) and value.strip():
            return value
    return ""
