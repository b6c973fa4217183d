"""Where the sentences of one line begin: Punkt's answer, and what it is known to get wrong.

Every rule looks at no more than ``_REACH`` characters on either side of a place, so that a line of
any length costs time in proportion to its length. The rules are general facts of print (quotes,
ellipses, brackets, numbered items) and of mail and web pages (addresses, rules of signs, smileys);
they were written against the labelled data's training part and the Golden Rules.
"""

import re
from collections.abc import Iterator

from compare.text.abbreviations import EXCLAIMING, NUMBERED, TITLES
from compare.text.enumerations import items
from compare.text.punkt import breaks

_REACH = 80
_CLOSERS = "\"'”’)]}»"
_SMILEY = r"(?:[:;=][-o']?[)(DPp3|\]\[]+|<3|\^_\^)(?=\s|$)"

_AFTER_SMILEY = re.compile(rf"(?<=\s){_SMILEY}\s+(?=[^\s)])")
_AFTER_ADDRESS = re.compile(
    r"(?<!\S)(?:<?(?:https?://|www\.)\S{1,300}|<?[\w.+-]{1,64}@[\w.-]{1,64}\.\w+>?)\s+(?=[A-Z*-]|https?://|www\.)"
)
_STAMP = re.compile(r"(?<!\S)\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d\d(?::\d\d)? [AP]M\s+")
_RULE = re.compile(r"(?<!\S)([-=_*~#+])\1{2,}(?!\S)")
_GLUED = re.compile(r"(?<![\w.@/])[a-z'’]{2,30}(?:[?!]+|\.)(?=[A-Z][a-z'’]*(?:[\s,;]|$))")
_QUOTE_END = re.compile(r"[.!?…]['\"”’)]{1,3}\s+(?=[\"“‘'(\[]?[A-Z0-9])")
_SIGNED = re.compile(
    r"(?:^|(?<=[.!?)] ))(?:Many thanks|Thanks|Thank you|Thx|(?:(?:Best|Kind|Kindest|Warm) )?[Rr]egards|Sincerely"
    r"|Cheers|Best|Best wishes|(?:Dear|Hi|Hello|Hey) [A-Z]\w{1,30}),?\s+(?=[A-Z][a-z])"
)

_SPACED_DOTS = re.compile(r"(?<=[\w)])\.(?= \. \. \. [A-Z])")


def starts(line: str) -> list[int]:
    """Return the offsets in ``line`` (one line of text) where a further sentence begins, ascending."""
    kept = {cut for cut in {*breaks(line), *_added(line)} if not _joined(line, cut)}
    begins, inside = items(line)
    return sorted((kept - inside | begins) - {0})


def _added(line: str) -> Iterator[int]:
    for rule in (_AFTER_SMILEY, _AFTER_ADDRESS, _STAMP, _GLUED, _QUOTE_END, _SIGNED):
        yield from (m.end() for m in rule.finditer(line))
    yield from (m.start() for m in _STAMP.finditer(line))
    yield from (m.end() + 1 for m in _SPACED_DOTS.finditer(line))
    for m in _RULE.finditer(line):
        yield from m.span()


_ENDS_OPEN = re.compile(r"^\W*(?:At|By|On|Around|About|Until|Before|After|Since|From)\s+[\d:]+\s*[ap]\.m\.$", re.I)
_CONTINUES = re.compile(r"[,;:)\]}”’»%]|[.!?…]|--?\s")
_INNER_DOTS = re.compile(r"(?:\.\s){1,3}\.$")


def _joined(line: str, cut: int) -> bool:
    """Whether Punkt's break before ``cut`` falls inside a sentence."""
    before = line[max(0, cut - _REACH) : cut].rstrip()
    after = line[cut : cut + _REACH].lstrip()
    if not before or not after:
        return True
    return any(rule(before, after) for rule in (_goes_on, _quoted, _abbreviated, _dotted, _timed))


def _goes_on(before: str, after: str) -> bool:
    """A closing mark, a further full stop or a smiley belongs to what it follows."""
    return bool(re.match(rf"[,;)\]}}”»]|[.!?…]|{_SMILEY}", after)) and not before.endswith("\n")


def _quoted(before: str, after: str) -> bool:
    """'"This is great." she said': small letters after a closing quote or bracket go on."""
    return before[-1] in _CLOSERS and after[:1].islower()


def _abbreviated(before: str, after: str) -> bool:
    word = before.split()[-1].lstrip("\"'“‘([").lower()
    if word.rstrip("!?") in EXCLAIMING and word[-1] in "!?":
        return after[:1].islower()
    if not word.endswith("."):
        return False
    stem = word[:-1].split("-")[-1]
    return (stem in TITLES and after[:1].isupper()) or (stem in NUMBERED and after[:1].isdigit())


def _dotted(before: str, after: str) -> bool:
    """An ellipsis before a small letter is a pause."""
    return (before.endswith(("..", "…")) or bool(_INNER_DOTS.search(before))) and after[:1].islower()


def _timed(before: str, after: str) -> bool:
    return len(before) < 30 and bool(_ENDS_OPEN.match(before))
