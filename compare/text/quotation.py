"""Quotations: what is said, the word that says so, and who says it.

``quotations`` joins three readings of a text: its quotation marks (``marks``), the chain model's view
of what is cue, source and content (``speech``), and the ranking of sources (``speakers``).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.model import Span
from compare.text import mouths, speakers, speech
from compare.text.marks import Quoted, quoted

# CUE_PEAK and CONTENT by three-fold cross-validation on the 140 documents that fit_quotes calls seen;
# the others by reading what they let through
CUE_PEAK, CUE_EDGE, CONTENT, CONTENT_EDGE = 0.32, 0.12, 0.5, 0.35
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
    return _read(text)[0]


def cues(text: str) -> list[Span]:
    """Every cue, also those whose content lies outside the sentence or is not found."""
    return _read(text)[1]


def scare_quotes(text: str) -> list[Span]:
    """Stretches of at most four words in quotation marks that nobody is said to have spoken: the
    outlet's own distance, a title or a nickname. The marks are part of the span.
    """
    quotes = quoted(text)
    found = speech.marginals(text, quotes)
    if not found.tokens:
        return []
    spoken = _direct(speakers.reading(found, quotes), quotes)
    short = [q for q in quotes if not q.depth and len(text[q.inner.begin : q.inner.end].split()) <= 4]
    return [q.outer for q in short if q not in spoken]


def read(text: str) -> tuple[list[Quotation], list[Span]]:
    """``quotations`` and ``cues`` of a text in one reading."""
    return _read(text)


def _read(text: str) -> tuple[list[Quotation], list[Span]]:
    quotes = quoted(text)
    found = speech.marginals(text, quotes)
    if not found.tokens:
        return [], []
    view = speakers.reading(found, quotes)
    cue_spans = _runs(found, 2, CUE_PEAK, CUE_EDGE, gap=True)
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
    chances = [_chance(view.marginals, view.begins, q) for q in outer]
    places = [view.sentence[bisect_left(view.begins, q.outer.begin)] for q in outer]
    sure = {place for place, chance in zip(places, chances, strict=True) if chance >= SURE}
    counts = [bisect_left(view.begins, q.inner.end) - bisect_left(view.begins, q.inner.begin) for q in outer]
    limits = [
        BESIDE if place in sure else QUOTED_BRIEF if count <= BRIEF else QUOTED
        for place, count in zip(places, counts, strict=True)
    ]
    return [q for q, chance, limit in zip(outer, chances, limits, strict=True) if chance >= limit]


def _chance(found: speech.Marginals, begins: Sequence[int], quote: Quoted) -> float:
    first, last = bisect_left(begins, quote.inner.begin), bisect_left(begins, quote.inner.end)
    part = found.probability[first:last, 3]
    return float(part.mean()) if len(part) else 0.0


def _runs(found: speech.Marginals, label: int, peak: float, edge: float, *, gap: bool) -> list[Span]:
    """Runs of tokens of one label above ``edge`` that reach ``peak``; ``gap`` bridges one token."""
    chance = found.probability[:, label].tolist()
    stream = found.tokens
    out = []
    i = 0
    while i < len(stream):
        if chance[i] < edge:
            i += 1
            continue
        j = i
        while True:
            step = _step(stream, chance, j, edge, gap=gap)
            if not step:
                break
            j += step
        if max(chance[i : j + 1]) >= peak:
            out.append(Span(stream[i].span.begin, stream[j].span.end))
        i = j + 1
    return out


def _step(stream: tuple[speech.Token, ...], chance: list[float], at: int, edge: float, *, gap: bool) -> int:
    for step in (1, 2) if gap else (1,):
        if at + step >= len(stream) or any(t.opens for t in stream[at + 1 : at + step + 1]):
            return 0
        if chance[at + step] >= edge:
            return step
    return 0


def _indirect(view: speakers.Reading, direct: list[Quoted]) -> list[Span]:
    """Runs of content of which some word stands outside the direct quotations."""
    quoted_token = [False] * len(view.begins)
    for quote in direct:
        first, last = bisect_left(view.begins, quote.outer.begin), bisect_left(view.begins, quote.outer.end)
        quoted_token[first:last] = [True] * (last - first)
    out = []
    for run in _runs(view.marginals, 3, CONTENT, CONTENT_EDGE, gap=True):
        part = range(bisect_left(view.begins, run.begin), bisect_left(view.begins, run.end))
        if any(view.marginals.tokens[i].text[0].isalnum() and not quoted_token[i] for i in part):
            out.append(run)
    return out


def _quotation(
    view: speakers.Reading, cue_spans: list[Span], content: Span, inner: Span, direct: bool
) -> Quotation:
    found = speakers.source(view, content)
    source = speakers.trimmed(view, found[0]) if found else None
    cue = _cue(view, cue_spans, content, source or content)
    return Quotation(content, inner, cue, source, direct, "", False, found[1] if found else 0.0)


def _cue(view: speakers.Reading, cue_spans: list[Span], content: Span, source: Span) -> Span | None:
    """The cue in the source's sentence that stands nearest to the source and the content."""
    where = view.sentence[speakers.extent(view, source)[0]]
    begins = [s.begin for s in cue_spans]
    low, high = min(content.begin, source.begin) - 200, max(content.end, source.end) + 200
    ranked = []
    for cue in cue_spans[bisect_left(begins, low) : bisect_left(begins, high)]:
        first, last = speakers.extent(view, cue)
        if view.sentence[first] != where or _within(cue, content):
            continue
        distance = _gap(view, (first, last), source) + _gap(view, (first, last), content) / 2
        ranked.append((distance, cue))
    best = min(ranked, default=None)
    return best[1] if best and best[0] <= _REACH else None


def _within(inner: Span, outer: Span) -> bool:
    return outer.begin <= inner.begin and inner.end <= outer.end


def _gap(view: speakers.Reading, cue: tuple[int, int], other: Span) -> int:
    first, last = speakers.extent(view, other)
    return max(first - cue[1], cue[0] - last, 1) - 1
