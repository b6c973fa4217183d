"""What is counted rather than found: quoted words, distinctive words, the outlets' profiles.

Data for the renderers, like ``parts``; ``counting`` makes them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.report.panels import Panel

if TYPE_CHECKING:
    from compare.analysis.distinctive import Distinctive
    from compare.analysis.profile import Week
    from compare.analysis.quotes.shares import Shares
    from compare.report.parts import Exhibit


@dataclass(frozen=True, slots=True)
class SpokenCell:
    """One speaker's quoted words in one outlet; ``bar`` in [0, 1] is their length beside the longest."""

    words: int
    label: str
    bar: float


@dataclass(frozen=True, slots=True)
class SpokenRow:
    """One speaker in every outlet."""

    speaker: str
    cells: tuple[SpokenCell, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Quoted words by speaker and outlet. ``totals`` say how much of each outlet's text is quoted;
    ``more`` speakers were joined in the last row but the unresolved.
    """

    outlets: tuple[str, ...]
    rows: tuple[SpokenRow, ...]
    totals: tuple[str, ...]
    more: int
    shares: "Shares"


@dataclass(frozen=True, slots=True)
class Word:
    """A distinctive word as it is shown: ``here`` and ``there`` are uses per 1,000 words."""

    anchor: str
    here: str
    there: str
    counts: str
    told: str
    exhibits: "tuple[Exhibit, ...]"
    found: "Distinctive"


@dataclass(frozen=True, slots=True)
class ProfileCell:
    """One outlet's count with its base, and its weeks as bars where there are several."""

    label: str
    panel: Panel | None


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One outlet in one table of the profile."""

    outlet: str
    cells: tuple[ProfileCell, ...]


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """Outlets by measures; ``headings`` name the measures, ``explanation`` says what is counted."""

    anchor: str
    title: str
    explanation: str
    headings: tuple[str, ...]
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One concept: what each outlet calls it, with counts."""

    concept: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets side by side: over the weeks where there are several, else over the one. ``words`` are
    shown, ``every_word`` is there.
    """

    title: str
    weeks: tuple[str, ...]
    tables: tuple[ProfileTable, ...]
    outlets: tuple[str, ...]
    labels: tuple[LabelRow, ...]
    words: tuple[Word, ...]
    every_word: "tuple[Distinctive, ...]"
    counted: "tuple[Week, ...]"
