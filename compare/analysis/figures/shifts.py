"""A date that moved: "talks scheduled for Thursday were pushed to Friday"."""

import re
from dataclasses import dataclass

from compare.analysis.figures.facts import Fact
from compare.text.lexicons import load

_MOVED = re.compile(
    r"\b(?:pushed|moved|postponed|delayed|put|rescheduled|brought|shifted|deferred|set|slipped|changed"
    r"|switched)"
    r"(?:\s(?:back|forward|off))?(?:\sfrom\s[\w\s]{3,20}?)?\s(?:to|until|till|for)\s(?:[\w,']+\s){0,3}$"
)
_MOVING = re.compile(
    r"\b(?:pushed|moved|postponed|delayed|put off|rescheduled|brought forward|shifted|deferred|slipped"
    r"|switched)\b"
)
_FIRST_SET = re.compile(
    r"\b(?:scheduled|set|planned|due|expected|slated|meant|billed|originally|initially|first|from"
    r"|instead of|not)\b"
    r"[^.;]{0,40}$"
)
_REACH = 120
_AHEAD = re.compile(
    r"\b(?:will|to|due|expected|scheduled|set|planned|plans?|slated|would|may|might|begins?|starts?|opens?"
    r"|meets?)\b"
)


@dataclass(frozen=True, slots=True)
class Shift:
    """One outlet's account of a move: the day it is moved to, the day it was first set for (or None)."""

    to: Fact
    origin: Fact | None
    events: tuple[str, ...]
    word: str


def shifts(facts: list[Fact]) -> list[Shift]:
    """Return the moves told in passages that name an event the lexicon knows."""
    days = [fact for fact in facts if fact.topic[0] in ("day", "time")]
    return [shift for fact in days for shift in _shift(fact, days)]


def _shift(fact: Fact, days: list[Fact]) -> list[Shift]:
    text = fact.passage.text
    before = text[: fact.quantity.span.begin]
    if not (_MOVED.search(before) and _MOVING.search(before)):
        return []
    events, word = event(text, fact)
    if not events:
        return []
    others = [
        other
        for other in days
        if other.passage == fact.passage
        and other.topic[0] == fact.topic[0]
        and other.quantity.value != fact.quantity.value
        and _FIRST_SET.search(text[: other.quantity.span.begin])
    ]
    return [Shift(fact, others[0] if others else None, events, word)]


def planned(fact: Fact) -> bool:
    """Whether the fact's clause looks ahead: it gives the day something is to happen."""
    begin = fact.quantity.span.begin
    return fact.topic[0] in ("day", "time") and bool(
        _AHEAD.search(fact.passage.text[max(0, begin - 80) : begin])
    )


def event(text: str, fact: Fact) -> tuple[tuple[str, ...], str]:
    """Return the class of the planned event nearest to the fact, and the word the text has for it."""
    begin = fact.quantity.span.begin
    found = [
        (begin - m.start() if m.start() < begin else m.start() - begin + _REACH, m.start(), listed)
        for listed in load("events")["classes"]
        for m in re.finditer(rf"\b(?:{'|'.join(listed.split())})\b", text, re.IGNORECASE)
        if abs(m.start() - begin) < _REACH
    ]
    if not found:
        return (), ""
    _, place, listed = min(found)
    word = re.compile(r"\w[\w-]*").match(text, place)
    return tuple(listed.split()), word.group() if word else ""
