"""The words that set an outlet apart from the others that report the same stories, in its own voice.

Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, Political Analysis 16,
equations 15, 16, 19, 20, 22), an outlet against the others *in the stories that it reports too*, so that
what a week was about weighs the same on both sides.
"""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from compare.model import Alignment, Evidence, Passage, Span
from compare.text.marks import quoted
from compare.text.substitution import shared
from compare.text.utterances import telling

PRIOR = 500.0  # words that the prior stands for, as in the paper's own example
LEAST, LEAST_HERE, SPREAD = 5, 3, 3  # uses in all and here; stories that a word of several must stand in
# Of the words shown, at most one in ten may be there by chance (Benjamini and Hochberg 1995, J. R. Stat. Soc.
# B 57, p. 293): the same share that a kind of finding has to keep to be shown at all.
FALSE = 0.1
ALIKE = 0.2  # a fifth of the words of a passage as long, or two fifths of one half as long
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_TERM = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Distinctive:
    """A word that an outlet uses more than the others do in the same stories.

    ``count`` of ``words`` are its uses here, ``elsewhere`` of ``words_elsewhere`` those of the others, in
    ``stories`` stories. Of the ``told`` facts that it is used for here and that others report too, others
    tell ``without`` without it. ``evidence`` holds passages that use it (marked), then others' passages of
    the same facts that do not.
    """

    outlet: str
    word: str
    z: float
    count: int
    words: int
    elsewhere: int
    words_elsewhere: int
    stories: int
    told: int
    without: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of a word: where, and in which row of which table (None where in none)."""

    table: int
    row: int | None
    passage: Passage
    mark: Span


_Column = Mapping[str, Sequence[_Use]]  # one outlet in one story: every word in its own voice, with its uses


def distinctive(tables: Sequence[Alignment]) -> tuple[Distinctive, ...]:
    """The words of one story's table, or of a week's, by outlet; those first that others do without most.

    Names, closed-class words and quoted words do not count. A word of several stories must be used in
    ``SPREAD`` of them, so that what one story is about does not stand for how an outlet writes; and for at
    least one fact that another outlet reports without it.
    """
    ordered = sorted(tables, key=lambda table: table.story.id)
    columns = [_columns(number, table) for number, table in enumerate(ordered)]
    spread = min(SPREAD, len(ordered))
    outlets = sorted({outlet for column in columns for outlet in column})
    tested = [one for outlet in outlets for one in _tested(outlet, columns, spread)]
    least = threshold([one.z for one, _ in tested])
    found = [
        _compared(one, uses, ordered)
        for one, uses in tested
        if one.z >= least and one.count >= LEAST_HERE and one.stories >= spread
    ]
    return tuple(sorted((one for one in found if one.without), key=_order))


def _order(one: Distinctive) -> tuple[str, str, int, float, str]:
    return one.outlet.casefold(), one.outlet, -one.without, -round(one.z, 9), one.word


def threshold(scores: Sequence[float]) -> float:
    """The least z-score to show, so that at most ``FALSE`` of those shown are there by chance.

    Infinite where no score is that high.
    """
    chances = sorted((math.erfc(z / math.sqrt(2)) / 2, -z) for z in scores)
    passing = [-z for n, (chance, z) in enumerate(chances, 1) if chance <= FALSE * n / len(chances)]
    return passing[-1] if passing else math.inf


def log_odds(here: tuple[int, int], there: tuple[int, int], prior: float = PRIOR) -> float:
    """The z-score of a word counted ``here[0]`` times among ``here[1]`` words, and so ``there``.

    The prior has the pooled counts, scaled to ``prior`` words in all.
    """
    alpha = prior * (here[0] + there[0]) / (here[1] + there[1])
    odds = [math.log((n + alpha) / (size + prior - n - alpha)) for n, size in (here, there)]
    return (odds[0] - odds[1]) / math.sqrt(1 / (here[0] + alpha) + 1 / (there[0] + alpha))


def _columns(number: int, table: Alignment) -> dict[str, _Column]:
    rows = {p: n for n, row in enumerate(table.rows) for cell in row.cells for p in cell.passages}
    spoken = {one.id: [q.outer for q in quoted(one.body)] for one in table.story.articles}
    made: dict[str, _Column] = {}
    for outlet, passages in zip(table.outlets, table.passages, strict=True):
        uses: dict[str, list[_Use]] = defaultdict(list)
        for passage in passages:
            for word, mark in _own(passage, spoken[passage.article]):
                uses[word].append(_Use(number, rows.get(passage), passage, mark))
        made[outlet] = uses
    return made


def _own(passage: Passage, quotes: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """The words of a passage outside quotation marks, as they stand but for its first capital."""
    begins = [quote.begin for quote in quotes]
    for m in _TERM.finditer(passage.text):
        at = passage.span.begin + m.start()
        place = bisect_right(begins, at) - 1
        if place < 0 or at >= quotes[place].end:
            word = m.group().replace("’", "'")
            lone = word if m.start() or word.isupper() else word[0].lower() + word[1:]
            yield lone, Span(at, passage.span.begin + m.end())


def _tested(
    outlet: str, columns: Sequence[Mapping[str, _Column]], spread: int
) -> Iterator[tuple[Distinctive, Sequence[_Use]]]:
    """Every word of the stories an outlet reports that is used often enough, by anybody, to be tested."""
    told = [column for column in columns if outlet in column]
    own = _together(column[outlet] for column in told)
    others = _together(one for column in told for name, one in column.items() if name != outlet)
    size, rest = (sum(len(uses) for uses in every.values()) for every in (own, others))
    for word in sorted({*own, *others} if rest and size else ()):
        mine, theirs = own.get(word, []), others.get(word, [])
        if _may_tell(word) and len(mine) + len(theirs) >= LEAST and _stories([*mine, *theirs]) >= spread:
            z = log_odds((len(mine), size), (len(theirs), rest))
            yield (
                Distinctive(outlet, word, z, len(mine), size, len(theirs), rest, _stories(mine), 0, 0, ()),
                mine,
            )


def _together(columns: Iterable[_Column]) -> dict[str, list[_Use]]:
    joined: dict[str, list[_Use]] = defaultdict(list)
    for column in columns:
        for word, uses in column.items():
            joined[word] += uses
    return joined


def _stories(uses: Sequence[_Use]) -> int:
    return len({use.table for use in uses})


def _may_tell(word: str) -> bool:
    """Neither a name, which keeps its capital, nor a closed-class word."""
    return word.islower() and bool(telling([word]))


def _compared(one: Distinctive, uses: Sequence[_Use], tables: Sequence[Alignment]) -> Distinctive:
    """The word beside the others' reports of the facts that it is used for."""
    told: set[tuple[int, int]] = set()
    plain: list[tuple[_Use, Evidence]] = []
    for use in uses:
        others = _others(use, one.outlet, tables[use.table])
        if use.row is None or not others:
            continue
        told.add((use.table, use.row))
        if not any(_has(other.passage, one.word) for other in others):
            plain.append((use, max(others, key=lambda e: (_likeness(use, e), e.outlet, e.passage))))
    without = {(use.table, use.row) for use, _ in plain}
    return replace(one, told=len(told), without=len(without), evidence=_evidence(one.outlet, uses, plain))


def _others(use: _Use, outlet: str, table: Alignment) -> list[Evidence]:
    """What others have of the fact of a use, in nearly as many words."""
    if use.row is None:
        return []
    cells = zip(table.outlets, table.rows[use.row].cells, strict=True)
    every = [Evidence(name, passage) for name, cell in cells if name != outlet for passage in cell.passages]
    return [evidence for evidence in every if _likeness(use, evidence) >= ALIKE]


def _likeness(use: _Use, other: Evidence) -> float:
    """The share of the shorter passage's words that both have, less where one is much longer; a quotation
    in common makes no telling alike.
    """
    one, two = (_QUOTED.sub(" ", passage.text) for passage in (use.passage, other.passage))
    shorter, longer = sorted((len(one), len(two)))
    return shared(one, two) * shorter / max(longer, 1)


def _has(passage: Passage, word: str) -> bool:
    return any(m.group().casefold().replace("’", "'") == word for m in _TERM.finditer(passage.text))


def _evidence(
    outlet: str, uses: Sequence[_Use], plain: Sequence[tuple[_Use, Evidence]]
) -> tuple[Evidence, ...]:
    """Two passages with the word, of two stories if it can be, and another outlet's of the first's fact."""
    if not plain:
        return ()
    first, counterpart = min(plain, key=lambda pair: (-round(_likeness(*pair), 9), pair[0].passage))
    contrasted = {use.passage for use, _ in plain}
    rest = [use for use in uses if use.passage != first.passage]
    rest.sort(key=lambda use: (use.table == first.table, use.passage not in contrasted, use.passage))
    marked = [Evidence(outlet, use.passage, marks=_marks(use, uses)) for use in (first, *rest[:1])]
    return (*marked, counterpart)


def _marks(use: _Use, uses: Sequence[_Use]) -> tuple[Span, ...]:
    return tuple(sorted(other.mark for other in uses if other.passage == use.passage))
