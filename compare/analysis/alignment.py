"""The table of a story: one row is one reported fact or utterance, one column an outlet.

All passages of all outlets are scored against each other at once, joined into rows, and every empty
cell is then searched again in the whole of the outlet's text. Articles are scored in an order of their
own, so that the order of the input changes the order of the columns and nothing else.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from compare.analysis import scorer
from compare.analysis.coverage import Coverage, coverage
from compare.analysis.coverage import threshold as cover_threshold
from compare.analysis.grounds import joining
from compare.analysis.rows import rows
from compare.model import Alignment, Article, Cell, Grade, Passage, Row, Story
from compare.text.passages import passages
from compare.text.quantities import figures
from compare.text.tfidf import Matrix

SHORTEST = 4
# A row is asserted: with the grounds that it asks for, 93 in a hundred of the pairs that share one do report
# the same on labelled whole pairs (docs/alignment.md); a link's threshold is lower, where F1 is best.
JOINED = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class _Board:
    """The scored passages of a story, numbered through its articles in canonical order.

    ``column`` is the outlet of each passage, ``place`` its relative place in its article; ``absent`` is
    (passages, outlets), the probability that an outlet lacks a passage; ``documents`` holds the numbers
    of each outlet's articles, ``blind`` whether they are too little to tell what it lacks,
    ``figures`` their telling quantities.
    """

    passages: tuple[Passage, ...]
    column: list[int]
    place: list[float]
    scores: scorer.Scores
    cover: Coverage
    absent: Matrix
    documents: list[list[int]]
    blind: list[bool]
    figures: list[frozenset[object]]


def align(story: Story) -> Alignment:
    """Return the table of ``story``: every passage of every article stands in exactly one row.

    Columns are outlets in order of first appearance; a cell holds the passages of any of the outlet's
    articles. Rows are ordered by mean relative place in the articles.
    """
    outlets = tuple(dict.fromkeys(article.outlet for article in story.articles))
    articles = sorted(story.articles, key=lambda a: (a.body, a.outlet, a.id))
    parts = {article: passages(article) for article in articles}
    board = _board(parts, outlets)
    links = board.scores.asserted
    joins = joining([p.text for p in board.passages], board.scores.terms.content, links, JOINED)
    found = rows(links, board.column, JOINED, joins)
    ordered = sorted(found, key=lambda row: _rank(row, board))
    read = (tuple(p for a in story.articles if a.outlet == o for p in parts[a]) for o in outlets)
    return Alignment(story, outlets, tuple(read), tuple(_row(row, board) for row in ordered))


def _board(parts: Mapping[Article, Sequence[Passage]], outlets: Sequence[str]) -> _Board:
    articles = list(parts)
    scores = scorer.score([[p.text for p in part] for part in parts.values()])
    cover = coverage(scores, len(articles))
    documents = [[n for n, a in enumerate(articles) if a.outlet == outlet] for outlet in outlets]
    # An outlet lacks a passage if all its articles do.
    absent = [cover.absent[:, numbers].min(axis=1) for numbers in documents]
    return _Board(
        tuple(p for part in parts.values() for p in part),
        [outlets.index(a.outlet) for a, part in parts.items() for _ in part],
        [n / len(part) for part in parts.values() for n in range(len(part))],
        scores,
        cover,
        np.column_stack(absent) if absent else np.zeros((0, 0)),
        documents,
        [all(a.cut or len(parts[a]) < SHORTEST for a in articles if a.outlet == o) for o in outlets],
        [frozenset().union(*(figures(a.body) for a in articles if a.outlet == o)) for o in outlets],
    )


def _rank(row: Sequence[int], board: _Board) -> tuple[float, list[str]]:
    places = defaultdict(list)
    for n in row:
        places[board.column[n]].append(board.place[n])
    means = sorted(sum(p) / len(p) for p in places.values())
    return round(sum(means) / len(means), 9), sorted(board.passages[n].text for n in row)


def _row(row: Sequence[int], board: _Board) -> Row:
    # Each telling of the fact is one opinion on whether an outlet has it.
    absent = board.absent[list(row)].mean(axis=0).tolist()
    return Row(tuple(_cell(row, column, p, board) for column, p in enumerate(absent)))


def _cell(row: Sequence[int], column: int, absent: float, board: _Board) -> Cell:
    own = [n for n in row if board.column[n] == column]
    others = [n for n in row if board.column[n] != column]
    if own:
        sure = float(board.scores.asserted[np.ix_(own, others)].max()) if others else 1.0
        return Cell(tuple(board.passages[n] for n in own), None, round(sure, 4), "reported")
    near = _near(row, board.documents[column], board)
    # On labelled pairs of whole articles, no sentence that shares a telling figure was absent (of 6); nor
    # is it said of one whose link would do for a row, though they share too little to stand in one.
    shared = any(board.figures[column] & figures(board.passages[n].text) for n in row)
    linked = any(board.scores.asserted[pair] >= JOINED for pair in near)
    grade: Grade = "partly" if absent < cover_threshold() or shared or linked else "absent"
    nearest = _nearest(near, board)
    return Cell((), nearest, round(1 - absent, 4), "unknown" if board.blind[column] else grade)


def _near(row: Sequence[int], documents: Sequence[int], board: _Board) -> list[tuple[int, int]]:
    pairs = ((n, int(board.cover.nearest[n, d])) for n in row for d in documents)
    return [(n, m) for n, m in pairs if m >= 0]


def _nearest(near: Sequence[tuple[int, int]], board: _Board) -> Passage | None:
    ranked = [
        (round(float(board.scores.asserted[p]), 6), round(float(board.scores.likeness[p]), 6), p[1])
        for p in near
    ]
    return board.passages[max(ranked)[2]] if ranked else None
