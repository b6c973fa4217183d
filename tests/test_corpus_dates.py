"""Dates are read where they are plain and left out where they are not."""

import pytest

from compare.corpus.dates import address_date, line_date, stated_date


@pytest.mark.parametrize(
    "line",
    [
        "May 16, 2025",
        "16 May 2025",
        "Friday, May 16th, 2025",
        "Fri., 16 May 2025",
        "Published: May 16, 2025, 10:30 GMT",
        "Updated on 16 May 2025 at 6:12 p.m.",
        "2025-05-16",
        "2025-05-16T09:00:00+02:00",
        "16.05.2025",
        "Published Fri 16 May 2025 | Updated: 17 May 2025",
        "5/16/2025",
        "16/05/2025",
        "Last updated: May 16, 2025 10:30 a.m. ET",
    ],
)
def test_date_lines(line: str) -> None:
    """A line that says a date and nothing else gives it."""
    assert str(line_date(line)) == "2025-05-16"


@pytest.mark.parametrize(
    "line",
    [
        "May said on 16 May 2025 that she would go.",
        "11/12/2025",
        "31 February 2025",
        "May 2025",
        "In 2025, 16 May fell on a Friday.",
        "16 May 2025 was a Friday",
        "",
        "Published: soon",
        "x" * 500,
    ],
)
def test_lines_that_are_no_dates(line: str) -> None:
    """Sentences, ambiguous and impossible dates give none."""
    assert line_date(line) is None


def test_metadata_dates() -> None:
    """Metadata may hold a time, and other languages' month names; ambiguous dates stay out."""
    assert str(stated_date("2025-05-16T10:00:00Z")) == "2025-05-16"
    assert str(stated_date("16 mai 2025")) == "2025-05-16"
    assert stated_date("11/12/2025") is stated_date("tomorrow") is stated_date("") is None
    assert stated_date("9" * 55) is stated_date("1 of 3") is None


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://a.example/2025/05/16/x", "2025-05-16"),
        ("https://a.example/news-20250516-1", "2025-05-16"),
        ("2025-05-16 ferry.txt", "2025-05-16"),
        ("https://a.example/2025/5/6/", "2025-05-06"),
        ("https://a.example/20259916", "None"),
        ("https://a.example/id/120250516", "None"),
        ("e67d47b15c.txt", "None"),
    ],
)
def test_addresses(address: str, date: str) -> None:
    """A URL or file name gives the date it carries, and no number that only looks like one."""
    assert str(address_date(address)) == date
