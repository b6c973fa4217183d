"""What several test files share: the small articles in tests/articles, compared once."""

from pathlib import Path

import pytest

from compare import pipeline
from compare.config import Config
from compare.report.parts import Brief

ARTICLES = Path(__file__).parent / "articles"


@pytest.fixture(scope="session")
def comparison() -> Brief:
    """Three outlets on one event, compared."""
    found = pipeline.read_named([(None, str(path)) for path in sorted(ARTICLES.iterdir())])
    return pipeline.compare(found, Config())


@pytest.fixture(scope="session")
def week() -> Brief:
    """The demonstration week, briefed."""
    corpus = Path(__file__).parent.parent / "corpus"
    found = pipeline.of_week(pipeline.read_folder(corpus), "2025-W20")
    return pipeline.brief(found, Config(), corpus, "2025-W20", lambda items, _: items)


@pytest.fixture(scope="session")
def next_week() -> Brief:
    """The second demonstration week, briefed with the one before it."""
    corpus = Path(__file__).parent.parent / "corpus"
    found = pipeline.read_folder(corpus)
    return pipeline.brief(found, Config(), corpus, "2025-W21", lambda items, _: items)
