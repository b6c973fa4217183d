"""Linear-chain conditional random fields over labelled tokens, read from fitted weights.

Lafferty and others 2001, "Conditional Random Fields". Every token shows attributes by name; each counts
for the states of the tokens in a window around it. Decoding is by forward-backward.

Two chains read the same tokens, and the mean of what they find is taken: they err in different places.
The plain one has a state a label. The fine one tells apart what stands before its cue from what stands
after it, the head of a cue from its other words, and the words amid an attribution from those outside.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy import sparse

LABELS = ("none", "source", "cue", "content")
WINDOW = (-3, -2, -1, 0, 1, 2, 3)
# the label to which each state of the plain chain and of the fine chain belongs
PLAIN = (0, 1, 2, 3)
FINE = (0, 0, 1, 1, 2, 2, 3, 3)
CHAINS = (PLAIN, FINE)
_WIDTH = sum(len(states) for states in CHAINS)
_STEPS = sum(len(states) ** 2 for states in CHAINS)

Array = Any


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Fitted weights by attribute: ``node`` has shape (attributes, window * states of all chains),
    ``edge`` (steps, pairs of states of all chains), from the state before to the state here.
    """

    node_index: dict[str, int]
    node: Array
    edge_index: dict[str, int]
    edge: Array


@cache
def weights() -> Weights:
    """The weights of ``lexicons/speech.json``, there in hundredths, read once. An attribute has a list
    for each place in the window and chain that it counts in: "-1" the plain chain's, "-1 fine" the other's.
    """
    stored = json.loads((files("compare") / "lexicons" / "speech.json").read_text(encoding="utf-8"))
    node = np.zeros((len(stored["node"]), len(WINDOW), _WIDTH))
    for row, places in zip(node, stored["node"].values(), strict=True):
        for place, values in places.items():
            at = WINDOW.index(int(place.split()[0]))
            if "fine" in place:
                row[at, len(PLAIN) :] = values
            else:
                row[at, : len(PLAIN)] = values
    edge = np.array([[*np.ravel(e["plain"]), *np.ravel(e["fine"])] for e in stored["edge"].values()])
    return Weights(
        {name: i for i, name in enumerate(stored["node"])},
        node.reshape(len(node), -1) / 100,
        {name: i for i, name in enumerate(stored["edge"])},
        edge / 100,
    )


def _summed(rows: Sequence[Sequence[str]], index: dict[str, int], table: Array) -> Array:
    """For each row of names the sum of their rows in ``table``."""
    found = [[index[name] for name in row if name in index] for row in rows]
    ends = np.cumsum([0, *(len(row) for row in found)])
    columns = np.array([i for row in found for i in row], dtype=np.int32)
    counts = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(index)))
    return counts @ table


def node_scores(rows: list[list[str]], paragraphs: list[int]) -> Array:
    """Sum of the weights of what stands in each token's window: shape (tokens, states of all chains)."""
    fitted = weights()
    own = _summed(rows, fitted.node_index, fitted.node).reshape(len(rows), len(WINDOW), _WIDTH)
    out = np.zeros((len(rows), _WIDTH))
    place = np.array(paragraphs)
    for w, offset in enumerate(WINDOW):
        target = np.arange(len(rows))
        source = target + offset
        valid = (source >= 0) & (source < len(rows))
        valid[valid] &= place[source[valid]] == place[target[valid]]
        out[target[valid]] += own[source[valid], w]
    return out


def edge_scores(rows: list[list[str]]) -> Array:
    """Weights of the step into each token: shape (tokens, pairs of states of all chains)."""
    fitted = weights()
    kinds: dict[tuple[str, ...], int] = {}
    which = [kinds.setdefault(tuple(row), len(kinds)) for row in rows]
    return _summed(list(kinds), fitted.edge_index, fitted.edge)[which]


def marginals(rows: list[list[str]], steps: list[list[str]], paragraphs: list[int]) -> Array:
    """The mean over the chains of each label's posterior probability: shape (tokens, labels)."""
    node, edge = node_scores(rows, paragraphs), edge_scores(steps)
    starts = np.flatnonzero(np.diff(np.array(paragraphs), prepend=paragraphs[0] - 1))
    out = np.zeros((len(rows), len(LABELS)))
    first = step = 0
    for states in CHAINS:
        count = len(states)
        pairs = edge[:, step : step + count**2].reshape(len(rows), count, count)
        found = forward_backward(node[:, first : first + count], pairs, starts)
        for state, label in enumerate(states):
            out[:, label] += found[:, state] / len(CHAINS)
        first, step = first + count, step + count**2
    return out


def forward_backward(node: Array, edge: Array, starts: Sequence[int] | Array = (0,)) -> Array:
    """Posterior probability of each state in sequences that begin at ``starts``: shape (tokens, states).

    All sequences are read abreast. Each step is scaled to sum to one, so that long ones do not underflow.
    """
    here = np.exp(node - node.max(axis=1, keepdims=True))
    step = np.exp(edge - edge.max(axis=(1, 2), keepdims=True))
    begins = np.array(starts)
    lengths = np.diff([*begins, len(node)])
    active = [begins[lengths > t] + t for t in range(int(lengths.max()))]
    forward, backward = np.empty_like(here), np.ones_like(here)
    forward[begins] = here[begins] / here[begins].sum(axis=1, keepdims=True)
    for at in active[1:]:
        value = (forward[at - 1][:, None] @ step[at])[:, 0] * here[at]
        forward[at] = value / value.sum(axis=1, keepdims=True)
    for at in active[:0:-1]:
        value = (step[at] @ (here[at] * backward[at])[:, :, None])[:, :, 0]
        backward[at - 1] = value / value.sum(axis=1, keepdims=True)
    probability = forward * backward
    return probability / probability.sum(axis=1, keepdims=True)
