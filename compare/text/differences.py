"""Where two passages differ, word for word.

Offsets count from the beginning of the given strings. Both public functions are mirrors of
themselves: swapping the strings swaps the answer and changes nothing else.
"""

import difflib
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from compare.model import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)+|(?:[^\W\d_]\.){2,}|\w+(?:['’]\w+)*(?:-\w+)*|[%$€£]")
_SPACE = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch that stands differently in two texts between the same words.

    ``a`` and ``b`` are the differing spans, empty where one text has nothing there. ``before`` and
    ``after`` count the words, up to the next change, that stand the same on either side of it.
    """

    a: Span
    b: Span
    before: int
    after: int


def words(text: str) -> list[tuple[str, Span]]:
    """The words of a text in order, case-folded, with their spans. Punctuation is no word."""
    return list(_words(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, Span], ...]:
    # every room reads a story's passages again, each against several others
    found = _WORD.finditer(text)
    return tuple((m.group().casefold().replace("’", "'"), Span(m.start(), m.end())) for m in found)


def changes(a: str, b: str) -> tuple[Change, ...]:
    """The differing stretches of two texts, in order, by longest matching blocks (Python's difflib)."""
    left, right = words(a), words(b)
    blocks = _blocks([w for w, _ in left], [w for w, _ in right])
    found = []
    for (i, j, n), (x, y, m) in itertools.pairwise(blocks):
        if x > i + n or y > j + n:
            found.append(Change(_span(left, i + n, x), _span(right, j + n, y), n, m))
    return tuple(found)


def differing(a: str, b: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans of each text whose words the other lacks, for marking two passages side by side.

    Words that both texts have, only at another place, are not marked: the order in which a sentence
    is told is not a difference in what it tells. Neighbouring spans are joined.
    """
    left, right = words(a), words(b)
    blocks = _blocks([w for w, _ in left], [w for w, _ in right])
    kept_left = {i + k for i, _, n in blocks for k in range(n)}
    kept_right = {j + k for _, j, n in blocks for k in range(n)}
    loose_left = [k for k in range(len(left)) if k not in kept_left]
    loose_right = [k for k in range(len(right)) if k not in kept_right]
    moved = Counter(left[k][0] for k in loose_left) & Counter(right[k][0] for k in loose_right)
    return _marks(a, left, loose_left, moved), _marks(b, right, loose_right, moved)


def _blocks(a: list[str], b: list[str]) -> list[tuple[int, int, int]]:
    """Matching blocks (i, j, size) between an empty one at the beginning and one at the end."""
    # difflib breaks ties by the order of its arguments, so they are put in an order of their own.
    swapped = (len(b), b) < (len(a), a)
    matcher = difflib.SequenceMatcher(None, *((b, a) if swapped else (a, b)), autojunk=False)
    blocks = [(m.b, m.a, m.size) if swapped else (m.a, m.b, m.size) for m in matcher.get_matching_blocks()]
    return [(0, 0, 0), *blocks]


def _span(found: list[tuple[str, Span]], begin: int, end: int) -> Span:
    if begin < end:
        return Span(found[begin][1].begin, found[end - 1][1].end)
    place = found[begin - 1][1].end if begin else 0
    return Span(place, place)


def _marks(
    text: str, found: list[tuple[str, Span]], loose: list[int], moved: Counter[str]
) -> tuple[Span, ...]:
    left = dict(moved)
    marks: list[Span] = []
    for k in loose:
        word, span = found[k]
        if left.get(word, 0):
            left[word] -= 1
        elif marks and _SPACE.fullmatch(text, marks[-1].end, span.begin):
            marks[-1] = Span(marks[-1].begin, span.end)
        else:
            marks.append(span)
    return tuple(marks)
