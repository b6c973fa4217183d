"""Deeds in a sentence: passives that name nobody, and active verbs with the one who acts.

Found by word forms and order alone, so only plain cases are seen: a form of "be" and a participle
without "by", and a capitalised subject right before its verb.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from compare.model import Span
from compare.text.cues import words

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’]\w+)*|[^\w\s]")
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
    """A verb's stem, the stretch that tells it, who acts ("" in a passive), and the stems of the words
    for what is acted upon.
    """

    verb: str
    span: Span
    actor: str
    patient: frozenset[str]


def passives(sentence: str) -> list[Deed]:
    """Passives without "by" in the rest of their clause."""
    return list(_passives(sentence))


# a passage is read once against every other passage of its row
@lru_cache(maxsize=2048)
def _passives(sentence: str) -> tuple[Deed, ...]:
    tokens = list(_TOKEN.finditer(sentence))
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


def actives(sentence: str) -> list[Deed]:
    """Past-tense verbs whose subject is a name right before them."""
    return list(_actives(sentence))


@lru_cache(maxsize=2048)
def _actives(sentence: str) -> tuple[Deed, ...]:
    tokens = list(_TOKEN.finditer(sentence))
    out = []
    for i, token in enumerate(tokens[1:], 1):
        verb = past(token.group())
        subject = _name_before(tokens, i) if verb else None
        if subject is not None:
            actor = sentence[tokens[subject].start() : tokens[i - 1].end()]
            patient = [t.group() for t in tokens[i + 1 : _clause_end(tokens, i + 1)]]
            out.append(Deed(verb, Span(tokens[subject].start(), token.end()), actor, _stems(patient)))
    return tuple(out)


def _name_before(tokens: list[re.Match[str]], verb: int) -> int | None:
    first = verb
    while first > 0 and verb - first < 6 and _is_name(tokens[first - 1].group()):
        first -= 1
    if (
        first == verb
        or tokens[verb - 1].group().endswith("ly")
        or (first and tokens[first - 1].group().lower() in ("by", "of", "in", "with", "and", "for", "to"))
    ):
        return None
    return first


def _is_name(word: str) -> bool:
    known = words().get(word.lower())
    closed = known and any(c.startswith("g-") for c in known.classes)
    return word[0].isupper() and not closed


def _participle(word: str) -> str:
    known = words().get(word)
    if known and known.form in ("ed", "en"):
        return _root(known.lemma)
    return _root(word[:-2]) if word.endswith("ed") and len(word) > 4 else ""


def past(word: str) -> str:
    """The root of a past form ("burned", "shot"), in which all forms of a verb agree; "" for another word."""
    known = words().get(word)
    if known and known.form == "ed":
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
    return _stems([token.group() for token in _TOKEN.finditer(text)])


def _stems(listed: list[str]) -> frozenset[str]:
    out = set()
    for word in listed:
        low = word.lower()
        known = words().get(low)
        if (
            len(low) > 3
            and low[0].isalpha()
            and not (known and any(c.startswith("g-") for c in known.classes))
        ):
            out.add(low.removesuffix("s"))
    return frozenset(out)
