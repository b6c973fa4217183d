import numpy as np
import pytest

from compare.text import chain, weights
from compare.text.weights import Shown


def test_forward_backward_agrees_with_counting_all_paths() -> None:
    rng = np.random.default_rng(0)
    node, edge = rng.normal(size=(4, 3)), rng.normal(size=(4, 3, 3))
    want = np.zeros((4, 3))
    for path in np.ndindex(3, 3, 3, 3):
        score = sum(node[t, path[t]] for t in range(4))
        score += sum(edge[t, path[t - 1], path[t]] for t in range(1, 4))
        for t in range(4):
            want[t, path[t]] += np.exp(score)
    assert chain.forward_backward(node, edge) == pytest.approx(want / want.sum(axis=1, keepdims=True))


def test_paragraphs_read_abreast_are_read_as_if_alone() -> None:
    rng = np.random.default_rng(2)
    node, edge = rng.normal(size=(9, 3)), rng.normal(size=(9, 3, 3))
    together = chain.forward_backward(node, edge, [0, 2, 7, 8])
    parts = [(0, 2), (2, 7), (7, 8), (8, 9)]
    alone = [chain.forward_backward(node[b:e], edge[b:e]) for b, e in parts]
    assert together == pytest.approx(np.concatenate(alone))


def test_steps_of_one_kind_may_be_given_once() -> None:
    rng = np.random.default_rng(3)
    node, edge, kinds = rng.normal(size=(6, 3)), rng.normal(size=(2, 3, 3)), np.array([0, 1, 1, 0, 1, 0])
    found = chain.forward_backward(node, edge, [0, 4], kinds)
    assert found == pytest.approx(chain.forward_backward(node, edge[kinds], [0, 4]))


def test_every_label_has_a_state_in_every_chain() -> None:
    assert all(sorted(set(states)) == list(range(len(chain.LABELS))) for states in chain.CHAINS)


def test_the_mean_of_the_chains_is_a_probability() -> None:
    names, place = [next(iter(weights.weights().attributes)), "unknown"], np.array([0, 0, 4])
    shown, steps = Shown(names, np.array([[0], [1], [0]])), Shown(["step"], np.array([[0], [0], [0]]))
    found = chain.marginals([shown], steps, place)
    assert found.shape == (3, len(chain.LABELS))
    assert found.sum(axis=1) == pytest.approx(np.ones(3))
    assert sum(chain.SHARES) == pytest.approx(1)


def test_a_long_paragraph_does_not_underflow() -> None:
    rng = np.random.default_rng(1)
    found = chain.forward_backward(rng.normal(size=(5000, 4)) * 9, rng.normal(size=(5000, 4, 4)) * 9)
    assert np.isfinite(found).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(5000))
