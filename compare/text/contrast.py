"""One sentence for who writes what: what an editor can paste."""

from collections.abc import Sequence

from compare.text.citing import listed


def contrast(uses: Sequence[tuple[str, Sequence[str]]]) -> str:
    """As in: A and B write “x”, C “y”. Of phrases, each with those who write it."""
    (phrase, first), *others = uses
    verb = "write" if len(first) > 1 else "writes"
    told = (f"{listed(first)} {verb} {phrase}", *(f"{listed(who)} {said}" for said, who in others))
    return ", ".join(told) + "."
