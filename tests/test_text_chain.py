import numpy as np
import pytest

from compare.text import chain


def showing(rows: list[list[str]]) -> list[chain.Shown]:
    """Tokens of which each shows as many strings as the others."""
    kinds = sorted({name for row in rows for name in row})
    return [chain.Shown(kinds, np.array([[kinds.index(name) for name in row] for row in rows]))]


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
    name = next(iter(chain.weights().node_index))
    found = chain.marginals(
        showing([[name], ["unknown"], [name]]), showing([["step"]] * 3)[0], np.array([0, 0, 4])
    )
    assert found.shape == (3, len(chain.LABELS))
    assert found.sum(axis=1) == pytest.approx(np.ones(3))


def test_a_long_paragraph_does_not_underflow() -> None:
    rng = np.random.default_rng(1)
    found = chain.forward_backward(rng.normal(size=(5000, 4)) * 9, rng.normal(size=(5000, 4, 4)) * 9)
    assert np.isfinite(found).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(5000))


def test_unknown_attributes_weigh_nothing() -> None:
    assert not chain.node_scores(showing([["no such attribute"], [""]]), np.array([0, 0])).any()
    assert not chain.edge_scores(["no such step", ""]).any()


def test_names_that_go_together_weigh_what_they_weigh_apart() -> None:
    names = list(chain.weights().node_index)[:3]
    place = np.array([0, 0])
    together = chain.node_scores(showing([[chain.TOGETHER.join(names)], ["unknown"]]), place)
    assert together.any()
    assert (together == chain.node_scores(showing([names, ["", "", ""]]), place)).all()


def test_what_some_tokens_show_counts_at_their_places() -> None:
    name, place = next(iter(chain.weights().node_index)), np.array([0, 0, 0])
    every = chain.node_scores(showing([[""], ["unknown"], [name]]), place)
    some = chain.node_scores([chain.Shown([name], np.array([[0]]), np.array([2]))], place)
    assert every.any()
    assert (every == some).all()


def test_the_window_stops_at_the_paragraph() -> None:
    shown = showing([[next(iter(chain.weights().node_index))], ["unknown"]])
    apart = chain.node_scores(shown, np.array([0, 1]))
    together = chain.node_scores(shown, np.array([0, 0]))
    assert not apart[1].any()
    assert (apart[0] == together[0]).all()
