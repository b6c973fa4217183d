"""Words to keys under which reports of one event may meet: light stems, irregular forms, synonyms.

Stems only cut endings (in the manner of Harman 1991's S-stemmer, with the other inflections of English
verbs). Synonyms come from ``lexicons/synonyms.toml``, one line a sense; a word may have several.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from compare.text.lexicons import load

_ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "ly", "s")
_SHORTEST = 3


def stem(word: str) -> str:
    """Return ``word``, in small letters, without an inflection's ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            break
    word = word.removesuffix("e")
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


@cache
def base(word: str) -> str:
    """Return the stem of a word in small letters, irregular forms as their plain form."""
    return stem(_irregular().get(word, word))


@cache
def senses(word: str) -> tuple[str, ...]:
    """Return the keys of a word in small letters: its senses, or its stem where none is listed."""
    return _listed().get(base(word), (base(word),))


@cache
def _listed() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(load("synonyms")["senses"]):
        for key in dict.fromkeys(stem(word) for word in line.split()):
            found[key] = (*found.get(key, ()), f"#{number}")
    return MappingProxyType(found)


@cache
def _irregular() -> Mapping[str, str]:
    forms: dict[str, str] = {}
    for line in load("synonyms")["irregular"]:
        base, *rest = line.split()
        forms |= dict.fromkeys(rest, base)
    return MappingProxyType(forms)
