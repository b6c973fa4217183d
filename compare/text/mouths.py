"""Which person a source means: pronouns, surnames and descriptions led back to a name in the text.

Only what the same text says is used: a surname goes back to the fullest name that ends in it, a
description ("the Turkish minister") to the one person whom the text introduces with that office,
and "he" or "she" to the person named last as a source or as the subject of a sentence nearby.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from compare.model import Span
from compare.text.cues import is_role, words
from compare.text.marks import quoted
from compare.text.names import fold, names
from compare.text.passages import sentences

_PERSONAL = frozenset(["he", "she", "him", "her", "who", "himself", "herself", "i"])
_HEAD = re.compile(r",|\s(?:who|for|at|from|in|on|with|told|said|during|after)\s|\s[-–—]\s|\(")
_POSSESSIVE = re.compile(r"^.*['’]s?\s(?=\S)")
_WORDS = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:-\w+)*")
_STOP = re.compile(r"[,;:(“”\"\n]|(?<![A-Z])[.!?]\s")
_ARTICLE = re.compile(r"\b[Tt]he $")  # "the Northern Front" is nobody
_APPOSITION = re.compile(r", (?:an?|the|who|whose|his|her|\d\d?)\b")
_LOOK_BACK = 400
_ALIKE = (
    {"leader", "president", "premier"},
    {"diplomat", "minister", "secretary"},
    {"spokesman", "spokeswoman", "spokesperson"},
)


@dataclass(frozen=True, slots=True)
class Person:
    """A name at its fullest, where its surname stands in the text, and the words that introduce it."""

    name: str
    places: tuple[int, ...]
    offices: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class People:
    """The persons of one text by surname in lower case; ``others`` is where names of two words or more
    stand that may be persons' too.
    """

    by_surname: dict[str, Person]
    others: tuple[int, ...] = ()


@lru_cache(maxsize=64)
def known(text: str) -> People:
    """``people`` of a text, read once."""
    return people(text)


def people(text: str) -> People:
    """The persons that a text names: introduced by a title or an office, explained after a comma
    (", a farmer"), or named both in full and by surname.
    """
    full: dict[str, str] = {}
    first: dict[str, set[str]] = {}
    bare_office: set[str] = set()
    places: dict[str, list[int]] = {}
    offices: dict[str, list[frozenset[str]]] = {}
    alone: set[str] = set()
    told: set[str] = set()
    # who is only spoken of is not the one who speaks: "my wife Portia," she wrote
    spoken = [one.outer for one in quoted(text) if not one.depth]
    begins = [one.begin for one in spoken]
    for name in names(text):
        key = surname(name.text)
        article = not name.title and _ARTICLE.search(text, max(0, name.span.begin - 4), name.span.begin)
        if article or _is_body(name.text.split()[-1]):
            continue
        at = bisect_right(begins, name.span.begin) - 1
        if at < 0 or name.span.begin >= spoken[at].end:
            places.setdefault(key, []).append(name.span.begin)
        if name.title or (" " in name.text and _APPOSITION.match(text, name.span.end)):
            told.add(key)
        if " " not in name.text:
            alone.add(key)
        else:
            first.setdefault(key, set()).add(fold(name.text.split()[0]))
        if len(name.text) > len(full.get(key, "")):
            full[key] = name.text
        introduction = _introduction(text, name.span.begin)
        if introduction:
            offices.setdefault(key, []).append(introduction)
        if introduction and " " in name.text:
            first.setdefault(key, set()).add("")
        elif introduction:
            bare_office.add(key)
    full = {
        s: name.split()[-1] if _unclear(first.get(s, set()), s in bare_office) else name
        for s, name in full.items()
    }
    sure = sorted(s for s in full if offices.get(s) or s in told or (s in alone and s in first))
    unknown = [s for s in places if s in first and s not in sure]
    others = tuple(sorted(at for s in unknown for at in places[s]))
    return People(
        {s: Person(full[s], tuple(places.get(s, ())), tuple(offices.get(s, ()))) for s in sure}, others
    )


def _unclear(first_names: set[str], bare_office: bool) -> bool:
    """Whether a surname may be two persons': with two first names, or with an office that no full
    name in the text has ("President Rivera" beside "Ana Rivera"). "" stands for a full name's office.
    """
    return len(first_names - {""}) > 1 or (bare_office and "" not in first_names and bool(first_names))


def speakers(text: str, sources: Iterable[Span | None]) -> list[tuple[str, bool]]:
    """For each source, in text order, the speaker and whether that is a person's name; the source's
    own words where no name is found, "" where there is no source.
    """
    persons = known(text)
    out: list[tuple[str, bool]] = []
    before: tuple[int, str] = (-_LOOK_BACK, "")
    for source in sources:
        if source is None:
            out.append(("", False))
            continue
        said = text[source.begin : source.end]
        person = _named(said, persons) or _described(said, persons)
        # "her spokesman" is somebody else than she
        alone = said.lower().split(" ")[0] != "her" or " " not in said
        pronoun = alone and said.lower().split(" ")[0] in _PERSONAL
        if not person and pronoun and not _somebody_else(text, persons, before[0], source.begin):
            person = _antecedent(source, persons, before)
        if person:
            before = (source.end, person.name)
        out.append((person.name, True) if person else (said, False))
    return out


def last_named(text: str, place: int) -> str:
    """The surname of the person named last within ``_LOOK_BACK`` characters before a place, or ""."""
    latest, who = place - _LOOK_BACK, ""
    for key, person in known(text).by_surname.items():
        at = bisect_left(person.places, place)
        if at and person.places[at - 1] > latest:
            latest, who = person.places[at - 1], key
    return who


def named_between(text: str, begin: int, end: int) -> set[str]:
    """The surnames of the persons named between two places of a text."""
    found = known(text).by_surname.items()
    return {key for key, person in found if any(begin <= at < end for at in person.places)}


def surname(name: str) -> str:
    """The last word of a name, the same for its spellings, to compare speakers by."""
    parts = name.split()
    return fold(parts[-1]) if parts else ""


def _head(said: str) -> str:
    """The part of a source that names it, without what follows a comma or stands before "'s"."""
    found = _HEAD.search(said)
    head = said[: found.start()] if found and found.start() > 0 else said
    return _POSSESSIVE.sub("", head)


def _named(said: str, persons: People) -> Person | None:
    parts = re.findall(r"[\w-]+", _head(said))
    return persons.by_surname.get(surname(parts[-1])) if parts and parts[-1][0].isupper() else None


def _described(said: str, persons: People) -> Person | None:
    """The one person introduced by the office that "the …" or "a …" describes."""
    office, rest = _office(said)
    fitting = [p for p in persons.by_surname.values() if any(_fits(office, rest, o) for o in p.offices)]
    return fitting[0] if office and len(fitting) == 1 else None


def fits(said: str, introduction: frozenset[str]) -> bool:
    """Whether a source describes an office more closely ("the Turkish minister", not "the minister") and
    the words that introduce a person have all of it.
    """
    office, rest = _office(said)
    return bool(rest) and is_role(office.lower()) and _fits(office, rest, introduction)


def _office(said: str) -> tuple[str, set[str]]:
    """The office that "the …" or "a …" describes, and the words before it; "" where it describes none."""
    parts = re.findall(r"[\w.-]+", _head(said).lower())
    if len(parts) < 2 or parts[0] not in ("the", "a", "an"):
        return "", set()
    return parts[-1], {part.replace(".", "") for part in parts[1:-1]} - {"top", "former", "senior"}


def _fits(office: str, rest: set[str], introduction: frozenset[str]) -> bool:
    alike = next((group for group in _ALIKE if office in group), {office})
    return bool(alike & introduction) and rest <= introduction


def _antecedent(source: Span, persons: People, before: tuple[int, str]) -> Person | None:
    """The person last given as a source close by, or else the one named last before the pronoun."""
    nearby = source.begin - before[0] <= _LOOK_BACK
    latest: tuple[int, Person] | None = None
    for person in persons.by_surname.values():
        at = bisect_left(person.places, source.begin)
        place = person.places[at - 1] if at else -_LOOK_BACK
        if source.begin - place <= _LOOK_BACK and (latest is None or place > latest[0]):
            latest = (place, person)
    if nearby and not (latest and _alone_since(persons, before[0], source.begin, latest[1])):
        return persons.by_surname.get(surname(before[1]))
    return latest[1] if latest else None


def _somebody_else(text: str, persons: People, begin: int, end: int) -> bool:
    """Whether a name of no known person stands between, in the pronoun's sentence or the one before."""
    near = [at for at in persons.others if begin < at < end]
    return any(len(sentences(text[at:end])) <= 2 for at in near if end - at <= _LOOK_BACK)


def _alone_since(persons: People, begin: int, end: int, person: Person) -> bool:
    """Whether a person, and no other, is named between two places."""
    named = [p for p in persons.by_surname.values() if any(begin < at < end for at in p.places)]
    return named == [person]


def _is_body(word: str) -> bool:
    entry = words().get(word.lower())
    kinds = ("p-office", "p-agency", "p-outlet", "p-plural", "p-role")
    return bool(entry and any(k in entry.classes for k in kinds))


def _introduction(text: str, begin: int) -> frozenset[str]:
    """The office right before a name, with the nationality or field before it, in lower case."""
    found: list[str] = []
    for word in reversed(_WORDS.findall(_last_sentence(text[max(0, begin - 80) : begin]))):
        if len(found) == 6 or not (is_role(word.lower()) or word[0].isupper() or (word == "of" and found)):
            break
        found.append(word.lower().replace(".", ""))
    return frozenset(found) if any(is_role(w.lower()) for w in found) else frozenset()


def _last_sentence(before: str) -> str:
    return before if before.endswith(" ") and not _STOP.search(before) else _STOP.split(before)[-1]
