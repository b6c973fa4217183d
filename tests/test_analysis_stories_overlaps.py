"""What is looked up once for all views is what each view's own products would say."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from compare.analysis.stories import overlaps, words
from compare.analysis.stories.neighbours import bands
from compare.analysis.stories.overlaps import dots
from compare.analysis.stories.vectors import Views, views

TEXTS = [
    (
        "Bridge closed in Oldport",
        "The bridge in Oldport was closed on Monday at 9. Ilse Brandt spoke of 1998.",
    ),
    ("Mayor defends closure", "On Monday the mayor of Oldport, Ilse Brandt, defended the closed bridge."),
    ("", "Nothing here is of that event, but 9 of them met on Monday."),
    ("Empty", ""),
]
FIRST, SECOND = np.triu_indices(4)


def dense(seen: Views, data: Any) -> Any:
    whole = seen.whole
    return sparse.csr_matrix((data, whole.indices, whole.indptr), whole.shape).toarray()


def test_overlaps_are_the_products_of_the_views() -> None:
    seen = views(TEXTS)
    found = overlaps.overlaps(seen, FIRST, SECOND)
    for name in ("names", "titles"):
        rows = dense(seen, getattr(seen, name))
        assert getattr(found, name) == pytest.approx((rows @ rows.T)[FIRST, SECOND], abs=1e-6)
    whole, titles, bodies = (dense(seen, one) for one in (seen.whole.data, seen.titles, seen.bodies))
    assert found.whole == pytest.approx((whole @ whole.T)[FIRST, SECOND], abs=1e-6)
    across = titles @ bodies.T
    assert found.title_text == pytest.approx(np.maximum(across, across.T)[FIRST, SECOND], abs=1e-6)
    both = dense(seen, seen.rarity) @ (dense(seen, np.ones(seen.whole.nnz)) > 0).T
    assert found.rarity == pytest.approx(both[FIRST, SECOND], rel=1e-5)
    assert found.mentions[0].tolist() == [a < 3 and b < 3 for a, b in zip(FIRST, SECOND, strict=True)]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(1, 12))
def test_dots_are_dot_products_whatever_the_chunks(seed: int, rows: int, table: int) -> None:
    draw = np.random.default_rng(seed)
    matrix = sparse.random(rows, 9, density=0.4, format="csr", random_state=draw)
    first, second = (ends.ravel() for ends in np.meshgrid(range(rows), range(rows), indexing="ij"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlaps, "CHUNK", 7)
        patch.setattr(overlaps, "TABLE", table)
        found = dots(matrix, first, second)
    assert found == pytest.approx((matrix @ matrix.T).toarray().ravel())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_bands_are_means_of_ranked_values(seed: int) -> None:
    draw = np.random.default_rng(seed)
    every = np.triu(draw.integers(0, 4, (8, 8)) / 4, 1)
    first, second = every.nonzero()
    value = every[first, second].astype(np.float32)
    found = bands((first, second), value, 8, ((0, 2), (1, 4)), 0.5)
    for row, (most, later) in enumerate(zip(*found, strict=True)):
        own = sorted((every + every.T)[row][(every + every.T)[row] > 0], reverse=True)
        padded = [*own, 0.5, 0.5, 0.5, 0.5]
        assert most == pytest.approx(np.mean(padded[:2]), abs=1e-5)
        assert later == pytest.approx(np.mean(padded[1:4]), abs=1e-5)


def test_counting_in_chunks_counts_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = words.counts(TEXTS)
    monkeypatch.setattr(words, "CHUNK", 1)
    apart = words.counts(TEXTS)
    assert (at_once.pattern != apart.pattern).nnz == 0
    for name in ("titles", "bodies", "capitals"):
        assert getattr(at_once, name).tolist() == getattr(apart, name).tolist()
    assert at_once.stems == apart.stems


def test_places_are_named_after_a_word_that_stands_alone() -> None:
    found = words.places(["Berlin Paris; again in Oldport, near the Stell and at Monday's outside Kern."])
    assert found.shape[1] == 3
