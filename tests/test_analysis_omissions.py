"""Omissions: read off empty cells, and never where the table cannot tell."""

from dataclasses import replace

import pytest

from compare.analysis.alignment import align
from compare.analysis.omissions import find
from compare.model import Alignment, Article, Cell, Finding, Passage, Row, Span, Story

FULL = """Mill fire in Hartwell

Fire destroyed the Hartwell paper mill on Sunday night, the fire service said.

No one was hurt in the blaze, according to fire chief Odile Marsh.

Inspectors had found blocked sprinklers at 7:15 a.m. on 3 March, records of the labour office show.

The mill employs 230 people.

Mayor Piet Lang promised help for the workers.
"""
BRIEF = """Blaze at paper mill

The Hartwell paper mill was destroyed by fire on Sunday night, the fire service said.

Fire chief Odile Marsh said no one was hurt in the blaze.

Rain helped the crews after midnight.

Mayor Piet Lang promised the workers help.

Some 230 people work at the mill.
"""


def article(outlet: str, text: str) -> Article:
    body = text.strip()
    title = body.split("\n\n")[0]
    return Article(outlet.lower(), outlet, title, body, Span(0, len(title)))


GAZETTE, HERALD = article("Gazette", FULL), article("Herald", BRIEF)


def omissions(*articles: Article) -> tuple[Finding, ...]:
    return find(align(Story("mill", articles)))


def about(findings: tuple[Finding, ...], phrase: str) -> list[Finding]:
    return [f for f in findings if any(phrase in e.passage.text for e in f.evidence if e.role == "says")]


def test_what_one_outlet_alone_reports_is_shown_with_the_nearest_passage_of_the_other() -> None:
    (found,) = about(omissions(GAZETTE, HERALD), "sprinklers")
    assert (found.kind, found.variety) == ("omission", "absent")
    assert found.summary.startswith("Not found in full in Herald: “Inspectors had found blocked sprinklers")
    assert found.summary.endswith("(Gazette).")
    assert [(e.outlet, e.role) for e in found.evidence] == [("Gazette", "says"), ("Herald", "nearest")]


def test_names_and_figures_that_the_other_outlet_lacks_are_marked() -> None:
    (found,) = about(omissions(GAZETTE, HERALD), "sprinklers")
    marked = [GAZETTE.body[m.begin : m.end] for m in found.evidence[0].marks]
    assert marked == ["Inspectors", "7", "15", "3", "March"]


def test_what_both_report_is_no_omission() -> None:
    assert not about(omissions(GAZETTE, HERALD), "No one was hurt")


def test_an_article_compared_with_itself_omits_nothing() -> None:
    assert omissions(GAZETTE, replace(GAZETTE, id="copy", outlet="Copy")) == ()


def test_nothing_is_claimed_against_an_article_that_is_cut() -> None:
    found = omissions(GAZETTE, replace(HERALD, cut="ends behind a paywall"))
    assert {e.outlet for f in found for e in f.evidence if e.role == "nearest"} <= {"Gazette"}


def test_nothing_is_claimed_against_an_article_of_three_sentences() -> None:
    short = article("Herald", "\n\n".join(BRIEF.strip().split("\n\n")[:3]))
    assert not about(omissions(GAZETTE, short), "sprinklers")


def test_no_headline_is_claimed_as_omitted() -> None:
    odd = FULL.replace("Mill fire in Hartwell", "Seven questions about Nordbank's missing ledgers")
    found = omissions(article("Gazette", odd), HERALD)
    assert not about(found, "missing ledgers")


def test_what_more_outlets_report_weighs_more() -> None:
    third = article("Post", FULL.replace("Inspectors had found", "Inspectors found"))
    alone = about(omissions(GAZETTE, HERALD, article("Post", BRIEF)), "sprinklers")
    shared = about(omissions(GAZETTE, HERALD, third), "sprinklers")
    assert min(f.weight for f in shared) > max(f.weight for f in alone)


def test_the_order_of_articles_changes_nothing() -> None:
    assert omissions(GAZETTE, HERALD) == omissions(HERALD, GAZETTE)


def test_a_long_passage_is_cut_at_a_clause() -> None:
    tail = ", and cousins, a clan of coastal brewers, ignored seven further letters of 1987" * 5
    long = FULL.replace("records of the labour office show.", "records show" + tail + ".")
    (found,) = about(omissions(article("Gazette", long), HERALD), "sprinklers")
    quoted = found.summary.split("“")[1].split("”")[0]
    assert quoted.endswith("…")
    assert quoted[:-1] in article("Gazette", long).body
    assert len(quoted) < 230


def hand_made(said: str, absent: float, lacking: str = BRIEF) -> tuple[Finding, ...]:
    """One row that the Gazette has and the Herald lacks, with the given probability."""
    teller = article("Gazette", f"Mill fire in Hartwell\n\n{said}")
    silent = article("Herald", lacking)
    begin = teller.body.index(said)
    told = Cell((Passage(teller.id, Span(begin, begin + len(said)), said),), None, 0.9, "reported")
    near = Passage(silent.id, silent.headline, silent.title)
    row = Row((told, Cell((), near, 1 - absent, "absent")))
    story = Story("mill", (teller, silent))
    return find(Alignment(story, ("Gazette", "Herald"), (told.passages, (near,)), (row,)))


INSPECTED = "Inspectors from Dunmore had twice warned the owners of blocked sprinklers."


def test_the_summary_says_how_much_is_known_to_be_lacking() -> None:
    assert hand_made(INSPECTED, 0.96)[0].summary.startswith("Not found in Herald: ")
    assert hand_made(INSPECTED, 0.8)[0].summary.startswith("Not found in full in Herald: ")
    assert hand_made(INSPECTED, 0.5) == ()


@pytest.mark.parametrize(
    "said",
    [
        "They had twice warned the careless owners of blocked sprinklers.",
        "He had twice warned 12 careless owners of blocked sprinklers.",
        "Owners, I once warned, had 12 carelessly blocked sprinklers.",
        "Live updates from Dunmore: warnings, blocked sprinklers, careless owners",
        "The Mr. Lang of the fire was hurt.",
        "Warnings came early, and owners ignored blocked sprinklers.",
        "Dunmore Press, March 4, 1987, 11:20. Sprinklers, Blocked.",
        "Our colleague Nina Ashcombe of Radio Dunmore in Quillport has that story.",
        "9 million in Dunmore, Quillport, Ashcombe and Lund.",
    ],
)
def test_what_cannot_stand_alone_or_be_looked_for_is_not_claimed(said: str) -> None:
    assert hand_made(said, 0.95) == ()


def test_a_quotation_is_claimed_without_a_name() -> None:
    assert len(hand_made("“They ignored every careful warning about blocked sprinklers.”", 0.95)) == 1


def test_of_speech_only_the_quotation_is_claimed() -> None:
    """The other outlet may tell the same in words of its own, so only that it does not quote it is said."""
    (found,) = hand_made("“They ignored every careful warning about blocked sprinklers.”", 0.95)
    assert found.summary.startswith("Not quoted in Herald: ")


def test_speech_that_begins_before_the_passage_is_speech() -> None:
    said = "They ignored every careful warning about sprinklers,” he said."
    teller = article("Gazette", f"Mill fire\n\n“We slept. {said}")
    silent = article("Herald", BRIEF)
    begin = teller.body.index(said)
    told = Cell((Passage(teller.id, Span(begin, begin + len(said)), said),), None, 0.9, "reported")
    near = Passage(silent.id, silent.headline, silent.title)
    rows = (Row((told, Cell((), near, 0.05, "absent"))),)
    alignment = Alignment(
        Story("mill", (teller, silent)), ("Gazette", "Herald"), (told.passages, (near,)), rows
    )
    assert find(alignment)[0].summary.startswith("Not quoted in Herald: ")


def test_speech_of_which_a_run_is_quoted_is_not_quoted_in_full() -> None:
    said = "“They ignored every careful warning from Dunmore about the blocked brass sprinklers.”"
    silent = BRIEF + "\nShe spoke of people who “ignored every careful” word.\n"
    (found,) = hand_made(said, 0.95, silent)
    assert found.summary.startswith("Not quoted in full in Herald: ")


@pytest.mark.parametrize(
    "said",
    [
        "“If they let me, I would come up,” he told journalists in Dunmore on Friday.",
        "Officials believe that there was rain, according to Radio Dunmore, a spokeswoman said on Friday.",
        "Rev. Ambrose Lang (R-Dunmore) had promised the crews help early on Friday.",
    ],
    ids=["speech without words to look for", "who says it", "the first name of one who is named"],
)
def test_who_speaks_to_whom_and_when_is_no_omission(said: str) -> None:
    assert hand_made(said, 0.95) == ()


def test_titles_in_quotation_marks_are_no_speech() -> None:
    said = "Inspectors from Dunmore had starred in “Brass Sprinklers of Quillport” and “Lindqvist Ashcombe”."
    (found,) = hand_made(said, 0.95)
    assert found.summary.startswith("Not found in Herald: ")
