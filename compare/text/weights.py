"""What the attributes of tokens weigh for the states of the two chains, read from ``lexicons/speech.json``.

The plain chain adds up the weights of all attributes in a token's window. For the fine chain a small network
weighs them together: attributes are added up to a few numbers a token (an embedding), those of a window
pass one hidden layer, and that weighs the states. Sums cannot tell "asked to" from "asked that"; it can.
``benchmarks/fit_quotes.py`` fitted both.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy import sparse

from compare.text.lexicons import fitted

TOGETHER = "\t"
WINDOW = (-3, -2, -1, 0, 1, 2, 3)
# the label to which each state of the plain chain and of the fine chain belongs; see ``chain``
PLAIN = (0, 1, 2, 3)
FINE = (0, 0, 1, 1, 2, 2, 3, 3)
_SUMS = len(WINDOW) * len(PLAIN)
# the hyperbolic tangent in hundredths, of hundredths up to where it is flat
_STEEP = 400
_TANH = np.rint(100 * np.tanh(np.arange(-_STEEP, _STEEP + 1) / 100)).astype(np.float32)

Array = Any


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What tokens show: ``which`` of the ``kinds``, strings of attributes parted by ``TOGETHER``, shape
    (tokens, strings a token). Where only some tokens show anything, ``places`` has them.
    """

    kinds: Sequence[str]
    which: Array
    places: Array = None


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Fitted weights, all in hundredths.

    An attribute's row in ``table`` has the plain states for every place in the window, and its embedding, to
    which ``middle`` is added. A step's row in ``edge`` has all pairs of states, before and here, of the plain
    chain and then of the fine one. ``hidden`` weighs the embeddings of a window, and ``out`` the hidden layer
    for the fine states; in both the last row is added always.
    """

    attributes: dict[str, int]
    table: Array
    steps: dict[str, int]
    edge: Array
    middle: Array
    hidden: Array
    out: Array


@cache
def weights() -> Weights:
    """The weights of ``lexicons/speech.json``, read once."""
    stored = fitted("speech")
    plain, embedding = _numbers(stored["plain"].values(), 4), _numbers(stored["embedding"].values(), 3)
    names = {name: n for n, name in enumerate(dict.fromkeys([*stored["embedding"], *stored["plain"]]))}
    table = np.zeros((len(names), _SUMS + embedding.shape[1]), np.float32)
    table[[names[name] for name in stored["plain"]], :_SUMS] = plain
    table[: len(embedding), _SUMS:] = embedding
    layers = [_numbers(stored[name], 4) for name in ("middle", "hidden", "out")]
    steps = {name: n for n, name in enumerate(stored["steps"])}
    return Weights(names, table, steps, _numbers(stored["steps"].values(), 5), *layers)


def _numbers(rows: Collection[str], width: int) -> Array:
    """Whole numbers that stand one after the other in columns of ``width`` characters."""
    letters = np.frombuffer("".join(rows).encode("ascii"), np.uint8).reshape(len(rows), -1, width)
    sizes, below = np.zeros(letters.shape[:2], np.float32), np.zeros(letters.shape[:2], bool)
    for column in range(width):
        letter = letters[:, :, column]
        sizes = 10 * sizes + np.where(letter >= ord("0"), letter - ord("0"), 0)
        below |= letter == ord("-")
    return np.where(below, -sizes, sizes)


def node_scores(shown: Sequence[Shown], paragraphs: Array) -> tuple[Array, Array]:
    """What speaks for each state of each token in the plain and in the fine chain: shape (tokens, states)."""
    fitted, size = weights(), len(paragraphs)
    # the last row stands for what lies beyond a paragraph
    own = np.zeros((size + 1, fitted.table.shape[1]), np.float32)
    for part in shown:
        found = _summed(part, fitted.attributes, fitted.table)
        own[slice(size) if part.places is None else part.places] += found
    around = _windows(paragraphs)
    alone = own[:, :_SUMS].reshape(size + 1, len(WINDOW), -1)
    plain = sum(alone[around[:, w], w] for w in range(len(WINDOW)))
    sums = np.clip(own[:, _SUMS:] + fitted.middle, -_STEEP, _STEEP)
    embedding = _TANH[sums.astype(np.int64) + _STEEP]
    embedding[size] = 0
    # whole numbers again, and small enough to be exact: what else is read at once changes nothing
    hidden = (
        np.take(embedding, around, axis=0).reshape(size, -1) @ fitted.hidden[:-1] + 100 * fitted.hidden[-1]
    )
    fine = np.maximum(hidden, 0).astype(float) @ fitted.out[:-1] + 1e4 * fitted.out[-1]
    return plain.astype(float) / 100, fine / 1e6


def edge_scores(kinds: Sequence[str]) -> tuple[Array, Array]:
    """What speaks for each step from state to state, in the plain and in the fine chain: shape (kinds,
    states, states).
    """
    fitted = weights()
    found = (
        _summed(Shown(kinds, np.arange(len(kinds))[:, None]), fitted.steps, fitted.edge).astype(float) / 100
    )
    plain, fine = np.split(found, [len(PLAIN) ** 2], axis=1)
    return plain.reshape(-1, len(PLAIN), len(PLAIN)), fine.reshape(-1, len(FINE), len(FINE))


def _windows(paragraphs: Array) -> Array:
    """The tokens around each one in its paragraph, or the number of tokens where there is none: shape
    (tokens, window).
    """
    size, reach = len(paragraphs), WINDOW[-1]
    beyond = np.full(reach, -1)
    padded = np.concatenate([beyond, paragraphs, beyond])
    around = np.arange(size)[:, None] + np.array(WINDOW)
    return np.where(padded[around + reach] == paragraphs[:, None], around, size)


def _summed(shown: Shown, index: dict[str, int], table: Array) -> Array:
    """For each token the sum of the rows in ``table`` of the attributes that it shows."""
    if not shown.kinds:
        return np.zeros((len(shown.which), table.shape[1]), np.float32)
    names = TOGETHER.join(shown.kinds).split(TOGETHER)
    rows = np.array([index.get(name, -1) for name in names], np.int32)
    known = rows >= 0
    counts = np.array([kind.count(TOGETHER) + 1 for kind in shown.kinds])
    found = np.cumsum(known)[np.cumsum(counts) - 1]
    ones = np.ones(found[-1], np.float32)
    shape = len(counts), len(index)
    # sums of whole hundredths are exact in whatever order they are added up, also in short floats
    kinds = sparse.csr_matrix((ones, rows[known], np.concatenate([[0], found])), shape=shape) @ table
    count, width = shown.which.shape
    ends = np.arange(count + 1) * width
    ones = np.ones(count * width, np.float32)
    return sparse.csr_matrix((ones, shown.which.ravel(), ends), shape=(count, len(kinds))) @ kinds
