"""Promises of text/acts: two verbs of one act are told apart, and which of them says more."""

import pytest

from compare.text.acts import akin_in, exchanged
from compare.text.differences import words


def verbs(one: str, other: str) -> list[tuple[str, str, int]]:
    found = exchanged((one, words(one)), (other, words(other)))
    return [(one[a.begin : a.end], other[b.begin : b.end], own) for a, b, own in found]


def test_the_stronger_verb_is_told_from_the_plainer_one_whichever_comes_first() -> None:
    plain, strong = "The port cut its fees.", "The port slashed its fees."
    assert verbs(plain, strong) == [("cut", "slashed", 1)]
    assert verbs(strong, plain) == [("slashed", "cut", 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orlov harshly criticizes", "Orlov slams"),
        ("Orlov asked the port.", "Orlov demanded to know."),
        ("Orlov declined, and his refusal was short.", "Orlov refused."),
        ("The bank cut Norwegian", "The bank slashed"),
    ],
    ids=["an adverb", "to know", "both words", "another country"],
)
def test_verbs_that_are_changed_or_of_another_thing_are_no_exchange(one: str, other: str) -> None:
    assert verbs(one, other) == []
    assert verbs(other, one) == []


def test_words_made_of_a_word_are_its_kin_and_short_ones_only_its_forms() -> None:
    assert akin_in("His refusal was short.", "refuse")
    assert akin_in("He declines.", "declined")
    assert not akin_in("The cutter sails.", "cut")
