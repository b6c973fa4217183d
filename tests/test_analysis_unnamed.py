"""People and hours that one outlet gives and another, with the same fact, nowhere in its text."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.analysis.unnamed import find
from compare.model import Alignment, Article, Cell, Finding, Grade, Passage, Row, Span, Story

NAMED = "The harbour of Lund was closed by deputy mayor Marta Quill at 7:15 a.m. on the advice of divers."
BARE = "The deputy mayor had the harbour of Lund closed in the morning on the advice of divers."


def table(
    rows: list[dict[str, str]],
    more: dict[str, str] | None = None,
    grade: Grade = "reported",
    reported: float = 0.1,
) -> Alignment:
    """A table made by hand: a row maps an outlet to its sentence; ``more`` is text outside all rows."""
    outlets = tuple(dict.fromkeys(outlet for row in rows for outlet in row))
    said = {o: [row[o] for row in rows if row.get(o)] + [(more or {}).get(o, "")] for o in outlets}
    bodies = {o: "\n\n".join(text for text in said[o] if text) for o in outlets}
    articles = tuple(Article(o.lower(), o, "", bodies[o], Span(0, 0)) for o in outlets)

    def cell(outlet: str, row: dict[str, str]) -> Cell:
        if not row.get(outlet):
            return Cell((), None, reported, grade)
        begin = bodies[outlet].index(row[outlet])
        passage = Passage(outlet.lower(), Span(begin, begin + len(row[outlet])), row[outlet])
        return Cell((passage,), None, 0.9, "reported")

    made = tuple(Row(tuple(cell(o, row) for o in outlets)) for row in rows)
    passages = tuple(tuple(p for row in made for p in row.cells[n].passages) for n in range(len(outlets)))
    return Alignment(Story("s", articles), outlets, passages, made)


def summaries(alignment: Alignment) -> list[str]:
    return [one.summary for one in find(alignment)]


def marked(alignment: Alignment, finding: Finding) -> list[str]:
    bodies = {article.id: article.body for article in alignment.story.articles}
    return [bodies[e.passage.article][m.begin : m.end] for e in finding.evidence for m in e.marks]


def test_a_name_and_an_hour_that_the_other_leaves_out_are_found() -> None:
    alignment = table([{"North": NAMED, "South": BARE}])
    (found,) = find(alignment)
    assert (found.kind, found.variety) == ("omission", "unnamed")
    assert found.summary.startswith(
        "South does not name Marta Quill and does not give the time 7:15 a.m.: “The harbour"
    )
    assert found.summary.endswith("(North).")
    assert marked(alignment, found) == ["Marta Quill", "7:15 a.m."]
    assert [(e.outlet, e.role) for e in found.evidence] == [("North", "says"), ("South", "nearest")]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "Ms. Quill spoke of a risk to ships.",
        "Divers had warned Marta Quille of a risk to ships.",
        "Aides said Marta had slept badly.",
    ],
)
def test_a_name_that_stands_anywhere_in_any_spelling_is_not_missing(elsewhere: str) -> None:
    rows = [{"North": NAMED.replace(" at 7:15 a.m.", ""), "South": BARE}]
    assert find(table(rows, {"South": elsewhere})) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The talks in Lund were opened by President Volodymyr Zelensky on a cold day.",
            "Zelenskyy opened the talks in Lund.",
        ),
        (
            "The talks in Lund were led by the envoy, Kim Jong-un, on a cold day.",
            "Kim Jong Un led the talks in Lund.",
        ),
        (
            "The talks in Lund were led by Foreign Minister Sergei Orlov on a cold day.",
            "Serhiy Orlov led the talks in Lund.",
        ),
        (
            "The talks in Lund were led by Prime Minister Andre Moreau, Jr., on a cold day.",
            "André Moreau led them in Lund.",
        ),
    ],
)
def test_spellings_of_one_name_are_one_name(one: str, other: str) -> None:
    assert find(table([{"North": one, "South": other}])) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ships kept away from the port after the fire at Lyndon Avenue in the old town.",
        "Prices rose by over a hundred Billion Dollars in the first days of the fire.",
        "The fire was put out by the crew of Lund Harbour Services Ltd. in the old town.",
        "The fire in the old town was first reported by the paper Lund Gazette on its site.",
        "The fire in the old town was watched from afar, in a Rose Garden full of guests, by the crew.",
        "As Republicans in the old town saw it, the fire was put out too late by the crew.",
        "posted in Harbour Fires on Friday, March 7, 2025, 11:45 PM",
    ],
)
def test_places_bodies_and_datelines_are_no_people(text: str) -> None:
    assert find(table([{"North": text, "South": "The fire was put out."}])) == ()


def test_an_hour_given_within_half_an_hour_is_given() -> None:
    rows = [
        {
            "North": "The harbour of Lund was closed by divers at 7:15 a.m.",
            "South": "Divers closed it around 7 a.m.",
        }
    ]
    assert find(table(rows)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The council of Lund passed another of its midnight rules on ships.", "It passed rules on ships."),
        ("The Lund side tied the match with 6:00 minutes remaining in it.", "The Lund side tied the match."),
        ("The clerk was a fellow Tar Heel alumnus of the mayor of the town.", "The clerk knew the mayor."),
        ("The fire in the harbour of Lund broke out at 9 p.m.", "The fire broke out at 2045 GMT."),
        ("The match at Lund begins on Saturday at 1:30 p.m. on the coast.", "It begins at 4:30 p.m. ET."),
        ("The match at Lund begins on Saturday at 1:30 p.m. PST on the coast.", "It begins at 4:30 p.m."),
    ],
)
def test_what_only_looks_like_an_hour_or_is_one_in_other_figures(one: str, other: str) -> None:
    assert find(table([{"North": one, "South": other}])) == ()


@pytest.mark.parametrize("grade", ["absent", "unknown"])
def test_nothing_is_claimed_where_the_fact_is_lacking_or_the_text_cut(grade: Grade) -> None:
    rows = [
        {"North": NAMED, "South": ""},
        {"North": "", "South": "Ferries run as usual on all days of the week."},
    ]
    assert find(table(rows, grade=grade)) == ()


def test_where_no_omission_of_the_whole_is_sure_enough_the_name_is_claimed() -> None:
    """The table may call a cell absent that is not surely so: the name is missing for certain."""
    rows = [
        {"North": NAMED, "South": ""},
        {"North": "", "South": "Ferries run as usual on all days of the week."},
    ]
    assert find(table(rows, grade="absent", reported=0.5)) != ()


def test_a_name_is_claimed_once_against_an_outlet() -> None:
    again = "The divers had found a mine from the last war, said Marta Quill in the town."
    rows = [{"North": NAMED, "South": BARE}, {"North": again, "South": "The divers had found a mine."}]
    assert sum("Marta Quill" in one.split(":")[0] for one in summaries(table(rows))) == 1


def test_a_name_far_down_a_long_sentence_is_shown() -> None:
    long = "The harbour, " + "which the town had bought from the navy in the year of the flood, " * 4
    rows = [
        {"North": long + "was closed by deputy mayor Marta Quill on the advice of divers.", "South": BARE}
    ]
    (summary,) = summaries(table(rows))
    quoted = summary.split(": “", 1)[1]
    assert quoted.startswith("…")
    assert "Marta Quill" in quoted
    assert len(quoted) < 240


def test_swapping_the_outlets_changes_nothing_that_is_said() -> None:
    rows = [{"North": NAMED, "South": BARE}]
    turned = [dict(reversed(row.items())) for row in rows]
    assert find(table(rows)) == find(table(turned))


def test_an_outlet_of_several_articles_names_whom_any_of_them_names() -> None:
    alignment = table([{"North": NAMED, "South": BARE}])
    north, south = alignment.story.articles
    later = dataclasses.replace(south, id="later", body="Quill closed it at 7:15 a.m., a diver told us.")
    story = dataclasses.replace(alignment.story, articles=(north, south, later))
    assert find(dataclasses.replace(alignment, story=story)) == ()


@given(
    st.lists(
        st.sampled_from(["Marta Quill", "Omar Benn", "the crew", "7:15 a.m.", "Lund", "noon"]),
        min_size=1,
        max_size=5,
    )
)
def test_marks_slice_back_and_stand_in_the_summary(parts: list[str]) -> None:
    """Whatever is claimed is written in the passage, and nowhere in the text of the outlet that lacks it."""
    said = f"The old harbour was closed with {' and '.join(parts)} on the advice of divers."
    alignment = table([{"North": said, "South": BARE}])
    for found in find(alignment):
        for text in marked(alignment, found):
            assert text in found.summary
            assert text not in BARE
        for item in found.evidence:
            body = next(a.body for a in alignment.story.articles if a.id == item.passage.article)
            assert body[item.passage.span.begin : item.passage.span.end] == item.passage.text


def test_a_name_put_before_a_thing_is_not_the_name_of_the_thing() -> None:
    rows = [
        {"North": "He asked for the Marta Quill Papers at once, by letter.", "South": "He asked for it."},
        {"North": "The mayor is Marta Quill, 52, of the old town.", "South": "Quill is the mayor."},
    ]
    assert find(table(rows)) == ()


def test_two_spellings_of_one_name_are_told_once() -> None:
    said = "He thanked Ms. Marta Quill, whom he once called Ms. Martha Quill, for the advice of divers."
    (found,) = summaries(table([{"North": said, "South": "He had the advice of divers."}]))
    assert found.startswith("South does not name Marta Quill: ")


@pytest.mark.parametrize(
    "text",
    [
        "The harbour is closed again; our correspondent Marta Quill reports from Lund in the old town.",
        "While the divers will not confirm it, The Quayside Gazetteer said on Friday the harbour is closed.",
    ],
    ids=["credit", "a body"],
)
def test_credits_and_bodies_with_a_first_name_are_no_people(text: str) -> None:
    assert find(table([{"North": text, "South": "The harbour is closed by divers."}])) == ()


def test_outlets_that_lack_the_same_hours_are_told_with_the_words_of_one() -> None:
    """North's row has all who lack them, East's only one: it is North who tells, in every order."""
    north = "The experts meet in Lund at 9:30 a.m. and the ministers at 2 p.m., Marta Quill wrote."
    east = "A session of experts is planned for 9.30 in the morning and one of ministers at 2 p.m. in Lund."
    bare = "Marta Quill chairs the meeting of the ministers in Lund."
    rows = [
        {"East": east, "South": bare, "West": "", "North": ""},
        {"North": north, "South": bare, "West": "Marta Quill is to lead the ministers in Lund.", "East": ""},
    ]
    for order in (rows, rows[::-1]):
        hours = [one for one in find(table(order)) if "the time" in one.summary]
        assert {one.evidence[1].outlet for one in hours} >= {"South", "West"}
        assert {one.evidence[0].outlet for one in hours} == {"North"}


def test_an_hour_without_its_half_of_the_day_may_be_the_one_of_the_other() -> None:
    one = "The fire on the ferry broke out at about 9:40 p.m. on the lake of Lund."
    other = "Smoke rolled over the ferry on the lake of Lund at around 9.40 on Tuesday night."
    assert find(table([{"North": one, "South": other}])) == ()


def test_another_hour_for_the_fact_is_no_hour_left_out() -> None:
    one = {
        "North": "The bus blew up at 7:40 a.m. as it left.",
        "South": "The bus blew up at 8:15 a.m. as it left.",
    }
    assert find(table([one])) == ()
