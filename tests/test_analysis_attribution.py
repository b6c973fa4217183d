"""Each variety of finding on attribution, and what must not be one."""

from pathlib import Path

import pytest

from compare.analysis.attribution import find
from compare.model import Alignment, Article, Cell, Finding, Row, Span, Story
from compare.text.passages import passages

GOLDEN = Path(__file__).parent / "golden" / "attribution" / "pairs.txt"
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in GOLDEN.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def table(first: str, second: str) -> Alignment:
    """Two outlets whose first sentences after the headline stand in one row."""
    articles = tuple(
        Article(o, o, "", f"Storm on the coast\n\n{b}", Span(0, 18))
        for o, b in (("Post", first), ("Echo", second))
    )
    read = tuple(passages(a) for a in articles)
    row = Row(tuple(Cell((own[1],), None, 0.9, "reported") for own in read))
    return Alignment(Story("s", articles), ("Post", "Echo"), read, (row,))


def found(first: str, second: str) -> dict[str, Finding]:
    return {f.variety: f for f in find(table(first, second))}


def test_a_source_against_none() -> None:
    finding = found(
        "Mayor Ana Rivera said the northern dam had cracked during the storm.",
        "The northern dam cracked during the storm on Friday night.",
    )["source"]
    assert finding.summary == (
        "Echo states without a source what Post attributes to Ana Rivera: "
        "“The northern dam cracked during the storm on Friday night”."
    )
    assert [e.outlet for e in finding.evidence] == ["Post", "Echo"]


def test_a_named_source_against_unnamed_ones() -> None:
    finding = found(
        "Mayor Ana Rivera said the northern dam had cracked during the storm.",
        "Sources said the northern dam had cracked during the storm.",
    )["source"]
    assert "a named person, Ana Rivera" in finding.summary
    assert "unnamed sources, “Sources”" in finding.summary


def test_one_source_under_two_descriptions_is_no_difference() -> None:
    assert "source" not in found(
        "Mayor Ana Rivera said the northern dam had cracked during the storm.",
        "The mayor said the northern dam had cracked during the storm.",
    )


def test_verbs_that_stand_differently_to_a_statement() -> None:
    finding = found(
        "Mayor Ana Rivera said the northern dam was safe after the storm.",
        "Mayor Ana Rivera claimed the northern dam was safe after the storm.",
    )["stance"]
    assert finding.summary == "For the same statement of Ana Rivera, Echo writes “claimed”, Post “said”."


def test_two_neutral_verbs_are_no_difference() -> None:
    assert (
        found(
            "Mayor Ana Rivera said the northern dam was safe after the storm.",
            "Mayor Ana Rivera told reporters the northern dam was safe after the storm.",
        )
        == {}
    )


def test_a_hedge_in_one_outlet_only() -> None:
    alignment = table(
        "The crew allegedly opened the northern gates before the storm.",
        "The crew opened the northern gates before the storm arrived.",
    )
    finding = {f.variety: f for f in find(alignment)}["hedge"]
    assert finding.summary == (
        "Post writes “allegedly” where Echo has no word of doubt:"
        " “The crew opened the northern gates before the storm arrived”."
    )
    (mark,) = finding.evidence[0].marks
    assert alignment.story.articles[0].body[mark.begin : mark.end] == "allegedly"


def test_alleged_as_a_verb_is_no_hedge() -> None:
    assert "hedge" not in found(
        "The lawsuit alleged the crew opened the northern gates before the storm.",
        "The lawsuit alleges the crew opened the northern gates before the storm.",
    )


def test_a_passive_against_a_named_actor() -> None:
    finding = found(
        "The harbour talks were pushed back to Monday after the storm.",
        "On Friday Oslo pushed back the harbour talks to Monday after the storm.",
    )["agent"]
    assert finding.summary == (
        "Echo says who: “Oslo pushed back the harbour talks”;"
        " Post does not: “The harbour talks were pushed back”."
    )


def test_the_order_of_the_outlets_changes_nothing() -> None:
    texts = (
        "Mayor Ana Rivera said the northern dam was safe after the storm.",
        "Mayor Ana Rivera claimed the northern dam was safe after the storm.",
    )
    one = table(*texts)
    other = Alignment(
        Story("s", one.story.articles[::-1]),
        one.outlets[::-1],
        one.passages[::-1],
        tuple(Row(r.cells[::-1]) for r in one.rows),
    )
    assert find(one) == find(other)


def test_passages_that_share_little_are_not_compared() -> None:
    assert (
        found(
            "Mayor Ana Rivera said the northern dam had cracked during the storm.",
            "Ferries to the southern islands stopped at noon on Friday.",
        )
        == {}
    )


def test_what_is_given_is_not_taken_for_the_one_who_received() -> None:
    assert "agent" not in found(
        "He had refused the breath test and was given a blood test at the station.",
        "Rivera gave a blood test sample at the station before the storm.",
    )


def test_background_at_the_end_of_a_statement_is_not_what_is_stated() -> None:
    assert "source" not in found(
        "Mayor Ana Rivera wrote that her crews “stand ready to help” rebuild the northern harbour dam by the "
        "end of May, as the ministry has pledged.",
        "The ministry has pledged to rebuild the northern harbour dam by the end of May.",
    )


def test_a_source_two_sentences_before_may_still_hold() -> None:
    plain = "The northern dam cracked during the storm on Friday night."
    alignment = table(
        "Mayor Ana Rivera said the northern dam had cracked during the storm.",
        f"Engineers said the gates held. The valley was cleared at dusk. {plain}",
    )
    first, second = alignment.passages
    cells = ((first[1],), tuple(p for p in second if p.text == plain))
    row = Row(tuple(Cell(own, None, 0.9, "reported") for own in cells))
    assert find(Alignment(alignment.story, alignment.outlets, alignment.passages, (row,))) == ()


def test_a_word_of_speech_behind_a_dash_without_spaces_shows_a_source() -> None:
    assert "source" not in found(
        "Mayor Ana Rivera said the northern dam had cracked during the storm.",
        "The mayor-her crews insisted-saw that the northern dam had cracked during the storm.",
    )


def test_the_name_of_a_source_is_not_cut_off() -> None:
    finding = found(
        "The northern dam cracked during the storm, according to the Ministry for Water and Dams.",
        "The northern dam cracked during the storm on Friday night.",
    )["source"]
    assert "the Ministry for Water and Dams”" in finding.summary


def test_what_is_doubted_has_to_be_told_by_the_other() -> None:
    assert "hedge" not in found(
        "The fire was presumably set on Friday while the northern crew slept in the harbour hall.",
        "The fire started on Friday while the northern crew slept in the harbour hall.",
    )


def test_what_is_told_with_a_doubt_is_not_told_as_a_fact() -> None:
    assert "source" not in found(
        "Mayor Ana Rivera said the northern dam had cracked during the storm.",
        "The northern dam reportedly cracked during the storm on Friday night.",
    )


def test_blaming_is_no_statement() -> None:
    assert "source" not in found(
        "Mayor Ana Rivera attributed the crack of the northern dam to the storm.",
        "The northern dam cracked after the storm on Friday night.",
    )


def test_unnamed_authorities_are_an_office() -> None:
    assert "source" not in found(
        "Federal authorities said the northern dam had cracked during the storm.",
        "The water ministry said the northern dam had cracked during the storm.",
    )


@pytest.mark.parametrize(("post", "echo", "told"), CASES)
def test_pairs_of_sentences_are_told_apart_as_written_down(post: str, echo: str, told: str) -> None:
    assert [f.summary for f in find(table(post, echo))] == [told] * (told != "-")
