"""Further outlets that have a figure of which a finding tells."""

from collections.abc import Sequence

from compare.analysis.figures.comparison import agree
from compare.analysis.figures.facts import Fact, goes_on, of_people, sentence_words
from compare.analysis.figures.shifts import Shift, event
from compare.text.lexicons import load

_TELLING = 10  # a smaller count may count something else of the same row
_BARE = 100  # a number without a noun
# words around both in other rows; fewer for an hour or a count that is not round
_SHARED, _SHARED_EXACT = 3, 2


def also(side: Sequence[Fact], facts: Sequence[Fact], known: frozenset[str]) -> list[Fact]:
    """Return the facts of outlets beyond ``known`` that give the very figure of a side for the same thing."""
    found: dict[str, Fact] = {}
    rows = {one.row for one in side}
    for fact in sorted(facts, key=lambda one: one.row not in rows):
        if fact.outlet not in known and fact.firm and any(_same(one, fact) for one in side):
            found.setdefault(fact.outlet, fact)
    return list(found.values())


def also_moved(shift: Shift, facts: Sequence[Fact], known: frozenset[str]) -> list[Fact]:
    """Return the facts of outlets beyond ``known`` that give the new day for the event that was moved."""
    found: dict[str, Fact] = {}
    for fact in facts:
        if (
            fact.outlet not in known
            and fact.quantity.kind == shift.to.quantity.kind
            and fact.quantity.value == shift.to.quantity.value
            and fact.topic[-1] != "said"
            and agree(fact, shift.to)
            and event(fact.passage.text, fact)[0] == shift.events
        ):
            found.setdefault(fact.outlet, fact)
    return list(found.values())


def beside(found: Fact, side: Sequence[Fact], facts: Sequence[Fact]) -> Fact | None:
    """Return the fact in the passage of ``found``, or right after it, that gives another side's figure."""
    here = (fact for fact in facts if goes_on(found, fact))
    return next((fact for fact in here if any(_alike(one, fact) for one in side)), None)


def _alike(one: Fact, other: Fact) -> bool:
    """Whether two are the same figure in the same unit, and no limits that go apart."""
    a, b = one.quantity, other.quantity
    return (a.value, a.unit) == (b.value, b.unit) and (a.bound == b.bound or not (a.bound and b.bound))


def _same(one: Fact, other: Fact) -> bool:
    if not _alike(one, other) or not _of_one_fact(one, other):
        return False
    a, b = one.quantity, other.quantity
    if isinstance(a.value, str):
        return a.kind == b.kind
    if "number" in (a.kind, b.kind):
        return a.value >= _BARE and {a.kind, b.kind} == {"count", "number"}
    return one.topic == other.topic or (of_people(one) and of_people(other) and a.value >= _TELLING)


def _of_one_fact(one: Fact, other: Fact) -> bool:
    """Whether two stand in one row, tell of people in one plight, or stand among the same words."""
    if one.row == other.row or _of_one_plight(one, other):
        return True
    if _exact(one, other):
        return len(sentence_words(one.passage.text) & sentence_words(other.passage.text)) >= _SHARED_EXACT
    return len(one.near & other.near) >= _SHARED


def _exact(one: Fact, other: Fact) -> bool:
    """An hour, or a count of people that is not round, of which the other passage tells no other plight."""
    value = one.quantity.value
    if isinstance(value, str):
        return one.quantity.kind == "time"
    plights = load("people")["states"]
    return of_people(one) and of_people(other) and value % 10 > 0 and other.topic[2] not in plights


def _of_one_plight(one: Fact, other: Fact) -> bool:
    return one.topic == other.topic and of_people(one) and one.topic[2] != ""
