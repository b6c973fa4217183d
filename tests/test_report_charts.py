"""The picture of the order of telling: where lines go, and the words that say the same."""

import dataclasses

import report_samples as samples

from compare.model import Alignment, Cell, Row, Story
from compare.report import charts
from compare.report.brief import compose


def test_each_outlet_has_its_facts_in_its_own_order_and_the_text_says_so() -> None:
    section = compose([samples.story()]).sections[0]
    drawn = charts.order_lines(section)
    assert drawn
    assert [column.outlet for column in drawn.columns] == ["Gull", "Ledger"]
    for column in drawn.columns:
        assert [stop.y for stop in column.stops] == sorted(stop.y for stop in column.stops)
        assert f"{column.outlet}: {', '.join(str(stop.number) for stop in column.stops)}" in drawn.text
    assert len(drawn.links) == 7


def test_everything_drawn_is_inside_the_picture() -> None:
    drawn = charts.order_lines(compose([samples.story(outlets=tuple("ABCDEF"))]).sections[0])
    assert drawn
    for stop in (stop for column in drawn.columns for stop in column.stops):
        assert 10 < stop.x < drawn.width - 10
        assert 10 < stop.y < drawn.height - 7


def test_a_crowd_of_outlets_gets_no_picture() -> None:
    assert charts.order_lines(compose([samples.story(outlets=tuple("ABCDEFG"))]).sections[0]) is None


def test_a_picture_with_hardly_a_line_is_not_drawn() -> None:
    """Columns whose neighbours share next to nothing show an order to nobody."""
    table, _ = samples.story(outlets=("A", "B", "C", "D"))
    empty = Cell((), None, 0.0, "absent")
    apart = tuple(
        Row(tuple(cell if n in {0, 3} else empty for n, cell in enumerate(row.cells)))
        for row in table.rows[:-1] * 2
    )
    section = compose([(dataclasses.replace(table, rows=apart), ())]).sections[0]
    assert len([fact for fact in section.facts if sum(bool(c.paragraphs) for c in fact.cells) > 1]) > 4
    assert charts.order_lines(section) is None


def test_where_all_tell_the_facts_in_one_order_there_is_nothing_to_draw() -> None:
    table, found = samples.story(outlets=("A", "B", "C"))
    same = [table.story.articles[0], table.story.articles[2]]
    alike = Alignment(
        Story("s", tuple(same)),
        ("A", "C"),
        (table.passages[0], table.passages[2]),
        tuple(Row((row.cells[0], row.cells[2])) for row in table.rows),
    )
    assert charts.order_lines(compose([(alike, ())]).sections[0]) is None
    assert charts.order_lines(compose([(table, found)]).sections[0])
