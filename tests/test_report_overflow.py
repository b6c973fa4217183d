"""No text outside its box, found by comparing the boxes of the layout, not by eye."""

from collections.abc import Iterator
from typing import Any

import pytest
import report_samples as samples

from compare.model import Problem
from compare.report import html, pdf
from compare.report.brief import Brief, compose

EDGE = 1.0


def boxes(page: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every text box of a page with the boxes around it, the innermost last."""

    def walk(box: Any, around: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        if type(box).__name__ == "TextBox":
            yield box, around
        for child in getattr(box, "children", ()):
            yield from walk(child, (*around, box))

    yield from walk(page._page_box, ())


def overflows(brief: Brief, look: html.Look | None = None) -> list[str]:
    """What sticks out of its table cell, its block or its page, in words."""
    import weasyprint

    page_text = html.render(brief, medium="print", look=look)
    document = weasyprint.HTML(string=page_text, url_fetcher=pdf._fetcher()).render()
    found = []
    for number, page in enumerate(document.pages, 1):
        for text, around in boxes(page):
            if not text.text.strip() or any(_turned(box) for box in around):
                continue
            for box in (
                box for box in around if type(box).__name__ in {"TableCellBox", "BlockBox", "PageBox"}
            ):
                left = box.position_x
                right = left + (box.margin_width() if type(box).__name__ == "PageBox" else box.border_width())
                if text.position_x < left - EDGE or text.position_x + text.width > right + EDGE:
                    found.append(f"page {number}: {text.text!r} leaves its {type(box).__name__}")
    return found


def _turned(box: Any) -> bool:
    """Whether the box is a heading set aslant, whose own box says nothing about where it shows."""
    return bool(box.style["transform"])


LONG = "Unabhängigkeitserklärungsjubiläumsfeierlichkeitenausschuss"
NAMES = (
    "Gull",
    "The Very Long Named Provincial Advertiser and Gazette",
    LONG,
    "X" * 90,
    "A b c d e f g h i j",
    "Ü",
)


@pytest.mark.parametrize("count", [2, 4, 6, 12])
def test_nothing_sticks_out_with_any_number_of_outlets(count: int) -> None:
    names = tuple(f"{n} {NAMES[n % 6]}" for n in range(count))
    assert (
        overflows(
            compose([samples.story("a", names), samples.story("b", names[:2])], edition=samples.EDITION)
        )
        == []
    )


def test_nothing_sticks_out_with_titles_addresses_and_problems_of_any_length() -> None:
    title = f"{LONG} " * 6
    found = samples.story(
        "a", ("Gull", "Ledger"), title, url=f"https://example.org/{'a' * 300}", author=LONG * 3
    )
    brief = compose([found], problems=[Problem("/a/very" * 40, LONG * 4)], edition=samples.EDITION)
    assert overflows(brief) == []
    assert overflows(brief, html.Look("Letter")) == []


def test_the_check_itself_sees_text_that_sticks_out(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = '<div style="width: 20px; white-space: nowrap">much too wide for it</div></body>'
    page = html.render(samples.brief(), medium="print").replace("</body>", wide)
    monkeypatch.setattr(html, "render", lambda *_, **__: page)
    assert [line for line in overflows(samples.brief()) if "much too wide" in line]
