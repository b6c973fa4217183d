"""Verbs that tell one act in different ways, plainer ones and those that say more (``labels.toml``)."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import product

from compare.model import Span
from compare.text import lexicons
from compare.text.differences import words
from compare.text.phrases import places, stem, tokens

Words = Sequence[tuple[str, Span]]
_KIN = 5  # letters from which a word that begins with another's stem is taken to be made of it
_ASKED = re.compile(r" to know\b")


def exchanged(a: tuple[str, Words], b: tuple[str, Words]) -> list[tuple[Span, Span, int]]:
    """The two verbs of one act among some words of each text, and which of them, 0 or 1, says more.

    Empty where there is no such pair or more than one, where a text has both verbs, and where an adverb
    changes one of them ("harshly criticizes" beside "slams").
    """
    (left, said), (right, answered) = a, b
    found = []
    for (x, span), (y, other) in product(said, answered):
        stronger = [strong for act, strong in _acts_of(x) if (act, not strong) in _acts_of(y)]
        if not stronger or akin_in(left, y) or akin_in(right, x):
            continue
        unlike = _beside(left, span) != _beside(right, other)
        if not (unlike or _of_another(a, span, right) or _of_another(b, other, left)):
            found.append((span, other, int(not stronger[0])))
    return found if len(found) == 1 else []


def may_exchange(a: frozenset[tuple[str, bool]], b: frozenset[tuple[str, bool]]) -> bool:
    """Whether two texts of these ``acts`` may tell one act by unlike verbs."""
    return any((act, not strong) in b for act, strong in a)


def acts_in(text: str) -> frozenset[tuple[str, bool]]:
    """The acts that a text has a verb for, each with whether that verb says more."""
    return frozenset(one for word, _ in words(text) for one in _acts_of(word))


def akin_in(text: str, word: str) -> bool:
    """Whether a text has a form of a word, or a word made of it ("refuse", "refusal")."""
    wanted = stem(word.lower())
    return any(stem(w) == wanted or (len(wanted) >= _KIN and w.startswith(wanted)) for w, _ in words(text))


def _beside(text: str, span: Span) -> list[str]:
    """What changes a verb right beside it: its adverbs, and "to know" of what one asks."""
    near = words(text[: span.begin])[-1:] + words(text[span.end :])[:1]
    asked = _ASKED.match(text, span.end)
    return [word for word, _ in near if word.endswith("ly")] + ([asked.group()] if asked else [])


def _of_another(side: tuple[str, Words], verb: Span, other: str) -> bool:
    """Whether what a verb acts on is a country's that the other text does not name: "slashes US growth"."""
    text, gap = side
    behind = [text[span.begin : span.end] for _, span in gap if span.begin >= verb.end][-1:]
    if behind and behind[0].endswith("s"):
        return False  # "pleads with Americans"
    named = {place.country for place in places(behind)}
    return bool(named) and named.isdisjoint(place.country for place in places(tokens(other)))


def _acts_of(word: str) -> frozenset[tuple[str, bool]]:
    return _acts().get(stem(word), frozenset())


@cache
def _acts() -> dict[str, frozenset[tuple[str, bool]]]:
    """The acts of each verb's stem, and whether it stands behind the bar."""
    table: dict[str, set[tuple[str, bool]]] = {}
    for act, verbs in lexicons.load("labels")["acts"].items():
        for strong, part in enumerate(verbs.split("|")):
            for verb in part.split():
                table.setdefault(stem(verb), set()).add((act, bool(strong)))
    return {verb: frozenset(acts) for verb, acts in table.items()}
