"""compare.analysis.profile and counts: what each outlet did over a week, counted with its bases."""

import datetime as dt

from compare.analysis import counts, profile
from compare.analysis.profile import SOURCES, Profile
from compare.model import Alignment, Article, Cell, Grade, Passage, Row, Span, Story

OUTLETS = ("Lode", "Bode", "Rode", "Mode")
TEXT = "“We will not sail before the engine is whole,” said Anna Brisk, who runs the line."


def cell(outlet: str, grade: Grade) -> Cell:
    told = (Passage(outlet, Span(0, len(TEXT)), TEXT),) if grade in {"reported", "partly"} else ()
    return Cell(told, None, 1.0 if told else 0.0, grade)


def story(
    name: str,
    *rows: tuple[Grade, ...],
    copies: tuple[tuple[str, ...], ...] = (),
    outlets: tuple[str, ...] = OUTLETS,
) -> Alignment:
    """A story of the outlets, one row a tuple of grades in their order."""
    articles = tuple(
        Article(outlet, outlet, "", TEXT, Span(0, 0), published=dt.date(2025, 5, 14)) for outlet in outlets
    )
    read = tuple((Passage(outlet, Span(0, len(TEXT)), TEXT),) for outlet in outlets)
    made = tuple(Row(tuple(cell(o, grade) for o, grade in zip(outlets, row, strict=True))) for row in rows)
    return Alignment(Story(name, articles, copies), outlets, read, made)


def of(parts: tuple[Profile, ...], outlet: str) -> Profile:
    (found,) = [one for one in parts if one.outlet == outlet]
    return found


def facts(parts: tuple[Profile, ...], outlet: str) -> tuple[int, int]:
    return of(parts, outlet).lacking, of(parts, outlet).facts


def test_a_fact_that_half_of_the_others_report_is_counted_and_so_is_its_lack() -> None:
    parts = profile.of_story(story("s", ("absent", "reported", "reported", "absent")), ())
    assert facts(parts, "Lode") == (1, 1)
    assert facts(parts, "Mode") == (1, 1)
    assert facts(parts, "Bode") == (0, 0), "of three others only one reports it"


def test_one_other_outlet_is_not_most_others() -> None:
    parts = profile.of_story(story("s", ("absent", "reported"), outlets=("Lode", "Bode")), ())
    assert facts(parts, "Lode") == (0, 0)


def test_a_part_is_no_lack_and_a_text_cut_off_is_not_counted() -> None:
    parts = profile.of_story(story("s", ("partly", "reported", "reported", "unknown")), ())
    assert facts(parts, "Lode") == (0, 1)
    assert facts(parts, "Mode") == (0, 0)


def test_sources_are_counted_by_kind() -> None:
    parts = profile.of_story(story("s", ("reported",) * 4), ())
    counted = dict(zip(SOURCES, of(parts, "Lode").sources, strict=True))
    assert counted["named"] == sum(counted.values()) == 1


def test_a_week_adds_up_its_stories() -> None:
    one = profile.of_story(
        story("s", ("absent", "reported", "reported", "absent"), copies=(("Lode", "Bode"),)), ()
    )
    two = profile.of_story(story("t", ("absent", "reported", "reported"), outlets=OUTLETS[:3]), ())
    alone = Story("u", (Article("z", "Lode", "", TEXT, Span(0, 0)),))
    week = profile.of_week("2025-W20", [one, two], [alone])
    lode = of(week.profiles, "Lode")
    assert (week.compared, lode.stories, lode.alone, lode.articles, lode.copies) == (2, 3, 1, 3, 1)
    assert (lode.lacking, lode.facts) == (2, 2)
    assert [one.outlet for one in week.profiles] == ["Bode", "Lode", "Mode", "Rode"]


def test_the_order_of_stories_and_outlets_changes_nothing() -> None:
    rows: tuple[tuple[Grade, ...], ...] = (("absent", "reported", "reported", "partly"), ("reported",) * 4)
    there, back = story("s", *rows), story("s", *(row[::-1] for row in rows), outlets=OUTLETS[::-1])
    parts = profile.of_story(there, ())
    assert profile.of_story(back, ()) == parts
    other = profile.of_story(story("t", *rows), ())
    assert profile.of_week("w", [parts, other]) == profile.of_week("w", [other, parts])


def test_a_story_belongs_to_the_week_it_begins_in() -> None:
    table = story("s", ("reported",) * 4)
    late = Article("l", "Late", "", TEXT, Span(0, 0), published=dt.date(2025, 5, 20))
    spread = Story("s", (*table.story.articles, late))
    assert profile.week_of_story(spread) == "2025-W20"
    assert profile.week_of_story(Story("n", (Article("n", "N", "", TEXT, Span(0, 0)),))) == ""


def test_weeks_come_in_order_and_undated_stories_in_none() -> None:
    read = [counts.of_story(story("s", ("reported",) * 4))]
    earlier = Article("e", "Lode", "", TEXT, Span(0, 0), published=dt.date(2025, 5, 8))
    alone = [Story("e", (earlier,)), Story("n", (Article("n", "Lode", "", TEXT, Span(0, 0)),))]
    assert [one.week for one in counts.weeks(read, alone, None)] == ["2025-W19", "2025-W20"]
    assert [one.week for one in counts.weeks(read, alone, "2025-W20")] == ["2025-W20"]
