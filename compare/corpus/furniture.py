"""Lines that an outlet sets into its articles whatever they report: found where three unlike ones have them.

A background paragraph that an outlet repeats belongs to its reports and must stay: it stands in articles on
one matter, which share their words. Furniture stands in articles that share few.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from compare.corpus import rules
from compare.model import Article, Removal

ARTICLES = 3
# Of the longer words of the shorter article. Of labelled pairs on one event 4 in 100 share less (newswcl50,
# events 0-4), on two events over 75 in 100; three articles on one matter that all share less are rare.
UNLIKE = 0.25
RULE = "repeated in unlike articles of the outlet"
_WORD = re.compile(r"[^\W\d_]{5,}")


def without(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles, in their order, without such lines; each line removed is kept with its rule.

    Titles stay, and so do articles that would have nothing left. Ids stay too: they name the article
    as it was read.
    """
    repeated: dict[str, frozenset[str]] = {}
    by_outlet = sorted(articles, key=lambda one: one.outlet)
    for outlet, group in groupby(by_outlet, key=lambda one: one.outlet):
        repeated[outlet] = frozenset(_repeated(sorted(group, key=lambda one: one.id)))
    return tuple(_rid(one, repeated[one.outlet]) for one in articles)


def _repeated(articles: Sequence[Article]) -> Iterator[str]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(articles):
        for line in dict.fromkeys(_text(one)):
            if len(line) <= rules.LONGEST:
                places[line].append(place)
    found = {line: where for line, where in places.items() if len(where) >= ARTICLES}
    words = {place: _words(articles[place], found) for where in found.values() for place in where}
    for line, where in found.items():
        if _unlike([words[place] for place in where]):
            yield line


def _unlike(words: Sequence[frozenset[str]]) -> bool:
    """Whether ``ARTICLES`` of the articles share few words, each with each."""
    picked: list[frozenset[str]] = []
    for one in words:
        if all(len(one & other) < UNLIKE * min(len(one), len(other)) for other in picked):
            picked.append(one)
        if len(picked) == ARTICLES:
            return True
    return False


def _words(article: Article, lines: Container[str]) -> frozenset[str]:
    """The longer words of an article outside the lines in question."""
    text = (line for line in article.body.split("\n\n") if line not in lines)
    return frozenset(word.lower() for line in text for word in _WORD.findall(line))


def _text(article: Article) -> list[str]:
    return article.body[article.headline.end :].strip("\n").split("\n\n")


def _rid(article: Article, lines: frozenset[str]) -> Article:
    text = _text(article)
    kept = [line for line in text if line not in lines]
    if len(kept) == len(text) or not kept:
        return article
    headline = article.body[: article.headline.end]
    gone = tuple(Removal(line, RULE) for line in text if line in lines)
    body = "\n\n".join(filter(None, (headline, *kept)))
    return replace(article, body=body, removed=article.removed + gone)
