"""Articles and passages made ready to be shown: numbered, linked, placed, cut into marked pieces."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from compare.model import Article, Evidence, Finding, Passage, Span
from compare.report import doubles
from compare.report.parts import Entry, Exhibit, Piece, Source
from compare.text.passages import paragraph

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
EVIDENCE = 6
QUOTED, TITLE = 110, 300
WINDOW = 900
URL = 2000


def live_link(url: str) -> str:
    """``url`` if it is one that may be live in a document (http or https, with a host), else ""."""
    if len(url) > URL or " " in url or not url.isprintable():
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


def pieces(passage: Passage, marks: Iterable[Span]) -> tuple[Piece, ...]:
    """``passage.text`` cut at the borders of ``marks`` (offsets into the body, overlaps joined).

    Of a very long passage ``WINDOW`` characters about the first mark are shown. Past ``MARKS`` marks
    the rest stays unmarked: a page with thousands helps nobody.
    """
    shift, text = passage.span.begin, passage.text
    inside = [(mark.begin - shift, mark.end - shift) for mark in sorted(marks)[:MARKS]]
    first, last = _window(len(text), inside[0][0] if inside else 0)
    found = [Piece("… ", False)] if first else []
    at = first
    for one, other in inside:
        begin, end = max(one, at), min(other, last)
        if begin < end:
            found += [Piece(text[at:begin], False), Piece(text[begin:end], True)]
            at = end
    found += [Piece(text[at:last], False), Piece(" …" if last < len(text) else "", False)]
    return tuple(piece for piece in found if piece.text)


def _window(size: int, mark: int) -> tuple[int, int]:
    """The part of a passage to show, so that its first mark is in it."""
    if size <= WINDOW:
        return 0, size
    first = min(max(mark - WINDOW // 3, 0), size - WINDOW)
    return first, first + WINDOW


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


def entry(
    finding: Finding,
    sources: Mapping[str, Source],
    anchor: str,
    number: str,
    also: Sequence[Finding] = (),
) -> Entry:
    """One finding as it is shown, with what others ``also`` say that tell the same.

    At most ``EVIDENCE`` passages, every outlet's first ones first.
    """
    summary, evidence, confidence = doubles.together((finding, *also))
    order = sorted(range(len(evidence)), key=lambda index: (_turn(evidence, index), index))
    kept = sorted(order[:EVIDENCE])
    return Entry(
        anchor=anchor,
        number=number,
        title=_told_once(summary, evidence),
        summary=summary,
        confidence=confidence,
        finding=finding,
        outlets=tuple(dict.fromkeys(one.outlet for one in evidence)),
        exhibits=tuple(exhibit(evidence[index], sources, f"{anchor}-evidence-{index + 1}") for index in kept),
        sureness="high" if confidence >= HIGH else "fair" if confidence >= FAIR else "low",
        more=len(evidence) - len(kept),
    )


def _told_once(summary: str, evidence: Iterable[Evidence]) -> str:
    """The summary, with every passage that it quotes whole cut to its beginning."""
    title = summary
    for text in sorted({one.passage.text for one in evidence}, key=lambda text: (-len(text), text)):
        for form in (text, text.strip(' "“”')):
            if len(form) > QUOTED:
                title = title.replace(form, gist(form, QUOTED))
    return gist(title, TITLE)


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
