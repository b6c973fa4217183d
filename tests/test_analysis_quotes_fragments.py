"""Promises of quotes/fragments: a clipped phrase meets its fuller wording, and like words alone do not."""

from compare.analysis.alignment import align
from compare.analysis.quotes import find
from compare.model import Article, Finding, Span, Story

FULLER = (
    "“If the rain stops, I would sail on Friday if it was sensible,” the captain told reporters in Ulmen."
)


def told(one: str, other: str) -> list[Finding]:
    articles = tuple(
        Article(outlet, outlet, "", f"{text}\n\nThe harbour of Ulmen stays closed.", Span(0, 0))
        for outlet, text in (("Tide", one), ("Post", other))
    )
    return [f for f in find(align(Story("boat", articles))) if f.variety == "altered"]


def test_a_clipped_phrase_is_shown_beside_its_fuller_wording() -> None:
    (found,) = told(FULLER, "The captain may sail on Friday “if sensible,” but has not decided.")
    assert found.summary == "Post quotes “if sensible,” where Tide quotes “if it was sensible”."
    assert [(e.outlet, e.role) for e in found.evidence] == [("Post", "says"), ("Tide", "says")]


def test_a_phrase_that_stands_there_word_for_word_is_not_altered() -> None:
    assert told(FULLER, "The captain may sail on Friday “if it was sensible,” but has not decided.") == []


def test_sentences_that_share_nothing_else_are_not_brought_together() -> None:
    assert told(FULLER, "Fees rise “if sensible,” says the ministry.") == []
