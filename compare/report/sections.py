"""One story's section: its reports, its table of facts, its pairs and its findings, ready to be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compare.model import Alignment, Article, Cell, Evidence, Finding, Grade, Kind, Passage, Row, Story
from compare.report import choice, doubles, exhibits
from compare.report.parts import (
    Coverage,
    Fact,
    FactCell,
    Group,
    Pair,
    Reference,
    Report,
    SingleStory,
    Source,
    StorySection,
)
from compare.text.passages import paragraph

HEADINGS: Mapping[Kind, tuple[str, str]] = {
    "quote": ("Quotes", "How far each outlet gives what a speaker said."),
    "figure": ("Figures, dates and times", "Given by one outlet and not by another, or given differently."),
    "label": ("Labels", "Different names for the same person, place or thing."),
    "wording": ("Word choice", "The same fact told in other words."),
    "omission": (
        "Not in every report",
        "What some outlets report and others do not, and the nearest to it.",
    ),
    "attribution": ("Attribution", "Who is named as the source of the same statement, and how firmly."),
    "emphasis": ("Emphasis", "What each outlet puts first."),
}
SHORT, OPENING = 64, 128


def section(
    number: int,
    alignment: Alignment,
    findings: Sequence[Finding],
    sources: Mapping[str, Source],
    room: choice.Room,
) -> StorySection:
    """Story ``number``, with what it shows chosen to fit ``room``; ``sources`` maps article ids."""
    anchor = f"story-{number}"
    ranked = choice.ranked(findings)
    heat = choice.heat_of(ranked)
    groups = _groups(number, ranked, sources, room)
    pairs, more_pairs = choice.pairs(alignment, heat, _shown_together(groups), room.pairs)
    facts = choice.facts(alignment, heat, room.facts)
    table = _Table(anchor, alignment.outlets, sources, _cited(groups))
    name = title(alignment.story)
    return StorySection(
        number=number,
        anchor=anchor,
        title=name,
        short=exhibits.gist(name, SHORT),
        scope=scope(alignment.story),
        story=alignment.story,
        alignment=alignment,
        reports=reports(alignment.story, sources),
        facts=tuple(_fact(index, row, table) for index, row in enumerate(facts, 1)),
        more_facts=len(alignment.rows) - len(facts),
        pairs=tuple(_pair(f"{anchor}-pair-{index}", pair, sources) for index, pair in enumerate(pairs, 1)),
        more_pairs=more_pairs,
        groups=groups,
    )


def single(number: int, story: Story, sources: Mapping[str, Source]) -> SingleStory:
    """A story of one outlet alone, as story ``number``."""
    name = title(story)
    return SingleStory(
        number=number,
        anchor=f"story-{number}",
        title=name,
        short=exhibits.gist(name, SHORT),
        scope=scope(story),
        story=story,
        reports=reports(story, sources),
    )


def title(story: Story) -> str:
    """The story's name: the headline most like the others, whoever wrote it."""
    return exhibits.middle([headline(article) for article in story.articles])


def headline(article: Article) -> str:
    """The article's title, or the beginning of what has to stand in for one."""
    stand_in = article.body[article.headline.begin : article.headline.end]
    return exhibits.gist(article.title, 300) or exhibits.gist(stand_in, 110) or "(no headline)"


def scope(story: Story) -> str:
    """How many outlets report a story, and when."""
    count = len({article.outlet for article in story.articles})
    when = exhibits.days(article.published for article in story.articles)
    return " · ".join(part for part in (f"{count} {'outlet' if count == 1 else 'outlets'}", when) if part)


def by_outlet(story: Story) -> list[Article]:
    """A story's articles by outlet, then title: no order of input shows."""
    return sorted(story.articles, key=lambda one: (one.outlet.casefold(), one.outlet, one.title, one.id))


def coverage(articles: Sequence[Article], story: Story) -> Coverage:
    """How one outlet covers ``story`` with these ``articles`` of its own."""
    copied = {one for group in story.copies if len(group) > 1 for one in group}
    if not articles:
        return "absent"
    if all(article.cut for article in articles):
        return "cut off"
    return "wire copy" if all(article.id in copied for article in articles) else "reported"


def reports(story: Story, sources: Mapping[str, Source]) -> tuple[Report, ...]:
    """Who reports the story, when, how long and under which headline."""
    longest = max((sources[article.id].words for article in story.articles), default=0) or 1
    return tuple(
        Report(
            source=sources[article.id],
            headline=headline(article),
            opening=exhibits.gist(_opening(article), OPENING),
            published=exhibits.day(article.published) or "no date found",
            coverage=coverage([article], story),
            note=_note(article, story),
            share=sources[article.id].words / longest,
        )
        for article in by_outlet(story)
    )


def _note(article: Article, story: Story) -> str:
    outlets = {one.id: one.outlet for one in story.articles}
    copies = [one for group in story.copies if article.id in group for one in group if one != article.id]
    mates = sorted({outlets[one] for one in copies if one in outlets})
    notes = [f"cut off: {article.cut}"] if article.cut else []
    notes += [f"same wire text as {', '.join(mates)}"] if mates else []
    return "; ".join(notes)


def _opening(article: Article) -> str:
    """The first paragraph that is not the headline, unless it had to stand in for it."""
    paragraphs = article.body.split("\n\n")
    return next(iter(paragraphs[1:]), "")


def _groups(
    number: int, ranked: Sequence[Finding], sources: Mapping[str, Source], room: choice.Room
) -> tuple[Group, ...]:
    chosen = choice.shown(ranked, room)
    also: dict[int, list[Finding]] = {}
    for place, leader in enumerate(doubles.leaders(ranked)):
        if leader != place:
            also.setdefault(leader, []).append(ranked[place])
    groups: list[Group] = []
    count = 0
    for kind in choice.ORDER:
        places = [place for place, finding in enumerate(ranked) if finding.kind == kind]
        entries = {
            place: exhibits.entry(
                ranked[place],
                sources,
                f"story-{number}-finding-{index}",
                f"{number}.{index}",
                also.get(place, ()),
            )
            for index, place in enumerate(places, count + 1)
        }
        count += len(entries)
        shown = tuple(entry for place, entry in entries.items() if place in chosen)
        rest = tuple(entry for place, entry in entries.items() if place not in chosen)
        if entries:
            groups.append(Group(kind, f"story-{number}-{kind}", *HEADINGS[kind], shown, rest))
    return tuple(groups)


def _shown_together(groups: Sequence[Group]) -> frozenset[frozenset[Passage]]:
    """The passages of two outlets that some shown finding already puts side by side."""
    return frozenset(
        frozenset((one.passage, other.passage))
        for group in groups
        for entry in group.shown
        for one in entry.exhibits
        for other in entry.exhibits
        if one.outlet < other.outlet
    )


def _cited(groups: Sequence[Group]) -> dict[Passage, list[Reference]]:
    cited: dict[Passage, list[Reference]] = {}
    for group in groups:
        for entry in group.shown:
            for shown in entry.exhibits:
                if shown.role == "says":
                    cited.setdefault(shown.passage, []).append(Reference(entry.anchor, entry.number))
    return cited


def _pair(anchor: str, pair: tuple[Evidence, Evidence], sources: Mapping[str, Source]) -> Pair:
    left, right = pair
    return Pair(
        anchor,
        exhibits.exhibit(left, sources, f"{anchor}-left"),
        exhibits.exhibit(right, sources, f"{anchor}-right"),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """What the rows of one story's table share."""

    anchor: str
    outlets: tuple[str, ...]
    sources: Mapping[str, Source]
    cited: Mapping[Passage, Sequence[Reference]]


def _fact(number: int, row: Row, table: _Table) -> Fact:
    """A row of the table, told by the passage whose length is nearest to a good line's."""
    anchor = f"{table.anchor}-fact-{number}"
    columns = list(zip(table.outlets, row.cells, strict=True))
    said = [(passage, outlet) for outlet, cell in columns for passage in cell.passages]
    passage, outlet = min(said, key=lambda item: (abs(len(item[0].text) - 110), item[0].text, item[1]))
    references = dict.fromkeys(one for told, _ in said for one in table.cited.get(told, ()))
    return Fact(
        anchor=anchor,
        number=number,
        gist=exhibits.gist(passage.text),
        exhibit=exhibits.exhibit(Evidence(outlet, passage), table.sources, f"{anchor}-passage"),
        cells=tuple(_fact_cell(outlet, cell, table.sources) for outlet, cell in columns),
        findings=tuple(sorted(references, key=lambda one: [int(part) for part in one.number.split(".")])),
    )


def _fact_cell(outlet: str, cell: Cell, sources: Mapping[str, Source]) -> FactCell:
    places = sorted({paragraph(sources[one.article].article, one.span.begin) for one in cell.passages})
    said = ", ".join(f"¶ {place}" if place else "headline" for place in places[:3])
    brief = str(places[0] or "head") if places else ""
    labels: dict[Grade, tuple[str, str]] = {
        "reported": (said, brief),
        "partly": (f"partly {said}", f"({brief})"),
        "absent": ("not found", "–"),
        "unknown": ("cut off", "?"),
    }
    if not places and cell.grade in {"partly", "reported"}:
        # Nothing was aligned, but too much is alike to say that it is absent.
        return FactCell(outlet, "partly", (), "unclear", "≈")
    silent = cell.grade in {"absent", "unknown"}
    if places and silent:
        return FactCell(outlet, "reported", tuple(places), said, brief)
    label, code = labels[cell.grade]
    return FactCell(outlet, cell.grade, tuple(places), label, code)
