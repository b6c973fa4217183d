"""Nobody hurt in one outlet, two hurt in the other: a count denied is a count of none."""

import re
from collections.abc import Iterator

from compare.analysis.figures.facts import Fact, of_quantity
from compare.analysis.figures.odds import Odds, in_the_past, is_largest
from compare.model import Alignment, Span
from compare.text.lexicons import load
from compare.text.quantities import Quantity

STATES = ("killed", "injured")
FEWEST = 2  # one person hurt may be the one whom "nobody" leaves out: the driver, the dead man himself
_NOBODY = re.compile(
    r"\b(?:nobody|no[ -]one|no (?:people|person|passengers?|residents?|workers?|civilians?|children|staff))\s"
    r"(?:(?:was|were|has been|have been|had been|is|are|got)\s)?(?P<state>[a-z]+)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:(?:there (?:were|was|have been|had been)|with|leaving|caused|claimed)\sno\s(?P<there>[a-z]+)\b"
    r"|no\s(?P<state>[a-z]+)\s(?:were|was|have been|had been)\s(?:reported|recorded|counted|caused)\b)",
    re.IGNORECASE,
)
# What makes it no statement that none were: a condition, a wish, a part of those there were.
_UNSURE = re.compile(
    r"\b(?:if|whether|unless|until|hop\w+|wish\w*|pray\w*|would|could|may|might|should|ensure|so that|how|why"
    r"|immediate\w*|initial\w*|at first|first reports?|earlier|originally)\b[^.;]*$",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"^[^.;,]{0,25}\b(?:seriously|badly|critically|else|further|more|other|yet|on the ground)\b"
)
# So far: true of the hour it was written, and of no later one.
_SO_FAR = re.compile(r"\b(?:has|have) been\b|\b(?:tonight|so far|as yet|yet)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:last (?:week|month|year)|similar|another|separate|previous\w*|ago|earlier)\b", re.I
)


def denials(alignment: Alignment) -> list[Fact]:
    """Every statement of a table that none were killed, or hurt, as a count of 0 people."""
    days = {article.id: article.published for article in alignment.story.articles}
    return [
        of_quantity(passage, outlet, days.get(passage.article), number, quantity, ("count", "people", state))
        for number, row in enumerate(alignment.rows)
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
        for passage in cell.passages
        for quantity, state in _none(passage.text)
    ]


def denied(facts: list[Fact], none: list[Fact]) -> list[Odds]:
    """The counts of one outlet that another outlet denies. An outlet that has both is left alone: it tells
    of two moments, or of two accounts.
    """
    return [
        Odds(zero, fact, 0.0)
        for zero in none
        for fact in facts
        if fact.outlet != zero.outlet
        and fact.topic == zero.topic
        and _counts(fact, facts)
        and (not _SO_FAR.search(zero.passage.text) or (fact.day and zero.day))
        and not _has(zero.outlet, zero, facts)
        and not _has(fact.outlet, zero, none)
    ]


def _none(text: str) -> Iterator[tuple[Quantity, str]]:
    for pattern in (_NOBODY, _NONE):
        for match in pattern.finditer(text):
            word = next(found for found in match.groups() if found)
            state = _state(word.lower())
            around = _UNSURE.search(text[: match.start()]) or _PARTLY.match(text[match.start("state") :])
            if state and not around and not _PARTLY.match(text[match.end() :]):
                yield Quantity(Span(*match.span()), "count", 0.0, noun="people"), state


def _state(word: str) -> str:
    states = load("people")["states"]
    return next((state for state in STATES if word in states[state].split()), "")


def _counts(fact: Fact, facts: list[Fact]) -> bool:
    """Whether a count is of this event, and whole, as far as its sentence tells."""
    text = fact.passage.text
    return (
        fact.firm
        and float(fact.quantity.value) >= FEWEST
        and is_largest(fact, facts)
        and not in_the_past(text)
        and not _ELSEWHERE.search(text)
    )


def _has(outlet: str, like: Fact, facts: list[Fact]) -> bool:
    return any(fact.outlet == outlet and fact.topic == like.topic for fact in facts)
