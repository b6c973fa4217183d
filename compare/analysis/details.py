"""Whether one detail of a passage (who, where, how many) stands in another passage.

A logistic model of four signals, fitted by ``benchmarks/fit_details.py`` on details that readers looked for
(docs/details.md has the figures). The words of the detail and its verb are sought among the words of the
text: as a figure only exactly, else by stem, spelling or listed synonym, else by likeness of character
trigrams (Dice 1945).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp

from compare.text import tfidf
from compare.text.lexicons import fitted
from compare.text.numerals import numbers
from compare.text.quantities import quantities
from compare.text.senses import base, senses
from compare.text.spelling import fold

NEAR = 0.5
KIN = 0.8
TELLING = 2.0
PIECE = 4
MOMENTS = frozenset({"date", "weekday", "month", "year", "time", "duration"})


def lacking(detail: str, verb: str, passage: str, text: str) -> float:
    """Return the probability that ``text`` lacks ``detail``, in [0, 1].

    ``detail`` and ``verb`` are words of ``passage``: what is sought, and what happens to it.
    """
    model = coefficients()
    seen = signals(detail, verb, passage, text)
    odds = model["intercept"] + sum(model[name] * value for name, value in seen.items())
    return round(1 / (1 + exp(-odds)), 6)


@cache
def coefficients() -> Mapping[str, float]:
    """Return the fitted weights of the signals and the intercept."""
    weights: Mapping[str, float] = fitted("details")["weights"]
    return weights


def signals(detail: str, verb: str, passage: str, text: str) -> dict[str, float]:
    """Return what speaks for and against: how much of the detail the text has, whether it has the verb, how
    alike passage and text are, and whether the detail is a moment, of which a text of one day may have
    the words and not mean them. All are in [0, 1].
    """
    there = _numbered(text)
    return {
        "found": _found(_content(detail) or _numbered(detail), there),
        "verb": _found(_numbered(verb), there),
        "alike": _alike(passage, text),
        "moment": float(any(quantity.kind in MOMENTS for quantity in quantities(detail, None))),
    }


def _alike(a: str, b: str) -> float:
    """The share of the shorter text's pieces of four letters that the other has."""
    few, many = sorted((_pieces(a, PIECE), _pieces(b, PIECE)), key=len)
    return len(few & many) / max(len(few), 1)


def _content(text: str) -> list[str]:
    return [w for w in _numbered(text) if w[0].isdigit() or w.lower() not in tfidf.stop_words()]


def _numbered(text: str) -> list[str]:
    """Return the words of ``text``, numbers as figures: "twelve years" and "12 years" are one."""
    out, end = [], 0
    for number in numbers(text):
        out += [*tfidf.words(text[end : number.span.begin]), f"{number.value:g}"]
        end = number.span.end
    return [*out, *tfidf.words(text[end:])]


def _found(sought: Sequence[str], there: Sequence[str]) -> float:
    """Return the weighted share of words found; names and figures weigh ``TELLING`` times as much."""
    if not sought:
        return 0.0
    weights = [TELLING if w[0].isupper() or w[0].isdigit() else 1.0 for w in sought]
    matches = [max((_match(w, other) for other in there), default=0.0) for w in sought]
    return sum(w * m for w, m in zip(weights, matches, strict=True)) / sum(weights)


def _match(word: str, other: str) -> float:
    if word[0].isdigit() or other[0].isdigit():
        return float(word == other)
    small, large = word.lower(), other.lower()
    if small == large or base(small) == base(large) or fold(word) == fold(other):
        return 1.0
    if set(senses(small)) & set(senses(large)):
        return KIN
    one, two = _pieces(small, 3), _pieces(large, 3)
    likeness = 2 * len(one & two) / max(len(one) + len(two), 1)
    return likeness if likeness >= NEAR else 0.0


def _pieces(text: str, size: int) -> set[str]:
    return set(tfidf.pieces(f" {text.lower()} ", (size,)))
