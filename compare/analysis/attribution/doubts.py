"""A word of doubt in one outlet's own voice beside words that both outlets have."""

import re
from collections.abc import Iterator

from compare.analysis.attribution.absence import bare
from compare.analysis.attribution.overlap import overlap
from compare.analysis.attribution.statements import Statement, beyond_names, likeness
from compare.analysis.attribution.terms import evidence, finding, told
from compare.model import Finding, Span
from compare.text.sources import hedges
from compare.text.utterances import folded, stems

_HEDGED = 0.5
# "so-called" as often introduces a term
_TERM = re.compile(r"so-called", re.IGNORECASE)


def lone_hedges(a: Statement, b: Statement) -> Iterator[Finding]:
    """A word of doubt in the outlet's own voice beside words that both outlets have."""
    for doubter, other in ((a, b), (b, a)):
        found = [h for h in _doubts(doubter) if _beside_shared(doubter, h, other)]
        if not found or _doubts(other) or not bare(other) or not _alike(a, b):
            continue
        word = doubter.voice.article.body[found[0].begin : found[0].end]
        summary = (
            f"{doubter.outlet} writes “{word}” where {other.outlet} has no word of doubt: {told(other)}."
        )
        yield finding("hedge", summary, [evidence(doubter, tuple(found)), evidence(other, ())])


def _alike(a: Statement, b: Statement) -> bool:
    return likeness(a, b) >= _HEDGED and beyond_names(a, b, set(a.words & b.words))


def _doubts(s: Statement) -> list[Span]:
    quoted = [q.content for q in s.voice.quotations if q.direct]
    body = s.voice.article.body
    doubts = [h for h in hedges(body, s.passage.span) if not _TERM.match(body, h.begin)]
    return [h for h in doubts if not any(overlap(h, q) for q in quoted)]


def _beside_shared(s: Statement, hedge: Span, other: Statement) -> bool:
    """Whether what is doubted, and two of three content words after the hedge, stand in the other passage."""
    following = folded(s.voice.article.body, Span(hedge.end, s.passage.span.end))
    telling = [stem for w, _ in following for stem in stems([w])][:3]
    return (
        telling[:1] != [] and telling[0] in other.words and sum(stem in other.words for stem in telling) >= 2
    )
