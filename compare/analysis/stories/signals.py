"""What speaks for two articles being of one event: similarities, and how far they stand out.

Two articles that share 30 % of their weight are a story where nothing else comes near, and are not
where every neighbour shares as much. So each similarity is also given relative to the mean
similarity of both articles' nearest and farther neighbours, as in cross-domain similarity local
scaling (Conneau and others 2018, ICLR, "Word Translation Without Parallel Data", p. 5). A handful of
articles has no farther neighbours: ``BACKGROUND``, the mean similarity at ranks 10 to 20 in the fitted
half of allsides.train, stands in for them.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from compare.analysis.stories.neighbours import bands, nearest
from compare.analysis.stories.overlaps import Overlaps, dots
from compare.analysis.stories.vectors import Views, named

SIMILARITIES = ("whole", "names", "title_text", "titles", "shared", "setting")
BANDS = ((0, 5), (0, 10), (3, 10), (10, 20))
NAMES: tuple[str, ...] = (
    *(
        f"{name}{part}"
        for name in SIMILARITIES
        for part in ("", ".log", *(f".{low}-{high}" for low, high in BANDS))
    ),
    *(f"{name}.{case}" for name in ("days", "years", "numbers", "places") for case in ("agree", "differ")),
    "collection",
)
BACKGROUND = {
    "whole": 0.14,
    "names": 0.18,
    "title_text": 0.12,
    "titles": 0.08,
    "shared": 2.8,
    "setting": 0.6,
}
NEIGHBOURHOOD = 20
_FLOOR = {name: 0.1 if name == "setting" else 0.02 for name in SIMILARITIES}

Array = Any


def signals(views: Views, first: Array, second: Array, found: Overlaps) -> Array:
    """The signals of the pairs ``(first[k], second[k])``: shape (pairs, len(NAMES)).

    ``found`` is what they have in common.
    """
    table = np.empty((len(NAMES), len(first)), dtype=np.float32)
    for place, column in enumerate(_columns(views, first, second, found)):
        table[place] = column
    return table.T


def _columns(views: Views, first: Array, second: Array, found: Overlaps) -> Iterator[Array]:
    """The signals in the order of their ``NAMES``, one at a time: together they are large."""
    rows = views.whole.shape[0]
    for name, value in _similarities(views, first, second, found).items():
        floor = _FLOOR[name]
        logged = np.log(value + floor)
        yield value
        yield logged
        for mean in bands((first, second), value, rows, BANDS, BACKGROUND[name]):
            level = np.log(mean + floor)
            yield logged - (level[first] + level[second]) / 2
    for place, common in enumerate(found.mentions, 1):
        some = np.bincount(views.row[views.kind == place], minlength=rows) > 0
        yield from _mentions(common, some, first, second)
    places = dots(views.places, first, second) > 0
    yield from _mentions(places, np.diff(views.places.indptr) > 0, first, second)
    yield np.full(len(first), np.log(max(rows, 1)), dtype=np.float32)


def _similarities(views: Views, first: Array, second: Array, found: Overlaps) -> dict[str, Array]:
    """By the names in ``SIMILARITIES``, in their order."""
    own = setting(views, first, second, found.whole)
    values = (
        found.whole,
        found.names,
        found.title_text,
        found.titles,
        np.log1p(found.rarity),
        np.log1p(dots(own, first, second)),
    )
    return dict(zip(SIMILARITIES, values, strict=True))


def setting(views: Views, first: Array, second: Array, whole: Array) -> Array:
    """Each article's names, those weighed down that its nearest neighbours mention as well.

    The leaders' names are common to months of talks; the town, the day and the envoys are of one
    event. Sparse, shape (articles, stems).
    """
    rows = views.whole.shape[0]
    graph = nearest(first, second, whole, rows, NEIGHBOURHOOD)
    names = named(views)
    counted = ((graph @ names).multiply(names) + names).tocsr()
    around = np.repeat(np.asarray(graph.sum(axis=1)).ravel(), np.diff(counted.indptr))
    rarity = np.log((around + 1) / (counted.data - 0.5))
    counted.data = np.sqrt(np.maximum(rarity, 0)).astype(np.float32)
    return counted


def _mentions(common: Array, some: Array, first: Array, second: Array) -> list[Array]:
    """Whether both mention one thing in common; whether both mention some, and none in common."""
    return [common.astype(np.float32), (~common & some[first] & some[second]).astype(np.float32)]
