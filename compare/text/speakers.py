"""Who is the source of a stretch of content: candidates from the chain model, ranked by their place.

A candidate is a run of words that may name a source. Its score is a weighted sum of a few plain facts
about where it stands relative to the content; the highest wins. ``benchmarks/fit_quotes.py`` fitted the
weights in ``lexicons/speakers.json`` by logistic regression.
"""

import json
import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from compare.model import Span
from compare.text.cues import words
from compare.text.marks import Quoted
from compare.text.speech import Marginals

POSSIBLE = 0.1
REACH = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of tokens ``[first, last]`` that may name a source, with its highest probability."""

    first: int
    last: int
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as the ranking sees it: for each token its beginning, its sentence and whether it is
    quoted; the candidates in order, with their first tokens and paragraphs.
    """

    marginals: Marginals
    begins: tuple[int, ...]
    sentence: tuple[int, ...]
    quotes: tuple[Quoted, ...]
    in_quote: tuple[bool, ...]
    candidates: tuple[Candidate, ...]
    firsts: tuple[int, ...]
    paragraphs: tuple[int, ...]


def reading(marginals: Marginals, quotes: list[Quoted]) -> Reading:
    """Prepare a text for ``source``."""
    begins = tuple(t.span.begin for t in marginals.tokens)
    numbers, number = [], -1
    for token in marginals.tokens:
        number += token.opens
        numbers.append(number)
    outer = tuple(q for q in quotes if not q.depth)
    inside = [False] * len(begins)
    for quote in outer:
        first, last = bisect_left(begins, quote.outer.begin), bisect_left(begins, quote.outer.end)
        inside[first:last] = [True] * (last - first)
    candidates = _candidates(marginals)
    return Reading(
        marginals,
        begins,
        tuple(numbers),
        outer,
        tuple(inside),
        candidates,
        tuple(c.first for c in candidates),
        tuple(marginals.tokens[c.first].paragraph for c in candidates),
    )


def _candidates(marginals: Marginals) -> tuple[Candidate, ...]:
    chance = marginals.probability[:, 1].tolist()
    stream = marginals.tokens
    found = []
    i = 0
    while i < len(stream):
        if chance[i] < POSSIBLE:
            i += 1
            continue
        j = i
        while j + 1 < len(stream) and chance[j + 1] >= POSSIBLE and not stream[j + 1].opens:
            j += 1
        found.append(Candidate(i, j, max(chance[i : j + 1])))
        i = j + 1
    return tuple(found)


def near(text: Reading, content: Span) -> list[Candidate]:
    """The candidates in the paragraphs of ``content`` and ``REACH`` paragraphs around, outside it."""
    stream = text.marginals.tokens
    first, last = extent(text, content)
    low = bisect_left(text.paragraphs, stream[first].paragraph - REACH)
    high = bisect_right(text.paragraphs, stream[last].paragraph + REACH)
    return [c for c in text.candidates[low:high] if c.last < first or c.first > last]


def extent(text: Reading, content: Span) -> tuple[int, int]:
    """The first and last token of a span."""
    first = min(bisect_left(text.begins, content.begin), len(text.begins) - 1)
    return first, max(first, bisect_right(text.begins, content.end - 1) - 1)


def facts(text: Reading, content: Span, candidate: Candidate) -> dict[str, float]:
    """What the ranking knows of a candidate for this content."""
    stream, chance = text.marginals.tokens, text.marginals.probability
    first, last = extent(text, content)
    after = candidate.first > last
    low, high = (last + 1, candidate.first) if after else (candidate.last + 1, first)
    cue = float(chance[low:high, 2].max()) if high > low else 0.0
    beside = _cue_beyond(text, candidate, after=after)
    other = sum(chance[low:high, 3].tolist())
    here = text.sentence[last] if after else text.sentence[first]
    sentences = abs(text.sentence[candidate.first] - here)
    side = "after" if after else "before"
    edge = stream[last if after else first].paragraph
    paragraphs = abs(stream[candidate.first].paragraph - edge)
    place = f"{side} {min(sentences, 3)}"
    ending = stream[last - 1].text if last > first else ""
    before = stream[first - 1].text if first and not stream[first].opens else "start"
    known = words().get(stream[candidate.first].text.lower())
    out = {
        "probability": math.log(candidate.probability / (1.0001 - candidate.probability)),
        "distance": math.log1p(high - low),
        "cue between": cue,
        "cue beyond": beside,
        f"cue between, {place}": cue,
        f"cue beyond, {place}": beside,
        "other content between": math.log1p(other),
        place: 1.0,
        f"{place}, ends {ending if ending in ',.?!' else '-'}": 1.0,
        f"{place}, begun by {before if before in (',', ':', 'start', 'that') else '-'}": 1.0,
        f"paragraphs {paragraphs} {side}": 1.0,
        "in quotation marks": float(text.in_quote[candidate.first]),
        "opens sentence": float(stream[candidate.first].opens),
        "nearest " + side: float(_nearest(text, candidate, low, high)),
        "pronoun": float(bool(known and "g-pronoun" in known.classes)),
    }
    if last > first and text.sentence[first] == text.sentence[last] and stream[first].opens:
        whole = last + 1 == len(stream) or stream[last + 1].opens
        out[f"{place}, " + ("whole sentence" if whole else "begins sentence")] = 1.0
    return out


def _cue_beyond(text: Reading, candidate: Candidate, *, after: bool) -> float:
    """The strongest cue within four tokens on the far side of the candidate."""
    chance = text.marginals.probability
    if after:
        part = chance[candidate.last + 1 : candidate.last + 5, 2]
    else:
        part = chance[max(0, candidate.first - 4) : candidate.first, 2]
    return float(part.max()) if len(part) else 0.0


def _nearest(text: Reading, candidate: Candidate, low: int, high: int) -> bool:
    """Whether no other candidate stands between tokens ``low`` and ``high``."""
    between = text.candidates[bisect_left(text.firsts, low) : bisect_left(text.firsts, high)]
    return not any(c.last < high for c in between if c is not candidate)


@cache
def weights() -> dict[str, float]:
    """The weights of ``lexicons/speakers.json``."""
    found: dict[str, float] = json.loads(
        (files("compare") / "lexicons" / "speakers.json").read_text(encoding="utf-8")
    )
    return found


def score(shown: dict[str, float]) -> float:
    """The weighted sum of a candidate's facts, as a probability."""
    table = weights()
    total = table["bias"] + sum(table.get(name, 0.0) * value for name, value in shown.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def source(text: Reading, content: Span) -> tuple[Candidate, float] | None:
    """The likeliest source of ``content`` and its probability; None where there is no candidate."""
    ranked = [(score(facts(text, content, c)), -n, c) for n, c in enumerate(near(text, content))]
    if not ranked:
        return None
    best = max(ranked, key=lambda r: r[:2])
    return best[2], best[0]


def trimmed(text: Reading, candidate: Candidate) -> Span:
    """The words of a candidate that are likely enough, from its likeliest word outwards."""
    stream = text.marginals.tokens
    chance = text.marginals.probability[:, 1].tolist()
    span = range(candidate.first, candidate.last + 1)
    peak = max(span, key=lambda i: (chance[i], -i))
    floor = candidate.probability / 3
    first = last = peak
    while first > candidate.first and chance[first - 1] >= floor:
        first -= 1
    while last < candidate.last and chance[last + 1] >= floor:
        last += 1
    while last > first and _trails(stream[last].text):
        last -= 1
    while first < last and _trails(stream[first].text):
        first += 1
    return Span(stream[first].span.begin, stream[last].span.end)


def _trails(word: str) -> bool:
    """Whether a word at the edge of a source is no part of it: a mark, an adverb, a conjunction."""
    if not word[0].isalnum():
        return True
    known = words().get(word.lower())
    closed = known and any(c in ("g-adverb", "g-conjunction", "g-auxiliary") for c in known.classes)
    return bool(closed) or (word.islower() and word.endswith("ly") and len(word) > 5)
