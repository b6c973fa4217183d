"""The text out of raw bytes, by the present readers: what can be done anew at any time."""

from collections.abc import Iterator
from pathlib import Path, PurePath

from compare.corpus import raw, readers
from compare.corpus.article import article
from compare.corpus.decode import decode
from compare.corpus.files import content
from compare.corpus.register import Accession
from compare.errors import ParallaxError
from compare.model import Article, Problem


def derive(folder: Path, given: Accession) -> Iterator[Article | Problem]:
    """The articles of raw bytes that the corpus in ``folder`` keeps, as if read under their own name."""
    try:
        yield from _read(raw.path(folder, given.raw), given)
    except ParallaxError as error:
        yield Problem(error.where, error.what, error.exit_code)


def _read(stored: Path, given: Accession) -> Iterator[Article | Problem]:
    text, remark = decode(content(stored), given.name)
    if remark:
        yield Problem(given.name, remark)
    drafts, problems = readers._drafts(text, given.name)
    yield from problems
    below = PurePath(given.root) if given.root else None
    for draft in drafts:
        one, remarks = article(draft, given.outlet or None, below)
        yield from remarks
        if one is not None:
            yield one
