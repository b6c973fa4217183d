"""Promises of analysis/reprints: what changed between two prints of one text is shown, and nothing else."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from compare.analysis.alignment import align
from compare.analysis.omissions import find as omissions
from compare.analysis.reprints import find
from compare.model import Article, Finding, Span, Story

WIRE = (
    "The bridge over the Tarn was closed on Monday after divers found a crack in its third pier.",
    "Engineers will take at least six weeks to mend it, the roads office said.",
    "Some 14,000 cars cross the bridge on a working day.",
    "The mayor of Ostrel asked residents to use the ferry.",
    "Inspectors had warned of the pier's state in a report two years ago.",
    "Trains are not affected.",
)


def article(outlet: str, sentences: tuple[str, ...], cut: str = "") -> Article:
    return Article(outlet.lower(), outlet, "", "\n\n".join(sentences), Span(0, 0), cut=cut)


def told(*articles: Article) -> tuple[Finding, ...]:
    copies = (tuple(one.id for one in articles),)
    return find(align(Story("bridge", articles, copies)))


def test_a_sentence_that_one_outlet_cut_is_shown_with_the_place_where_it_would_stand() -> None:
    (found,) = told(article("Aye", WIRE), article("Bee", (*WIRE[:4], *WIRE[5:])))
    assert found.summary == (
        "Aye and Bee print one text: only Aye prints “Inspectors had warned of the pier's state in a report"
        " two years ago”."
    )
    says, near = found.evidence
    assert (says.outlet, says.passage.text) == ("Aye", WIRE[4])
    assert (near.outlet, near.role, near.passage.text) == ("Bee", "nearest", WIRE[3])


def test_an_edited_sentence_is_shown_on_both_sides_with_its_words_marked() -> None:
    changed = WIRE[1].replace("at least six weeks", "about six weeks")
    (found,) = told(article("Aye", WIRE), article("Bee", (WIRE[0], changed, *WIRE[2:])))
    assert found.summary == "Aye and Bee print one text: 1 sentence differs in wording or spelling."
    marked = [e.passage.text[m.begin - e.passage.span.begin :][:8] for e in found.evidence for m in e.marks]
    assert marked == ["at least", "about si"]


def test_a_dateline_is_no_change() -> None:
    dated = f"OSTREL, Monday (Wire) - {WIRE[0]}"
    assert told(article("Aye", WIRE), article("Bee", (dated, *WIRE[1:]))) == ()


def test_nothing_is_said_against_a_text_that_is_cut_off() -> None:
    assert told(article("Aye", WIRE), article("Bee", WIRE[:4], cut="the text stops")) == ()


def test_a_sentence_told_in_half_of_its_words_is_not_called_missing() -> None:
    shorter = "Inspectors warned of the pier two years ago."
    found = told(article("Aye", WIRE), article("Bee", (*WIRE[:4], shorter, WIRE[5])))
    assert not any("only" in one.summary for one in found)


def test_texts_that_are_no_copies_are_left_to_the_other_rooms() -> None:
    articles = (article("Aye", WIRE), article("Bee", WIRE[:3]))
    assert find(align(Story("bridge", articles))) == ()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(range(6)), min_size=3, max_size=6, unique=True), st.booleans())
def test_swapping_the_outlets_says_the_same_and_a_copy_of_itself_says_nothing(
    kept: list[int], turned: bool
) -> None:
    part = tuple(WIRE[n] for n in (sorted(kept, reverse=turned)))
    one, other = article("Aye", WIRE), article("Bee", part)
    assert told(one, other) == told(other, one)
    assert told(one, article("Bee", WIRE)) == ()


def test_outlets_that_print_one_text_weigh_as_one_source() -> None:
    apart = (
        "Ferries were full by noon on Monday, their operator said.",
        "Shops near the closed crossing sent their staff home.",
        "A second ferry is to run from Wednesday, according to the harbour.",
        "Traders asked the council for money.",
        "The harbour expects long queues.",
    )
    articles = (article("Aye", WIRE), article("Bee", WIRE), article("Cee", apart))
    loose = Story("bridge", articles)
    alike = replace(loose, copies=(("aye", "bee"),))

    def weights(story: Story) -> list[float]:
        return [one.weight for one in omissions(align(story)) if "Cee" in one.summary]

    assert weights(loose)
    assert max(weights(alike)) < max(weights(loose))


def test_a_time_of_editing_or_a_heading_is_nothing_that_an_outlet_prints_of_the_text() -> None:
    lines = ("Edited on Mon May 12 2025 03:49 PM", "ON DEADLINE: The Tarn Bridge Live Today Again")
    assert told(article("Aye", WIRE), article("Bee", (lines[0], *WIRE[:3], lines[1], *WIRE[3:]))) == ()


def test_hyphens_and_stamps_of_time_are_no_edits() -> None:
    hyphened = WIRE[4].replace("two years ago", "two-years ago")
    stamped = f"Jul. 7 5:59 PM EDT {WIRE[0]}"
    assert told(article("Aye", WIRE), article("Bee", (stamped, *WIRE[1:4], hyphened, WIRE[5]))) == ()


def test_the_agency_named_in_a_dateline_is_no_edit() -> None:
    one, other = f"OSTREL (Wire) - {WIRE[0]}", f"OSTREL — {WIRE[0]}"
    assert told(article("Aye", (one, *WIRE[1:])), article("Bee", (other, *WIRE[1:]))) == ()


def test_texts_that_each_print_something_alone_share_sentences() -> None:
    more = "The ferry leaves every ten minutes from the northern quay."
    (found,) = told(article("Aye", WIRE[:5]), article("Bee", (*WIRE[:2], *WIRE[3:5], more)))
    assert found.summary.startswith(
        "Aye and Bee share 4 sentences of one text: only Aye prints “Some 14,000 cars"
    )


def test_two_reports_that_quote_one_statement_are_no_reprint() -> None:
    said = "“The bridge over the Tarn was closed on Monday after divers found a crack in its pier.”"
    one = ("Ostrel has closed its bridge, the mayor wrote.", said)
    other = ("A crack was found under the road to the south.", said.replace("Monday", "Tuesday"))
    assert told(article("Aye", one), article("Bee", other)) == ()


def test_a_first_paragraph_that_stands_in_for_a_headline_is_collated_too() -> None:
    body = f"{WIRE[0]} {WIRE[1]}\n\n" + "\n\n".join(WIRE[2:])
    untitled = Article("bee", "Bee", "", body, Span(0, body.index("\n\n")))
    assert told(article("Aye", WIRE), untitled) == ()
