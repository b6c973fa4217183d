"""Growth as a picture: lines over logarithmic axes, where growth in proportion is the dashed slope."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP = 600, 360, 70, 20
COLOURS = ("#0b5394", "#b45f06", "#38761d", "#741b47")

Points = Sequence[tuple[float, float]]


def growth(series: Mapping[str, Points], target: Path) -> None:
    """Write ``series``, points (x, y) > 0 by what each line is, as SVG."""
    every = [point for points in series.values() for point in points]
    low, high = ([pick(point[axis] for point in every) for axis in (0, 1)] for pick in (min, max))
    begin, end = ([edge(math.log10(value)) for value in values] for edge, values in
                  ((math.floor, low), (math.ceil, high)))  # fmt: skip

    def place(x: float, y: float) -> tuple[float, float]:
        across, up = (
            (math.log10(value) - begin[axis]) / max(end[axis] - begin[axis], 1)
            for axis, value in enumerate((x, y))
        )
        return LEFT + across * WIDTH, TOP + HEIGHT * (1 - up)

    drawn = [f'<path fill="none" stroke="#444" d="M{LEFT} {TOP}V{TOP + HEIGHT}H{LEFT + WIDTH}"/>']
    for power in range(begin[0], end[0] + 1):
        x, _ = place(10**power, 10.0 ** begin[1])
        drawn.append(_text(x, TOP + HEIGHT + 20, f"{10**power:,}", "#444", "middle"))
    for power in range(begin[1], end[1] + 1):
        _, y = place(10.0 ** begin[0], 10.0**power)
        drawn.append(_text(LEFT - 8, y + 4, f"{10.0**power:,g}", "#444", "end"))
    for number, (name, points) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        drawn += _line([place(*point) for point in points], colour)
        straight = [(x, points[0][1] * x / points[0][0]) for x, _ in (points[0], points[-1])]
        drawn += _line([place(*point) for point in straight], colour, dashed=True)
        drawn.append(_text(LEFT + 12, TOP + 16 + 18 * number, name, colour, "start"))
    size = f'viewBox="0 0 {LEFT + WIDTH + 40} {TOP + HEIGHT + 35}" font-family="sans-serif" font-size="13"'
    body = "\n".join(drawn)
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{body}\n</svg>\n', encoding="utf-8")


def _line(points: Points, colour: str, dashed: bool = False) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = ' stroke-dasharray="2 5"' if dashed else ""
    dots = [] if dashed else [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    return [f'<polyline fill="none" stroke="{colour}"{dashes} points="{path}"/>', *dots]


def _text(x: float, y: float, text: str, colour: str, anchor: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'
