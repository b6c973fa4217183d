"""compare.text.boundaries: what a rule is said to need, a line has wherever the rule holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from compare.text import boundaries
from compare.text.boundaries import starts
from compare.text.enumerations import items

FRAGMENTS = (
    *("The mill", "closed", "early", " ", ". ", "? ", "! ", "… ", "...", ".", "?", "!", '" ', "”", "(two) "),
    *(" :) ", " <3 ", " ^_^ ", "https://mill.example/a ", "www.mill.example ", "ana@mill.example ", " ] "),
    *("> ", "3/14/2004 4:05 PM ", "Thanks, ", "Many thanks ", "Thank you ", "Best regards, ", "Sincerely, "),
    *(
        "Cheers, ",
        "Best wishes, ",
        "Dear Ana, ",
        "Hi Ana, ",
        "Hello Ana, ",
        "Hey Ana, ",
        " It is",
        " They say",
    ),
    *("-- ", "-----", "===== ", "1. ", "2) ", "a) ", "• ", "plan.docx - ", ". . . . Now", "at 5 p.m. "),
    *("Dr. Lee", "Lunch", "\t"),
)
lines = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=9).map("".join)


@settings(max_examples=300)
@given(lines)
def test_a_rule_holds_only_in_lines_that_have_what_it_needs(line: str) -> None:
    inner = line.rstrip()[:-1]
    for rule, needed in boundaries._ENDS:
        assert not rule.search(line) or any(part in line for part in needed), rule.pattern
    for rule in boundaries._STOPS:
        assert not rule.search(line) or boundaries._STOP.search(inner), rule.pattern
    for rule in boundaries._BEGINS:
        assert not rule.search(line) or "/" in line, rule.pattern
    assert not boundaries._RULE.search(line) or any(part in line for part in boundaries._RULED)
    assert items(line) == (set(), set()) or boundaries._ITEM.search(inner)


def test_a_line_without_any_mark_is_one_sentence_and_one_with_a_stop_two() -> None:
    assert starts("The mill closed early on Sunday") == ()
    assert starts("The mill closed early. Nobody was hurt.") == (23,)
