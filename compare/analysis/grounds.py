"""What two passages must share besides names before they may join a row.

The same people at the same place, called by the same offices, may do two things, and two sums of the
same money be of two things. A row asks for a word of what happens, or the same telling figure: stems of
content words, but no names, words of titles ("the foreign ministers", "Secretary of State"), measures
("60 million crowns", "in the third quarter") or the bare "say" and "tell".
"""

from collections.abc import Collection, Sequence
from functools import cache
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from compare.text import cues, tfidf
from compare.text.lexicons import load, words
from compare.text.quantities import figures
from compare.text.senses import base
from compare.text.tfidf import Matrix

# Left out in turn on labelled pairs, rows that rest on one ground only from here on are right in .933 of the
# pairs and find .378 of what there is; from .75 on .916 and .391 (docs/alignment.md).
LONE = 0.9
TELLING = frozenset(base(word) for word in ("say", "tell"))
SCALES = frozenset({"hundred", "thousand", "million", "billion", "trillion", "bn", "mn", "per"})
MEASURES = ("currencies", "months", "metres", "kilograms")


def joining(
    texts: Sequence[str], content: Sequence[Collection[str]], links: Matrix, threshold: float
) -> NDArray[np.bool_]:
    """Return which passages may join a row: those linked that share a ground, (passages, passages).

    ``content`` are the stems of each passage's content words that are no names. Only passages with a link
    of ``threshold`` are read. One ground alone joins from ``LONE`` up.
    """
    read = set(np.nonzero(links >= threshold)[0].tolist())
    told = [
        _grounds(text, stems) if n in read else []
        for n, (text, stems) in enumerate(zip(texts, content, strict=True))
    ]
    matrix = tfidf.counts(told)[0]
    matrix.data[:] = 1
    shared = (matrix @ matrix.T).toarray()
    joins: NDArray[np.bool_] = (shared > 1) | ((shared > 0) & (links >= LONE))
    return joins


def _grounds(text: str, content: Collection[str]) -> list[str]:
    tokens = [word.lower() for word in tfidf.words(text)]
    idle = _titles(tokens) | _measures(tokens)
    stems = {base(word) for n, word in enumerate(tokens) if n not in idle} - TELLING
    return [*sorted(stems.intersection(content)), *sorted(map(repr, figures(text)))]


def _titles(tokens: Sequence[str]) -> set[int]:
    """Return the places of words in titles: a head, what may stand before it, and "of" an office."""
    heads, before, offices = _heads(), _listed("before"), _listed("offices")
    found: set[int] = set()
    for n, word in enumerate(tokens):
        if word in heads:
            found.add(n)
            found.update(takewhile(lambda m: tokens[m] in before, range(n - 1, -1, -1)))
            if tokens[n + 1 : n + 2] == ["of"]:
                found.update(takewhile(lambda m: tokens[m] in offices, range(n + 2, len(tokens))))
    return found


def _measures(tokens: Sequence[str]) -> set[int]:
    """Return the places of units and of scales, with what is counted after them."""
    units = _units()
    found = {n for n, word in enumerate(tokens) if base(word) in units}
    for n, word in enumerate(tokens):
        if word in SCALES:
            found.update((n, n + 1))
    return found


@cache
def _units() -> frozenset[str]:
    tables = load("units")
    return frozenset(base(unit.lower()) for table in MEASURES for unit in tables[table])


@cache
def _heads() -> frozenset[str]:
    return _listed("heads") | cues.roles()


@cache
def _listed(table: str) -> frozenset[str]:
    return frozenset(word.lower() for title in words("titles", table) for word in title.split())
