"""What two outlets state in one row of the table, and whether it is the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from compare.analysis.attribution.overlap import inside, overlap
from compare.analysis.attribution.verbs import reports
from compare.model import Alignment, Passage, Row
from compare.text.quotation import Quotation
from compare.text.utterances import Voice, folded, folded_words, stems, voices

SHARED = 0.35
OPENING = 4  # content words
ENOUGH = 4
_NAME = re.compile(r"\b[A-Z][\w’'.-]+")
PLENTY = 6  # shared content words that show one statement even where one passage goes on with another


@dataclass(frozen=True, slots=True)
class Statement:
    """One outlet's passage in a row and the attribution that covers most of it, if any.

    ``words`` are the stems of the passage's content words.
    """

    outlet: str
    voice: Voice
    passage: Passage
    quotation: Quotation | None
    words: frozenset[str]


def pairs(alignment: Alignment) -> Iterator[tuple[Statement, Statement]]:
    """Statements of two outlets in one row that share enough content words, row by row."""
    return _pairs(alignment, heads=False)


def headlines(alignment: Alignment) -> Iterator[tuple[Statement, Statement]]:
    """The same of headlines alone: what stands there is shortened, and is only set against its like."""
    return _pairs(alignment, heads=True)


def _pairs(alignment: Alignment, heads: bool) -> Iterator[tuple[Statement, Statement]]:
    by_article = {voice.article.id: voice for voice in voices(alignment)}
    for row in alignment.rows:
        yield from _comparable(row, alignment, by_article, heads)


def _comparable(
    row: Row, alignment: Alignment, by_article: dict[str, Voice], heads: bool
) -> Iterator[tuple[Statement, Statement]]:
    """Passages of two outlets in one row that share enough content words, each with its best partner."""
    columns = [
        [
            _statement(outlet, by_article[p.article], p)
            for p in cell.passages
            if heads == (p.span.begin < by_article[p.article].article.headline.end)
        ]
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
    ]
    for left, right in combinations([c for c in columns if c], 2):
        ranked = [(likeness(a, b), a.passage.text, b.passage.text, a, b) for a in left for b in right]
        best = max(ranked, key=lambda r: r[:1] + tuple(sorted(r[1:3])))
        if best[0] >= SHARED:
            first, second = sorted(best[3:], key=lambda s: (s.outlet, s.passage))
            yield first, second


def _statement(outlet: str, voice: Voice, passage: Passage) -> Statement:
    return Statement(outlet, voice, passage, _main(voice, passage), frozenset(stems(words(passage))))


def _main(voice: Voice, passage: Passage) -> Quotation | None:
    """The attribution of speech whose content covers most of a passage."""
    ranked = [
        (overlap(q.content, passage.span), q.direct, -n, q)
        for n, q in enumerate(voice.quotations)
        if overlap(q.content, passage.span) > 0 and inside(q, passage) and reports(q, voice.article.body)
    ]
    return max(ranked, key=lambda r: r[:3])[3] if ranked else None


def words(passage: Passage) -> list[str]:
    """The words of a passage, folded, as they come."""
    return folded_words(passage.text)


def likeness(a: Statement, b: Statement) -> float:
    """Shared content words as a part of the shorter passage's, in [0, 1]; 0 for very short passages."""
    smaller = min(len(a.words), len(b.words))
    return len(a.words & b.words) / smaller if smaller >= 4 else 0.0


def same_content(a: Statement, b: Statement) -> bool:
    """Whether the contents themselves, not only the passages, share most of their words."""
    first, second = (content(s) for s in (a, b))
    smaller, larger = sorted((len(first), len(second)))
    shared = len(first & second)
    enough = (
        smaller >= 3
        and shared >= 0.6 * smaller
        and (shared >= 0.5 * larger or (shared >= PLENTY and shared >= 0.7 * smaller))
    )
    return (
        enough
        and beyond_names(a, b, first & second)
        and _opens_alike(a, b.words)
        and _opens_alike(b, a.words)
    )


def much_shared(a: Statement, b: Statement) -> bool:
    """Whether half of the shorter content, and enough words of it, stand in the longer one: for statements of
    one speaker in one row, of whom nothing else is likely to be told in the same words.
    """
    first, second = (content(s) for s in (a, b))
    shared = first & second
    half = len(shared) >= ENOUGH and 2 * len(shared) >= min(len(first), len(second))
    return half and beyond_names(a, b, shared)


def beyond_names(a: Statement, b: Statement, shared: set[str]) -> bool:
    """Whether more than half of one's other words are shared, not only names: much is told of one man."""
    names = [stems(folded_words(" ".join(_NAME.findall(s.passage.text)))) for s in (a, b)]
    plain = [content(s) - names[0] - names[1] for s in (a, b)]
    return 2 * len(shared & plain[0] & plain[1]) > min(len(p) for p in plain)


def _opens_alike(s: Statement, other: frozenset[str]) -> bool:
    """Whether half of the words with which a source opens stand in the other passage: what it says itself,
    and not only the background that it ends in.
    """
    if not s.quotation:
        return True
    pairs = folded(s.voice.article.body, s.quotation.content)
    opening = [stem for w, _ in pairs for stem in stems([w])][:OPENING]
    return 2 * sum(stem in other for stem in opening) >= len(opening)


def content(s: Statement) -> set[str]:
    """The stems of what is attributed, or of the whole passage where nothing is."""
    if not s.quotation:
        return set(s.words)
    return stems([w for w, _ in folded(s.voice.article.body, s.quotation.content)])
