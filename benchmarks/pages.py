"""What is kept of a page: 216 pages of our own, and the whole visible text of each, against the report in it.

    python -m benchmarks.pages

Every article of the demonstration week is set in each of the six layouts of benchmarks/layouts, with other
articles' headlines, menus, boxes, captions, comments and small print around it. Prints the mean F1 of words
for: all visible text, trafilatura alone, the product on the HTML, the product on the visible text. The
pages are ours and so are the rules: the figures say what breaks, not how well unseen sites are read.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import trafilatura
from trafilatura.settings import Document

from compare.corpus.clean import clean
from compare.corpus.readers import page, read_folder
from compare.model import Article
from compare.text import tfidf

ROOT = Path(__file__).parents[1]
LAYOUTS = Path(__file__).with_name("layouts")
MENU = ("World", "Politics", "Business", "Science", "Sport", "Opinion", "Travel")
TEASERS = (
    "It was a long night in the old harbour, and few people slept.",
    "What the figures tell, and what they leave out, in five charts.",
    "A walk through the market where nobody asks for the price.",
)


def pages() -> list[tuple[str, str, str]]:
    """Layout, HTML and the report that it holds, of each page."""
    articles = [one for one in read_folder(ROOT / "corpus" / "2025-W20")[0] if one.title]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(LAYOUTS), autoescape=True, undefined=jinja2.StrictUndefined
    )
    made = []
    for name in sorted(environment.list_templates()):
        layout = environment.get_template(name)
        for place, article in enumerate(articles):
            html = layout.render(_fields(article, [*articles[place + 1 :], *articles[:place]]))
            made.append((name.split(".")[0], html, article.body))
    return made


def _fields(article: Article, others: list[Article]) -> dict[str, Any]:
    day = article.published
    assert day is not None
    return {
        "title": article.title,
        "paragraphs": article.body[article.headline.end :].strip().split("\n\n"),
        "outlet": article.outlet,
        "author": "Mara Quill",
        "date": day.isoformat(),
        "long_date": day.strftime("%-d %B %Y"),
        "caption": "The square in front of the town hall on a quiet morning.",
        "slug": "-".join(article.title.lower().split()),
        "menu": MENU,
        "other": [one.title for one in others[:8]],
        "teaser": TEASERS,
    }


def visible(html: str) -> str:
    """The lines that a reader of the whole page sees, as "select all, copy" gives them."""
    from lxml import etree  # type: ignore[import-untyped]

    inline = {"a", "b", "i", "span", "small", "time", "button", "em", "strong"}
    unseen = {"script", "style", "head"}
    lines, line = [], list[str]()
    walk = etree.iterwalk(trafilatura.load_html(html), events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and tag in unseen:
            walk.skip_subtree()
        elif tag not in inline:
            lines.append(" ".join("".join(line).split()))
            line.clear()
        line.append((element.text if event == "start" and tag not in unseen else element.tail) or "")
    return "\n\n".join(filter(None, lines))


def alone(html: str) -> str:
    """What trafilatura extracts by itself, with the title that it finds."""
    found = trafilatura.bare_extraction(
        html, favor_precision=True, include_comments=False, include_tables=False, with_metadata=True
    )
    return f"{found.title}\n\n{found.text}" if isinstance(found, Document) else ""


def product(html: str) -> str:
    drafts = list(page.drafts(html, "page"))
    return clean(drafts[0].text, drafts[0].title).body if drafts else ""


def f1(found: str, gold: str) -> float:
    """Of the words, each as often as it stands there."""
    a, b = (Counter(word.lower() for word in tfidf.words(text)) for text in (found, gold))
    return 2 * (a & b).total() / max(a.total() + b.total(), 1)


def figures(every: int = 1) -> dict[str, dict[str, float]]:
    """Mean F1 by way and layout, of every so many of the pages; "all" is the mean over all of them."""
    ways: dict[str, Callable[[str], str]] = {
        "all visible text": visible,
        "trafilatura alone": alone,
        "product, HTML": product,
        "product, visible text": lambda html: clean(visible(html)).body,
    }
    scores: dict[str, dict[str, list[float]]] = {way: {} for way in ways}
    for layout, html, gold in pages()[::every]:
        for way, read in ways.items():
            score = f1(read(html), gold)
            for key in (layout, "all"):
                scores[way].setdefault(key, []).append(score)
    return {way: {key: sum(found) / len(found) for key, found in by.items()} for way, by in scores.items()}


def main() -> None:
    table = figures()
    layouts = list(next(iter(table.values())))
    print(f"{'':24}" + "".join(f"{name:>12}" for name in layouts))
    for way, by in table.items():
        print(f"{way:24}" + "".join(f"{by[name]:12.3f}" for name in layouts))


if __name__ == "__main__":
    main()
