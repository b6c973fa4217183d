"""Saved feeds (RSS, Atom): an article for each item whose text the feed holds, whole or as a summary."""

from collections.abc import Iterator

from compare.corpus import syndication
from compare.corpus.draft import Draft
from compare.corpus.readers import page
from compare.errors import ParallaxError
from compare.model import Problem, Removal

SUMMARY = "the feed gives a summary and not the whole text"


def looks_like(text: str) -> bool:
    """Whether a text opens as a feed or a list of feeds does."""
    return bool(syndication.kind(text))


def drafts(text: str, origin: str) -> Iterator[Draft | Problem]:
    """A draft for each item; one of which the feed has only a summary is cut, and says so.

    Raises ParallaxError (65) for a list of feeds (OPML), a feed without items, or a broken one.
    """
    if syndication.kind(text) == "opml":
        what = "a list of feeds (OPML), which holds no articles; give it to parallax collect"
        raise ParallaxError(origin, what)
    found = syndication.entries(text.encode("utf-8", "replace"), origin)
    if not found:
        raise ParallaxError(origin, "a feed without items; nothing to compare")
    for number, entry in enumerate(found, start=1):
        yield _draft(entry, f"{origin}#{number}" if len(found) > 1 else origin)


def _draft(entry: syndication.Entry, where: str) -> Draft | Problem:
    shown, left_out = page.fragment(entry.content)
    if not shown.strip():
        return Problem(where, "the feed holds no text of this item; save the article itself", 65)
    return Draft(
        shown,
        where,
        title=entry.title,
        outlet=entry.outlet,
        published=entry.published,
        author=entry.author,
        url=entry.url,
        removed=tuple(Removal(line, "picture and caption") for line in left_out),
        cut="" if entry.whole else SUMMARY,
        doubt=entry.doubt,
    )
