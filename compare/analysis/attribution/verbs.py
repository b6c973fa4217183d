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
# "the secretary of state", "was charged", "an attack", "on the board": as often no word of speech at all
_OTHERWISE = re.compile(
    r"state|call|charge|address|point|read|list|post|issue|release|deliver|put|begin|stand|term|label"
    r"|blame|estimate|expect|project|lay|update|alert|message|text|order|note|add|continue|detail"
    r"|describe|brand|signal|grant|allow|accept|recognize|recognise|spin|advance|leak|flag|answer"
    r"|question|quote|promise|pledge|vow|predict|forecast|threaten|outline|remark|mention|certify"
    r"|guarantee|pound|hammer|define"
)
# and yet, in the past, hardly anything else
_PAST_OF_SPEECH = re.compile(
    r"stated|noted|added|estimated|estimates|answered|remarked|mentioned|promised|pledged|vowed"
    r"|predicted|threatened|questioned|described|detailed|outlined"
)
_REPORTED = frozenset(["statement", "report", "interview", "testimony", "announcement", "tweet", "document"])
_CONFIRMED = frozenset(["confirm", "verify", "corroborate", "find", "show", "acknowledge"])


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
    if not known or (_OTHERWISE.fullmatch(known.lemma) and known.form in ("base", "s", "noun", "en", "ed")):
        return bool(_PAST_OF_SPEECH.fullmatch(word))
    verb = cues.stances().get(known.lemma) in _SPEECH or known.lemma in _CONFIRMED
    return verb or known.lemma in _REPORTED


def speaks_plainly(word: str) -> bool:
    """Whether a folded word is a verb of hardly anything but speech ("said", "claimed")."""
    known = cues.words().get(word)
    return bool(known and cues.stances().get(known.lemma) in ("neutral", "claimed", "insisted"))
