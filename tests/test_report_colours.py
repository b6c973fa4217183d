"""Any accent colour can be read on any ground, and is changed no more than that takes."""

import pytest

from compare.report import colours


@pytest.mark.parametrize("colour", ["#0f4c75", "#b4530a", "#000000", "#ffff00", "#ffffff", "#1b1b1a"])
@pytest.mark.parametrize("ground", ["#1b1b1a", "#ffffff"])
def test_every_colour_becomes_readable(colour: str, ground: str) -> None:
    made = colours.readable(colour, ground)
    assert colours.contrast(made, ground) >= colours.AA
    if colours.contrast(colour, ground) >= colours.AA:
        assert made == colour


def test_contrast_is_that_of_the_standard() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#123456", "#123456") == 1
