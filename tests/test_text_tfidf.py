"""Vectors: the same as scikit-learn's, and nothing else than the texts given to them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from compare.text import tfidf

TEXTS = ("the ferry left at 9.40", "a ferry burned near the port", "burning ferries", "")
LETTERS = st.text(st.sampled_from("abcdé "), max_size=20)


def test_words_keep_figures_initials_and_apostrophes_whole() -> None:
    assert tfidf.words("The U.S. paid 1,400.5 for Anna’s boat; don't ask.") == [
        "The", "U.S.", "paid", "1,400.5", "for", "Anna", "boat", "don't", "ask",
    ]  # fmt: skip


def test_cosines_of_words_are_those_of_scikit_learn() -> None:
    matrix, _ = tfidf.counts([tfidf.words(text) for text in TEXTS])
    expected = TfidfVectorizer(sublinear_tf=True, tokenizer=tfidf.words, token_pattern=None, lowercase=False)
    vectors = expected.fit_transform(TEXTS)
    assert np.allclose(tfidf.cosines(tfidf.weighted(matrix)), (vectors @ vectors.T).toarray(), atol=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=5))
def test_character_grams_are_those_of_scikit_learn(texts: list[str]) -> None:
    matrix, terms = tfidf.counts([text.split() for text in texts])
    found = tfidf.cosines(tfidf.weighted(tfidf.grams(matrix, terms)))
    if any(text.split() for text in texts):
        judge = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, lowercase=False)
        vectors = judge.fit_transform(texts)
        assert np.allclose(found, (vectors @ vectors.T).toarray(), atol=1e-5)
    else:
        assert not found.any()


def test_idf_is_nothing_for_a_term_of_every_text() -> None:
    matrix, terms = tfidf.counts([["port", "fire"], ["port"], ["port"]])
    weights = dict(zip(terms, tfidf.idf(matrix).tolist(), strict=True))
    assert weights["fire"] > 1
    assert 0 < weights["port"] < 0.3


def test_no_texts_make_no_vectors() -> None:
    matrix, terms = tfidf.counts([])
    assert terms == []
    assert tfidf.cosines(tfidf.weighted(matrix)).shape == (0, 0)
