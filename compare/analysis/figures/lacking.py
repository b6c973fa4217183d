"""Figures that one outlet gives and another leaves out of the same fact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.analysis.figures.comparison import agree
from compare.analysis.figures.facts import Fact, content, sentence_words
from compare.model import Alignment, Cell, Passage

_KINDS = frozenset({"time", "date", "money", "percent", "count", "length", "weight"})
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
_SHARE = 0.7
_SHARED = 3
_BESIDE = 0.6
_SMALL = 3
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Lack:
    """A figure of one outlet, and the passage in which ``outlet`` reports the fact without it."""

    fact: Fact
    outlet: str
    passage: Passage
    share: float


def lacking(alignment: Alignment, facts: list[Fact]) -> list[Lack]:
    """Return the figures of each row that an outlet with the same fact has nowhere in its text."""
    by_row: dict[int, list[Fact]] = {}
    for fact in facts:
        by_row.setdefault(fact.row, []).append(fact)
    heads = {(a.id, p) for a in alignment.story.articles for p in range(a.headline.begin, a.headline.end)}
    return [
        lack
        for number, row in enumerate(alignment.rows)
        for fact in by_row.get(number, [])
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
        if outlet != fact.outlet and cell.passages and cell.reported >= _SURE
        for lack in _lack(fact, outlet, cell, facts)
        if (lack.passage.article, lack.passage.span.begin) not in heads
    ]


def _lack(fact: Fact, outlet: str, cell: Cell, facts: list[Fact]) -> Iterator[Lack]:
    if fact.quantity.kind not in _KINDS or fact.topic[-1] == "said" or not fact.firm or _slight(fact):
        return
    own = [f for f in facts if f.outlet == outlet]
    if any(_tells(fact, f) for f in own) or _ordinal(fact, cell):
        return
    best = max(cell.passages, key=lambda p: (_share(fact, p), p.text))
    beside = len(fact.close & sentence_words(best.text))
    if not _names_the_thing(fact, best.text) or beside < max(1, _BESIDE * len(fact.close)):
        return
    if _share(fact, best) >= _SHARE and len(fact.near & sentence_words(best.text)) >= _SHARED:
        yield Lack(fact, outlet, best, _share(fact, best))


def _tells(fact: Fact, other: Fact) -> bool:
    """Whether the other outlet's figure may be the same one, or stands for the same thing."""
    number = not isinstance(fact.quantity.value, str) and not isinstance(other.quantity.value, str)
    if fact.topic == other.topic and fact.topic[0] not in ("day", "time"):
        return True
    if number and other.topic[0] in ("number", fact.topic[0]) and agree(fact, other):
        return True
    return fact.quantity.value == other.quantity.value or (
        fact.topic[0] == other.topic[0] and (agree(fact, other) or fact.row == other.row)
    )


def _ordinal(fact: Fact, cell: Cell) -> bool:
    """Whether the outlet has the figure as a rank: "six rounds", "the sixth round"."""
    value = fact.quantity.value
    if isinstance(value, str) or not 3 <= value <= 12:
        return False
    forms = (_ORDINALS[int(value) - 3], f"{int(value)}th", f"{int(value)}rd")
    return any(form in passage.text.lower() for passage in cell.passages for form in forms)


def _names_the_thing(fact: Fact, text: str) -> bool:
    """For a count, the passage must speak of what is counted; for a day, not of its month."""
    if fact.quantity.kind == "date":
        own = fact.passage.text[fact.quantity.span.begin : fact.quantity.span.end]
        return not any(word[:3] in text for word in re.findall(r"[A-Z][a-z]{2,}", own))
    if fact.quantity.kind == "percent":
        return not re.search(r"\bin (?:ten|10|four|five|three)\b|\bhalf\b|\bthirds?\b|\bquarters?\b", text)
    return fact.quantity.kind != "count" or bool(content((fact.quantity.noun,)) & sentence_words(text))


def _slight(fact: Fact) -> bool:
    """Small counts, vague ones, the rest of a group, times that open a list or are no hours, and days from
    which others are counted.
    """
    quantity = fact.quantity
    if quantity.kind == "time" and not _is_hour(fact):
        return True
    if isinstance(quantity.value, str):
        before = fact.passage.text[: quantity.span.begin]
        return before.rstrip().endswith(":") or bool(_COUNTED_FROM.search(before))
    vague = quantity.kind == "count" and quantity.step >= quantity.value and quantity.approximate
    return vague or quantity.noun == "other" or (quantity.kind == "count" and quantity.value < _SMALL)


def _is_hour(fact: Fact) -> bool:
    """An hour of the day at which something was: no referee's clock, and no state as of an hour."""
    text, span = fact.passage.text, fact.quantity.span
    return bool(_CLOCK.search(text[span.begin : span.end + 20])) and not _AS_OF.search(text[: span.begin])


def _share(fact: Fact, passage: Passage) -> float:
    """How much of what stands around the figure the passage has too."""
    return len(fact.near & sentence_words(passage.text)) / max(1, len(fact.near))
