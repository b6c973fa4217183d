"""A brief as a JSON document: everything the other formats show, and all that they left out for length.

The shape is published as ``brief.schema.json`` beside this module; ``VERSION`` is its version, and
grows by one whenever a reader of the old shape would break.
"""

import json
from itertools import chain
from typing import Any

from compare.analysis.distinctive import Distinctive
from compare.analysis.profile import SOURCES, Profile, Week
from compare.analysis.quotes.shares import Shares
from compare.model import Alignment, Article, Cell, Evidence, Finding, Passage, Span
from compare.report.parts import Brief, SingleStory, StorySection

VERSION = 1


def render(brief: Brief) -> str:
    """The brief as JSON text, keys in a fixed order, one trailing newline."""
    return json.dumps(document(brief), ensure_ascii=False, indent=1) + "\n"


def document(brief: Brief) -> dict[str, Any]:
    """The brief as plain dicts and lists; offsets are code points of the article's ``body``."""
    edition, side = brief.edition, brief.side_by_side
    return {
        "version": VERSION,
        "title": edition.title,
        "week": edition.week,
        "dates": edition.dates,
        "command": edition.command,
        "signature": dict(edition.signature),
        "reliability": [
            {"kind": r.kind, "right": r.right, "judged": r.judged, "note": r.note}
            for r in edition.reliability
        ],
        "highlights": [_finding(h.entry.finding) | {"story": h.story} for h in brief.highlights],
        "stories": [_story(section) for section in brief.sections],
        "single_stories": [_single(single) for single in brief.singles],
        "words": [_word(one) for one in side.every_word] if side else [],
        "weeks": [_week(week) for week in side.counted] if side else [],
        "articles": [_article(listing.source.article) for listing in brief.sources],
        "problems": [{"where": p.where, "what": p.what} for p in brief.problems],
    }


def _story(section: StorySection) -> dict[str, Any]:
    entries = chain.from_iterable((*group.shown, *group.rest) for group in section.groups)
    return {
        **_head(section),
        "outlets": list(section.alignment.outlets),
        "facts": _facts(section.alignment),
        "findings": [_finding(entry.finding) for entry in entries],
        "quoted_words": _shares(section.spoken.shares) if section.spoken else None,
        "words": [_word(one) for one in section.every_word],
    }


def _shares(shares: Shares) -> dict[str, Any]:
    return {
        "outlets": list(shares.outlets),
        "words_in_all": list(shares.lengths),
        "speakers": [
            {
                "speaker": one.speaker,
                "person": one.person,
                "words": list(one.words),
                "quotations": list(one.quotations),
            }
            for one in shares.speakers
        ],
    }


def _word(one: Distinctive) -> dict[str, Any]:
    return {
        "outlet": one.outlet,
        "word": one.word,
        "z": round(one.z, 4),
        "count": one.count,
        "words": one.words,
        "count_elsewhere": one.elsewhere,
        "words_elsewhere": one.words_elsewhere,
        "stories": one.stories,
        "facts_others_report": one.told,
        "facts_others_report_without": one.without,
        "evidence": [_evidence(item) for item in one.evidence],
    }


def _week(week: Week) -> dict[str, Any]:
    return {
        "week": week.week,
        "stories_compared": week.compared,
        "outlets": [_profile(one) for one in week.profiles],
    }


def _profile(one: Profile) -> dict[str, Any]:
    return {
        "outlet": one.outlet,
        "articles": one.articles,
        "agency_copies": one.copies,
        "stories": one.stories,
        "stories_alone": one.alone,
        "facts_most_others_report": one.facts,
        "of_these_not_found": one.lacking,
        "sources": dict(zip(SOURCES, one.sources, strict=True)),
        "labels": [{"concept": c, "label": label, "count": count} for c, label, count in one.labels],
    }


def _single(single: SingleStory) -> dict[str, Any]:
    return _head(single)


def _head(part: StorySection | SingleStory) -> dict[str, Any]:
    return {
        "id": part.story.id,
        "title": part.title,
        "articles": [article.id for article in part.story.articles],
        "copies": [list(group) for group in part.story.copies],
    }


def _facts(alignment: Alignment) -> list[list[dict[str, Any]]]:
    return [
        [_cell(outlet, cell) for outlet, cell in zip(alignment.outlets, row.cells, strict=True)]
        for row in alignment.rows
    ]


def _cell(outlet: str, cell: Cell) -> dict[str, Any]:
    return {
        "outlet": outlet,
        "grade": cell.grade,
        "reported": round(cell.reported, 4),
        "passages": [_passage(passage) for passage in cell.passages],
        "nearest": _passage(cell.nearest) if cell.nearest else None,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "variety": finding.variety,
        "summary": finding.summary,
        "confidence": round(finding.confidence, 4),
        "weight": round(finding.weight, 4),
        "evidence": [_evidence(item) for item in finding.evidence],
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        **_passage(item.passage),
        "outlet": item.outlet,
        "role": item.role,
        "marks": [_span(mark) for mark in item.marks],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"article": passage.article, **_span(passage.span), "text": passage.text}


def _span(span: Span) -> dict[str, int]:
    return {"begin": span.begin, "end": span.end}


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        "origin": article.origin,
        "cut": article.cut,
        "headline": _span(article.headline),
        "body": article.body,
        "removed": [{"line": removal.line, "rule": removal.rule} for removal in article.removed],
    }
