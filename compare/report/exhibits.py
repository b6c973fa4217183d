"""Articles and passages made ready to be shown: numbered, linked, placed, cut into marked pieces."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from compare.model import Article, Evidence, Finding, Passage, Span
from compare.report.parts import Entry, Exhibit, Piece, Source

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
HIGH, FAIR = 0.8, 0.5
GIST_CHARACTERS = 170
MARKS = 60
EVIDENCE = 8


def live_link(url: str) -> str:
    """``url`` if it is one that may be live in a document (http or https, with a host), else ""."""
    if any(character.isspace() or ord(character) < 32 for character in url):
        return ""
    try:
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else ""
    except ValueError:
        return ""


def day(date: dt.date | None) -> str:
    """A date in words that no locale changes, or "" where there is none."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}" if date else ""


def days(dates: Iterable[dt.date | None]) -> str:
    """The first to the last of some dates in words, or "" where there is none."""
    known = sorted(date for date in dates if date)
    if not known:
        return ""
    first, last = known[0], known[-1]
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def source(article: Article, number: int) -> Source:
    """One article as entry ``number`` in the list of sources."""
    paragraphs = article.body.count("\n\n") + (1 if article.body.strip() else 0)
    return Source(
        number=number,
        anchor=f"source-{number}",
        article=article,
        words=len(article.body.split()),
        paragraphs=max(paragraphs - bool(article.title), 0),
        link=live_link(article.url),
    )


def paragraph(article: Article, begin: int) -> int:
    """The paragraph that offset ``begin`` falls in, counted from 1; the headline is 0."""
    return article.body.count("\n\n", 0, begin) + (0 if article.title else 1)


def pieces(passage: Passage, marks: Iterable[Span]) -> tuple[Piece, ...]:
    """``passage.text`` cut at the borders of ``marks`` (offsets into the body, overlaps joined).

    Past ``MARKS`` marks the rest stays unmarked: a page with thousands helps nobody.
    """
    shift, size = passage.span.begin, len(passage.text)
    found: list[Piece] = []
    at = 0
    for mark in sorted(marks)[:MARKS]:
        begin, end = max(mark.begin - shift, at), min(mark.end - shift, size)
        if begin >= end:
            continue
        if begin > at:
            found.append(Piece(passage.text[at:begin], False))
        found.append(Piece(passage.text[begin:end], True))
        at = end
    if at < size:
        found.append(Piece(passage.text[at:], False))
    return tuple(found)


def exhibit(evidence: Evidence, sources: Mapping[str, Source], anchor: str) -> Exhibit:
    """One piece of evidence as it is shown; ``sources`` maps article ids."""
    told = sources[evidence.passage.article]
    number = paragraph(told.article, evidence.passage.span.begin)
    return Exhibit(
        anchor=anchor,
        outlet=evidence.outlet,
        source=told,
        paragraph=number,
        place=f"paragraph {number}" if number else "headline",
        role=evidence.role,
        passage=evidence.passage,
        pieces=pieces(evidence.passage, evidence.marks),
    )


def entry(finding: Finding, sources: Mapping[str, Source], anchor: str, number: str) -> Entry:
    """One finding as it is shown: at most ``EVIDENCE`` passages, every outlet's first ones first."""
    order = sorted(range(len(finding.evidence)), key=lambda index: (_turn(finding.evidence, index), index))
    kept = sorted(order[:EVIDENCE])
    return Entry(
        anchor=anchor,
        number=number,
        finding=finding,
        exhibits=tuple(
            exhibit(finding.evidence[index], sources, f"{anchor}-evidence-{index + 1}") for index in kept
        ),
        sureness="high" if finding.confidence >= HIGH else "fair" if finding.confidence >= FAIR else "low",
        more=len(finding.evidence) - len(kept),
    )


def _turn(evidence: Sequence[Evidence], index: int) -> int:
    """How many earlier pieces of evidence the same outlet has."""
    return sum(one.outlet == evidence[index].outlet for one in evidence[:index])


def gist(text: str, limit: int = GIST_CHARACTERS) -> str:
    """The start of ``text`` on one line, at most ``limit`` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head, _, _ = line[:limit].rpartition(" ")
    return (head or line[: limit - 1]).rstrip(" ,;:–—-") + "…"


def middle(texts: Sequence[str]) -> str:
    """The text that shares most words with the others; ties go to the shorter, then the alphabet.

    Names a story by one of its own headlines without choosing an outlet.
    """
    words = [frozenset(text.casefold().split()) for text in texts]
    shared = [sum(len(one & other) / max(len(one | other), 1) for other in words) for one in words]
    return min(zip(shared, texts, strict=True), key=lambda pair: (-round(pair[0], 9), len(pair[1]), pair[1]))[
        1
    ]
