"""Figures that one outlet gives and another leaves out of the same fact."""

from collections.abc import Iterator
from dataclasses import dataclass

from compare.analysis.figures.comparison import agree
from compare.analysis.figures.facts import Fact, sentence_words
from compare.analysis.figures.slight import names_the_thing, slight, told_otherwise
from compare.model import Alignment, Cell, Passage

_KINDS = frozenset({"time", "date", "money", "percent", "count", "length", "weight"})
_SHARE, _BESIDE, _SHARED = 0.7, 0.6, 3
# Amounts, shares and counts in rows that are hardly in doubt: half of what stands around them is enough.
_AMOUNTS = frozenset({"money", "percent", "count", "length", "weight"})
_SURELY = 0.95
_SHARE_SURE, _BESIDE_SURE, _SHARED_SURE = 0.55, 0.5, 4
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
    if fact.quantity.kind not in _KINDS or fact.topic[-1] == "said" or not fact.firm or slight(fact):
        return
    best = max(cell.passages, key=lambda p: (_share(fact, p), p.text))
    if _share(fact, best) < _SHARE_SURE or not names_the_thing(fact, best.text) or told_otherwise(fact, cell):
        return
    own = [f for f in facts if f.outlet == outlet]
    if not any(_tells(fact, f) for f in own) and _beside(fact, best, cell, own):
        yield Lack(fact, outlet, best, _share(fact, best))


def _beside(fact: Fact, best: Passage, cell: Cell, own: list[Fact]) -> bool:
    """Whether enough of what stands around the figure stands in the other passage too."""
    if fact.quantity.kind == "percent" and _gives(own, best):
        return False
    there = sentence_words(best.text)
    share, near, close = _share(fact, best), len(fact.near & there), len(fact.close & there)
    if share >= _SHARE and near >= _SHARED and close >= max(1, _BESIDE * len(fact.close)):
        return True
    if fact.quantity.kind not in _AMOUNTS or cell.reported < _SURELY or _gives(own, best):
        return False
    enough = share >= _SHARE_SURE and near >= _SHARED_SURE
    return enough and close >= max(1, _BESIDE_SURE * len(fact.close))


def _gives(own: list[Fact], passage: Passage) -> bool:
    """Whether a passage has a figure of its own, which may say the same by another measure."""
    return any(f.passage == passage and f.topic[0] in _AMOUNTS for f in own)


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


def _share(fact: Fact, passage: Passage) -> float:
    """How much of what stands around the figure the passage has too."""
    return len(fact.near & sentence_words(passage.text)) / max(1, len(fact.near))
