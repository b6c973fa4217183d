"""A linear-chain conditional random field over labelled tokens, read from fitted weights.

Lafferty and others 2001, "Conditional Random Fields". Every token shows attributes by name; each counts
for the labels of the tokens in a window around it. Decoding is by forward-backward.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

LABELS = ("none", "source", "cue", "content")
WINDOW = (-3, -2, -1, 0, 1, 2, 3)

Array = Any


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Fitted weights by attribute: ``node`` has shape (attributes, window * labels), ``edge``
    (steps, labels * labels), from the label before to the label here. The last row is zero.
    """

    node_index: dict[str, int]
    node: Array
    edge_index: dict[str, int]
    edge: Array


@cache
def weights() -> Weights:
    """The weights of ``lexicons/speech.json``, read once."""
    stored = json.loads((files("compare") / "lexicons" / "speech.json").read_text(encoding="utf-8"))
    node = np.zeros((len(stored["node"]) + 1, len(WINDOW), len(LABELS)))
    for row, places in zip(node, stored["node"].values(), strict=False):
        for place, values in places.items():
            row[WINDOW.index(int(place))] = values
    edge = np.zeros((len(stored["edge"]) + 1, len(LABELS) ** 2))
    edge[:-1] = np.array(list(stored["edge"].values())).reshape(len(stored["edge"]), -1)
    return Weights(
        {name: i for i, name in enumerate(stored["node"])},
        node.reshape(len(node), -1),
        {name: i for i, name in enumerate(stored["edge"])},
        edge,
    )


def _summed(rows: list[list[str]], index: dict[str, int], table: Array) -> Array:
    """For each row of names the sum of their rows in ``table``."""
    nothing = len(table) - 1
    found = [[nothing, *(index[name] for name in row if name in index)] for row in rows]
    begins = np.cumsum([0, *(len(row) for row in found[:-1])])
    return np.add.reduceat(table[[i for row in found for i in row]], begins)


def node_scores(rows: list[list[str]], paragraphs: list[int]) -> Array:
    """Sum of the weights of what stands in each token's window: shape (tokens, labels)."""
    fitted = weights()
    own = _summed(rows, fitted.node_index, fitted.node).reshape(len(rows), len(WINDOW), len(LABELS))
    out = np.zeros((len(rows), len(LABELS)))
    place = np.array(paragraphs)
    for w, offset in enumerate(WINDOW):
        target = np.arange(len(rows))
        source = target + offset
        valid = (source >= 0) & (source < len(rows))
        valid[valid] &= place[source[valid]] == place[target[valid]]
        out[target[valid]] += own[source[valid], w]
    return out


def edge_scores(rows: list[list[str]]) -> Array:
    """Weights of the step into each token: shape (tokens, labels before, labels)."""
    fitted = weights()
    return _summed(rows, fitted.edge_index, fitted.edge).reshape(len(rows), len(LABELS), len(LABELS))


def forward_backward(node: Array, edge: Array) -> Array:
    """Posterior probability of each label in one sequence: shape (tokens, labels).

    Each step is scaled to sum to one, so that long paragraphs do not underflow.
    """
    here = np.exp(node - node.max(axis=1, keepdims=True))
    step = np.exp(edge - edge.max(axis=(1, 2), keepdims=True))
    forward, backward = np.empty_like(here), np.empty_like(here)
    forward[0] = here[0] / here[0].sum()
    for t in range(1, len(node)):
        value = (forward[t - 1] @ step[t]) * here[t]
        forward[t] = value / value.sum()
    backward[-1] = 1.0
    for t in range(len(node) - 2, -1, -1):
        value = step[t + 1] @ (here[t + 1] * backward[t + 1])
        backward[t] = value / value.sum()
    probability = forward * backward
    return probability / probability.sum(axis=1, keepdims=True)
