"""How a word that may attribute stands in its sentence: who is before it and what it governs.

A chain that adds up what neighbours show cannot tell "asked to" from "asked that" for one verb and not
for another. So each verb, noun or adjective of the lexicon shows its family and its lemma together with
the shape of what precedes and what follows.
"""

from collections.abc import Sequence
from functools import cache

from compare.text.cues import words

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


def add(texts: Sequence[str], opens: Sequence[bool], quoted: Sequence[bool], rows: list[list[str]]) -> None:
    """Add to the row of each word that may attribute what it shows together with its surroundings."""
    for i, text in enumerate(texts):
        kin, lemma, form = family(text.lower())
        if not kin:
            continue
        name = f"F {kin}:{form}"
        before, helper = _before(texts, opens, i)
        after, link = _after(texts, opens, i)
        place = "in q" if quoted[i] else "in"
        rows[i] += [f"{name} >{after}", f"{name} >>{link}", f"{name} <{before}", f"{name} <{before} {helper}"]
        rows[i] += [f"F {kin} {before}_{after}", f"{name} {helper}_{after}", f"{name} {place}"]
        rows[i] += [f"L {lemma} >{after}", f"L {lemma} >>{link}", f"L {lemma} <{before}"]
        rows[i] += [f"L {lemma} {place}", f"L {lemma} {form} {helper}"]


def _before(texts: Sequence[str], opens: Sequence[bool], i: int) -> tuple[str, str]:
    """The kind of the last word of the subject, and a letter for each kind of helping verb between."""
    helper = ""
    for j in range(i - 1, -1, -1):
        if opens[j + 1]:
            break
        word = texts[j].lower()
        if not _skipped(word):
            return _SUBJECTS.get(word) or _kind(texts[j]), helper
        letter = _helps(word)
        helper += letter if letter in "hn" or letter not in helper else ""
    return "start", helper


def _helps(word: str) -> str:
    """Be ("b"), have ("h"), a negation ("n") or another helper ("m"); an adverb is none and gives ""."""
    if word in _BE:
        return "b"
    if word in _HAVE:
        return "h"
    if word in ("not", "never") or word.endswith(("n't", "n’t")):
        return "n"
    return "" if word.endswith("ly") else "m"


def _after(texts: Sequence[str], opens: Sequence[bool], i: int) -> tuple[str, str]:
    """The kind of the next word but for adverbs, and the first word that links a complement."""
    first = ""
    for j in range(i + 1, min(i + 1 + _AHEAD, len(texts))):
        if opens[j]:
            break
        word = texts[j].lower()
        if not first and _skipped(word) and word not in _BE:
            continue
        first = first or (word if word in _GOVERNED else _kind(texts[j]))
        if word in _STOPS:
            break
        if word in _LINKS or word in ("“", '"', ":", ","):
            return first, word.replace("“", '"')
    return first or "end", ""


@cache
def _skipped(lower: str) -> bool:
    """Whether a word may stand between subject, verb and complement: an adverb, a helper, "not"."""
    known = words().get(lower)
    if known and (known.classes[0] in ("g-adverb", "g-negation") or "g-auxiliary" in known.classes):
        return True
    return lower.endswith("ly") and len(lower) > 4


@cache
def _kind(text: str) -> str:
    """The kind of a neighbour: its mark, closed class, calling, noun of speech, or shape."""
    lower = text.lower()
    if not text[0].isalnum() and text[0] not in "'’":
        return '"' if text in ("“", "”", '"', "''", "``") else text
    if lower in ("'s", "’s"):
        return "'s"
    known = words().get(lower)
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
