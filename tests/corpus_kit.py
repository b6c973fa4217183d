"""What the tests of a corpus share: small articles, and a corpus that is filled with them."""

import json
from pathlib import Path

from compare.corpus import adding, catalogue, checking, looking
from compare.corpus.adding import Outcome
from compare.model import Article, Problem

WORDS = [
    "tram",
    "harbour",
    "mayor",
    "vote",
    "budget",
    "bridge",
    "strike",
    "ferry",
    "school",
    "flood",
    "market",
    "council",
]


def body(number: int) -> str:
    """Three sentences that no other number gives."""
    word = WORDS[number % len(WORDS)]
    return (
        f"The {word} came up again on Monday as item {number} of a long evening. Members argued over it "
        f"until midnight and agreed on little. A second reading of item {number} follows next month."
    )


def text(number: int, title: str = "Council meets late") -> str:
    """A plain text with a title."""
    return f"{title} {number}\n\n{body(number)}\n"


def record(number: int, outlet: str = "Quay Gazette", **fields: str) -> str:
    """A line of JSON."""
    one = {"title": f"Council meets late {number}", "text": body(number), "sitename": outlet}
    return json.dumps(one | {"date": f"2025-05-{number % 28 + 1:02}"} | fields)


def put(folder: Path, name: str, content: str) -> Path:
    """Write a file, and the folders that it needs."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def add(corpus: Path, *inputs: Path | str, outlet: str | None = None) -> list[Outcome]:
    """What `parallax add` does."""
    with catalogue.opened(corpus, create=True) as book:
        return list(adding.add(book, corpus, adding.Order([str(one) for one in inputs], outlet)))


def held(corpus: Path) -> list[Article]:
    """Every article, older texts too, by day, outlet and id."""
    with catalogue.opened(corpus) as book:
        return [card.article for card in looking.cards(book)]


def compared(corpus: Path) -> list[Article]:
    """The articles that a comparison reads."""
    with catalogue.opened(corpus) as book:
        return list(catalogue.articles(book))


def wrong(corpus: Path) -> list[Problem]:
    """What `parallax check` finds."""
    with checking.opened(corpus) as book:
        return list(checking.check(corpus, book))
