"""compare.analysis.marked: words in an outlet's own quotation marks, beside the same fact without them."""

import pytest

from compare.analysis import marked
from compare.model import Alignment, Article, Cell, Finding, Passage, Row, Span, Story
from compare.text.quotation import scare_quotes
from compare.text.utterances import voices

HEAD = "The harbour board met again on the quay"
HEAD2 = "The port opened its gate for lorries in May"


def table(*columns: tuple[str, str]) -> Alignment:
    """Outlets with a headline and one sentence each, the sentences in one row."""
    articles, passages = [], []
    for outlet, text in columns:
        body = f"{HEAD}\n\n{text}"
        articles.append(Article(outlet, outlet, HEAD, body, Span(0, len(HEAD))))
        begin = len(HEAD) + 2
        own = [Passage(outlet, Span(0, len(HEAD)), HEAD), Passage(outlet, Span(begin, len(body)), text)]
        passages.append(tuple(own))
    rows = tuple(
        Row(tuple(Cell((column[n],), None, 1.0, "reported") for column in passages)) for n in range(2)
    )
    return Alignment(Story("s", tuple(articles)), tuple(name for name, _ in columns), tuple(passages), rows)


def find(one: str, other: str) -> tuple[Finding, ...]:
    return marked.find(table(("Lode", one), ("Bode", other)))


def test_marks_that_another_outlet_does_without_are_shown_with_both_passages() -> None:
    (found,) = find(
        "The port opened its “temporary” gate for lorries in May.",
        "The port opened its temporary gate for lorries in May.",
    )
    assert found.summary == "Lode puts “temporary” in quotation marks; Bode writes it without."
    assert (found.kind, found.variety) == ("wording", "in quotation marks")
    shown = [
        [e.passage.text[m.begin - e.passage.span.begin : m.end - e.passage.span.begin] for m in e.marks]
        for e in found.evidence
    ]
    assert shown == [["“temporary”"], ["temporary"]]


def test_marked_words_that_another_outlet_leaves_out_are_shown_at_the_word_they_colour() -> None:
    (found,) = find(
        "The port opened its “temporary” gate for lorries in May.",
        "The port opened its gate for lorries in May.",
    )
    assert found.summary == "Lode puts “temporary” in quotation marks; Bode leaves it out."
    assert [evidence.outlet for evidence in found.evidence] == ["Lode", "Bode"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The gate is “temporary”, the mayor said of the port in May.",
            "The gate of the port is temporary in May.",
        ),
        (
            "The ferry “Grey Goose” left the port with lorries in May.",
            "The ferry Grey Goose left the port with lorries in May.",
        ),
        (
            "The port opened the gate called “the mousehole” in May.",
            "The port opened the gate, the mousehole, in May.",
        ),
        ("The port opened its “temporary” gate in May.", "The port opened its “temporary” gate in May."),
        ("The port opened its “temporary” gate in May.", "Nobody on the island has seen the mayor since."),
        ("The port opened its gate for lorries in May.", "The port opened its gate for lorries in May."),
    ],
    ids=["speech", "name", "named so", "marked in both", "another fact", "no marks"],
)
def test_what_may_be_speech_or_a_name_or_is_no_difference_is_not_shown(one: str, other: str) -> None:
    assert find(one, other) == ()


def test_the_mirrored_table_gives_the_same_finding() -> None:
    one, other = (
        ("Lode", "It sold its “spare” ships in March."),
        ("Bode", "It sold its spare ships in March."),
    )
    assert marked.find(table(one, other)) == marked.find(table(other, one)) != ()


def test_words_beside_somebodys_speech_are_nobodys_distance() -> None:
    """A sentence that attributes anything is left alone: the marks may be the speaker's."""
    alignment = table(
        ("Lode", "“We had to,” said Ms Vole, “and we did”, of its “spare” ships."),
        ("Bode", "It sold its spare ships in March."),
    )
    assert marked.find(alignment) == ()


def test_a_scare_quote_is_such_a_stretch() -> None:
    """What the reading of quotations calls a scare quote is compared, in a sentence without a speaker."""
    alignment = table(
        ("Lode", "The harbour sold its “spare” ships in March."),
        ("Bode", "It sold its spare ships in March."),
    )
    (voice,) = [one for one in voices(alignment) if one.outlet == "Lode"]
    assert scare_quotes(voice.article.body) == [one.outer for one in marked.stretches(voice)]


def test_a_headline_leaves_nothing_out() -> None:
    """A headline is short: what it does without tells nothing of its outlet."""
    one = Article("a", "Lode", "", "The port opened its “temporary” gate for lorries in May.", Span(0, 0))
    other = Article("b", "Bode", HEAD2, f"{HEAD2}\n\nNobody came.", Span(0, len(HEAD2)))
    told = (Passage("a", Span(0, len(one.body)), one.body), Passage("b", other.headline, HEAD2))
    row = Row(tuple(Cell((passage,), None, 1.0, "reported") for passage in told))
    table = Alignment(Story("s", (one, other)), ("Lode", "Bode"), ((told[0],), (told[1],)), (row,))
    assert marked.find(table) == ()


def test_what_the_other_writes_with_capitals_is_a_name() -> None:
    said = "The board debated a “harbour day” for the port in May."
    assert find(said, "The board debated a Harbour Day for the port in May.") == ()
    assert len(find(said, "The board debated a harbour day for the port in May.")) == 1


def test_a_term_that_is_explained_is_mentioned_and_not_used() -> None:
    said = "The port has “free berths,” {} ships pay nothing at all in May."
    other = "The port has free berths where ships pay nothing at all in May."
    assert find(said.format("which are where"), other) == ()
    (found,) = find(said.format("since"), other)
    assert found.summary.startswith("Lode puts “free berths” in quotation marks")
