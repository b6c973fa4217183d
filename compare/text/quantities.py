"""Quantities in a text: amounts, shares, counts, spans of time, days and hours, made comparable."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from compare.model import Span
from compare.text.lexicons import load, words
from compare.text.moments import Moment, moments
from compare.text.numerals import Number, numbers

Kind = Literal[
    "number", "money", "percent", "count", "duration", "age", "length", "weight",
    "time", "weekday", "date", "month", "year",
]  # fmt: skip

_SIGN = re.compile(r"(?:US\$|C\$|A\$|[$£€¥₹₽₴₩₪₺])\s?$")
_PERCENT = re.compile(r"\s?%|[\s-](?:percent|per\scent|pct)\b(?!age)")
_POINT = re.compile(r"[\s-](?:percentage|basis)\spoints?\b")
_AGE = re.compile(r"[\s-]years?[\s-]olds?\b")
_MORE = re.compile(
    r"\b(?:more than|over|at least|no (?:fewer|less) than|upwards? of|in excess of|exceeding|above)"
    r"\s(?:an?\s)?$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:less than|fewer than|under|nearly|almost|up to|as many as|close to|just short of|at most|below"
    r"|within)\s(?:an?\s)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|some|an estimated|estimated(?: at)?|circa|perhaps|probably"
    r"|possibly)\s|~\s?)(?:an?\s)?$",
    re.IGNORECASE,
)
_AFTER_ABOUT = re.compile(r"\s?(?:\+|plus\b|or so\b|or more\b|odd\b)|-(?:plus|odd|some)\b")
_POUNDS = re.compile(
    r"-pound(?:s|er)?\b(?!\s(?:note|coin|bill|deal|fund|package|contract|cut|investment|project))"
)
_ATTACHED = re.compile(r"(km|kg|cm|mm|ft|lb)\b")
_LABELLING = re.compile(
    r"\b(?:(?i:no\.|number|page|chapter|section|article|room|phase|route|flight)|Group of)\s$"
)
_AGE_ENDS = re.compile(r"[,.;]|\s(?:and|was|who)\b|$")
_AGED = re.compile(r"[^\W\d_][\w.’'-]+, $|\baged (?:about )?$")
_NEXT = re.compile(r"[\"”]?[\s\u00a0-][\"“‘(]?([^\W\d_][\w’']*(?:-[^\W\d_]\w*)*)")
_BEFORE = re.compile(r"([^\W\d_][\w'’.-]*)[\s\u00a0][\"“‘(]?$")
_NO_NAME = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|The|At|In|On|Of|For|By|From|With|And|But|Some|About|Around|Nearly"
    r"|Almost|Over|More|All|Another|These|Those|Their|His|Her|Its|Our|After|Before|Since|Only|Just|Last|Next|First|Up"
    r"|Least|Than|To|Killed|Injured|Police|Says|Said|As|That|When|While|If|Between|Within|Under"
)
_MEASURES: tuple[tuple[str, Kind, str], ...] = (
    ("days", "duration", "day"),
    ("months", "duration", "month"),
    ("metres", "length", "metre"),
    ("kilograms", "weight", "kilogram"),
)
_REACH = 40
_HEAVIEST = 2000  # a 200-pound man, but a million-pound deal
_CALENDAR = frozenset({"weekday", "date", "month", "year"})
_EXACT = frozenset({"money", "percent", "time"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity. ``value`` is a number, or for days and hours the text of ``moments.Moment.value``.

    ``unit`` is what the value is measured in ("USD", "day", "month", "metre"), for weekdays the day's
    name, for times the zone; ``noun`` is what is counted or measured, in the singular ("village").
    ``step`` is how finely it is written (1.2bn: 0.1bn); ``bound`` says that the text gives a limit.
    """

    span: Span
    kind: Kind
    value: float | str
    unit: str = ""
    noun: str = ""
    approximate: bool = False
    bound: Literal["", "more", "less"] = ""
    step: float = 0.0


@lru_cache(maxsize=4096)
def figures(text: str) -> frozenset[tuple[Kind, object]]:
    """The telling quantities of a text as comparable values: hours, amounts, shares, numbers from 100 on."""
    return frozenset((one.kind, one.value) for one in quantities(text) if _telling(one))


def _telling(one: Quantity) -> bool:
    if one.kind in _CALENDAR:
        return False
    return one.kind in _EXACT or (isinstance(one.value, int | float) and abs(one.value) >= 100)


def quantities(text: str, day: dt.date | None = None) -> list[Quantity]:
    """Return the quantities of ``text`` in reading order; ``day`` is when the text appeared."""
    return list(_quantities(text, day))


@lru_cache(maxsize=4096)
def _quantities(text: str, day: dt.date | None) -> tuple[Quantity, ...]:
    # aligning and several rooms ask for those of the same passages
    times = moments(text, day)
    taken = {place for m in times for place in range(m.span.begin, m.span.end)}
    free = [n for n in numbers(text) if n.span.begin not in taken and n.span.end - 1 not in taken]
    found = [*map(_moment, times), *(quantity for number in free for quantity in _measured(text, number))]
    return tuple(sorted(found, key=lambda q: q.span))


def _moment(moment: Moment) -> Quantity:
    kind: Kind = moment.kind  # type: ignore[assignment]
    return Quantity(moment.span, kind, moment.value, moment.weekday or moment.zone)


def _measured(text: str, number: Number) -> list[Quantity]:
    """The quantity a number makes with what stands around it; none where it is a mere label."""
    before = text[max(0, number.span.begin - _REACH) : number.span.begin]
    after = text[number.span.end : number.span.end + 2 * _REACH]
    end = number.span.end
    if number.vague and after.startswith(" of "):
        end, after = end + 3, after[3:]
    sign = _SIGN.search(before)
    bound, approximate = _limits(before[: sign.start()] if sign else before, after, number)
    span = Span(number.span.begin, end)
    plain = Quantity(span, "number", number.value, "", "", approximate, bound, number.step)
    if sign:
        code = load("units")["currencies"][sign.group().strip()]
        span = Span(number.span.begin - len(sign.group()), end)
        return [replace(plain, kind="money", unit=code, noun=_noun(after), span=span)]
    if re.fullmatch(r"[\d.,]+m", text[span.begin : span.end]) and not sign and not _noun(after):
        value = float(plain.value) / 1e6
        return [replace(plain, kind="length", unit="metre", value=value, step=number.step / 1e6)]
    return _with_sign(plain, after) or _with_unit(plain, before, after)


def _with_sign(plain: Quantity, after: str) -> list[Quantity]:
    if m := _POINT.match(after):
        return [replace(plain, kind="percent", unit="point", span=_wider(plain, m.end()))]
    if m := _PERCENT.match(after):
        noun = _share(after[m.end() :])
        return [replace(plain, kind="percent", unit="percent", noun=noun, span=_wider(plain, m.end()))]
    if m := _AGE.match(after):
        return [replace(plain, kind="age", unit="year", span=_wider(plain, m.end()))]
    if (m := _POUNDS.match(after)) and float(plain.value) < _HEAVIEST:
        return [_sized(replace(plain, span=_wider(plain, m.end())), "lb")]
    return []


def _with_unit(plain: Quantity, before: str, after: str) -> list[Quantity]:
    m = _ATTACHED.match(after) or _NEXT.match(after)
    word = m.group(1).split("-")[0] if m else ""
    if m and (code := load("units")["currencies"].get(_singular(word.lower()))):
        return [replace(plain, kind="money", unit=code, span=_wider(plain, m.end()))]
    if m and _size(word):
        place = m.start(1) + len(word)
        noun = _noun(after[place:]) or (_first(after[place:]) if after.startswith("-") else "")
        return [_sized(replace(plain, noun=noun, span=_wider(plain, place)), word)]
    noun = _noun(after)
    if _size(noun):
        return [_sized(plain, noun)]
    if _AGED.search(before) and _AGE_ENDS.match(after) and 0 < float(plain.value) < 120:
        return [replace(plain, kind="age", unit="year")]
    if _label(before, after) or (plain.value == 1 and noun not in load("units")["nouns"].values()):
        return []
    return [replace(plain, kind="count" if noun else "number", noun=noun)]


def _size(word: str) -> tuple[Kind, str, float] | None:
    """Kind, base unit, and how many of it the unit named is worth."""
    singular = _singular(word.lower())
    for table, kind, unit in _MEASURES:
        if size := load("units")[table].get(singular):
            return kind, unit, size
    return None


def _sized(plain: Quantity, word: str) -> Quantity:
    kind, unit, size = _size(word) or ("number", "", 1.0)
    value = round(float(plain.value) * size, 6)
    return replace(plain, kind=kind, unit=unit, value=value, step=plain.step * size)


def _wider(plain: Quantity, more: int) -> Span:
    return Span(plain.span.begin, plain.span.end + more)


def _limits(before: str, after: str, number: Number) -> tuple[Literal["", "more", "less"], bool]:
    if _MORE.search(before):
        return "more", True
    if _LESS.search(before):
        return "less", True
    return "", number.vague or bool(_ABOUT.search(before) or _AFTER_ABOUT.match(after))


def _label(before: str, after: str) -> bool:
    """Whether a capital before the number makes it part of a name: Article 5, Boeing 737."""
    m = _BEFORE.search(before)
    if not m or not m.group(1)[0].isupper() or _NO_NAME.fullmatch(m.group(1)):
        return bool(_LABELLING.search(before))
    return not _noun(after)


def _noun(after: str) -> str:
    """The noun that is counted, in the singular: the first plural within four words."""
    if compound := re.match(r"-([a-z]{3,20})\b", after):
        return _singular(compound.group(1))
    for place, word in enumerate(_words_after(after)):
        low = word.lower()
        known = load("units")["nouns"].get(low)
        if known:
            return str(known)
        if low in words("units", "closed") or (place and low.endswith("ly")):
            return ""
        if _plural(low):
            return _singular(low)
    return ""


def _first(after: str) -> str:
    return next((w.lower() for w in _words_after(after) if w.lower() not in words("units", "closed")), "")


def _words_after(after: str) -> Iterator[str]:
    place = 0
    for _ in range(4):
        m = _NEXT.match(after, place)
        if not m:
            return
        yield re.sub(r"['’]s?$", "", m.group(1))
        place = m.end()


def _share(after: str) -> str:
    """What a share is a share of: "20% of Ukraine's territory"."""
    m = re.match(r"\sof\s(?:the\s|its\s|all\s|their\s|his\s|her\s)?([\w'’ -]{3,40})", after)
    return (
        m.group(1).split()[-1].lower()
        if m and len(m.group(1).split()) == 1
        else _noun(m.group(1))
        if m
        else ""
    )


def _plural(word: str) -> bool:
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in words("units", "uncounted")
    )


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if _plural(word) or word in ("kms", "lbs") else word
