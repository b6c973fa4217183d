"""Promises of text/hedging: what is hedged here counts as stated there only where nothing there doubts it."""

import pytest

from compare.text.differences import words
from compare.text.hedging import asserted


def stated(hedged: str, plain: str, hedge: str) -> bool:
    """Whether ``plain`` states what ``hedged`` hedges, by the words behind the hedge, which both have."""
    said = words(hedged)
    place = [word for word, _ in said].index(hedge)
    rest = said[place + 1 :]
    there = words(plain)
    begin = [word for word, _ in there].index(rest[0][0])
    return asserted((hedged, said[: place + 1], rest), (plain, there[:begin], there[begin:]))


@pytest.mark.parametrize(
    ("hedged", "plain", "hedge"),
    [
        ("The union reportedly signed the deal.", "The union signed the deal.", "reportedly"),
        ("The council may shut the port.", "The council will shut the port.", "may"),
        ("The port probably froze.", "The port froze.", "probably"),
    ],
)
def test_a_plain_statement_is_one(hedged: str, plain: str, hedge: str) -> None:
    assert stated(hedged, plain, hedge)


@pytest.mark.parametrize(
    ("hedged", "plain", "hedge"),
    [
        ("The thief allegedly shot a guard.", "Police say a thief shot a guard.", "allegedly"),
        ("The thief allegedly shot a guard.", "A guard was shot.", "allegedly"),
        ("The council may shut the port.", "The council wants to shut the port.", "may"),
        ("The council may shut the port.", "He hints that the council will shut the port.", "may"),
        ("Will the council perhaps shut the port?", "The council will shut the port.", "perhaps"),
        ("The port probably froze.", "Many fear that the port froze.", "probably"),
        ("A possible strike looms.", "A strike looms.", "possible"),
    ],
    ids=["in a mouth", "passive", "a purpose", "a hint", "a question", "a fear", "an adjective"],
)
def test_what_is_told_otherwise_than_as_a_fact_is_no_plain_statement(
    hedged: str, plain: str, hedge: str
) -> None:
    assert not stated(hedged, plain, hedge)
