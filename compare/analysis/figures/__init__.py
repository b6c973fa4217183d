"""Figures, dates and times that differ between outlets. See ``find``."""

from compare.model import Alignment, Finding


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Return the findings of kind "figure", the weightiest first.

    Varieties: "at odds" (two values for one thing that cannot both stand, rounding, limits and units
    allowed for), "revised" (the same, where the later article may bring the newer state), and "not in
    all" (an hour, a date, an amount or a count that an outlet with the same fact has nowhere).
    A figure beside no more than its order ("35" and "dozens") is "less exact", and no contradiction.
    Outlets are named together with the words that all of them have, and further ones beside the figure
    that they have too. Every finding shows a passage of each outlet it names.
    """
    from compare.analysis.figures.findings import findings

    return findings(alignment)
