"""Figures whose absence is no news: vague ones, stamps of the hour, limits, what is told otherwise."""

import re

from compare.analysis.figures.facts import Fact, content, is_vague, sentence_words
from compare.model import Cell

_ORDINALS = (
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_CLOCK = re.compile(
    r"[ap]\.?\s?m\b|\b(?:noon|midnight|o['’]clock|GMT|UTC|E[SD]?T|P[SD]?T|local time|hours|hrs|morning"
    r"|afternoon|evening|night)\b",
    re.IGNORECASE,
)
_COUNTED_FROM = re.compile(r"\b(?:days?|weeks?|months?|hours?)\s(?:before|after)\s$")
_AS_OF = re.compile(r"\b(?:by|as of|before|until|till)\s(?:about |around )?$", re.IGNORECASE)
_NO_WORD = re.compile(r"^(?:[^a-z]|\b[A-Z][a-z]{2,8}\b|\b[ap]\.?m\b)*$")
_PART = re.compile(r"\b(?:half|thirds?|quarters?)\b|\bin (?:ten|10|four|five|three)\b|\b(?:doubl|tripl)\w+")
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|this morning|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b", re.I
)
_LISTED = re.compile(r"(?:,|\band)\s(?:[A-Z][\w.’'-]*\s?){2,5}(?=[,.]|\sand\b)")
_SMALL, _FEW, _ALL = 3, 12, 100


def slight(fact: Fact) -> bool:
    """Small counts, vague ones, the rest of a group, all of something; times that open a list, say when
    a text was sent or are no hours; and days from which others are counted.
    """
    quantity = fact.quantity
    if quantity.kind == "time" and not _is_hour(fact):
        return True
    if isinstance(quantity.value, str):
        before = fact.passage.text[: quantity.span.begin]
        return (
            before.rstrip().endswith(":")
            or bool(_COUNTED_FROM.search(before))
            or _stamp(fact.passage.text, quantity.span.end)
        )
    if quantity.kind == "percent" and quantity.value >= _ALL:
        return True
    return (
        is_vague(fact) or quantity.noun == "other" or (quantity.kind == "count" and quantity.value < _SMALL)
    )


def _stamp(text: str, end: int) -> bool:
    """Whether a passage opens, up to ``end``, with when it was sent: "Jul. 7 5:59 PM EDT The champion"."""
    return bool(_NO_WORD.match(text[:end]) and re.match(r"\s(?:\d|[A-Z])", text[end:]))


def told_otherwise(fact: Fact, cell: Cell) -> bool:
    """Whether an outlet has the figure as a rank ("six rounds", "the sixth round"), as a part or a multiple,
    as a list of those counted, or as a day counted from its own.
    """
    texts = [passage.text for passage in cell.passages]
    if fact.quantity.kind == "date":
        return any(_RELATIVE.search(text) for text in texts)
    if fact.quantity.kind == "percent":
        return any(_PART.search(text.lower()) for text in texts)
    value = fact.quantity.value
    if isinstance(value, str) or not _SMALL <= value <= _FEW:
        return False
    forms = (_ORDINALS[int(value) - 3], f"{int(value)}th", f"{int(value)}rd")
    return any(form in text.lower() for text in texts for form in forms) or any(
        len(_LISTED.findall(text)) >= value - 2 and len(_LISTED.findall(text)) > 1 for text in texts
    )


def names_the_thing(fact: Fact, text: str) -> bool:
    """For a count, the passage must speak of what is counted; for a day, not of its month."""
    if fact.quantity.kind == "date":
        own = fact.passage.text[fact.quantity.span.begin : fact.quantity.span.end]
        return not any(word[:3] in text for word in re.findall(r"[A-Z][a-z]{2,}", own))
    return fact.quantity.kind != "count" or bool(content((fact.quantity.noun,)) & sentence_words(text))


def _is_hour(fact: Fact) -> bool:
    """An hour of the day at which something was: no referee's clock, and no state as of an hour."""
    text, span = fact.passage.text, fact.quantity.span
    return bool(_CLOCK.search(text[span.begin : span.end + 20])) and not _AS_OF.search(text[: span.begin])
