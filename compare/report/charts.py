"""Pictures drawn from data: geometry only, in the units of an SVG view box; templates draw it."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from compare.report.parts import Fact, StorySection

WIDTH, STEP, TOP = 520.0, 14.6, 20.0
MOST_OUTLETS, LEAST_FACTS, LEAST_SHARED = 6, 8, 4
LEAST_LINES = 2  # between two columns, on average: with fewer there is no order to see


@dataclass(frozen=True, slots=True)
class Stop:
    """One fact in one outlet's column."""

    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """The same fact in two neighbouring columns; ``steep`` where it moves by a third or more."""

    x1: float
    y1: float
    x2: float
    y2: float
    steep: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One outlet: its facts in the order it tells them."""

    outlet: str
    x: float
    anchor: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class OrderLines:
    """In which order each outlet tells the facts that several tell; ``text`` says what the lines show."""

    width: float
    height: float
    columns: tuple[Column, ...]
    links: tuple[Link, ...]
    text: str


def order_lines(section: StorySection) -> OrderLines | None:
    """A column an outlet, lines between the same facts; None where they would show nothing."""
    outlets = section.alignment.outlets
    if not 2 <= len(outlets) <= MOST_OUTLETS:
        return None
    shared = [fact for fact in section.facts if sum(bool(cell.paragraphs) for cell in fact.cells) > 1]
    if len(shared) < LEAST_SHARED or len(section.facts) < LEAST_FACTS:
        return None
    orders = [_order(shared, index) for index in range(len(outlets))]
    if all(_agree(one, other) for one, other in itertools.combinations(orders, 2)):
        return None
    gap = (WIDTH - 120) / (len(outlets) - 1)
    columns = tuple(
        Column(
            outlet,
            60 + index * gap,
            "middle",
            _stops(60 + index * gap, orders[index]),
        )
        for index, outlet in enumerate(outlets)
    )
    rows = max(len(order) for order in orders)
    links = _links(columns, rows)
    if len(links) < LEAST_LINES * (len(outlets) - 1):
        return None
    return OrderLines(WIDTH, TOP + rows * STEP + 4, columns, links, _text(columns))


def _agree(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two outlets tell what they share in the same order."""
    return [fact for fact in one if fact in other] == [fact for fact in other if fact in one]


def _stops(x: float, order: Sequence[int]) -> tuple[Stop, ...]:
    return tuple(Stop(x, TOP + 10 + place * STEP, number) for place, number in enumerate(order))


def _order(facts: Sequence[Fact], index: int) -> list[int]:
    """The numbers of the facts that one outlet reports, in the order it first reports them."""
    cells = [(fact.cells[index], fact.number) for fact in facts]
    return [number for _, number in sorted((min(c.paragraphs), n) for c, n in cells if c.paragraphs)]


def _links(columns: Sequence[Column], rows: int) -> tuple[Link, ...]:
    return tuple(
        Link(one.x, one.y, other.x, other.y, abs(one.y - other.y) >= max(rows / 3, 2) * STEP)
        for left, right in itertools.pairwise(columns)
        for one in left.stops
        for other in right.stops
        if one.number == other.number
    )


def _text(columns: Sequence[Column]) -> str:
    orders = ((one.outlet, ", ".join(str(stop.number) for stop in one.stops) or "none") for one in columns)
    told = "; ".join(f"{outlet}: {order}" for outlet, order in orders)
    return f"Order in which each outlet tells the facts of the table that more than one tells. {told}."
