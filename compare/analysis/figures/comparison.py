"""When two figures for one thing can both stand, and when they cannot."""

import datetime as dt

from compare.analysis.figures.facts import Fact
from compare.text.moments import WEEKDAYS
from compare.text.quantities import Quantity

_WIDE = 0.12
_ROUNDED = 0.2
_EXACT_BELOW = 100
_SOON = 15


def agree(a: Fact, b: Fact) -> bool:
    """Whether both may be true of one thing: equal, rounded, a limit kept, or not comparable."""
    if a.quantity.kind == "time":
        return a.quantity.unit != b.quantity.unit or abs(_minutes(a) - _minutes(b)) <= _SOON
    if isinstance(a.quantity.value, str) or isinstance(b.quantity.value, str):
        return _same_day(a, b)
    low_a, high_a = _interval(a.quantity)
    low_b, high_b = _interval(b.quantity)
    # 300 and 200, both round, meet only in 250: nobody rounds it both ways in one story.
    touching = (low_a == high_b or low_b == high_a) and low_a < high_a and low_b < high_b
    return low_a <= high_b and low_b <= high_a and not touching


def _interval(quantity: Quantity) -> tuple[float, float]:
    """All values that the wording leaves open. Figures below a hundred are taken as counted."""
    value = float(quantity.value)
    step = 0.0 if value < _EXACT_BELOW and value.is_integer() else quantity.step
    if quantity.bound == "more":
        return value, float("inf")
    if quantity.bound == "less":
        return 0.0, value
    if quantity.approximate and quantity.step >= value:
        return value / 2, value * 10
    if quantity.approximate:
        return value * (1 - _WIDE), value * (1 + _WIDE)
    half = min(step / 2, _ROUNDED * value)  # nobody writes 200 of 240
    return value - half, value + half


def _minutes(fact: Fact) -> int:
    hours, minutes = str(fact.quantity.value).split(":")
    return 60 * int(hours) + int(minutes)


def _same_day(a: Fact, b: Fact) -> bool:
    first, second = weekday(a), weekday(b)
    if first and second:
        return first == second or _far(a, b)
    dates = {str(a.quantity.value)[-5:], str(b.quantity.value)[-5:]}
    return len(dates) == 1 or "weekday" in (a.quantity.kind, b.quantity.kind)


def weekday(fact: Fact) -> str:
    """Return the name of the day a fact gives, where the text or the calendar tells it, or ""."""
    if fact.quantity.kind == "weekday":
        return fact.quantity.unit
    try:
        return WEEKDAYS[dt.date.fromisoformat(str(fact.quantity.value)).weekday()]
    except ValueError:
        return ""


def _far(a: Fact, b: Fact) -> bool:
    """Articles a week apart do not mean the same Thursday."""
    return a.day is not None and b.day is not None and abs((a.day - b.day).days) > 5
