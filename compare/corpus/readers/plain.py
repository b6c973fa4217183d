"""Plain text: the text is all there is."""

from compare.corpus.draft import Draft


def drafts(text: str, origin: str) -> list[Draft]:
    """One draft of the whole text."""
    return [Draft(text, origin)]
