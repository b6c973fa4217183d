"""Which verbs cue a statement of the source's own, and how they stand to it."""

import re

from compare.analysis.attribution.overlap import overlap
from compare.text import cues
from compare.text.quotation import Quotation
from compare.text.utterances import Voice

STANCES = frozenset(["claimed", "insisted", "admitted", "denied", "warned"])
_SPEECH = frozenset(["neutral", "written", "announced", "explained", *STANCES])
# "is expected to" has no speaker
_FORECASTS = frozenset(["expect", "estimate", "anticipate", "project", "foresee", "calculate", "reckon"])
# "was charged with", "called on", "quoted the governor": no statement of the source's own
_PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are|am|get|got|gets)\b", re.I)
_NO_STATEMENT = frozenset(
    [
        *[
            "attribute",
            "blame",
            "call",
            "deem",
            "deliver",
            "quote",
            "cite",
            "charge",
            "reason",
            "answer",
            "address",
            "speak",
            "talk",
        ],
        *["introduce", "issue", "sketch", "describe", "list", "read", "post", "point", "outline", "lay"],
        *["spell", "hammer", "pound", "stand", "accept", "grant", "signal", "release", "characterize"],
        *["characterise", "portray", "depict", "paint", "frame", "brand", "dub", "label", "term", "refer"],
    ]
)
_LONGEST_CUE = 4


def reports(quotation: Quotation, text: str) -> bool:
    """Whether the cue is of speech, not of thought or feeling; ``text`` is the article's body."""
    if not quotation.cue or quotation.certainty < 0.5:
        return False
    said = text[quotation.cue.begin : quotation.cue.end]
    if "according to" in said.lower():
        return True
    lemma, attitude = cues.verb(said)
    clear = not _PASSIVE.search(said) and len(said.split()) <= _LONGEST_CUE
    apart = not quotation.source or overlap(quotation.source, quotation.cue) == 0
    return clear and apart and attitude in _SPEECH and lemma not in _FORECASTS | _NO_STATEMENT


def stance(quotation: Quotation, voice: Voice) -> str:
    """How the verb stands to what is said ("denied"), or "" without a cue."""
    cue = quotation.cue
    return cues.verb(voice.article.body[cue.begin : cue.end])[1] if cue else ""


def speaks(word: str) -> bool:
    """Whether a folded word may be one of speech, a verb or a noun."""
    known = cues.words().get(word)
    return bool(known and (cues.stances().get(known.lemma) in _SPEECH or "n-speech" in known.classes))


def speaks_plainly(word: str) -> bool:
    """Whether a folded word is a verb of hardly anything but speech ("said", "claimed")."""
    known = cues.words().get(word)
    return bool(known and cues.stances().get(known.lemma) in ("neutral", "claimed", "insisted"))
