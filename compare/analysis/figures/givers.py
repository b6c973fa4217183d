"""To whom a passage gives its figure, where one plain phrase of its own sentence says so."""

import re

from compare.analysis.figures.facts import Fact

_WHO = r"(?P<who>(?:[Tt]he\s)?[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*){0,4})"
_OPENS = re.compile(
    rf"^{_WHO}\s(?:said|says|counted|count|estimated|estimates|boasted of|spoke of|claimed|reported)\s"
)
_ACCORDING = re.compile(rf"\baccording to {_WHO}(?=[.,;]|$)")
_CLOSES = re.compile(rf",\s{_WHO}\s(?:said|says)\.?$")
_NOBODY = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "this",
        "that",
        "who",
        "which",
        "and",
        "but",
        "as",
        "people",
        "some",
    }
)


def giver(fact: Fact) -> str:
    """Return the words for whose figure it is: "the police"; or "" where the sentence leaves it open."""
    text, place = fact.passage.text, fact.quantity.span
    if any(mark in text for mark in '“”"«»') or ";" in text:
        return ""
    found = [
        match.group("who")
        for pattern in (_OPENS, _ACCORDING, _CLOSES)
        for match in pattern.finditer(text)
        if not match.start() <= place.begin < match.end()
    ]
    return found[0] if len(found) == 1 and not _is_nobody(found[0]) else ""


def _is_nobody(who: str) -> bool:
    return bool({word.lower() for word in who.split()} & _NOBODY)
