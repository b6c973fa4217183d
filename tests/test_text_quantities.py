"""compare.text.quantities, .numerals and .moments: figures, days and hours made comparable."""

import datetime as dt
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.text.moments import moments
from compare.text.quantities import Quantity, quantities

GOLDEN = Path(__file__).parent / "golden" / "quantities" / "cases.txt"
PIECES = [
    "12",
    "two",
    "hundred",
    "and",
    "$",
    "%",
    "May",
    "2025",
    "10:45",
    "a.m.",
    "Thursday",
    "dozens",
    "of",
    "-",
    ",",
    "1/2",
    "km",
    "people",
    "€3m",
    "half",
    "a",
    "million",
]
FRIDAY = dt.date(2025, 5, 16)


def cases() -> list[tuple[str, list[str]]]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    parted = [line.partition("|") for line in lines if line.strip() and not line.startswith("#")]
    return [(text.strip(), [q.strip() for q in rest.split(" ; ") if q.strip()]) for text, _, rest in parted]


def described(text: str, q: Quantity) -> str:
    value = q.value if isinstance(q.value, str) else f"{q.value:.10g}"
    return " ".join(f"{text[q.span.begin : q.span.end]} = {q.kind} {value} {q.unit or q.noun}".split())


@pytest.mark.parametrize(("text", "expected"), cases())
def test_quantities_are_read_as_written(text: str, expected: list[str]) -> None:
    assert [described(text, q) for q in quantities(text, FRIDAY)] == expected


@pytest.mark.parametrize(
    ("text", "bound", "approximate"),
    [
        ("more than 40 boats", "more", True),
        ("up to 40 boats", "less", True),
        ("about 40 boats", "", True),
        ("40 boats", "", False),
        ("at least $40", "more", True),
    ],
)
def test_limits_and_approximations_are_kept(text: str, bound: str, approximate: bool) -> None:
    (found,) = quantities(text)
    assert (found.bound, found.approximate) == (bound, approximate)


def test_the_step_says_how_finely_a_figure_is_written() -> None:
    assert [q.step for q in quantities("1,234 boats, 1,200 boats, $1.2bn")] == [1, 100, 1e8]


def test_what_a_duration_measures_is_its_noun() -> None:
    assert quantities("a 30-day ceasefire")[0].noun == "ceasefire"


def test_days_stay_names_where_the_article_has_no_date() -> None:
    assert [m.value for m in moments("on Thursday and 16 May")] == ["thursday", "--05-16"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("last Friday", "2025-05-09"),
        ("next Friday", "2025-05-23"),
        ("said on Friday", "2025-05-16"),
        ("yesterday", "2025-05-15"),
        ("tomorrow", "2025-05-17"),
        ("will meet on Sunday", "2025-05-18"),
        ("met on Sunday", "2025-05-11"),
        ("on 30 December", "2024-12-30"),
    ],
)
def test_days_are_resolved_against_the_article(text: str, value: str) -> None:
    assert [m.value for m in moments(text, FRIDAY)] == [value]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=14,
    ).map(" ".join)
    | st.text(max_size=40)
)  # fmt: skip
def test_quantities_lie_in_the_text_and_apart(text: str) -> None:
    found = quantities(text, FRIDAY)
    assert all(0 <= q.span.begin < q.span.end <= len(text) for q in found)
    assert all(a.span.end <= b.span.begin for a, b in pairwise(found))


def spent(text: str) -> float:
    """Seconds of the processor, the least of three: a collection of garbage may fall into any one."""
    return min(_spent(text) for _ in range(3))


def _spent(text: str) -> float:
    begin = time.process_time()
    quantities(text)
    return time.process_time() - begin


@pytest.mark.parametrize(
    "piece", ["1 ", "two hundred and ", "May 1 ", "12:30 ", "$1,234.5bn ", "hundreds of "]
)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    quantities("2 May")
    assert spent((piece * 20_000)[:20_000]) < 10 * spent((piece * 5_000)[:5_000]) + 0.3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("several dozen boats", 36),
        ("a million boats", 1e6),
        ("4 1/2 points", 4.5),
        ("one person", 1),
        ("two buses", 2),
    ],
)
def test_numbers_in_words_and_parts(text: str, value: float) -> None:
    assert [q.value for q in quantities(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"), [("at noon", "12:00"), ("by midnight", "00:00"), ("at 14:30 GMT", "14:30")]
)
def test_hours_without_halves_of_the_day(text: str, value: str) -> None:
    assert [m.value for m in moments(text)] == [value]


def test_nonsense_hours_and_dates_are_none() -> None:
    assert moments("at 15 p.m. on 45 May") == []
