"""Tokens, stems, word classes and places of short phrases, for telling what a phrase names.

The lists stand in ``lexicons/places.toml`` and ``lexicons/concepts.toml``. There is no tagger here:
a phrase's head is read off its function words.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from compare.text import lexicons

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[-’'](?!s\b)\w+)*|['’]s\b|[,;:\"“”]")
_SUFFIXES = {
    "ies": "y",
    "sses": "ss",
    "ing": "",
    "ations": "ate",
    "ation": "ate",
    "ed": "",
    "es": "e",
    "s": "",
}
_SMALL_WORDS = (
    "a an the this that these those is are was were be been has have had it he she they we i his her its "
    "their our your my not so such s and or as of for to in on at by with from who which 's ’s"
)
_BREAKING_WORDS = (
    "of for to in on at by with about between from that who whose which against into over behind after "
    "before as under during where when amid and through toward towards , ; :"
)
HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "sir", "madam"})
FUNCTION = frozenset(_SMALL_WORDS.split())
_BREAKS = frozenset(_BREAKING_WORDS.split())
_QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Place:
    """Tokens ``[begin, end)`` that stand for ``country``: its name, its people or its seats."""

    begin: int
    end: int
    country: str


def tokens(text: str) -> list[str]:
    """Words, possessive endings and the punctuation that separates phrases, in order."""
    joined = text.replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
    return _TOKEN.findall(joined)


@cache
def stem(word: str) -> str:
    """A word without its commonest English endings; only good for comparing with other stems."""
    word = word.lower()
    for ending, instead in _SUFFIXES.items():
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.rstrip("e")


@cache
def classes(word_stem: str) -> frozenset[str]:
    """The classes of ``concepts.toml`` that a stem belongs to."""
    return _class_table().get(word_stem, frozenset())


@cache
def _class_table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for name, words in lexicons.load("concepts")["classes"].items():
        for word in words.split():
            table.setdefault(stem(word), set()).add(name)
    return {word: frozenset(names) for word, names in table.items()}


@cache
def _list(name: str) -> frozenset[str]:
    singular = lexicons.load("concepts")[name]["words"].split()
    return frozenset(singular) | {word + "s" for word in singular}


def is_role(word: str) -> bool:
    """Whether a word names somebody by office or calling ("president", "envoys")."""
    return word.lower().rstrip(".") in _list("roles")


def is_group(word: str) -> bool:
    """Whether a word names a body, its people or its organs ("ministry", "officials")."""
    return word.lower() in _list("groups")


@cache
def _place_table() -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for country, entry in lexicons.load("places").items():
        for kind in ("names", "people", "seats"):
            for name in entry.get(kind, ()):
                table[tuple(_bare(word) for word in name.split())] = country
    return table


@cache
def _longest_place() -> dict[str, int]:
    """How many words the longest name of a place has, by its first word."""
    longest: dict[str, int] = {}
    for name in _place_table():
        longest[name[0]] = max(longest.get(name[0], 0), len(name))
    return longest


@lru_cache(maxsize=16_384)
def _bare(word: str) -> str:
    return word.lower().replace(".", "").replace("'", "").replace("’", "")


def places(words: list[str]) -> list[Place]:
    """The places among tokens, longest match first. A lower-case word is none, nor is "us"."""
    table, longest, after = _place_table(), _longest_place(), 0
    found: list[Place] = []
    bare = [_bare(word) for word in words]
    for at in [at for at, word in enumerate(bare) if word in longest]:
        for size in range(min(longest[bare[at]], len(words) - at), 0, -1) if at >= after else ():
            country = table.get(tuple(bare[at : at + size]))
            if country and _is_written_as_name(words[at : at + size]):
                found.append(Place(at, at + size, country))
                after = at + size
                break
    return found


def _is_written_as_name(words: list[str]) -> bool:
    if len(words) == 1 and len(_bare(words[0])) <= 3:
        return words[0].replace(".", "").isupper()
    return words[-1][0].isupper()


def chunk(words: list[str]) -> list[str]:
    """The tokens of a phrase up to its first preposition, relative word or comma; the last is its head."""
    rest = list(words)
    while rest and (rest[0].lower() in _BREAKS or rest[0].lower() in FUNCTION or rest[0] in _QUOTES):
        rest.pop(0)
    ends = [k for k, word in enumerate(rest) if k and word.lower() in _BREAKS]
    kept = [word for word in rest[: ends[0] if ends else None] if word not in _QUOTES]
    while kept and kept[-1] in ("'s", "’s"):
        kept.pop()
    return kept


def content(words: list[str]) -> list[str]:
    """The stems of the tokens that are no function words and no punctuation."""
    return [stem(word) for word in words if word[0].isalnum() and word.lower() not in FUNCTION]
