"""compare.analysis.figures: values at odds, revised values, and figures given by one outlet alone."""

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from compare.analysis.figures import find
from compare.model import Alignment, Article, Cell, Finding, Passage, Row, Span, Story

DAY = dt.date(2025, 5, 16)
GOLDEN = Path(__file__).parent / "golden" / "figures" / "pairs.txt"
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in GOLDEN.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def table(*rows: dict[str, str], days: dict[str, dt.date | None] | None = None) -> Alignment:
    """A table made by hand: each row maps an outlet to its sentence."""
    outlets = tuple(dict.fromkeys(outlet for row in rows for outlet in row))
    texts: dict[str, list[str]] = {o: [row[o] for row in rows if o in row] for o in outlets}
    articles, read = [], {}
    for outlet in outlets:
        body = "\n\n".join(texts[outlet])
        articles.append(Article(outlet, outlet, "", body, Span(0, 0), published=(days or {}).get(outlet)))
        begins = [sum(len(t) + 2 for t in texts[outlet][:n]) for n in range(len(texts[outlet]))]
        read[outlet] = {
            t: Passage(outlet, Span(b, b + len(t)), t) for b, t in zip(begins, texts[outlet], strict=True)
        }
    cells = [
        Row(
            tuple(
                Cell((read[o][row[o]],), None, 0.9, "reported") if o in row else Cell((), None, 0.1, "absent")
                for o in outlets
            )
        )
        for row in rows
    ]
    return Alignment(
        Story("s", tuple(articles)), outlets, tuple(tuple(read[o].values()) for o in outlets), tuple(cells)
    )


def only(found: tuple[Finding, ...]) -> Finding:
    assert len(found) == 1, [f.summary for f in found]
    return found[0]


def marked(finding: Finding) -> list[list[str]]:
    return [
        [e.passage.text[m.begin - e.passage.span.begin : m.end - e.passage.span.begin] for m in e.marks]
        for e in finding.evidence
    ]


MOVED = {
    "North": "The delegations are expected to meet in Lund on Thursday for the first direct talks in years.",
    "South": "Talks in Lund first planned for Thursday were pushed to Friday by fog, the mediator said.",
}


def test_a_moved_meeting_is_at_odds_and_told_in_one_sentence() -> None:
    found = only(find(table(MOVED)))
    assert (found.kind, found.variety) == ("figure", "at odds")
    assert found.summary == "The talks: North has “Thursday”, South has “Friday” (first set for Thursday)."
    assert marked(found) == [["Thursday"], ["Thursday", "Friday"]]


def test_a_move_told_a_day_later_is_a_revision() -> None:
    days: dict[str, dt.date | None] = {"North": DAY - dt.timedelta(days=1), "South": DAY}
    assert only(find(table(MOVED, days=days))).variety == "revised"


def test_an_outlet_that_tells_the_move_itself_is_not_at_odds() -> None:
    also = {"North": "The talks had been due on Thursday but were moved to Friday."}
    assert find(table({"North": also["North"], "South": MOVED["South"]})) == ()


def test_counts_of_the_same_plight_are_at_odds_wherever_they_stand() -> None:
    found = only(
        find(
            table(
                {
                    "North": "A fire on a ferry injured 17 people late on Tuesday.",
                    "South": "A fire broke out on a ferry.",
                },
                {"South": "Doctors counted 23 injured by the morning."},
            )
        )
    )
    assert found.summary == "People injured: North has “17 people”, South has “23 injured”."
    assert marked(found) == [["17"], ["23"]]


def test_a_higher_toll_of_a_later_article_is_a_revision() -> None:
    rows = {"North": "The quake killed 40 people.", "South": "The quake killed 52 people."}
    days: dict[str, dt.date | None] = {"North": DAY, "South": DAY + dt.timedelta(days=2)}
    assert only(find(table(rows, days=days))).variety == "revised"
    assert only(find(table(rows))).variety == "at odds"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The quake killed 1,234 people.", "The quake killed about 1,200 people."),
        ("The quake killed 52 people.", "The quake killed more than 50 people."),
        ("The quake killed 52 people.", "The quake killed 52 people and injured 80."),
        ("The quake killed 52 people.", "The quake injured 80 people."),
        ("The quake killed 52 people.", "The quake killed 12 more people in the hills."),
        ("The quake killed 52 people.", "In 1987 a quake killed 900 people."),
        ("The quake killed 52 people.", "The quake killed three soldiers."),
        ("The gang killed three people.", "The gang killed four people, including the gunman."),
        (
            "The bridge is two miles from the burning port of Lund.",
            "The bridge is 3.2 km from the burning port of Lund.",
        ),
        (
            "The aid for Lund costs $1.2bn, the treasury said.",
            "The aid for Lund costs $1.24 billion, the treasury said.",
        ),
        ("The session in Lund opens at 10:45 a.m. local time.", "The session in Lund opens at 8:45 GMT."),
    ],
)
def test_rounding_limits_units_and_other_things_are_no_contradiction(one: str, other: str) -> None:
    found = find(table({"North": one, "South": other}))
    assert [f for f in found if f.variety != "not in all"] == []


def test_the_same_thing_counted_differently_in_one_row_is_at_odds() -> None:
    found = only(
        find(
            table(
                {
                    "North": "Two undersea cables near Lund were cut by an anchor.",
                    "South": "An anchor cut three undersea cables near Lund.",
                }
            )
        )
    )
    assert (
        found.summary
        == "The number of cables: North has “Two undersea cables”, South has “three undersea cables”."
    )


def test_an_hour_that_one_outlet_leaves_out_is_found_with_both_sentences() -> None:
    rows = {
        "North": "The mayor of Lund died at his home at 12:45 p.m., his family said.",
        "South": "The mayor of Lund died at his home, his family said.",
    }
    found = only(find(table(rows)))
    assert found.variety == "not in all"
    assert found.summary == "The hour: North gives “his home at 12:45 p.m.”, South does not."
    assert [(e.outlet, e.role) for e in found.evidence] == [("North", "says"), ("South", "nearest")]


def test_a_figure_that_stands_elsewhere_in_the_text_is_not_missed() -> None:
    rows = {
        "North": "The mayor of Lund died at his home at 12:45 p.m., his family said.",
        "South": "The mayor of Lund died at his home, his family said.",
    }
    assert find(table(rows, {"South": "Doctors came to the house at 12:45 p.m."})) == ()


def test_swapping_the_outlets_mirrors_the_findings() -> None:
    there = only(find(table(MOVED)))
    back = only(find(table(dict(reversed(MOVED.items())))))
    assert back.summary == "The talks: South has “Friday” (first set for Thursday), North has “Thursday”."
    assert set(there.evidence) == set(back.evidence)
    assert (there.variety, there.confidence, there.weight) == (back.variety, back.confidence, back.weight)


def test_no_finding_without_evidence_of_two_outlets() -> None:
    three = {**MOVED, "East": "The talks in Lund open on Thursday, the palace said."}
    for finding in find(
        table(three, {"North": "The quake killed 40 people.", "East": "The quake killed 52 people."})
    ):
        assert len({e.outlet for e in finding.evidence}) >= 2
        assert 0 < finding.confidence < 1
        assert any(e.marks for e in finding.evidence)


def test_a_table_without_figures_yields_nothing() -> None:
    assert find(table({"North": "The mayor left.", "South": "The mayor left the town."})) == ()


def test_dates_that_moved_are_at_odds_too() -> None:
    rows = {
        "North": "The trial is due to open on May 4, the court said last month.",
        "South": "The trial, first set for May 4, was postponed to May 9.",
    }
    found = only(find(table(rows)))
    assert found.summary == "The trial: North has “May 4”, South has “May 9” (first set for May 4)."


def test_weekdays_of_articles_a_week_apart_are_not_compared() -> None:
    days: dict[str, dt.date | None] = {"North": DAY - dt.timedelta(days=9), "South": DAY}
    rows = {"North": MOVED["North"], "South": "Talks in Lund were pushed to Friday, the mediator said."}
    assert find(table(rows, days=days)) == ()


def test_hours_of_one_session_are_at_odds_beyond_a_quarter_of_an_hour() -> None:
    opens = "The council session in Lund opens at"
    assert only(find(table({"North": f"{opens} 9:30 a.m.", "South": f"{opens} 2 p.m."}))).variety == "at odds"
    assert find(table({"North": f"{opens} 9:30 a.m.", "South": f"{opens} 9:40 a.m."})) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bout in Lund ended after six rounds.", "The bout in Lund ended in the sixth of the rounds."),
        ("The mayor of Lund died at home on May 4.", "The mayor of Lund died at home in early May."),
        (
            "A poll says 60% of Lund voters want the bridge.",
            "A poll says six in ten Lund voters want the bridge.",
        ),
        ("Thousands of Lund voters want the bridge.", "The Lund voters want the bridge."),
        ("The mayor and 4 others left Lund early.", "The mayor and others left Lund early."),
        ("Five Lund dockers were hurt in the crane fire.", "The crane fire closed the port."),
    ],
)
def test_what_the_other_outlet_says_in_another_way_is_not_missing(one: str, other: str) -> None:
    assert find(table({"North": one, "South": other})) == ()


def test_a_headline_need_not_give_the_figure() -> None:
    north_text, south_text = (
        "The mayor of Lund died at his home at 12:45 p.m.",
        "The mayor of Lund died at his home",
    )
    plain = table({"North": north_text, "South": south_text})
    assert len(find(plain)) == 1
    north, south = plain.story.articles
    headed = dataclasses.replace(south, headline=Span(0, len(south_text)))
    story = dataclasses.replace(plain.story, articles=(north, headed))
    assert find(dataclasses.replace(plain, story=story)) == ()


def test_sums_and_parts_are_not_contradictions() -> None:
    rows = {
        "North": "The navy caught 12 Lund and 11 Bergen pirates near Lund.",
        "South": "The navy caught 23 pirates near Lund.",
    }
    assert [f for f in find(table(rows)) if f.variety == "at odds"] == []


def test_points_of_a_match_are_never_at_odds() -> None:
    rows = {
        "North": "Lund scored 20 points in the cup final.",
        "South": "Lund scored 31 points in the cup final.",
    }
    assert find(table(rows)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The duties on $60 million worth of Lund timber start next week.",
            "The duties on $200 million worth of Bergen timber start next week.",
        ),
        (
            "The closure brought five days of strikes to Lund.",
            "Lund is calm after 8 days of strikes and closure.",
        ),
        (
            "Mr. Orlov, who called himself a caretaker of ships, was sentenced to seven years in prison.",
            "He was sentenced to 12 years in prison.",
        ),
    ],
)
def test_amounts_of_other_goods_and_times_that_go_on_are_not_at_odds(one: str, other: str) -> None:
    assert [f for f in find(table({"North": one, "South": other})) if f.variety == "at odds"] == []


def test_a_rate_is_not_missed_as_a_count() -> None:
    rows = {
        "North": "Lund has the most deaths in the world from flu after 2,150 deaths in a day.",
        "South": "Lund has the most deaths in the world from flu after bad days of deaths.",
    }
    assert find(table(rows)) == ()


def test_the_words_around_a_figure_are_cut_at_whole_words() -> None:
    rows = {
        "North": "The duties on $60 million worth of U.S. timber start in Lund next week.",
        "South": "The duties on $90 million worth of U.S. timber start in Lund next week.",
    }
    found = only(find(table(rows)))
    assert "“$60 million worth”" in found.summary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The fire in the Lund docks was out by 6:40 a.m.", "The fire in the Lund docks was out by 7 a.m."),
        ("More than 10,000 people marched through Lund.", "Several hundred protesters marched through Lund."),
    ],
)
def test_limits_and_vague_crowds_are_not_at_odds(one: str, other: str) -> None:
    assert [f for f in find(table({"North": one, "South": other})) if f.variety == "at odds"] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The referee stopped the Lund title fight at 2:56.", "The referee stopped the Lund title fight."),
        ("As of 4 p.m. most Lund fuel stations were dry.", "Most Lund fuel stations were dry on Tuesday."),
        ("Lund moves production of $6G computers abroad.", "Lund moves production of computers abroad."),
    ],
)
def test_what_is_no_hour_and_no_amount_is_not_missed(one: str, other: str) -> None:
    assert find(table({"North": one, "South": other})) == ()


def test_a_limit_that_differs_in_one_row_is_at_odds() -> None:
    """What is closed until one day here is closed until another there."""
    found = only(
        find(
            table(
                {
                    "North": "The old bridge stays closed until Wednesday, the council wrote.",
                    "South": "The old bridge stays closed until Friday for repairs.",
                    "West": "The old bridge stays closed until Wednesday.",
                }
            )
        )
    )
    assert found.variety == "at odds"
    assert found.summary == "The day: North and West have “until Wednesday”, South has “until Friday”."
    assert marked(found) == [["Wednesday"], ["Friday"], ["Wednesday"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The old bridge stays closed until Wednesday.", "The old bridge was closed by a guard on Friday."),
        ("The old bridge stays closed until Wednesday.", "The museum gate stays shut until Friday."),
        (
            "The old bridge stays closed until Wednesday.",
            "The old bridge stays closed until Friday, and not until Wednesday.",
        ),
        ("The old bridge is closed until Friday.", "The old bridge is closed from Wednesday."),
    ],
    ids=["no limit", "another thing", "both days", "another limit"],
)
def test_days_that_are_not_the_same_limit_are_not_at_odds(one: str, other: str) -> None:
    assert not [f for f in find(table({"North": one, "South": other})) if f.variety == "at odds"]


def test_nobody_hurt_is_at_odds_with_two_hurt_wherever_they_stand() -> None:
    found = only(
        find(
            table(
                {"North": "Nobody was hurt, the ministry said."},
                {"South": "Two people were hurt when the crane fell."},
            )
        )
    )
    assert (found.kind, found.variety) == ("figure", "at odds")
    assert found.summary == "People injured: North has “Nobody was hurt”, South has “Two people”."
    assert {evidence.outlet for evidence in found.evidence} == {"North", "South"}


def test_two_hurt_a_day_after_nobody_was_is_a_revision() -> None:
    rows = (
        {"North": "No injuries were reported."},
        {"South": "Two people were hurt when the crane fell."},
    )
    days: dict[str, dt.date | None] = {"North": DAY, "South": DAY + dt.timedelta(days=1)}
    assert only(find(table(*rows, days=days))).variety == "revised"


@pytest.mark.parametrize(
    ("none", "some"),
    [
        ("Nobody was seriously hurt.", "Two people were hurt when the crane fell."),
        ("No one else was hurt.", "Two people were hurt when the crane fell."),
        ("The mayor asked whether nobody was hurt.", "Two people were hurt when the crane fell."),
        ("Nobody was killed.", "Two people were hurt when the crane fell."),
        ("Nobody was hurt.", "Two people were hurt in a similar fall last month."),
        ("Nobody was hurt.", "One man was hurt when the crane fell."),
        ("No one has been hurt.", "Two people were hurt when the crane fell."),
        ("Nobody was hurt, but two people were injured later.", "Two people were hurt when the crane fell."),
    ],
)
def test_what_denies_only_a_part_or_another_thing_is_not_at_odds(none: str, some: str) -> None:
    assert not [f for f in find(table({"North": none}, {"South": some})) if f.variety == "at odds"]


def test_a_volume_is_not_called_a_distance() -> None:
    rows = {
        "North": "The flow at the border gate is kept at 40 cubic metres a second.",
        "South": "The flow at the border gate is kept at 55 cubic metres a second.",
    }
    assert only(find(table(rows))).summary.startswith("The volume: ")


def test_nobody_hurt_so_far_is_compared_where_the_days_are_known() -> None:
    """What was true of the hour it was written may be of another day than the count."""
    rows = ({"North": "No one has been hurt."}, {"South": "Two people were hurt when the crane fell."})
    assert only(find(table(*rows, days={"North": DAY, "South": DAY}))).variety == "at odds"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Dozens of dockers of Lund have agreed to a deal with the owners of the port.",
            "Several of the dockers of Lund have agreed to a deal with the owners of the port.",
        ),
        (
            "Three days before May 14 the owners asked the dockers of Lund whether they needed help.",
            "Three days before the strike the owners asked the dockers of Lund whether they needed help.",
        ),
    ],
    ids=["a vague count", "a day that others are counted from"],
)
def test_what_is_vague_or_only_counted_from_is_not_missed(one: str, other: str) -> None:
    assert find(table({"North": one, "South": other})) == ()


@pytest.mark.parametrize(("north", "south", "told"), CASES)
def test_pairs_of_sentences_are_told_apart_as_written_down(north: str, south: str, told: str) -> None:
    assert [f.summary for f in find(table({"North": north, "South": south}))] == [told] * (told != "-")


@pytest.mark.parametrize(("north", "south", "told"), CASES)
def test_swapping_the_outlets_mirrors_what_is_told(north: str, south: str, told: str) -> None:
    one, other = (find(table(row)) for row in ({"A": north, "B": south}, {"A": south, "B": north}))
    swap = str.maketrans("AB", "BA")
    assert [(f.variety, f.confidence, {e.outlet: e.passage.text for e in f.evidence}) for f in one] == [
        (f.variety, f.confidence, {e.outlet.translate(swap): e.passage.text for e in f.evidence})
        for f in other
    ]


HURT = "hurt when the crane of Lund fell, the"


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("At least 23 people were", "Doctors saw 23 people", "North and East have “23 people”"),
        ("At least 23 people were", "At least 23 workers were", "North and East have “At least 23”"),
        (
            "At least 23 people were",
            "Twenty-three people were",
            "North has “At least 23 people”, East has “Twenty-three",
        ),
    ],
)
def test_of_two_outlets_only_the_words_of_both_are_quoted(one: str, other: str, told: str) -> None:
    found = find(table({"North": f"{one} {HURT} port.", "East": f"{other} {HURT} port.", "South": SEVEN}))
    (odds,) = [f for f in found if f.variety == "at odds"]
    assert told in odds.summary
    for quoted in re.findall("“(.+?)”", odds.summary):
        named = odds.summary.partition(f" “{quoted}”")[0].rpartition(", ")[2].rpartition(": ")[2]
        for side in odds.evidence:
            assert quoted in side.passage.text or side.outlet not in named


SEVEN = "Only 7 people were hurt when the crane of Lund fell."


def test_an_outlet_beyond_the_pair_is_named_beside_the_figure_it_has() -> None:
    """A count that is not round, of people of one sentence more, is the count of those who have it."""
    rows = {
        "North": "The ferry sent 64 passengers back to the pier of Lund in a storm on Friday.",
        "South": "More than 80 passengers were aboard the ferry in the storm off Lund.",
    }
    back = "The captain of the ferry took 64 tourists back to the pier of Lund in the storm."
    found = find(table(rows, {"East": back}))
    (odds,) = [f for f in found if f.variety == "at odds"]
    assert odds.summary == "People aboard: North and East have “64”, South has “More than 80 passengers”."
    assert {e.outlet for e in odds.evidence} == {"North", "South", "East"}


def test_an_outlet_with_the_figures_of_two_sides_has_both_and_it_is_less_sure() -> None:
    rows = {
        "North": "Unions boasted of 30,000 marchers.",
        "South": "Some 9,000 people took part in the march, according to the police.",
        "East": "The unions counted 30,000 marchers in Lund, and the police 9,000.",
    }
    odds = only(find(table(rows)))
    assert odds.summary == (
        "Size of the march: North has “30,000 marchers” (Unions),"
        " South has “Some 9,000 people” (the police), East both."
    )
    assert odds.confidence < 0.7
    assert marked(odds)[2] == ["30,000", "9,000"]


def test_the_sentence_after_a_figure_has_the_other_side_too() -> None:
    rows = {
        "North": "Unions boasted of 30,000 marchers.",
        "South": "Some 9,000 people took part in the march, according to the police.",
        "East": "The unions counted 30,000 marchers in Lund.",
    }
    alone = only(find(table(rows)))
    assert not alone.summary.endswith("both.")
    odds = only(find(table(rows, {"East": "Police put it at 9,000."})))
    assert odds.summary.endswith(", East both.")


def test_whose_a_figure_is_is_told_only_where_every_side_says_it() -> None:
    odds = only(
        find(table({"North": "Unions boasted of 30,000 marchers.", "South": "Some 9,000 people marched."}))
    )
    assert "(" not in odds.summary


def test_what_is_at_odds_is_never_of_high_confidence_and_least_without_dates() -> None:
    rows = {"North": "The quake killed 40 people.", "South": "The quake killed 52 people."}
    dated = only(find(table(rows, days={"North": DAY, "South": DAY})))
    assert only(find(table(rows))).confidence < dated.confidence < 0.8


def test_a_third_outlet_with_the_figure_is_named_with_the_one_that_gives_it() -> None:
    """And nothing is cut inside "landing stage"."""
    ship = "The Lund ferry was 300 metres from the"
    rows = {
        "North": f"{ship} landing stage when the oil in the galley caught fire.",
        "South": "The Lund ferry was close to the landing stage when the oil in the galley caught fire.",
    }
    alone = only(find(table(rows)))
    assert alone.summary == "The distance: North gives “300 metres from the landing stage”, South does not."
    three = only(find(table({**rows, "East": f"{ship} pier when the oil caught fire."})))
    assert three.summary == "The distance: North and East give “300 metres”, South does not."


def test_all_that_tell_the_new_day_are_named_with_it() -> None:
    other = {"East": "The talks in Lund will open on Friday, the palace said."}
    odds = only(find(table(MOVED, other)))
    assert odds.summary == (
        "The talks: North has “Thursday”, South and East have “Friday” (first set for Thursday)."
    )


def test_a_limit_that_both_figures_keep_is_named_with_neither() -> None:
    rows = {
        "North": "The new rules help the 37 million farmers of Norland.",
        "South": "The new rules help the 30 million farmers of Norland.",
    }
    plain = only(find(table(rows)))
    assert plain.variety == "at odds"
    also = {**rows, "East": "The new rules help more than 30 million farmers of Norland."}
    assert {e.outlet for f in find(table(also)) if f.variety == "at odds" for e in f.evidence} <= {
        "North",
        "South",
    }


def test_a_toll_of_an_earlier_year_hides_none_of_today() -> None:
    then = "It was the worst blast in Lund since a fire in 2021 killed 25 people."
    found = find(
        table(
            {
                "North": "The blast in Lund killed 14 people.",
                "South": "At least 17 people died in the blast in Lund.",
            },
            {"North": then, "South": "No blast in Lund was worse since 25 people died in a fire in 2021."},
        )
    )
    assert [one.summary for one in found] == [
        "People killed: North has “14 people”, South has “At least 17 people”."
    ]
