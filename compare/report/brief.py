"""What to show, and in which order: stories and findings become a Brief that any renderer can walk."""

from collections.abc import Mapping, Sequence

from compare.model import Alignment, Article, Cell, Evidence, Finding, Kind, Problem, Row, Story
from compare.report import choice, exhibits
from compare.report.choice import Room
from compare.report.parts import (
    Brief,
    Coverage,
    Edition,
    Fact,
    FactCell,
    Group,
    Highlight,
    Listing,
    Matrix,
    MatrixRow,
    OutletCount,
    Pair,
    Reference,
    Reliability,
    Report,
    SingleStory,
    Source,
    StorySection,
)

__all__ = ["Brief", "Edition", "Reliability", "Room", "compose"]

HEADINGS: Mapping[Kind, tuple[str, str]] = {
    "quote": ("Quotes", "How far each outlet gives what a speaker said."),
    "figure": ("Figures, dates and times", "Given by one outlet and not by another, or given differently."),
    "label": ("Labels", "Different names for the same person, place or thing."),
    "wording": ("Word choice", "The same fact told in other words."),
    "omission": (
        "Not in every report",
        "What one outlet reports and another does not, and the nearest it has.",
    ),
    "attribution": ("Attribution", "Who is named as the source of the same statement, and how firmly."),
    "emphasis": ("Emphasis", "What each outlet puts first."),
}


def compose(
    stories: Sequence[tuple[Alignment, Sequence[Finding]]],
    singles: Sequence[Story] = (),
    problems: Sequence[Problem] = (),
    edition: Edition | None = None,
    room: Room | None = None,
) -> Brief:
    """Choose, order, number and link everything a reader is shown.

    ``stories`` are those reported by at least two outlets, each with its table and its findings;
    ``singles`` those of one outlet alone. The order of the inputs does not show: stories with more
    outlets come first, then those that differ more, then by title.
    """
    room = room or Room()
    ordered = sorted(stories, key=_standing)
    alone = sorted(singles, key=lambda story: (-len(story.articles), _title(story), story.id))
    told = [alignment.story for alignment, _ in ordered] + alone
    sources = _sources(told)
    sections = tuple(
        _section(number, alignment, findings, sources, room)
        for number, (alignment, findings) in enumerate(ordered, 1)
    )
    lone = tuple(
        SingleStory(number, f"story-{number}", _title(story), story, _reports(story, sources))
        for number, story in enumerate(alone, len(sections) + 1)
    )
    return Brief(
        edition=edition or Edition(),
        highlights=_highlights(sections, room.highlights),
        matrix=_matrix((*sections, *lone)),
        outlets=_outlets((*sections, *lone)),
        sections=sections,
        singles=lone,
        problems=tuple(problems),
        sources=_listings((*sections, *lone), sections),
    )


def _standing(item: tuple[Alignment, Sequence[Finding]]) -> tuple[int, float, str, str]:
    alignment, findings = item
    best = sum(sorted((choice.strength(finding) for finding in findings), reverse=True)[:5])
    return -len(alignment.outlets), -round(best, 9), _title(alignment.story), alignment.story.id


def _headline(article: Article) -> str:
    return article.title or exhibits.gist(article.body[article.headline.begin : article.headline.end], 110)


def _title(story: Story) -> str:
    return exhibits.middle([_headline(article) for article in story.articles])


def _sources(stories: Sequence[Story]) -> dict[str, Source]:
    articles = [article for story in stories for article in _by_outlet(story)]
    return {article.id: exhibits.source(article, number) for number, article in enumerate(articles, 1)}


def _by_outlet(story: Story) -> list[Article]:
    return sorted(story.articles, key=lambda one: (one.outlet.casefold(), one.outlet, one.title, one.id))


def _section(
    number: int, alignment: Alignment, findings: Sequence[Finding], sources: Mapping[str, Source], room: Room
) -> StorySection:
    anchor = f"story-{number}"
    ranked = choice.ranked(findings)
    heat = choice.heat_of(ranked)
    groups = _groups(number, ranked, sources, room)
    shown = frozenset(
        frozenset(one.passage for one in entry.exhibits if one.role == "says")
        for group in groups
        for entry in group.shown
    )
    pairs, more_pairs = choice.pairs(alignment, heat, shown, room.pairs)
    facts = choice.facts(alignment, heat, room.facts)
    return StorySection(
        number=number,
        anchor=anchor,
        title=_title(alignment.story),
        story=alignment.story,
        alignment=alignment,
        reports=_reports(alignment.story, sources),
        facts=tuple(
            _fact(f"{anchor}-fact-{n}", n, row, alignment, sources) for n, row in enumerate(facts, 1)
        ),
        more_facts=len(alignment.rows) - len(facts),
        pairs=tuple(
            Pair(
                f"{anchor}-pair-{n}",
                exhibits.exhibit(left, sources, f"{anchor}-pair-{n}-left"),
                exhibits.exhibit(right, sources, f"{anchor}-pair-{n}-right"),
            )
            for n, (left, right) in enumerate(pairs, 1)
        ),
        more_pairs=more_pairs,
        groups=groups,
    )


def _groups(
    number: int, ranked: Sequence[Finding], sources: Mapping[str, Source], room: Room
) -> tuple[Group, ...]:
    groups: list[Group] = []
    count = 0
    for kind in choice.ORDER:
        of_kind = [finding for finding in ranked if finding.kind == kind]
        entries = [
            exhibits.entry(finding, sources, f"story-{number}-finding-{count + n}", f"{number}.{count + n}")
            for n, finding in enumerate(of_kind, 1)
        ]
        count += len(entries)
        cap = room.kinds.get(kind, 0)
        if entries:
            heading, explanation = HEADINGS[kind]
            anchor = f"story-{number}-{kind}"
            groups.append(
                Group(kind, anchor, heading, explanation, tuple(entries[:cap]), tuple(entries[cap:]))
            )
    return tuple(groups)


def _coverage(articles: Sequence[Article], story: Story) -> Coverage:
    copied = {one for group in story.copies if len(group) > 1 for one in group}
    if not articles:
        return "absent"
    if all(article.cut for article in articles):
        return "cut off"
    return "wire copy" if all(article.id in copied for article in articles) else "reported"


def _reports(story: Story, sources: Mapping[str, Source]) -> tuple[Report, ...]:
    outlets = {article.id: article.outlet for article in story.articles}
    reports = []
    for article in _by_outlet(story):
        mates = sorted(
            {
                outlets[one]
                for group in story.copies
                if article.id in group
                for one in group
                if one != article.id and one in outlets
            }
        )
        notes = [f"cut off: {article.cut}"] if article.cut else []
        notes += [f"same wire text as {', '.join(mates)}"] if mates else []
        reports.append(
            Report(
                source=sources[article.id],
                headline=_headline(article),
                opening=exhibits.gist(_opening(article), 220),
                published=exhibits.day(article.published),
                coverage=_coverage([article], story),
                note="; ".join(notes),
            )
        )
    return tuple(reports)


def _opening(article: Article) -> str:
    """The first paragraph that is not the headline."""
    paragraphs = article.body.split("\n\n")
    return next(iter(paragraphs[1:] if article.title else paragraphs), "")


def _fact(anchor: str, number: int, row: Row, alignment: Alignment, sources: Mapping[str, Source]) -> Fact:
    said = [
        (passage, outlet)
        for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
        for passage in cell.passages[:1]
    ]
    passage, outlet = min(said, key=lambda item: (abs(len(item[0].text) - 120), item[0].text, item[1]))
    exhibit = exhibits.exhibit(Evidence(outlet, passage), sources, f"{anchor}-passage")
    cells = tuple(
        _fact_cell(outlet, cell, sources) for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
    )
    return Fact(anchor, number, exhibits.gist(passage.text), exhibit, cells)


def _fact_cell(outlet: str, cell: Cell, sources: Mapping[str, Source]) -> FactCell:
    places = tuple(
        sorted({exhibits.paragraph(sources[one.article].article, one.span.begin) for one in cell.passages})
    )
    said = ", ".join(str(place) if place else "headline" for place in places)
    labels = {"reported": said, "partly": f"partly {said}", "absent": "not found", "unknown": "cut off"}
    return FactCell(
        outlet, cell.grade, places, labels[cell.grade].strip() if places else labels[_empty(cell)]
    )


def _empty(cell: Cell) -> str:
    return "unknown" if cell.grade == "unknown" else "absent"


def _highlights(sections: Sequence[StorySection], count: int) -> tuple[Highlight, ...]:
    groups = [(section.number, group) for section in sections for group in section.groups]
    by_number = {section.number: section for section in sections}
    return tuple(
        Highlight(entry, by_number[number].title, by_number[number].anchor)
        for number, entry in choice.highlights(groups, count)
    )


def _matrix(sections: Sequence[StorySection | SingleStory]) -> Matrix:
    names = sorted(
        {article.outlet for section in sections for article in section.story.articles},
        key=lambda name: (name.casefold(), name),
    )
    rows = tuple(
        MatrixRow(
            section.number,
            section.anchor,
            section.title,
            tuple(
                _coverage([one for one in section.story.articles if one.outlet == name], section.story)
                for name in names
            ),
        )
        for section in sections
    )
    return Matrix(tuple(names), rows)


def _outlets(sections: Sequence[StorySection | SingleStory]) -> tuple[OutletCount, ...]:
    stories = [section.story for section in sections]
    names = _matrix(sections).outlets
    return tuple(
        OutletCount(
            outlet=name,
            articles=sum(article.outlet == name for story in stories for article in story.articles),
            stories=sum(any(article.outlet == name for article in story.articles) for story in stories),
            alone=sum({article.outlet for article in story.articles} == {name} for story in stories),
        )
        for name in names
    )


def _listings(
    every: Sequence[StorySection | SingleStory], sections: Sequence[StorySection]
) -> tuple[Listing, ...]:
    cited: dict[str, list[Reference]] = {}
    for section in sections:
        for entry in (entry for group in section.groups for entry in group.shown):
            for article in dict.fromkeys(exhibit.source.article.id for exhibit in entry.exhibits):
                cited.setdefault(article, []).append(Reference(entry.anchor, entry.number))
    return tuple(
        Listing(report.source, section.number, section.anchor, tuple(cited.get(report.source.article.id, ())))
        for section in every
        for report in section.reports
    )
