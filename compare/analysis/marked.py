"""Words that one outlet puts in quotation marks, though nobody is said to have spoken them, and that another
outlet writes without marks, or leaves out, in the same row: the distance is the outlet's own.

Not reported are what may be speech (a stretch inside or beside something attributed), what may be a name or
a title, and marks in headlines, where they stand for speech by custom. A name it is, too, where the other
outlet writes it with capitals; and a headline leaves out nothing, since it is short.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.model import Alignment, Evidence, Finding, Passage, Row, Span
from compare.text.citing import listed
from compare.text.marks import quoted
from compare.text.substitution import shared
from compare.text.utterances import Voice, folded, stems, telling, voices

LONGEST = 4  # words between the marks
LEAST_SHARED = 0.35  # of the shorter passage's words, as for loaded words
# A judgement: the labelled articles have too few. Of the 21 stretches that the rules keep in them, one reader
# found 17 to be the outlet's own marks, 3 a term or a label explained, 1 somebody's words.
CONFIDENCE, WEIGHT = 0.75, 0.55
_MARKS = re.compile(r"[“”\"«»„‘]|(?<!\w)['’](?=\w)")
# What goes before a name, a title, or a word that is mentioned and not used.
_NAMING = re.compile(
    r"\b(?:called|named|titled|entitled|known as|nicknamed|dubbed|codenamed|branded|termed|labell?ed"
    r"|described(?: \w+)? as"
    r"|words?|phrase|term|slogan|sign|banners?|placards?|reading|read|reads|marked|saying|song|film|book|novel|album"
    r"|play|series|show|programme|poem|painting|operation|means?|meaning)[\s,:]+(?:the |a |an |his |her )?$",
    re.IGNORECASE,
)
# A term that is explained is mentioned, and not used.
_EXPLAINED = re.compile(r"[\s,]+(?:which|when|that is|or|meaning|means|refers)\b")
_NOUN = re.compile(r"\s([a-z][\w-]{3,})")


@dataclass(frozen=True, slots=True)
class _Marked:
    """A stretch in quotation marks that nobody speaks: ``inner`` and ``outer`` are without and with them."""

    voice: Voice
    passage: Passage
    inner: Span
    outer: Span


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Findings of kind "wording", variety "in quotation marks", one a stretch and row."""
    voiced = {voice.article.id: voice for voice in voices(alignment)}
    marked = {p: m for voice in voiced.values() for m in stretches(voice) for p in [m.passage]}
    found: list[Finding] = []
    for row in alignment.rows:
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True):
            for passage in cell.passages:
                if passage in marked:
                    found += _compared(outlet, marked[passage], row, alignment)
    return tuple(sorted(found, key=lambda f: (f.summary, f.evidence[0].passage)))


def stretches(voice: Voice) -> Iterator[_Marked]:
    """The first such stretch of each passage of an article."""
    short = [q for q in quoted(voice.article.body) if not q.depth and not q.runs_on]
    for passage in voice.passages:
        inside = [q for q in short if passage.span.begin <= q.outer.begin and q.outer.end <= passage.span.end]
        own = [_Marked(voice, passage, q.inner, q.outer) for q in inside]
        yield from [one for one in own if _own_voice(one)][:1]


def _own_voice(one: _Marked) -> bool:
    """Whether the marks are the outlet's own, as far as the words around can tell."""
    body, passage = one.voice.article.body, one.passage
    words = body[one.inner.begin : one.inner.end].split()
    return (
        0 < len(words) <= LONGEST
        and passage.span.begin >= one.voice.article.headline.end
        and not _attributed(one)
        and words[0][0].islower()
        and all(word[0].islower() for word in words if telling([word.lower()]))
        and bool(telling([w for w, _ in folded(body, one.inner)]))
        and not _EXPLAINED.match(body, one.outer.end)
        and not _NAMING.search(body, max(passage.span.begin, one.outer.begin - 40), one.outer.begin)
    )


def _attributed(one: _Marked) -> bool:
    """Whether anything in the passage is given as somebody's words: by a cue, or by content reaching in."""
    span = one.passage.span
    return any(
        (q.cue and _touch(q.cue, span)) or (_touch(q.content, span) and q.content != one.outer)
        for q in one.voice.quotations
    )


def _compared(outlet: str, one: _Marked, row: Row, alignment: Alignment) -> Iterator[Finding]:
    """One finding for the outlets that write the same plainly, else one for those that leave it out."""
    heads = {article.id: article.headline.end for article in alignment.story.articles}
    others = [
        (name, passage)
        for name, cell in zip(alignment.outlets, row.cells, strict=True)
        if name != outlet
        for passage in cell.passages
        if shared(one.passage.text, passage.text) >= LEAST_SHARED and not _MARKS.search(passage.text)
    ]
    others.sort(key=lambda other: (-round(shared(one.passage.text, other[1].text), 9), other))
    plain = _first((name, p, mark) for name, p in others if (mark := _plainly(one, p)))
    below = [(name, p) for name, p in others if p.span.begin >= heads[p.article]]
    without = _first((name, p, mark) for name, p in below if (mark := _noun_alone(one, p)))
    said = one.voice.article.body[one.inner.begin : one.inner.end].rstrip(" ,")
    found = plain or without
    if found:
        names = [evidence.outlet for evidence in found]
        verb, rest = ("write", "without") if plain else ("leave", "out")
        does = f"{listed(names)} {verb}{'s' if len(names) == 1 else ''} it {rest}"
        yield _finding(f"{outlet} puts “{said}” in quotation marks; {does}.", outlet, one, found)


def _finding(summary: str, outlet: str, one: _Marked, others: Sequence[Evidence]) -> Finding:
    evidence = (Evidence(outlet, one.passage, marks=(one.outer,)), *others)
    return Finding("wording", "in quotation marks", summary, evidence, CONFIDENCE, WEIGHT)


def _first(found: Iterator[tuple[str, Passage, Span]]) -> tuple[Evidence, ...]:
    """The likest passage of each outlet."""
    kept: dict[str, Evidence] = {}
    for name, passage, mark in found:
        kept.setdefault(name, Evidence(name, passage, marks=(mark,)))
    return tuple(kept[name] for name in sorted(kept, key=lambda name: (name.casefold(), name)))


def _plainly(one: _Marked, passage: Passage) -> Span | None:
    """Where another passage has the very words, in their order."""
    words = [w for w, _ in folded(one.voice.article.body, one.inner)]
    there = folded(passage.text, Span(0, len(passage.text)))
    for n in range(len(there) - len(words) + 1):
        if [w for w, _ in there[n : n + len(words)]] == words:
            begin = passage.span.begin
            if passage.text[there[n][1].begin].isupper() and there[n][1].begin:
                return None
            return Span(begin + there[n][1].begin, begin + there[n + len(words) - 1][1].end)
    return None


def _noun_alone(one: _Marked, passage: Passage) -> Span | None:
    """Where another passage has the word that the marked ones stand before, and nothing of these."""
    body = one.voice.article.body
    noun = _NOUN.match(body, one.outer.end)
    if not noun or not telling([noun[1]]) or noun.end() > one.passage.span.end:
        return None
    there = folded(passage.text, Span(0, len(passage.text)))
    if stems([w for w, _ in there]) & stems([w for w, _ in folded(body, one.inner)]):
        return None
    begin = passage.span.begin
    places = [Span(begin + s.begin, begin + s.end) for w, s in there if w == noun[1].casefold()]
    return places[0] if len(places) == 1 else None


def _touch(a: Span, b: Span) -> bool:
    return a.begin < b.end and b.begin < a.end
