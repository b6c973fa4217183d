"""Omissions: empty cells of the table where the outlet almost surely lacks what others report.

Precision before recall: nothing is claimed against an article that is cut off or too short (those
cells are graded "unknown"), nothing about a headline, nothing that is less sure than
``coverage.CLAIMED``, and nothing whose absence a reader could not check: a passage is claimed for what it
names, counts or quotes. Of speech only the quotation is claimed: another outlet may tell the same in words
of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from compare.analysis.coverage import is_claimed
from compare.model import Alignment, Article, Cell, Evidence, Finding, Passage, Row, Span
from compare.text import tfidf
from compare.text.citing import cited
from compare.text.marks import quoted
from compare.text.senses import base
from compare.text.spelling import fold

# What a claim has to rest on: words with content that stand nowhere in the outlet's text, and a name or
# figure among them, or a quotation.
NEW_WORDS = 4
# From here on readers found a part of one passage in 31 there, and between .85 and this of 8 in 34
# (docs/reliability.md).
WHOLLY = 0.95
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
_OPENING = r"\W*(?:(?:and|but|so|or)\s+)?"
_LEANING = re.compile(
    rf"{_OPENING}(?:he|she|it|they|this|that|these|those|both|such|his|her|its|their)\b",
    re.IGNORECASE,
)
# Whose deed it is, a reader of the claim cannot tell.
_SOMEBODY = re.compile(rf"{_OPENING}(?:he|she|his|her)\b", re.IGNORECASE)
# A columnist who speaks of himself reports nothing that others omit.
_OWN_VOICE = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s)\b")
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

    def lacks(self, word: "_Word") -> bool:
        return word.folded not in self.folded and word.base not in self.bases


class _Word(NamedTuple):
    """A word as it is looked for in a text, whether it has content, and whether it names or counts."""

    folded: str
    base: str
    content: bool
    telling: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A passage that reports a fact, what of it is quoted, and whether that is most of what it tells."""

    outlet: str
    passage: Passage
    quotes: str
    spoken: bool

    @property
    def claimed(self) -> str:
        """What another outlet may be said to lack: of speech only the quotation."""
        return self.quotes if self.spoken else self.passage.text


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
    bodies = [article.body for article in alignment.story.articles if article.outlet == outlet]
    words = {word for body in bodies for word in tfidf.words(body)}
    spoken = (body[q.inner.begin : q.inner.end] for body in bodies for q in quoted(body))
    runs = frozenset(run for speech in spoken for run in _runs(speech))
    return _Held(frozenset(map(fold, words)), frozenset(base(w.lower()) for w in words), runs)


def _runs(speech: str) -> list[tuple[str, ...]]:
    """Every three words that follow one another."""
    bases = _bases(speech)
    return [bases[n : n + _RUN] for n in range(len(bases) - _RUN + 1)]


def _findings(
    row: Row, alignment: Alignment, articles: dict[str, Article], held: dict[str, _Held]
) -> Iterator[Finding]:
    lacking = [
        (outlet, cell) for outlet, cell in zip(alignment.outlets, row.cells, strict=True) if is_claimed(cell)
    ]
    says = _says(row, alignment, articles) if lacking else []
    if not says:
        return
    printable = [told for told in says if _stands_alone(told.passage.text)]
    found = [(outlet, cell, _first(printable, held[outlet])) for outlet, cell in lacking]
    if not any(first for _, _, first in found):
        return
    weight = _weight(says, alignment, articles)
    said = {key for told in says for key in _bases(told.passage.text)}
    for outlet, cell, first in found:
        if first:
            lack = _lacking(first, cell, held[outlet])
            # Whose words they are may be at odds, and is then another finding.
            told = first.quotes.rstrip(" ,") if first.spoken else first.passage.text
            summary = f"{lack} in {outlet}: {cited(told)} ({first.outlet})."
            others = [one for one in says if one != first]
            proof = [_marked(one, held[outlet]) for one in (first, *others)]
            if cell.nearest:
                proof.append(_nearest(outlet, cell.nearest, said))
            yield Finding("omission", "absent", summary, tuple(proof), round(1 - cell.reported, 4), weight)


def _first(printable: list[_Told], held: _Held) -> _Told | None:
    """The first passage that may be claimed against an outlet."""
    for told in printable:
        if _checkable(told, held):
            return told
    return None


def _says(row: Row, alignment: Alignment, articles: dict[str, Article]) -> list[_Told]:
    """The passages of a row outside headlines, those that stand early in their articles first."""
    told = [
        _told(outlet, passage, articles[passage.article])
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
        for passage in cell.passages
        if not _in_headline(passage, articles[passage.article])
    ]
    return sorted(told, key=lambda one: (_place(one.passage, articles), one.passage.text))


def _told(outlet: str, passage: Passage, article: Article) -> _Told:
    quotes = _quoted(passage, article)
    return _Told(outlet, passage, quotes, bool(quotes) and _spoken(passage.text, quotes))


def _spoken(text: str, quotes: str) -> bool:
    """Whether most of what a text tells stands in quotation marks."""
    counts = [len({w.lower() for w in _contents(part)}) for part in (quotes, text)]
    return counts[0] >= SPOKEN * max(counts[1], 1)


def _place(passage: Passage, articles: dict[str, Article]) -> float:
    """How far down in its article a passage begins, in [0, 1]."""
    return passage.span.begin / max(len(articles[passage.article].body), 1)


def _quoted(passage: Passage, article: Article) -> str:
    """What of a passage stands in quotation marks: a mark may have opened before it."""
    begin, end = passage.span.begin, passage.span.end
    inside = [q for q in _all_quoted(article.body) if q.begin < end and begin < q.end]
    quotes = (article.body[max(q.begin, begin) : min(q.end, end)] for q in inside)
    # With nothing but capitals it is a title.
    return " … ".join(
        one for one in quotes if any(w[0].islower() and _word(w).content for w in tfidf.words(one))
    )


@lru_cache(maxsize=64)
def _all_quoted(body: str) -> tuple[Span, ...]:
    return tuple(q.inner for q in quoted(body) if not q.depth)


def _checkable(told: _Told, held: _Held) -> bool:
    """Whether a passage has enough of its own to be looked for in a text."""
    new = _new(told.claimed, held)
    if len(new) + 1 < NEW_WORDS:
        return False
    if not told.spoken and _SOMEBODY.match(told.passage.text):
        return False
    if not told.quotes and _OWN_VOICE.search(told.passage.text):
        return False
    figures = any(word[:1].isdigit() for word in new)
    if len(new) + figures < NEW_WORDS:
        return False
    if told.spoken or figures or (told.quotes and _new(told.quotes, held)):
        return True
    # The first word has its capital from its place.
    begin = told.passage.span.begin
    names = (word for word, span in _placed(told.passage) if word.telling and span.begin > begin)
    return any(word.base in new and held.lacks(word) for word in names) and not _LEANING.match(
        told.passage.text
    )


def _stands_alone(text: str) -> bool:
    """Whether a passage is a sentence of the report: no fragment, and nobody's credit."""
    running = len(_RUNNING.findall(text)) >= RUNNING_WORDS
    return running and bool(_ENDED.search(text)) and not _CREDIT.search(text)


def _new(text: str, held: _Held) -> set[str]:
    """The words of content that the outlet has nowhere, but for those that say little: who spoke, a
    member's party, and the first name of somebody whom the outlet has by the last.
    """
    plain, first_names = _with_first_names(text)
    for span, last in reversed(first_names):
        if not held.lacks(last):
            plain = plain[: span.begin] + plain[span.end :]
    folded, bases = held.folded, held.bases
    return {base_ for key, base_ in _looked_for(plain) if base_ not in bases and key not in folded}


@lru_cache(maxsize=4096)
def _with_first_names(text: str) -> tuple[str, tuple[tuple[Span, _Word], ...]]:
    """A text without parties, the first names in it (each with the space after it) and their last names."""
    plain = _PARTY.sub("", text) if "-" in text else text
    return plain, tuple((Span(*m.span()), _word(m.group(1))) for m in _FIRST_NAME.finditer(plain))


@lru_cache(maxsize=8192)
def _looked_for(text: str) -> frozenset[tuple[str, str]]:
    """The words of content of a text that say something of their own; a fact is looked for in each outlet."""
    found = (_word(word) for word in _contents(text) if word.lower() not in _SLIGHT)
    return frozenset((word.folded, word.base) for word in found)


@lru_cache(maxsize=4096)
def _contents(text: str) -> tuple[str, ...]:
    """The words of content of a text; a fact is read again for each outlet without it."""
    return tuple(word for word in tfidf.words(text) if _word(word).content)


@lru_cache(maxsize=16_384)
def _word(word: str) -> _Word:
    low = word.lower()
    named = word[0].isdigit() or (word[0].isupper() and len(word) > 1 and low not in _TITLES)
    content = low not in tfidf.stop_words()
    return _Word(fold(word), base(low), content, named and content)


def _lacking(told: _Told, cell: Cell, held: _Held) -> str:
    if told.spoken:
        return "Not quoted in full" if held.spoken.intersection(_runs(told.quotes)) else "Not quoted"
    return "Not found" if 1 - cell.reported >= WHOLLY else "Not found in full"


def _marked(told: _Told, held: _Held) -> Evidence:
    """Mark the names and figures of a passage that stand nowhere in the outlet's articles."""
    marks = (span for word, span in _placed(told.passage) if word.telling and held.lacks(word))
    return Evidence(told.outlet, told.passage, marks=tuple(marks))


def _nearest(outlet: str, passage: Passage, said: set[str]) -> Evidence:
    """Mark what the closest passage shares with those that report the fact."""
    shared = tuple(span for word, span in _placed(passage) if word.base in said)
    return Evidence(outlet, passage, "nearest", shared)


@lru_cache(maxsize=4096)
def _placed(passage: Passage) -> tuple[tuple[_Word, Span], ...]:
    """The words of content of a passage with their places; a passage is read again for each outlet."""
    at = passage.span.begin
    found = ((_word(m.group()), m.start(), m.end()) for m in tfidf.WORD.finditer(passage.text))
    return tuple((word, Span(at + begin, at + end)) for word, begin, end in found if word.content)


@lru_cache(maxsize=4096)
def _bases(text: str) -> tuple[str, ...]:
    return tuple(base(w.lower()) for w in tfidf.words(text))


def _in_headline(passage: Passage, article: Article) -> bool:
    return passage.span.begin < article.headline.end and article.headline.begin < passage.span.end


def _weight(says: list[_Told], alignment: Alignment, articles: dict[str, Article]) -> float:
    share = _independent(says, alignment) / max(len(alignment.outlets) - 1, 1)
    early = max(1 - _place(told.passage, articles) for told in says)
    specific = max(sum(bool(p.search(told.passage.text)) for p in _SPECIFIC) for told in says)
    return round((share + early + specific / len(_SPECIFIC)) / 3, 4)


def _independent(says: list[_Told], alignment: Alignment) -> int:
    """How many outlets report it, those that print one text counted once."""
    first = {name: group[0] for group in alignment.story.copies for name in group}
    texts = {first.get(told.passage.article, told.passage.article) for told in says}
    return min(len({told.outlet for told in says}), len(texts))
