"""Quotations: what is said, the word that says so, and who says it.

``quotations`` joins three readings of a text: its quotation marks (``marks``), the chain model's view
of what is cue, source and content (``speech``), and the ranking of sources (``speakers``).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.model import Span
from compare.text import mouths, speakers, speech
from compare.text.marks import Quoted, quoted
from compare.text.tokens import extent

# those of cues and contents by three-fold cross-validation on the 140 documents that fit_quotes calls seen;
# the others by reading what they let through
CUE_PEAK, CUE_EDGE, CONTENT, CONTENT_EDGE, CUED = 0.32, 0.12, 0.6, 0.45, 0.2
QUOTED, SURE, BESIDE = 0.35, 0.8, 0.15
# a few words in quotation marks are scare quotes or titles more often than longer stretches are
BRIEF, QUOTED_BRIEF = 4, 0.45
_REACH = 12


@dataclass(frozen=True, slots=True)
class Quotation:
    """One attribution: ``content`` with its quotation marks where it is ``direct``.

    ``cue`` and ``source`` are where the text itself has them; ``speaker`` is the source as the text
    names it at its fullest and ``person`` true, or the source's own words, or "" where there is none.
    ``words`` is the span without the marks. ``certainty`` in [0, 1] is the model's for the source.
    """

    content: Span
    words: Span
    cue: Span | None
    source: Span | None
    direct: bool
    speaker: str
    person: bool
    certainty: float


def quotations(text: str) -> list[Quotation]:
    """Direct, split, partial and indirect speech and thought in order of appearance."""
    return read(text)[0]


def cues(text: str) -> list[Span]:
    """Every cue, also those whose content lies outside the sentence or is not found."""
    return read(text)[1]


def scare_quotes(text: str) -> list[Span]:
    """Stretches of at most four words in quotation marks that nobody is said to have spoken: the
    outlet's own distance, a title or a nickname. The marks are part of the span.
    """
    quotes = quoted(text)
    found = speech.marginals(text, quotes)
    if not len(found.tokens):
        return []
    spoken = _direct(speakers.reading(found, quotes), quotes)
    short = [q for q in quotes if not q.depth and len(text[q.inner.begin : q.inner.end].split()) <= 4]
    return [q.outer for q in short if q not in spoken]


def read(text: str) -> tuple[list[Quotation], list[Span]]:
    """``quotations`` and ``cues`` of a text in one reading."""
    return read_all([text])[0]


def read_all(texts: Sequence[str]) -> list[tuple[list[Quotation], list[Span]]]:
    """``read`` of several texts at once: the same, for less time."""
    quotes = [quoted(text) for text in texts]
    found = speech.all_marginals(texts, quotes)
    return [_read(*one) for one in zip(texts, quotes, found, strict=True)]


def _read(text: str, quotes: list[Quoted], found: speech.Marginals) -> tuple[list[Quotation], list[Span]]:
    if not len(found.tokens):
        return [], []
    view = speakers.reading(found, quotes)
    cue_spans = _runs(view, view.cue, CUE_PEAK, CUE_EDGE)
    direct = _direct(view, quotes)
    contents = [(q.outer, q.inner, True) for q in direct]
    contents += [(run, run, False) for run in _indirect(view, direct)]
    contents.sort(key=lambda c: (c[0], not c[2]))
    out = [_quotation(view, cue_spans, *content) for content in contents]
    names = mouths.speakers(text, [q.source for q in out])
    named = [
        replace(q, speaker=who, person=is_person) for q, (who, is_person) in zip(out, names, strict=True)
    ]
    return named, cue_spans


def _direct(view: speakers.Reading, quotes: list[Quoted]) -> list[Quoted]:
    """Quotations rather than scare quotes; a doubtful one counts beside a sure one in its sentence."""
    outer = [q for q in quotes if not q.depth]
    parts = [extent(view.begins, q.inner) for q in outer]
    chances = [sum(view.content[first:end]) / max(end - first, 1) for first, end in parts]
    places = [view.sentence[bisect_left(view.begins, q.outer.begin)] for q in outer]
    sure = {place for place, chance in zip(places, chances, strict=True) if chance >= SURE}
    limits = [
        BESIDE if place in sure else QUOTED_BRIEF if end - first <= BRIEF else QUOTED
        for place, (first, end) in zip(places, parts, strict=True)
    ]
    return [q for q, chance, limit in zip(outer, chances, limits, strict=True) if chance >= limit]


def _runs(view: speakers.Reading, chance: list[float], peak: float, edge: float) -> list[Span]:
    """Runs of tokens above ``edge`` that reach ``peak``; one less likely token between is bridged."""
    runs = speakers.likely(chance, edge, view.opens, gap=1)
    return [view.stream.span(a, b) for a, b in runs if max(chance[a : b + 1]) >= peak]


def _indirect(view: speakers.Reading, direct: list[Quoted]) -> list[Span]:
    """Runs of content of which some word stands outside the direct quotations."""
    quoted_token = [False] * len(view.begins)
    for quote in direct:
        first, end = extent(view.begins, quote.outer)
        quoted_token[first:end] = [True] * (end - first)
    out = []
    for run in _runs(view, view.content, CONTENT, CONTENT_EDGE):
        first, end = extent(view.begins, run)
        outside = any(view.words[i][0].isalnum() and not quoted_token[i] for i in range(first, end))
        if outside and _said(view, first, end):
            out.append(run)
    return out


def _said(view: speakers.Reading, first: int, end: int) -> bool:
    """Whether a word in the sentences of a content may be its cue, or the content is sure without one."""
    begin, close = view.sentence[first], view.sentence[end - 1]
    part = slice(bisect_left(view.sentence, begin), bisect_right(view.sentence, close))
    return max(view.cue[part]) >= CUED or sum(view.content[first:end]) >= SURE * (end - first)


def _quotation(
    view: speakers.Reading, cue_spans: list[Span], content: Span, inner: Span, direct: bool
) -> Quotation:
    found = speakers.source(view, content)
    source = speakers.trimmed(view, found[0]) if found else None
    cue = _cue(view, cue_spans, content, source or content)
    return Quotation(content, inner, cue, source, direct, "", False, found[1] if found else 0.0)


def _cue(view: speakers.Reading, cue_spans: list[Span], content: Span, source: Span) -> Span | None:
    """The cue in the source's sentence that stands nearest to the source and the content."""
    where = view.sentence[speakers.ends(view, source)[0]]
    begins = [s.begin for s in cue_spans]
    low, high = min(content.begin, source.begin) - 200, max(content.end, source.end) + 200
    ranked = []
    for cue in cue_spans[bisect_left(begins, low) : bisect_left(begins, high)]:
        first, last = speakers.ends(view, cue)
        if view.sentence[first] != where or _within(cue, content):
            continue
        distance = _gap(view, (first, last), source) + _gap(view, (first, last), content) / 2
        ranked.append((distance, cue))
    best = min(ranked, default=None)
    return best[1] if best and best[0] <= _REACH else None


def _within(inner: Span, outer: Span) -> bool:
    return outer.begin <= inner.begin and inner.end <= outer.end


def _gap(view: speakers.Reading, cue: tuple[int, int], other: Span) -> int:
    first, last = speakers.ends(view, other)
    return max(first - cue[1], cue[0] - last, 1) - 1
