"""No text outside its box, found by comparing the boxes of the layout, not by eye."""

from collections.abc import Iterator
from typing import Any

import pytest
import report_samples as samples

from compare.model import Evidence, Problem, Story
from compare.report import exhibits, html
from compare.report.brief import Brief, compose
from compare.report.look import Look
from compare.report.pdf import press

EDGE = 1.0


def boxes(page: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every text box of a page with the boxes around it, the innermost last."""
    yield from boxes_of(page._page_box)


def boxes_of(root: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every text box inside ``root`` with the boxes around it."""

    def walk(box: Any, around: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        if type(box).__name__ == "TextBox":
            yield box, around
        for child in getattr(box, "children", ()):
            yield from walk(child, (*around, box))

    yield from walk(root, ())


def overflows(brief: Brief, look: Look | None = None) -> list[str]:
    """What sticks out of its table cell, its block or its page, in words."""
    import weasyprint

    page_text = html.render(brief, medium="print", look=look)
    document = weasyprint.HTML(string=page_text, url_fetcher=press.fetcher()).render()
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


def lines(page_text: str) -> list[str]:
    """The lines of a page as they were broken."""
    import weasyprint

    def walk(box: Any) -> Iterator[str]:
        if type(box).__name__ == "LineBox":
            yield "".join(one.text for one, _ in boxes_of(box))
        else:
            for child in getattr(box, "children", ()):
                yield from walk(child)

    page = weasyprint.HTML(string=page_text, url_fetcher=press.fetcher()).render().pages[0]
    return [line for line in walk(page._page_box.children[0]) if line.strip()]


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
    assert overflows(brief, Look("Letter")) == []


def test_nothing_sticks_out_in_other_scripts_and_directions() -> None:
    found = samples.story("a", ("القدس العربي", "新华社", "Голос"), "محادثات المياه تتعثر في خليج سوريل " * 4)
    other = samples.story("b", ("הארץ", "Gull"), "渡轮火灾十七人受伤" * 20)
    assert overflows(compose([found, other], edition=samples.EDITION)) == []


def test_nothing_sticks_out_with_one_outlet_a_very_long_article_or_nothing_at_all() -> None:
    paragraph = "The harbour board said that the ferry would sail again once inspectors had been aboard. " * 9
    long = samples.article("l", "Gull", "A very long article", (paragraph,) * 150)
    assert len(long.body.split()) > 20_000
    told = compose([samples.story()], [Story("l", (long,))], edition=samples.EDITION)
    alone = compose([], [Story("l", (long,))], edition=samples.EDITION)
    assert overflows(told) == []
    assert overflows(alone) == []
    assert overflows(compose([], [], [Problem("a", "nothing could be read")], samples.EDITION)) == []


def test_the_check_itself_sees_text_that_sticks_out(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = '<div style="width: 20px; white-space: nowrap">much too wide for it</div></body>'
    page = html.render(samples.brief(), medium="print").replace("</body>", wide)
    monkeypatch.setattr(html, "render", lambda *_, **__: page)
    assert [line for line in overflows(samples.brief()) if "much too wide" in line]


def test_no_line_is_broken_after_its_first_word_for_want_of_room() -> None:
    """WeasyPrint 70 does so at some widths where text is followed by an element that does not fit."""
    text = "We do not think – and we said so at noon – that the boats will sail tomorrow."
    told = samples.article("a", "Gull", "Title", (text,))
    said = samples.passage(told, text)
    marks = (samples.passage(told, "sail").span,)
    shown = exhibits.exhibit(Evidence("Gull", said, "says", marks), {"a": exhibits.source(told, 1)}, "x")
    environment = html.environment(None, "print")
    macros = environment.get_template("parts/marks.html.j2").make_module({"medium": "print"})
    page = html.render(samples.brief(), medium="print")
    head = page[: page.index("<body>") + len("<body>")]
    for width in range(490, 508):
        style = f"width: {width / 2}pt; font-size: 9.2pt; line-height: 1.4; hyphens: auto"
        first, *_ = lines(f'{head}<div style="{style}">{macros.passage(shown)}</div></body></html>')
        assert len(first) > 40, (width, first)
