"""Average-link agglomeration over a sparse graph of pair probabilities."""

import heapq
from collections.abc import Iterable


def average_link(count: int, edges: Iterable[tuple[int, int, float]], least: float) -> list[int]:
    """A label for each of ``count`` items: the least item of its cluster.

    Merges the two clusters whose pairs' mean probability is highest, while it is at least
    ``least`` (> 0); a pair without an edge counts as 0 (Sokal and Michener 1958, UPGMA). Ties go to
    the lower items. Time grows with the edges, times the logarithm of their number.
    """
    sums: list[dict[int, float]] = [{} for _ in range(count)]
    heap = []
    for one, other, probability in edges:
        sums[one][other] = sums[other][one] = probability
        if probability >= least:
            heap.append((-probability, min(one, other), max(one, other)))
    heapq.heapify(heap)
    size, label = [1] * count, list(range(count))
    while heap:
        value, one, other = heapq.heappop(heap)
        if label[one] != one or label[other] != other:
            continue
        if -sums[one][other] / (size[one] * size[other]) != value:
            continue
        label[other] = one
        size[one] += size[other]
        _absorb(sums, one, other)
        for third, total in sums[one].items():
            mean = total / (size[one] * size[third])
            if mean >= least:
                heapq.heappush(heap, (-mean, min(one, third), max(one, third)))
    return [_root(label, item) for item in range(count)]


def _absorb(sums: list[dict[int, float]], one: int, other: int) -> None:
    del sums[one][other]
    for third, total in sums[other].items():
        if third == one:
            continue
        del sums[third][other]
        joined = sums[one].get(third, 0.0) + total
        sums[one][third] = sums[third][one] = joined
    sums[other] = {}


def _root(label: list[int], item: int) -> int:
    while label[item] != item:
        item = label[item]
    return item
