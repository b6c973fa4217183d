"""How a difference in figures is said in one sentence that an editor could print."""

import re

from compare.analysis.figures.facts import Fact
from compare.text.lexicons import words

_HEADS = {
    "killed": "People killed",
    "injured": "People injured",
    "missing": "People missing",
    "arrested": "People arrested",
    "displaced": "People displaced or evacuated",
    "rescued": "People rescued",
    "aboard": "People aboard",
    "marched": "Size of the march",
    "dismissed": "Jobs lost",
    "infected": "People infected",
}
_KINDS = {
    "money": "The amount",
    "percent": "The share",
    "duration": "The length of time",
    "length": "The distance",
    "weight": "The weight",
    "time": "The hour",
    "date": "The date",
    "weekday": "The day",
}
_LIMIT = re.compile(
    r"\b(?:more than|less than|fewer than|over|under|at least|about|around|some|nearly|almost|up to"
    r"|as many as|roughly|approximately|an estimated|close to|all)\s$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|through)\s$", re.IGNORECASE)
_MEASURE = re.compile(r"[\s-](cubic|square)\b")
_BEFORE = re.compile(r"(?:[\w’'-]+\s){1,3}$")
_LEADING_NAMES = re.compile(r"^(?:[A-Z][\w’'-]*\s)+")
_OWNER = frozenset({"his", "her", "its", "their", "our", "my", "your"})
_AFTER = re.compile(r"(?:\s(?:(?:[A-Z]\.){2,}|[\w’'-]+)){1,3}")
_NAME_ON = re.compile(r"(?:\s[A-Z][\w’'-]+)+")


def head(fact: Fact) -> str:
    """Return what the figure is a figure of: "People injured", "The number of cables"."""
    if fact.topic[:2] == ("count", "people") and fact.topic[2] in _HEADS:
        return _HEADS[fact.topic[2]]
    if fact.quantity.kind == "count":
        return f"The number of {_plural(fact)}"
    measure = _MEASURE.match(fact.passage.text, fact.quantity.span.end)
    if measure:
        return "The volume" if measure.group(1) == "cubic" else "The area"
    return _KINDS.get(fact.quantity.kind, "The figure")


def phrase(fact: Fact) -> str:
    """Return the figure in quotation marks, with a few words of its sentence where it is bare."""
    text, span = fact.passage.text, fact.quantity.span
    if fact.quantity.value == 0:
        return f"“{text[span.begin : span.end]}”"
    limit = _LIMIT.search(text[: span.begin]) or _UNTIL.search(text[: span.begin])
    begin, end = (limit.start() if limit else span.begin), span.end
    if fact.quantity.kind == "count":
        end += _noun_end(text[end:], fact.quantity.noun)
    elif fact.quantity.kind in ("time", "date"):
        begin -= len(_LEADING_NAMES.sub("", _kept(_BEFORE.search(text[:begin])).lstrip()))
    elif fact.quantity.kind != "weekday":
        end += len(_whole(_following(text[end:])))
        if end == span.end:
            begin -= len(_kept(_BEFORE.search(text[:begin])).lstrip())
    return f"“{text[begin:end].strip()}”"


def _kept(match: re.Match[str] | None) -> str:
    """The words before a figure, from the first that is no mere link on."""
    found = match.group() if match else ""
    while found.split() and (
        found.split()[0].lower() in words("units", "closed") or found.lstrip()[0].isdigit()
    ):
        found = found.lstrip().partition(" ")[2]
    return found


def _following(after: str) -> str:
    """Up to three words after a figure, and the rest of a name that they break off in."""
    match = _AFTER.match(after)
    found = match.group() if match else ""
    more = _NAME_ON.match(after, len(found)) if found and found.split()[-1][0].isupper() else None
    return re.sub(r"[’']s$", "", found + (more.group() if more else ""))


def _whole(found: str) -> str:
    """The words after a figure, without a mere link at their end."""
    while found.split() and found.rsplit(maxsplit=1)[-1].lower() in words("units", "closed") | _OWNER:
        found = found.rstrip().rpartition(" ")[0]
    return found


def joined(outlets: list[str]) -> str:
    """Return "A", "A and B", "A, B and C"."""
    return outlets[0] if len(outlets) == 1 else f"{', '.join(outlets[:-1])} and {outlets[-1]}"


def _noun_end(after: str, noun: str) -> int:
    """Up to the end of the counted noun, at most four words on."""
    found = list(re.finditer(r"[\s-]([\w’'-]+)", after))[:4]
    match = next((m for m in found if m.group(1).lower().startswith(noun[:4])), None)
    return match.end() if match else (found[0].end() if found else 0)


def _plural(fact: Fact) -> str:
    noun = fact.quantity.noun
    after = fact.passage.text[fact.quantity.span.end :]
    found = re.search(rf"\b{re.escape(noun[:4])}[\w’'-]*", after, re.IGNORECASE)
    return found.group() if found and not after.startswith("-") else f"{noun}s"
