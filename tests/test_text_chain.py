import numpy as np
import pytest

from compare.text import chain


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


def test_a_long_paragraph_does_not_underflow() -> None:
    rng = np.random.default_rng(1)
    found = chain.forward_backward(rng.normal(size=(5000, 4)) * 9, rng.normal(size=(5000, 4, 4)) * 9)
    assert np.isfinite(found).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(5000))


def test_unknown_attributes_weigh_nothing() -> None:
    assert not chain.node_scores([["no such attribute"], []], [0, 0]).any()
    assert not chain.edge_scores([["no such step"], []]).any()


def test_the_window_stops_at_the_paragraph() -> None:
    name = next(iter(chain.weights().node_index))
    apart = chain.node_scores([[name], ["unknown"]], [0, 1])
    together = chain.node_scores([[name], ["unknown"]], [0, 0])
    assert not apart[1].any()
    assert (apart[0] == together[0]).all()
