"""The fits that need labelled data are tried on sentences of our own, of which the answer is plain."""

import numpy as np
import pytest
from scipy import sparse

from benchmarks import fit_chains
from compare.text.weights import WINDOW


def test_marginals_agree_with_counting_all_paths() -> None:
    rng = np.random.default_rng(0)
    node, edge = rng.normal(size=(4, 3)), rng.normal(size=(4, 3, 3))
    want, total = np.zeros((4, 3)), 0.0
    for path in np.ndindex(3, 3, 3, 3):
        score = sum(node[t, path[t]] for t in range(4)) + sum(
            edge[t, path[t - 1], path[t]] for t in range(1, 4)
        )
        total += np.exp(score)
        for t in range(4):
            want[t, path[t]] += np.exp(score)
    among = fit_chains.Sequences.of(np.zeros(4, int))
    logarithm, single, step = fit_chains.passes(among, node, edge)
    assert logarithm == pytest.approx(np.log(total))
    assert single == pytest.approx(want / total)
    assert step[1:].sum(axis=(1, 2)) == pytest.approx(np.ones(3))


def test_the_slopes_of_the_network_are_those_of_its_loss() -> None:
    rng = np.random.default_rng(1)
    network = fit_chains._start(rng, 5, 2)
    network.embedding[:] = rng.normal(size=network.embedding.shape)
    node = sparse.csr_matrix(rng.integers(0, 2, (6, 5)).astype(np.float32))
    edge = sparse.csr_matrix(np.ones((6, 2), np.float32))
    told = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 2, 4, 6, 7, 1])
    kept = np.ones((6, fit_chains.HIDDEN), np.float32)

    def loss() -> float:
        values = node @ network.embedding.astype(float)
        embedding = np.tanh(values + network.middle)
        around = np.zeros((6, len(WINDOW), fit_chains.EMBEDDING))
        for w, (target, source) in enumerate(fit_chains.windows(told[0])):
            around[target, w] = embedding[source]
        hidden = np.maximum(around.reshape(6, -1) @ network.hidden[:-1] + network.hidden[-1], 0)
        scores = hidden @ network.out[:-1] + network.out[-1]
        steps = (edge @ network.edge).reshape(6, 8, 8).astype(float)
        steps[[0, 3]] = 0
        total, _, _ = fit_chains.passes(fit_chains.Sequences.of(told[0]), scores, steps)
        taken = sum(scores[n, state] for n, state in enumerate(told[1]))
        taken += sum(steps[n, told[1][n - 1], told[1][n]] for n in (1, 2, 4, 5))
        return float(total - taken) * 10 / 6

    slopes = fit_chains._slopes(network, node, edge, told, kept)
    for part, slope in zip(network.parts(), slopes, strict=True):
        place = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        before = part[place]
        part[place] = before + 0.01
        more = loss()
        part[place] = before - 0.01
        less = loss()
        part[place] = before
        assert slope[place] == pytest.approx((more - less) / 0.02, rel=0.03)
