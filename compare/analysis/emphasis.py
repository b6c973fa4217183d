"""Emphasis: what each outlet puts in its headline, what it leads with, and how high the same fact stands.

All three are read off the texts and the table, so a difference of place is a fact; only the row may
have joined unlike passages, so two passages count as the same only where they share most words of the
shorter, and "low" is said only where nothing like it stands higher. The confidence is the least
``reported`` of the cells it rests on.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from compare.model import Alignment, Article, Cell, Evidence, Finding, Passage
from compare.text import tfidf
from compare.text.citing import cited, listed
from compare.text.passages import paragraph
from compare.text.senses import base

TOP = 0.2
LEAD_ABOVE = 0.1
LAST_THIRD = 2 / 3
MUCH_LOWER = 0.4
LEAST_PASSAGES = 6
LEAST_WORDS = 6
PLACEMENTS = 3
LEAST_SURE = 0.75
# Shares of words with content; read off the samples of docs/reliability.md.
SAME = 0.75
SAME_OF_LONGER = 0.5
LIKE = 0.5
SAME_PLAIN = 0.4
FEWEST_SAME, FEWEST_PLAIN = 5, 4
RUNNING_WORDS = 4
LEAST_HEADLINE = 2
_NOTE = re.compile(
    r"\W*this (?:story|article|post|report|version)\b.{0,40}\b(?:updated|corrected)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]{4,}")
_MARKS = re.compile(r"[“”\"«»„‘]|(?<!\w)['’] ?(?=\w)")  # a charge that is quoted is somebody's
_DATED = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august"
    r"|(?:sept|octo|novem|decem)(?:em)?ber|sept|updated|posted|published|\d+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an outlet first has a fact: the passage, and the share of its article above it."""

    passage: Passage
    above: float


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Findings of kind "emphasis", varieties "headline", "lead" and "placement", greatest first."""
    articles = {article.id: article for article in alignment.story.articles}
    leads = list(_leads(alignment, articles))
    led = {(evidence.passage, other.passage) for one in leads for evidence, other in _pairs(one)}
    places = [one for one in _placements(alignment, articles) if not led & set(_passages(one))]
    places.sort(key=_order)
    return tuple(sorted([*_headlines(alignment), *leads, *places[:PLACEMENTS]], key=_order))


def _headlines(alignment: Alignment) -> Iterator[Finding]:
    evidence = []
    for outlet in alignment.outlets:
        article = _main_article(alignment, outlet)
        span = article.headline
        text = article.body[span.begin : span.end]
        if sum(not _DATED.fullmatch(word) for word in _WORD.findall(text)) >= LEAST_HEADLINE:
            evidence.append((article, Evidence(outlet, Passage(article.id, span, text))))
    texts = [one.passage.text for _, one in evidence]
    unlike = _unlike(texts)
    if len(evidence) < 2 or not unlike:
        return
    said = [f"the {_stand_in(a)} of {one.outlet} reads {cited(one.passage.text)}" for a, one in evidence]
    yield Finding(
        "emphasis",
        "headline",
        f"{_listed(said)}.".replace("the", "The", 1),
        tuple(e for _, e in evidence),
        1.0,
        _round(0.4 + 0.4 * unlike),
    )


def _leads(alignment: Alignment, articles: dict[str, Article]) -> Iterator[Finding]:
    row_of = {p: row for row in alignment.rows for cell in row.cells for p in cell.passages}
    whole = _whole(alignment, articles)
    for column, outlet in enumerate(alignment.outlets):
        lead = _lead(alignment, column, _main_article(alignment, outlet))
        row = row_of.get(lead) if lead else None
        if lead is None or row is None:
            continue
        others = [
            (said, evidence, cell, drop)
            for other, cell in enumerate(row.cells)
            if other != column and alignment.outlets[other] in whole
            for said, evidence, drop in _lower(lead, alignment, other, cell)
        ]
        if not others:
            continue
        places = listed([said for said, *_ in others])
        summary = f"{outlet} opens with {cited(lead.text)}, which stands in {places}."
        sure = [cell.reported for _, _, cell, _ in others]
        drop = sum(one[3] for one in others) / (len(alignment.outlets) - 1)
        evidence = (Evidence(outlet, lead), *(one[1] for one in others))
        confidence = min([*sure, row.cells[column].reported])
        yield Finding("emphasis", "lead", summary, evidence, _round(confidence), _round(0.3 + 0.4 * drop))


def _lower(
    lead: Passage, alignment: Alignment, column: int, cell: Cell
) -> Iterator[tuple[str, Evidence, float]]:
    """How an outlet plays down what another leads with: nothing, where it has it high or not at all.

    What it lacks is for the omissions to say: of a lead, parts stand in any report of the event.
    """
    outlet, passages = alignment.outlets[column], alignment.passages[column]
    articles = {article.id: article for article in alignment.story.articles}
    place = _place(cell, articles)
    low = place if place and cell.grade == "reported" and place.above >= MUCH_LOWER else None
    if (
        low
        and _is_prose(low.passage)
        and _same(lead, low.passage)
        and not _like_above(lead, low, passages, articles)
    ):
        where = f"{_paragraph(low.passage, articles)} in {outlet}"
        yield where, Evidence(outlet, low.passage), low.above


def _like_above(
    told: Passage, place: _Place, passages: Sequence[Passage], articles: dict[str, Article]
) -> bool:
    """Whether the outlet has something like ``told`` already higher than at ``place``."""
    above = (p for p in passages if _share_above(p, articles[p.article]) < place.above)
    words = _content(told)
    return any(_shared(words, _content(passage)) >= LIKE for passage in above)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter's words that both have: a headline may be like a long sentence."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def _same(a: Passage, b: Passage) -> bool:
    """Whether two passages of a row tell one thing: by their words, and not by the names alone."""
    one, other = _content(a), _content(b)
    shorter, longer = sorted((len(one), len(other)))
    shared = len(one & other)
    if bool(_MARKS.search(a.text)) != bool(_MARKS.search(b.text)):
        return False
    plain, others = _plain(a), _plain(b)
    least = SAME_PLAIN * max(min(len(plain), len(others)), 1)
    return (
        (shared >= FEWEST_SAME or len(plain & others) >= FEWEST_PLAIN or one == other)
        and shared >= SAME * max(shorter, 1)
        and shared >= SAME_OF_LONGER * longer
        and len(plain & others) >= least
    )


def _plain(passage: Passage) -> frozenset[str]:
    """The bases of the words and figures that are no names, but for "said"."""
    found = (w for w in tfidf.words(passage.text) if w[0].islower() or w[0].isdigit())
    return frozenset(base(w) for w in found if w not in tfidf.stop_words()) - {base("said")}


def _content(passage: Passage) -> frozenset[str]:
    stop = tfidf.stop_words()
    return frozenset(base(w.lower()) for w in tfidf.words(passage.text) if w.lower() not in stop)


def _placements(alignment: Alignment, articles: dict[str, Article]) -> Iterator[Finding]:
    whole = _whole(alignment, articles)
    for row in alignment.rows:
        placed = [
            (place.above, outlet, place.passage, cell.reported)
            for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
            if outlet in whole and cell.grade == "reported" and (place := _place(cell, articles))
        ]
        if len(placed) < 2:
            continue
        high, low = min(placed), max(placed)
        if high[0] > TOP or low[0] < LAST_THIRD or min(high[3], low[3]) < LEAST_SURE:
            continue
        if not (_is_prose(high[2]) and _is_prose(low[2]) and _same(high[2], low[2])):
            continue
        read = alignment.passages[alignment.outlets.index(low[1])]
        if _like_above(high[2], _Place(low[2], low[0]), read, articles):
            continue
        yield Finding(
            "emphasis",
            "placement",
            f"{high[1]} has {cited(high[2].text)} in {_paragraph(high[2], articles)}; {low[1]} has"
            f" {cited(low[2].text)} in {_paragraph(low[2], articles)}.",
            (Evidence(high[1], high[2]), Evidence(low[1], low[2])),
            _round(min(high[3], low[3])),
            _round(0.6 * (low[0] - high[0])),
        )


def _whole(alignment: Alignment, articles: dict[str, Article]) -> frozenset[str]:
    """The outlets whose text is long enough, and not cut, so that a place in it means something."""
    return frozenset(
        outlet
        for outlet, passages in zip(alignment.outlets, alignment.passages, strict=True)
        if len(passages) >= LEAST_PASSAGES and not any(articles[p.article].cut for p in passages)
    )


def _place(cell: Cell, articles: dict[str, Article]) -> _Place | None:
    """The highest passage of a cell; one in the headline has nothing above it."""
    places = [_Place(p, _share_above(p, articles[p.article])) for p in cell.passages]
    return min(places, key=lambda one: (one.above, one.passage), default=None)


def _share_above(passage: Passage, article: Article) -> float:
    begin = article.headline.end if _is_headline(article) else article.headline.begin
    if passage.span.begin < begin:
        return 0.0
    return (passage.span.begin - begin) / max(len(article.body) - begin, 1)


def _lead(alignment: Alignment, column: int, article: Article) -> Passage | None:
    """The first passage of substance near the top, after the headline or a paragraph standing in for it."""
    begin = article.headline.end if _is_headline(article) else article.headline.begin
    after = (
        passage
        for passage in alignment.passages[column]
        if passage.article == article.id and passage.span.begin >= begin and _is_prose(passage)
    )
    lead = next(after, None)
    return lead if lead and _share_above(lead, article) <= LEAD_ABOVE else None


def _main_article(alignment: Alignment, outlet: str) -> Article:
    own = (article for article in alignment.story.articles if article.outlet == outlet)
    return min(own, key=lambda article: (article.published or dt.date.max, article.id))


def _is_headline(article: Article) -> bool:
    """Whether ``headline`` is a title or a standfirst, and not the first paragraph of the report."""
    return _stand_in(article) != "opening"


def _stand_in(article: Article) -> str:
    if article.title:
        return "headline"
    text = article.body[article.headline.begin : article.headline.end].rstrip()
    return "opening" if text.endswith((".", "!", "?", "”", '"')) else "standfirst"


def _unlike(texts: Sequence[str]) -> float:
    """One minus the mean share of words of four letters or more that two texts have in common."""
    words = [{word.lower() for word in _WORD.findall(text)} for text in texts]
    shares = [len(a & b) / max(len(a | b), 1) for a, b in combinations(words, 2)]
    return 1 - sum(shares) / len(shares) if shares else 0.0


def _pairs(finding: Finding) -> Iterator[tuple[Evidence, Evidence]]:
    for one, other in combinations(finding.evidence, 2):
        yield one, other
        yield other, one


def _passages(finding: Finding) -> list[tuple[Passage, Passage]]:
    return [(one.passage, other.passage) for one, other in _pairs(finding)]


def _paragraph(passage: Passage, articles: dict[str, Article]) -> str:
    """Where a passage stands, in words: "paragraph 6 of 7", or "the headline"."""
    article = articles[passage.article]
    place, last = (paragraph(article, at) for at in (passage.span.begin, len(article.body)))
    return f"paragraph {place} of {last}" if place else "the headline"


def _is_prose(passage: Passage) -> bool:
    """A sentence of some length: no dateline, byline, heading or note of the editors."""
    words = passage.text.split()
    return (
        not _NOTE.match(passage.text)
        and len(words) >= LEAST_WORDS
        and sum(word.isalpha() and word.islower() for word in words) >= RUNNING_WORDS
    )


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else "; ".join(parts[:-1]) + "; and " + parts[-1]


def _round(value: float) -> float:
    return round(value, 4)


def _order(finding: Finding) -> tuple[float, str]:
    return (-finding.weight, finding.summary)
