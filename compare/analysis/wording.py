"""Word choice: where two outlets tell one fact in nearly the same words, the words that differ and tell."""

import itertools
from collections.abc import Iterator

from compare.model import Alignment, Evidence, Finding, Passage, Row, Span
from compare.text.substitution import Substitution, substitutions

# Shares upheld in the hand-checked samples of docs/measurements/wording.md.
CONFIDENCE = {"qualifier": 0.9, "hedge": 0.9, "verb": 0.9}
WEIGHT = {"qualifier": 0.5, "hedge": 0.6, "verb": 0.5}


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """One finding a telling substitution between two outlets in one row; each exchange of words once."""
    findings: dict[tuple[str, frozenset[str]], Finding] = {}
    for row in alignment.rows:
        for one, other, found in _pairs(row, alignment.outlets):
            key = (found.variety, frozenset((found.a_words.lower(), found.b_words.lower())))
            findings.setdefault(key, _finding(one, other, found))
    return tuple(findings.values())


def _pairs(
    row: Row, outlets: tuple[str, ...]
) -> Iterator[tuple[tuple[str, Passage], tuple[str, Passage], Substitution]]:
    told = [(o, p) for o, cell in zip(outlets, row.cells, strict=True) for p in cell.passages]
    for one, other in itertools.combinations(told, 2):
        if one[0] != other[0]:
            for found in substitutions(one[1].text, other[1].text):
                yield one, other, found


def _finding(one: tuple[str, Passage], other: tuple[str, Passage], found: Substitution) -> Finding:
    evidence = tuple(
        Evidence(outlet, passage, marks=(Span(passage.span.begin + mark.begin, passage.span.begin + mark.end),))
        for (outlet, passage), mark in ((one, found.a), (other, found.b))
    )
    summary = f"“{found.a_words}” in {one[0]}, “{found.b_words}” in {other[0]}."
    return Finding(
        "wording", found.variety, summary, evidence, CONFIDENCE[found.variety], WEIGHT[found.variety]
    )
