"""Where the sentences of one line begin: Punkt's answer, and what it is known to get wrong.

Every rule looks at no more than ``_REACH`` characters on either side of a place, so that a line of
any length costs time in proportion to its length. The rules are general facts of print (quotes,
ellipses, brackets, numbered items) and of mail and web pages (addresses, rules of signs, smileys).
They were written with one part of the labelled web text and the Golden Rules in view, so figures on
those two flatter them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from compare.text.abbreviations import exclaiming, introducing, numbered, starters, titles
from compare.text.enumerations import items
from compare.text.punkt import breaks

_REACH = 80
_CLOSERS = "\"'”’)]}»"
_SMILEY = r"(?:[:;=][-o']?[)(DPp3|\]\[]+|<3|\^_\^)(?=\s|$)"

_FRESH = (
    "It|They|We|You|If|This|He|She|There|These|When|Please|That|Then|But|And|So|Also|Not|My|Your|Our|Their"
)

_GREETINGS = ("Dear ", "Hi ", "Hello ", "Hey ")

# Rules that hold only behind a mark that may end a sentence, where something follows
_AFTER_STOPS = (
    # a time of day before a person with a title
    r"\b[APap]\.[Mm]\.\s+(?=(?:Mr|Mrs|Ms|Dr)\. [A-Z])",
    # no space where there should be one
    r"(?<![\w.@/])[a-z'’]{2,30}(?:[?!]+|\.)(?=[A-Z][a-z'’]*(?:[\s,;]|$))",
    r"(?<![\w./=])[a-z'’]{2,30}[?!]+(?=[a-z]{2,30}\b(?![=/]))",
    r"(?<=\w)\.{3,9}(?=[A-Z])",
    # a closing quote or bracket after the full stop; a bracket that stands between sentences
    r"[.!?…]['\"”’)]{1,3}\s+(?=[\"“‘'(\[]?[A-Z0-9])",
    r"[.!?]['\"”]?\s\([^()]{1,60}\)\s+(?=[\"“]?[A-Z])",
    r"(?<=\w)\s?(?:\.{2,9}|…)\s+(?=[A-Z])",
    r"[.!?][\"”](?=[\"“][A-Z])",
    # names of files, listed
    r"\.(?:docx?|pdf|xlsx?|txt|html?|jpe?g|gif|pptx?) (?=- )",
)
# Rules of other places; each with what a line has wherever it holds, since most lines have nothing of it
_AFTER = (
    # a smiley; the sentence it belongs to is over
    (rf"(?<=\s){_SMILEY}\s+(?=[^\s)])", (":", ";", "=", "<3", "^_^")),
    # an address of a page or of a person, before a capital or a further address
    (
        r"(?<!\S)(?:<?(?:https?://|www\.)\S{1,300}|<?[\w.+-]{1,64}@[\w.-]{1,64}\.\w{2,9}>?)\s+"
        r"(?=[A-Z]|https?://|www\.)",
        ("://", "www.", "@"),
    ),
    (r"(?<=[\w ])[>\]]{1,2}\s+(?=\(?[A-Z])", (">", "]")),
    # the stamp that mail programs set over a forwarded letter
    (r"(?<!\S)\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d\d(?::\d\d)? [AP]M\s+", ("/",)),
    # openings and closings of letters
    (
        r"(?:(?<=[.!?)] )(?:Many thanks|Thanks|Thank you|Thx)|(?:(?:Best|Kind|Kindest|Warm) )?[Rr]egards,?"
        r"|Sincerely,?|Cheers,|Thanks,|Best wishes,|(?:Dear|Hi|Hello|Hey) [A-Z]\w{1,30},)\s+(?=[A-Z][a-z])",
        ("hanks", "Thank", "Thx", "egards", "Sincerely", "Cheers", "wishes", *_GREETINGS),
    ),
    # a capitalised pronoun that nothing but a new sentence explains
    (rf"(?<=[a-z0-9)]) (?=(?:{_FRESH}) [a-z])", (" ",)),
)
_BEFORE = (r"(?<! on)(?<! at)\s+\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d\d(?::\d\d)? [AP]M\b",)
_STOPS = tuple(re.compile(rule) for rule in _AFTER_STOPS)
_ENDS = tuple((re.compile(rule), needed) for rule, needed in _AFTER)
_BEGINS = tuple(re.compile(rule) for rule in _BEFORE)
_END = re.compile(r"[.?!]")
_STOP = re.compile(r"[.?!…]")
_ITEM = re.compile(r"[.)•⁃‣◦▪]")
_RULED = tuple(4 * mark for mark in "-=_*~#+")
_RULE = re.compile(r"(?<!\S)([-=_*~#+])\1{3,}(?!\S)|([-=_*~#+])\2{3,}\s+(?=[A-Z])")
_SIGNATURE = re.compile(r"^--\s+(?=\w)")
_SPACED_DOTS = re.compile(r"(?<=[\w)])\.(?= \. \. \. [A-Z])")


# Several rooms split the same articles; the lines of a large story fit.
@lru_cache(maxsize=4096)
def starts(line: str) -> tuple[int, ...]:
    """Return the offsets in ``line`` (one line of text) where a further sentence begins, ascending."""
    # Punkt lets no sentence begin but after one of these
    inner = line.rstrip()[:-1]
    broken = breaks(line) if _END.search(inner) else []
    kept = {cut for cut in {*broken, *_added(line, inner)} if not _joined(line, cut)}
    begins, inside = items(line) if _ITEM.search(inner) else (set(), set())
    for m in _SPACED_DOTS.finditer(line):
        begins.add(m.end() + 1)
        inside.add(m.end() + 7)
    return tuple(sorted((kept - inside | begins) - {0}))


def _added(line: str, inner: str) -> Iterator[int]:
    for rule in _STOPS if _STOP.search(inner) else ():
        yield from (m.end() for m in rule.finditer(line))
    for rule, needed in _ENDS:
        if any(part in line for part in needed):
            yield from (m.end() for m in rule.finditer(line))
    for rule in _BEGINS if "/" in line else ():
        yield from (m.start() for m in rule.finditer(line))
    for m in _RULE.finditer(line) if any(rule in line for rule in _RULED) else ():
        yield from m.span()
    yield from (m.end() for m in _SIGNATURE.finditer(line))


_OPENING_TIME = re.compile(
    r"\W*(?:At|By|On|Around|About|Until|Before|After|Since|From)\s+[\d:]+\s*[ap]\.m\.$", re.I
)
_CARRIED = re.compile(rf"[,;)\]}}”»]|[.!?…]|{_SMILEY}")
_DOTS = re.compile(r"(?:\.\.|…|\.\s\.)$")
_THREE_SPACED = re.compile(r"(?<!\.)(?<!\w\.) \. \. \.$")
_INITIALS = re.compile(r"(?![AP]\.M)(?:[A-Z]\.){2,}$")


def _joined(line: str, cut: int) -> bool:
    """Whether the break before ``cut`` would fall inside a sentence."""
    before = line[max(0, cut - _REACH) : cut].rstrip()
    after = line[cut : cut + _REACH].lstrip()
    if not before or not after:
        return True
    return bool(_CARRIED.match(after)) or any(
        rule(before, after) for rule in (_quoted, _shortened, _paused, _timed)
    )


def _quoted(before: str, after: str) -> bool:
    """'"This is great." she said': small letters after a closing quote or bracket go on."""
    return before[-1] in _CLOSERS and after[0].islower()


def _shortened(before: str, after: str) -> bool:
    """An abbreviation, a name's initials, or a name with an exclamation mark of its own."""
    word = before.rsplit(maxsplit=1)[-1].lstrip("\"'“‘([")
    stem = word.rstrip(".!?").lower().split("-")[-1]
    opener = after.split(maxsplit=1)[0].strip("\"'“”‘’,")
    fresh = opener[:1].isupper() and opener.lower() in starters()
    if stem in exclaiming() and word.endswith("!"):
        return not fresh
    if not word.endswith("."):
        return False
    if _INITIALS.match(word) and after[0].isalpha() and not fresh:
        return True
    if stem in introducing() or (stem in titles() and after[0].isupper()):
        return True
    return stem in numbered() and after[0].isdigit()


def _paused(before: str, after: str) -> bool:
    """An ellipsis before a small letter is a pause; before "I", which is never small, one of spaced stops."""
    if re.match(r"I\b", after):
        return bool(_THREE_SPACED.search(before))
    return bool(_DOTS.search(before)) and after[0].islower()


def _timed(before: str, after: str) -> bool:
    """'At 5 a.m. Mr. Smith': a time that opens the sentence does not end it."""
    return len(before) < 30 and bool(_OPENING_TIME.match(before))
