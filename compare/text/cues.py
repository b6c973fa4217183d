"""The words that attribute: verbs with their inflections and stance, nouns, sources, hedges.

Everything stands in ``lexicons/cues.toml``, which anyone may edit; this module only inflects it and
looks words up. Looking up is by lower-case word form.
"""

import re
from dataclasses import dataclass
from functools import cache

from compare.text import lexicons

_FORMS = ("s", "ed", "en", "ing")
_VOWELS = "aeiou"
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """What the lexicon knows of a word form: ``lemma``, ``form`` ("base", "s", "ed", "en", "ing",
    "noun", "other") and the ``classes`` it belongs to, sorted.
    """

    lemma: str
    form: str
    classes: tuple[str, ...]


@cache
def words() -> dict[str, Word]:
    """Every known word form. Where a form belongs to several words, closed classes come first,
    then verbs, then nouns; the classes of all are kept.
    """
    table: dict[str, tuple[str, str, set[str]]] = {}
    for form, lemma, kind, name in _entries():
        known = table.setdefault(form, (lemma, kind, set()))
        known[2].add(name)
    return {form: Word(lemma, kind, tuple(sorted(names))) for form, (lemma, kind, names) in table.items()}


def is_role(form: str) -> bool:
    """Whether a word form, in small letters, names somebody by office or calling."""
    return form in roles()


def is_closed(form: str) -> bool:
    """Whether a word form, in small letters, is one of grammar: an article, a pronoun, a preposition."""
    return _has_class(form, "g-")


def is_for_people(form: str) -> bool:
    """Whether a word form, in small letters, is for people or a body: an official, villagers, the group."""
    return _has_class(form, "p-")


def _has_class(form: str, prefix: str) -> bool:
    known = words().get(form)
    return bool(known and any(name.startswith(prefix) for name in known.classes))


@cache
def roles() -> frozenset[str]:
    """Every word form, in small letters, that names somebody by office or calling."""
    return frozenset(form for form, known in words().items() if "p-role" in known.classes)


@cache
def stances() -> dict[str, str]:
    """The one stance of each reporting verb's lemma: the first class of ``cues.toml`` that lists it."""
    found: dict[str, str] = {}
    for name, listed in lexicons.load("cues")["verbs"].items():
        for lemma in listed.split():
            found.setdefault(lemma, name)
    return found


def verb(cue: str) -> tuple[str, str]:
    """The reporting verb of a cue ("had already warned" gives "warn") and its stance; two empty
    strings where it has none. The last verb counts, since auxiliaries come first.
    """
    found = [words().get(w.lower()) for w in _LETTERS.findall(cue)]
    lemmas = [w.lemma for w in found if w and w.lemma in stances() and w.form != "noun"]
    return (lemmas[-1], stances()[lemmas[-1]]) if lemmas else ("", "")


def inflect(verb: str) -> tuple[str, str, str, str]:
    """The four inflected forms of a regular English verb (-s, past, participle, -ing)."""
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb + "s", verb + "d", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb[:-1] + "ied", verb + "ing"
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb + "d", verb + "ing"
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return third, verb + "ed", verb + "ed", verb + "ing"


def _entries() -> list[tuple[str, str, str, str]]:
    lexicon = lexicons.load("cues")
    out = [
        (w, w, "other", f"g-{name}") for name, listed in lexicon["grammar"].items() for w in listed.split()
    ]
    verbs = [(v, name) for name, listed in lexicon["verbs"].items() for v in listed.split()]
    verbs += [(v, "plain") for v in lexicon["plain"]["verbs"].split()]
    for verb, name in verbs:
        irregular = lexicon["irregular"].get(verb)
        forms = irregular.split() if irregular else inflect(verb)
        out.append((verb, verb, "base", f"v-{name}"))
        out += [(form, verb, kind, f"v-{name}") for form, kind in zip(forms, _FORMS, strict=True)]
    for name, listed in lexicon["nouns"].items():
        for noun in listed.split():
            out += [(noun, noun, "noun", f"n-{name}"), (_plural(noun), noun, "noun", f"n-{name}")]
    for table, prefix in (("adjectives", "a"), ("source", "p")):
        for name, listed in lexicon[table].items():
            out += [(w.lower(), w.lower(), "other", f"{prefix}-{name}") for w in listed.split()]
    out += [(w, w, "other", "hedge") for w in lexicon["hedges"]["words"].split()]
    return out


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
