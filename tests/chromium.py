"""A real headless Chromium for the tests of the screen's twin: one process for all of them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def missing(what: str) -> NoReturn:
    """Skip, saying why; but fail where PARALLAX_BROWSER=required says that nothing may be missing (CI)."""
    if os.environ.get("PARALLAX_BROWSER") == "required":
        pytest.fail(f"{what}, and PARALLAX_BROWSER=required")
    pytest.skip(what)


def path() -> str:
    """Where the browser is, or a skipped test."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or missing(f"no browser: none of {', '.join(NAMES)} is on the PATH")


@contextmanager
def started() -> Iterator[Browser]:
    """The browser, ended when the block ends."""
    executable = path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, headless=True, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, **settings: Any) -> Iterator[Page]:
    """The page at ``address`` in a context of its own: it may ask for nothing else, nor complain."""
    context = browser.new_context(**settings)
    asked, said = _watched(context)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()
    assert asked == [address.partition("#")[0]], f"the page asked for {asked[1:]}"
    assert said == [], f"the browser complained: {said}"


def _watched(context: BrowserContext) -> tuple[list[str], list[str]]:
    """What pages of a context ask for, and what they say on the console."""
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    return asked, said


def saved(folder: Path, name: str, page: str) -> str:
    """The ``file:`` address of a page written into ``folder``."""
    place = folder / f"{name}.html"
    place.write_text(page, encoding="utf-8")
    return place.as_uri()
