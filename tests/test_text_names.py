"""compare.text.names and compare.text.spelling: mentions of names, and one key for their spellings."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.text.lexicons import load
from compare.text.names import fold, fold_name, names
from compare.text.spelling import listed

GOLDEN = Path(__file__).parent / "golden" / "names" / "cases.txt"


def cases() -> list[tuple[str, list[str]]]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    parted = [line.partition("|") for line in lines if line.strip() and not line.startswith("#")]
    return [(text.strip(), [n.strip() for n in rest.split(" ; ") if n.strip()]) for text, _, rest in parted]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_names_are_found_with_their_titles(text: str, expected: list[str]) -> None:
    assert [f"{n.title}:{n.text}" if n.title else n.text for n in names(text)] == expected


@pytest.mark.parametrize(
    "same",
    [
        ["Kyiv", "Kiev", "KYIV", "Kyiv’s"],
        ["Zelensky", "Zelenskiy", "Zelenskyy", "Zelenskyi"],
        ["Sybiha", "Sybiga"],
        ["Andrii", "Andriy", "Andrei"],
        ["Muhammad", "Mohammed", "Mohamed"],
        ["Gaddafi", "Qaddafi", "Gadhafi"],
        ["Türkiye", "Turkey"],
        ["Beijing", "Peking"],
        ["Mumbai", "Bombay"],
        ["Derry", "Londonderry"],
        ["al-Sisi", "Sisi", "El-Sisi"],
        ["U.S.", "US", "USA"],
        ["Medinsky", "Medinskiy", "Medinskyi"],
        ["Malmö", "Malmo"],
    ],
)
def test_spellings_of_one_name_have_one_key(same: list[str]) -> None:
    assert len({fold(word) for word in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Polish", "Police"),
        ("US", "us"),
        ("WHO", "who"),
        ("Lyon", "Lions"),
        ("Losses", "Loses"),
        ("Niger", "Nigeria"),
        ("Slovakia", "Slovenia"),
        ("Mann", "Man"),
        ("Anna", "Hannah"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_small_letters_keep_their_spelling() -> None:
    assert fold("happy") != fold("happi")
    assert fold("résumé") == "resume"


def test_names_of_several_words_meet_their_short_forms() -> None:
    assert fold_name("United States") == fold_name("U.S.")
    assert fold_name("Côte d’Ivoire") == fold_name("Ivory Coast")
    assert fold_name("Czech Republic") == fold_name("Czechia")


def test_every_group_of_the_lexicon_has_one_key() -> None:
    """An editor who adds a spelling can rely on it."""
    for group in (*load("spellings")["places"], *load("spellings")["people"]):
        assert len({fold_name(name) for name in group}) == 1, group


def test_a_headline_takes_its_names_from_the_text_around_it() -> None:
    body = "The envoy Mara Holm is in town. On Monday Holm sees the king."
    found = names("Holm Arrives Ahead of Difficult Royal Talks", context=body)
    assert [n.text for n in found] == ["Holm"]
    assert listed("Kyiv")
    assert not listed("kitchen")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_keys_are_stable_under_case_and_repetition(word: str) -> None:
    assert fold(word) == fold(word)
    assert isinstance(fold_name(word), str)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Mr.", "Holm", "of", "the", "Bank", "said", "U.S.", "al-Rashid", "\n", "“We", "é"]),
        max_size=15,
    )
)
def test_mentions_slice_back_in_order(words: list[str]) -> None:
    text = " ".join(words)
    found = names(text)
    assert all(text[n.span.begin : n.span.end] == n.text and n.text for n in found)
    assert all(a.span.end <= b.span.begin for a, b in pairwise(found))
