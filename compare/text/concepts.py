"""Which phrases of one story name the same concept: the same person, country, body, event or thing.

Each pair of phrases gets the probability that both name one concept, from a logistic model over the
few signals of ``_signals`` (fitted on labelled data by ``benchmarks/fit_concepts.py``); phrases are
then joined by average linkage. A country stands also for its capital, government and officials.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from compare.text.lexicons import fitted
from compare.text.people import People
from compare.text.phrases import chunk, classes, content, is_group, is_role, places, stem, tokens

Matrix = npt.NDArray[np.float64]
_MINOR = 0.04  # of all mentions of people: whoever has less is no main actor of the story
_GOVERNMENTS = frozenset(stem(w) for w in ("government", "administration", "regime", "official", "cabinet"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase in a sentence of a document."""

    document: str
    sentence: str
    phrase: str


@dataclass(slots=True)
class _Reading:
    """What a phrase turned out to be: kind is "person", "minor", "place", "body" or "thing"."""

    kind: str = "thing"
    person: str = ""
    country: str = ""
    head: str = ""
    stems: list[str] = field(default_factory=list)
    countries: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    ties: Counter[str] = field(default_factory=Counter)


def group(
    documents: Mapping[str, Sequence[str]], mentions: Sequence[Mention], threshold: float | None = None
) -> tuple[int, ...]:
    """A label a mention, in order; the same label means the same concept.

    ``documents`` holds each document's sentences. ``threshold`` in [0, 1] is the distance up to which
    groups are joined: the smaller, the surer; without it, the one fitted for the best B-cubed F1.
    """
    if len(mentions) < 2:
        return tuple(range(len(mentions)))
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    model = _model()
    signals = signals_of(documents, mentions)
    weighed = sum(model["weights"][name] * matrix for name, matrix in signals.items())
    distance = 1 - 1 / (1 + np.exp(-(weighed + model["intercept"])))
    np.fill_diagonal(distance, 0)
    joined = linkage(squareform(distance, checks=False), "average")
    labels = fcluster(joined, model["threshold"] if threshold is None else threshold, "distance")
    return tuple(int(label) for label in labels)


def signals_of(documents: Mapping[str, Sequence[str]], mentions: Sequence[Mention]) -> dict[str, Matrix]:
    """The signals by name, each a symmetric matrix of mentions by mentions."""
    people = People(documents)
    readings = [_read(mention, people) for mention in mentions]
    return _signals(mentions, readings)


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = fitted("concepts")
    return model


def _read(mention: Mention, people: People) -> _Reading:
    words = tokens(mention.phrase)
    part = chunk(words)
    runs = people.runs(words)
    reading = _Reading(
        head=stem(part[-1]) if part else "",
        stems=content(words),
        countries=frozenset(place.country for place in places(words)),
        people=frozenset(filter(None, (people.person(words[i:j]) for i, j in runs))),
    )
    if part:
        _classify(reading, part, words, mention, people)
    if reading.kind == "person" and people.mentions[reading.person] < _MINOR * people.mentions.total():
        reading.kind = "minor"
    _tie(reading, people)
    return reading


def _classify(reading: _Reading, part: list[str], words: list[str], mention: Mention, people: People) -> None:
    named, runs = places(part), people.runs(part)
    ends_in_name = bool(runs) and runs[-1][1] == len(part)
    if ends_in_name and (who := people.person(part[runs[-1][0] :])):
        reading.kind, reading.person = "person", who
    elif is_role(part[-1]) and not part[-1].endswith("s"):
        who = people.described(words, mention.sentence, mention.document)
        reading.kind, reading.person = ("person", who) if who else ("body", "")
    elif named and (named[-1].end == len(part) or is_group(part[-1])):
        reading.kind, reading.country = "place", named[-1].country
    elif is_group(part[-1]):
        reading.kind = "body"
        owners = [who for i, j in runs if (who := people.person(part[i:j]))]
        if owners and reading.head in _GOVERNMENTS and (country := people.country(owners[0])):
            reading.kind, reading.country = "place", country
    elif ends_in_name:
        reading.kind = "body"


def _tie(reading: _Reading, people: People) -> None:
    """Note what a person or body belongs to, so that an officer can be joined to the office."""
    if reading.kind == "minor":
        reading.ties.update(people.ties.get(reading.person, {}))
    elif reading.kind in ("place", "body"):
        reading.ties.update(word for word in reading.stems if not is_role(word))
        reading.ties.update("@" + country for country in reading.countries)
        if reading.country:
            reading.ties["@" + reading.country] += 3


def _signals(mentions: Sequence[Mention], readings: Sequence[_Reading]) -> dict[str, Matrix]:
    def kind(*names: str) -> Matrix:
        return np.array([reading.kind in names for reading in readings], float)

    def both(mask: Matrix) -> Matrix:
        return np.outer(mask, mask)

    def either(a: Matrix, b: Matrix) -> Matrix:
        return np.outer(a, b) + np.outer(b, a)

    person, minor, place = kind("person", "minor"), kind("minor"), kind("place")
    body, thing = kind("body"), kind("thing")
    same_person = _equal([r.person for r in readings])
    same_place = _equal([r.country for r in readings])
    same_sentence = _equal([m.document + "\n" + m.sentence for m in mentions])
    countries, parties = _overlap([r.countries for r in readings]), _overlap([r.people for r in readings])
    open_pair = 1 - np.clip(both(person) + both(place), 0, 1)
    sentences = [content(tokens(mention.sentence)) for mention in mentions]
    return {
        "same person": same_person,
        "other main person": both(person) * (1 - same_person) * (1 - both(minor)),
        "other minor person": both(minor) * (1 - same_person),
        "same country": same_place,
        "other country": both(place) * (1 - same_place),
        "main person and country": either(person - minor, place),
        "person and thing": either(person, thing),
        "country and thing": either(place, thing),
        "body and thing": either(body, thing),
        "two bodies": both(body),
        "two things": both(thing),
        "body of the country": either(place, body) * countries[0],
        "body of another country": either(place, body) * countries[1],
        "things of one country": both(thing) * countries[0],
        "things of other people": both(thing) * parties[1],
        "heads of one class": both(thing) * _overlap([classes(r.head) for r in readings])[0],
        "words": open_pair * _cosine([r.stems for r in readings]),
        "letters": open_pair * _cosine([_letters(" ".join(tokens(m.phrase)).lower()) for m in mentions]),
        "ties": both(place + body + minor) * (1 - same_person) * _cosine([_bag(r.ties) for r in readings]),
        "classes": both(thing) * _cosine([sorted(set().union(*map(classes, r.stems))) for r in readings]),
        "sentences": both(thing) * (1 - same_sentence) * _cosine(sentences),
        "things of one sentence": both(thing) * same_sentence,
    }


def _bag(counts: Counter[str]) -> list[str]:
    return list(counts.elements())


def _letters(text: str, sizes: Sequence[int] = (2, 3, 4)) -> list[str]:
    padded = [f" {word} " for word in text.split()]
    return [word[i : i + n] for word in padded for n in sizes for i in range(len(word) - n + 1)]


def _equal(values: Sequence[str]) -> Matrix:
    """1 where two values are the same and not empty."""
    column = np.array(values, dtype=object)
    return np.asarray((column[:, None] == column[None]) & (column != "")[:, None], float)


def _counts(bags: Sequence[Sequence[Hashable]]) -> Matrix:
    columns = {word: n for n, word in enumerate(dict.fromkeys(word for bag in bags for word in bag))}
    matrix = np.zeros((len(bags), len(columns)))
    for row, bag in enumerate(bags):
        for word in bag:
            matrix[row, columns[word]] += 1
    return matrix


def _overlap(sets: Sequence[frozenset[str]]) -> tuple[Matrix, Matrix]:
    """Where two sets share a member, and where both have some and share none."""
    matrix = _counts([sorted(one) for one in sets])
    shared = np.asarray(matrix @ matrix.T > 0, float)
    full = np.array([bool(one) for one in sets], float)
    return shared, np.outer(full, full) * (1 - shared)


def _cosine(bags: Sequence[Sequence[str]]) -> Matrix:
    """Cosine of bags of words: logarithmic counts, weighed by how few of the bags have the word."""
    counts = _counts(bags)
    rarity = np.log((1 + len(bags)) / (1 + (counts > 0).sum(0))) + 1
    weighed = np.log1p(counts) * rarity
    lengths = np.linalg.norm(weighed, axis=1, keepdims=True)
    unit = weighed / np.where(lengths == 0, 1, lengths)
    return np.asarray(unit @ unit.T)
