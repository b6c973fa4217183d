"""Wire copies: articles that print one agency text, whole or cut."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

SHINGLE = 5
# Half of a text: of 3,998 pairs of labelled reports on one event, 2 in 100 share that much, and most
# independent ones under a tenth.
CONTAINED = 0.5
LEAST_WORDS = 40
OPENING = 10
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of ``SHINGLE`` words, in lower case (Broder 1997, "On the resemblance and
    containment of documents", p. 2).
    """
    words = _WORD.findall(text.lower())
    return frozenset(zip(*(words[place:] for place in range(SHINGLE)), strict=False))


def same_text(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts that differ in white space and letter case at most.

    Of each group of such texts, every neighbouring pair in the order given. Texts of fewer than
    ``LEAST_WORDS`` words are no evidence of copying.
    """
    openings: dict[str, list[int]] = defaultdict(list)
    for item, text in enumerate(texts):
        openings[" ".join(text.split(None, OPENING)[:OPENING]).lower()].append(item)
    last: dict[str, int] = {}
    pairs = []
    for item in sorted(item for items in openings.values() if len(items) > 1 for item in items):
        words = texts[item].lower().split()
        if len(words) >= LEAST_WORDS:
            key = hashlib.sha256(" ".join(words).encode()).hexdigest()
            if key in last:
                pairs.append((last[key], item))
            last[key] = item
    return pairs


def copies(texts: Sequence[str], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Groups of texts that copy one another, among the ``pairs`` that may.

    A text copies another where at least ``CONTAINED`` of the shorter one's shingles stand in the
    longer. Groups are sorted, of two or more, and do not overlap.
    """
    leader = list(range(len(texts)))
    cut: dict[int, frozenset[tuple[str, ...]]] = {}

    def find(item: int) -> int:
        while leader[item] != item:
            item = leader[item]
        return item

    def join(one: int, other: int) -> None:
        low, high = sorted((find(one), find(other)))
        leader[high] = low

    for one, other in pairs:
        if find(one) == find(other):
            continue
        for item in (one, other):
            if item not in cut:
                cut[item] = shingles(texts[item])
        if _contained(cut[one], cut[other]):
            join(one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for item in range(len(texts)):
        groups[find(item)].append(item)
    return [tuple(items) for items in groups.values() if len(items) > 1]


def _contained(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= LEAST_WORDS and len(one & other) >= CONTAINED * shorter
