"""Dates of publication: found by pattern, read strictly, and left out where they are ambiguous."""

import datetime as dt
import re

_LANGUAGES = ["en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "sv", "da", "cs"]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = (
    re.compile(rf"{_MONTH} {_DAY},? {_YEAR}\b", re.I),
    re.compile(rf"{_DAY} {_MONTH},? {_YEAR}\b", re.I),
    re.compile(r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)"),
    re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year>(?:19|20)\d\d)\b"),
)
_PREFIX = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|issued|date)\b(?: on| at)?:?\s*)?"
    r"(?:at \d\d?[:.]\d\d,? )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?",
    re.I,
)
_SUFFIX = re.compile(
    r"(?:[T,|·•–— -]*(?:at )?\d{1,2}[:.h]\d\d(?:[:.]\d\d(?:\.\d+)?)?\s?(?:[ap]\.?m\.?)?"
    r"\s?(?:Z|[+-]\d\d:?\d\d|\(?[A-Z]{2,5}\)?(?:[+-]\d+)?)?)?\s*[.|]?$",
    re.I,
)
_IN_ADDRESS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d?)[/-](?P<day>\d\d?)(?=[/_-]|$)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^\d,:;()]{1,40}(?:, [^\W\d_][^\d,:;()]{1,30})?), (?:le |el |den |il )?"
    r"(?P<date>[^\W\d_]{3,12}\.? \d{1,2}(?:,? \d{4})?"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,12}\.?(?:,? (?:de )?\d{4})?)"
    r"(?P<agency> ?[(/][^()/\d]{2,40}[)/])?[ .:]*(?:[—–-]|/[^/\d]{2,30}/)"
)
_YEAR_IN_ADDRESS = re.compile(r"/(?P<year>20\d\d)/(?:(?P<month>[01]?\d)/)?")
_AMBIGUOUS = re.compile(r"(?<!\d)(\d\d?)[/.-](\d\d?)[/.-]((?:19|20)\d\d)\b")
_UPDATE_TAIL = re.compile(r"\s*[|·•–—(-]\s*(?:last )?(?:updated|modified)\b.*$", re.I)


def _date(match: re.Match[str]) -> dt.date | None:
    found = match.groupdict()
    if "first" in found:
        return _slashed(int(found["first"]), int(found["second"]), int(found["year"]))
    month = found["month"].lower()
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
    return _valid(int(found["year"]), number, int(found["day"]))


def _slashed(first: int, second: int, year: int) -> dt.date | None:
    """11/12/2025 may be either: only a number over twelve, or two alike, tells day from month."""
    if first == second or second > 12:
        return _valid(year, first, second)
    return _valid(year, second, first) if first > 12 else None


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def line_date(line: str) -> dt.date | None:
    """The date that is all a line says ("Updated: Fri, May 16, 2025, 10:30 GMT"), else None."""
    if len(line) > 120:
        return None
    line = _UPDATE_TAIL.sub("", line.strip())
    prefix = _PREFIX.match(line)
    begin = prefix.end() if prefix else 0
    for pattern in _WRITTEN:
        match = pattern.match(line, begin)
        if match and _SUFFIX.match(line, match.end()):
            return _date(match)
    return None


def stated_date(value: str) -> dt.date | None:
    """The date of a metadata field. Other languages' month names are read by dateparser."""
    value = value.strip()
    for pattern in _WRITTEN:
        match = pattern.search(value[:100])
        if match:
            return _date(match)
    return _parsed(value) if value and len(value) < 60 and any(map(str.isdecimal, value)) else None


def _parsed(value: str) -> dt.date | None:
    import dateparser

    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}
    try:
        found = dateparser.parse(value, languages=_LANGUAGES, settings=settings)
    except (ValueError, OverflowError, RecursionError):
        return None
    return found.date() if found else None


def address_date(address: str) -> dt.date | None:
    """The date inside a URL or file name (``/2025/05/16/``, ``20250516``, ``2025-05-16``), else None."""
    for pattern in _IN_ADDRESS:
        match = pattern.search(address[:2000])
        if match:
            return _date(match)
    return None


def dateline(line: str, url: str = "") -> dt.date | None:
    """The date of a dateline ("LUNN, May 16, 2025 (AFP) — …") that opens a paragraph, else None.

    The place stands in capitals or an agency in brackets follows. A dateline without a year has the
    year of the address (``/2025/`` or ``/2025/05/``), and without either it dates nothing.
    """
    found = _DATELINE.match(line[:200])
    if found is None or not (found["place"].split(",")[0].isupper() or found["agency"]):
        return None
    stated = found["date"]
    if re.search(r"\d{4}", stated):
        return stated_date(stated)
    hint = _YEAR_IN_ADDRESS.search(url[:2000])
    day = stated_date(f"{stated} {hint['year']}") if hint else None
    if day is None or hint is None or (hint["month"] and int(hint["month"]) != day.month):
        return None
    return day


def doubt(value: str) -> str:
    """Which two days a stated date may mean ("11/12/2025 may be 11 December or 12 November"), or ""."""
    found = _AMBIGUOUS.search(value[:100])
    if found is None or stated_date(value) is not None:
        return ""
    first, second, year = map(int, found.groups())
    days = (_valid(year, second, first), _valid(year, first, second))
    named = [f"{day.day} {day:%B}" for day in days if day is not None]
    return f"{found[0]} may be {named[0]} or {named[1]}" if len(named) == 2 and first != second else ""
