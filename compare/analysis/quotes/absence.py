"""Quotations that another outlet reports without quotation marks, or not at all."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product, takewhile

from compare.analysis.quotes.terms import UNKNOWN, evidence, finding, own_words, shown, speaker
from compare.model import Alignment, Evidence, Finding, Passage, Row, Span
from compare.text.citing import cited
from compare.text.loaded import kind_of
from compare.text.quotation import Quotation
from compare.text.utterances import (
    Utterance,
    Voice,
    Wording,
    blocks,
    left_open,
    same_speaker,
    stems,
    telling,
)

IN_A_ROW, VERBATIM = 5, 7
LEAST_REPORTED, LEAST_SURE = 5, 0.6  # words of a quotation that a row tells without marks, and its source
SHORT = 4
_MARK = re.compile(r"[“”\"«»‘]|(?:^|\s)'")


def paraphrased(
    alignment: Alignment, voiced: Sequence[Voice], said: Sequence[Utterance]
) -> Iterator[Finding]:
    """Words in quotation marks here that the same row has without them there."""
    by_article = {voice.article.id: voice for voice in voiced}
    reportable: dict[Passage, list[Utterance]] = defaultdict(list)
    for utterance in said:
        if _reportable(utterance):
            reportable[utterance.passage].append(utterance)
    for row in alignment.rows:
        cells = list(zip(alignment.outlets, row.cells, strict=True))
        for outlet, cell in cells:
            mine = [u for passage in sorted(cell.passages) for u in reportable.get(passage, ())]
            theirs = [(o, p) for o, c in cells if o != outlet for p in c.passages] if mine else []
            for utterance, (other, passage) in product(mine, theirs):
                yield from _reported(utterance, other, by_article[passage.article], passage, said)


def _reportable(utterance: Utterance) -> bool:
    """Whether a quotation says enough to be reported in other words, by a source that is sure enough."""
    return len(utterance.words) >= LEAST_REPORTED and utterance.quotation.certainty >= LEAST_SURE


def _reported(
    utterance: Utterance, outlet: str, voice: Voice, passage: Passage, said: Sequence[Utterance]
) -> Iterator[Finding]:
    here = [q for q in voice.quotations if _touch(q.content, passage.span)]
    open_mark = left_open(voice.article.body, passage.span.begin)
    marked = open_mark or any(q.direct for q in here) or _MARK.search(passage.text)
    if marked or _elsewhere(utterance, outlet, said):
        return
    part = voice.wording.within(passage.span)
    words, want = voice.wording.words[part], stems(own_words(utterance))
    marks = tuple(s for w, s in zip(words, voice.wording.spans(part), strict=True) if stems([w]) & want)
    shared = len(stems(words) & want)
    if not _enough(shared, len(want)) or not any(_alike(q, utterance.quotation) for q in here):
        return
    who = speaker(utterance, utterance)
    named = "quotes" if who == UNKNOWN else f"quotes {who}:"
    summary = (
        f"{utterance.voice.outlet} {named} {shown(utterance)}; "
        f"{outlet} reports it without quotation marks: {cited(passage.text)}."
    )
    proof = [evidence(utterance), Evidence(outlet, passage, "says", marks)]
    yield finding("paraphrased", summary, proof, utterance.quotation.certainty)


def unmarked(voiced: Sequence[Voice], said: Sequence[Utterance]) -> Iterator[Finding]:
    """Most of a short quotation word for word in another outlet's own voice, wherever it stands there."""
    short = [(u, _long_words(u)) for u in said if 3 <= len(u.words) <= 12]
    for voice in voiced:
        body = voice.article.body
        own = [p for p in voice.passages if not _MARK.search(p.text) and not left_open(body, p.span.begin)]
        lines = [(p, set(voice.wording.words[voice.wording.within(p.span)])) for p in own]
        for utterance, long in short:
            if utterance.voice.outlet == voice.outlet:
                continue
            runs = [
                (p, run)
                for p, there in lines
                if not long.isdisjoint(there) and (run := _verbatim(utterance, long, voice.wording, p))
            ]
            if len(runs) == 1 and not _elsewhere(utterance, voice.outlet, said):
                yield _unmarked(utterance, voice, *runs[0])


def _unmarked(utterance: Utterance, voice: Voice, passage: Passage, run: Span) -> Finding:
    summary = (
        f"{utterance.voice.outlet} puts {shown(utterance)} in quotation marks; "
        f"{voice.outlet} writes “{voice.article.body[run.begin : run.end]}” without them."
    )
    return finding(
        "paraphrased", summary, [evidence(utterance), Evidence(voice.outlet, passage, "says", (run,))]
    )


def _long_words(utterance: Utterance) -> set[str]:
    """The telling words of six letters or more that are no names."""
    return {word for word in own_words(utterance) if len(word) >= 6}


def _verbatim(utterance: Utterance, own: set[str], wording: Wording, passage: Passage) -> Span | None:
    """Where a passage has two thirds of a quotation in a row, one of its ``own`` long words in it."""
    part = wording.within(passage.span)
    x, y, whole = max(blocks(utterance.words, wording.words[part]), key=lambda b: b[2])
    n = whole
    while n and not telling(utterance.words[x + n - 1 : x + n]):
        n -= 1
    if n < 2 or n * 3 < len(utterance.words) * 2 or not own & set(utterance.words[x : x + n]):
        return None
    left_out = telling([*utterance.words[:x], *utterance.words[x + n :]])
    if any(not _by_the_way(w, len(utterance.words)) for w in left_out):
        return None
    run = wording.spans(part)[y : y + whole]
    return Span(run[0].begin, run[-1].end)


def _by_the_way(word: str, length: int) -> bool:
    """Whether a quotation of some length stays the same statement without a word of doubt or degree: of
    "grave head wounds" too little is left to be anybody's words.
    """
    return word.endswith("ly") or (length > SHORT and bool(kind_of(word) == "degree"))


def _elsewhere(utterance: Utterance, outlet: str, said: Sequence[Utterance]) -> bool:
    """Whether an outlet quotes half of an utterance's content words anywhere."""
    want = stems(own_words(utterance))
    return any(u.voice.outlet == outlet and len(stems(u.words) & want) >= 0.5 * len(want) for u in said)


def _touch(a: Span, b: Span) -> bool:
    return a.begin < b.end and b.begin < a.end


def _alike(a: Quotation, b: Quotation) -> bool:
    """Whether two sources are one: the same person, or descriptions that share a word."""
    same = same_speaker(a, b)
    return bool(stems(a.speaker.lower().split()) & stems(b.speaker.lower().split())) if same is None else same


def _enough(shared: int, wanted: int) -> bool:
    return shared >= 3 and shared >= 0.67 * wanted


@dataclass(frozen=True, slots=True)
class _Telling:
    """An article's words between spaces, and the stems of each of its passages."""

    voice: Voice
    text: str
    stems: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, voice: Voice) -> "_Telling":
        words = voice.wording.words
        parts = (words[voice.wording.within(passage.span)] for passage in voice.passages)
        return cls(voice, f" {' '.join(words)} ", tuple(frozenset(stems(part)) for part in parts))


def lonely(alignment: Alignment, voiced: Sequence[Voice], said: Sequence[Utterance]) -> Iterator[Finding]:
    """Quotations of five words or more of which no other outlet has the words, quoted or not."""
    outlets = sorted(alignment.outlets)
    telling_all = [_Telling.of(voice) for voice in voiced]
    rows = {p: row for row in reversed(alignment.rows) for cell in row.cells for p in cell.passages}
    for utterance in said:
        if (
            len(utterance.words) < 5
            or len(telling(utterance.words)) < 3
            or utterance.quotation.certainty < 0.8
        ):
            continue
        others = [o for o in outlets if o != utterance.voice.outlet]
        row = rows.get(utterance.passage)
        found = (_nearest((alignment, row), telling_all, utterance, other) for other in others)
        near = [one for one in takewhile(bool, found) if one]
        if not near or len(near) < len(others):
            continue
        who = speaker(utterance, utterance)
        named = f"quotes {who} as saying" if who != UNKNOWN else "has the quotation"
        summary = f"Only {utterance.voice.outlet} {named} {shown(utterance)}."
        proof = [evidence(utterance), *near]
        yield finding("only in one", summary, proof, utterance.quotation.certainty)


def _in_a_row(said: Sequence[str], text: str) -> bool:
    """Whether a text has ``IN_A_ROW`` words of an utterance, with two telling ones, in the same order, or
    ``VERBATIM`` of any kind.
    """
    runs = (said[n : n + IN_A_ROW] for n in range(max(1, len(said) - IN_A_ROW + 1)))
    if any(len(telling(run)) >= 2 and f" {' '.join(run)} " in text for run in runs):
        return True
    return any(f" {' '.join(said[n : n + VERBATIM])} " in text for n in range(len(said) - VERBATIM + 1))


def _nearest(
    table: tuple[Alignment, Row | None], voiced: Sequence[_Telling], utterance: Utterance, outlet: str
) -> Evidence | None:
    """The nearest passage of an outlet that lacks a quotation; None where it may have it. ``table`` is given
    with the row in which the quotation stands.
    """
    alignment, row = table
    theirs = [t for t in voiced if t.voice.outlet == outlet]
    want = stems(utterance.words)
    ranked: list[tuple[int, int, Passage]] = []
    for their in theirs:
        if their.voice.article.cut or len(their.voice.passages) < 4 or _in_a_row(utterance.words, their.text):
            return None
        parts = zip(their.voice.passages, their.stems, strict=True)
        ranked += [(len(want & have), -n, passage) for n, (passage, have) in enumerate(parts)]
    shared, _, passage = max(ranked, key=lambda r: (r[0], r[1], r[2].text))
    if shared > 0.34 * len(want):
        return None
    cell = row.cells[alignment.outlets.index(outlet)] if row else None
    best = (cell.nearest or (cell.passages[0] if cell.passages else None)) if cell else None
    return Evidence(outlet, best or passage, "nearest")
