"""The same words in two persons' mouths, with every outlet on each side."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.analysis.quotes.identity import LEAST_SAME
from compare.analysis.quotes.terms import (
    UNKNOWN,
    evidence,
    finding,
    named_before,
    named_here,
    speaker,
    sure,
)
from compare.model import Finding, Span
from compare.text.citing import listed
from compare.text.mouths import surname
from compare.text.utterances import Utterance, Voice, blocks, telling

# two mouths for one phrase is a grave thing to say: both sources have to be beyond doubt
CERTAIN = 0.9
LEAST_PART = 0.25  # of the shorter quotation, where two telling words are all that two mouths share
WHOLE = 0.9  # of the shorter quotation, so that both are one, and not a turn of phrase that many use
_PARTIES = frozenset(["Republican", "Democrat", "Conservative", "Liberal", "Independent", "Socialist"])


@dataclass(frozen=True, slots=True)
class _Swap:
    """Two utterances of two persons and the places of the words they share, in each."""

    one: Utterance
    other: Utterance
    here: range
    there: range

    @property
    def run(self) -> tuple[str, ...]:
        """The shared words, folded."""
        return self.one.words[self.here.start : self.here.stop]


def swapped(
    pairs: Sequence[tuple[Utterance, Utterance]], said: Sequence[Utterance], voiced: Sequence[Voice]
) -> Iterator[Finding]:
    """Findings from pairs of quotations of two named speakers, one for the same words of the same two."""
    plain = _plain_text(voiced)
    common = frozenset(plain.split())
    groups: dict[tuple[frozenset[str], tuple[str, ...], str], list[_Swap]] = defaultdict(list)
    for a, b in pairs:
        if swap := _swap(a, b, plain, common):
            who = frozenset(surname(one.quotation.speaker) for one in (a, b))
            within = a.voice.outlet if a.voice.outlet == b.voice.outlet else ""
            groups[who, swap.run, within].append(swap)
    for (_, _, within), group in groups.items():
        yield _twice(group[0]) if within else _finding(group, said)


def _swap(a: Utterance, b: Utterance, plain: str, common: frozenset[str]) -> _Swap | None:
    """The same telling words from two named persons."""
    if min(a.quotation.certainty, b.quotation.certainty) < CERTAIN or not _two_persons(a, b):
        return None
    x, y, n = longest = max(blocks(a.words, b.words), key=lambda m: m[2])
    whole = n >= LEAST_SAME and n >= WHOLE * min(len(a.words), len(b.words))
    while n and not telling(a.words[x : x + 1]):
        x, y, n = x + 1, y + 1, n - 1
    while n and not telling(a.words[x + n - 1 : x + n]):
        n -= 1
    run = a.words[x : x + n]
    own = telling(run)
    if not (len(own) >= 2 and (len(own) >= 3 or min(map(len, own)) >= 6)):
        return None
    sentence = whole and len(own) >= 3 and _opens(a) and _opens(b)
    if not sentence and (f" {' '.join(run)} " in plain or common.issuperset(own)):
        return None
    # a heading taken from a quotation is the same words once more
    twice = a.voice == b.voice and n > 0.6 * max(len(a.words), len(b.words))
    few = len(own) < 3 and n < LEAST_PART * min(len(a.words), len(b.words))
    if twice or (few and a.voice != b.voice):
        return None
    x, y, n = longest if whole else (x, y, n)
    return _Swap(a, b, range(x, x + n), range(y, y + n))


def _two_persons(a: Utterance, b: Utterance) -> bool:
    """Whether both speakers are named beyond doubt, and are not one."""
    if _one_name(a, b) or any(_of_party(one) for one in (a, b)):
        return False
    if a.voice == b.voice:
        return named_here(a) and named_here(b)
    return (named_here(a) or named_here(b)) and named_before(a) and named_before(b)


def _opens(utterance: Utterance) -> bool:
    """Whether a quotation begins with a capital: a sentence, which two do not say in the same words, and not
    a phrase, which the articles themselves may use.
    """
    return utterance.voice.article.body[utterance.spans[0].begin].isupper()


def _sides(swap: _Swap) -> list[tuple[Utterance, Sequence[Span]]]:
    """Both utterances with the places of the shared words, in the order of the outlets."""
    both = [
        (swap.one, swap.one.spans[swap.here.start : swap.here.stop]),
        (swap.other, swap.other.spans[swap.there.start : swap.there.stop]),
    ]
    return sorted(both, key=lambda p: (p[0].voice.outlet, p[0].quotation.speaker, p[0].passage.text))


def _twice(swap: _Swap) -> Finding:
    (one, spans), (two, others) = _sides(swap)
    summary = (
        f"{one.voice.outlet} gives “{_words(one, spans)}” twice: as words of {one.quotation.speaker} "
        f"and as words of {two.quotation.speaker}."
    )
    proof = [evidence(one, spans), evidence(two, others)]
    return finding("other speaker", summary, proof, sure(one, two))


def _finding(group: Sequence[_Swap], said: Sequence[Utterance]) -> Finding:
    """All outlets that give the words to either person, also those whose source alone would prove little."""
    found: dict[str, dict[str, tuple[Utterance, Sequence[Span]]]] = defaultdict(dict)
    for swap in group:
        for one, spans in _sides(swap):
            found[surname(one.quotation.speaker)].setdefault(one.voice.outlet, (one, spans))
    for one in said:
        key, place = surname(one.quotation.speaker), _within(group[0].run, one.words)
        if one.quotation.person and key in found and place >= 0 and speaker(one, one) != UNKNOWN:
            spans = one.spans[place : place + len(group[0].run)]
            found[key].setdefault(one.voice.outlet, (one, spans))
    sides = sorted((sorted(side.items()) for side in found.values()), key=lambda side: side[0][0])
    told = [(listed([outlet for outlet, _ in side]), side[0][1][0].quotation.speaker) for side in sides]
    verb = "give" if len(sides[0]) > 1 else "gives"
    summary = (
        f"{told[0][0]} {verb} “{_words(*sides[0][0][1])}” as words of {told[0][1]}, "
        f"{told[1][0]} as words of {told[1][1]}."
    )
    proof = [evidence(one, spans) for side in sides for _, (one, spans) in side]
    return finding("other speaker", summary, proof, max(sure(swap.one, swap.other) for swap in group))


def _words(utterance: Utterance, spans: Sequence[Span]) -> str:
    return utterance.voice.article.body[spans[0].begin : spans[-1].end]


def _within(run: Sequence[str], words: Sequence[str]) -> int:
    """Where some words stand in a row in others, or -1."""
    return next((n for n in range(len(words) - len(run) + 1) if words[n : n + len(run)] == run), -1)


def _of_party(utterance: Utterance) -> bool:
    """Whether a speaker is no name but a description ("the Ohio Republican"), or stands beside another."""
    name, source = utterance.quotation.speaker, utterance.quotation.source
    before = utterance.voice.article.body[: source.begin].split()[-1:] if source else []
    return name.split()[-1] in _PARTIES or bool(before and before[0].casefold() in ("than", "with", "about"))


def _one_name(a: Utterance, b: Utterance) -> bool:
    """Whether two surnames may be one name, split differently ("Giudice", "DelGiudice")."""
    names = sorted((q.speaker.split()[-1].casefold() for q in (a.quotation, b.quotation)), key=len)
    return names[1].endswith(names[0])


def _plain_text(voiced: Sequence[Voice]) -> str:
    """All that the articles say outside quotation marks, folded."""
    out = []
    for voice in voiced:
        words = list(voice.wording.words)
        for quotation in voice.quotations:
            if quotation.direct:
                part = voice.wording.within(quotation.content)
                words[part] = [""] * len(words[part])
        out += [*filter(None, words), "|"]
    return f" {' '.join(out)} "
