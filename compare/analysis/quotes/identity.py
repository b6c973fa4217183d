"""Whom a source means where its own article does not tell, but the articles of the story together do.

"The Brennian minister" is the one person whom the story introduces with that office, if the article
names this person at all. A source that holds a known person's full name is that person. Of a quotation
whose speaker stays open, and that another article gives to somebody by name, it is this person if the
article names them, and nobody else, in its sentence or the one before.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compare.analysis.quotes.terms import UNKNOWN, UNSURE, named_here, speaker
from compare.model import Span
from compare.text.marks import quoted
from compare.text.mouths import fits, known, surname
from compare.text.quotation import Quotation
from compare.text.utterances import Utterance, Voice, utterances

LEAST_SAME = 5  # words of an utterance that stand in a row in another, so that both are one
_BESIDE = re.compile(r"\b(?:of|for|to|with|by|and|or|from|at|in|on|than|as|like|about|his|her|their)\b|['’/]")
_PRONOUNS = frozenset(["he", "she"])


@dataclass(frozen=True, slots=True)
class _Person:
    """A name in full, and each office that an article introduces it with."""

    name: str
    offices: tuple[frozenset[str], ...]


def identified(voiced: Sequence[Voice]) -> tuple[Voice, ...]:
    """The same voices, with the persons whom open sources of direct quotations mean."""
    persons = _persons(voiced)
    told = tuple(_with(voice, {q: _by_name(voice, q, persons) for q in _open(voice)}) for voice in voiced)
    said = [utterance for voice in told for utterance in utterances(voice)]
    unsure = [one for one in said if speaker(one, one) == UNKNOWN]
    sure = [one for one in said if speaker(one, one) != UNKNOWN] if unsure else []
    followed: dict[str, dict[Quotation, Quotation | None]] = defaultdict(dict)
    for one in unsure:
        followed[one.voice.article.id][one.quotation] = _followed(one, sure, persons)
    return tuple(_with(voice, followed.get(voice.article.id, {})) for voice in told)


def same_words(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one of two utterances holds the other whole, ``LEAST_SAME`` words or more."""
    short, long = sorted((a, b), key=len)
    return len(short) >= LEAST_SAME and f" {' '.join(short)} " in f" {' '.join(long)} "


def _open(voice: Voice) -> list[Quotation]:
    return [q for q in voice.quotations if q.direct and q.source and not q.person]


def _with(voice: Voice, better: dict[Quotation, Quotation | None]) -> Voice:
    if not any(better.values()):
        return voice
    return replace(voice, quotations=tuple(better.get(q) or q for q in voice.quotations))


def _persons(voiced: Sequence[Voice]) -> dict[str, _Person]:
    """The story's persons by surname; a surname of two, or one that no article has in full, is nobody's."""
    names: dict[str, set[str]] = defaultdict(set)
    offices: dict[str, set[frozenset[str]]] = defaultdict(set)
    for voice in voiced:
        for key, person in known(voice.article.body).by_surname.items():
            names[key].add(person.name)
            offices[key].update(person.offices)
    out = {}
    for key, given in names.items():
        full = sorted(name for name in given if " " in name)
        if full and len({name.split()[0].casefold() for name in full}) == 1:
            out[key] = _Person(min(full, key=len), tuple(sorted(offices[key], key=sorted)))
    return out


def _by_name(voice: Voice, quotation: Quotation, persons: dict[str, _Person]) -> Quotation | None:
    """The quotation of a person whose full name its source holds, or whose office it describes."""
    source = quotation.source
    if not source:
        return None
    body = voice.article.body
    said = body[source.begin : source.end]
    for person in persons.values():
        at = re.search(rf"\b{re.escape(person.name)}\b(?!['’/]| and | or | [A-Z])", said)
        if at and not _BESIDE.search(said[: at.start()]) and not _mentions(said[at.end() :], persons):
            return replace(quotation, speaker=person.name, person=True)
    if not said.casefold().startswith("the "):
        return None
    described = [person for person in persons.values() if any(fits(said, o) for o in person.offices)]
    where = _place(body, described[0].name, 0, source.begin) if len(described) == 1 else None
    return replace(quotation, speaker=described[0].name, person=True, source=where) if where else None


def _followed(open_: Utterance, sure: Sequence[Utterance], persons: dict[str, _Person]) -> Quotation | None:
    """The quotation of the person to whom another article gives the same words, if this one may mean them."""
    voice, quotation = open_.voice, open_.quotation
    source, body = quotation.source, voice.article.body
    if not source:
        return None
    same = [one for one in sure if one.voice.outlet != voice.outlet and same_words(one.words, open_.words)]
    who = {surname(one.quotation.speaker) for one in same if named_here(one)}
    begin, end = source.begin, source.end
    if body[begin:end].casefold() in _PRONOUNS:
        at = voice.passages.index(open_.passage)
        begin, end = voice.passages[max(0, at - 1)].span.begin, begin
        # "he" may be anybody: the others have to agree on one
        who = who if {surname(one.quotation.speaker) for one in same} == who else set()
    named = _mentions(_unquoted(body, begin, end), persons)
    strangers = [at for at in known(body).others if begin <= at < end]
    if len(named) != 1 or not named <= who:
        return None
    name = persons[min(named)].name
    where = _place(body, name, begin, end)
    if not where or any(not where.begin <= at < where.end for at in strangers):
        return None
    certainty = max(quotation.certainty, UNSURE)
    return replace(quotation, speaker=name, person=True, source=where, certainty=certainty)


def _mentions(text: str, persons: dict[str, _Person]) -> set[str]:
    """The surnames of the persons whom a text names."""
    return {key for key, one in persons.items() if re.search(rf"\b{re.escape(_last(one.name))}\b", text)}


def _place(body: str, name: str, begin: int, end: int) -> Span | None:
    """Where a text names a person last outside quotation marks, in full or by surname."""
    text = _unquoted(body, begin, end)
    found = list(re.finditer(rf"\b(?:{re.escape(name)}|{re.escape(_last(name))})\b", text))
    return Span(begin + found[-1].start(), begin + found[-1].end()) if found else None


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]


def _unquoted(body: str, begin: int, end: int) -> str:
    """A part of a text with spaces for what stands in quotation marks, as long as before."""
    out = list(body[begin:end])
    for mark in quoted(body):
        if not mark.depth and mark.outer.begin < end and begin < mark.outer.end:
            first, last = max(mark.outer.begin, begin) - begin, min(mark.outer.end, end) - begin
            out[first:last] = " " * (last - first)
    return "".join(out)
