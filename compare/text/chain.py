"""Linear-chain conditional random fields over labelled tokens, read from fitted weights.

Lafferty and others 2001, "Conditional Random Fields". Every token shows attributes by name; each counts
for the states of the tokens in a window around it. Decoding is by forward-backward. What always goes
together comes as one string, its names parted by ``TOGETHER``, so that it is looked up and summed once.

Two chains read the same tokens, and the mean of what they find is taken: they err in different places.
The plain one has a state a label. The fine one tells apart what stands before its cue from what stands
after it, the head of a cue from its other words, and the words amid an attribution from those outside.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import Any

import numpy as np
from scipy import sparse

TOGETHER = "\t"
LABELS = ("none", "source", "cue", "content")
WINDOW = (-3, -2, -1, 0, 1, 2, 3)
# the label to which each state of the plain chain and of the fine chain belongs
PLAIN = (0, 1, 2, 3)
FINE = (0, 0, 1, 1, 2, 2, 3, 3)
CHAINS = (PLAIN, FINE)
_WIDTH = sum(len(states) for states in CHAINS)

Array = Any


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What tokens show: ``which`` of the ``kinds``, strings of attributes, shape (tokens, strings a token).
    Where only some tokens show anything, ``places`` has them.
    """

    kinds: Sequence[str]
    which: Array
    places: Array = None


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Fitted weights by attribute, in hundredths: ``node`` has shape (attributes, window * states of all
    chains), ``edge`` (steps, pairs of states of all chains), from the state before to the state here.
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
    node = np.zeros((len(stored["node"]), len(WINDOW), _WIDTH), np.float32)
    for row, places in zip(node, stored["node"].values(), strict=True):
        for place, values in places.items():
            at = WINDOW.index(int(place.split()[0]))
            if "fine" in place:
                row[at, len(PLAIN) :] = values
            else:
                row[at, : len(PLAIN)] = values
    edge = np.array(
        [[*np.ravel(e["plain"]), *np.ravel(e["fine"])] for e in stored["edge"].values()], np.float32
    )
    return Weights(
        {name: i for i, name in enumerate(stored["node"])},
        node.reshape(len(node), -1),
        {name: i for i, name in enumerate(stored["edge"])},
        edge,
    )


def _summed(shown: Shown, index: dict[str, int], table: Array) -> Array:
    """For each token the sum of the rows in ``table`` of the attributes that it shows."""
    known = [[index[name] for name in kind.split(TOGETHER) if name in index] for kind in shown.kinds]
    count, width = shown.which.shape
    # sums of whole hundredths are exact in whatever order they are added up, also in short floats
    kinds = _counts(known, len(index)) @ table
    ends = np.arange(count + 1) * width
    ones = np.ones(count * width, np.float32)
    return sparse.csr_matrix((ones, shown.which.ravel(), ends), shape=(count, len(kinds))) @ kinds


def _counts(rows: Sequence[Sequence[int]], width: int) -> Array:
    columns = np.fromiter(chain.from_iterable(rows), np.int32)
    ends = np.cumsum([0, *map(len, rows)])
    return sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(rows), width))


def node_scores(shown: Sequence[Shown], paragraphs: Array) -> Array:
    """Sum of the weights of what stands in each token's window: shape (tokens, states of all chains)."""
    fitted, size = weights(), len(paragraphs)
    own = np.zeros((size, len(WINDOW) * _WIDTH), np.float32)
    for part in shown:
        own[slice(None) if part.places is None else part.places] += _summed(
            part, fitted.node_index, fitted.node
        )
    out = np.zeros((size, _WIDTH), np.float32)
    for w, offset in enumerate(WINDOW):
        here = slice(max(0, -offset), max(0, size - max(0, offset)))
        there = slice(here.start + offset, here.stop + offset)
        near = paragraphs[here] == paragraphs[there]
        out[here] += own[there, w * _WIDTH : (w + 1) * _WIDTH] * near[:, None]
    return out.astype(float) / 100


def edge_scores(kinds: Sequence[str]) -> Array:
    """Weights of kinds of steps: shape (kinds, pairs of states of all chains)."""
    fitted = weights()
    return (
        _summed(Shown(kinds, np.arange(len(kinds))[:, None]), fitted.edge_index, fitted.edge).astype(float)
        / 100
    )


def marginals(shown: Sequence[Shown], steps: Shown, paragraphs: Array) -> Array:
    """The mean over the chains of each label's posterior probability: shape (tokens, labels).

    ``paragraphs`` numbers the paragraph of each token; none sees another.
    """
    node, edge = node_scores(shown, paragraphs), edge_scores(steps.kinds)
    starts = np.flatnonzero(np.diff(paragraphs, prepend=paragraphs[0] - 1))
    kinds, size, most = steps.which[:, 0], len(node), max(map(len, CHAINS))
    # one pass over both: the plain chain has states that never are
    nodes = np.full((len(CHAINS), size, most), -np.inf)
    edges = np.zeros((len(CHAINS), len(edge), most, most))
    first = step = 0
    for n, states in enumerate(CHAINS):
        count = len(states)
        nodes[n, :, :count] = node[:, first : first + count]
        edges[n, :, :count, :count] = edge[:, step : step + count**2].reshape(-1, count, count)
        first, step = first + count, step + count**2
    both = np.concatenate([starts + n * size for n in range(len(CHAINS))])
    which = np.concatenate([kinds + n * len(edge) for n in range(len(CHAINS))])
    found = forward_backward(nodes.reshape(-1, most), edges.reshape(-1, most, most), both, which)
    out = np.zeros((size, len(LABELS)))
    for states, part in zip(CHAINS, found.reshape(len(CHAINS), size, most), strict=True):
        for state, label in enumerate(states):
            out[:, label] += part[:, state] / len(CHAINS)
    return out


def forward_backward(
    node: Array, edge: Array, starts: Sequence[int] | Array = (0,), kinds: Array = None
) -> Array:
    """Posterior probability of each state in sequences that begin at ``starts``: shape (tokens, states).

    ``edge`` has a matrix of states for each token, or for each of the ``kinds`` that the tokens are of.
    All sequences are read abreast, forward and backward at once: reading backward is reading forward
    with the steps turned round. Each step is scaled to sum to one, so that long ones do not underflow.
    """
    here = np.exp(node - node.max(axis=1, keepdims=True))
    step = np.exp(edge - edge.max(axis=(1, 2), keepdims=True))
    order, active = _abreast(np.asarray(starts), len(node))
    own = here[order]
    kind = np.arange(len(node)) if kinds is None else kinds
    taken = np.stack([kind[order[0]], kind[np.minimum(order[1] + 1, len(node) - 1)] + len(step)])
    step = np.concatenate([step, step.swapaxes(1, 2)])
    # what reaches a token from one side, before the token itself is counted
    reached = np.ones_like(own)
    state = own[:, : active[0]]
    state = state / state.sum(axis=2, keepdims=True)
    begin = 0
    for before, now in pairwise(active):
        begin += before
        part = slice(begin, begin + now)
        message = (state[:, :now, None] @ step[taken[:, part]])[:, :, 0]
        reached[:, part] = message
        state = message * own[:, part]
        state /= state.sum(axis=2, keepdims=True)
    found = np.empty((2, *node.shape))
    for side in (0, 1):
        found[side, order[side]] = reached[side]
    probability = found[0] * found[1] * here
    return probability / probability.sum(axis=1, keepdims=True)


def _abreast(begins: Array, size: int) -> tuple[Array, list[int]]:
    """The tokens in the order in which they are reached, first from the front, then from the back of
    their sequences, the longest sequence first: shape (2, tokens); and how many are reached at once.
    """
    lengths = np.diff([*begins, size])
    longest = np.argsort(-lengths, kind="stable")
    begins, lengths = begins[longest], lengths[longest]
    active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    step = np.repeat(np.arange(lengths[0]), active)
    which = np.concatenate([np.arange(count) for count in active])
    front = begins[which] + step
    return np.stack([front, (begins + lengths - 1)[which] - step]), active.tolist()
