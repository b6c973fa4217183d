"""The pages about all stories at once: counts, what differed most, the matrix, contents, sources."""

from collections.abc import Mapping, Sequence
from itertools import chain

from compare.model import Story
from compare.report import choice, exhibits, sections
from compare.report.measures import Outlets
from compare.report.parts import (
    Highlight,
    Line,
    Listing,
    Matrix,
    MatrixRow,
    OutletCount,
    Reference,
    SingleStory,
    Source,
    StorySection,
)
from compare.text.citing import listed

Part = StorySection | SingleStory
MANY = 24


def _all(compared: Sequence[StorySection], alone: Sequence[SingleStory]) -> tuple[Part, ...]:
    return (*compared, *alone)


def numbered(stories: Sequence[Story]) -> dict[str, Source]:
    """Every article as a numbered source, by article id, in the order the stories are told."""
    articles = chain.from_iterable(sections.by_outlet(story) for story in stories)
    return {article.id: exhibits.source(article, number) for number, article in enumerate(articles, 1)}


def headline(compared: Sequence[StorySection], alone: Sequence[SingleStory]) -> str:
    """The brief's own headline: it says what was done, and judges nothing."""
    names = _names(_all(compared, alone))
    if len(compared) == 1 and not alone:
        return f"How {listed(names)} report one story" if len(names) <= 3 else "One story, told side by side"
    if not compared:
        return "Nothing to compare"
    return "The same events, side by side"


def counts(compared: Sequence[StorySection], alone: Sequence[SingleStory]) -> tuple[tuple[int, str], ...]:
    """What was read and found, in numbers with their nouns."""
    articles = sum(len(part.reports) for part in _all(compared, alone))
    found = sum(len(group.shown) + len(group.rest) for part in compared for group in part.groups)
    numbers = (
        (len(_names(_all(compared, alone))), "outlet"),
        (articles, "article"),
        (len(compared), "story compared"),
        (found, "difference found"),
    )
    plural = {"outlet": "outlets", "article": "articles", "story compared": "stories compared"}
    return tuple(
        (number, noun if number == 1 else plural.get(noun, "differences found")) for number, noun in numbers
    )


def highlights(compared: Sequence[StorySection], count: int) -> tuple[Highlight, ...]:
    """What differed most, over all stories."""
    groups = [(section.number, group) for section in compared for group in section.groups]
    by_number = {section.number: section for section in compared}
    return tuple(
        Highlight(entry, by_number[number].short, by_number[number].anchor)
        for number, entry in choice.highlights(groups, count, _names(compared))
    )


def contents(
    compared: Sequence[StorySection], alone: Sequence[SingleStory], side_by_side: Outlets | None = None
) -> tuple[Line, ...]:
    """A line for each story and for the end matter; empty where one story is all there is."""
    return lines(compared, alone, side_by_side) if len(compared) + len(alone) > 1 else ()


def lines(
    compared: Sequence[StorySection], alone: Sequence[SingleStory], side_by_side: Outlets | None
) -> tuple[Line, ...]:
    """The lines of the contents, however few."""
    stories = [Line(part.anchor, str(part.number), part.title, part.scope) for part in compared]
    lone = [Line("singles", "", "Reported by one outlet only", _stories(len(alone)))] if alone else []
    told = [Line("outlets", "", side_by_side.title, _weeks(side_by_side))] if side_by_side else []
    end = [Line("sources", "", "Sources", ""), Line("method", "", "How this was made", "")]
    return (*stories, *told, *lone, *end)


def _weeks(side_by_side: Outlets) -> str:
    """The weeks that the profiles run over, where there are several."""
    weeks = side_by_side.weeks
    return f"{weeks[0]} to {weeks[-1]}" if len(weeks) > 1 else ""


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count} stories"


def _names(parts: Sequence[Part]) -> tuple[str, ...]:
    names = {report.source.article.outlet for part in parts for report in part.reports}
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))


def matrix(compared: Sequence[StorySection], alone: Sequence[SingleStory]) -> Matrix:
    """Stories by outlets, outlets in alphabetical order.

    One picture is readable in seconds: with more than ``MANY`` stories, those of one outlet are left out.
    """
    parts = _all(compared, alone if len(compared) + len(alone) <= MANY or not compared else ())
    names = _names(_all(compared, alone))
    return Matrix(names, tuple(_matrix_row(part, names) for part in parts))


def _matrix_row(part: Part, names: Sequence[str]) -> MatrixRow:
    cells = tuple(
        sections.coverage([one for one in part.story.articles if one.outlet == name], part.story)
        for name in names
    )
    return MatrixRow(part.number, part.anchor, part.title, cells)


def outlets(parts: Sequence[Part]) -> tuple[OutletCount, ...]:
    """What each outlet brought to the week."""
    told = [[article.outlet for article in part.story.articles] for part in parts]
    return tuple(
        OutletCount(
            outlet=name,
            articles=sum(names.count(name) for names in told),
            stories=sum(name in names for names in told),
            alone=sum(set(names) == {name} for names in told),
        )
        for name in _names(parts)
    )


def listings(compared: Sequence[StorySection], alone: Sequence[SingleStory]) -> tuple[Listing, ...]:
    """The list of sources, each with the findings that cite it."""
    cited = _citations(compared)
    return tuple(
        Listing(report.source, part.number, part.anchor, tuple(cited.get(report.source.number, ())))
        for part in _all(compared, alone)
        for report in part.reports
    )


def _citations(compared: Sequence[StorySection]) -> Mapping[int, Sequence[Reference]]:
    cited: dict[int, list[Reference]] = {}
    entries = (entry for part in compared for group in part.groups for entry in group.shown)
    for entry in entries:
        for number in sorted({shown.source.number for shown in entry.exhibits}):
            cited.setdefault(number, []).append(Reference(entry.anchor, entry.number))
    return cited
