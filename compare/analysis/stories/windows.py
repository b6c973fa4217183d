"""Windows of time: articles too far apart to be of one event are never looked at together.

A long time is cut into blocks of days. Each block is looked at with the days around it, so that every article
of it has all its neighbours; a pair is the business of the block in which its earlier article falls.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from compare.analysis.stories.scorer import FAR_DAYS, MANY

# A block's days, and its articles: from so many on the model weighs a pair as one of a large collection.
# In no collection measured are stories worse by it than of all at once (docs/scale.md).
BLOCK_DAYS, BLOCK = 28, MANY

Array = Any


@dataclass(frozen=True, slots=True)
class Window:
    """``rows`` that are looked at together, in order, and for each whether it is of the ``block`` itself;
    undated ones, in every window, are not.
    """

    rows: Array
    block: Array

    def owns(self, first: Array, second: Array, dates: Array) -> Array:
        """Which pairs, as places in ``rows``, are this window's business; ``dates`` are those of ``rows``."""
        undated = np.isnan(dates)
        first_earlier = undated[second] | (dates[first] <= dates[second])
        return np.where(
            undated[first] & undated[second],
            True,
            np.where(undated[first] | ~first_earlier, self.block[second], self.block[first]),
        )


def windows(days: Array) -> Iterator[Window]:
    """The windows of articles of these days, as ordinals, NaN where it is not known; in order of time.

    Work grows with the number of articles: a block holds as many as are undated at least.
    """
    undated = np.isnan(days)
    for begin, end in _blocks(days[~undated], int(undated.sum())):
        inside = undated | ((days >= begin - FAR_DAYS) & (days < end + FAR_DAYS))
        rows = np.flatnonzero(inside)
        yield Window(rows, (days[rows] >= begin) & (days[rows] < end))


def _blocks(days: Array, undated: int) -> Iterator[tuple[float, float]]:
    """Half-open ranges of days that together hold all."""
    least = max(BLOCK, undated)
    each, counts = np.unique(days, return_counts=True)
    left, here, start, begin = len(days), 0, each[0] if len(each) else 0.0, -np.inf
    for day, count in zip(each.tolist(), counts.tolist(), strict=True):
        left, here = left - count, here + count
        if day + 1 - start >= BLOCK_DAYS and min(here, left) >= least:
            yield begin, day + 1
            here, start, begin = 0, day + 1, day + 1
    yield begin, np.inf


def ordinals(dates: Sequence[dt.date | None]) -> Array:
    """Dates as numbers of days, NaN for None."""
    return np.array([date.toordinal() if date else np.nan for date in dates], dtype=np.float64)
