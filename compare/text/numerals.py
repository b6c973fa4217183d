"""Numbers in figures and in words: 1,250 · 1.2bn · two hundred and fifty · half a million · dozens of."""

import re
from dataclasses import dataclass

from compare.model import Span

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: n for n, word in enumerate(_UNITS.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {
    "k": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "t": 1e12,
    "tn": 1e12,
}
_FRACTIONS = {"1/2": 0.5, "½": 0.5, "1/4": 0.25, "¼": 0.25, "3/4": 0.75, "¾": 0.75}
_VAGUE = {
    "tens": 20.0,
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
}

_SMALL_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_SCALE_WORD = "|".join(_SCALES)
_PART = rf"(?:{_SMALL_WORD}|{_SCALE_WORD})"
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\sand\s"
NUMBER = re.compile(
    rf"""
    (?<![\w.,:/#])(?<!\w[-–])(?P<figures>(?>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?))
        (?![-–/:]\d|-to-|s\b|st\b|nd\b|rd\b|th\b)
        (?P<fraction>\s1/2|\s?½|\s1/4|\s?¼|\s3/4|\s?¾)?
        (?:[\s\u00a0-]?(?P<scale>(?i:{_SCALE_WORD}|bn|mn|mln|tn|mm)\b|(?<=\d)[mkMKBT]\b(?!\.\w)))?
    | (?<![\w-])(?P<half>(?i:half\sa)\s(?P<half_scale>(?i:{_SCALE_WORD})))\b
    | (?<![\w-])(?P<single>(?i:an?|several|a\sfew)\s(?P<single_scale>(?i:{_SCALE_WORD}))s?
        (?:\s(?P<upper_scale>(?i:{_SCALE_WORD})))?)\b
    | (?<![\w-])(?P<vague>(?i:{"|".join(_VAGUE)})(?:\sof\s(?i:{"|".join(_VAGUE)}))?)(?=\sof\b|\smore\b)
    | (?<![\w-])(?P<words>(?i:{_PART})(?:(?:-|\s|{_AND})(?i:{_PART})){{0,8}})\b
        (?!-?(?:third|quarter|fifth|half))
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its value, the step to which it is written (1.2bn: 0.1bn), whether vague."""

    span: Span
    value: float
    step: float
    vague: bool = False


def numbers(text: str) -> list[Number]:
    """Return the numbers of ``text`` in reading order; parts of words and of codes are none."""
    return [number for m in NUMBER.finditer(text) for number in _number(m)]


def _number(match: re.Match[str]) -> list[Number]:
    span = Span(*match.span())
    if match["figures"]:
        scale = _scale(match["scale"])
        digits = match["figures"].replace(",", "")
        part = _FRACTIONS.get((match["fraction"] or "").strip(), 0.0)
        step = 0.25 if part else _step(digits)
        return [Number(span, (float(digits) + part) * scale, step * scale)]
    if match["half"]:
        value = _SCALES[match["half_scale"].lower()] / 2
        return [Number(span, value, value / 5)]
    if match["single"]:
        value = _SCALES[match["single_scale"].lower()] * _SCALES.get(
            (match["upper_scale"] or "").lower(), 1.0
        )
        vague = match["single"].lower().startswith(("several", "a few"))
        return [Number(span, value * (3 if vague else 1), value, vague)]
    if match["vague"]:
        value = 1.0
        for word in match["vague"].lower().replace(" of ", " ").split():
            value *= _VAGUE[word]
        return [Number(span, value, value, vague=True)]
    value = _worded(match["words"])
    return [Number(span, value, _step(f"{value:.0f}") if value >= 100 else 1.0)]


def _scale(word: str | None) -> float:
    low = (word or "").lower()
    return _SCALES.get(low) or _SHORT_SCALES.get(low) or 1.0


def _step(digits: str) -> float:
    """The place of the last digit that is not a filling zero: 1500 is written to the hundred."""
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10 ** -len(decimals))
    kept = whole.rstrip("0")
    return float(10 ** (len(whole) - len(kept))) if kept else 1.0


def _worded(phrase: str) -> float:
    """Read words: "two hundred and fifty thousand" is 250,000."""
    total = group = 0.0
    for word in re.split(r"[-\s]+", phrase.lower()):
        if word in _SMALL:
            group += _SMALL[word]
        elif word in ("hundred", "dozen"):
            group = (group or 1) * _SCALES[word]
        elif word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group = 0.0
    return total + group
