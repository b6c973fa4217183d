"""People and clock times of one outlet's passage that stand nowhere in another outlet's text.

Weaker than a missing fact, and surer: the fact may be reported there, but the name or the hour is not.
It is read off the words themselves: a name counts as given where its last word stands, in any spelling.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from compare.model import Alignment, Article, Cell, Evidence, Finding, Passage, Row, Span
from compare.text.citing import cited
from compare.text.names import Name, fold, names
from compare.text.phrases import is_group, places
from compare.text.quantities import Quantity, quantities
from compare.text.tfidf import words

# The share that a reader upheld, of a sample on real articles: docs/reliability.md.
CONFIDENCE = 0.95
LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Detail:
    """A name or an hour: where it stands in its passage, as written, and what compares it."""

    span: Span
    text: str
    key: object


@dataclass(frozen=True, slots=True)
class _Text:
    """What the articles of one outlet hold: folded words, and hours as comparable values."""

    words: frozenset[str]
    hours: frozenset[object]


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """One finding of kind "omission", variety "unnamed", for a passage and an outlet that lacks its details.

    Nothing is claimed where the outlet lacks the whole fact (that is an omission of its own), nor
    against text that is cut off or too short to tell.
    """
    articles = {article.id: article for article in alignment.story.articles}
    held = {outlet: _text(articles.values(), outlet) for outlet in alignment.outlets}
    found = [
        finding
        for row in alignment.rows
        for teller, passage in _told(row, alignment)
        for details in [_details(passage, articles[passage.article])]
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
        if outlet != teller and cell.grade not in {"absent", "unknown"}
        for finding in _finding(Evidence(teller, passage), details, outlet, cell, held[outlet])
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.summary)))


def _told(row: Row, alignment: Alignment) -> Iterator[tuple[str, Passage]]:
    for outlet, cell in zip(alignment.outlets, row.cells, strict=True):
        yield from ((outlet, passage) for passage in cell.passages)


def _details(passage: Passage, article: Article) -> tuple[list[_Detail], list[_Detail]]:
    people = [_Detail(n.span, n.text, fold(n.text.split()[-1])) for n in _people(passage.text, article)]
    hours = [_Detail(q.span, passage.text[q.span.begin : q.span.end], q.value) for q in _hours(passage.text)]
    return people, hours


def _finding(
    says: Evidence, details: tuple[list[_Detail], list[_Detail]], outlet: str, cell: Cell, held: _Text
) -> Iterator[Finding]:
    people = [one for one in details[0] if one.key not in held.words]
    hours = [one for one in details[1] if one.key not in held.hours]
    if not people and not hours:
        return
    verbs = [f"does not name {_listed(people)}"] if people else []
    verbs += [f"does not give the time {_listed(hours)}"] if hours else []
    summary = f"{outlet} {' and '.join(verbs)}: {cited(says.passage.text)} ({says.outlet})."
    nearest = cell.nearest or (cell.passages[0] if cell.passages else None)
    near = (Evidence(outlet, nearest, "nearest"),) if nearest else ()
    marked = replace(says, marks=_marks(says.passage, people + hours))
    weight = min(0.35 + 0.15 * len(people + hours), 0.8)
    yield Finding("omission", "unnamed", summary, (marked, *near), CONFIDENCE, round(weight, 4))


def _text(articles: Iterable[Article], outlet: str) -> _Text:
    bodies = [one.body for one in articles if one.outlet == outlet]
    return _Text(
        frozenset(fold(word) for body in bodies for word in words(body)),
        frozenset(q.value for body in bodies for q in _hours(body)),
    )


def _people(text: str, article: Article) -> list[Name]:
    return [name for name in names(text, article.body) if _is_person(name, text)]


def _is_person(name: Name, text: str) -> bool:
    """A name with a title, or a first and last name; bodies, places and shouted lines are none."""
    parts = name.text.split()
    if not 2 <= len(parts) <= LONGEST_NAME or any(is_group(part) for part in parts) or places(parts):
        return False
    if not all(part[:1].isupper() and not part.isupper() for part in (parts[0], parts[-1])):
        return False
    return bool(name.title) or not text[: name.span.begin].rstrip().lower().endswith(
        ("the", "in", "at", "on")
    )


def _hours(text: str) -> list[Quantity]:
    return [one for one in quantities(text) if one.kind == "time"]


def _marks(passage: Passage, details: list[_Detail]) -> tuple[Span, ...]:
    shift = passage.span.begin
    return tuple(sorted(Span(one.span.begin + shift, one.span.end + shift) for one in details))


def _listed(details: list[_Detail]) -> str:
    parts = list(dict.fromkeys(one.text for one in details))
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
