"""Which words of a text cue an attribution, name its source, or are its content.

Attribution is seen as PolNeAR defines it (Newell and others 2018, LREC, "An Attribution Relations
Corpus for Political News"): not only speech but also thoughts, intentions and attitudes that the
text puts down to somebody. A linear chain (``chain``) reads each paragraph: every token shows
attributes of our own design (its class in our lexicon, its shape, its place relative to quotation
marks and to verbs of reporting), seen through a window of neighbours. ``benchmarks/fit_quotes.py``
fitted the weights in ``lexicons/speech.json``.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from compare.model import Span
from compare.text import chain, frames
from compare.text.chain import LABELS, Array
from compare.text.cues import Word, words
from compare.text.marks import Quoted
from compare.text.passages import sentences

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\w+n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d+(?:[.,:]\d+)*|\w+(?:-\w+)*|''|``|[^\w\s]"
)
_SUFFIXES = (
    "ing",
    "ed",
    "ly",
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "er",
    "or",
    "ist",
    "an",
    "al",
    "ous",
    "ive",
    "ful",
    "able",
    "es",
    "s",
    "y",
    "en",
)
_QUOTE_MARKS = frozenset(["“", "”", '"', "''", "``", "«", "»", "„", "‘", "’", "'"])
_NAMED = ("g-", "v-", "n-", "a-")


class Token(NamedTuple):
    """One word or mark, its place, and whether it is the first of a sentence or a paragraph."""

    text: str
    span: Span
    opens: bool
    paragraph: int


@dataclass(frozen=True, slots=True)
class Marginals:
    """For each token the probability of each of ``LABELS``: shape (tokens, 4)."""

    tokens: tuple[Token, ...]
    probability: Array


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; blank lines separate paragraphs."""
    starts = iter([*(s.begin for s in sentences(text)), len(text) + 1])
    next_start, paragraph, last = next(starts), 0, 0
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        begin, end = match.span()
        if begin > last and "\n" in text[last:begin]:
            paragraph += 1
        opens = begin >= next_start or not found or found[-1].paragraph != paragraph
        while begin >= next_start:
            next_start = next(starts)
        found.append(Token(match.group(), Span(begin, end), opens, paragraph))
        last = end
    return tuple(found)


def attributes(stream: tuple[Token, ...], marks: list[Quoted]) -> list[list[str]]:
    """What each token shows to its window: one list of attribute names a token."""
    rows = _shown(stream, _inside(stream, marks))
    return [[name for names in row for name in names.split(chain.TOGETHER)] for row in rows]


def _shown(stream: tuple[Token, ...], inside: list[str]) -> list[list[str]]:
    """The attributes of each token; those that always go together are one string."""
    rows = []
    before = "start"
    for token, quote in zip(stream, inside, strict=True):
        word, here, _ = _word(token.text)
        row = [word, f"{'start' if token.opens else before}>{here}"]
        if token.opens:
            row.append("opens")
        if quote:
            row.append(quote)
        rows.append(row)
        before = here
    _add_clause(stream, rows, inside)
    frames.add([t.text for t in stream], [t.opens for t in stream], [bool(q) for q in inside], rows)
    return rows


@lru_cache(maxsize=16_384)
def _word(text: str) -> tuple[str, str, tuple[str, ...]]:
    """What a token shows by itself, its coarse part of speech, and what of it tells about steps."""
    row = _word_attributes(text)
    return chain.TOGETHER.join(row), _part(row), tuple(a for a in row if a in EDGE_MARKS)


def _part(row: list[str]) -> str:
    """A token's coarse part of speech: closed class, verb or noun with its form, suffix, mark or shape."""
    grammar = next((a for a in row if a.startswith("g-")), "")
    if grammar:
        return grammar[2:6]
    form = next((a[5:] for a in row if a.startswith("form=")), "")
    if form and form != "other":
        return next((a[:2] for a in row if a[:2] in ("v-", "n-") and a != "v-plain"), "pl") + form
    if row[0] in ("low", "mark"):
        return next((a for a in row if a.startswith(("m=", "a-", "p-", "-"))), row[0])
    return row[0]


def _word_attributes(text: str) -> list[str]:
    lower = text.lower().replace("’", "'")
    known = words().get(lower)
    row = [_shape(text)]
    if known:
        row += known.classes
        row.append("form=" + known.form)
        if any(c.startswith(_NAMED) for c in known.classes):
            row.append("w=" + known.lemma)
        kinds = sorted({c[0] for c in known.classes})
        row += [f"{kind}:{known.form}" for kind in kinds]
    elif text[0].isalpha():
        row.append(next(("-" + s for s in _SUFFIXES if lower.endswith(s) and len(lower) > len(s) + 2), "-"))
        row.append("unknown:" + _shape(text))
    if not text[0].isalnum():
        row.append("m=" + (text if text not in _QUOTE_MARKS else "quote"))
    return row


def _shape(text: str) -> str:
    if not text[0].isalnum():
        return "mark"
    if text[0].isdigit():
        return "digit"
    if text.isupper() and len(text) > 1:
        return "CAPS"
    return "Cap" if text[0].isupper() else "low"


def _inside(stream: tuple[Token, ...], marks: list[Quoted]) -> list[str]:
    """How long the quoted stretch is in which each token stands, with a mark at its ends; or ""."""
    inside = [""] * len(stream)
    at = 0
    for quote in marks:
        if quote.depth:
            continue
        while at < len(stream) and stream[at].span.begin < quote.outer.begin:
            at += 1
        end = at
        while end < len(stream) and stream[end].span.end <= quote.outer.end:
            end += 1
        count = end - at - 2
        size = "q1" if count <= 2 else "q2" if count <= 5 else "q3"
        for i in range(at, end):
            inside[i] = size
        if end > at:
            inside[at] = size + "("
            inside[end - 1] = size + ")"
        at = end
    return inside


def _add_clause(stream: tuple[Token, ...], rows: list[list[str]], inside: list[str]) -> None:
    """Add, for each token, the nearest word of reporting before and after it in its sentence."""
    begin = 0
    for end in [i for i in range(1, len(stream)) if stream[i].opens] + [len(stream)]:
        _clause(stream, rows, inside, begin, end)
        begin = end


def _clause(
    stream: tuple[Token, ...], rows: list[list[str]], inside: list[str], begin: int, end: int
) -> None:
    strengths = [_strength(stream[i].text) if not inside[i] else "" for i in range(begin, end)]
    quotes = any(inside[i].startswith(("q2", "q3")) for i in range(begin, end))
    for direction, order in (("after", range(begin, end)), ("before", range(end - 1, begin - 1, -1))):
        last, distance, commas, that = "0", 0, 0, False
        for i in order:
            far = "9" if distance > 8 else "4" if distance > 3 else "1"
            rows[i].append(_nearest(direction, last, far, min(commas, 2), that=that))
            distance += 1
            text = stream[i].text
            commas += text == ","
            that = that or text in ("that", "to", "whether")
            if strengths[i - begin]:
                last, distance, commas, that = strengths[i - begin], 0, 0, False
    for i in range(begin, end):
        rows[i].append("sentence quotes" if quotes else "sentence plain")


@cache
def _nearest(direction: str, last: str, far: str, commas: int, *, that: bool) -> str:
    names = [f"@{direction} {last}"]
    if last != "0":
        names += [f"@{direction} {last} {far}", f"@{direction} {last} commas={commas} that={that:d}"]
    return chain.TOGETHER.join(names)


_STRONG = frozenset(
    [
        "v-neutral",
        "v-written",
        "v-announced",
        "v-claimed",
        "v-insisted",
        "v-admitted",
        "v-warned",
        "v-explained",
    ]
)


@lru_cache(maxsize=16_384)
def _strength(text: str) -> str:
    """How surely a word reports: "say" for verbs of saying, "verb", "noun", "adjective", or ""."""
    lower = text.lower()
    known: Word | None = words().get(lower)
    if not known:
        return ""
    classes = [c for c in known.classes if c[0] in "vna" and c != "v-plain"]
    if not classes or known.classes[0].startswith("g-"):
        return "to" if lower in ("according", "per") else ""
    if any(c in _STRONG for c in classes):
        return "say-" + known.form
    return {"v": "verb-" + known.form, "n": "noun", "a": "adjective"}[classes[-1][0]]


def edges(stream: tuple[Token, ...], marks: list[Quoted]) -> list[list[str]]:
    """What each token shows about the step from the token before it; see ``EDGE``."""
    rows = _steps(stream, _inside(stream, marks))
    return [[name for names in row for name in names.split(chain.TOGETHER)] for row in rows]


def _steps(stream: tuple[Token, ...], inside: list[str]) -> list[list[str]]:
    """The names of ``edges``, those of a token together in one string."""
    out = []
    before: tuple[tuple[str, ...], str] = (), ""
    for token, quote in zip(stream, inside, strict=True):
        here = _word(token.text)[2], quote
        out.append([_step(token.opens, here, before)])
        before = here
    return out


@lru_cache(maxsize=16_384)
def _step(opens: bool, here: tuple[tuple[str, ...], str], before: tuple[tuple[str, ...], str]) -> str:
    names = ["step", "opens"] if opens else ["step"]
    for side, (marks, quote) in (("now", here), ("last", before)):
        names += [f"{side} {mark}" for mark in (*marks, quote) if mark]
    return chain.TOGETHER.join(names)


EDGE_MARKS = frozenset(
    [
        "m=,",
        "m=:",
        "m=.",
        "m=quote",
        "m=;",
        "q1(",
        "q1)",
        "q2(",
        "q2)",
        "q3(",
        "q3)",
        "q1",
        "q2",
        "q3",
        "w=that",
        "w=to",
        "g-auxiliary",
        "g-preposition",
        "g-determiner",
        "g-pronoun",
        "g-conjunction",
        "Cap",
        "v:base",
        "v:ed",
        "v:s",
        "v:ing",
        "n:noun",
        "m=—",
        "m=–",
        "m=-",
    ]
)
EDGE = ("step", "opens", *(f"{side} {mark}" for side in ("now", "last") for mark in sorted(EDGE_MARKS)))


def marginals(text: str, marks: list[Quoted]) -> Marginals:
    """The probability of each label for each token of ``text``."""
    stream = tokens(text)
    if not stream:
        return Marginals(stream, np.zeros((0, len(LABELS))))
    inside = _inside(stream, marks)
    rows, steps = _shown(stream, inside), _steps(stream, inside)
    return Marginals(stream, chain.marginals(rows, steps, [t.paragraph for t in stream]))
