"""The table of a story: one row is one reported fact or utterance, one column an outlet.

All passages of all outlets are scored against each other at once, joined into rows, and every empty
cell is then searched again in the whole of the outlet's text. Articles are scored in an order of their
own, so that the order of the input changes the order of the columns and nothing else.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.analysis import scorer
from compare.analysis.coverage import Coverage, coverage
from compare.analysis.coverage import threshold as cover_threshold
from compare.analysis.rows import rows
from compare.model import Alignment, Article, Cell, Grade, Passage, Row, Story
from compare.text.passages import passages

SHORTEST = 4
# A row is asserted, so its links have to be more likely right than wrong; the threshold for a single
# link (scorer.threshold) is lower, where precision and recall balance.
JOINED = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _Board:
    """The scored passages of a story, numbered through its articles in canonical order."""

    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    outlets: tuple[str, ...]
    column: NDArray[np.intp]
    place: NDArray[np.float64]
    scores: scorer.Scores
    cover: Coverage


def align(story: Story) -> Alignment:
    """Return the table of ``story``: every passage of every article stands in exactly one row.

    Columns are outlets in order of first appearance; a cell holds the passages of any of the outlet's
    articles. Rows are ordered by mean relative place in the articles.
    """
    outlets = tuple(dict.fromkeys(article.outlet for article in story.articles))
    board = _board(story, outlets)
    found = rows(board.scores.links, board.column.tolist(), JOINED)
    ordered = sorted(found, key=lambda row: _rank(row, board))
    read = {
        outlet: [p for a in story.articles if a.outlet == outlet for p in passages(a)] for outlet in outlets
    }
    return Alignment(
        story, outlets, tuple(tuple(read[o]) for o in outlets), tuple(_row(row, board) for row in ordered)
    )


def _board(story: Story, outlets: tuple[str, ...]) -> _Board:
    articles = tuple(sorted(story.articles, key=lambda a: (a.body, a.outlet, a.id)))
    parts = [passages(article) for article in articles]
    texts = [[p.text for p in part] for part in parts]
    scores = scorer.score(texts)
    column = [outlets.index(a.outlet) for a, part in zip(articles, parts, strict=True) for _ in part]
    place = [n / len(part) for part in parts for n in range(len(part))]
    return _Board(
        articles,
        tuple(p for part in parts for p in part),
        outlets,
        np.array(column, dtype=np.intp),
        np.array(place),
        scores,
        coverage(scores, len(articles)),
    )


def _rank(row: Sequence[int], board: _Board) -> tuple[float, list[str]]:
    places = defaultdict(list)
    for n in row:
        places[int(board.column[n])].append(float(board.place[n]))
    means = sorted(sum(p) / len(p) for p in places.values())
    return round(sum(means) / len(means), 9), sorted(board.passages[n].text for n in row)


def _row(row: Sequence[int], board: _Board) -> Row:
    return Row(tuple(_cell(row, column, board) for column in range(len(board.outlets))))


def _cell(row: Sequence[int], column: int, board: _Board) -> Cell:
    own = [n for n in row if board.column[n] == column]
    others = [n for n in row if board.column[n] != column]
    if own:
        sure = float(board.scores.links[np.ix_(own, others)].max()) if others else 1.0
        return Cell(tuple(board.passages[n] for n in own), None, round(sure, 4), "reported")
    return _empty(row, column, board)


def _empty(row: Sequence[int], column: int, board: _Board) -> Cell:
    # An outlet lacks a fact if all its articles do; each telling of the fact is one opinion on that.
    documents = [d for d, a in enumerate(board.articles) if a.outlet == board.outlets[column]]
    absent = float(board.cover.absent[np.ix_(list(row), documents)].min(axis=1).mean())
    return Cell((), _nearest(row, documents, board), round(1 - absent, 4), _grade(absent, documents, board))


def _grade(absent: float, documents: Sequence[int], board: _Board) -> Grade:
    sizes = np.bincount(board.scores.owner, minlength=len(board.articles))
    if all(board.articles[d].cut or sizes[d] < SHORTEST for d in documents):
        return "unknown"
    return "absent" if absent >= cover_threshold() else "partly"


def _nearest(row: Sequence[int], documents: Sequence[int], board: _Board) -> Passage | None:
    near = [(n, int(board.cover.nearest[n, d])) for n in row for d in documents]
    ranked = [
        (
            round(float(board.scores.links[n, m]), 6),
            round(float(board.scores.likeness[n, m]), 6),
            board.passages[m],
        )
        for n, m in near
        if m >= 0
    ]
    return max(ranked, key=lambda x: (x[0], x[1], x[2].text))[2] if ranked else None
