"""What says how a brief was made, and makes it again: command, versions, and a digest of the articles."""

import hashlib
from collections.abc import Sequence
from importlib.metadata import version

from compare.config import Config
from compare.model import Article
from compare.pipeline.reading import week_days
from compare.report.exhibits import days
from compare.report.parts import Edition

LIBRARIES = ("scikit-learn", "nltk", "jinja2", "weasyprint")


def edition(
    articles: Sequence[Article],
    config: Config,
    command: str,
    week: str | None = None,
    before: Sequence[Article] = (),
) -> Edition:
    """The edition of a brief on ``articles``; ``before`` are those of earlier weeks that are only counted."""
    from compare.report import reliability

    signature = (
        ("Parallax", version("parallax-compare")),
        *((name, version(name)) for name in LIBRARIES),
        ("Corpus", _digest(articles)),
        *((("Earlier weeks", _digest(before)),) if before else ()),
    )
    return Edition(
        title=config.title,
        week=week or "",
        dates=days(week_days(week) if week else [one.published for one in articles]),
        command=command,
        signature=signature,
        reliability=reliability.load(),
    )


def _digest(articles: Sequence[Article]) -> str:
    """Stands for the articles' contents, in whatever order they come."""
    digest = hashlib.sha256()
    for line in sorted(
        f"{one.id}\n{one.outlet}\n{one.title}\n{one.published}\n{one.body}" for one in articles
    ):
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
