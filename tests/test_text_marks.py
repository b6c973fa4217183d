import time

from hypothesis import given
from hypothesis import strategies as st

from compare.text.marks import quoted


def inner(text: str) -> list[str]:
    return [text[q.inner.begin : q.inner.end] for q in quoted(text) if not q.depth]


def test_all_customary_marks_are_read() -> None:
    for opened, closed in ("“”", '""', "«»", "„“", "‘’", ("''", "''")):
        assert inner(f"She said {opened}we are late{closed} twice.") == ["we are late"], opened


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert inner("The owners' boats weren't the town's, and it's ‘over’ now. Don’t ask.") == ["over"]


def test_a_quotation_inside_another_has_depth_one() -> None:
    text = "“She said ‘never’ to me,” he recalled."
    assert [(q.depth, text[q.inner.begin : q.inner.end]) for q in quoted(text)] == [
        (0, "She said ‘never’ to me,"),
        (1, "never"),
    ]


def test_a_mark_repeated_in_the_next_paragraph_runs_on() -> None:
    text = "“We waited all night.\n\n“Nobody came,” she said."
    found = quoted(text)
    assert [q.runs_on for q in found] == [True, False]
    assert inner(text) == ["We waited all night.", "Nobody came,"]


def test_a_mark_that_is_never_closed_is_no_quotation() -> None:
    assert inner('The 5" pipe broke.\n\nIt was old.') == []


@given(st.text(alphabet="ab “”\"'‘’«».\n", max_size=60))
def test_stretches_lie_inside_the_text_and_their_marks(text: str) -> None:
    for q in quoted(text):
        assert 0 <= q.outer.begin < q.inner.begin <= q.inner.end <= q.outer.end <= len(text)
        assert "\n" not in text[q.inner.begin : q.inner.end]


def test_time_grows_with_the_length_not_its_square() -> None:
    started = time.perf_counter()
    quoted("“a " * 40_000 + "' b" * 40_000)
    assert time.perf_counter() - started < 5
