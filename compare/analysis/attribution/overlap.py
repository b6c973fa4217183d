"""Where the parts of a quotation lie in a passage."""

from compare.model import Passage, Span
from compare.text.quotation import Quotation


def overlap(a: Span, b: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(a.end, b.end) - max(a.begin, b.begin))


def inside(quotation: Quotation, passage: Passage) -> bool:
    """Whether source and cue stand in the passage itself, where a reader can see them."""
    both = (quotation.source, quotation.cue)
    return all(s is not None and overlap(s, passage.span) == s.end - s.begin for s in both)


def cued(quotation: Quotation, passage: Passage) -> bool:
    """Whether some of the cue stands in the passage."""
    return bool(quotation.cue and overlap(quotation.cue, passage.span))
