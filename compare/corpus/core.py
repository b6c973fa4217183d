"""The report inside the whole visible text of a page, as "select all, copy" gives it.

Maximum subsequence segmentation (Pasternack and Roth 2009, "Extracting article text from the web with
maximum subsequence segmentation", WWW, p. 971): every line scores by how much it is like running text,
and the stretch of lines with the highest sum is the report. Theirs scores tokens by a trained model; here
a line scores by its words and its end.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from compare.corpus.paragraphs import ends_sentence

# By `python -m benchmarks.pages`: words from which a line is running text, the most that one counts for,
# what a line of furniture costs, and the most that a whole box of them does.
RUNNING_WORDS, MOST_WORDS = 8, 30
FURNITURE, BOX = 12, 60
FEWEST_IN_BOX = 5
FEWEST_RUNNING = 3
TITLE_WORDS, TITLE_SHARE = 3, 0.5
NEAR, HEADLINE = 5, 4
_WORD = re.compile(r"[^\W_]{4,}")
_ITEM = re.compile(r"[-*+•▪◦]\s")


@dataclass(frozen=True, slots=True)
class Core:
    """The places of the lines of a report, its headline first, and the places of all others."""

    kept: tuple[int, ...]
    outside: tuple[int, ...]


def core(lines: Sequence[str]) -> Core:
    """Where the report stands in a page's lines.

    Everything is kept where the stretch holds fewer than ``FEWEST_RUNNING`` lines of running text, or less
    than a third of those on the page: then it is not clear what the report is.
    """
    running = [_is_running(line) for line in lines]
    boxes = set(_boxes(lines, running))
    begin, end = _heaviest(list(_scores(lines, running, boxes)))
    inside = [place for place in range(begin, end) if running[place]]
    if len(inside) < FEWEST_RUNNING or len(inside) * 3 < sum(map(bool, running)):
        return Core(tuple(range(len(lines))), ())
    head = _head(lines, begin, end)
    kept = (*head, *(place for place in range(begin, end) if place not in boxes))
    inner = frozenset(kept)
    return Core(kept, tuple(place for place in range(len(lines)) if place not in inner))


def _is_running(line: str) -> bool | None:
    """Whether a line is running text; None for a short sentence and for an item of a list."""
    words = len(line.split())
    if _ITEM.match(line):
        return None
    if not ends_sentence(line) or words < 3:
        return False
    return True if words >= RUNNING_WORDS else None


def _scores(lines: Sequence[str], running: Sequence[bool | None], boxes: AbstractSet[int]) -> Iterator[int]:
    paid = 0
    for place, (line, is_running) in enumerate(zip(lines, running, strict=True)):
        if is_running is False:
            price = 0 if place in boxes and paid else min(FURNITURE, BOX - paid)
            paid += price
            yield -price
        else:
            paid = 0
            yield min(len(line.split()), MOST_WORDS) if is_running else 0


def _heaviest(scores: Sequence[int]) -> tuple[int, int]:
    """The first of the stretches with the highest sum, as ``[begin, end)`` (Bentley 1984)."""
    best, found, total, begin = 0, (0, 0), 0, 0
    for place, score in enumerate(scores):
        if total <= 0:
            total, begin = 0, place
        total += score
        if total > best:
            best, found = total, (begin, place + 1)
    return found


def _boxes(lines: Sequence[str], running: Sequence[bool | None]) -> Iterator[int]:
    """Runs of furniture of which the page shows half or more at another place too."""
    times = Counter(lines)
    place = 0
    for is_running, group in itertools.groupby(running):
        size = len(list(group))
        repeated = sum(times[line] > 1 for line in lines[place : place + size])
        if is_running is False and size >= FEWEST_IN_BOX and repeated * 2 >= size:
            yield from range(place, place + size)
        place += size


def _head(lines: Sequence[str], begin: int, end: int) -> tuple[int, ...]:
    """The headline: the line above the report whose words the report has most of; then what is between.

    Of equal lines the last: the same headline stands in a page's menu or ticker too. Where no line is like
    the report, it is the longest of those right above.
    """
    told = {word.casefold() for line in lines[begin:end] for word in _WORD.findall(line)}
    known = {place: _known(lines[place], told) for place in range(begin)}
    title = max(known, key=lambda place: (known[place], place), default=0)
    if not known.get(title):
        near = [
            place for place in range(max(begin - NEAR, 0), begin) if len(lines[place].split()) >= HEADLINE
        ]
        return (max(near, key=lambda place: len(lines[place].split())),) if near else ()
    return (
        title,
        *(place for place in range(title + 1, begin) if known[place] and lines[place] != lines[title]),
    )


def _known(line: str, told: set[str]) -> int:
    """How many words of a line the report has, if that is most of them."""
    words = [word.casefold() for word in _WORD.findall(line)]
    count = sum(word in told for word in words)
    return count if len(words) >= TITLE_WORDS and count >= TITLE_SHARE * len(words) else 0
