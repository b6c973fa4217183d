"""Days up to which, or from which, one thing lasts: closed until Wednesday here, until Friday there."""

import re
from itertools import combinations

from compare.analysis.figures.comparison import agree
from compare.analysis.figures.facts import Fact
from compare.analysis.figures.odds import Odds
from compare.model import Span
from compare.text.utterances import folded, stems

_LIMIT = re.compile(
    r"\b(until|till|through|starting|beginning|effective|from)\s(?:on\s|at least\s)?$", re.IGNORECASE
)
_UP_TO = frozenset({"until", "till", "through"})
_SAID = re.compile(r"\b(?:according|interview|statement)\b[^.;,]*$", re.IGNORECASE)
LEAST_SHARED, LEAST_WORDS = 0.6, 2  # of the fewer words of what lasts, and of these in both, at least


def limits(facts: list[Fact]) -> list[Odds]:
    """Two outlets' days in one row behind the same kind of limit, with much the same words before it, where
    neither outlet has the other's day in that row.
    """
    days = [(fact, side) for fact in facts if fact.topic[0] == "day" and (side := _side(fact))]
    return [
        Odds(a, b, alike)
        for (a, one), (b, other) in combinations(days, 2)
        if a.row == b.row
        and a.outlet != b.outlet
        and one == other
        and not agree(a, b)
        and (alike := _alike(_lasting(a), _lasting(b)))
        and not (_told(a, b, facts) or _told(b, a, facts))
    ]


def _alike(one: set[str], other: set[str]) -> float:
    """The share of the fewer words that both have; 0 below the least."""
    shared, fewer = len(one & other), max(1, min(len(one), len(other)))
    return shared / fewer if shared >= LEAST_WORDS and shared >= LEAST_SHARED * fewer else 0.0


def _side(fact: Fact) -> str:
    """What kind of limit a day is: its "end" or its "begin", or ""."""
    before = fact.passage.text[: fact.quantity.span.begin]
    match = _LIMIT.search(before)
    if not match or _SAID.search(before):
        return ""
    return "end" if match.group(1).lower() in _UP_TO else "begin"


def _lasting(fact: Fact) -> set[str]:
    """What lasts: the stems of the clause before its limit."""
    before = fact.passage.text[: fact.quantity.span.begin]
    clause = re.split(r"[,;:.]\s", before)[-1]
    return stems([word for word, _ in folded(clause, Span(0, len(clause)))])


def _told(a: Fact, b: Fact, facts: list[Fact]) -> bool:
    """Whether the outlet of ``b`` gives the day of ``a`` in the same row too."""
    return any(
        other.outlet == b.outlet and other.row == b.row and other.topic[0] == "day" and agree(other, a)
        for other in facts
    )
