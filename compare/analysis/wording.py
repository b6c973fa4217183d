"""Word choice: where two outlets tell one fact in nearly the same words, the words that differ and tell."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare.model import Alignment, Evidence, Finding, Passage, Span
from compare.text.acts import akin_in
from compare.text.contrast import contrast
from compare.text.marks import quoted
from compare.text.phrases import stem
from compare.text.substitution import (
    Substitution,
    likely_pairs,
    qualified_too,
    says_plainly,
    shared,
    substitutions,
)

Side = tuple[str, Passage]
# Shares upheld in the hand-checked samples of docs/reliability.md.
CONFIDENCE = {"qualifier": 0.88, "hedge": 0.75, "verb": 0.94}
LEAST_ELSEWHERE = {"hedge": 0.2, "qualifier": 0.3}
WEIGHT = {"qualifier": 0.5, "hedge": 0.6, "verb": 0.5}
# A mark that closes what opened before the passage.
_CLOSES = re.compile(r"[^“”\"]*”")


@dataclass(frozen=True, slots=True)
class _Told:
    """An exchange of words between two outlets' passages, and which of the two are quoted words."""

    sides: tuple[Side, Side]
    found: Substitution
    spoken: tuple[bool, bool]


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """One finding a telling substitution between two outlets, in one row or in sentences that have three
    words or more in common right behind a qualifier; each exchange of words once. Two quotations that
    differ are two utterances, or one altered, and for the quotes to tell. Nothing is told of an outlet that
    says as much elsewhere in its text.
    """
    spoken = {a.id: tuple(q.inner for q in quoted(a.body)) for a in alignment.story.articles}
    texts = {
        outlet: [passage.text for passage in passages]
        for outlet, passages in zip(alignment.outlets, alignment.passages, strict=True)
    }
    best: dict[tuple[str, frozenset[str]], _Told] = {}
    for one, other, found in itertools.chain(_in_rows(alignment), _elsewhere(alignment)):
        quotes = _spoken(one[1], found.a, spoken), _spoken(other[1], found.b, spoken)
        told = _Told((one, other), found, quotes)
        if _of_choice(told) and _stands(told, texts):
            key = (found.variety, frozenset((_key(found.a_words), _key(found.b_words))))
            best[key] = min(best.get(key, told), told, key=_rank)
    return tuple(_finding(told) for told in _longest(best.values()))


def _of_choice(told: _Told) -> bool:
    """Whether the words are the outlets' own, or a qualifier stands in what one of them quotes."""
    if told.found.variety == "verb":
        return not any(told.spoken)
    return not told.spoken[1 - told.found.own]


def _stands(told: _Told, texts: Mapping[str, Sequence[str]]) -> bool:
    """Whether the plainer outlet has nothing of what the other adds anywhere in its text, and an outlet that
    hedges hedges throughout.
    """
    found, own = told.found, told.found.own
    plain = found.words[1 - own]
    others = texts[told.sides[1 - own][0]]
    if found.variety == "verb":
        strong = found.words[own]
        return not any(akin_in(text, strong) for text in others)
    if found.variety == "hedge":
        outlet, passage = told.sides[own]
        if any(says_plainly(text, plain) for text in texts[outlet] if text != passage.text):
            return False
    return not any(qualified_too(text, plain) for text in others)


def _longest(every: Iterable[_Told]) -> Iterator[_Told]:
    """Of several phrases told of one qualifier against one outlet, the longest."""
    kept: dict[tuple[object, ...], _Told] = {}
    for told in every:
        own = told.found.own
        passage, mark = told.sides[own][1], (told.found.a, told.found.b)[own]
        rest: tuple[object, ...] = () if told.found.variety != "verb" else (told.found, told.sides)
        key = (told.found.variety, passage, mark.begin, *rest)
        kept[key] = min(kept.get(key, told), told, key=_longest_first)
    yield from kept.values()


def _longest_first(told: _Told) -> tuple[int, tuple[float, list[Side]]]:
    return -len(told.found.a_words) - len(told.found.b_words), _rank(told)


def _spoken(passage: Passage, span: Span, spoken: Mapping[str, Sequence[Span]]) -> bool:
    begin, end = passage.span.begin + span.begin, passage.span.begin + span.end
    inside = any(one.begin <= begin and end <= one.end for one in spoken[passage.article])
    return inside or bool(_CLOSES.match(passage.text, span.end))


def _rank(told: _Told) -> tuple[float, list[Side]]:
    """The likest passages first, and no preference for the outlet that is given first."""
    one, other = told.sides
    return -shared(one[1].text, other[1].text), sorted((one, other))


def _key(said: str) -> str:
    """What agrees for the forms of one choice of words ("ousts", "ousted")."""
    return " ".join(stem(word) for word in said.lower().split())


def _in_rows(alignment: Alignment) -> Iterator[tuple[Side, Side, Substitution]]:
    for row in alignment.rows:
        cells = zip(alignment.outlets, row.cells, strict=True)
        told = [(outlet, passage) for outlet, cell in cells for passage in cell.passages]
        for one, other in itertools.combinations(told, 2):
            if one[0] != other[0]:
                for found in substitutions(one[1].text, other[1].text):
                    yield one, other, found


def _elsewhere(alignment: Alignment) -> Iterator[tuple[Side, Side, Substitution]]:
    columns = zip(alignment.outlets, alignment.passages, strict=True)
    told = [(outlet, passage) for outlet, passages in columns for passage in passages]
    for a, b in likely_pairs([passage.text for _, passage in told]):
        if told[a][0] != told[b][0]:
            for found in substitutions(told[a][1].text, told[b][1].text, min(LEAST_ELSEWHERE.values())):
                alike = shared(told[a][1].text, told[b][1].text)
                if alike >= LEAST_ELSEWHERE.get(found.variety, 1.1):
                    yield told[a], told[b], found


def _finding(told: _Told) -> Finding:
    found, (one, other) = told.found, told.sides
    evidence = tuple(
        Evidence(outlet, p, marks=(Span(p.span.begin + mark.begin, p.span.begin + mark.end),))
        for (outlet, p), mark in ((one, found.a), (other, found.b))
    )
    uses = [
        (f"“{phrase}”{' (quoted)' if spoken else ''}", (outlet,))
        for phrase, spoken, (outlet, _) in zip(found.words, told.spoken, told.sides, strict=True)
    ]
    return Finding(
        "wording",
        found.variety,
        contrast(uses),
        evidence,
        CONFIDENCE[found.variety],
        WEIGHT[found.variety],
    )
