"""The fonts of a printed brief: files of installed packages, by name, and which characters they have.

A brief is set in these files alone, whatever fonts the machine has, so that it looks the same
everywhere. Names are not generic ones ("serif"), which would send WeasyPrint to the machine's fonts.
"""

import functools
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SCHEME = "parallax-font:"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: the family and style it is used under, and its package and path therein."""

    family: str
    weight: str
    style: str
    package: str
    file: str

    @property
    def url(self) -> str:
        """The address that style sheets name it by, and that only the PDF writer's fetcher knows."""
        return f"{SCHEME}{self.package}/{Path(self.file).stem.split('[')[0]}"


def _pro(family: str, package: str, stem: str, weight: str, style: str = "normal") -> Face:
    return Face(family, weight, style, package, f"files/{stem}.ttf")


_SERIF, _SANS = ("Parallax Text", "font_source_serif_pro"), ("Parallax Label", "font_source_sans_pro")
_RTL, _OFL = "justmytype_intl_rtl", "fonts/ofl"
FACES: tuple[Face, ...] = (
    _pro(*_SERIF, "SourceSerifPro-Regular", "400"),
    _pro(*_SERIF, "SourceSerifPro-It", "400", "italic"),
    _pro(*_SERIF, "SourceSerifPro-Semibold", "600"),
    _pro(*_SANS, "SourceSansPro-Regular", "400"),
    _pro(*_SANS, "SourceSansPro-It", "400", "italic"),
    _pro(*_SANS, "SourceSansPro-Semibold", "600"),
    Face(
        "Parallax Arabic", "100 900", "normal", _RTL, f"{_OFL}/notosansarabic/NotoSansArabic[wdth,wght].ttf"
    ),
    Face(
        "Parallax Hebrew", "100 900", "normal", _RTL, f"{_OFL}/notosanshebrew/NotoSansHebrew[wdth,wght].ttf"
    ),
)


def path(face: Face) -> Path | None:
    """Where the face's file is on this machine, or None if its package is not installed."""
    spec = find_spec(face.package)
    places = (spec.submodule_search_locations or []) if spec else []
    found = (Path(place) / face.file for place in places)
    return next((one for one in found if one.is_file()), None)


def installed() -> tuple[Face, ...]:
    """The faces whose files are here, in a fixed order."""
    return tuple(face for face in FACES if path(face))


@functools.cache
def coverage() -> frozenset[int]:
    """The code points that every upright style of some family can show; italics fall back on them."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    families: dict[str, frozenset[int]] = {}
    for face in installed():
        with TTFont(path(face), lazy=True) as font:
            points = frozenset(font.getBestCmap())
        if face.style == "normal":
            families[face.family] = families.get(face.family, points) & points
    return frozenset().union(*families.values())
