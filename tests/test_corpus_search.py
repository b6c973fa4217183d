"""Words are found, and nothing that is typed is an error."""

from pathlib import Path

import pytest
from corpus_kit import add, put, text
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compare.corpus import catalogue
from compare.corpus.search import expression, search


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for number in range(12):
        put(folder, f"in/{number}.txt", text(number, "Ferries late" if number == 7 else "Council meets"))
    add(folder / "corpus", folder / "in")
    return folder / "corpus"


def found(corpus: Path, words: str) -> list[str]:
    with catalogue.opened(corpus) as book:
        return [hit.snippet for hit in search(book, words)]


def test_all_the_words_have_to_be_there(corpus: Path) -> None:
    assert len(found(corpus, "members midnight")) == 12
    assert len(found(corpus, "members ferry")) == 1
    assert found(corpus, "members zeppelin") == []


def test_other_endings_of_a_word_are_found_and_marked(corpus: Path) -> None:
    assert any("[ferry]" in snippet for snippet in found(corpus, "ferries"))


def test_a_phrase_stays_together(corpus: Path) -> None:
    assert len(found(corpus, '"long evening"')) == 12
    assert found(corpus, '"evening long"') == []


def test_a_star_stands_for_any_end(corpus: Path) -> None:
    assert len(found(corpus, "midni*")) == 12
    assert found(corpus, "midni") == []


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='ab"*(){}^:-+ANDORNEAR \0\ud800é,', max_size=20))
@example('"')
@example("title: (a OR")
@example("NEAR(a b")
def test_whatever_is_typed_is_sought_and_never_an_error(corpus: Path, words: str) -> None:
    assert isinstance(found(corpus, words), list)


def test_no_words_find_nothing(corpus: Path) -> None:
    assert expression(' * "" -- ') == ""
    assert found(corpus, " ") == []
