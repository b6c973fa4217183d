import numpy as np
import pytest

from compare.text import weights
from compare.text.weights import FINE, PLAIN, TOGETHER, WINDOW, Shown


def showing(rows: list[list[str]]) -> list[Shown]:
    """Tokens of which each shows as many strings as the others."""
    kinds = sorted({name for row in rows for name in row})
    return [Shown(kinds, np.array([[kinds.index(name) for name in row] for row in rows]))]


def known() -> list[str]:
    """Three attributes that both chains weigh."""
    fitted = weights.weights()
    sums = len(WINDOW) * len(PLAIN)
    both = [n for n, row in enumerate(fitted.table) if row[:sums].any() and row[sums:].any()]
    return [list(fitted.attributes)[n] for n in both[:3]]


def test_the_layers_fit_one_another() -> None:
    fitted = weights.weights()
    assert fitted.hidden.shape[0] == len(WINDOW) * fitted.middle.shape[1] + 1
    assert fitted.out.shape == (fitted.hidden.shape[1] + 1, len(FINE))
    assert fitted.edge.shape == (len(fitted.steps), len(PLAIN) ** 2 + len(FINE) ** 2)


def test_the_fine_chain_is_weighed_as_by_a_network_in_plain_numbers() -> None:
    fitted, names = weights.weights(), known()
    embedding = fitted.table[[fitted.attributes[n] for n in names], len(WINDOW) * len(PLAIN) :]
    shows = np.round(np.tanh((embedding + fitted.middle) / 100.0), 2)
    around = np.zeros((len(WINDOW), shows.shape[1]))
    around[WINDOW.index(-1) : WINDOW.index(-1) + 3] = shows
    hidden = np.maximum(around.ravel() @ (fitted.hidden[:-1] / 100.0) + fitted.hidden[-1] / 100.0, 0)
    want = hidden @ (fitted.out[:-1] / 100.0) + fitted.out[-1] / 100.0
    _, fine = weights.node_scores(showing([[name] for name in names]), np.array([0, 0, 0]))
    assert fine[1] == pytest.approx(want, abs=1e-5)


def test_unknown_attributes_weigh_nothing() -> None:
    unknown = weights.node_scores(showing([["no such attribute"], [""]]), np.array([0, 1]))
    assert not unknown[0].any()
    assert (unknown[1][0] == unknown[1][1]).all()
    assert not any(part.any() for part in weights.edge_scores(["no such step", ""]))


def test_names_that_go_together_weigh_what_they_weigh_apart() -> None:
    names, place = known(), np.array([0, 0])
    together = weights.node_scores(showing([[TOGETHER.join(names)], ["unknown"]]), place)
    apart = weights.node_scores(showing([names, ["", "", ""]]), place)
    assert all(part.any() for part in together)
    assert all((a == b).all() for a, b in zip(together, apart, strict=True))


def test_what_some_tokens_show_counts_at_their_places() -> None:
    name, place = known()[0], np.array([0, 0, 0])
    every = weights.node_scores(showing([[""], ["unknown"], [name]]), place)
    some = weights.node_scores([Shown([name], np.array([[0]]), np.array([2]))], place)
    assert all((a == b).all() for a, b in zip(every, some, strict=True))


def test_the_window_stops_at_the_paragraph() -> None:
    shown, alone = showing([[known()[0]], ["unknown"]]), showing([["unknown"]])
    apart = weights.node_scores(shown, np.array([0, 1]))
    together = weights.node_scores(shown, np.array([0, 0]))
    unseen = weights.node_scores(alone, np.array([0]))
    for a, b, c in zip(apart, together, unseen, strict=True):
        assert (a[1] == c[0]).all()
        assert (b[1] != c[0]).any()
