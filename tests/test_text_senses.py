"""Keys under which two reports' words meet."""

import pytest

from compare.text.lexicons import load
from compare.text.senses import base, senses, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stops", "stopped"),
        ("closing", "closed"),
        ("city", "cities"),
        ("carries", "carried"),
        ("sale", "sales"),
    ],
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("fell", "falling"), ("met", "meets"), ("children", "child")])
def test_irregular_forms_share_a_base(one: str, other: str) -> None:
    assert base(one) == base(other)


@pytest.mark.parametrize(
    ("one", "other"), [("halted", "suspends"), ("treaty", "agreements"), ("ships", "vessel")]
)
def test_synonyms_share_a_sense(one: str, other: str) -> None:
    assert set(senses(one)) & set(senses(other))


def test_unlisted_words_stand_for_themselves() -> None:
    assert senses("marzipan") == ("marzipan",)


def test_short_words_keep_their_ending() -> None:
    assert stem("gas") == "gas"
    assert stem("red") == "red"


def test_every_line_of_the_list_names_at_least_two_words_and_none_twice() -> None:
    for line in load("synonyms")["senses"]:
        words = line.split()
        assert len(words) == len(set(words)) > 1, line


def test_every_irregular_form_belongs_to_one_plain_word() -> None:
    forms = [form for line in load("synonyms")["irregular"] for form in line.split()[1:]]
    assert len(forms) == len(set(forms))
