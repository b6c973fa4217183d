"""A figure in one outlet where another has only its order: 35 here, "dozens" there. No contradiction."""

import re
from dataclasses import dataclass
from itertools import combinations

from compare.analysis.figures.comparison import agree
from compare.analysis.figures.facts import Fact, is_vague, likeness, noun_words
from compare.analysis.figures.odds import alone_of_its_kind, differs_in_time, is_tally, sole_counts

_KINDS = frozenset({"count", "money", "length", "weight", "duration"})
_LIMIT = re.compile(
    r"\b(?:more than|over|upwards of|nearly|almost|close to|about|around|some|roughly|approximately)"
    r"\s(?:an?\s)?[$£€]?$",
    re.IGNORECASE,
)
# A limit within a tenth of the figure is its rounding; one off by more than half stands for another thing.
NEAREST, FARTHEST = 0.1, 0.5
SMALLEST = 2
LEAST_SHARED, LEAST_ALIKE = 3, 0.4


@dataclass(frozen=True, slots=True)
class Coarse:
    """The ``exact`` figure of one outlet and the coarser word of another for the same thing."""

    exact: Fact
    coarse: Fact


def coarser(facts: list[Fact]) -> list[Coarse]:
    """Return the pairs of each row in which one outlet has the figure and the other nothing closer."""
    rows: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.topic[0] in _KINDS and fact.firm:
            rows.setdefault(fact.row, []).append(fact)
    return [
        Coarse(exact, coarse)
        for row in rows.values()
        for one, other in combinations(row, 2)
        if one.outlet != other.outlet and one.topic == other.topic
        for exact, coarse in ((one, other), (other, one))
        if _finer(exact, coarse)
        and agree(exact, coarse)
        and _one_thing(exact, coarse, facts)
        and not _told(exact, coarse.outlet, facts)
    ]


def _finer(exact: Fact, coarse: Fact) -> bool:
    """Whether one has a number where the other has an order, or a figure where it has a limit well away."""
    value, other = float(exact.quantity.value), float(coarse.quantity.value)
    if _is_order(exact) or value <= SMALLEST:
        return False
    if _is_order(coarse):
        return True
    limit = _LIMIT.search(coarse.passage.text[: coarse.quantity.span.begin + 1])
    exactly = not exact.quantity.approximate and coarse.quantity.approximate
    return bool(limit) and exactly and NEAREST <= abs(other - value) / value <= FARTHEST


def _is_order(fact: Fact) -> bool:
    """Whether a figure gives no more than an order, in a word: dozens, hundreds, more than a million."""
    written = fact.passage.text[fact.quantity.span.begin : fact.quantity.span.end]
    return is_vague(fact) and not any(letter.isdigit() for letter in written)


def _one_thing(a: Fact, b: Fact, facts: list[Fact]) -> bool:
    if differs_in_time(a, b) or any(is_tally(f) or not alone_of_its_kind(f, facts) for f in (a, b)):
        return False
    shared = (a.near & b.near) - noun_words(a)
    if a.topic[0] == "count":
        return bool(a.quantity.noun) and len(shared) >= (1 if sole_counts(a, b, facts) else 2)
    return len(shared) >= LEAST_SHARED and likeness(a, b) >= LEAST_ALIKE and bool(a.close & b.close)


def _told(exact: Fact, outlet: str, facts: list[Fact]) -> bool:
    """Whether an outlet has the exact figure too, or one that comes close, anywhere in its text."""
    value = float(exact.quantity.value)
    return any(
        other.outlet == outlet
        and other.topic[0] == exact.topic[0]
        and not isinstance(other.quantity.value, str)
        and abs(float(other.quantity.value) - value) < NEAREST * value
        for other in facts
    )
