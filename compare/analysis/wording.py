"""Word choice: where two outlets tell one fact in nearly the same words, the words that differ and tell."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from compare.model import Alignment, Evidence, Finding, Passage, Span
from compare.text.marks import quoted
from compare.text.phrases import stem
from compare.text.substitution import Substitution, likely_pairs, shared, substitutions

Told = tuple[str, Passage]
# Shares upheld in the hand-checked samples of docs/reliability.md.
CONFIDENCE = {"qualifier": 0.9, "hedge": 0.85, "verb": 0.94}
LEAST_ELSEWHERE = {"hedge": 0.2, "qualifier": 0.3}
WEIGHT = {"qualifier": 0.5, "hedge": 0.6, "verb": 0.5}
# A mark that closes what opened before the passage.
_CLOSES = re.compile(r"[^“”\"]*”")


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """One finding a telling substitution between two outlets, in one row or in sentences that have three
    words or more in common right behind a qualifier; each exchange of words once. Two quotations that
    differ are two utterances, or one altered, and for the quotes to tell.
    """
    spoken = {a.id: tuple(q.inner for q in quoted(a.body)) for a in alignment.story.articles}
    best: dict[tuple[str, frozenset[str]], tuple[Told, Told, Substitution]] = {}
    for told in itertools.chain(_in_rows(alignment), _elsewhere(alignment)):
        found = told[2]
        if _spoken(told[0][1], found.a, spoken) and _spoken(told[1][1], found.b, spoken):
            continue
        key = (found.variety, frozenset((_key(found.a_words), _key(found.b_words))))
        best[key] = min(best.get(key, told), told, key=_rank)
    return tuple(_finding(*told) for told in best.values())


def _spoken(passage: Passage, span: Span, spoken: Mapping[str, Sequence[Span]]) -> bool:
    begin, end = passage.span.begin + span.begin, passage.span.begin + span.end
    inside = any(one.begin <= begin and end <= one.end for one in spoken[passage.article])
    return inside or bool(_CLOSES.match(passage.text, span.end))


def _rank(told: tuple[Told, Told, Substitution]) -> tuple[float, list[Told]]:
    """The likest passages first, and no preference for the outlet that is given first."""
    one, other, _ = told
    return -shared(one[1].text, other[1].text), sorted((one, other))


def _key(said: str) -> str:
    """What agrees for the forms of one choice of words ("ousts", "ousted")."""
    return " ".join(stem(word) for word in said.lower().split())


def _in_rows(alignment: Alignment) -> Iterator[tuple[Told, Told, Substitution]]:
    for row in alignment.rows:
        cells = zip(alignment.outlets, row.cells, strict=True)
        told = [(outlet, passage) for outlet, cell in cells for passage in cell.passages]
        for one, other in itertools.combinations(told, 2):
            if one[0] != other[0]:
                for found in substitutions(one[1].text, other[1].text):
                    yield one, other, found


def _elsewhere(alignment: Alignment) -> Iterator[tuple[Told, Told, Substitution]]:
    columns = zip(alignment.outlets, alignment.passages, strict=True)
    told = [(outlet, passage) for outlet, passages in columns for passage in passages]
    for a, b in likely_pairs([passage.text for _, passage in told]):
        if told[a][0] != told[b][0]:
            for found in substitutions(told[a][1].text, told[b][1].text, min(LEAST_ELSEWHERE.values())):
                alike = shared(told[a][1].text, told[b][1].text)
                if alike >= LEAST_ELSEWHERE.get(found.variety, 1.1):
                    yield told[a], told[b], found


def _finding(one: Told, other: Told, found: Substitution) -> Finding:
    evidence = tuple(
        Evidence(outlet, p, marks=(Span(p.span.begin + mark.begin, p.span.begin + mark.end),))
        for (outlet, p), mark in ((one, found.a), (other, found.b))
    )
    summary = f"“{found.a_words}” in {one[0]} is “{found.b_words}” in {other[0]}."
    return Finding(
        "wording", found.variety, summary, evidence, CONFIDENCE[found.variety], WEIGHT[found.variety]
    )
