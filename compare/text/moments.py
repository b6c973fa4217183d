"""Days, dates and times of day in news, resolved against the day an article appeared."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.model import Span

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?\.?|July?\.?|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d|,\d)(?:,?\s(?P<year>{_YEAR})\b)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month2>{_MONTH})(?:,?\s(?P<year2>{_YEAR})\b)?"
    rf"|(?P<iso>\d{{4}}-\d\d-\d\d)\b)"
)
_MONTH_YEAR = re.compile(rf"(?<!\w)(?P<month>{_MONTH}),?\s(?P<year>{_YEAR})\b")
_ONLY_YEAR = re.compile(r"(?<![\w,.$£€-])(?P<year>(?:1[89]|20)\d\d)\b(?![,.]\d|s\b|%)")
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WEEKDAY = re.compile(
    r"\b(?:(?P<which>[Nn]ext|[Ll]ast|[Tt]his|[Cc]oming|[Ff]ollowing)\s)?"
    rf"(?P<name>{_DAY_NAME})\b(?!\s(?:Times|Mail))"
)
_NEAR = re.compile(r"\b(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight)\b")
_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ZONE = (
    r"(?:\s(?P<zone>(?:local|Moscow|Kyiv|Kiev|Eastern|Pacific|Central|London|Beijing)\stime"
    r"|GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PDT|PT|IST|JST))?"
)
_CLOCK = re.compile(
    r"(?<![\w:.,/$£€])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[AaPp]\.?[Mm]\b\.?)" + _ZONE
)
_CLOCK_24 = re.compile(
    r"(?<![\w:.,/$£€])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![:\d]|\s(?:to|left|remaining|into)\b)"
    r"(?:\s?hours\b)?(?P<half>)" + _ZONE
)
_CLOCK_WORDS = re.compile(
    rf"(?<![\w.,:/$£€–-])(?P<hour>{'|'.join(_HOURS)}|\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?(?:\so['’]clock)?"
    rf"(?=\s(?:in\sthe|on\s{_DAY_NAME}|on\sthe|this|that)\s(?P<half>morning|afternoon|evening)\b)(?P<zone>)",
    re.IGNORECASE,
)
_NOON = re.compile(r"\b(?P<half>[Nn]oon|[Mm]idday|[Mm]idnight)\b" + _ZONE)
_AHEAD = re.compile(
    r"\b(?:will|would|to be|is to|are to|due|expected|scheduled|set|plans?|planned|coming|next|upcoming|may"
    r"|might|shall|going to|slated|begins?|starts?|opens?|takes place|meets?|ahead of|before|until|by"
    r"|postponed|pushed|moved)\b"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in time. ``value`` is an ISO date, or as much of one as the text gives: "--05-16",
    "2025-05", "2025", "thursday"; for kind "time" it is "HH:MM". ``zone`` is the time zone named.
    """

    span: Span
    kind: str
    value: str
    weekday: str = ""
    zone: str = ""


def moments(text: str, day: dt.date | None = None) -> list[Moment]:
    """Return dates, weekdays, years and times of day in reading order, none inside another."""
    found = [*_dates(text, day), *_weekdays(text, day), *_clocks(text), *_nears(text, day)]
    kept: list[Moment] = []
    for moment in sorted(found, key=lambda m: (m.span.begin, -m.span.end)):
        if not kept or moment.span.begin >= kept[-1].span.end:
            kept.append(moment)
    return kept


def _dates(text: str, day: dt.date | None) -> Iterator[Moment]:
    for m in _DATE.finditer(text):
        if m["iso"]:
            yield Moment(Span(*m.span()), "date", m["iso"])
            continue
        month, number = _month(m["month"] or m["month2"]), int(m["day"] or m["day2"])
        if 1 <= number <= 31:
            year = m["year"] or m["year2"] or (str(_year_near(month, number, day)) if day else "-")
            yield Moment(Span(*m.span()), "date", f"{year}-{month:02d}-{number:02d}")
    for m in _MONTH_YEAR.finditer(text):
        yield Moment(Span(*m.span()), "month", f"{m['year']}-{_month(m['month']):02d}")
    for m in _ONLY_YEAR.finditer(text):
        yield Moment(Span(*m.span()), "year", m["year"])


def _month(word: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(word[:3].lower()))


def _year_near(month: int, number: int, day: dt.date) -> int:
    """The year that puts a day and month nearest to the day of the article."""
    ordinal = month * 31 + number
    here = day.month * 31 + day.day
    if ordinal - here > 186:
        return day.year - 1
    return day.year + 1 if here - ordinal > 186 else day.year


def _weekdays(text: str, day: dt.date | None) -> Iterator[Moment]:
    for m in _WEEKDAY.finditer(text):
        name = m["name"].lower()
        value = name
        if day is not None:
            value = _resolved(name, (m["which"] or "").lower(), text[max(0, m.start() - 60) : m.start()], day)
        yield Moment(Span(m.start("name"), m.end("name")), "weekday", value, weekday=name)


def _resolved(name: str, which: str, before: str, day: dt.date) -> str:
    """The day meant: the last one of that name, or the next where the clause looks ahead."""
    back = (day.weekday() - WEEKDAYS.index(name)) % 7
    ahead = (7 - back) % 7
    if which == "last":
        back = back or 7
    elif which in ("next", "coming", "following"):
        return (day + dt.timedelta(days=ahead or 7)).isoformat()
    clause = re.split(r"[,;:.]\s", before)[-1]
    looks_ahead = list(_AHEAD.finditer(clause))
    if which != "last" and looks_ahead and back:
        return (day + dt.timedelta(days=ahead)).isoformat()
    return (day - dt.timedelta(days=back)).isoformat()


def _nears(text: str, day: dt.date | None) -> Iterator[Moment]:
    steps = {"yesterday": -1, "tomorrow": 1}
    for m in _NEAR.finditer(text):
        if day is not None:
            value = (day + dt.timedelta(days=steps.get(m["word"].lower(), 0))).isoformat()
            yield Moment(Span(*m.span()), "date", value)


def _clocks(text: str) -> Iterator[Moment]:
    for rule in (_CLOCK, _CLOCK_WORDS, _CLOCK_24):
        for m in rule.finditer(text):
            minutes = _minutes(m["hour"].lower(), m["minute"] or "0", m["half"].lower())
            if minutes is not None:
                yield _time(m, minutes)
    for m in _NOON.finditer(text):
        yield _time(m, 0 if m["half"].lower() == "midnight" else 12 * 60)


def _minutes(hour: str, minute: str, half: str) -> int | None:
    hours = _HOURS.index(hour) + 1 if hour in _HOURS else int(hour)
    if half and not 1 <= hours <= 12:
        return None
    if half:
        hours = hours % 12 + 12 * half.startswith(("p", "afternoon", "evening"))
    return hours * 60 + int(minute)


def _time(match: re.Match[str], minutes: int) -> Moment:
    value = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return Moment(Span(*match.span()), "time", value, zone=match["zone"] or "")
