import pytest

from compare.text import frames


def shown(text: str, word: str) -> set[str]:
    """What ``word`` shows in a sentence whose words and marks stand apart."""
    texts = text.split()
    rows: list[list[str]] = [[] for _ in texts]
    frames.add(texts, [i == 0 for i in range(len(texts))], [False] * len(texts), rows)
    return set(rows[texts.index(word)])


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
    rows: list[list[str]] = [[] for _ in texts]
    frames.add(texts, [i in (0, 3, 6) for i in range(len(texts))], [False] * len(texts), rows)
    assert {"L say <start", "L say >."} <= set(rows[3])


def test_a_word_inside_quotation_marks_says_so() -> None:
    rows: list[list[str]] = [[], []]
    frames.add(["we", "think"], [True, False], [True, True], rows)
    assert "L think in q" in rows[1]
    assert not rows[0]


def test_what_is_shown_can_be_told_from_other_attributes() -> None:
    assert all(name.startswith(frames.PREFIXES) for name in shown("He said so .", "said"))
