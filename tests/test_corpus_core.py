"""Promises of corpus/core: the report in a page's lines is found, and a report alone is left whole."""

from hypothesis import given
from hypothesis import strategies as st

from compare.corpus.clean import clean
from compare.corpus.core import core

REPORT = (
    "Ferry Line to Sund Will Close in March",
    "The ferry line from Ulmen to Sund will close at the end of March, its owner said on Monday.",
    "Some 900 people take the boat to work every day, and the bridge is two hours away by road.",
    "The mayor of Sund called the decision a mistake and asked the ministry for help.",
    "The owner said the line had lost four million crowns in three years.",
)
MENU = ("World", "Markets", "Weather", "Games", "Log in", "Our apps")
BOX = ("In demand", "Old harbour sold", "Rain for days", "A cup for Ormsey", "Five new trams")


def test_menus_and_boxes_go_and_the_headline_stays() -> None:
    page = [*MENU, *REPORT[:3], *BOX, *REPORT[3:], *BOX, "Imprint", "Staff"]
    cleaned = clean("\n\n".join(page))
    assert cleaned.body == "\n\n".join(REPORT)
    assert cleaned.title == REPORT[0]
    assert {one.line for one in cleaned.removed} == {*MENU, *BOX, "Imprint", "Staff"}


def test_a_list_in_a_report_is_part_of_it() -> None:
    items = tuple(f"* {number} boats in {place}" for number, place in enumerate(MENU, 2))
    assert core((*REPORT, *items, *REPORT[1:])).outside == ()


def test_where_it_is_not_clear_what_the_report_is_everything_stays() -> None:
    lines = (*MENU, REPORT[1], *MENU, REPORT[2], *MENU)
    assert core(lines).outside == ()


@given(st.lists(st.sampled_from((*REPORT, *MENU, *BOX, "It rained.")), max_size=30))
def test_every_line_is_kept_or_outside_and_none_is_both(lines: list[str]) -> None:
    found = core(lines)
    assert sorted((*found.kept, *found.outside)) == list(range(len(lines)))
