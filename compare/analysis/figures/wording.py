"""How a difference in figures is said in one sentence that an editor could print."""

import re
from collections.abc import Sequence
from itertools import takewhile

from compare.analysis.figures.facts import Fact, of_people
from compare.text.lexicons import words
from compare.text.moments import WEEKDAYS

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
_AFTER = re.compile(r"(?:\s(?:(?:[A-Z]\.){2,}|[\w’'-]+)){1,5}")
_TOKEN, _LEFT = re.compile(r"\s*\S+"), re.compile(r"\S+\s*")
_OF_DAY = re.compile(r"\s(?:in the (?:morning|afternoon|evening)|at night)\b")
_STOP = re.compile(r"(?<=[ap]m)\.$", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?|the)\s$", re.IGNORECASE)
_COUNTING = re.compile(r"(?:half|dozen|score|hundred|thousand|million|billion)s?\b", re.IGNORECASE)
_NEAR = 3
_AFTER_GROUP = frozenset(
    {"last", "next", "every", "all", "then", "also", "now", "yesterday", "today", "tomorrow"}
)


def head(fact: Fact) -> str:
    """Return what the figure is a figure of: "People injured", "The number of cables"."""
    if of_people(fact) and fact.topic[2] in _HEADS:
        return _HEADS[fact.topic[2]]
    if fact.quantity.kind == "count":
        return f"The number of {_plural(fact)}"
    measure = _MEASURE.match(fact.passage.text, fact.quantity.span.end)
    if measure:
        return "The volume" if measure.group(1) == "cubic" else "The area"
    return _KINDS.get(fact.quantity.kind, "The figure")


def phrase(fact: Fact) -> str:
    """Return the figure in quotation marks, with a few words of its sentence where it is bare."""
    return f"“{''.join(_parts(fact)).strip()}”"


def phrases(same: Sequence[Fact]) -> list[tuple[list[Fact], str]]:
    """Facts of one value with what is quoted of them, in order: one quotation of those that write the figure
    alike, of no more than the words that stand around it in each of them. Where all set a limit to an amount,
    only those with the same limit are quoted together.
    """
    written: dict[str, list[Fact]] = {}
    for fact in same:
        limit = _limits(fact) if all(map(_limits, same)) else ""
        written.setdefault(limit + _STOP.sub("", _parts(fact)[1]), []).append(fact)
    return [(group, _shared([_parts(fact) for fact in group])) for group in written.values()]


def _limits(fact: Fact) -> str:
    """The words before an amount or a count that make it a limit or a round one: "at least "."""
    if isinstance(fact.quantity.value, str):
        return ""
    match = _LIMIT.search(fact.passage.text[: fact.quantity.span.begin])
    return match.group() if match else ""


def _shared(parts: list[tuple[str, str, str]]) -> str:
    """What all have of the words before and after one figure; after it, up to a link between words."""
    if len(set(parts)) == 1:
        return f"“{''.join(parts[0]).strip()}”"
    before = _common([_LEFT.findall(left)[::-1] for left, _, _ in parts])[::-1]
    after = _common([_TOKEN.findall(right) for _, _, right in parts])
    if any(len(_TOKEN.findall(right)) > len(after) for _, _, right in parts):
        links = [n for n, word in enumerate(after) if word.strip().lower() in words("units", "closed")]
        after = after[: links[-1]] if links else []
    figure = _STOP.sub("", parts[0][1])
    limited = "".join(before) if _LIMIT.search("".join(before)) else _kept_words("".join(before))
    return f"“{limited.lstrip()}{figure}{_whole(''.join(after))}”"


def _common(lists: list[list[str]]) -> list[str]:
    """The words with which all lists begin."""
    same = takewhile(lambda at: len(set(at)) == 1, zip(*lists, strict=False))
    return [at[0] for at in same]


def _parts(fact: Fact) -> tuple[str, str, str]:
    """What is quoted before the figure, the figure as written, and what is quoted after it."""
    text, span = fact.passage.text, fact.quantity.span
    if fact.quantity.value == 0:
        return "", text[span.begin : span.end], ""
    limit = _LIMIT.search(text[: span.begin]) or _UNTIL.search(text[: span.begin])
    begin, end = (limit.start() if limit else span.begin), span.end
    if fact.quantity.kind == "count":
        end += _noun_end(text[end:], fact.quantity.noun)
    elif fact.quantity.kind in ("time", "date"):
        begin -= len(_LEADING_NAMES.sub("", _leading(text[:begin])))
        day = _OF_DAY.match(text, end)
        end = day.end() if day else end
    elif fact.quantity.kind != "weekday":
        end += len(_following(text[end:]))
        if end == span.end:
            begin -= len(_leading(text[:begin]))
    return text[begin : span.begin], text[span.begin : span.end], text[span.end : end]


def _leading(before: str) -> str:
    """At most three words before a figure, from where a group begins; none of the figure's own."""
    if _ARTICLE.search(before):
        return ""
    match = _BEFORE.search(before)
    kept = _kept_words(match.group() if match else "").lstrip()
    while kept and (_COUNTING.match(kept) or not _begins_group(before[: len(before) - len(kept)])):
        kept = _kept_words(kept.partition(" ")[2]).lstrip()
    return kept


def _begins_group(before: str) -> bool:
    """Whether a group of words may begin here: after a link, a sign, or nothing."""
    last = before.split()[-1:]
    return not last or not last[0][-1].isalnum() or last[0].lower() in words("units", "closed") | _OWNER


def _kept_words(found: str) -> str:
    """The words before a figure, from the first that is no mere link on."""
    while found.split() and (
        found.split(maxsplit=1)[0].lower() in words("units", "closed") or found.lstrip()[0].isdigit()
    ):
        found = found.lstrip().partition(" ")[2]
    return found


def _following(after: str) -> str:
    """Words after a figure up to where a group of words ends: at most three if one ends there, else five."""
    found = _AFTER.match(after)
    ends = [m.end() for m in _TOKEN.finditer(after, 0, found.end())] if found else []
    cuts = [end for end in ends if _ends_group(after, end)]
    near = [end for end in cuts if end <= ends[_NEAR - 1 : _NEAR][0]] if len(ends) >= _NEAR else cuts
    cut = near[-1] if near else cuts[0] if cuts else 0
    return re.sub(r"[’']s$", "", after[:cut])


def _ends_group(after: str, end: int) -> bool:
    """Whether a group of words ends here: no link stands last, and none that may be its noun comes next."""
    if _whole(after[:end]) != after[:end]:
        return False
    following = re.match(r"\s([\w’'-]+)", after[end:])
    word = following.group(1).lower() if following else ""
    return not word or word in words("units", "closed") or word in _AFTER_GROUP or word in WEEKDAYS


def _whole(found: str) -> str:
    """The words after a figure, without a mere link at their end."""
    while found.split() and found.rsplit(maxsplit=1)[-1].lower() in words("units", "closed") | _OWNER:
        found = found.rstrip().rpartition(" ")[0]
    return found


def have(outlets: Sequence[str]) -> str:
    """Return the verb that goes with the outlets named before it."""
    return "has" if len(outlets) == 1 else "have"


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
