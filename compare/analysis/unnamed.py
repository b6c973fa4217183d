"""People and clock times of one outlet's passage that stand nowhere in another outlet's text.

Weaker than a missing fact, and surer: the fact may be reported there, but the name or the hour is not.
It is read off the words themselves: a name counts as given where its last word stands, in any spelling
or one much like it, or where another part of it stands alone ("Kim said" names Kim Jong-un).
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from compare.analysis.coverage import is_claimed
from compare.model import Alignment, Article, Cell, Evidence, Finding, Passage, Row, Span
from compare.text.citing import LONGEST, cited, listed
from compare.text.lexicons import words as lexicon
from compare.text.names import Name, fold, names
from compare.text.phrases import is_group, is_role, places
from compare.text.quantities import Quantity, quantities

# The share that a reader upheld, of a sample on real articles: docs/reliability.md.
CONFIDENCE = 0.93
LONGEST_NAME = 4
LIKE = 0.8
SOON = 30
RUNNING_WORDS = 4
# "Midnight rules" are no hour, and "2045 GMT" is one.
_AS_HOUR = re.compile(
    r"(?:\b(?:at|by|until|till|from|around|about|before|after|since|to|past|just|nearly)\s+)$"
)
_CLOCK = re.compile(
    r"[ap]\.?\s?m\b|\b(?:o['’]clock|GMT|UTC|E[SD]?T|P[SD]?T|local|hours|hrs|morning|afternoon|evening|night|on)\b",
    re.IGNORECASE,
)
_ZONED = re.compile(r"\b([01]\d|2[0-3]):?([0-5]\d)\s?(?:GMT|UTC|BST|CET|hours|hrs|h)\b")
# "At 9.40 on Tuesday night" may be either half of the day.
_UNMARKED = re.compile(r"([1-9]\d?)[.:]([0-5]\d)\b(?![.,:]?\d|%)")
_IN_NUMBER = frozenset("0123456789.,:$£€")
_ZONE = re.compile(r"(?:\d|m\.?)\s(?:GMT|UTC|BST|CES?T|IST|[ECMP][SD]?T|local time)\b")
_WORD = re.compile(r"[^\W\d_][\w’'‑-]*")
_CAPITAL = r"[^\W\d_a-z][\w’'‑-]*"
_ALONE = re.compile(rf"(?<![\w’'-])(?<![A-Z][a-z] )({_CAPITAL})(?!\w)(?!\.?[ ‑-][A-Z])")
# Two words with capitals and at most two between: less is nobody's first and last name.
_FULL_NAME = re.compile(r"(?<![^\W_])[^\W\d_a-z]\S{0,80}(?:\s+\S{1,80}){0,2}\s+[^\W\d_a-z]")
_CREDIT = re.compile(r"\breports? from [A-Z]")
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv"})
_BEFORE_PLACES = re.compile(r"\b(?:the|in|at|on|near|across|outside|inside|around)\s*$", re.IGNORECASE)
_SPEAKS = r"(?:said|says|told|tells|added|wrote|argued|tweeted|testified|replied|insisted|recalled)"
_SPEAKING_BEFORE = re.compile(rf"\b{_SPEAKS}\s*$")
_PERSON_AFTER = re.compile(rf"\s+{_SPEAKS}\b|,?\s+\(?(?:aged? )?\d\d\b(?=[,)]|\s+of\b)|,\s+(?:who|whose)\b")


@dataclass(frozen=True, slots=True)
class _Detail:
    """A name or an hour: where it stands in its passage, as written, and what compares it."""

    span: Span
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class _Text:
    """What the articles of one outlet hold: folded words, those that stand alone as names, and hours."""

    words: frozenset[str]
    alone: frozenset[str]
    hours: frozenset[int]
    zoned: bool


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """One finding of kind "omission", variety "unnamed", for a passage and an outlet that lacks its details.

    Nothing is claimed where the outlet surely lacks the whole fact (that is an omission of its own), nor
    against text that is cut off or too short to tell; and each detail once against each outlet.
    """
    articles = {article.id: article for article in alignment.story.articles}
    held = {outlet: _text(articles.values(), outlet) for outlet in alignment.outlets}
    story = "\n".join(articles[name].body for name in sorted(articles))
    found = [
        claim
        for row in alignment.rows
        for teller, passage in _told(row, alignment)
        for others in [_others(row, teller, alignment)]
        if others
        for people, hours in [_details(passage, articles[passage.article], story)]
        for outlet, cell in others
        for claim in _claim(Evidence(teller, passage), (people, hours), outlet, cell, held[outlet])
    ]
    # Outlets that lack the same are told so with the words of one teller: of whom the most lack it.
    lacking = Counter((one[0].evidence[0], one[2]) for one in found)
    found.sort(key=lambda one: (-one[0].weight, -lacking[one[0].evidence[0], one[2]], _order(one[0])))
    return tuple(sorted(_once(found), key=lambda one: (-one.weight, one.summary)))


def _order(finding: Finding) -> tuple[str, str, str]:
    says = finding.evidence[0]
    return says.outlet, says.passage.text, finding.summary


def _once(found: list[tuple[Finding, str, frozenset[str]]]) -> Iterator[Finding]:
    claimed: dict[str, set[str]] = {}
    for finding, outlet, keys in found:
        before = claimed.setdefault(outlet, set())
        if not keys <= before:
            yield finding
        before |= keys


def _told(row: Row, alignment: Alignment) -> Iterator[tuple[str, Passage]]:
    for outlet, cell in zip(alignment.outlets, row.cells, strict=True):
        yield from ((outlet, passage) for passage in cell.passages)


def _others(row: Row, teller: str, alignment: Alignment) -> list[tuple[str, Cell]]:
    """The outlets that tell the fact, or of which no omission of all of it is claimed."""
    cells = zip(alignment.outlets, row.cells, strict=True)
    known = ((outlet, cell) for outlet, cell in cells if outlet != teller and cell.grade != "unknown")
    return [(outlet, cell) for outlet, cell in known if not is_claimed(cell)]


def _details(passage: Passage, article: Article, story: str) -> tuple[list[_Detail], list[_Detail]]:
    text = passage.text
    hours = _hours(text)
    if not hours and not _FULL_NAME.search(text):
        return [], []
    # A line without running words is a dateline, a byline or a table.
    if sum(word.islower() for word in _WORD.findall(text)) < RUNNING_WORDS or _CREDIT.search(text):
        return [], []
    found = [n for n in _people(text, article) if not _goes_on(n.text, story)]
    people = [_Detail(n.span, n.text, fold(_parts(n.text)[-1])) for n in found]
    times = [_Detail(q.span, text[q.span.begin : q.span.end], str(q.value)) for q in hours]
    return people, times


def _goes_on(name: str, story: str) -> bool:
    """Whether a name is a shorter one and what it was put before: "the Ana Bond Papers", of Ana Bond."""
    shorter = name.rpartition(" ")[0]
    alone = rf"(?<!\w){re.escape(shorter)}(?!\w)(?! [A-Z])(?!-)"
    return " " in shorter and bool(re.search(alone, story))


def _claim(
    says: Evidence, details: tuple[list[_Detail], list[_Detail]], outlet: str, cell: Cell, held: _Text
) -> Iterator[tuple[Finding, str, frozenset[str]]]:
    missing = {one.key: one for one in reversed(details[0]) if not _named(one, held)}
    people = [one for one in details[0] if missing.get(one.key) is one]
    # Where the fact has another hour, the hours are at odds, and neither is left out.
    other = any(_hours(passage.text) for passage in cell.passages)
    hours = [one for one in details[1] if not other and not _timed(one, says.passage, held)]
    if not people and not hours:
        return
    verbs = [f"does not name {_listed(people)}"] if people else []
    verbs += [f"does not give the time {_listed(hours)}"] if hours else []
    told = _cited(says.passage.text, people + hours)
    summary = f"{outlet} {' and '.join(verbs)}: {told} ({says.outlet})."
    nearest = cell.nearest or (cell.passages[0] if cell.passages else None)
    near = (Evidence(outlet, nearest, "nearest"),) if nearest else ()
    marked = replace(says, marks=_marks(says.passage, people + hours))
    keys = frozenset(one.key for one in people + hours)
    weight = round(min(0.35 + 0.15 * len(keys), 0.8), 4)
    yield Finding("omission", "unnamed", summary, (marked, *near), CONFIDENCE, weight), outlet, keys


def _named(one: _Detail, held: _Text) -> bool:
    """Whether the text has the name: its last word in some spelling, or another part of it alone."""
    pieces = re.split("[‑-]", _parts(one.text)[-1])
    if one.key in held.words or all(fold(part.capitalize()) in held.words for part in pieces):
        return True
    if any(fold(part) in held.alone for part in _parts(one.text)):
        return True
    return (
        bool(difflib.get_close_matches(one.key, sorted(held.words), 1, LIKE)) if len(one.key) > 4 else False
    )


def _timed(hour: _Detail, passage: Passage, held: _Text) -> bool:
    """Whether the text has the hour, or one that may be the same on the clock of another zone."""
    minutes = _minutes(hour.key)
    zoned = held.zoned or _ZONE.search(passage.text)
    return any(abs(minutes - h) <= SOON or (zoned and (minutes - h) % 60 == 0) for h in held.hours)


def _text(articles: Iterable[Article], outlet: str) -> _Text:
    bodies = [one.body for one in articles if one.outlet == outlet]
    found = [word for body in bodies for word in _WORD.findall(body)]
    capital = {word for word in found if word[0].isupper()}
    pieces = {part for word in capital for part in (word, *re.split("[‑-]", word)) if part}
    return _Text(
        frozenset(fold(part.capitalize() if part.islower() else part) for part in pieces),
        frozenset(fold(m.group(1)) for body in bodies for m in _ALONE.finditer(body)),
        frozenset(minutes for body in bodies for minutes in _all_minutes(body)),
        any(_ZONE.search(body) for body in bodies),
    )


def _people(text: str, article: Article) -> list[Name]:
    return [name for name in names(text, article.body) if _is_person(name, text)]


def _is_person(name: Name, text: str) -> bool:
    """A first and a last name, with a sign that they are a person's; bodies and places are none."""
    parts = _parts(name.text)
    if not 2 <= len(parts) <= LONGEST_NAME or any(is_group(part) for part in parts) or places(parts):
        return False
    if parts[0] == "The" or any(part.lower() in lexicon("given", "bodies") for part in parts):
        return False
    if not all(
        part[:1].isupper() and (len(part) < 2 or not part.isupper()) for part in parts[:: len(parts) - 1]
    ):
        return False
    if parts[0].lower() in lexicon("given", "women") | lexicon("given", "men"):
        return not re.match(r"[’']?s?\s+[A-Z]\w+|-", text[name.span.end :])
    before, after = text[: name.span.begin], text[name.span.end :]
    if _BEFORE_PLACES.search(before) and not name.title:
        return False
    last = (before.split() or [""])[-1]
    role = is_role(last) and last != "fellow"
    return bool(name.title or role or _SPEAKING_BEFORE.search(before) or _PERSON_AFTER.match(after))


def _parts(name: str) -> list[str]:
    parts = name.split()
    return parts[:-1] if len(parts) > 1 and parts[-1].lower().rstrip(".") in _SUFFIX else parts


def _hours(text: str) -> list[Quantity]:
    found = (one for one in quantities(text) if one.kind == "time")
    return [one for one in found if _is_hour(one, text)]


def _is_hour(one: Quantity, text: str) -> bool:
    """An hour of the day: not minutes on a referee's clock, and not a word such as "midnight" for a rule."""
    if text[one.span.begin].isdigit():
        return bool(_CLOCK.search(text[one.span.begin : one.span.end + 12]))
    return bool(_AS_HOUR.search(text[: one.span.begin]))


def _all_minutes(text: str) -> Iterator[int]:
    yield from (_minutes(str(q.value)) for q in quantities(text) if q.kind == "time")
    yield from (60 * int(m.group(1)) + int(m.group(2)) for m in _ZONED.finditer(text))
    for m in _UNMARKED.finditer(text):
        if int(m.group(1)) <= 12 and text[max(0, m.start() - 1) : m.start()] not in _IN_NUMBER:
            yield from (60 * int(m.group(1)) % 720 + int(m.group(2)) + half for half in (0, 720))


def _minutes(hour: str) -> int:
    hours, minutes = hour.split(":")
    return 60 * int(hours) + int(minutes)


def _marks(passage: Passage, details: list[_Detail]) -> tuple[Span, ...]:
    shift = passage.span.begin
    return tuple(sorted(Span(one.span.begin + shift, one.span.end + shift) for one in details))


def _cited(text: str, details: list[_Detail]) -> str:
    """The passage, or where a detail would be cut off its end, the passage from the last clause that fits."""
    first, last = min(one.span.begin for one in details), max(one.span.end for one in details)
    whole = cited(text)
    if all(" ".join(one.text.split()) in whole for one in details) or last - first > LONGEST - 40:
        return whole
    begin = max(
        m.end()
        for m in re.finditer(r"^|\s", text[:first])
        if last - m.end() < LONGEST - 20 or m.end() == first
    )
    clause = [m.end() for m in re.finditer(r"[,;:]\s", text[:first]) if last - m.end() < LONGEST - 20]
    return cited("…" + text[clause[0] if clause else begin :])


def _listed(details: list[_Detail]) -> str:
    return listed(list(dict.fromkeys(one.text for one in details)), "or")
