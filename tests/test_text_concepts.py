"""compare.text.concepts: which phrases name one concept."""

import pytest

from compare.text.concepts import Mention, group
from compare.text.people import People
from compare.text.phrases import chunk, places, stem, tokens

LODE = [
    "President Ana Rivera of Peru met the Dutch prime minister, Joost Bakker, in Lima on Monday.",
    "Ms. Rivera called the talks useful, and Mr. Bakker agreed.",
    "The Peruvian president said the summit had brought peace closer.",
]
BODE = [
    "Rivera hosted Bakker in Peru.",
    "The Dutch prime minister praised the meeting, officials in Lima said.",
]
DOCUMENTS = {"Lode": LODE, "Bode": BODE}


def label(*pairs: tuple[int, str, str]) -> list[int]:
    """Labels of phrases given as (sentence number, document, phrase)."""
    found = [Mention(name, DOCUMENTS[name][n], phrase) for n, name, phrase in pairs]
    return list(group(DOCUMENTS, found))


def test_one_person_by_name_title_and_office() -> None:
    labels = label(
        (0, "Lode", "President Ana Rivera"), (1, "Lode", "Ms. Rivera"), (0, "Bode", "Rivera"),
        (2, "Lode", "The Peruvian president"), (0, "Bode", "Bakker"), (1, "Bode", "The Dutch prime minister"),
    )  # fmt: skip
    assert len(set(labels[:4])) == 1
    assert labels[4] == labels[5]
    assert labels[0] != labels[4]


def test_country_and_its_capital_and_officials() -> None:
    labels = label((0, "Bode", "Peru"), (1, "Bode", "officials in Lima"), (1, "Lode", "Mr. Bakker"))
    assert labels[0] == labels[1]
    assert labels[0] != labels[2]


def test_events_are_joined_by_class() -> None:
    labels = label((1, "Lode", "the talks"), (2, "Lode", "the summit"), (0, "Bode", "Peru"))
    assert labels[0] == labels[1] != labels[2]


@pytest.mark.parametrize("count", [0, 1])
def test_few_mentions_need_no_comparing(count: int) -> None:
    assert len(group(DOCUMENTS, [Mention("Lode", LODE[0], "Lima")] * count)) == count


def test_lower_threshold_never_joins_more() -> None:
    found = [Mention("Lode", LODE[1], p) for p in ("Ms. Rivera", "the talks", "Mr. Bakker")]
    assert len(set(group(DOCUMENTS, found, 0.01))) >= len(set(group(DOCUMENTS, found, 0.99)))


def test_order_of_documents_changes_nothing() -> None:
    found = [
        Mention("Lode", LODE[1], "Ms. Rivera"),
        Mention("Bode", BODE[0], "Rivera"),
        Mention("Bode", BODE[0], "Peru"),
    ]
    turned = dict(reversed(DOCUMENTS.items()))
    assert group(DOCUMENTS, found) == group(turned, found)


def test_description_beside_a_name_is_that_person() -> None:
    people = People(DOCUMENTS)
    assert people.described(tokens("the Dutch prime minister"), LODE[0], "Lode") == "bakker"


def test_words_also_written_small_are_no_names() -> None:
    people = People({"a": ["Talks failed in Bern.", "The talks had begun on Monday, the talks went on."]})
    assert people.runs(tokens("Talks failed")) == []


def test_places_by_name_people_and_seat() -> None:
    found = [
        p.country
        for p in places(tokens("Kiev, Kyiv, the Kremlin and South Korean envoys told us in U.S. talks"))
    ]
    assert found == ["Ukraine", "Ukraine", "Russia", "South Korea", "United States"]


@pytest.mark.parametrize(
    ("phrase", "head"),
    [("the leader of the free world", "leader"), ("to meet with its envoy", "meet"), ("Mr. Ode 's", "Ode")],
)
def test_chunk_ends_in_the_head(phrase: str, head: str) -> None:
    assert chunk(tokens(phrase))[-1] == head


def test_stems_join_inflections() -> None:
    assert stem("talks") == stem("talked") == stem("talking")
    assert stem("treaties") == stem("treaty")
