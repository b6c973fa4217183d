"""How a word that may attribute stands in its sentence: who is before it and what it governs.

A chain that adds up what neighbours show cannot tell "asked to" from "asked that" for one verb and not
for another. So each verb, noun or adjective of the lexicon shows its family and its lemma together with
the shape of what precedes and what follows.
"""

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from compare.text.cues import Word, words
from compare.text.tokens import numbered
from compare.text.weights import TOGETHER, Array, Shown

# of a family, and of a lemma
PREFIXES = ("F ", "L ")
_FAMILIES = {
    "say": "neutral written announced explained claimed insisted admitted warned answered joked",
    "ask": "asked ordered",
    "judge": "criticised praised agreed opposed denied",
    "think": "believed known shown",
    "want": "wanted planned",
    "feel": "feared",
}
_FAMILY = {f"v-{name}": family for family, names in _FAMILIES.items() for name in names.split()}
_SUBJECTS = {
    **dict.fromkeys(("i", "we", "you"), "I"),
    **dict.fromkeys(("he", "she", "they"), "he"),
    **dict.fromkeys(("it", "this"), "it"),
    **dict.fromkeys(("that", "which"), "that"),
    **dict.fromkeys(("and", "or", "but"), "and"),
    **{word: word for word in ("who", "to", "what")},
}
_ASKING = frozenset(["whether", "if", "how", "why", "what"])
_LINKS = _ASKING | {"that", "to", "of", "for", "as", "about", "on", "against", "with", "by"}
_GOVERNED = _LINKS | {"in", "at", "from", "over", "who", "it"}
_BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "being", "'re", "'s", "’s", "’re"])
_HAVE = frozenset(["have", "has", "had", "having", "'ve", "’ve"])
_STOPS = frozenset(".;?!")
_AHEAD = 8


class _Neighbour(NamedTuple):
    """What a word is beside one that may attribute: ``skipped`` where it may stand between subject, verb
    and complement; ``helps`` as ``_helps`` has it; its kind as a ``subject`` and as what is ``governed``;
    the ``link`` that it is to a complement, or "".
    """

    skipped: bool
    be: bool
    helps: str
    subject: str
    governed: str
    link: str
    stops: bool


@cache
def family(lower: str) -> tuple[str, str, str]:
    """Family, lemma and form of a word that may attribute, or empty strings."""
    known = words().get(lower)
    if not known or known.classes[0].startswith("g-"):
        return "", "", ""
    families = sorted({_FAMILY[c] for c in known.classes if c in _FAMILY})
    if families:
        return "/".join(families), known.lemma, known.form
    for start, name in (("n-", ""), ("a-", "adjective"), ("v-plain", "plain")):
        found = next((c for c in known.classes if c.startswith(start)), "")
        if found:
            return name or found, known.lemma, known.form
    return "", "", ""


def shown(texts: list[str], opens: Array, quotes: Array, places: Array) -> Shown:
    """What the words at ``places``, which may attribute, show together with their surroundings."""
    kinds: dict[str, int] = {}
    rows = []
    begins, quoted = opens.tolist(), (quotes > 0).tolist()
    distinct, which = numbered(texts)
    known = [_neighbour(text) for text in distinct]
    beside = [known[n] for n in which.tolist()]
    for i in places.tolist():
        word = family(texts[i].lower())
        before, helper = _before(beside, begins, i)
        after, link = _after(beside, begins, i)
        shows = (
            _follows(word, after, link),
            _precedes(word, before, helper),
            _spans(word, before, helper, after),
            _stands(word, quoted[i]),
        )
        rows.append([kinds.setdefault(one, len(kinds)) for one in shows])
    return Shown(list(kinds), np.array(rows, np.int64).reshape(-1, 4), places)


_Word = tuple[str, str, str]


@lru_cache(maxsize=8192)
def _follows(word: _Word, after: str, link: str) -> str:
    kin, lemma, form = word
    names = (
        f"F {kin}:{form} >{after}",
        f"F {kin}:{form} >>{link}",
        f"L {lemma} >{after}",
        f"L {lemma} >>{link}",
    )
    return TOGETHER.join(names)


@lru_cache(maxsize=8192)
def _precedes(word: _Word, before: str, helper: str) -> str:
    kin, lemma, form = word
    named = f"F {kin}:{form} <{before}"
    return TOGETHER.join((named, f"{named} {helper}", f"L {lemma} <{before}", f"L {lemma} {form} {helper}"))


@lru_cache(maxsize=8192)
def _spans(word: _Word, before: str, helper: str, after: str) -> str:
    kin, _, form = word
    return TOGETHER.join((f"F {kin} {before}_{after}", f"F {kin}:{form} {helper}_{after}"))


@lru_cache(maxsize=1024)
def _stands(word: _Word, quoted: bool) -> str:
    kin, lemma, form = word
    place = "in q" if quoted else "in"
    return TOGETHER.join((f"F {kin}:{form} {place}", f"L {lemma} {place}"))


def _before(beside: list[_Neighbour], opens: list[bool], i: int) -> tuple[str, str]:
    """The kind of the last word of the subject, and a letter for each kind of helping verb between."""
    helper = ""
    while not opens[i]:
        i -= 1
        word = beside[i]
        if not word.skipped:
            return word.subject, helper
        helper += word.helps if word.helps in "hn" or word.helps not in helper else ""
    return "start", helper


def _after(beside: list[_Neighbour], opens: list[bool], i: int) -> tuple[str, str]:
    """The kind of the next word but for adverbs, and the first word that links a complement."""
    first = ""
    for j in range(i + 1, min(i + 1 + _AHEAD, len(beside))):
        if opens[j]:
            break
        word = beside[j]
        if not first and word.skipped and not word.be:
            continue
        first = first or word.governed
        if word.stops:
            break
        if word.link:
            return first, word.link
    return first or "end", ""


@lru_cache(maxsize=16_384)
def _neighbour(text: str) -> _Neighbour:
    lower = text.lower()
    known = words().get(lower)
    kind = _kind(text, lower, known)
    mark = '"' if lower in ("“", '"') else lower if lower in (":", ",") else ""
    return _Neighbour(
        _skipped(lower, known),
        lower in _BE,
        _helps(lower),
        _SUBJECTS.get(lower) or kind,
        lower if lower in _GOVERNED else kind,
        lower if lower in _LINKS else mark,
        lower in _STOPS,
    )


def _helps(word: str) -> str:
    """Be ("b"), have ("h"), a negation ("n") or another helper ("m"); an adverb is none and gives ""."""
    if word in _BE:
        return "b"
    if word in _HAVE:
        return "h"
    if word in ("not", "never") or word.endswith(("n't", "n’t")):
        return "n"
    return "" if word.endswith("ly") else "m"


def _skipped(lower: str, known: Word | None) -> bool:
    """Whether a word may stand between subject, verb and complement: an adverb, a helper, "not"."""
    if known and (known.classes[0] in ("g-adverb", "g-negation") or "g-auxiliary" in known.classes):
        return True
    return lower.endswith("ly") and len(lower) > 4


def _kind(text: str, lower: str, known: Word | None) -> str:
    """The kind of a neighbour: its mark, closed class, calling, noun of speech, or shape."""
    if not text[0].isalnum() and text[0] not in "'’":
        return '"' if text in ("“", "”", '"', "''", "``") else text
    if lower in ("'s", "’s"):
        return "'s"
    listed = next((c for c in known.classes if c[:2] in ("g-", "p-", "n-")), "") if known else ""
    if listed:
        return {"g": listed[2:6], "p": "role", "n": listed}[listed[0]]
    return _shape(text, verb=bool(known and known.classes[0].startswith("v-")))


def _shape(text: str, *, verb: bool) -> str:
    if text[0].isdigit():
        return "digit"
    if text[0].isupper():
        return "Cap"
    if verb:
        return "verb"
    return "lows" if text.lower().endswith("s") else "low"
