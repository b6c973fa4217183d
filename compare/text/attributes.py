"""What each token of a text shows to the chain: its word, its part of speech, its place, its surroundings.

Attributes are of our own design and have names. Those that always go together come as one string, so that
they are weighed once for every kind of token and not for every token.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from compare.text import frames
from compare.text.cues import Word, words
from compare.text.marks import Quoted
from compare.text.tokens import Stream, extent, numbered
from compare.text.weights import TOGETHER, Array, Shown

# the longest that leaves three letters before it
_SUFFIX = re.compile(r".{3,}?(tion|sion|ment|ness|able|ing|ity|ist|ous|ive|ful|ed|ly|er|or|an|al|es|en|s|y)")
_QUOTE_MARKS = frozenset(["“", "”", '"', "''", "``", "«", "»", "„", "‘", "’", "'"])
_NAMED = ("g-", "v-", "n-", "a-")
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
_TURNS = frozenset(["that", "to", "whether"])
# how long the quoted stretch is in which a token stands, with a mark at its ends
INSIDE = ("", "q1", "q1(", "q1)", "q2", "q2(", "q2)", "q3", "q3(", "q3)")
_LONG = INSIDE.index("q2")
_NEAR, _FAR = 3, 8
_EDGE_MARKS = frozenset(
    [
        "m=,", "m=:", "m=.", "m=quote", "m=;", "m=—", "m=–", "m=-", "w=that", "w=to", "Cap", "g-auxiliary",
        "g-preposition", "g-determiner", "g-pronoun", "g-conjunction",
        "v:base", "v:ed", "v:s", "v:ing", "n:noun",
    ]
)  # fmt: skip


class _Form(NamedTuple):
    """What a token shows by itself: its attributes, its coarse part of speech, how surely it reports, and
    what of it tells about steps.
    """

    shows: str
    part: str
    reports: str
    steps: tuple[str, ...]


@lru_cache(maxsize=16_384)
def _form(text: str) -> _Form:
    lower = text.lower()
    known = words().get(lower.replace("’", "'"))
    row = _word_attributes(text, lower.replace("’", "'"), known)
    steps = tuple([name for name in row if name in _EDGE_MARKS])
    return _Form(TOGETHER.join(row), _part(row, known), _strength(lower), steps)


def inside(stream: Stream, marks: list[Quoted]) -> Array:
    """For each token the place in ``INSIDE`` of the quoted stretch in which it stands."""
    found = np.zeros(len(stream), np.int64)
    begins = stream.begins.tolist()
    last = 0
    for quote in marks:
        first, end = extent(begins, quote.outer)
        first = max(first, last)
        if quote.depth or first >= end:
            continue
        size = 1 if end - first <= 4 else _LONG if end - first <= 7 else INSIDE.index("q3")
        found[first:end] = size
        found[first] = size + 1
        found[end - 1] = size + 2
        last = end
    return found


def shown(texts: list[str], opens: Array, quotes: Array) -> list[Shown]:
    """What tokens show to their windows; ``quotes`` is what ``inside`` found."""
    distinct, form = numbered(texts)
    forms = [_form(text) for text in distinct]
    parts, part = numbered([one.part for one in forms])
    kinds: list[str] = [one.shows for one in forms]
    columns = [form]
    for names, which in (
        _pairs(parts, part[form], opens),
        _places(opens, quotes),
        *_reports(distinct, [one.reports for one in forms], form, opens, quotes),
    ):
        columns.append(which + len(kinds))
        kinds += names
    known = np.array([bool(frames.family(text.lower())[0]) for text in distinct])
    return [
        Shown(kinds, np.stack(columns, 1)),
        frames.shown(texts, opens, quotes, np.flatnonzero(known[form])),
    ]


def _distinct(codes: Array) -> tuple[list[int], Array]:
    """The distinct codes and for each entry the number of its code."""
    found = np.zeros(int(codes.max()) + 1, np.int64)
    found[codes] = 1
    values = np.flatnonzero(found)
    found[values] = np.arange(len(values))
    return values.tolist(), found[codes]


def _pairs(parts: list[str], part: Array, opens: Array) -> tuple[list[str], Array]:
    """The parts of speech of a token and the one before it in its sentence."""
    before = np.where(opens, len(parts), np.roll(part, 1))
    values, which = _distinct(before * len(parts) + part)
    named = [*parts, "start"]
    return [f"{named[v // len(parts)]}>{parts[v % len(parts)]}" for v in values], which


def _places(opens: Array, quotes: Array) -> tuple[list[str], Array]:
    """Whether a token opens a sentence, is quoted, and its sentence quotes more than a few words."""
    sentence = np.cumsum(opens) - 1
    quoting = np.zeros(sentence[-1] + 1, bool)
    quoting[sentence[quotes >= _LONG]] = True
    values, which = _distinct((opens * 2 + quoting[sentence]) * len(INSIDE) + quotes)
    names = []
    for value in values:
        rest, quote = divmod(value, len(INSIDE))
        shows = ["opens"] * (rest // 2) + [INSIDE[quote]] * bool(quote)
        names.append(TOGETHER.join([*shows, "sentence quotes" if rest % 2 else "sentence plain"]))
    return names, which


def _reports(
    distinct: list[str], reports: list[str], form: Array, opens: Array, quotes: Array
) -> list[tuple[list[str], Array]]:
    """The nearest word of reporting before and after each token in its sentence, outside quotation marks."""
    strengths, strength = numbered(["", *reports])
    strong = np.where(quotes == 0, strength[1:][form], 0)
    begins, ends = opens, np.append(opens[1:], True)
    signs = np.array([(text == ",", text in _TURNS) for text in distinct])[form]
    after = _nearest("after", strengths, strong, signs, begins)
    names, which = _nearest("before", strengths, strong[::-1], signs[::-1], ends[::-1])
    return [after, (names, which[::-1])]


def _nearest(
    side: str, strengths: list[str], strong: Array, signs: Array, begins: Array
) -> tuple[list[str], Array]:
    """The last strong token before each one since the last that ``begins``: how far, and which ``signs``,
    commas and words such as "that", stand between.
    """
    here = np.arange(len(strong))
    last = np.roll(np.maximum.accumulate(np.where(strong > 0, here, -1)), 1)
    there = last >= np.maximum.accumulate(np.where(begins, here, 0))
    there[0] = False
    last = np.where(there, last, here)
    far = (here - last - 1 > _NEAR) * 1 + (here - last - 1 > _FAR)
    counts = np.cumsum(signs, axis=0)
    commas, turns = (np.roll(counts, 1, axis=0) - counts[last]).T
    code = (strong[last] * 3 + far) * 6 + np.minimum(commas, 2) * 2 + (turns > 0)
    values, which = _distinct(np.where(there, code, 0))
    return [_near(side, strengths[v // 18], v % 18) for v in values], which


@lru_cache(maxsize=1024)
def _near(side: str, last: str, place: int) -> str:
    if not last:
        return f"@{side} 0"
    far, between = "149"[place // 6], f"commas={place % 6 // 2} that={place % 2}"
    return TOGETHER.join([f"@{side} {last}", f"@{side} {last} {far}", f"@{side} {last} {between}"])


def steps(texts: list[str], opens: Array, quotes: Array) -> Shown:
    """What each token shows about the step from the token before it."""
    distinct, form = numbered(texts)
    listed, marks = numbered([_form(text).steps for text in distinct])
    values, here = _distinct(marks[form] * len(INSIDE) + quotes)
    shows = [[*listed[v // len(INSIDE)], INSIDE[v % len(INSIDE)]] for v in values]
    before = np.roll(here, 1)
    pairs, which = _distinct((before * len(shows) + here) * 2 + opens)
    kinds = [_step(v % 2, shows[v // 2 % len(shows)], shows[v // 2 // len(shows)]) for v in pairs]
    return Shown(kinds, which[:, None])


def _step(opens: int, here: list[str], before: list[str]) -> str:
    names = ["step", "opens"] if opens else ["step"]
    for side, marks in (("now", here), ("last", before)):
        names += [f"{side} {mark}" for mark in marks if mark]
    return TOGETHER.join(names)


def _part(row: list[str], known: Word | None) -> str:
    """A token's coarse part of speech: closed class, verb or noun with its form, suffix, mark or shape."""
    if known:
        for name in known.classes:
            if name.startswith("g-"):
                return name[2:6]
        if known.form != "other":
            listed = [name[:2] for name in known.classes if name[:2] in ("v-", "n-") and name != "v-plain"]
            return (listed[0] if listed else "pl") + known.form
    if row[0] in ("low", "mark"):
        return next((name for name in row if name.startswith(("m=", "a-", "p-", "-"))), row[0])
    return row[0]


def _word_attributes(text: str, lower: str, known: Word | None) -> list[str]:
    row = [_shape(text)]
    if known:
        row += known.classes
        row.append("form=" + known.form)
        if any(c.startswith(_NAMED) for c in known.classes):
            row.append("w=" + known.lemma)
        kinds = sorted({c[0] for c in known.classes})
        row += [f"{kind}:{known.form}" for kind in kinds]
    elif text[0].isalpha():
        suffix = _SUFFIX.fullmatch(lower)
        row += ["-" + (suffix[1] if suffix else ""), "unknown:" + row[0]]
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


def _strength(lower: str) -> str:
    """How surely a word reports: "say" for verbs of saying, "verb", "noun", "adjective", or ""."""
    known: Word | None = words().get(lower)
    if not known:
        return ""
    classes = [c for c in known.classes if c[0] in "vna" and c != "v-plain"]
    if not classes or known.classes[0].startswith("g-"):
        return "to" if lower in ("according", "per") else ""
    if any(c in _STRONG for c in classes):
        return "say-" + known.form
    return {"v": "verb-" + known.form, "n": "noun", "a": "adjective"}[classes[-1][0]]
