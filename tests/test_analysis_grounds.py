"""Grounds: a row asks for more than the same names, titles and sums of money."""

import numpy as np
import pytest

from compare.analysis.grounds import LONE, joining
from compare.analysis.signals import terms

SURE = (1 + LONE) / 2


def joins(one: str, other: str, link: float = SURE) -> bool:
    # A third passage, so that the story writes no word with a capital alone.
    texts = [one, other, "Nothing else happened."]
    links = np.full((3, 3), link, np.float32)
    return bool(joining(texts, terms(texts).content, links, 0.5)[0, 1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Foreign Minister Ilse Brandt flew to Varnholm on Monday.",
            "On Monday Foreign Minister Ilse Brandt praised an orchestra in Varnholm.",
        ),
        ("The foreign minister, Ilse Brandt, resigned.", "Ilse Brandt, the foreign minister, bought a goat."),
        ("It paid 60 million crowns for cable.", "The bid was nine million crowns too low."),
        ("Turnover fell in the third quarter.", "A new chairman comes in the third quarter."),
        ("Ilse Brandt said the dam was full.", "Ilse Brandt said nothing about goats."),
    ],
)
def test_names_titles_sums_and_speech_are_no_ground(one: str, other: str) -> None:
    assert not joins(one, other, 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilse Brandt resigned on Monday.", "On Monday Ilse Brandt resigns."),
        ("Police put the crowd at 9,000.", "Some 9,000 came, by the count of the force."),
        ("The ferry caught fire off Halm.", "Off Halm a ferry burned."),
    ],
)
def test_a_word_of_what_happens_or_the_same_figure_is_a_ground(one: str, other: str) -> None:
    assert joins(one, other)


def test_one_ground_asks_for_a_surer_link_than_two() -> None:
    one, two = "A ferry burned.", "Passengers of the ferry sang."
    assert joins(one, two, LONE)
    assert not joins(one, two, LONE - 0.01)
    assert joins("The burning ferry sank.", "A ferry sank at night.", LONE - 0.01)


def test_passages_without_a_link_are_not_read() -> None:
    texts = ["A ferry burned.", "A ferry burned."]
    assert not joining(texts, terms(texts).content, np.zeros((2, 2), np.float32), 0.5).any()


def test_no_passages_join_nothing() -> None:
    assert joining([], [], np.zeros((0, 0), np.float32), 0.5).shape == (0, 0)
