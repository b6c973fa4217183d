"""Whether a passage really has no source, in its own sentence or still from the one before."""

import re
from collections.abc import Set as AbstractSet

from compare.analysis.attribution.overlap import cued, overlap
from compare.analysis.attribution.statements import Statement, words
from compare.analysis.attribution.verbs import reports, speaks, speaks_plainly, stance
from compare.model import Passage
from compare.text.sources import hedges
from compare.text.utterances import Voice, left_open, stems

LOOK_BACK = 2
_SOURCED = re.compile(
    r"\b(?:according to|as per|per|by (?:\w+ ){0,3}(?:police|officials?|authorities|sources))\b", re.I
)
_MARK = re.compile(r"[“”\"«»‘]|``|''|(?:^|\s)'")


def bare(s: Statement, told: AbstractSet[str] = frozenset()) -> bool:
    """Whether a passage really has no source: no quotation marks, no attribution, no doubt, no word of speech
    but those of ``told``, the stems of the statement itself, nor any attribution in the ``LOOK_BACK``
    sentences before it, whose source may still hold.
    """
    if any(overlap(q.content, s.passage.span) or cued(q, s.passage) for q in s.voice.quotations):
        return False
    if (
        hedges(s.voice.article.body, s.passage.span)
        or _shows_source(s.passage)
        or left_open(s.voice.article.body, s.passage.span.begin)
    ):
        return False
    if any(speaks(w) and not _told(w, told) for part in words(s.passage) for w in part.split("-")):
        return False
    at = s.voice.passages.index(s.passage)
    return not any(_attributes(s.voice, p) for p in s.voice.passages[max(0, at - LOOK_BACK) : at])


def _shows_source(passage: Passage) -> bool:
    """Whether "according to" or a quotation mark stands in a passage."""
    return bool(_SOURCED.search(passage.text) or _MARK.search(passage.text))


def _told(word: str, told: AbstractSet[str]) -> bool:
    """Whether a word that may be one of speech ("allowed") is part of what is told here."""
    return not speaks_plainly(word) and stems([word]) <= told


def _attributes(voice: Voice, passage: Passage) -> bool:
    if _shows_source(passage):
        return True
    # "has cast doubt on" and other denials leave no source that could hold for the next sentence
    near = [q for q in voice.quotations if cued(q, passage)]
    return any(reports(q, voice.article.body) and stance(q, voice) != "denied" for q in near)
