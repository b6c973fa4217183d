"""Figures at odds: two values for one thing that cannot both stand."""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from compare.analysis.figures.comparison import agree
from compare.analysis.figures.facts import (
    Fact,
    Topic,
    goes_on,
    is_vague,
    likeness,
    noun_words,
    of_people,
    sentence_words,
)
from compare.analysis.figures.shifts import Shift, event, planned, shifts
from compare.text.lexicons import load, words
from compare.text.quantities import quantities

_NEVER = frozenset({"number", "year", "month", "age"})
_PAST = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:last year|previous|earlier this year|years? ago|record|since|so far this year"
    r"|in (?:January|February|March|April|May|June|July|August|September|October|November|December))\b",
    re.IGNORECASE,
)


_WITH = re.compile(
    r"\b(?:including|excluding|not counting|as well as|besides) the"
    r" (?:shooter|gunm[ae]n|attackers?|suspects?|bombers?)"
)
_LIMIT = re.compile(r"\b(?:by|before|until|till|after|since)\s(?:about |around )?$", re.IGNORECASE)
_RUNNING = re.compile(r"\s(?:straight |consecutive )?of\s")
_QUARTER = re.compile(r"\b(?:first|second|third|fourth) (?:quarter|half)\b", re.IGNORECASE)
_AND = re.compile(r"(?:[\s-][\w’'-]+){1,2}\s(?:and|as well as|plus)\s(?:the\s)?(?:[A-Z]|[a-z]+s\b)")
_PASSED = re.compile(
    r"\b(?:reach|surpass|pass|top|hit|cross|exceed|eclips)(?:e?s|e?d|ing|ses|sed)?\s(?:the\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?P<what>home to|population of)\s(?:(?:about|around|some|nearly|almost|more than|over|roughly)\s)?$",
    re.I,
)
_NAMED = re.compile(r"\b(?:[A-Z]\.){2,}|\b[A-Z][\w’'-]+")
_DATELINE = re.compile(r"^[A-Z][^.!?–—]{0,60}?\s(?:--?|–|—)\s")
_LIKENESS, _CLOSER, _MANY, _SOLE = 0.4, 0.35, 3, 1
_CROWD = 100


@dataclass(frozen=True, slots=True)
class Odds:
    """Two facts at odds; ``shift`` where one of them tells that the other's date was moved."""

    a: Fact
    b: Fact
    alike: float
    shift: Shift | None = None


def at_odds(facts: list[Fact]) -> list[Odds]:
    """Return the pairs of facts of two outlets that cannot both be true of one thing."""
    return [*_moved(facts), *_differing(facts)]


def _differing(facts: list[Fact]) -> list[Odds]:
    topics: dict[Topic, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.topic[0] not in _NEVER and fact.topic[0] != "day":
            topics[fact.topic].append(fact)
    found = [
        Odds(a, b, likeness(a, b))
        for group in topics.values()
        for a, b in combinations(group, 2)
        if a.outlet != b.outlet
        and (a.row == b.row or of_people(a))
        and a.firm
        and b.firm
        and not agree(a, b)
        and not (is_vague(a) and is_vague(b))
        and _alone(a, b, group)
        and not (_told(a, b, facts) or _told(b, a, facts))
    ]
    return [odds for odds in found if _one_thing(odds, facts)]


def _alone(a: Fact, b: Fact, group: list[Fact]) -> bool:
    """Neither outlet has a figure of that time for the topic that agrees with the other's."""
    pairs = ((own, c) for c in group for own, other in ((a, b), (b, a)) if c.outlet == other.outlet)
    return not any(_of_one_time(own, c) and agree(own, c) for own, c in pairs)


def _of_one_time(a: Fact, b: Fact) -> bool:
    return in_the_past(a.passage.text) == in_the_past(b.passage.text)


def _told(a: Fact, b: Fact, facts: list[Fact]) -> bool:
    """Whether the passage of ``b`` has the value of ``a`` too, under another noun or as a sum; or the next
    sentence has it: "the union put it at 400. Police estimated it at 150".
    """
    if not _is_number(a):
        return False
    value = float(a.quantity.value)
    told = [f for f in facts if _is_number(f) and goes_on(b, f)]
    here = [float(f.quantity.value) for f in told if f.passage == b.passage and f.row == b.row]
    sums = (x + y for x, y in combinations(here, 2))
    return any(f.quantity.value == value for f in told) or value in sums


def _is_number(fact: Fact) -> bool:
    return not isinstance(fact.quantity.value, str)


def _one_thing(odds: Odds, facts: list[Fact]) -> bool:
    """Whether the two measure the same thing of the same event, as far as the words can tell."""
    a, b = odds.a, odds.b
    if a.topic[0] == "day" or differs_in_time(a, b) or _of_other_periods(a, b):
        return False
    if a.subject - sentence_words(b.passage.text) and b.subject - sentence_words(a.passage.text):
        return False
    if of_people(a):
        return _same_people(a, b, facts)
    if a.row != b.row or any(_limited(f) or _still_running(f) for f in (a, b)) or _of_others(a, b):
        return False
    if any(not alone_of_its_kind(f, facts) or is_tally(f) or _joined(f) for f in (a, b)):
        return False
    return _told_alike(odds, sole_counts(a, b, facts))


def _told_alike(odds: Odds, sole: bool) -> bool:
    """Whether two figures of one row stand among the same words; fewer will do for the ``sole`` count."""
    a, b = odds.a, odds.b
    counted = noun_words(a)
    shared = a.near & b.near - counted
    if sole and len(shared - a.subject - b.subject) >= _SOLE:
        return True
    least = _CLOSER if len(shared) >= _MANY else _LIKENESS
    enough = len(shared) >= (2 if a.subject & b.subject else 3)
    return bool(a.close & b.close - counted) and enough and odds.alike >= least


def sole_counts(a: Fact, b: Fact, facts: list[Fact]) -> bool:
    """Whether each outlet counts the thing, and never otherwise: then its noun tells what is counted."""
    if a.topic[0] != "count" or not a.quantity.noun:
        return False
    return all(
        other.quantity.value == f.quantity.value
        for f in (a, b)
        for other in facts
        if other.outlet == f.outlet and other.topic == f.topic
    )


def in_the_past(text: str) -> bool:
    """Whether a sentence tells of another time than the story's own."""
    return bool(_past(text))


def differs_in_time(a: Fact, b: Fact) -> bool:
    """Whether one passage has a word for another time that the other lacks."""
    return _past(a.passage.text) != _past(b.passage.text)


def _of_other_periods(a: Fact, b: Fact) -> bool:
    """Whether both passages name a day, a month or a quarter, and none that is the same."""
    one, other = (_periods(f.passage.text, f.day) for f in (a, b))
    return bool(one and other) and not one & other


def _periods(text: str, day: dt.date | None) -> set[str]:
    named = {str(q.value) for q in quantities(text, day) if q.kind in ("date", "month")}
    return named | {m.group().lower() for m in _QUARTER.finditer(text)}


@lru_cache(maxsize=4096)
def _past(text: str) -> frozenset[str]:
    """What puts a sentence in another time; the date of a dateline is the story's own."""
    dateline = _DATELINE.match(text)
    return frozenset(m.group().lower() for m in _PAST.finditer(text, dateline.end() if dateline else 0))


def _limited(fact: Fact) -> bool:
    """Whether an hour is only a limit: "out by 7 a.m." and "out by 6:40" are both true."""
    return fact.quantity.kind == "time" and bool(_LIMIT.search(fact.passage.text[: fact.quantity.span.begin]))


def _still_running(fact: Fact) -> bool:
    """Whether the time counted goes on: "five days of riots" are eight three days later."""
    after = fact.passage.text[fact.quantity.span.end :]
    return fact.quantity.kind == "duration" and bool(_RUNNING.match(after))


def _of_others(a: Fact, b: Fact) -> bool:
    """Whether two amounts are followed by other names: worth of Lund goods, worth of Bergen goods."""
    if a.quantity.kind != "money":
        return False
    after = [frozenset(_NAMED.findall(f.passage.text[f.quantity.span.end :][:40])) for f in (a, b)]
    return all(after) and not after[0] & after[1]


def _same_people(a: Fact, b: Fact, facts: list[Fact]) -> bool:
    """Counts of people in one plight; of a group apart only with the same group."""
    if not a.topic[2]:
        return _living(a) == _living(b) != "" and a.row == b.row and len(a.near & b.near) >= 3
    nouns = {a.quantity.noun, b.quantity.noun}
    if len(nouns) > 1 and (nouns & words("people", "subgroups") or a.topic[2] == "aboard"):
        return False
    if any(_milestone(f) or not is_largest(f, facts) or _WITH.search(f.passage.text) for f in (a, b)):
        return False
    fewest = min(float(a.quantity.value), float(b.quantity.value))
    if fewest <= 1 or (a.topic[2] == "marched" and (fewest < _CROWD or is_vague(a) or is_vague(b))):
        return False
    return a.topic[2] in load("people")["states"] or (a.row == b.row and len(a.near & b.near) >= 3)


def _living(fact: Fact) -> str:
    """The words that make a count one of all who live in a place: "home to"."""
    found = _HOME.search(fact.passage.text[: fact.quantity.span.begin])
    return found.group("what").lower() if found else ""


def _joined(fact: Fact) -> bool:
    """Whether the count is of two kinds of things together: "50 states and territories"."""
    return bool(_AND.match(fact.passage.text, fact.quantity.span.end))


def _milestone(fact: Fact) -> bool:
    """Whether a count is one passed on the way: "reached 300,000 deaths on Monday"."""
    return bool(_PASSED.search(fact.passage.text[: fact.quantity.span.begin]))


def alone_of_its_kind(fact: Fact, facts: list[Fact]) -> bool:
    """The only figure of its kind in its passage: with two, which stands for what is a guess."""
    return sum(f.passage == fact.passage and f.topic[0] == fact.topic[0] for f in facts) == 1


def is_tally(fact: Fact) -> bool:
    """Whether the thing counted has many values in one event, as points in a match have."""
    own = fact.passage.text[fact.quantity.span.begin : fact.quantity.span.end].lower()
    found = {fact.quantity.noun, *re.split(r"[\s-]", own)}
    return bool(
        found & words("events", "tallies") or {w.rstrip("s") for w in found} & words("events", "tallies")
    )


def is_largest(fact: Fact, facts: list[Fact]) -> bool:
    """The outlet's largest of its time for its topic: smaller ones are parts of it."""
    values = [
        f.quantity.value
        for f in facts
        if f.outlet == fact.outlet and f.topic == fact.topic and _of_one_time(f, fact)
    ]
    return fact.quantity.value == max(float(value) for value in values)


def _moved(facts: list[Fact]) -> list[Odds]:
    return [
        Odds(fact, shift.to, likeness(fact, shift.to), shift)
        for shift in shifts(facts)
        for fact in facts
        if fact.outlet != shift.to.outlet and _before_the_move(fact, shift, facts)
    ]


def _before_the_move(fact: Fact, shift: Shift, facts: list[Fact]) -> bool:
    """The fact gives the old day for the event, and its outlet nowhere the new one."""
    if (
        fact.topic[0] != shift.to.topic[0]
        or fact.topic[-1] == "said"
        or agree(fact, shift.to)
        or not planned(fact)
    ):
        return False
    if shift.origin is not None and not agree(fact, shift.origin):
        return False
    events, _ = event(fact.passage.text, fact)
    told = [
        other
        for other in facts
        if other.outlet == fact.outlet
        and other.topic[0] == fact.topic[0]
        and agree(other, shift.to)
        and event(other.passage.text, other)[0] == shift.events
    ]
    return events == shift.events and not told
