"""What kind of source stands behind a statement, and how the statement is hedged."""

import re
from functools import cache
from typing import Literal

from compare.model import Span
from compare.text import lexicons
from compare.text.cues import words
from compare.text.quotation import Quotation

SourceKind = Literal["named", "office", "anonymous", "agency", "none", "other"]
_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def source_kind(quotation: Quotation, text: str) -> SourceKind:
    """A person by name, an office or body, an agency or outlet, somebody unnamed, or nobody.

    "other" is what none of the word lists settles; nothing should be built on it.
    """
    if not quotation.source:
        return "none"
    if quotation.person:
        return "named"
    said = _WORDS.findall(text[quotation.source.begin : quotation.source.end])
    if not said:
        return "other"
    classes = [c for w in said for c in _classes(w)]
    if any(c in ("p-agency", "p-outlet") for c in classes) and said[-1][0].isupper():
        return "agency"
    if "p-anonymous" in _classes(said[-1]) and said[0].lower() not in ("the", "his", "her", "their"):
        return "anonymous"
    return "office" if any(c in ("p-office", "p-role") for c in classes) else "other"


def hedges(text: str, span: Span) -> list[Span]:
    """The words and phrases inside ``span`` that put doubt or distance on a statement."""
    part = text[span.begin : span.end]
    found = [m for m in _hedging().finditer(part) if not _is_verb(part, m)]
    return [Span(span.begin + m.start(), span.begin + m.end()) for m in found]


def _is_verb(part: str, match: re.Match[str]) -> bool:
    """Whether "alleged" or "supposed" says what somebody did rather than doubts a noun."""
    if match.group().lower() not in ("alleged", "purported", "supposed"):
        return False
    before = _WORDS.findall(part[: match.start()])[-1:]
    closed = bool(before) and any(
        c in ("g-determiner", "g-possessive", "g-demonstrative") for c in _classes(before[0])
    )
    return not (closed or (bool(before) and before[0].endswith(("'s", "’s"))))


def _classes(word: str) -> tuple[str, ...]:
    known = words().get(word.lower().replace("’", "'"))
    return known.classes if known else ()


@cache
def _hedging() -> re.Pattern[str]:
    lexicon = lexicons.load("cues")["hedges"]
    listed = sorted([*lexicon["doubt"].split(), *lexicon["phrases"]], key=lambda w: (-len(w), w))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, listed)) + r")(?![\w-])", re.IGNORECASE)
