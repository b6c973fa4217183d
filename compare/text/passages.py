"""Sentences of a text and passages of an article, as spans that slice back exactly."""

import re
from collections.abc import Iterator
from itertools import pairwise

from compare.model import Article, Passage, Span
from compare.text.boundaries import starts

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\S\n]*[^\s][^\n]*)*")


def sentences(text: str) -> list[Span]:
    """Return the sentences of ``text`` in reading order, without surrounding white space.

    A line break always ends a sentence. Method: Punkt, corrected by ``compare.text.boundaries``.
    """
    return [span for line in _LINE.finditer(text) for span in _sentences(text, line.start(), line.end())]


def passages(article: Article) -> tuple[Passage, ...]:
    """Return the sentences of the article's body; the headline is one passage, whatever is in it.

    No passage crosses a paragraph, and none is without a letter or a digit.
    """
    spans = [s for part in _paragraphs(article) for s in part if _says_something(article.body, s)]
    return tuple(Passage(article.id, span, article.body[span.begin : span.end]) for span in spans)


def paragraph(article: Article, begin: int) -> int:
    """The paragraph that offset ``begin`` falls in, counted from 1; the headline is 0."""
    return article.body.count("\n\n", 0, begin) + (0 if article.title else 1)


def _paragraphs(article: Article) -> Iterator[list[Span]]:
    body, head = article.body, article.headline
    for part in _PARAGRAPH.finditer(body):
        begin, end = part.span()
        if begin <= head.begin < head.end <= end:
            yield [*_shifted(body, begin, head.begin), *_trimmed(body, head.begin, head.end)]
            begin = head.end
        yield _shifted(body, begin, end)


def _shifted(body: str, begin: int, end: int) -> list[Span]:
    return [Span(s.begin + begin, s.end + begin) for s in sentences(body[begin:end])]


def _says_something(body: str, span: Span) -> bool:
    return any(c.isalnum() for c in body[span.begin : span.end])


def _sentences(text: str, begin: int, end: int) -> list[Span]:
    cuts = [begin, *(begin + cut for cut in starts(text[begin:end])), end]
    return [s for a, b in pairwise(cuts) for s in _trimmed(text, a, b)]


def _trimmed(text: str, begin: int, end: int) -> list[Span]:
    part = text[begin:end]
    begin += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    return [Span(begin, end)] if begin < end else []
