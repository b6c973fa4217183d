"""Deeds in a sentence that name nobody who does them: a form of "be" and a participle without "by".

Found by word forms and order alone, so only plain cases are seen.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from compare.model import Span
from compare.text.cues import is_closed, words

TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’]\w+)*|[^\w\s]")
_BE = frozenset(["was", "were", "been", "is", "are"])
_BETWEEN = frozenset(
    ["also", "not", "already", "now", "later", "once", "again", "repeatedly", "initially", "then"]
)
_PARTICLES = frozenset(["back", "up", "down", "off", "out", "away", "over", "in", "on"])
_STOPS = frozenset([".", ",", ";", ":", "—", "–"])
_JOINS = frozenset(["and", "but", "or", "that", "which", "who", "when", "while", "after", "before", "as"])
# what is given is not the subject of "was given"
_TO_SOMEBODY = frozenset(
    ["giv", "offer", "tel", "ask", "award", "grant", "pa", "send", "sent", "taught", "hand", "den"]
)
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb's stem, the stretch of the sentence that tells it, who acts as written ("" in a passive), and
    the stems of the words for what is acted upon.
    """

    verb: str
    span: Span
    actor: str
    patient: frozenset[str]


# a passage is read once against every other passage of its row
@lru_cache(maxsize=2048)
def passives(sentence: str) -> tuple[Deed, ...]:
    """Passives without "by" in the rest of their clause, in order."""
    tokens = list(TOKEN.finditer(sentence))
    out = []
    for i, token in enumerate(tokens):
        if token.group().lower() not in _BE:
            continue
        j = i + 1
        while j < len(tokens) and (tokens[j].group().lower() in _BETWEEN or tokens[j].group().endswith("ly")):
            j += 1
        verb = _participle(tokens[j].group()) if j < len(tokens) else ""
        if (
            not verb
            or verb in _TO_SOMEBODY
            or any(t.group().lower() == "by" for t in tokens[j + 1 : _clause_end(tokens, j + 1)])
        ):
            continue
        end = j + 1 if j + 1 < len(tokens) and tokens[j + 1].group() in _PARTICLES else j
        subject = [t.group() for t in tokens[_clause_begin(tokens, i) : i]]
        out.append(Deed(verb, Span(token.start(), tokens[end].end()), "", _stems(subject)))
    return tuple(out)


def _participle(word: str) -> str:
    return _of_form(word, ("ed", "en"))


def past(word: str) -> str:
    """The root of a past form ("burned", "shot"), in which all forms of a verb agree; "" for another word."""
    return _of_form(word, ("ed",))


def _of_form(word: str, forms: tuple[str, ...]) -> str:
    known = words().get(word)
    if known and known.form in forms:
        return _root(known.lemma)
    return _root(word[:-2]) if word.endswith("ed") and len(word) > 4 else ""


def _root(verb: str) -> str:
    """A verb without its last silent e or doubled letter, so that all its forms agree."""
    return _DOUBLED.sub(r"\1", verb.removesuffix("e")).removesuffix("i").removesuffix("y")


def _clause_end(tokens: list[re.Match[str]], start: int) -> int:
    return next((i for i in range(start, len(tokens)) if tokens[i].group() in _STOPS), len(tokens))


def _clause_begin(tokens: list[re.Match[str]], end: int) -> int:
    ends = _STOPS | _JOINS
    return next((i + 1 for i in range(end - 1, -1, -1) if tokens[i].group().lower() in ends), 0)


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text, as those of ``Deed.patient``."""
    return _stems([token.group() for token in TOKEN.finditer(text)])


def _stems(listed: list[str]) -> frozenset[str]:
    out = set()
    for word in listed:
        low = word.lower()
        if len(low) > 3 and low[0].isalpha() and not is_closed(low):
            out.add(low.removesuffix("s"))
    return frozenset(out)
