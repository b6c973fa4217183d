"""Findings that tell the same are told once, in one sentence, with the evidence of all."""

import dataclasses
import itertools
import json

import pytest
import report_samples as samples

from compare.model import Evidence, Finding, Span
from compare.report import document, doubles
from compare.report.brief import compose

OUTLETS = ("Gull", "Ledger", "The Harbour Post", "Tide")
TABLE, _ = samples.story("d", OUTLETS)


def says(outlet: str, row: int = 0, mark: tuple[int, int] = (0, 4)) -> Evidence:
    passage = TABLE.rows[row].cells[OUTLETS.index(outlet)].passages[0]
    begin = passage.span.begin
    return Evidence(outlet, passage, "says", (Span(begin + mark[0], begin + mark[1]),))


def lacks(outlet: str) -> Evidence:
    return dataclasses.replace(says(outlet, 4), role="nearest", marks=())


def absent(outlet: str, confidence: float = 0.9, what: str = "“A vigil was held” (Gull)") -> Finding:
    evidence = (says("Gull"), lacks(outlet))
    return Finding("omission", "absent", f"Not found in {outlet}: {what}.", evidence, confidence, 0.7)


def cut(outlet: str, other: str) -> Finding:
    summary = f"{outlet} quotes Ilka Brandt as saying “listen to any proposal”; {other} gives only “listen”."
    return Finding("quote", "cut", summary, (says(outlet, 1), says(other, 1)), 0.85, 0.6)


def test_what_several_outlets_lack_is_told_in_one_sentence_with_the_least_confidence() -> None:
    found = (absent("Ledger"), absent("Tide", 0.7), absent("The Harbour Post", 0.8))
    assert doubles.leaders(found) == (0, 0, 0)
    summary, evidence, confidence = doubles.together(found)
    assert summary == "Not found in Ledger, The Harbour Post and Tide: “A vigil was held” (Gull)."
    assert [one.outlet for one in evidence] == ["Gull", "Ledger", "Tide", "The Harbour Post"]
    assert confidence == 0.7


@pytest.mark.parametrize(
    ("pattern", "joined"),
    [
        (
            "{} does not name Ilka Brandt: “so” (Gull).",
            "Ledger and Tide do not name Ilka Brandt: “so” (Gull).",
        ),
        ("Gull quotes “so”; {} gives only “s”.", "Gull quotes “so”; Ledger and Tide give only “s”."),
        ("Not quoted in {}: “so” (Gull).", "Not quoted in Ledger and Tide: “so” (Gull)."),
        (
            "The time: {} has “two”, Gull has “three”.",
            "The time: Ledger and Tide have “two”, Gull has “three”.",
        ),
        ("{} wavers where Gull does not.", "Ledger wavers where Gull does not."),
    ],
)
def test_verbs_follow_their_subjects_and_what_cannot_be_put_well_is_told_of_one(
    pattern: str, joined: str
) -> None:
    found = [
        Finding("omission", "x", pattern.format(name), (says("Gull"), lacks(name)), 0.9, 0.7)
        for name in ("Ledger", "Tide")
    ]
    assert doubles.together(found)[0] == joined


def test_a_passage_that_all_rest_on_is_shown_once_whatever_each_marks() -> None:
    first, second = absent("Ledger"), absent("Tide")
    other = says("Gull", mark=(5, 9))
    found = (first, dataclasses.replace(second, evidence=(other, second.evidence[1])))
    assert [one.outlet for one in doubles.together(found)[1]] == ["Gull", "Ledger", "Tide"]


def test_the_order_of_equals_does_not_show() -> None:
    found = (absent("Ledger"), absent("Tide"), absent("The Harbour Post"))
    assert len({doubles.together(order)[0] for order in itertools.permutations(found)}) == 1


def test_a_quotation_that_two_give_in_full_is_told_once() -> None:
    found = (cut("Gull", "Ledger"), cut("The Harbour Post", "Ledger"))
    assert doubles.leaders(found) == (0, 0)
    assert doubles.together(found)[0].startswith("Gull and The Harbour Post quote Ilka Brandt as saying")


def test_the_same_words_of_the_same_passages_are_one_difference_whatever_its_kind() -> None:
    evidence = (says("Gull"), says("Ledger"))
    figure = Finding("figure", "at odds", "The talks: Gull has “Friday”.", evidence, 0.9, 0.9)
    wording = Finding("wording", "loaded", "Gull writes “moved”, Ledger “are”.", evidence, 0.8, 0.6)
    elsewhere = (says("Gull", mark=(9, 12)), says("Ledger", mark=(9, 12)))
    other = dataclasses.replace(wording, evidence=elsewhere)
    assert doubles.leaders((figure, wording, other)) == (0, 0, 2)
    assert doubles.together((figure, wording)) == (figure.summary, figure.evidence, 0.9)


def test_what_one_lacks_is_one_difference_though_what_is_nearest_has_no_marks() -> None:
    figure = Finding(
        "figure",
        "not in all",
        "The hour: Gull gives “two”, Tide does not.",
        (says("Gull"), lacks("Tide")),
        0.8,
        0.5,
    )
    hour = dataclasses.replace(
        figure, kind="omission", variety="unnamed", evidence=(says("Gull", mark=(2, 9)), lacks("Tide"))
    )
    name = dataclasses.replace(hour, evidence=(says("Gull", mark=(6, 9)), lacks("Tide")))
    assert doubles.alike(figure, hour)
    assert doubles.alike(hour, figure)
    assert not doubles.alike(figure, name)


def test_other_facts_stay_apart() -> None:
    cod = absent("Ledger", what="“Cod costs more” (Gull)")
    found = (
        absent("Ledger"),
        dataclasses.replace(cod, evidence=(says("Gull", mark=(6, 9)), lacks("Ledger"))),
    )
    assert doubles.leaders(found) == (0, 1)
    assert doubles.leaders((absent("Ledger"), cut("Gull", "Ledger"))) == (0, 1)


def test_a_story_shows_doubles_once_and_the_json_has_each() -> None:
    found = (absent("Ledger"), absent("Tide"), absent("The Harbour Post"))
    brief = compose([(TABLE, found)])
    (group,) = brief.sections[0].groups
    assert [one.summary.split(":")[0] for one in group.shown] == [
        "Not found in Ledger, The Harbour Post and Tide"
    ]
    assert group.shown[0].outlets == ("Gull", "Ledger", "The Harbour Post", "Tide")
    told = json.loads(document.render(brief))["stories"][0]["findings"]
    assert sorted(one["summary"] for one in told) == sorted(one.summary for one in found)
