"""What several test files share: the small articles in tests/articles, compared once; and no network.

No test may open a socket, but those that talk to a server or browser on this machine: those carry
``pytest.mark.allow_hosts(LOOPBACK)`` of pytest-socket, or stand below. Unix sockets stay, for asyncio.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from compare import pipeline
from compare.config import Config
from compare.report.parts import Brief

LOOPBACK = ["127.0.0.1", "::1", "localhost"]
TALKING = ("test_delivery_command", "test_delivery_run", "test_delivery_smtp", "test_report_attack")
TEMPTING = ("test_nothing_is_fetched_not_even_a_file",)
ARTICLES = Path(__file__).parent / "articles"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Block sockets, however pytest is called; before pytest-socket reads its options."""
    config.option.disable_socket = True
    config.option.allow_unix_socket = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of sending reach the mail servers that they start, and others put up a server to be
    left alone.
    """
    for item in items:
        if item.path.stem in TALKING or item.name in TEMPTING:
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or fills the user's cache of pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


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
