"""How the file of word vectors is made."""

import base64

import numpy as np

from benchmarks.fit_vectors import common, main_axes, written
from compare.text.vectors import DIMENSIONS


def test_whole_words_are_kept_in_the_order_of_the_vocabulary() -> None:
    vocabulary = {"river": 2, "##ing": 1, "the": 0, "7th": 3, "a": 4, "rivière": 5, "stone": 6}
    assert common(vocabulary) == ["the", "river", "stone"]


def test_the_axes_keep_which_words_are_near() -> None:
    numbers = np.random.default_rng(7).normal(size=(80, 64)).astype(np.float32)
    numbers[1] = numbers[0] + 0.1
    axes = main_axes(numbers).astype(float)
    assert axes.shape == (80, DIMENSIONS)
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    near = axes @ axes[0]
    assert int(np.argsort(near)[-2]) == 1


def test_each_word_stands_on_a_line_with_its_bytes() -> None:
    row = np.arange(DIMENSIONS, dtype=np.int8)
    head, entries = written(["river"], row[None, :]).split("\n\n")
    assert all(line.startswith("# ") for line in head.splitlines())
    word, numbers = entries.split()
    assert word == "river"
    assert base64.b64decode(numbers) == row.tobytes()
