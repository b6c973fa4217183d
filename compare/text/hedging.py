"""Whether a text states as a fact what another, in otherwise like words, hedges."""

import re
from collections.abc import Sequence

from compare.model import Span
from compare.text.differences import words

Side = tuple[str, Sequence[tuple[str, Span]], Sequence[tuple[str, Span]]]
# before a noun these say what is feared or sought, which the other text says in words of its own
_ADJECTIVES = frozenset(("possible", "potential", "likely", "probable", "apparent", "alleged", "suspected"))
MODALS = frozenset(("may", "might", "could"))
_GUESSES = frozenset(("probably", "possibly", "perhaps", "maybe", "presumably", "apparently"))
_GUESSED = re.compile(
    r"\b(?:expect\w*|anticipat\w*|likely|may|might|could|think\w*|fear\w*|appear\w*|seem\w*)\b", re.I
)
_HINTED = re.compile(r"\b(?:suggest|signal|hint|consider|threat|weigh|mull)\w*", re.I)
_REPORTIVE = frozenset(("reportedly", "allegedly", "purportedly", "supposedly", "ostensibly"))
_IN_A_MOUTH = re.compile(
    r"\b(?:according|accus\w+|alleg\w+|claim\w*|charg\w+|report(?:s|ed|edly)?|sources?|sa(?:y|ys|id)|told|tells?"
    r"|insist\w*|deni\w+|believ\w+|contend\w*|testif\w+|wrote|testimony|complaint|lawsuit|officials?)\b"
    r"|[“”\"]",
    re.IGNORECASE,
)


def asserted(own: Side, plain: Side) -> bool:
    """Whether the plain text states as a fact what the other hedges: in no mouth, no doubt, no purpose.

    Each side is a text, the words in which it differs, and the words that follow them in both; the words in
    which ``own`` differs end in the hedge.
    """
    text, part, following = own
    word, span = part[-1]
    other, _, after = plain
    if word in _ADJECTIVES or word.endswith("n't") or text[span.end : span.end + 4] == " not":
        return False
    if any(one.rstrip().endswith("?") for one in (text, other)):
        return False
    before = words(other[: after[0][1].begin])[-1:]
    if word in MODALS:
        small = text[following[0][1].begin].islower() and not following[0][0].endswith("ly")
        return small and not (before and before[0][0] in ("to", *MODALS)) and not _HINTED.search(other)
    if word in _GUESSES and _GUESSED.search(other):
        return False
    # "was shot" blames nobody
    passive = bool(before) and before[0][0] in ("was", "were", "been")
    return word not in _REPORTIVE or not (passive or _IN_A_MOUTH.search(other))
