"""Small multiples: a few bars, one a week, all panels of a column on one scale. Geometry only."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP = 60.0, 16.0, 2.0
LEAST_PLACES = 5  # bars are as wide for two weeks as for five
Share = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """One week's bar; ``last`` for the week the brief is about."""

    x: float
    y: float
    width: float
    height: float
    last: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One outlet's bars for one measure; ``text`` says what they show."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    text: str


def panel(weeks: Sequence[str], counts: Sequence[Share | None], highest: float) -> Panel | None:
    """Bars of count over base, ``highest`` filling the height; None where there is but one week.

    A week in which the outlet has nothing to count leaves its place empty.
    """
    if len(weeks) < 2:
        return None
    step = WIDTH / max(len(weeks), LEAST_PLACES)
    bars = [
        Bar(n * step + GAP / 2, HEIGHT - tall, step - GAP, tall, n == len(weeks) - 1)
        for n, count in enumerate(counts)
        if count and count[1]
        for tall in [max(HEIGHT * share(count) / (highest or 1), 0.4)]
    ]
    return Panel(WIDTH, HEIGHT, tuple(bars), _text(weeks, counts))


def share(count: Share | None) -> float:
    """Count over base, and 0 where there is nothing to count."""
    return count[0] / count[1] if count and count[1] else 0.0


def told(count: Share | None) -> str:
    """A count with its base in words."""
    return f"{count[0]} of {count[1]}" if count and count[1] else "–"


def _text(weeks: Sequence[str], counts: Sequence[Share | None]) -> str:
    return "; ".join(f"{week}: {told(count)}" for week, count in zip(weeks, counts, strict=True))
