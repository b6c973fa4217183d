"""Who is given as source of the same fact, how the verb stands to it, and what hedges it.

Read off the rows of the table, two outlets at a time. A difference is only stated where both outlets'
passages share most of their content words, so that it is the same statement that is compared.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from compare.model import Alignment, Evidence, Finding, Passage, Row, Span
from compare.text import agents, cues
from compare.text.mouths import surname
from compare.text.quotation import Quotation
from compare.text.sources import hedges, source_kind
from compare.text.utterances import Voice, folded, left_open, stems, voices

# The reading that docs/reliability.md describes: source 19 of 21, hedge 6 of 6, stance 6 of 6, agent 6 of 6,
# but only 10 of 14 before the last rules; set lower for that
CONFIDENCE = {"source": 0.85, "stance": 0.85, "hedge": 0.9, "agent": 0.8}
WEIGHT = {"source": 0.6, "stance": 0.7, "hedge": 0.6, "agent": 0.7}
SHARED, HEDGED = 0.35, 0.5
_STANCES = frozenset(["claimed", "insisted", "admitted", "denied", "warned"])
_SPEECH = frozenset(["neutral", "written", "announced", "explained", *_STANCES])
# "is expected to" has no speaker
_FORECASTS = frozenset(["expect", "estimate", "anticipate", "project", "foresee", "calculate", "reckon"])
_SOURCED = re.compile(
    r"\b(?:according to|as per|per|by (?:\w+ ){0,3}(?:police|officials?|authorities|sources))\b", re.I
)
# "was charged with", "called on", "quoted the governor": no statement of the source's own
_PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are|am|get|got|gets)\b", re.I)
_NO_STATEMENT = frozenset(
    [
        *[
            "call",
            "deem",
            "deliver",
            "quote",
            "cite",
            "charge",
            "reason",
            "answer",
            "address",
            "speak",
            "talk",
        ],
        *["introduce", "issue", "sketch", "describe", "list", "read", "post", "point", "outline", "lay"],
        *["spell", "hammer", "pound", "stand", "accept", "grant", "signal", "release", "characterize"],
        *["characterise", "portray", "depict", "paint", "frame", "brand", "dub", "label", "term", "refer"],
    ]
)
_LONGEST_CUE = 4
# "rejected an offer", "discounted those rumours" do something with what others said
_DENYING = frozenset(["deny", "dispute", "disagree"])
_LEADING = re.compile(r"^(?:which|who|that)\s+", re.I)
_MARK = re.compile(r"[“”\"«»‘]|``|''|(?:^|\s)'")
_KINDS = {
    "named": "a named person",
    "office": "an office",
    "anonymous": "unnamed sources",
    "agency": "a news agency or outlet",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One outlet's passage in a row and the attribution that covers most of it, if any."""

    outlet: str
    voice: Voice
    passage: Passage
    quotation: Quotation | None
    words: frozenset[str]


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Findings of kind "attribution", by weight. The varieties are the keys of ``CONFIDENCE``."""
    by_article = {voice.article.id: voice for voice in voices(alignment)}
    found = []
    for row in alignment.rows:
        for a, b in _comparable(row, alignment, by_article):
            found += [*_sources(a, b), *_stances(a, b), *_hedged(a, b), *_agents(a, b)]
    unique = {(f.variety, f.summary): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (-f.weight, -f.confidence, f.variety, f.summary)))


def _comparable(
    row: Row, alignment: Alignment, by_article: dict[str, Voice]
) -> Iterator[tuple[Statement, Statement]]:
    """Passages of two outlets in one row that share enough content words, each with its best partner."""
    columns = [
        [
            _statement(outlet, by_article[p.article], p)
            for p in cell.passages
            if p.span.begin >= by_article[p.article].article.headline.end
        ]
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
    ]
    for left, right in combinations([c for c in columns if c], 2):
        ranked = [(_likeness(a, b), a.passage.text, b.passage.text, a, b) for a in left for b in right]
        best = max(ranked, key=lambda r: r[:1] + tuple(sorted(r[1:3])))
        if best[0] >= SHARED:
            first, second = sorted(best[3:], key=lambda s: (s.outlet, s.passage))
            yield first, second


def _statement(outlet: str, voice: Voice, passage: Passage) -> Statement:
    words = frozenset(stems([w for w, _ in folded(passage.text, Span(0, len(passage.text)))]))
    return Statement(outlet, voice, passage, _main(voice, passage), words)


def _main(voice: Voice, passage: Passage) -> Quotation | None:
    """The attribution of speech whose content covers most of a passage."""
    ranked = [
        (_overlap(q.content, passage.span), q.direct, -n, q)
        for n, q in enumerate(voice.quotations)
        if _overlap(q.content, passage.span) > 0 and _inside(q, passage) and _reports(q, voice.article.body)
    ]
    return max(ranked, key=lambda r: r[:3])[3] if ranked else None


def _inside(quotation: Quotation, passage: Passage) -> bool:
    """Whether source and cue stand in the passage itself, where a reader can see them."""
    both = (quotation.source, quotation.cue)
    return all(s is not None and _overlap(s, passage.span) == s.end - s.begin for s in both)


def _reports(quotation: Quotation, text: str) -> bool:
    """Whether the cue is of speech, not of thought or feeling."""
    if not quotation.cue or quotation.certainty < 0.5:
        return False
    said = text[quotation.cue.begin : quotation.cue.end]
    if "according to" in said.lower():
        return True
    lemma, stance = cues.verb(said)
    clear = not _PASSIVE.search(said) and len(said.split()) <= _LONGEST_CUE
    apart = not quotation.source or _overlap(quotation.source, quotation.cue) == 0
    return clear and apart and stance in _SPEECH and lemma not in _FORECASTS | _NO_STATEMENT


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.begin, b.begin))


def _likeness(a: Statement, b: Statement) -> float:
    """Shared content words as a part of the shorter passage's."""
    smaller = min(len(a.words), len(b.words))
    return len(a.words & b.words) / smaller if smaller >= 4 else 0.0


def _same_content(a: Statement, b: Statement) -> bool:
    """Whether the contents themselves, not only the passages, share most of their words."""
    first, second = (_content(s) for s in (a, b))
    smaller, larger = sorted((len(first), len(second)))
    shared = len(first & second)
    return smaller >= 3 and shared >= 0.6 * smaller and shared >= 0.5 * larger


def _content(s: Statement) -> set[str]:
    if not s.quotation:
        return set(s.words)
    return stems([w for w, _ in folded(s.voice.article.body, s.quotation.content)])


def _finding(variety: str, summary: str, proof: list[Evidence], certainty: float = 1.0) -> Finding:
    confidence = round(CONFIDENCE[variety] * min(1.0, 0.5 + certainty / 2), 4)
    return Finding("attribution", variety, summary, tuple(proof), confidence, WEIGHT[variety])


def _evidence(s: Statement, marks: tuple[Span | None, ...]) -> Evidence:
    inside = sorted(m for m in marks if m and s.passage.span.begin <= m.begin and m.end <= s.passage.span.end)
    return Evidence(s.outlet, s.passage, "says", tuple(inside))


def _sources(a: Statement, b: Statement) -> Iterator[Finding]:
    """Sources of different kinds, or a source in one outlet and none in the other."""
    kinds = (_kind(a), _kind(b))
    if kinds[0] == kinds[1] or "other" in kinds or not _same_content(a, b):
        return
    if "none" in kinds:
        yield from _unsourced(*((a, b) if kinds[1] == "none" else (b, a)))
    elif not _may_be_one(a, b, kinds) and not _names_other(a, b):
        summary = (
            f"{a.outlet} attributes this to {_KINDS[kinds[0]]}, {_name(a)}; "
            f"{b.outlet} to {_KINDS[kinds[1]]}, {_name(b)}."
        )
        yield _finding("source", summary, [_sourced(a), _sourced(b)], _certainty(a, b))


def _unsourced(sourced: Statement, plain: Statement) -> Iterator[Finding]:
    if _bare(plain, _content(sourced)) and not _denied(sourced) and _clear(sourced, plain):
        summary = (
            f"{sourced.outlet} attributes this to {_name(sourced)}; "
            f"{plain.outlet} states it without a source."
        )
        yield _finding(
            "source", summary, [_sourced(sourced), _evidence(plain, ())], _certainty(sourced, plain)
        )


def _clear(sourced: Statement, plain: Statement) -> bool:
    """Whether a source is named in full, and does not itself act in the plain telling ("Trump announced
    that" beside "Trump has dismissed").
    """
    name = _name(sourced).strip("“”")
    ship = any(len(word) > 2 and word.isupper() for word in name.split())
    whole = (" " in name or name[:1].isupper()) and not (ship and _person(sourced))
    acts = {w for w, _ in folded(plain.passage.text, Span(0, len(plain.passage.text)))}
    return whole and not (_person(sourced) and surname(name) in {surname(w) for w in acts})


def _person(s: Statement) -> bool:
    return bool(s.quotation and s.quotation.person)


def _sourced(s: Statement) -> Evidence:
    return _evidence(s, (s.quotation.source, s.quotation.cue) if s.quotation else ())


def _may_be_one(a: Statement, b: Statement, kinds: tuple[str, str]) -> bool:
    """Whether a person and an office may be the same source under two descriptions."""
    said = [_words_of(s) for s in (a, b)]
    if said[0] & said[1]:
        return True
    other = next((kind for kind in ("office", "anonymous") if set(kinds) == {"named", kind}), "")
    if not other:
        return False
    described = (a, b)[kinds.index(other)]
    several = other == "anonymous" and _name(described).rstrip("”").endswith("s")
    return not several and any(_is_role(word) for word in said[kinds.index(other)])


def _names_other(a: Statement, b: Statement) -> bool:
    """Whether one passage names the other's source too, as the one who spoke or was spoken to."""
    for s, other in ((a, b), (b, a)):
        there = {w for w, _ in folded(other.passage.text, Span(0, len(other.passage.text)))}
        if _words_of(s) & {w.rstrip("s") for w in there}:
            return True
    return False


def _words_of(s: Statement) -> set[str]:
    if not s.quotation or not s.quotation.source:
        return set()
    source = s.voice.article.body[s.quotation.source.begin : s.quotation.source.end]
    return {w.lower().rstrip("s") for w in f"{source} {s.quotation.speaker}".split() if len(w) > 3}


def _is_role(word: str) -> bool:
    known = cues.words().get(word)
    return bool(known and "p-role" in known.classes)


def _denied(s: Statement) -> bool:
    return bool(s.quotation and _stance(s.quotation, s.voice) == "denied")


def _stance(quotation: Quotation, voice: Voice) -> str:
    cue = quotation.cue
    return cues.verb(voice.article.body[cue.begin : cue.end])[1] if cue else ""


def _kind(s: Statement) -> str:
    return source_kind(s.quotation, s.voice.article.body) if s.quotation else "none"


def _bare(s: Statement, told: AbstractSet[str] = frozenset()) -> bool:
    """Whether a passage really has no source: no quotation marks, no attribution, no word of speech but
    those of ``told``, the stems of the statement itself, nor any attribution in the sentence before it,
    whose source may still hold.
    """
    if any(_overlap(q.content, s.passage.span) or _cued(q, s.passage) for q in s.voice.quotations):
        return False
    text = s.passage.text
    if _SOURCED.search(text) or _MARK.search(text):
        return False
    if left_open(s.voice.article.body, s.passage.span.begin):
        return False
    if any(_speaks(w) and not _told(w, told) for w, _ in folded(text, Span(0, len(text)))):
        return False
    at = s.voice.passages.index(s.passage)
    return not at or not _attributes(s.voice, s.voice.passages[at - 1])


def _told(word: str, told: AbstractSet[str]) -> bool:
    """Whether a word that may be one of speech ("allowed") is part of what is told here."""
    known = cues.words().get(word)
    speech = known and cues.stances().get(known.lemma) in ("neutral", "claimed", "insisted")
    return not speech and stems([word]) <= told


def _attributes(voice: Voice, passage: Passage) -> bool:
    if _SOURCED.search(passage.text) or _MARK.search(passage.text):
        return True
    # "has cast doubt on" and other denials leave no source that could hold for the next sentence
    cued = [q for q in voice.quotations if _cued(q, passage)]
    return any(_reports(q, voice.article.body) and _stance(q, voice) != "denied" for q in cued)


def _speaks(word: str) -> bool:
    known = cues.words().get(word)
    return bool(known and (cues.stances().get(known.lemma) in _SPEECH or "n-speech" in known.classes))


def _cued(quotation: Quotation, passage: Passage) -> bool:
    return bool(quotation.cue and _overlap(quotation.cue, passage.span))


def _name(s: Statement) -> str:
    if not s.quotation or not s.quotation.source:
        return "nobody"
    if s.quotation.person:
        return s.quotation.speaker
    said = s.voice.article.body[s.quotation.source.begin : s.quotation.source.end]
    return f"“{_LEADING.sub('', said)}”"


def _certainty(a: Statement, b: Statement) -> float:
    return min((s.quotation.certainty for s in (a, b) if s.quotation), default=1.0)


def _stances(a: Statement, b: Statement) -> Iterator[Finding]:
    """One speaker, one statement, and verbs that stand differently to it."""
    if not (a.quotation and b.quotation and a.quotation.cue and b.quotation.cue):
        return
    verbs = [
        cues.verb(s.voice.article.body[q.begin : q.end])
        for s, q in ((a, a.quotation.cue), (b, b.quotation.cue))
    ]
    stances = {stance for _, stance in verbs}
    if (
        len(stances) < 2
        or verbs[0][0] == verbs[1][0]
        or not stances & _STANCES
        or not _one_speaker(a.quotation, b.quotation)
    ):
        return
    if not _same_content(a, b):
        return
    if any(stance == "denied" and lemma not in _DENYING for lemma, stance in verbs):
        return
    cited = ((a, a.quotation.cue), (b, b.quotation.cue))
    used = [_verb_alone(s.voice.article.body[cue.begin : cue.end]) for s, cue in cited]
    summary = f"For the same statement of {_name(a)}, {a.outlet} writes “{used[0]}”, {b.outlet} “{used[1]}”."
    proof = [_evidence(a, (a.quotation.cue,)), _evidence(b, (b.quotation.cue,))]
    yield _finding("stance", summary, proof, _certainty(a, b))


def _verb_alone(cue: str) -> str:
    """A cue up to its verb: "said" of "said during"."""
    verb = cues.verb(cue)[0]
    words = cue.split()
    ends = [n for n, word in enumerate(words, 1) if cues.verb(word)[0] == verb]
    return " ".join(words[: ends[-1]]) if ends else cue


def _one_speaker(a: Quotation, b: Quotation) -> bool:
    if a.person and b.person:
        return surname(a.speaker) == surname(b.speaker)
    return (
        not a.person
        and not b.person
        and bool(stems(a.speaker.lower().split()) & stems(b.speaker.lower().split()))
    )


def _hedged(a: Statement, b: Statement) -> Iterator[Finding]:
    """A word of doubt in the outlet's own voice beside words that both outlets have."""
    for doubter, other in ((a, b), (b, a)):
        found = [h for h in _doubts(doubter) if _beside_shared(doubter, h, other)]
        if not found or _doubts(other) or not _bare(other) or _likeness(a, b) < HEDGED:
            continue
        word = doubter.voice.article.body[found[0].begin : found[0].end]
        summary = f"{doubter.outlet} hedges this with “{word}”; {other.outlet} has no such word."
        yield _finding("hedge", summary, [_evidence(doubter, tuple(found)), _evidence(other, ())])


def _doubts(s: Statement) -> list[Span]:
    quoted = [q.content for q in s.voice.quotations if q.direct]
    found = hedges(s.voice.article.body, s.passage.span)
    return [h for h in found if not any(_overlap(h, q) for q in quoted)]


def _beside_shared(s: Statement, hedge: Span, other: Statement) -> bool:
    """Whether two of the three content words after the hedge stand in the other passage too."""
    pairs = folded(s.voice.article.body, Span(hedge.end, s.passage.span.end))
    following = [stem for w, _ in pairs for stem in stems([w])][:3]
    return sum(stem in other.words for stem in following) >= 2


def _agents(a: Statement, b: Statement) -> Iterator[Finding]:
    """An agentless passive in one outlet where the other names who did it."""
    for hidden, named in ((a, b), (b, a)):
        passives = agents.passives(hidden.passage.text)
        actives = agents.actives(named.passage.text)
        for passive in passives:
            fitting = (x for x in actives if x.verb == passive.verb and _alike(x, passive))
            match = next((x for x in fitting if not agents.stems(x.actor) & passive.patient), None)
            if not match:
                continue
            done = hidden.passage.text[passive.span.begin : passive.span.end]
            summary = (
                f"{hidden.outlet} writes “{done}” without saying by whom; {named.outlet} names {match.actor}."
            )
            yield _finding(
                "agent",
                summary,
                [
                    _evidence(hidden, (_at(hidden, passive.span),)),
                    _evidence(named, (_at(named, match.span),)),
                ],
            )


def _alike(active: agents.Deed, passive: agents.Deed) -> bool:
    """Whether what is acted upon shares a content word."""
    return bool(active.patient & passive.patient)


def _at(s: Statement, span: Span) -> Span:
    return Span(s.passage.span.begin + span.begin, s.passage.span.begin + span.end)
