"""Loaded words: how likely a careful reader marks a word, and finds a sentence to take sides.

Two logistic models over a few dozen signals each: the classes of ``lexicons/loaded.toml``, word
endings, quotation, and how the sentence is built. What a word means adds to both: a square form of its
vector (``text/vectors.py``), and of a sentence the mean over its words. The weights
(``lexicons/loaded.json``) belong to classes of words and to axes of meaning, never to single words;
``benchmarks/fit_loaded.py`` fits them on labelled data.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np

from compare.model import Span
from compare.text import lexicons
from compare.text.tfidf import Matrix
from compare.text.vectors import embedded

_TOKEN = re.compile(r"\w+(?:[-’'.]\w+)*|[“”\"‘’?!:;,—–.()$%]|-")
_ENDING_LIST = "ly ist ism est ful less ous ive able ing ed ity ness ation al ic ish ize"
_ENDINGS = tuple(_ENDING_LIST.split())
_BEGINNINGS = ("un", "anti", "ultra", "over", "mis", "dis", "non", "re", "hyper", "self")
_VOWELS = "aeiou"
_MOST = 4  # counts above this say no more
_SHORT_QUOTE = 3  # words; a quotation no longer than this is a quoted term rather than speech


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. ``kind`` is its class in ``loaded.toml`` or "", ``phrase`` that of the longer
    phrase it is part of or ""; ``quoted`` tells words inside quotation marks.
    """

    text: str
    span: Span
    kind: str
    phrase: str
    quoted: bool
    reading: "Reading" = field(repr=False, compare=False)
    place: int = field(repr=False, compare=False)

    @property
    def chance(self) -> float:
        """The probability that a careful reader marks the word, in [0, 1]."""
        return self.reading.chance(self.place)


def read(text: str) -> tuple[float, tuple[Word, ...]]:
    """The probability that the sentence takes sides, and every word with its own."""
    found = words(text)
    return (found[0].reading if found else Reading(text)).one_sided, found


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[Word, ...]:
    """Every word of a text. Its chance is worked out when it is asked for: of most, nobody asks."""
    one = Reading(text)
    parts = zip(one.tokens, one.spans, one.kinds, one.phrases, one.quoted, strict=True)
    return tuple(
        Word(token, Span(*span), kind, phrase, quoted, one, k)
        for k, (token, span, kind, phrase, quoted) in enumerate(parts)
        if token[0].isalnum()
    )


def thresholds() -> tuple[float, float]:
    """The chances from which a sentence counts as one-sided, and a word as loaded."""
    model = _model()
    return model["sentence"]["threshold"], model["word"]["threshold"]


class Reading:
    """One text, taken apart once for the signals of its words and of the whole."""

    def __init__(self, text: str) -> None:
        found = list(_TOKEN.finditer(text))
        self.tokens = [m.group() for m in found]
        self.spans = [m.span() for m in found]
        self.low = [token.lower().replace("’", "'") for token in self.tokens]
        self.kinds = [kind_of(word) for word in self.low]
        self.phrases = _phrases(self.low)
        self.quoted, self.terms = _quotations(self.low)

    @property
    def one_sided(self) -> float:
        """The probability that the sentence takes sides, in [0, 1]."""
        return _chance(self._sentence)

    def chance(self, k: int) -> float:
        """The probability that a careful reader marks token ``k``, in [0, 1]."""
        signals = {**dict.fromkeys(self.word_signals(k), 1.0), "sentence": self._sentence}
        return _chance(_logit(_model()["word"], signals) + float(self._leanings[k]))

    @cached_property
    def _leanings(self) -> Matrix:
        return _leaning("word", self.meanings)

    @cached_property
    def _sentence(self) -> float:
        known = self.meanings[self.meanings.any(axis=1)]
        leaning = float(_leaning("sentence", known).mean()) if len(known) else 0.0
        return _logit(_model()["sentence"], self.sentence_signals()) + leaning

    @cached_property
    def meanings(self) -> Matrix:
        """The vector of each token: (tokens, DIMENSIONS). Zeros where none is known, and where a capital
        letter may begin a name: that somebody is written about tells nothing.
        """
        pairs = zip(self.tokens, self.low, strict=True)
        return embedded(["" if token[0].isupper() else low.removesuffix("'s") for token, low in pairs])

    def word_signals(self, k: int) -> list[str]:
        """The names of the signals that are on for token ``k``."""
        word, token, kind = self.low[k], self.tokens[k], self.kinds[k]
        signals = [f"kind {kind}"] if kind else []
        if self.phrases[k]:
            signals.append(f"phrase {self.phrases[k]}")
        if word in _closed():
            return [*signals, "function word"]
        signals += _form_signals(word)
        before = self.low[k - 1] if k else ""
        checks = {
            "hedge": word in _single("hedges"),
            "hyphen": "-" in word,
            "capital": token[0].isupper() and k > 0,
            "first word": k == 0,
            "all capitals": len(token) > 2 and token.isupper(),
            "number": token[0].isdigit(),
            "long": len(word) > 8,
            "short": len(word) < 5,
            "quoted": self.quoted[k],
            "quoted term": self.terms[k],
            "after adverb": before.endswith("ly") or before in ("so", "very", "more", "most", "such"),
            "after loaded": bool(k and self.kinds[k - 1]),
            "before loaded": bool(k + 1 < len(self.kinds) and self.kinds[k + 1]),
            "after article": before in ("a", "an", "the"),
        }
        return signals + [name for name, on in checks.items() if on]

    def sentence_signals(self) -> dict[str, float]:
        """The signals of the whole by name: counts up to ``_MOST``, shares, and logarithms."""
        places = [k for k, token in enumerate(self.tokens) if token[0].isalnum()]
        words = [self.low[k] for k in places]
        size = max(1, len(words))
        own = Counter(self.kinds[k] for k in places if self.kinds[k] and not self.quoted[k])
        phrases = Counter(filter(None, self.phrases))
        closed = Counter(_closed()[word] for word in words if word in _closed())
        counts = {
            **{f"kind {kind}": own[kind] for kind in lexicons.load("loaded")["words"]},
            **{f"phrase {name}": phrases[name] for name in lexicons.load("loaded")["phrases"]},
            **{name: closed[name] for name in lexicons.load("loaded")["closed"] if name != "other"},
            "frame": sum(word in _single("frame") for word in words),
            "hedge": sum(word in _single("hedges") for word in words),
            "number": sum(word[0].isdigit() for word in words),
            "adverb": sum(word.endswith("ly") for word in words),
            "question or call": self.low.count("?") + self.low.count("!"),
            "dash or colon": sum(mark in (":", "—", "–") for mark in self.low),
            "quoted term": sum(self.terms),
        }
        return {name: float(min(count, _MOST)) for name, count in counts.items()} | {
            "loaded words": math.log1p(own.total()),
            "share loaded": own.total() / size,
            "length": math.log(size),
            "share quoted": sum(self.quoted) / max(1, len(self.tokens)),
            "share of capitals": sum(self.tokens[k][0].isupper() for k in places) / size,
        }


@lru_cache(maxsize=16_384)
def _form_signals(word: str) -> tuple[str, ...]:
    ends = (f"ends in {e}" for e in _ENDINGS if word.endswith((e, e + "s")) and len(word) > len(e) + 2)
    begins = (f"begins with {b}" for b in _BEGINNINGS if word.startswith(b) and len(word) > len(b) + 3)
    return (*ends, *begins)


@cache
def kind_of(word: str) -> str:
    """The class of ``loaded.toml`` of a lower-case word form, or of a part of a hyphenated one; or ""."""
    table = _forms()
    stripped = word.removesuffix("'s")
    parts = word.split("-") if "-" in word else []
    return next((table[form] for form in (word, stripped, *parts) if form in table), "")


@cache
def _forms() -> dict[str, str]:
    base = {word: kind for kind, words in lexicons.load("loaded")["words"].items() for word in words.split()}
    table: dict[str, str] = {}
    for word, kind in base.items():
        for form in _inflected(word):
            table.setdefault(form, kind)
    return table | base


def _inflected(word: str) -> list[str]:
    if word.endswith("e"):
        return [
            word + "s",
            word + "d",
            word[:-1] + "ing",
            word + "r",
            word + "st",
            word + "ly",
            word[:-1] + "y",
        ]
    if word.endswith("y") and len(word) > 2 and word[-2] not in _VOWELS:
        return [word + "ing", *(word[:-1] + e for e in ("ies", "ied", "ier", "iest", "ily"))]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return [word + e for e in ("es", "ed", "ing", "ly")]
    forms = [word + e for e in ("s", "ed", "ing", "er", "est", "ly", "ally" if word.endswith("ic") else "ly")]
    if len(word) > 2 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        forms += [word + word[-1] + e for e in ("ed", "ing", "er")]
    return forms


@cache
def _closed() -> dict[str, str]:
    table = lexicons.load("loaded")["closed"]
    return {word: name for name, words in reversed(table.items()) for word in words.split()}


@cache
def _single(table: str) -> frozenset[str]:
    return frozenset(lexicons.load("loaded")[table]["words"].split())


@cache
def _phrase_table() -> dict[tuple[str, ...], str]:
    table = lexicons.load("loaded")["phrases"]
    return {tuple(phrase.split()): name for name, phrases in table.items() for phrase in phrases}


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = lexicons.fitted("loaded")
    return model


@cache
def _phrase_heads() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _phrase_table())


def _phrases(low: list[str]) -> list[str]:
    """The class of the longest listed phrase that each token is part of, or ""."""
    names, table, heads = [""] * len(low), _phrase_table(), _phrase_heads()
    begins = [k for k, word in enumerate(low) if word in heads]
    for size in (2, 3, 4):
        for k in begins:
            if k + size <= len(low) and (name := table.get(tuple(low[k : k + size]), "")):
                names[k : k + size] = [name] * size
    return names


def _quotations(low: list[str]) -> tuple[list[bool], list[bool]]:
    """Which tokens stand in double quotation marks, and which of them in a quotation of a few words."""
    quoted, terms = [False] * len(low), [False] * len(low)
    begin = -1
    for k, token in enumerate(low):
        if token == "“" or (token == '"' and begin < 0):
            begin = k
        elif token in ("”", '"'):
            if begin >= 0 and k - begin - 1 <= _SHORT_QUOTE:
                terms[begin + 1 : k] = [True] * (k - begin - 1)
            begin = -1
        else:
            quoted[k] = begin >= 0
    return quoted, terms


def _leaning(name: str, meanings: Matrix) -> Matrix:
    """What the meaning of each of some words adds to the logit of a model: (words,)."""
    axes, pairs = _forms_of_meaning()[name]
    found: Matrix = meanings @ axes + (meanings @ pairs * meanings).sum(axis=1)
    return found


@cache
def _forms_of_meaning() -> dict[str, tuple[Matrix, Matrix]]:
    """By model, a weight for each axis of the vectors and one for each pair of axes."""
    return {
        name: (_numbers(model["axes"]), np.array([_numbers(row) for row in model["pairs"]]))
        for name, model in _model().items()
    }


def _numbers(row: str) -> Matrix:
    return np.array(row.split(), np.float32)


def _logit(model: dict[str, Any], signals: dict[str, float]) -> float:
    weights = model["weights"]
    return float(model["intercept"] + sum(weights.get(name, 0.0) * value for name, value in signals.items()))


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
