"""When to ask readability: what it and trafilatura find on pages of our own making.

    python -m benchmarks.extractors

Twenty layouts of one article, alone and beside teasers, comments or a consent layer, and pages without an
article. Prints a line for each rule: how little trafilatura may find of what readability does (0: nothing),
and how much of the page readability must find, for readability's text to be taken. The sentences are our
own; the pages say which rule is safe, not how often real pages need one.
"""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass

from compare.corpus.paragraphs import tidy
from compare.corpus.readers import page

SUBJECTS = (
    "The harbour council", "A spokesman for the port", "The skipper of the ferry", "The island's only doctor",
    "The minister of fisheries", "An engineer at the yard", "The school board", "Two divers",
    "The owner of the mill", "A court in Lunn",
)  # fmt: skip
VERBS = (
    "said on Monday that", "told reporters that", "warned last week that", "confirmed late on Tuesday that",
    "denied that", "had not expected that",
)  # fmt: skip
OBJECTS = (
    "the repair of the engine would cost eighty thousand crowns",
    "bread and letters were brought over in a fishing boat",
    "the eastern pier had sunk by nearly a foot since the autumn",
    "no one had counted the seals in the bay for eleven years",
    "the new timetable would leave the outer islands without a doctor",
    "the fund for harbour walls was empty, and would stay so until spring",
    "the storm had taken the roof of the post office and both bells",
)
TAILS = (
    "after a meeting that lasted until midnight.",
    "and nobody in the room laughed.",
    "although the figures, which this paper has seen, say otherwise.",
    "as the wind rose over the bay.",
    "in a letter of four pages.",
)
CONSENT = (
    "<div id='cmp-layer' class='overlay'><p>We and our 214 partners store and access information on a device,"
    " such as cookies, and process personal data to select basic ads and measure their performance.</p><p>You"
    " may withdraw your consent at any time by clicking on the settings at the foot of this page, or object"
    " to processing on the basis of legitimate interest.</p></div>"
)
SIZES = (2, 3, 4, 6, 8, 12, 20)
EXTRAS = ("none", "teasers", "longteasers", "comments", "consent")


def _each(tag: str, inside: str = "{}") -> Callable[[list[str]], str]:
    return lambda paragraphs: "".join(
        f"<{tag}>{inside.format(one)}</{tag.partition(' ')[0]}>" for one in paragraphs
    )


def _in(before: str, after: str, inner: Callable[[list[str]], str]) -> Callable[[list[str]], str]:
    return lambda paragraphs: f"{before}{inner(paragraphs)}{after}"


P = _each("p")
LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "article": _in("<article><h1>T</h1>", "</article>", P),
    "divs": _in("<div class='c1'><div class='c2'><h1>T</h1>", "</div></div>", _each("div class='x9'")),
    "divspans": _in("<div class='css-1'>", "</div>", _each("div class='css-2'", "<span>{}</span>")),
    "br": _in("<div class='story'><h1>T</h1>", "</div>", "<br><br>".join),
    "table": _in("<table><tr><td><h1>T</h1>", "</td></tr></table>", P),
    "tablebr": _in("<table><tr><td><font size=2>", "</font></td></tr></table>", "<br><br>".join),
    "li": _in("<div class='main'><ul class='paras'>", "</ul></div>", _each("li")),
    "section": _in("<main>", "</main>", _each("section class='block'", "<p>{}</p>")),
    "custom": _in("<app-root><news-body>", "</news-body></app-root>", _each("news-par")),
    "comment-class": _in("<div class='comment-wrapper'><div class='related-content'>", "</div></div>", P),
    "sidebar-class": _in("<div class='sidebar-layout'><div class='widget'>", "</div></div>", P),
    "hidden": _in("<div class='paywall-hidden' style='display:none'>", "</div>", P),
    "pre": _in("<pre>", "</pre>", "\n\n".join),
    "blockquote": _in("<div class='post'>", "</div>", _each("blockquote")),
    "form": _in("<form id='aspnetForm'><div class='body'>", "</div></form>", P),
    "aside": _in("<aside class='story'>", "</aside>", P),
    "footer": _in("<div class='footer-push'>", "</div>", P),
    "header": lambda all_: (
        f"<header class='story'>{P(all_[:1])}</header><div class='rest'>{P(all_[1:])}</div>"
    ),
    "promo-first": _in(
        "<article class='promo'><h2>Offer</h2><p>Subscribers read the paper from five in the morning on every"
        " device they own, and save a third of the price.</p></article><div class='txt'>",
        "</div>",
        _each("div"),
    ),
    "summary-art": lambda all_: (
        f"<article><h1>T</h1>{P(all_[:1])}</article><div class='content-continue'>{P(all_[1:])}</div>"
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What one extractor found: running text in characters, shares of the article, and of other text."""

    running: int
    recall: float
    junk: float
    anything: bool


def paragraph(dice: random.Random) -> str:
    """One to three sentences."""
    return " ".join(
        f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)}, {dice.choice(TAILS)}"
        for _ in range(dice.randint(1, 3))
    )


def made(layout: str, count: int, extra: str, dice: random.Random) -> tuple[list[str], str]:
    """An article's paragraphs, and a page that holds them; a layout that is unknown holds none."""
    paragraphs = [paragraph(dice) for _ in range(count)]
    beside = {
        "none": "",
        "teasers": _teasers(dice, 6, long=False),
        "longteasers": _teasers(dice, 5, long=True),
        "comments": _comments(dice),
        "consent": CONSENT,
    }[extra]
    places = ("Home", "Sport", "Weather", "Politics", "Opinion", "Islands", "Letters")
    links = "".join(f"<li><a href='/{n}'>{place}</a></li>" for n, place in enumerate(places))
    body = LAYOUTS[layout](paragraphs) if layout in LAYOUTS else "<h1>T</h1>"
    return paragraphs, (
        "<!doctype html><html><head><meta charset=utf-8><title>Ferry runs again</title></head><body>"
        f"<nav><ul>{links}</ul></nav>{body}{beside}"
        "<footer><p>© Skerry Times. All rights reserved.</p></footer></body></html>"
    )


def _teasers(dice: random.Random, count: int, long: bool) -> str:
    return "".join(
        f"<div class='teaser'><h3><a href='/x{n}'>{dice.choice(SUBJECTS)} speaks</a></h3>"
        f"<p>{paragraph(dice) if long else 'Read on'}</p></div>"
        for n in range(count)
    )


def _comments(dice: random.Random) -> str:
    said = "".join(f"<div class='comment'><b>reader{n}</b><p>{paragraph(dice)}</p></div>" for n in range(8))
    return f"<div id='comments'><h3>Comments</h3>{said}</div>"


def _share(lines: list[str], paragraphs: list[str]) -> Found:
    text = tidy("\n".join(lines))
    hit = sum(len(one) for one in paragraphs if one[:60] in text)
    junk = max(0, len(text) - hit) / max(1, len(text))
    return Found(page._running(lines), hit / sum(map(len, paragraphs)), junk, bool(text))


def both(paragraphs: list[str], html: str) -> tuple[Found, Found, int]:
    """What trafilatura finds and what readability finds on a page, and how much running text it shows."""
    import trafilatura

    tree = trafilatura.load_html(html)
    shown = page._running(page._lines(tree, page._UNSEEN, page._MOST_LINES))
    text = trafilatura.extract(tree, favor_precision=True, include_comments=False, include_tables=False) or ""
    return (
        _share(text.split("\n"), paragraphs),
        _share(page._by_readability(html), paragraphs),
        shown,
    )


def pages() -> list[tuple[str, list[str], str]]:
    """Every page: its layout ("nothing" for those without an article), its article, its HTML."""
    with_article = [(one, extra, count) for one in LAYOUTS for extra in EXTRAS for count in SIZES]
    without = [("nothing", extra, n) for extra in EXTRAS if extra != "longteasers" for n in range(6)]
    return [
        (layout, *made(layout, count or 1, extra, random.Random(f"{layout}{extra}{count}")))
        for layout, extra, count in with_article + without
    ]


def main() -> None:
    """Print the table of rules."""
    logging.disable(logging.CRITICAL)
    found = [(layout, *both(paragraphs, html)) for layout, paragraphs, html in pages()]
    print(f"{len(found)} pages\nless than  at least    F1  nothing  other text  pages without")
    for little, most in (
        (-1.0, 0.0),
        (0.0, 0.0),
        (0.0, 0.5),
        (0.25, 0.5),
        (0.4, 0.5),
        (0.6, 0.5),
        (0.4, 0.3),
    ):
        scores, nothing, other, without = [], 0, 0, 0
        for layout, one, two, shown in found:
            less = one.running < little * two.running or (little >= 0 and not one.anything)
            taken = two if less and two.running and two.running >= most * shown else one
            if layout == "nothing":
                without += taken.anything
                continue
            precision = 1 - taken.junk
            total = precision + taken.recall
            scores.append(2 * precision * taken.recall / total if taken.anything and total else 0.0)
            nothing += not taken.anything
            other += taken.anything and taken.recall < 0.1
        f1 = sum(scores) / len(scores)
        print(f"{little:9.2f}  {most:8.2f}  {f1:.3f}  {nothing:7}  {other:10}  {without:13}")


if __name__ == "__main__":
    main()
