"""The figures of an outlet, each with what it is a figure of."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from compare.model import Alignment, Passage, Span
from compare.text.lexicons import load, words
from compare.text.quantities import Quantity, quantities
from compare.text.spelling import fold

Topic = tuple[str, ...]

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
LARGEST_GAP = 2  # characters between two sentences
_AROUND = 10
_CLOSE = 4
_REACH = 45
_SUBJECT = re.compile(
    r"[;:]\s|—|\s[–-]\s|\.\s|\s(?:after|when|as|because|while|and|but|before|since|saying|said)\s"
)
_NAME = re.compile(r"[A-Z][\w’'-]+")
_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|while|but|with|as)\s|\s(?:and|while|but|with)\s|—|\s–\s|\.\s")
_SAID = re.compile(
    r"\b(?:said|says|told|tells|added|announced|tweeted|wrote|reported|confirmed|statement|interview|according)\b"
    r"[^.,;]{0,40}$"
)
_RANGE_BEFORE = re.compile(
    r"\d\sin\s$|\bone (?:in|of) (?:every )?$|\bout of (?:the |all )?$"
    r"|\b(?:between|from)\s\S{1,12}(?:\s\w{1,10})?\s(?:and|to)\s$"
    r"|(?:\d|%|percent|per cent)\s?(?:to|or|-|–)\s$"
    r"|\b(?:city|town|country|nation|population|island|village)\sof\s(?:\w+\s){0,2}$"
)
_RANGE_AFTER = re.compile(r"(?:\s\w{1,8})?\s?(?:to|or|-|–)\s?[$£€]?\d|(?:\s\w{1,8})?\s(?:and)\s[$£€]?\d")
_MORE = re.compile(
    r"\s(?:more|additional|extra|new|further|of the|of them|of those)\b|\s[\w-]+\s(?:\w+\s)?(?:more)\b"
    r"|\s[\w-]+\s(?:sooner|later|earlier|longer|shorter|higher|lower|fewer|less|ahead|behind|apart|away)\b"
)
_RATE = re.compile(
    r"(?:\s[\w-]+){0,2}\s(?:a|per|each|every|in (?:a|one|a single)|in (?:the last )?24)"
    r"[\s-](?:day|week|month|year|hour|season|person|head)s?\b"
)
_LOST = re.compile(r"\b(?:lost|lose|claim(?:ed|s|ing)?|cost|took|taken)\b")
_PARENTHESIS = re.compile(r"\(\s?(?:about |around |roughly |some |US)?$")


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity of one passage. ``span`` is in body offsets; ``near`` holds the folded words around
    it and ``close`` those within four words; ``topic`` is equal for quantities of the same kind of
    thing, with "" last where the text does not say of what. ``row`` is the row of the table.
    """

    outlet: str
    passage: Passage
    quantity: Quantity
    span: Span
    topic: Topic
    near: frozenset[str]
    close: frozenset[str]
    day: dt.date | None
    row: int
    firm: bool
    subject: frozenset[str]


def facts(alignment: Alignment) -> list[Fact]:
    """Return the facts of all outlets, in the order of the table."""
    days = {article.id: article.published for article in alignment.story.articles}
    return [
        fact
        for number, row in enumerate(alignment.rows)
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
        for passage in cell.passages
        for fact in _of_passage(passage, outlet, days.get(passage.article), number)
    ]


def _of_passage(passage: Passage, outlet: str, day: dt.date | None, row: int) -> list[Fact]:
    return [
        of_quantity(passage, outlet, day, row, quantity, _topic(passage.text, quantity))
        for quantity in quantities(passage.text, day)
    ]


def of_people(fact: Fact) -> bool:
    """Whether people are counted; ``topic[2]`` is then their plight, or whom a text calls them, or ""."""
    return fact.topic[:2] == ("count", "people")


def is_vague(fact: Fact) -> bool:
    """Whether a figure is an order and no count: dozens, hundreds, about a million."""
    quantity = fact.quantity
    return (
        not isinstance(quantity.value, str)
        and quantity.approximate
        and quantity.step >= float(quantity.value)
    )


def noun_words(fact: Fact) -> frozenset[str]:
    """The folded beginnings of what is counted, one and several, as they stand in ``near``."""
    noun = fact.quantity.noun
    return frozenset((fold(noun)[:5], fold(noun + "s")[:5]))


def goes_on(told: Fact, other: Fact) -> bool:
    """Whether a figure stands in the passage of another, or in the sentence right after it."""
    first, then = told.passage, other.passage
    after = then.span.begin - first.span.end
    return (
        told.outlet == other.outlet
        and first.article == then.article
        and (first == then or 0 <= after <= LARGEST_GAP)
    )


def likeness(a: Fact, b: Fact) -> float:
    """Shared words around two figures as a part of the fewer, in [0, 1]."""
    return len(a.near & b.near) / max(1, min(len(a.near), len(b.near)))


def of_quantity(  # noqa: PLR0913, PLR0917 - what a fact is made of
    passage: Passage, outlet: str, day: dt.date | None, row: int, quantity: Quantity, topic: Topic
) -> Fact:
    """One quantity of a passage as a fact of ``topic``."""
    text, begin = passage.text, passage.span.begin
    before, after = _beside(text, quantity)
    return Fact(
        outlet,
        passage,
        quantity,
        Span(begin + quantity.span.begin, begin + quantity.span.end),
        topic,
        content((*before, *after)),
        content((*before[-_CLOSE:], *after[:_CLOSE])),
        day,
        row,
        _firm(text, quantity),
        _subject(text, quantity),
    )


def _firm(text: str, quantity: Quantity) -> bool:
    """Neither one end of a range, nor converted in brackets, nor a part, an addition or a rate."""
    before, after = text[max(0, quantity.span.begin - 40) : quantity.span.begin], text[quantity.span.end :]
    if before.rstrip().endswith("/") or (quantity.kind == "money" and after[:1].isalpha()):
        return False
    return not (
        _RANGE_BEFORE.search(before)
        or _RANGE_AFTER.match(after)
        or _MORE.match(after)
        or (quantity.kind in ("count", "money") and _RATE.match(after))
        or _PARENTHESIS.search(before)
    )


def _topic(text: str, quantity: Quantity) -> Topic:
    if quantity.kind in ("weekday", "date"):
        return ("day", "said" if _SAID.search(text[: quantity.span.begin]) else "")
    if quantity.noun == "life" and _LOST.search(text):
        return ("count", "people", "killed")
    people = words("people", "nouns")
    if quantity.kind == "count" and quantity.noun in people:
        state = _state(text, quantity)
        return ("count", "people", state or (quantity.noun if quantity.noun != "people" else ""))
    return (quantity.kind, quantity.unit if quantity.kind != "time" else "", quantity.noun)


def _state(text: str, quantity: Quantity) -> str:
    """What happened to the people counted: the nearest word for it in the same clause."""
    states = load("people")["states"]
    for state, listed in states.items():
        if quantity.noun == state or quantity.noun in listed.split():
            return str(state)
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, quantity.span.begin)), default=0)
    stop = _CLAUSE.search(text, quantity.span.end)
    found = [
        (min(abs(m.start() - quantity.span.end), abs(quantity.span.begin - m.end())), state)
        for m in _WORD.finditer(text, begin, stop.start() if stop else len(text))
        for state in _states().get(m.group().lower(), ())
    ]
    near = [entry for entry in found if entry[0] <= _REACH]
    return str(min(near)[1] if near else load("people")["callings"].get(quantity.noun, ""))


@cache
def _states() -> dict[str, list[str]]:
    """The states that a word tells of."""
    found: dict[str, list[str]] = {}
    for state, listed in load("people")["states"].items():
        for word in dict.fromkeys(listed.split()):
            found.setdefault(word, []).append(state)
    return found


def _subject(text: str, quantity: Quantity) -> frozenset[str]:
    """Folded beginnings of the names around the quantity in its clause: whose figure it is."""
    begin = max((m.end() for m in _SUBJECT.finditer(text, 0, quantity.span.begin)), default=0)
    stop = _SUBJECT.search(text, quantity.span.end)
    end = min(stop.start() if stop else len(text), quantity.span.end + 40)
    before = _NAME.findall(text, begin, quantity.span.begin)
    return content((*before, *_NAME.findall(text, quantity.span.end, end)))


def _beside(text: str, quantity: Quantity) -> tuple[list[str], list[str]]:
    """The words before and after a quantity, ``_AROUND`` of each."""
    before = _WORD.findall(text, 0, quantity.span.begin)[-_AROUND:]
    return before, [m.group() for m in islice(_WORD.finditer(text, quantity.span.end), _AROUND)]


def content(found: tuple[str, ...]) -> frozenset[str]:
    """Return folded beginnings of the words that carry meaning."""
    return frozenset(filter(None, map(_beginning, found)))


@lru_cache(maxsize=16_384)
def _beginning(word: str) -> str:
    return fold(word)[:5] if len(word) > 2 and word.lower() not in words("openers", "words") else ""


@lru_cache(maxsize=4096)
def sentence_words(text: str) -> frozenset[str]:
    """Return folded beginnings of all words of ``text`` that carry meaning."""
    return content(tuple(m.group() for m in _WORD.finditer(text)))
