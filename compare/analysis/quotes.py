"""The same utterance in several outlets: cut, altered, spliced, paraphrased, in another mouth.

Quotations meet by the words inside the quotation marks, wherever they stand, and by the rows of the
table. Nothing here depends on the order of outlets or articles.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from compare.model import Alignment, Evidence, Finding, Passage, Row, Span
from compare.text.utterances import (
    Utterance,
    Voice,
    blocks,
    folded,
    passage_at,
    same_speaker,
    stems,
    telling,
    utterances,
    voices,
)

CONFIDENCE = {
    "cut": 0.9, "altered": 0.9, "spliced": 0.9, "paraphrased": 0.9, "other speaker": 0.9, "only in one": 0.9
}  # fmt: skip
WEIGHT = {
    "cut": 0.6, "altered": 0.8, "spliced": 0.8, "paraphrased": 0.5, "other speaker": 0.8, "only in one": 0.4
}  # fmt: skip
LONGEST = 160
_ELLIPSIS = ("…", "...", ". . .", "[")


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Findings of kind "quote", the weightiest first; varieties are the keys of ``CONFIDENCE``."""
    voiced = voices(alignment)
    said = [u for voice in voiced for u in utterances(voice)]
    found = [*_met(said, voiced), *_paraphrased(alignment, said), *_only(alignment, voiced, said)]
    unique = {(f.variety, f.summary): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (-f.weight, f.variety, f.summary)))


def _finding(variety: str, summary: str, proof: Sequence[Evidence], certainty: float = 1.0) -> Finding:
    confidence = round(CONFIDENCE[variety] * min(1.0, certainty), 4)
    return Finding("quote", variety, summary, tuple(proof), confidence, WEIGHT[variety])


def _met(said: list[Utterance], voiced: Sequence[Voice]) -> Iterator[Finding]:
    """Findings from two quotations that share words."""
    plain = _plain_text(voiced)
    best: dict[tuple[int, str], tuple[int, Finding]] = {}
    for i, j in _candidates(said):
        a, b = said[i], said[j]
        if same_speaker(a.quotation, b.quotation) is False:
            yield from _other_speaker(a, b, plain)
        elif a.voice.outlet != b.voice.outlet:
            long, short = (a, b) if len(a.words) >= len(b.words) else (b, a)
            finding = _compared(long, short, said)
            if finding:
                key = (said.index(short), long.voice.outlet)
                kept = best.get(key)
                if not kept or len(long.words) > kept[0]:
                    best[key] = (len(long.words), finding)
    yield from (finding for _, finding in best.values())


def _candidates(said: Sequence[Utterance]) -> list[tuple[int, int]]:
    """Pairs of quotations that share a content word."""
    having: dict[str, list[int]] = defaultdict(list)
    for n, utterance in enumerate(said):
        for word in sorted(set(telling(utterance.words))):
            having[word].append(n)
    return sorted({pair for listed in having.values() for pair in combinations(listed, 2)})


def _compared(long: Utterance, short: Utterance, said: Sequence[Utterance]) -> Finding | None:
    found = blocks(long.words, short.words)
    matched = sum(n for _, _, n in found)
    if long.words == short.words:
        return None
    if matched == len(short.words):
        return _shortened(long, short, found, said)
    interior = any(
        min(m, n) >= 2 or (m + n >= 4 and matched >= 6) for (_, _, m), (_, _, n) in zip(found, found[1:], strict=False)
    )
    if matched >= 4 and matched >= 0.6 * len(short.words) and len(short.words) >= 5 and interior:
        return _altered(long, short, found)
    return _fragment(long, short, said)


def _shortened(
    long: Utterance, short: Utterance, found: list[tuple[int, int, int]], said: Sequence[Utterance]
) -> Finding | None:
    gaps = [x2 - (x + n) for (x, _, n), (x2, _, _) in zip(found, found[1:], strict=False)]
    if not gaps:
        return _cut(long, short, range(found[0][0], found[0][0] + found[0][2]), said)
    text = short.voice.article.body[short.quotation.words.begin : short.quotation.words.end]
    if any(mark in text for mark in _ELLIPSIS):
        return _cut(long, short, [x + k for x, _, n in found for k in range(n)], said)
    if max(gaps) >= 3 and all(n >= 3 for _, _, n in found):
        return _spliced(long, short, found)
    if len(short.words) >= 5 and max(gaps) <= 3:
        return _altered(long, short, found)
    return _fragment(long, short, said)


def _cut(long: Utterance, short: Utterance, kept: Sequence[int], said: Sequence[Utterance]) -> Finding | None:
    """Part of an utterance, unless the outlet that cuts it quotes most of the rest elsewhere."""
    own = telling(short.words)
    sure = same_speaker(long.quotation, short.quotation)
    specific = len(own) >= 3 or (bool(sure) and bool(own) and max(map(len, own)) >= 5)
    if len(long.words) - len(short.words) < 4 or not specific:
        return None
    others = [u for u in said if u.voice.outlet == short.voice.outlet]
    elsewhere = {x + k for u in others for x, _, n in blocks(long.words, u.words) if n >= 3 for k in range(n)}
    left_out = set(range(len(long.words))) - set(kept)
    if len(left_out & elsewhere) > 0.5 * len(left_out):
        return None
    name = _speaker(long, short)
    summary = (
        f"{long.voice.outlet} quotes {name} as saying {_words(long)}; "
        f"{short.voice.outlet} gives only {_words(short)}."
    )
    return _finding("cut", summary, [_evidence(long), _evidence(short)], _sure(long, short))


def _fragment(long: Utterance, short: Utterance, said: Sequence[Utterance]) -> Finding | None:
    """A few words drawn together out of a longer utterance of the same speaker, in the same context."""
    if not same_speaker(long.quotation, short.quotation) or not 2 <= len(short.words) <= 4:
        return None
    window = _window(long.words, short.words)
    around = set(telling([w for w, _ in folded(short.passage.text, Span(0, len(short.passage.text)))]))
    around -= {*short.words, *(w.casefold() for w in short.quotation.speaker.split())}
    if not window or not around & set(telling(long.words)):
        return None
    return _cut(long, short, window, said)


def _window(long: Sequence[str], short: Sequence[str]) -> list[int]:
    """Places of the short sequence's words, in order, where they stand closest; at most three apart."""
    for start in range(len(long) - 1, -1, -1):
        if long[start] != short[0]:
            continue
        places = [start]
        for word in short[1:]:
            following = [i for i in range(places[-1] + 1, min(places[-1] + 4, len(long))) if long[i] == word]
            if not following:
                break
            places.append(following[0])
        if len(places) == len(short):
            return places
    return []


def _altered(a: Utterance, b: Utterance, found: list[tuple[int, int, int]]) -> Finding | None:
    """Different words between the same words; a difference only at the ends is no alteration."""
    left: list[Span] = []
    right: list[Span] = []
    for (x, y, n), (x2, y2, _) in zip(found, found[1:], strict=False):
        left += a.spans[x + n : x2]
        right += b.spans[y + n : y2]
    body = b.voice.article.body[b.quotation.words.begin : b.quotation.words.end]
    other = a.voice.article.body[a.quotation.words.begin : a.quotation.words.end]
    marked = any(mark in text for mark in _ELLIPSIS for text in (body, other))
    if marked or max(len(left), len(right)) > 6 or _same_letters(a, left, b, right):
        return None
    first, second = sorted((a, b), key=lambda u: (u.voice.outlet, _words(u)))
    summary = (
        f"{first.voice.outlet} quotes {_speaker(a, b)} as saying {_words(first)}; "
        f"{second.voice.outlet} has {_words(second)}."
    )
    proof = {id(a): _evidence(a, left), id(b): _evidence(b, right)}
    return _finding("altered", summary, [proof[id(first)], proof[id(second)]], _sure(a, b))


def _same_letters(a: Utterance, left: list[Span], b: Utterance, right: list[Span]) -> bool:
    def joined(utterance: Utterance, spans: list[Span]) -> str:
        text = "".join(utterance.voice.article.body[s.begin : s.end] for s in spans)
        return "".join(c for c in text.casefold() if c.isalnum())

    return joined(a, left) == joined(b, right)


def _spliced(long: Utterance, short: Utterance, found: list[tuple[int, int, int]]) -> Finding:
    left_out = [
        span for (x, _, n), (x2, _, _) in zip(found, found[1:], strict=False) for span in long.spans[x + n : x2]
    ]
    summary = (
        f"{short.voice.outlet} gives {_words(short)} as one quotation of {_speaker(long, short)}; "
        f"in {long.voice.outlet} other words stand between: {_words(long)}."
    )
    return _finding("spliced", summary, [_evidence(long, left_out), _evidence(short)], _sure(long, short))


def _other_speaker(a: Utterance, b: Utterance, plain: str) -> Iterator[Finding]:
    """The same telling words from two named persons, unless the articles use them freely themselves."""
    if min(a.quotation.certainty, b.quotation.certainty) < 0.85:
        return
    x, y, n = max(blocks(a.words, b.words), key=lambda m: m[2])
    while n and not telling(a.words[x : x + 1]):
        x, y, n = x + 1, y + 1, n - 1
    while n and not telling(a.words[x + n - 1 : x + n]):
        n -= 1
    run = a.words[x : x + n]
    own = telling(run)
    if not (len(own) >= 2 and (len(own) >= 3 or min(map(len, own)) >= 6)) or f" {' '.join(run)} " in plain:
        return
    first, second = sorted(
        ((a, a.spans[x : x + n]), (b, b.spans[y : y + n])),
        key=lambda p: (p[0].voice.outlet, p[0].quotation.speaker, p[0].passage.text),
    )
    shared = first[0].voice.article.body[first[1][0].begin : first[1][-1].end]
    one, two = first[0], second[0]
    if one.voice.outlet == two.voice.outlet:
        where = f"{one.voice.outlet} puts “{shared}” into two mouths: {one.quotation.speaker}'s and {two.quotation.speaker}'s."
    else:
        where = (
            f"“{shared}” are words of {one.quotation.speaker} in {one.voice.outlet}, "
            f"and of {two.quotation.speaker} in {two.voice.outlet}."
        )
    yield _finding("other speaker", where, [_evidence(u, spans) for u, spans in (first, second)], _sure(one, two))


def _plain_text(voiced: Sequence[Voice]) -> str:
    """All that the articles say outside quotation marks, folded."""
    out = []
    for voice in voiced:
        quoted = [q.content for q in voice.quotations if q.direct]
        pairs = folded(voice.article.body, Span(0, len(voice.article.body)))
        out += [w for w, s in pairs if not any(q.begin <= s.begin < q.end for q in quoted)]
        out.append("|")
    return f" {' '.join(out)} "


def _paraphrased(alignment: Alignment, said: Sequence[Utterance]) -> Iterator[Finding]:
    for row in alignment.rows:
        for n, cell in enumerate(row.cells):
            mine = [u for u in said if u.passage in cell.passages]
            for utterance in mine:
                yield from _paraphrases(alignment, row, n, utterance, said)


def _paraphrases(
    alignment: Alignment, row: Row, own: int, utterance: Utterance, said: Sequence[Utterance]
) -> Iterator[Finding]:
    want = stems(utterance.words)
    if len(utterance.words) < 3:
        return
    for n, cell in enumerate(row.cells):
        if n == own or not cell.passages or any(u.passage in cell.passages for u in said):
            continue
        elsewhere = [u for u in said if u.voice.outlet == alignment.outlets[n] and len(stems(u.words) & want) >= 0.5 * len(want)]
        for passage in cell.passages:
            pairs = folded(passage.text, Span(0, len(passage.text)))
            marks = tuple(
                Span(passage.span.begin + s.begin, passage.span.begin + s.end) for w, s in pairs if stems([w]) & want
            )
            shared = len(stems([w for w, _ in pairs]) & want)
            if elsewhere or "“" in passage.text or '"' in passage.text or not _enough(shared, len(want)):
                continue
            summary = (
                f"{utterance.voice.outlet} quotes {_speaker(utterance, utterance)}: {_words(utterance)}; "
                f"{alignment.outlets[n]} reports it without quotation marks: “{_short(passage.text)}”"
            )
            proof = [_evidence(utterance), Evidence(alignment.outlets[n], passage, "says", marks)]
            yield _finding("paraphrased", summary, proof, utterance.quotation.certainty)


def _enough(shared: int, wanted: int) -> bool:
    return shared >= 1 and shared >= 0.5 * wanted and (shared >= 2 or wanted <= 2)


def _only(alignment: Alignment, voiced: Sequence[Voice], said: Sequence[Utterance]) -> Iterator[Finding]:
    """Quotations of five words or more of which no other outlet has the words, quoted or not."""
    outlets = [o for o in sorted(alignment.outlets)]
    for utterance in said:
        if len(utterance.words) < 5 or len(telling(utterance.words)) < 3 or utterance.quotation.certainty < 0.8:
            continue
        others = [o for o in outlets if o != utterance.voice.outlet]
        near = [_nearest(alignment, voiced, utterance, other) for other in others]
        if not near or any(n is None for n in near):
            continue
        summary = f"Only {utterance.voice.outlet} quotes {_speaker(utterance, utterance)} as saying {_words(utterance)}."
        proof = [_evidence(utterance), *(n for n in near if n)]
        yield _finding("only in one", summary, proof, utterance.quotation.certainty)


def _nearest(
    alignment: Alignment, voiced: Sequence[Voice], utterance: Utterance, outlet: str
) -> Evidence | None:
    """The nearest passage of an outlet that lacks a quotation; None where it may have it."""
    theirs = [v for v in voiced if v.outlet == outlet]
    want = stems(utterance.words)
    ranked: list[tuple[int, int, Passage]] = []
    for voice in theirs:
        if voice.article.cut or len(voice.passages) < 4:
            return None
        for n, passage in enumerate(voice.passages):
            have = stems([w for w, _ in folded(passage.text, Span(0, len(passage.text)))])
            ranked.append((len(want & have), -n, passage))
    shared, _, passage = max(ranked, key=lambda r: (r[0], r[1], r[2].text))
    if shared > 0.34 * len(want):
        return None
    column = alignment.outlets.index(outlet)
    cell = next((r.cells[column] for r in alignment.rows if any(utterance.passage in c.passages for c in r.cells)), None)
    best = (cell.nearest or (cell.passages[0] if cell.passages else None)) if cell else None
    return Evidence(outlet, best or passage, "nearest")


def _evidence(utterance: Utterance, spans: Sequence[Span] = ()) -> Evidence:
    """The passage of a quotation, with the given words marked, or else all its words there."""
    first = spans[0].begin if spans else utterance.quotation.words.begin
    passage = passage_at(utterance.voice.passages, first) or utterance.passage
    marked = _joined(spans) if spans else [utterance.quotation.words]
    clipped = [
        Span(max(m.begin, passage.span.begin), min(m.end, passage.span.end))
        for m in marked
        if m.begin < passage.span.end and m.end > passage.span.begin
    ]
    return Evidence(utterance.voice.outlet, passage, "says", tuple(clipped))


def _joined(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        if out and span.begin - out[-1].end <= 1:
            out[-1] = Span(out[-1].begin, max(span.end, out[-1].end))
        else:
            out.append(span)
    return out


def _speaker(a: Utterance, b: Utterance) -> str:
    """How to name the speaker: a person's name from either text, else the source's own words."""
    named = sorted({u.quotation.speaker for u in (a, b) if u.quotation.person}, key=lambda n: (-len(n), n))
    plain = sorted({u.quotation.speaker for u in (a, b) if u.quotation.speaker}, key=lambda n: (len(n), n))
    return (named or plain or ["somebody"])[0]


def _words(utterance: Utterance) -> str:
    span = utterance.quotation.words
    return f"“{_short(utterance.voice.article.body[span.begin : span.end]).rstrip('.')}”"


def _short(text: str) -> str:
    flat = " ".join(text.split()).strip(" ,")
    return flat if len(flat) <= LONGEST else flat[: flat.rfind(" ", 0, LONGEST)].rstrip(" ,;:") + "…"


def _sure(a: Utterance, b: Utterance) -> float:
    return min(1.0, 0.5 + 0.5 * min(a.quotation.certainty, b.quotation.certainty))
