"""Emphasis is read off texts and table: what these tests build by hand, the findings must state."""

import pytest

from compare.analysis.emphasis import find
from compare.model import Alignment, Article, Cell, Finding, Passage, Row, Span, Story

BRIDGE = "Engineers closed the old harbour bridge on Monday after cracks were found."
TALK = [
    "The mayor said that the council would meet in an open session.",
    "Ferries are to run every ten minutes until the work is done.",
    "Shopkeepers near the quay fear for their summer trade this year.",
    "A similar bridge further north was repaired in eleven months.",
    "Inspectors had asked for money to paint the girders since spring.",
    "The builders of the crossing had promised a life of ninety years.",
]


def article(outlet: str, title: str, sentences: list[str], cut: str = "") -> Article:
    body = "\n\n".join(([title] if title else []) + sentences)
    return Article(outlet.lower(), outlet, title, body, Span(0, body.index("\n\n")), cut=cut)


def passage(of: Article, text: str) -> Passage:
    begin = of.body.index(text)
    return Passage(of.id, Span(begin, begin + len(text)), text)


def cell(of: Article, text: str | None, nearest: str | None = None, reported: float = 0.9) -> Cell:
    if text is None:
        near = passage(of, nearest) if nearest else None
        return Cell((), near, 0.05, "absent")
    return Cell((passage(of, text),), None, reported, "reported")


def table(articles: list[Article], rows: list[Row]) -> Alignment:
    parts = tuple(tuple(passage(a, text) for text in a.body.split("\n\n")) for a in articles)
    return Alignment(Story("s", tuple(articles)), tuple(a.outlet for a in articles), parts, tuple(rows))


def of(variety: str, findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if one.variety == variety]


@pytest.fixture
def high() -> Article:
    return article("Post", "Harbour bridge shut", [BRIDGE, *TALK])


@pytest.fixture
def low() -> Article:
    return article("Echo", "Council to meet over crossing", [*TALK, BRIDGE])


def test_headlines_stand_side_by_side_verbatim(high: Article, low: Article) -> None:
    """Both headlines are in the summary and are the evidence, marked as spans of their articles."""
    (found,) = of("headline", find(table([high, low], [])))
    assert "The headline of Post reads “Harbour bridge shut”" in found.summary
    assert "the headline of Echo reads “Council to meet over crossing”" in found.summary
    for one, source in zip(found.evidence, (high, low), strict=True):
        span = one.passage.span
        assert source.body[span.begin : span.end] == one.passage.text == source.title


def test_a_standfirst_is_called_one(high: Article) -> None:
    """Without a title the standfirst stands in, and the sentence says so."""
    bare = article("Echo", "", ["Council to meet over the closed crossing", *TALK])
    (found,) = of("headline", find(table([high, bare], [])))
    assert "the standfirst of Echo reads “Council to meet over the closed crossing”" in found.summary


def test_an_opening_paragraph_is_not_called_a_headline(high: Article) -> None:
    """A full sentence at the top is the report's opening, and is also what the outlet leads with."""
    bare = article("Echo", "", TALK)
    (found,) = of("headline", find(table([high, bare], [])))
    assert "the opening of Echo reads" in found.summary


def test_one_headline_in_two_outlets_is_no_difference(high: Article) -> None:
    """Nothing is said of headlines that are the same."""
    same = article("Echo", high.title, TALK)
    assert not of("headline", find(table([high, same], [])))


def test_a_lead_that_the_other_buries(high: Article, low: Article) -> None:
    """What one leads with and the other has at the end, with the paragraph it stands in."""
    row = Row((cell(high, BRIDGE), cell(low, BRIDGE, reported=0.8)))
    findings = find(table([high, low], [row]))
    (found,) = of("lead", findings)
    assert found.summary == (f"Post opens with “{BRIDGE[:-1]}”, which stands in paragraph 7 of 7 in Echo.")
    assert found.confidence == 0.8
    assert not of("placement", findings), "the same passages are not told twice"


def test_a_lead_that_the_other_lacks_is_left_to_the_omissions(high: Article, low: Article) -> None:
    """Parts of a lead stand in any report of the event: that all of it is absent is not said here."""
    silent = article("Echo", low.title, TALK)
    row = Row((cell(high, BRIDGE), cell(silent, None, TALK[3])))
    assert not of("lead", find(table([high, silent], [row])))


def test_no_lead_where_it_is_not_known_to_be_lacking(high: Article, low: Article) -> None:
    """A cell graded unknown or partly says nothing of emphasis."""
    for grade in ("unknown", "partly"):
        empty = Cell((), passage(low, TALK[3]), 0.4, grade)
        assert not of("lead", find(table([high, low], [Row((cell(high, BRIDGE), empty))])))


def test_placement_states_both_shares(high: Article, low: Article) -> None:
    """High in one, in its last third of the other; the surer the row, the surer the finding."""
    first = TALK[0]
    other = article("Echo", "Crossing shut", [BRIDGE, *TALK[1:], first])
    third = article("Post", "Harbour bridge shut", [TALK[5], first, *TALK[1:5], BRIDGE])
    row = Row((cell(third, first, reported=0.8), cell(other, first)))
    (found,) = of("placement", find(table([third, other], [row])))
    assert "in paragraph 2 of 7; Echo has" in found.summary
    assert found.summary.endswith("in paragraph 7 of 7.")
    assert found.confidence == 0.8
    assert [one.outlet for one in found.evidence] == ["Post", "Echo"]


def test_no_placement_against_a_cut_article(high: Article) -> None:
    """Where the text is known to be incomplete, nobody knows what share stands above."""
    first = TALK[0]
    one = article("Post", "Harbour bridge shut", [TALK[5], first, *TALK[1:5], BRIDGE])
    other = article("Echo", "Council to meet", [BRIDGE, *TALK[1:], first], cut="paywall")
    assert not of("placement", find(table([one, other], [Row((cell(one, first), cell(other, first)))])))


def test_swapped_columns_mirror(high: Article, low: Article) -> None:
    """The order of the outlets changes no lead or placement, only which headline is named first."""
    here, there = cell(high, BRIDGE), cell(low, BRIDGE)
    one = find(table([high, low], [Row((here, there))]))
    other = find(table([low, high], [Row((there, here))]))
    assert [f for f in one if f.variety != "headline"] == [f for f in other if f.variety != "headline"]
    (left,), (right,) = of("headline", one), of("headline", other)
    assert left.evidence == right.evidence[::-1]


def test_every_finding_has_evidence_on_both_sides(high: Article, low: Article) -> None:
    """No emphasis without a passage of each side."""
    rows = [Row((cell(high, BRIDGE), cell(low, BRIDGE))), Row((cell(high, TALK[0]), cell(low, TALK[0])))]
    for one in find(table([high, low], rows)):
        assert len({evidence.outlet for evidence in one.evidence}) >= 2


def test_nothing_stands_low_that_stands_higher_in_other_words(high: Article) -> None:
    """The row may hold only the second telling of two."""
    told = "Engineers closed the harbour bridge when they found cracks."
    other = article("Echo", "Council to meet over crossing", [told, *TALK, BRIDGE])
    row = Row((cell(high, BRIDGE), cell(other, BRIDGE)))
    assert not of("lead", find(table([high, other], [row])))


def test_unlike_passages_of_one_row_say_nothing_of_place(high: Article) -> None:
    """A row may join what only resembles each other; then no place is compared."""
    other = article("Echo", "Crossing shut", [*TALK[1:], TALK[0]])
    row = Row((cell(high, BRIDGE), cell(other, TALK[0])))
    findings = find(table([high, other], [row]))
    assert not of("lead", findings)
    assert not of("placement", findings)


def test_a_dateline_is_neither_headline_nor_lead() -> None:
    """Dates and bylines that cleaning left in the text are passed over."""
    one = article("Post", "Harbour bridge shut", ["Monday 3 March 2025, 10:15 GMT", BRIDGE, *TALK])
    dated = article("Echo", "Updated: Monday, 3 March", [*TALK, BRIDGE])
    row = Row((cell(one, "Monday 3 March 2025, 10:15 GMT"), cell(dated, None, TALK[0])))
    findings = find(table([one, dated], [row]))
    assert not of("headline", findings)
    assert not of("lead", findings)


def test_names_alone_do_not_make_two_passages_the_same(high: Article) -> None:
    """One official, quoted twice on two matters, says nothing of place."""
    early = "Harbour Board Chairman Olaf Brandt of Lund said the roof was lost on Tuesday."
    late = "Harbour Board Chairman Olaf Brandt of Lund said on Tuesday that nobody bought land."
    one = article("Post", "Quay roof gone", [TALK[5], early, *TALK[:5]])
    other = article("Echo", "Crossing shut", [*TALK, late])
    findings = find(table([one, other], [Row((cell(one, early), cell(other, late)))]))
    assert not of("placement", findings)


def test_no_lead_against_a_text_of_a_few_lines(high: Article) -> None:
    """In five sentences nothing is buried."""
    short = article("Echo", "Council to meet", [*TALK[:3], BRIDGE])
    row = Row((cell(high, BRIDGE), cell(short, BRIDGE)))
    assert not of("lead", find(table([high, short], [row])))


def test_a_fragment_is_no_place_where_a_fact_stands(high: Article) -> None:
    """Half a sentence, cut after an abbreviation, is not what another outlet leads with."""
    cut = "Harbour Bridge Board v."
    whole = "The Harbour Bridge Board v. Lund is a tough case for all of us."
    board = article("Post", "Harbour bridge shut", [whole, *TALK])
    low = article("Echo", "Council to meet over crossing", [*TALK, cut])
    row = Row((cell(board, whole), cell(low, cut)))
    assert not of("lead", find(table([board, low], [row])))


def test_a_note_of_the_editors_is_no_place_where_a_fact_stands() -> None:
    told = "The board of the harbour bridge confirmed in the morning that it had closed the crossing."
    note = (
        "This story was updated to say that the board of the harbour bridge confirmed it closed the crossing."
    )
    first = article("Post", "Harbour bridge shut", [told, *TALK])
    low = article("Echo", "Council to meet over crossing", [*TALK, note])
    plain = article("Echo", "Council to meet over crossing", [*TALK, told])
    assert not find(table([first, low], [Row((cell(first, told), cell(low, note)))]))[1:]
    assert find(table([first, plain], [Row((cell(first, told), cell(plain, told)))]))[1:]


def test_what_one_outlet_quotes_is_not_the_fact_of_another() -> None:
    """A charge in quotation marks high up is somebody's; the same words low down are another's."""
    said = "“Engineers closed the old harbour bridge on Monday after cracks were found,” Bond said."
    one, other = article("Post", "Harbour", [said, *TALK]), article("Echo", "Council", [*TALK, BRIDGE])
    row = Row((cell(one, said), cell(other, BRIDGE)))
    assert of("lead", find(table([one, other], [row]))) == []


def test_four_words_in_common_make_no_fact_of_two_short_sentences() -> None:
    short = "Even the interim coach Bond had danced on Monday night."
    long = "Bond won more than any other interim coach on Monday."
    one, other = article("Post", "Harbour", [short, *TALK]), article("Echo", "Council", [*TALK, long])
    row = Row((cell(one, short), cell(other, long)))
    assert of("lead", find(table([one, other], [row]))) == []
    assert of("placement", find(table([one, other], [row]))) == []
