"""compare.text.lexicons: word lists as package data."""

import pytest

from compare.errors import ParallaxError
from compare.text.lexicons import load, words


def test_a_list_of_words_is_an_array_or_parted_by_white_space() -> None:
    assert "mr" in words("abbreviations", "titles")
    assert "President" in words("titles", "heads")


def test_lists_are_read_once() -> None:
    assert load("units") is load("units")


def test_a_missing_list_is_one_clear_error() -> None:
    with pytest.raises(ParallaxError, match=r"nowhere\.toml"):
        load("nowhere")
