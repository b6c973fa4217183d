"""Omissions: empty cells of the table where the outlet almost surely lacks what others report.

Precision before recall: nothing is claimed against an article that is cut off or too short (those
cells are graded "unknown"), nothing about a headline, nothing that is less than ``SURE``, and nothing
whose absence a reader could not check: a passage is claimed for what it names, counts or quotes. Of
speech only the quotation is claimed: another outlet may tell the same in words of its own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from compare.model import Alignment, Article, Cell, Evidence, Finding, Passage, Row, Span
from compare.text import tfidf
from compare.text.citing import cited
from compare.text.marks import Quoted, quoted
from compare.text.senses import base
from compare.text.spelling import fold

# What a claim has to rest on: words with content that stand nowhere in the outlet's text, and a name or
# figure among them, or a quotation. Below, a reader found too much of the passage elsewhere in the article
# (docs/reliability.md). A cell may be graded absent with less (docs/alignment.md).
SURE, NEW_WORDS = 0.75, 4
# From here on the reader found nothing of nine passages in ten; below, part of every third was there.
WHOLLY = 0.9
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "sen", "rep", "gov", "prof"})
_PARTY = re.compile(r"\b[A-Z]-[A-Z][a-z]*\b")
_FIRST_NAME = re.compile(r"\b[A-Z][a-z]+ (?=([A-Z][\w’'-]+))")
# Who says it, to whom and on which weekday is in every report, each time in other words.
_SAYING = (
    "said say says saying told tell tells added according reported reporting reports reportedly statement"
    " believe believes spokesman spokeswoman spokesperson reporter reporters journalist journalists"
)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_SLIGHT = frozenset((*_SAYING.split(), *_WEEKDAYS.split()))
# Below, a line is a dateline, a credit, or what was left of a sentence cut after an abbreviation.
RUNNING_WORDS = 4
_RUNNING = re.compile(r"(?<![^\s“‘\"'(])[a-z][\w’'-]*")
_CREDIT = re.compile(
    r"\bhas (?:that|the|this) (?:full )?story\b|\breports? from\b|\bcontributed\b.{0,20}\breport"
)
SPOKEN = 0.5
_RUN = 3
_LEANING = re.compile(
    r"\W*(?:(?:and|but|so|or)\s+)?(?:he|she|it|they|this|that|these|those|both|such|his|her|its|their)\b",
    re.IGNORECASE,
)
_SPECIFIC = (
    re.compile(r"\d"),
    re.compile(r"[“\"]|``"),
    re.compile(r"(?<=[\w,] )[A-Z]\w+"),
    re.compile(r"\d\s?[ap]\.?m\b|\d:\d\d|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
)


@dataclass(frozen=True, slots=True)
class _Held:
    """The words of all articles of one outlet, folded as names and cut to their bases."""

    folded: frozenset[str]
    bases: frozenset[str]
    spoken: frozenset[tuple[str, ...]] = frozenset()

    def lacks(self, word: str) -> bool:
        return fold(word) not in self.folded and base(word.lower()) not in self.bases


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Return one finding of kind "omission" for each row and outlet that lacks it.

    ``confidence`` is the probability that the outlet's text has nothing of it: the summary says "not
    found" where that is at least ``WHOLLY``, else "not found in full"; and of a passage that is mostly
    speech "not quoted", or "not quoted in full" where the outlet quotes a run of it. ``weight`` is the mean
    of how many other outlets report it, how early they do, and how specific it is.
    """
    articles = {article.id: article for article in alignment.story.articles}
    held = {outlet: _held(outlet, alignment) for outlet in alignment.outlets}
    found = [f for row in alignment.rows for f in _findings(row, alignment, articles, held)]
    return tuple(sorted(found, key=lambda f: (-f.weight, f.summary)))


def _held(outlet: str, alignment: Alignment) -> _Held:
    its = [w for a in alignment.story.articles if a.outlet == outlet for w in tfidf.words(a.body)]
    bodies = [article.body for article in alignment.story.articles if article.outlet == outlet]
    spoken = (body[q.inner.begin : q.inner.end] for body in bodies for q in quoted(body))
    runs = frozenset(run for speech in spoken for run in _runs(speech))
    return _Held(frozenset(fold(w) for w in its), frozenset(base(w.lower()) for w in its), runs)


def _runs(speech: str) -> list[tuple[str, ...]]:
    """Every three words that follow one another."""
    bases = _bases(speech)
    return [bases[n : n + _RUN] for n in range(len(bases) - _RUN + 1)]


def _findings(
    row: Row, alignment: Alignment, articles: dict[str, Article], held: dict[str, _Held]
) -> Iterator[Finding]:
    says = [
        Evidence(outlet, passage)
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
        for passage in cell.passages
        if not _in_headline(passage, articles[passage.article])
    ]
    absent = [c for c in row.cells if c.grade == "absent" and 1 - c.reported >= SURE]
    if not says or not absent:
        return
    says.sort(
        key=lambda e: (e.passage.span.begin / max(len(articles[e.passage.article].body), 1), e.passage.text)
    )
    weight = _weight(says, alignment, articles)
    quotes = {e.passage: _quoted(e.passage, articles[e.passage.article]) for e in says}
    for outlet, cell in zip(alignment.outlets, row.cells, strict=True):
        if cell.grade == "absent" and 1 - cell.reported >= SURE:
            marked = _marked(says, held[outlet])
            first = next((e for e in marked if _checkable(e, quotes[e.passage], held[outlet])), None)
            if first:
                others = [e for e in marked if e != first]
                found = _lacking(first.passage, quotes[first.passage], cell, held[outlet])
                yield _finding(outlet, cell, [first, *others], (found, weight))


def _quoted(passage: Passage, article: Article) -> str:
    """What of a passage stands in quotation marks: a mark may have opened before it."""
    begin, end = passage.span.begin, passage.span.end
    inside = [q.inner for q in _all_quoted(article.body) if q.inner.begin < end and begin < q.inner.end]
    quotes = (article.body[max(q.begin, begin) : min(q.end, end)] for q in inside)
    # With nothing but capitals it is a title.
    return " … ".join(one for one in quotes if any(w[0].islower() and _content(w) for w in tfidf.words(one)))


@lru_cache(maxsize=64)
def _all_quoted(body: str) -> tuple[Quoted, ...]:
    return tuple(q for q in quoted(body) if not q.depth)


def _spoken(passage: Passage, quotes: str) -> bool:
    """Whether most of what a passage tells stands in quotation marks."""
    counts = [len({w.lower() for w in _contents(text)}) for text in (quotes, passage.text)]
    return counts[0] >= SPOKEN * max(counts[1], 1)


def _checkable(told: Evidence, quotes: str, held: _Held) -> bool:
    """Whether the passage can be printed alone, and has enough of its own to be looked for in a text."""
    text = told.passage.text
    spoken = _spoken(told.passage, quotes)
    new = _new(quotes if spoken else text, held)
    figures = any(word[:1].isdigit() for word in new)
    if len(new) + figures < NEW_WORDS or not _stands_alone(text):
        return False
    # The first word has its capital from its place.
    begin = told.passage.span.begin
    marks = [text[m.begin - begin : m.end - begin] for m in told.marks if m.begin > begin]
    named = any(base(word.lower()) in new for word in marks)
    return spoken or bool(_new(quotes, held)) or figures or (named and not _LEANING.match(text))


def _stands_alone(text: str) -> bool:
    """Whether a passage is a sentence of the report: no fragment, and nobody's credit."""
    running = len(_RUNNING.findall(text)) >= RUNNING_WORDS
    return running and bool(_ENDED.search(text)) and not _CREDIT.search(text)


def _new(text: str, held: _Held) -> set[str]:
    """The words of content that the outlet has nowhere, but for those that say little: who spoke, a
    member's party, and the first name of somebody whom the outlet has by the last.
    """
    plain = _FIRST_NAME.sub(lambda m: m.group() if held.lacks(m.group(1)) else "", _PARTY.sub("", text))
    return {base(w.lower()) for w in _contents(plain) if w.lower() not in _SLIGHT and held.lacks(w)}


@lru_cache(maxsize=4096)
def _contents(text: str) -> tuple[str, ...]:
    """The words of content of a text; a fact is read again for each outlet without it."""
    return tuple(w for w in tfidf.words(text) if _content(w))


def _lacking(passage: Passage, quotes: str, cell: Cell, held: _Held) -> str:
    if _spoken(passage, quotes):
        return "Not quoted in full" if held.spoken.intersection(_runs(quotes)) else "Not quoted"
    return "Not found" if 1 - cell.reported >= WHOLLY else "Not found in full"


def _finding(outlet: str, cell: Cell, says: list[Evidence], told: tuple[str, float]) -> Finding:
    first = says[0]
    found, weight = told
    summary = f"{found} in {outlet}: {cited(first.passage.text)} ({first.outlet})."
    near = (_nearest(outlet, cell.nearest, says),) if cell.nearest else ()
    return Finding("omission", "absent", summary, (*says, *near), round(1 - cell.reported, 4), weight)


def _marked(says: list[Evidence], held: _Held) -> list[Evidence]:
    """Mark the names and figures of the passages that stand nowhere in the outlet's articles."""
    return [replace(e, marks=_lacked(e.passage, held)) for e in says]


def _lacked(passage: Passage, held: _Held) -> tuple[Span, ...]:
    begin = passage.span.begin
    named = _named(passage.text)
    return tuple(Span(begin + span.begin, begin + span.end) for word, span in named if held.lacks(word))


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[tuple[str, Span], ...]:
    """The words of a text that may be names or figures; a fact is read again for each outlet without it."""
    return tuple(
        (m.group(), Span(m.start(), m.end())) for m in tfidf.WORD.finditer(text) if _telling(m.group())
    )


def _telling(word: str) -> bool:
    named = word[0].isdigit() or (word[0].isupper() and len(word) > 1 and word.lower() not in _TITLES)
    return named and _content(word)


def _nearest(outlet: str, passage: Passage, says: list[Evidence]) -> Evidence:
    """Mark what the closest passage shares with those that report the fact."""
    said = {key for e in says for key in _bases(e.passage.text)}
    shared = _marks(passage, lambda word: _content(word) and base(word.lower()) in said)
    return Evidence(outlet, passage, "nearest", shared)


def _marks(passage: Passage, telling: Callable[[str], bool]) -> tuple[Span, ...]:
    begin = passage.span.begin
    found = (m for m in tfidf.WORD.finditer(passage.text) if telling(m.group()))
    return tuple(Span(begin + m.start(), begin + m.end()) for m in found)


@lru_cache(maxsize=4096)
def _bases(text: str) -> tuple[str, ...]:
    return tuple(base(w.lower()) for w in tfidf.words(text))


def _content(word: str) -> bool:
    return word.lower() not in tfidf.stop_words()


def _in_headline(passage: Passage, article: Article) -> bool:
    return passage.span.begin < article.headline.end and article.headline.begin < passage.span.end


def _weight(says: list[Evidence], alignment: Alignment, articles: dict[str, Article]) -> float:
    share = _independent(says, alignment) / max(len(alignment.outlets) - 1, 1)
    early = max(1 - e.passage.span.begin / max(len(articles[e.passage.article].body), 1) for e in says)
    specific = max(sum(bool(p.search(e.passage.text)) for p in _SPECIFIC) for e in says) / len(_SPECIFIC)
    return round((share + early + specific) / 3, 4)


def _independent(says: list[Evidence], alignment: Alignment) -> int:
    """How many outlets report it, those that print one text counted once."""
    first = {name: group[0] for group in alignment.story.copies for name in group}
    texts = {first.get(e.passage.article, e.passage.article) for e in says}
    return min(len({e.outlet for e in says}), len(texts))
