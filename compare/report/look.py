"""What a user may choose of a brief's looks."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from compare.errors import ParallaxError

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """How a brief looks: paper, two accents as "#rrggbb", and a PNG or JPEG logo."""

    paper: Literal["A4", "Letter"] = "A4"
    first: str = "#0f4c75"
    second: str = "#b4530a"
    logo: Path | None = None

    def __post_init__(self) -> None:
        for colour in (self.first, self.second):
            if not _COLOUR.fullmatch(colour):
                raise ParallaxError("look", f"{colour!r} is no colour; write it as #rrggbb", 78)
        if self.paper not in {"A4", "Letter"}:
            raise ParallaxError("look", f"{self.paper!r} is no paper; choose A4 or Letter", 78)
