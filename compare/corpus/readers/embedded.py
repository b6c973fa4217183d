"""Pages of HTML that stand inside something else: a mail, an archive of the web."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from compare.corpus.decode import decode, of_charset
from compare.corpus.draft import Draft
from compare.corpus.readers import page
from compare.errors import ParallaxError
from compare.model import Problem


def decoded(raw: bytes, charset: str | None, where: str) -> tuple[str, str]:
    """The text of bytes whose envelope names a charset, and a remark; the envelope is not always right.

    Raises ParallaxError where no encoding fits.
    """
    text = of_charset(raw, charset or "utf-8")
    return (text, "") if text is not None else decode(raw, where)


def pages(text: str, origin: str) -> Iterator[Draft | Problem]:
    """What the reader of pages makes of HTML; a page without an article is a Problem."""
    try:
        yield from page.drafts(text, origin)
    except ParallaxError as error:
        yield Problem(error.where, error.what, error.exit_code)


def completed(
    draft: Draft, title: str = "", outlet: str = "", url: str = "", published: dt.date | None = None
) -> Draft:
    """The draft with what is known from outside where the page itself says nothing."""
    return replace(
        draft,
        title=draft.title or title,
        outlet=draft.outlet or outlet,
        url=draft.url or url,
        published=draft.published or published,
    )
