"""One key for the spellings of one name, so that Kyiv meets Kiev and Sergei meets Serhiy.

General rules of transliteration first, then the groups of ``lexicons/spellings.toml``. A key says
only that two spellings stand for one name, never which of them is right.
"""

import re
import unicodedata
from functools import cache, lru_cache

from compare.text.lexicons import load

_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´ʹ")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "‑": "-"}
)
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_INITIALISM = re.compile(r"(?:[a-z]\.)+[a-z]?$")
_ARTICLE = re.compile(r"^(?:al|el)-(?=\w{3})")

_RULES = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        (r"(?<=[a-z])(?:iyy|yyi|yy|iy|yi|ij|yj|ii|y|j)$", "i"),
        (r"ey$", "ei"),
        (r"(?<=[a-z][^aeiou\W])y(?=[aou])", "i"),
        (r"kh", "h"),
        (r"([bcdfgklmnprstvz])\1(?!e?s$)(?=[a-z])", r"\1"),
        (r"ks(?=[aeiou])", "x"),
        (r"^dj", "j"),
        (r"(?<=[a-z]{2}[oe])ff$", "v"),
        (r"(?<=[a-z]{3}a)h$", ""),
        (r"(?<=[a-z])ou(?=[dfskm][aeiou]?)", "u"),
    )
)
_SHORTEST = 5


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return the key of one word: equal keys, equal words up to case, accents and spelling.

    A word that begins with a small letter keeps its spelling apart from case and accents; capitals
    throughout (US, WHO) are not the word in small letters (us, who) where the lexicon has them.
    """
    key = _plain(word)
    if not word[:1].isupper() and not _ARTICLE.match(key):
        return key
    groups = _groups()
    if word[1:2].isupper() or word[1:2] == ".":
        key = groups.get(key.upper(), key)
    if key in groups:
        return groups[key]
    plain = _transliterated(key)
    return groups.get(plain) or plain


def fold_name(name: str) -> str:
    """Return the key of a name of one word or more; "United States" and "U.S." have the same."""
    words = name.split()
    whole = " ".join(_plain(word) for word in words)
    return (len(words) > 1 and _groups().get(whole)) or " ".join(fold(word) for word in words)


def listed(word: str) -> bool:
    """Whether the lexicon of spellings has the word."""
    return word.upper() in _groups() if word.isupper() else _plain(word) in _groups()


def _plain(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    word = _POSSESSIVE.sub("", word.casefold().translate(_LETTERS))
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if _INITIALISM.match(word):
        return word.replace(".", "")
    return word.translate(_APOSTROPHES).strip('.,;:!?"“”()[]')


def _transliterated(key: str) -> str:
    key = _ARTICLE.sub("", key)
    if len(key) < _SHORTEST or not key.isalpha():
        return key
    for pattern, becomes in _RULES:
        key = pattern.sub(becomes, key)
    return key


@cache
def _groups() -> dict[str, str]:
    """Map every spelling of the lexicon, plain and transliterated, to the longest of its group."""
    groups: dict[str, str] = {}
    for group in (*load("spellings")["places"], *load("spellings")["people"]):
        best = max((_spelled(name) for name in group), key=lambda name: (len(name), name))
        for name in group:
            groups.setdefault(name if name.isupper() else _spelled(name), best.lower())
    for name in sorted(groups):
        if " " not in name and not name.isupper():
            groups.setdefault(_transliterated(name), groups[name])
    return groups


def _spelled(name: str) -> str:
    return " ".join(_plain(word) for word in name.split())
