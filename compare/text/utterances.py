"""What each article of a story quotes, ready to be compared across outlets word by word."""

import difflib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from compare.model import Alignment, Article, Passage, Span
from compare.text import cues
from compare.text.differences import words
from compare.text.mouths import surname
from compare.text.quotation import Quotation, read_all
from compare.text.spelling import fold

_OPEN = re.compile(r"[“”\"]")
_SHORT_FORMS = {
    "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "n't": "not", "'s": "is"
}  # fmt: skip
_SHORT = re.compile(r"(n't|'(?:m|re|ve|ll|d|s))$")
_GLOSS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """An article's words, passage by passage, as ``folded`` gives them, and where each stands in its body."""

    words: tuple[str, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def within(self, span: Span) -> slice:
        """The places of the words that begin inside a span."""
        first = bisect_left(self.begins, span.begin)
        return slice(first, bisect_left(self.begins, span.end, first))

    def spans(self, part: slice) -> tuple[Span, ...]:
        """Where some of the words stand."""
        return tuple(map(Span, self.begins[part], self.ends[part]))


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One article as its outlet's voice: its passages in order, their words, and all it attributes."""

    outlet: str
    article: Article
    passages: tuple[Passage, ...]
    wording: Wording
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One direct quotation. ``words`` are folded, with contractions written out, and ``spans`` are
    their places in the article's body, one a word; ``passage`` is where it begins.
    """

    voice: Voice
    quotation: Quotation
    passage: Passage
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def voices(alignment: Alignment) -> tuple[Voice, ...]:
    """The articles of a story with their quotations, ordered by outlet and text."""
    column = {outlet: i for i, outlet in enumerate(alignment.outlets)}
    articles = sorted(alignment.story.articles, key=lambda a: (a.outlet, a.body, a.id))
    found = []
    for article, quotations in zip(articles, _quotations(tuple(a.body for a in articles)), strict=True):
        own = tuple(p for p in alignment.passages[column[article.outlet]] if p.article == article.id)
        found.append(Voice(article.outlet, article, own, _wording(own), quotations))
    return tuple(found)


# several rooms read the same articles, and reading their quotations is most of what they cost
@lru_cache(maxsize=8)
def _quotations(bodies: tuple[str, ...]) -> tuple[tuple[Quotation, ...], ...]:
    return tuple(tuple(quotations) for quotations, _ in read_all(bodies))


@lru_cache(maxsize=64)
def _wording(passages: tuple[Passage, ...]) -> Wording:
    found = [(w, p.span.begin + b, p.span.begin + e) for p in passages for w, b, e in _folded(p.text)]
    return Wording(*zip(*found, strict=True)) if found else Wording((), (), ())


# asked for before and after open sources are led back to persons
@lru_cache(maxsize=64)
def utterances(voice: Voice) -> tuple[Utterance, ...]:
    """The direct quotations of an article outside its headline, in order."""
    out = []
    for quotation in voice.quotations:
        passage = passage_at(voice.passages, quotation.words.begin) if quotation.direct else None
        if not passage or quotation.words.begin < voice.article.headline.end:
            continue
        part = voice.wording.within(quotation.words)
        if words := voice.wording.words[part]:
            out.append(Utterance(voice, quotation, passage, words, voice.wording.spans(part)))
    return tuple(out)


def passage_at(passages: Sequence[Passage], place: int) -> Passage | None:
    """The passage in which a body offset lies."""
    at = bisect_right([p.span.begin for p in passages], place) - 1
    return passages[at] if at >= 0 and place < passages[at].span.end else None


def left_open(text: str, place: int) -> bool:
    """Whether a quotation mark before ``place`` in its paragraph is still open there: the place lies in
    a quotation whose end the text does not have.
    """
    begin = text.rfind("\n", 0, place) + 1
    marks = _OPEN.findall(text, begin, place)
    return marks.count("“") > marks.count("”") or marks.count('"') % 2 == 1


def folded(text: str, span: Span) -> list[tuple[str, Span]]:
    """The words inside a span with their places, the same for all spellings; glosses in brackets,
    which editors add to what was said, are left out.
    """
    begin = span.begin
    found = _folded(text[begin : span.end])
    return [(word, Span(begin + b, begin + e)) for word, b, e in found]


def folded_words(text: str) -> list[str]:
    """The words of ``folded`` alone, of a whole text."""
    return [word for word, _, _ in _folded(text)]


@lru_cache(maxsize=8192)
def _folded(part: str) -> tuple[tuple[str, int, int], ...]:
    glosses = [m.span() for m in _GLOSS.finditer(part)]
    out: list[tuple[str, int, int]] = []
    for word, place in words(part):
        begin, end = place.begin, place.end
        if glosses and any(b <= begin < e for b, e in glosses):
            continue
        short = _SHORT.search(word) if "'" in word else None
        stem = word[: short.start()] if short else word
        if stem:
            out.append((fold(part[begin : begin + len(stem)]).casefold(), begin, end))
        if short:
            out.append((_SHORT_FORMS[short.group()], begin, end))
    return tuple(out)


_BRITISH = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        (r"(?<=[a-z]{2})our", "or"),
        (r"(?<=[a-z]{2})is(?=e[ds]?$|ing$|ation)", "iz"),
        (r"ll(?=ed$|ing$|er$)", "l"),
        (r"(?<=[a-z]{2}[^aeiou])re$", "er"),
        (r"['’]s?$|s['’]$|:00$", ""),
    )
)


def plainly(word: str) -> str:
    """A word's letters and figures, the same for British and American spelling, possessive and full hours."""
    for pattern, becomes in _BRITISH:
        word = pattern.sub(becomes, word)
    return "".join(c for c in word if c.isalnum()).removesuffix("s")


def telling(listed: Sequence[str]) -> list[str]:
    """The words that carry content: not closed-class, three letters or more, or a number."""
    return [w for w in listed if _tells(w)]


@lru_cache(maxsize=65_536)
def _tells(word: str) -> bool:
    known = cues.words().get(word)
    closed = known and any(c.startswith("g-") and c != "g-weekday" for c in known.classes)
    return (len(word) > 2 or word.isdigit()) and not closed


def blocks(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Matching runs of two word sequences (place in a, place in b, length), in order (Python's difflib)."""
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]


def stems(listed: Sequence[str]) -> set[str]:
    """Content words without their inflection, to compare loosely."""
    return {_stem(w) for w in listed if _tells(w)}


_ENDING = re.compile(r"(?:ations?|ing|ed|ly|es|s|e)$")


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 5 else word


def same_speaker(a: Quotation, b: Quotation) -> bool | None:
    """Whether two quotations have one speaker; None where a text does not name a person."""
    if not (a.person and b.person):
        return None
    return surname(a.speaker) == surname(b.speaker)
