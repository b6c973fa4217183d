"""Labels: the phrases by which each outlet names one person, place, group or event."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from compare.model import Alignment, Evidence, Finding, Passage, Span
from compare.text import lexicons
from compare.text.citing import listed
from compare.text.contrast import contrast
from compare.text.labelling import (
    CHARGED,
    Use,
    aliases,
    alike,
    descriptions,
    nouns,
    role_of,
    same_place,
    side,
    spellings,
)
from compare.text.marks import quoted
from compare.text.people import People
from compare.text.phrases import places as places_of
from compare.text.substitution import shared

# Shares upheld in the hand-checked samples described in docs/reliability.md.
CONFIDENCE = {"spelling": 0.94, "noun": 0.85, "description": 0.8, "title": 0.8}
LEAST_SHARED, LEAST_ELSEWHERE = 0.2, 0.4  # of the shorter passage's words, in one row and elsewhere
KEPT = 2
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
WEIGHT = {"spelling": 0.5, "noun": 0.8, "description": 0.6, "title": 0.8}
VARIETY = {"spelling": "spelling", "noun": "label", "description": "description", "title": "description"}
OPENING = {"description": "{} is", "title": "{} is introduced as"}


@dataclass(frozen=True, slots=True)
class Place:
    """One use of a label by an outlet: the passage, and the span of the label in the article's body."""

    outlet: str
    label: str
    phrase: str
    passage: Passage
    mark: Span


@dataclass(frozen=True, slots=True)
class Concept:
    """One person, place, group or event with all uses of its labels, in the table's order of outlets."""

    name: str
    kind: str
    places: tuple[Place, ...]

    def counts(self, outlet: str) -> Counter[str]:
        """How often the outlet uses each label."""
        return Counter(place.label for place in self.places if place.outlet == outlet)


def table(alignment: Alignment) -> tuple[Concept, ...]:
    """Every concept that two outlets or more name, and name by more than one label between them."""
    found: dict[tuple[str, str], list[tuple[Place, Use]]] = {}
    for place, use in _uses(alignment):
        found.setdefault((use.kind, use.concept), []).append((place, use))
    _join_places(found, alignment)
    concepts = []
    for (kind, _), uses in sorted(found.items()):
        places = tuple(place for place, _ in uses)
        if len({p.outlet for p in places}) > 1 and len({p.label for p in places}) > 1:
            concepts.append(Concept(uses[0][1].shown, kind, places))
    return tuple(concepts)


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """One finding a concept that outlets label differently: some outlet never uses the other's label.

    Nouns that no place ties to one thing count only where they stand in one row of the table.
    """
    rows = _row_numbers(alignment)
    findings = []
    seen: set[tuple[str, int]] = set()
    for concept in sorted(table(alignment), key=lambda c: (c.kind, -len(c.places), c.name)):
        places = _telling(concept, rows)
        marks = frozenset((p.passage.article, p.mark.end) for p in places)
        if places and not seen & marks:
            seen |= marks
            findings.append(_finding(concept, places, alignment.outlets))
    return tuple(findings)


def _uses(alignment: Alignment) -> Iterator[tuple[Place, Use]]:
    articles = {article.id: article for article in alignment.story.articles}
    spoken = {name: [quote.outer for quote in quoted(article.body)] for name, article in articles.items()}
    texts = {
        outlet: [passage.text for passage in passages]
        for outlet, passages in zip(alignment.outlets, alignment.passages, strict=True)
    }
    people = cache(lambda: People(dict(sorted(texts.items()))))
    spelled = {name: spellings(article.body) for name, article in articles.items()}
    for outlet, passages in zip(alignment.outlets, alignment.passages, strict=True):
        for passage in passages:
            begin, end = passage.span.begin, passage.span.end
            for use in spelled[passage.article]:
                if begin <= use.span.begin and use.span.end <= end:
                    yield Place(outlet, use.label, use.label, passage, use.span), use
            for use in nouns(passage.text) + descriptions(passage.text, people):
                mark = Span(begin + use.span.begin, begin + use.span.end)
                if not _inside(mark, spoken[passage.article]):
                    phrase = passage.text[use.span.begin : use.span.end]
                    yield Place(outlet, use.label, phrase, passage, mark), use


def _join_places(found: dict[tuple[str, str], list[tuple[Place, Use]]], alignment: Alignment) -> None:
    """Join spellings that ``fold`` keeps apart where a text calls them one, or where two outlets seem to
    name one place by them in one row.
    """
    bodies = {article.id: article.body for article in alignment.story.articles}
    stated = {frozenset(pair) for body in bodies.values() for pair in aliases(body)}
    rows = _row_numbers(alignment)
    keys = sorted(key for key in found if key[0] == "spelling" and " " not in key[1])
    users = {key: {place.outlet for place, _ in found[key]} for key in keys}
    places = {key: {rows.get(place.passage) for place, _ in found[key]} - {None} for key in keys}
    for a, b in itertools.combinations(keys, 2):
        if a not in found or b not in found:
            continue
        joined = frozenset((a[1], b[1])) in stated
        if not joined and not users[a] & users[b] and places[a] & places[b]:
            pairs = itertools.product(found[a], found[b])
            joined = any(
                same_place(x, y, bodies[p.passage.article], bodies[q.passage.article])
                for (p, x), (q, y) in pairs
            )
        if joined:
            found[a] += found.pop(b)


def _inside(mark: Span, quotes: Sequence[Span]) -> bool:
    """Whether the mark lies in somebody's quoted words; those are the speaker's labels."""
    return any(quote.begin <= mark.begin < quote.end for quote in quotes)


def _row_numbers(alignment: Alignment) -> dict[Passage, int]:
    return {p: n for n, row in enumerate(alignment.rows) for cell in row.cells for p in cell.passages}


def _telling(concept: Concept, rows: dict[Passage, int]) -> tuple[Place, ...]:
    """The uses of the outlets that differ, or none."""
    if concept.kind == "noun" and "," not in concept.name:
        return _in_one_row(concept, rows)
    counts = {outlet: concept.counts(outlet) for outlet in dict.fromkeys(p.outlet for p in concept.places)}
    if concept.kind == "title":
        return concept.places if _charged(counts) else ()
    labels = {outlet: _distinct(concept.kind, count) for outlet, count in counts.items()}
    apart = any(not a & b for a in labels.values() for b in labels.values())
    return concept.places if apart else ()


def _charged(counts: dict[str, Counter[str]]) -> bool:
    """Whether an outlet uses a charged word for an office where another, at least twice, does without."""
    used = [any(label.split()[-1] in CHARGED for label in count) for count in counts.values()]
    plain = [count.total() > 1 and not charged for count, charged in zip(counts.values(), used, strict=True)]
    return any(used) and any(plain)


def _distinct(kind: str, labels: Iterable[str]) -> frozenset[object]:
    if kind == "noun":
        return frozenset(map(alike, labels))
    return frozenset(role_of(label) if kind == "description" else label.lower() for label in labels)


def _in_one_row(concept: Concept, rows: dict[Passage, int]) -> tuple[Place, ...]:
    """The uses where two outlets that share no label tell the same: in one row of the table, or where both
    keep to labels of their own, each at least twice, or else in passages that share more of their words.
    """
    counts = {outlet: concept.counts(outlet) for outlet in dict.fromkeys(p.outlet for p in concept.places)}
    labels = {outlet: _distinct("noun", count) for outlet, count in counts.items()}
    kept = {outlet for outlet, count in counts.items() if count.most_common(1)[0][1] >= KEPT}
    telling: set[Place] = set()
    for a, b in itertools.combinations(concept.places, 2):
        apart = a.outlet != b.outlet and not labels[a.outlet] & labels[b.outlet]
        if (
            apart
            and not _has(a.passage, b)
            and not _has(b.passage, a)
            and not _opposed(a, b)
            and not _elsewhere(a, b)
        ):
            near = {a.outlet, b.outlet} <= kept or rows.get(a.passage) == rows.get(b.passage)
            least = LEAST_SHARED if near else LEAST_ELSEWHERE
            if shared(a.passage.text, b.passage.text) >= least:
                telling |= {a, b}
    return tuple(place for place in concept.places if place in telling)


def _opposed(a: Place, b: Place) -> bool:
    """Whether the words beside two labels put those who are meant on different sides."""
    sides = [side(p.passage.text, _within(p)) for p in (a, b)]
    return all(sides) and sides[0] != sides[1]


def _elsewhere(a: Place, b: Place) -> bool:
    """Whether two passages are about unlike states or countries: two laws of two states are two things."""
    found = [_regions(p.passage.text) for p in (a, b)]
    return all(found) and not found[0] & found[1]


def _regions(text: str) -> frozenset[str]:
    """The countries and the states of a federation that a text names, each by one name."""
    found = {place.country for place in places_of([m.group() for m in _WORD.finditer(text)])}
    return frozenset(found) | {m.group() for m in _states().finditer(text)}


@cache
def _states() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(lexicons.load('labels')['states']['names'])})\b")


def _within(place: Place) -> Span:
    begin = place.passage.span.begin
    return Span(place.mark.begin - begin, place.mark.end - begin)


def _has(passage: Passage, place: Place) -> bool:
    """Whether a passage has a label too, be it in quotation marks or in a longer phrase that is no label."""
    return re.search(rf"(?<!\w){re.escape(place.phrase)}(?!\w)", passage.text, re.IGNORECASE) is not None


def _finding(concept: Concept, places: Sequence[Place], outlets: Sequence[str]) -> Finding:
    """Evidence is the first use of each label by each outlet, in the table's order of outlets."""
    first: dict[tuple[str, str], Place] = {}
    told: dict[tuple[str, str], str] = {}
    for place in sorted(places, key=lambda p: outlets.index(p.outlet)):
        agreed = alike(place.label) if concept.kind == "noun" else place.label
        if told.setdefault((place.outlet, agreed), place.label) == place.label:
            first.setdefault((place.outlet, place.label), place)
    evidence = tuple(Evidence(p.outlet, p.passage, marks=(p.mark,)) for p in first.values())
    phrases = {label: place.phrase for (_, label), place in reversed(first.items())}
    # of nouns that no place ties to one thing, some uses may mean another
    counted = concept.kind != "noun" or "," in concept.name
    uses = [
        (f"“{phrases[label]}”", _counted(label, places, outlets, counted))
        for label in dict.fromkeys(label for _, label in first)
    ]
    if concept.kind in OPENING:
        said = listed([f"{phrase} in {listed(who)}" for phrase, who in uses])
        summary = f"{OPENING[concept.kind].format(concept.name)} {said}."
    else:
        summary = contrast(uses)
    variety = VARIETY[concept.kind]
    return Finding("label", variety, summary, evidence, CONFIDENCE[concept.kind], WEIGHT[concept.kind])


def _counted(label: str, places: Sequence[Place], outlets: Sequence[str], counted: bool) -> list[str]:
    counts = Counter(place.outlet for place in places if place.label == label)
    often = counted and max(Counter((place.outlet, place.label) for place in places).values()) > 1
    return [
        f"{outlet} ({_times(counts[outlet])})" if often else outlet for outlet in outlets if counts[outlet]
    ]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
