"""Rows: every passage once, like with like, and no chains."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.analysis.rows import MOST, rows


def links(size: int, pairs: dict[tuple[int, int], float]) -> np.ndarray:
    matrix = np.zeros((size, size), np.float32)
    for (a, b), p in pairs.items():
        matrix[a, b] = matrix[b, a] = p
    return matrix


def test_three_outlets_versions_of_one_fact_make_one_row() -> None:
    assert rows(links(3, {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.7}), [0, 1, 2], 0.5) == [[0, 1, 2]]


def test_a_chain_does_not_glue_unlike_facts() -> None:
    assert rows(links(3, {(0, 1): 0.9, (1, 2): 0.6}), [0, 1, 2], 0.5) == [[0, 1], [2]]


def test_two_passages_of_one_outlet_may_tell_what_another_tells_in_one() -> None:
    assert rows(links(3, {(0, 2): 0.9, (1, 2): 0.8}), [0, 0, 1], 0.5) == [[0, 1, 2]]


def test_passages_of_one_outlet_do_not_join_by_themselves() -> None:
    assert rows(links(2, {(0, 1): 1.0}), [0, 0], 0.5) == [[0], [1]]


def test_no_row_swallows_an_outlet() -> None:
    crowd = links(7, {(n, 6): 0.9 for n in range(6)})
    assert max(len(row) for row in rows(crowd, [0] * 6 + [1], 0.5)) == MOST + 1


def test_no_passages_make_no_rows() -> None:
    assert rows(np.zeros((0, 0), np.float32), [], 0.5) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=12), st.randoms(use_true_random=False))
def test_every_passage_stands_in_exactly_one_row(columns: list[int], random: object) -> None:
    size = len(columns)
    draw = np.array([[random.random() for _ in range(size)] for _ in range(size)]).reshape(size, size)  # type: ignore[attr-defined]
    found = rows(np.maximum(draw, draw.T).astype(np.float32), columns, 0.6)
    assert sorted(n for row in found for n in row) == list(range(size))


def test_two_parts_of_a_row_need_one_pair_that_may_join() -> None:
    table = links(3, {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9})
    may = np.zeros((3, 3), bool)
    assert rows(table, [0, 1, 2], 0.5, may) == [[0], [1], [2]]
    may[0, 1] = may[1, 0] = may[1, 2] = may[2, 1] = True
    assert rows(table, [0, 1, 2], 0.5, may) == [[0, 1, 2]]
