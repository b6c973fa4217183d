"""Fit the two chains that ``compare.text.speech`` reads: one of sums, one behind a small network.

Both maximise the likelihood of the labelled states with a penalty on large weights: the plain chain by
L-BFGS, the network by Adam (Kingma and Ba 2015) over paragraphs in a fixed shuffle, with dropout of its
attributes and its hidden layer (Srivastava and others 2014), both from a fixed seed.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from compare.text.weights import FINE, PLAIN, WINDOW

Array = Any
PENALTY, STEPS = 6.0, 120
EMBEDDING, HIDDEN = 24, 64
ROUNDS, BATCH, RATE, DECAY = 6, 40, 2e-3, 1e-4
DROP_ATTRIBUTES, DROP_HIDDEN = 0.2, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Where sequences of tokens begin and how long they are, the longest first."""

    starts: Array
    lengths: Array

    @classmethod
    def of(cls, place: Array) -> "Sequences":
        """The runs of tokens of one paragraph."""
        starts = np.flatnonzero(np.diff(place, prepend=-1))
        lengths = np.diff([*starts, len(place)])
        order = np.argsort(-lengths, kind="stable")
        return cls(starts[order], lengths[order])


def windows(place: Array) -> list[tuple[Array, Array]]:
    """For each place in the window the tokens that have one there in their paragraph, and that one."""
    everything = np.arange(len(place))
    pairs = []
    for offset in WINDOW:
        source = everything + offset
        valid = (source >= 0) & (source < len(place))
        valid[valid] = place[source[valid]] == place[everything[valid]]
        pairs.append((everything[valid], source[valid]))
    return pairs


def passes(among: Sequences, node: Array, edge: Array) -> tuple[float, Array, Array]:
    """Log partition summed over sequences, and the marginals of tokens and steps."""
    forward, backward = np.zeros_like(node), np.zeros_like(node)
    forward[among.starts] = node[among.starts]
    longest = int(among.lengths[0])
    active = [among.starts[among.lengths > t] + t for t in range(longest)]
    for t in range(1, longest):
        at = active[t]
        forward[at] = node[at] + _logsum(forward[at - 1][:, :, None] + edge[at], 1)
    for t in range(longest - 2, -1, -1):
        at = active[t + 1]
        backward[at - 1] = _logsum(edge[at] + (node[at] + backward[at])[:, None, :], 2)
    total = _logsum(forward[among.starts + among.lengths - 1], 1)
    z = np.zeros(len(node))
    for start, length, value in zip(among.starts, among.lengths, total, strict=True):
        z[start : start + length] = value
    single = np.exp(forward + backward - z[:, None])
    step = np.zeros_like(edge)
    inner = np.ones(len(node), dtype=bool)
    inner[among.starts] = False
    at = np.flatnonzero(inner)
    step[at] = np.exp(
        forward[at - 1][:, :, None] + edge[at] + (node[at] + backward[at])[:, None, :] - z[at][:, None, None]
    )
    return float(total.sum()), single, step


def _logsum(values: Array, axis: int) -> Array:
    top = values.max(axis=axis)
    return top + np.log(np.exp(values - np.expand_dims(top, axis)).sum(axis=axis))


def fit_plain(node: Array, edge: Array, place: Array, gold: Array) -> tuple[Array, Array]:
    """Weights of the plain chain: of attributes, shape (attributes, window, states), and of steps, shape
    (steps, states, states). ``node`` and ``edge`` have a row a token, ``place`` its paragraph.
    """
    width, count = len(WINDOW), len(PLAIN)
    shape_n, shape_e = (node.shape[1], width, count), (edge.shape[1], count, count)
    cut = int(np.prod(shape_n))
    among, window = Sequences.of(place), windows(place)
    want = np.eye(count)[gold]
    inner = np.diff(place, prepend=-1) == 0
    at = np.flatnonzero(inner)
    step_want = np.zeros((len(want), count, count))
    step_want[at, gold[at - 1], gold[at]] = 1

    def loss(x: Array) -> tuple[float, Array]:
        own = (node @ x[:cut].reshape(shape_n[0], -1)).reshape(-1, width, count)
        scores = np.zeros((len(own), count))
        for w, (target, source) in enumerate(window):
            scores[target] += own[source, w]
        steps = (edge @ x[cut:].reshape(shape_e[0], -1)).reshape(-1, count, count)
        steps[~inner] = 0
        total, single, step = passes(among, scores, steps)
        gain = (scores * want).sum() + (steps * step_want).sum() - total
        residual = single - want
        back = np.zeros((len(residual), width, count))
        for w, (target, source) in enumerate(window):
            back[source, w] = residual[target]
        grad_n = (node.T @ back.reshape(len(back), -1)).ravel()
        grad_e = (edge.T @ (step - step_want).reshape(len(back), -1)).ravel()
        return float(-gain + (x @ x) / (2 * PENALTY)), np.concatenate([grad_n, grad_e]) + x / PENALTY

    start = np.zeros(cut + int(np.prod(shape_e)))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return found[:cut].reshape(shape_n), found[cut:].reshape(shape_e)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The weights of the fine chain: of attributes, of the layers with what is always added in a row of its
    own, and of steps, shape (steps, pairs of states).
    """

    embedding: Array
    middle: Array
    hidden: Array
    out: Array
    edge: Array

    def parts(self) -> tuple[Array, ...]:
        """All of them, in this order."""
        return self.embedding, self.middle, self.hidden, self.out, self.edge


def fit_network(node: Array, edge: Array, place: Array, gold: Array, seed: int = 0) -> Network:
    """Weights of the fine chain; arguments as those of ``fit_plain``."""
    random = np.random.default_rng(seed)
    network = _start(random, node.shape[1], edge.shape[1])
    node, edge = node.astype(np.float32), edge.astype(np.float32)
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in network.parts()]
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    ends = np.append(starts[1:], len(place))
    taken = 0
    for number in range(ROUNDS):
        order = random.permutation(len(starts))
        rate = RATE * (1.05 - number / ROUNDS)
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            rows = np.concatenate([np.arange(starts[i], ends[i]) for i in part])
            some = node[rows]
            some.data *= (random.random(len(some.data)) > DROP_ATTRIBUTES) / (1 - DROP_ATTRIBUTES)
            kept = (random.random((len(rows), HIDDEN)) > DROP_HIDDEN) / (1 - DROP_HIDDEN)
            slopes = _slopes(network, some, edge[rows], (place[rows], gold[rows]), kept.astype(np.float32))
            taken += 1
            for weight, slope, known in zip(network.parts(), slopes, moments, strict=True):
                _move(weight, slope + DECAY * weight, known, rate, taken)
    return network


def _move(weight: Array, slope: Array, moments: tuple[Array, Array], rate: float, taken: int) -> None:
    """One step of Adam, in place."""
    mean, square = moments
    mean += 0.1 * (slope - mean)
    square += 0.001 * (slope * slope - square)
    weight -= rate * (mean / (1 - 0.9**taken)) / (np.sqrt(square / (1 - 0.999**taken)) + 1e-8)


def _start(random: np.random.Generator, attributes: int, steps: int) -> Network:
    wide = len(WINDOW) * EMBEDDING
    parts = (
        random.normal(size=(attributes, EMBEDDING)) * 0.02,
        np.zeros((1, EMBEDDING)),
        np.vstack([random.normal(size=(wide, HIDDEN)) * np.sqrt(2 / wide), np.zeros((1, HIDDEN))]),
        np.vstack([random.normal(size=(HIDDEN, len(FINE))) / np.sqrt(HIDDEN), np.zeros((1, len(FINE)))]),
        np.zeros((steps, len(FINE) ** 2)),
    )
    return Network(*(part.astype(np.float32) for part in parts))


def _slopes(
    network: Network, node: Array, edge: Array, told: tuple[Array, Array], kept: Array
) -> tuple[Array, ...]:
    """The slope of the loss for each part of a network, on paragraphs with their places and states; ``kept``
    is what remains of the hidden layer.
    """
    (place, gold), count = told, len(FINE)
    window, size = windows(place), len(place)
    embedding = np.tanh(node @ network.embedding + network.middle)
    beside = np.zeros((size, len(WINDOW), EMBEDDING), np.float32)
    for w, (target, source) in enumerate(window):
        beside[target, w] = embedding[source]
    around = beside.reshape(size, -1)
    hidden = np.maximum(around @ network.hidden[:-1] + network.hidden[-1], 0) * kept
    scores = hidden @ network.out[:-1] + network.out[-1]
    inner = np.diff(place, prepend=-1) == 0
    steps = (edge @ network.edge).reshape(-1, count, count).astype(float)
    steps[~inner] = 0
    _, single, step = passes(Sequences.of(place), scores.astype(float), steps)
    single[np.arange(size), gold] -= 1
    at = np.flatnonzero(inner)
    step[at, gold[at - 1], gold[at]] -= 1
    scale = 10 / size
    single, step = (single * scale).astype(np.float32), (step * scale).astype(np.float32)
    to_hidden = (single @ network.out[:-1].T) * kept * (hidden > 0)
    to_around = (to_hidden @ network.hidden[:-1].T).reshape(size, len(WINDOW), EMBEDDING)
    to_embedding = np.zeros_like(embedding)
    for w, (target, source) in enumerate(window):
        to_embedding[source] += to_around[target, w]
    to_embedding *= 1 - embedding * embedding
    return (
        node.T @ to_embedding,
        to_embedding.sum(axis=0, keepdims=True),
        np.vstack([around.T @ to_hidden, to_hidden.sum(axis=0)]),
        np.vstack([hidden.T @ single, single.sum(axis=0)]),
        edge.T @ step.reshape(size, -1),
    )
