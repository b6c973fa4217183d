"""compare.text.loaded: loaded words and one-sided sentences."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.text import lexicons
from compare.text.loaded import Reading, kind_of, read, thresholds

PLAIN = "The council said on Tuesday that 14 trees were planted in March."
LOADED = "The council's shameful, utterly reckless vandalism is nothing short of a disgrace!"


def marked(text: str) -> list[str]:
    return [word.text for word in read(text)[1] if word.chance >= thresholds()[1]]


def test_plain_report_is_less_likely_one_sided_than_a_rant() -> None:
    assert read(PLAIN)[0] < thresholds()[0] <= read(LOADED)[0]


def test_marks_the_loaded_words_only() -> None:
    assert marked(PLAIN) == []
    found = marked(LOADED)
    assert {"shameful", "reckless", "disgrace"} <= set(found)
    assert not {"The", "is", "of", "a"} & set(found)


def test_quoted_words_weigh_less_than_the_same_words_in_the_outlets_own_voice() -> None:
    own = {w.text: w.chance for w in read("The shameful plan was dropped on Monday after long debate.")[1]}
    theirs = {
        w.text: w.chance for w in read('The "shameful plan was dropped on Monday after long debate".')[1]
    }
    assert theirs["shameful"] < own["shameful"]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("slammed", "attack"),
        ("recklessly", "blame"),
        ("tragedies", "alarm"),
        ("radicals'", ""),
        ("stool", ""),
    ],
)
def test_inflections_are_found_and_look_alikes_are_not(form: str, kind: str) -> None:
    assert kind_of(form) == kind


def test_no_word_stands_in_two_classes() -> None:
    """A word's class decides how it is named in a finding, so there can only be one."""
    words = [word for listed in lexicons.load("loaded")["words"].values() for word in listed.split()]
    assert len(words) == len(set(words))


def test_phrases_of_several_words() -> None:
    words = {word.text: word.phrase for word in read("There are growing concerns in the port.")[1]}
    assert words["growing"] == words["concerns"] == "unsourced"
    assert words["port"] == ""


def test_a_word_on_no_list_counts_by_what_it_means() -> None:
    listless = {
        word: next(w for w in read(f"The council called it {word} on Tuesday.")[1] if w.text == word)
        for word in ("garbage", "rubbish", "table", "street")
    }
    assert not any(word.kind for word in listless.values())
    likely = {name: word.chance for name, word in listless.items()}
    assert min(likely["garbage"], likely["rubbish"]) > 2 * max(likely["table"], likely["street"])


def test_whom_a_sentence_names_does_not_make_it_take_sides() -> None:
    chances = {read(f"Voters met {name} in Iowa on Tuesday.")[0] for name in ("Trump", "Clinton", "Qzxvia")}
    assert len(chances) == 1


def test_a_possessive_means_what_its_word_means() -> None:
    plain, owned = Reading("disaster"), Reading("disaster’s")
    assert plain.meanings.any()
    assert (plain.meanings == owned.meanings).all()
    assert not Reading("qzxvia").meanings.any()


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab Z'’“”\"-.!?\n", max_size=60))
def test_spans_are_verbatim_and_chances_are_probabilities(text: str) -> None:
    chance, words = read(text)
    assert 0 <= chance <= 1
    for word in words:
        assert text[word.span.begin : word.span.end] == word.text
        assert 0 <= word.chance <= 1
