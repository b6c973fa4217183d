"""What the sentence splitter has to know of English, from ``lexicons/abbreviations.toml``."""

from compare.text.lexicons import words


def titles() -> frozenset[str]:
    """Stand before a name: a full stop after one never ends a sentence."""
    return words("abbreviations", "titles")


def numbered() -> frozenset[str]:
    """Stand before a number: a full stop after one does not end a sentence when a digit follows."""
    return words("abbreviations", "numbered")


def exclaiming() -> frozenset[str]:
    """Names that carry an exclamation mark of their own."""
    return words("abbreviations", "exclaiming")


def introducing() -> frozenset[str]:
    """Notes that belong to what they introduce, as "P.S." does."""
    return words("abbreviations", "introducing")


def starters() -> frozenset[str]:
    """Words that, with a capital after an abbreviation, open a new sentence."""
    return words("abbreviations", "starters")


def abbreviations() -> frozenset[str]:
    """All abbreviations that may stand inside a sentence, without the final full stop."""
    return frozenset().union(
        *(words("abbreviations", t) for t in ("titles", "months", "days", "places", "others"))
    )
