import numpy as np
import pytest

from compare.text import frames
from compare.text.weights import TOGETHER


def names(texts: list[str], opening: set[int], quoted: set[int]) -> dict[int, set[str]]:
    """What each word that may attribute shows, by its place."""
    marks = [np.array([n in listed for n in range(len(texts))]) for listed in (opening, quoted)]
    places = np.array([n for n, text in enumerate(texts) if frames.family(text.lower())[0]], int)
    found = frames.shown(texts, marks[0], marks[1], places)
    kinds = [[name for kind in row for name in found.kinds[kind].split(TOGETHER)] for row in found.which]
    return dict(zip(places.tolist(), map(set, kinds), strict=True))


def shown(text: str, word: str) -> set[str]:
    """What ``word`` shows in a sentence whose words and marks stand apart."""
    return names(text.split(), {0}, set()).get(text.split().index(word), set())


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("She has not said that it rained .", "said", {"F say:ed >that", "F say:ed <he nh"}),
        ("The mayor wants a bridge to open .", "wants", {"F want:s >dete", "F want:s >>to", "L want <role"}),
        ("They were told to leave .", "told", {"F say:ed <he b", "L tell >to"}),
        ("Voters openly distrust him .", "distrust", {"L distrust <role", "L distrust >pron"}),
        ("Rivera said , again , nothing .", "said", {"L say >,", "L say >>,", "L say <Cap"}),
    ],
)
def test_a_verb_shows_its_subject_its_helpers_and_what_it_governs(
    text: str, word: str, wanted: set[str]
) -> None:
    assert wanted <= shown(text, word)


def test_only_words_that_may_attribute_show_anything() -> None:
    assert not shown("The bridge said nothing .", "bridge")
    assert not shown("The bridge said nothing .", "The")


def test_a_sentence_does_not_see_the_one_before_or_after() -> None:
    texts = ["Nobody", "spoke", ".", "Said", "quickly", ".", "That", "was", "all", "."]
    assert {"L say <start", "L say >."} <= names(texts, {0, 3, 6}, set())[3]


def test_a_word_inside_quotation_marks_says_so() -> None:
    found = names(["we", "think"], {0}, {0, 1})
    assert "L think in q" in found[1]
    assert 0 not in found


def test_what_is_shown_can_be_told_from_other_attributes() -> None:
    assert all(name.startswith(frames.PREFIXES) for name in shown("He said so .", "said"))
