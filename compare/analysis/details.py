"""Whether one detail of a passage (who, where, how many) stands in another passage.

Every content word of the detail is sought among the words of the text: as a figure only exactly, else by
its stem, spelling or listed synonym, else by likeness of its character trigrams (Dice 1945). The
weights are a judgement, not fitted: no open set labels details.
"""

from collections.abc import Sequence

from compare.text import tfidf
from compare.text.numerals import numbers
from compare.text.senses import base, senses
from compare.text.spelling import fold

NEAR = 0.5
KIN = 0.8
CONTEXT = 0.4
TELLING = 2.0


def lacking(detail: str, context: str, text: str) -> float:
    """Return how surely ``text`` lacks ``detail``, in [0, 1].

    ``context`` is what else is said of the detail (its verb, a question that it answers, its sentence):
    the same words said of something else are another detail, so what is found counts for less, by up
    to ``CONTEXT``, the less of the context is found.
    """
    there = _numbered(text)
    words = _content(detail) or _numbered(detail)
    around = [w for w in _content(context) if w not in words]
    close = _found(around, there) if around else 1.0
    return round(1 - _found(words, there) * (1 - CONTEXT * (1 - close)), 6)


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
    likeness = _dice(f" {small} ", f" {large} ")
    return likeness if likeness >= NEAR else 0.0


def _dice(first: str, second: str) -> float:
    a = {first[i : i + 3] for i in range(len(first) - 2)}
    b = {second[i : i + 3] for i in range(len(second) - 2)}
    return 2 * len(a & b) / max(len(a) + len(b), 1)
