"""Coverage: what a whole document lacks, not only what its best passage does."""

import numpy as np

from compare.analysis.coverage import coverage, threshold
from compare.analysis.scorer import score

FULL = [
    "The museum in Lodrin reopened on Saturday after a fire in 2021.",
    "Tickets cost 12 crowns, and children enter free.",
    "Director Hanna Voll thanked the firefighters.",
    "A lost painting by Joris Kemp was found in the cellar at 6:30 a.m.",
    "The roof was rebuilt in oak.",
]
OTHER = [
    "Lodrin's museum opened its doors again on Saturday, four years after the fire.",
    "Its director, Hanna Voll, thanked firefighters.",
    "The new roof is of oak.",
    "Children enter free; others pay 12 crowns for tickets.",
    "Queues reached the bridge.",
]


def test_what_stands_nowhere_is_absent_and_what_stands_somewhere_is_not() -> None:
    absent = coverage(score([FULL, OTHER]), 2).absent[:5, 1]
    assert absent[3] == absent.max() > threshold()
    assert (absent[[0, 1, 2]] < threshold()).all()


def test_no_passage_is_absent_from_its_own_document() -> None:
    absent = coverage(score([FULL, OTHER]), 2).absent
    assert not absent[:5, 0].any()
    assert not absent[5:, 1].any()


def test_the_nearest_passage_is_of_the_document_asked() -> None:
    nearest = coverage(score([FULL, OTHER]), 2).nearest
    assert nearest[2, 1] == 6
    assert (nearest[:5, 1] >= 5).all()


def test_an_empty_document_lacks_everything_and_has_nothing_near() -> None:
    found = coverage(score([FULL, []]), 2)
    assert (found.absent[:, 1] > threshold()).all()
    assert (found.nearest[:, 1] == -1).all()


def test_a_copy_lacks_nothing() -> None:
    absent = coverage(score([FULL, FULL]), 2).absent
    assert np.all(absent < 0.1)
