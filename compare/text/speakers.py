"""Who is the source of a stretch of content: candidates from the chain model, ranked by their place.

A candidate is a run of words that may name a source. Its score is a weighted sum of a few plain facts
about where it stands relative to the content; the highest wins. ``benchmarks/fit_quotes.py`` fitted the
weights in ``lexicons/speakers.json`` by logistic regression.
"""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

import numpy as np

from compare.model import Span
from compare.text.cues import words
from compare.text.lexicons import fitted
from compare.text.marks import Quoted
from compare.text.speech import Marginals
from compare.text.tokens import Stream, extent

POSSIBLE = 0.1
REACH = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of tokens ``[first, last]`` that may name a source, with its highest probability."""

    first: int
    last: int
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One text as the ranking sees it, lists of one entry a token: its word, where it begins, its sentence,
    its paragraph, whether it opens a sentence and whether it is quoted, and the chances that it is part of a
    source, a cue, a content. ``candidates`` stand in order, with their first tokens and paragraphs.
    """

    stream: Stream
    words: list[str]
    begins: list[int]
    opens: list[bool]
    sentence: list[int]
    paragraph: list[int]
    in_quote: list[bool]
    source: list[float]
    cue: list[float]
    content: list[float]
    candidates: tuple[Candidate, ...]
    firsts: list[int]
    paragraphs: list[int]


def reading(marginals: Marginals, quotes: list[Quoted]) -> Reading:
    """Prepare a text for ``source``."""
    stream = marginals.tokens
    begins, paragraph, opens = stream.begins.tolist(), stream.paragraphs.tolist(), stream.opens.tolist()
    inside = [False] * len(begins)
    for quote in quotes:
        if not quote.depth:
            first, end = extent(begins, quote.outer)
            inside[first:end] = [True] * (end - first)
    source, cue, content = marginals.probability.T[1:].tolist()
    candidates = _candidates(source, opens)
    return Reading(
        stream,
        stream.texts,
        begins,
        opens,
        (np.cumsum(stream.opens) - 1).tolist(),
        paragraph,
        inside,
        source,
        cue,
        content,
        candidates,
        [c.first for c in candidates],
        [paragraph[c.first] for c in candidates],
    )


def _candidates(chance: list[float], opens: list[bool]) -> tuple[Candidate, ...]:
    runs = likely(chance, POSSIBLE, opens)
    return tuple(Candidate(first, last, max(chance[first : last + 1])) for first, last in runs)


def likely(chance: list[float], least: float, opens: list[bool], gap: int = 0) -> list[tuple[int, int]]:
    """Runs of tokens of at least some chance in one sentence, ``gap`` less likely ones between them at most:
    the first and the last token of each.
    """
    runs: list[tuple[int, int]] = []
    for i in [n for n, value in enumerate(chance) if value >= least]:
        if runs and i - runs[-1][1] <= 1 + gap and not any(opens[runs[-1][1] + 1 : i + 1]):
            runs[-1] = runs[-1][0], i
        else:
            runs.append((i, i))
    return runs


def near(text: Reading, content: Span) -> list[Candidate]:
    """The candidates in the paragraphs of ``content`` and ``REACH`` paragraphs around, outside it."""
    first, last = ends(text, content)
    low = bisect_left(text.paragraphs, text.paragraph[first] - REACH)
    high = bisect_right(text.paragraphs, text.paragraph[last] + REACH)
    return [c for c in text.candidates[low:high] if c.last < first or c.first > last]


def ends(text: Reading, content: Span) -> tuple[int, int]:
    """The first and last token of a span."""
    first = min(bisect_left(text.begins, content.begin), len(text.begins) - 1)
    return first, max(first, bisect_right(text.begins, content.end - 1) - 1)


def facts(text: Reading, content: tuple[int, int], candidate: Candidate) -> dict[str, float]:
    """What the ranking knows of a candidate for a content that reaches from one token to another."""
    first, last = content
    after = candidate.first > last
    low, high = (last + 1, candidate.first) if after else (candidate.last + 1, first)
    cue = max(text.cue[low:high], default=0.0)
    beside = _cue_beyond(text, candidate, after=after)
    here = text.sentence[last] if after else text.sentence[first]
    sentences = abs(text.sentence[candidate.first] - here)
    side = "after" if after else "before"
    paragraphs = abs(text.paragraph[candidate.first] - text.paragraph[last if after else first])
    place = f"{side} {min(sentences, 3)}"
    ending = text.words[last - 1] if last > first else ""
    before = text.words[first - 1] if first and not text.opens[first] else "start"
    known = words().get(text.words[candidate.first].lower())
    out = {
        "probability": math.log(candidate.probability / (1.0001 - candidate.probability)),
        "distance": math.log1p(high - low),
        "cue between": cue,
        "cue beyond": beside,
        f"cue between, {place}": cue,
        f"cue beyond, {place}": beside,
        "other content between": math.log1p(sum(text.content[low:high])),
        place: 1.0,
        f"{place}, ends {ending if ending in ',.?!' else '-'}": 1.0,
        f"{place}, begun by {before if before in (',', ':', 'start', 'that') else '-'}": 1.0,
        f"paragraphs {paragraphs} {side}": 1.0,
        "in quotation marks": float(text.in_quote[candidate.first]),
        "opens sentence": float(text.opens[candidate.first]),
        "nearest " + side: float(_nearest(text, candidate, low, high)),
        "pronoun": float(bool(known and "g-pronoun" in known.classes)),
    }
    if last > first and text.sentence[first] == text.sentence[last] and text.opens[first]:
        whole = last + 1 == len(text.opens) or text.opens[last + 1]
        out[f"{place}, " + ("whole sentence" if whole else "begins sentence")] = 1.0
    return out


def _cue_beyond(text: Reading, candidate: Candidate, *, after: bool) -> float:
    """The strongest cue within four tokens on the far side of the candidate."""
    if after:
        part = text.cue[candidate.last + 1 : candidate.last + 5]
    else:
        part = text.cue[max(0, candidate.first - 4) : candidate.first]
    return max(part, default=0.0)


def _nearest(text: Reading, candidate: Candidate, low: int, high: int) -> bool:
    """Whether no other candidate stands between tokens ``low`` and ``high``."""
    between = text.candidates[bisect_left(text.firsts, low) : bisect_left(text.firsts, high)]
    return not any(c.last < high for c in between if c is not candidate)


@cache
def weights() -> dict[str, float]:
    """The weights of ``lexicons/speakers.json``."""
    found: dict[str, float] = fitted("speakers")
    return found


def score(shown: dict[str, float]) -> float:
    """The weighted sum of a candidate's facts, as a probability."""
    table = weights()
    total = table["bias"]
    for name, value in shown.items():
        total += table.get(name, 0.0) * value
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def source(text: Reading, content: Span) -> tuple[Candidate, float] | None:
    """The likeliest source of ``content`` and its probability; None where there is no candidate."""
    place = ends(text, content)
    ranked = [(score(facts(text, place, c)), -n, c) for n, c in enumerate(near(text, content))]
    if not ranked:
        return None
    best = max(ranked, key=lambda r: r[:2])
    return best[2], best[0]


def trimmed(text: Reading, candidate: Candidate) -> Span:
    """The words of a candidate that are likely enough, from its likeliest word outwards."""
    words, chance = text.words, text.source
    span = range(candidate.first, candidate.last + 1)
    peak = max(span, key=lambda i: (chance[i], -i))
    floor = candidate.probability / 3
    first = last = peak
    while first > candidate.first and chance[first - 1] >= floor:
        first -= 1
    while last < candidate.last and chance[last + 1] >= floor:
        last += 1
    while last > first and _trails(words[last]):
        last -= 1
    while first < last and _trails(words[first]):
        first += 1
    return text.stream.span(first, last)


def _trails(word: str) -> bool:
    """Whether a word at the edge of a source is no part of it: a mark, an adverb, a conjunction."""
    if not word[0].isalnum():
        return True
    known = words().get(word.lower())
    closed = known and any(c in ("g-adverb", "g-conjunction", "g-auxiliary") for c in known.classes)
    return bool(closed) or (word.islower() and word.endswith("ly") and len(word) > 5)
