"""Omissions: empty cells of the table where the outlet almost surely lacks what others report.

Precision before recall: nothing is claimed against an article that is cut off or too short (those
cells are graded "unknown"), nothing about a headline, and nothing that is less than ``SURE``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from compare.model import Alignment, Article, Cell, Evidence, Finding, Passage, Row, Span
from compare.text import tfidf
from compare.text.citing import cited
from compare.text.senses import base
from compare.text.spelling import fold

# At this probability nine in ten of the passages claimed are wholly absent, on pairs left out of the
# fit, and most others are there in part only; a cell may be graded absent with less (docs/alignment.md).
SURE = 0.7
_SPECIFIC = (
    re.compile(r"\d"),
    re.compile(r"[“\"]|``"),
    re.compile(r"(?<=[\w,] )[A-Z]\w+"),
    re.compile(r"\d\s?[ap]\.?m\b|\d:\d\d|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
)


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Return one finding of kind "omission" for each row and outlet that lacks it.

    ``confidence`` is the probability that the outlet's text has nothing of it; ``weight`` is the mean
    of how many other outlets report it, how early they do, and how specific it is.
    """
    articles = {article.id: article for article in alignment.story.articles}
    found = [f for row in alignment.rows for f in _findings(row, alignment, articles)]
    return tuple(sorted(found, key=lambda f: (-f.weight, f.summary)))


def _findings(row: Row, alignment: Alignment, articles: dict[str, Article]) -> Iterator[Finding]:
    says = [
        Evidence(outlet, passage)
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
        for passage in cell.passages
        if not _in_headline(passage, articles[passage.article])
    ]
    if not says:
        return
    says.sort(
        key=lambda e: (e.passage.span.begin / max(len(articles[e.passage.article].body), 1), e.passage.text)
    )
    weight = _weight(says, len(alignment.outlets), articles)
    for outlet, cell in zip(alignment.outlets, row.cells, strict=True):
        if cell.grade == "absent" and 1 - cell.reported >= SURE:
            its = [a for a in alignment.story.articles if a.outlet == outlet]
            yield _finding(outlet, cell, _marked(says, its), weight)


def _finding(outlet: str, cell: Cell, says: list[Evidence], weight: float) -> Finding:
    first = says[0]
    summary = f"Not found in {outlet}: {cited(first.passage.text)} ({first.outlet})."
    near = (_nearest(outlet, cell.nearest, says),) if cell.nearest else ()
    return Finding("omission", "absent", summary, (*says, *near), round(1 - cell.reported, 4), weight)


def _marked(says: list[Evidence], its: list[Article]) -> list[Evidence]:
    """Mark the names and figures of the passages that stand nowhere in the outlet's articles."""
    there = {fold(w) for a in its for w in tfidf.words(a.body)} | {w for a in its for w in _bases(a.body)}

    def telling(word: str) -> bool:
        named = word[0].isdigit() or (word[0].isupper() and len(word) > 1)
        return named and _content(word) and fold(word) not in there and base(word.lower()) not in there

    return [replace(e, marks=_marks(e.passage, telling)) for e in says]


def _nearest(outlet: str, passage: Passage, says: list[Evidence]) -> Evidence:
    """Mark what the closest passage shares with those that report the fact."""
    said = {key for e in says for key in _bases(e.passage.text)}
    shared = _marks(passage, lambda word: _content(word) and base(word.lower()) in said)
    return Evidence(outlet, passage, "nearest", shared)


def _marks(passage: Passage, telling: Callable[[str], bool]) -> tuple[Span, ...]:
    begin = passage.span.begin
    found = (m for m in tfidf.WORD.finditer(passage.text) if telling(m.group()))
    return tuple(Span(begin + m.start(), begin + m.end()) for m in found)


def _bases(text: str) -> list[str]:
    return [base(w.lower()) for w in tfidf.words(text)]


def _content(word: str) -> bool:
    return word.lower() not in tfidf.stop_words()


def _in_headline(passage: Passage, article: Article) -> bool:
    return passage.span.begin < article.headline.end and article.headline.begin < passage.span.end


def _weight(says: list[Evidence], outlets: int, articles: dict[str, Article]) -> float:
    share = len({e.outlet for e in says}) / max(outlets - 1, 1)
    early = max(1 - e.passage.span.begin / max(len(articles[e.passage.article].body), 1) for e in says)
    specific = max(sum(bool(p.search(e.passage.text)) for p in _SPECIFIC) for e in says) / len(_SPECIFIC)
    return round((share + early + specific) / 3, 4)
