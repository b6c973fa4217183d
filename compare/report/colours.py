"""Colours that can be read on their ground, by the contrast of WCAG 2.2 (success criterion 1.4.3)."""

AA = 4.5
_STEPS = 50


def readable(colour: str, ground: str, ratio: float = AA) -> str:
    """``colour``, mixed with as little white or black as gives it ``ratio`` against ``ground``.

    Both are "#rrggbb". The mix goes away from the ground: to white on a dark one, to black on a light.
    """
    towards = "#ffffff" if luminance(ground) < 0.18 else "#000000"
    mixed = (_mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next((one for one in mixed if contrast(one, ground) >= ratio), towards)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance in [0, 1], as WCAG 2.2 defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> list[float]:
    return [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)
