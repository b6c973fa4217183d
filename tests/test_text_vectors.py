"""Words as vectors: near in meaning without a letter in common."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.text import tfidf
from compare.text.vectors import DIMENSIONS, embedded, meanings


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [("shut", "close", "sing"), ("lawsuit", "court", "river"), ("halt", "stop", "green")],
)
def test_words_of_like_meaning_are_near(one: str, near: str, far: str) -> None:
    a, b, c = embedded([one, near, far])
    assert a @ b > 0.3 > a @ c


def test_a_word_has_unit_length_and_an_unknown_one_none() -> None:
    known, unknown = embedded(["river", "qwzx"])
    assert known.shape == (DIMENSIONS,)
    assert np.linalg.norm(known) == pytest.approx(1, abs=1e-6)
    assert not unknown.any()


def test_texts_that_say_alike_in_other_words_are_nearer_than_others() -> None:
    texts = [
        "the factory will be shut",
        "the plant is to close",
        "the singer won a prize",
        "an award for the musician",
    ]
    near = _near(texts)
    assert near[0, 1] > max(near[0, 2], near[0, 3])
    assert near[2, 3] > max(near[0, 2], near[1, 2])


@given(st.lists(st.text("abcdefgh ", max_size=20), max_size=6))
def test_nearness_is_mutual_bounded_and_the_same_in_any_order(texts: list[str]) -> None:
    near, turned = _near(texts), _near(texts[::-1])
    assert near.shape == (len(texts), len(texts))
    np.testing.assert_allclose(near, near.T, atol=1e-5)
    np.testing.assert_allclose(turned, near[::-1, ::-1], atol=1e-5)
    assert (np.abs(near) <= 1 + 1e-5).all()


def _near(texts: list[str]) -> tfidf.Matrix:
    matrix, words = tfidf.counts([text.split() for text in texts])
    return meanings(tfidf.weighted(matrix), words)
