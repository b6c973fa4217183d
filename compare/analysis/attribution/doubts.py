"""A word of doubt in one outlet's own voice beside words that both outlets have."""

import re
from collections.abc import Iterator

from compare.analysis.attribution.absence import bare, marked
from compare.analysis.attribution.overlap import overlap
from compare.analysis.attribution.statements import Statement, likeness
from compare.analysis.attribution.terms import evidence, finding
from compare.model import Finding, Span
from compare.text.citing import cited
from compare.text.sources import hedges
from compare.text.utterances import folded, stems

_HEDGED = 0.5
LONGEST_CITED = 110
# These tell of a source, so that one given in the other outlet is no lack of doubt.
_OF_REPORTS = re.compile(r"report|alleg|purport|said to|claim|rumou?r", re.IGNORECASE)


def lone_hedges(a: Statement, b: Statement) -> Iterator[Finding]:
    """A word of doubt in the outlet's own voice beside words that both outlets have."""
    for doubter, other in ((a, b), (b, a)):
        found = [h for h in _doubts(doubter) if _beside_shared(doubter, h, other)]
        if not found or _doubts(other) or not _plain(other, doubter, found[0]) or likeness(a, b) < _HEDGED:
            continue
        word = doubter.voice.article.body[found[0].begin : found[0].end]
        told = cited(other.passage.text, LONGEST_CITED)
        summary = f"{doubter.outlet} writes “{word}” where {other.outlet} has no word of doubt: {told}."
        yield finding("hedge", summary, [evidence(doubter, tuple(found)), evidence(other, ())])


def _plain(other: Statement, doubter: Statement, hedge: Span) -> bool:
    """Whether the other passage is told straight: in nobody's mouth, or, where the doubt is of no reports, at
    least without quotation marks.
    """
    word = doubter.voice.article.body[hedge.begin : hedge.end]
    return bare(other) or not (_OF_REPORTS.search(word) or marked(other.passage))


def _doubts(s: Statement) -> list[Span]:
    quoted = [q.content for q in s.voice.quotations if q.direct]
    found = hedges(s.voice.article.body, s.passage.span)
    return [h for h in found if not any(overlap(h, q) for q in quoted)]


def _beside_shared(s: Statement, hedge: Span, other: Statement) -> bool:
    """Whether what is doubted, and two of three content words after the hedge, stand in the other passage."""
    following = folded(s.voice.article.body, Span(hedge.end, s.passage.span.end))
    telling = [stem for w, _ in following for stem in stems([w])][:3]
    return (
        telling[:1] != [] and telling[0] in other.words and sum(stem in other.words for stem in telling) >= 2
    )
