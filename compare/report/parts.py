"""The parts of a brief: what is shown, already chosen, ordered, numbered and linked.

Renderers walk these and decide nothing. Anchors are made when the brief is composed, so a finding,
its evidence and its source can point at each other in every format.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compare.model import Alignment, Article, Finding, Grade, Kind, Passage, Problem, Story
from compare.report.measures import Outlets, Spoken, Word

if TYPE_CHECKING:
    from compare.analysis.distinctive import Distinctive

Coverage = Literal["reported", "wire copy", "cut off", "absent"]
COVERAGES: tuple[Coverage, ...] = ("reported", "wire copy", "cut off", "absent")


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often findings of one kind were right when a reader checked: ``right`` in [0, 1] of ``judged``."""

    kind: Kind
    right: float
    judged: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a brief is called and how it was made; ``command`` makes the same file again."""

    title: str = "Parallax"
    week: str = ""
    dates: str = ""
    command: str = ""
    signature: tuple[tuple[str, str], ...] = ()
    reliability: tuple[Reliability, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Source:
    """One article in the numbered list of sources; ``link`` is its URL if that may be live, else ""."""

    number: int
    anchor: str
    article: Article
    words: int
    paragraphs: int
    link: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to a finding: its anchor and its number in print."""

    anchor: str
    number: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A source as the list of sources shows it, with the way back to every finding that cites it.

    ``story_anchor`` is "" where its story is in another volume.
    """

    source: Source
    story: int
    story_anchor: str
    cited: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One article's part in a story: who, when, how long, under which headline and opening.

    ``share`` is its length over that of the story's longest article, in [0, 1].
    """

    source: Source
    headline: str
    opening: str
    published: str
    coverage: Coverage
    note: str
    share: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage, marked where it is the telling or the differing part."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A passage as it is shown: its pieces joined give ``passage.text``.

    ``paragraph`` counts from 1 without the headline, which is 0; ``place`` says it in words.
    """

    anchor: str
    outlet: str
    source: Source
    paragraph: int
    place: str
    role: Literal["says", "nearest"]
    passage: Passage
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as it is shown. ``number`` is its name in print, such as "3.12".

    ``summary`` also tells what others of the story say that differ from ``finding`` by an outlet alone;
    ``confidence`` is the least of theirs. ``title`` is the summary without repeating at length what the
    evidence below it says; ``more`` counts the pieces of evidence that were left out for length.
    """

    anchor: str
    number: str
    title: str
    summary: str
    confidence: float
    finding: Finding
    outlets: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    sureness: Literal["high", "fair", "low"]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """A story's findings of one kind, strongest first: those ``shown``, and the ``rest`` for the JSON."""

    kind: Kind
    anchor: str
    heading: str
    explanation: str
    shown: tuple[Entry, ...]
    rest: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FactCell:
    """Where one outlet has a fact: paragraph numbers (0 is the headline), and what to print.

    ``code`` is the same as ``label`` for a narrow column.
    """

    outlet: str
    grade: Grade
    paragraphs: tuple[int, ...]
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One shown row of the table of facts, told in the words of ``exhibit``; ``gist`` is its start.

    ``findings`` are the shown ones whose evidence lies in this row.
    """

    anchor: str
    number: int
    gist: str
    exhibit: Exhibit
    cells: tuple[FactCell, ...]
    findings: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same fact in two outlets, the differing words marked."""

    anchor: str
    left: Exhibit
    right: Exhibit


@dataclass(frozen=True, slots=True)
class StorySection:
    """One story reported by at least two outlets. ``more_facts`` and ``more_pairs`` were left out.

    ``short`` is the title for a running head, ``scope`` counts outlets and gives the dates; ``spoken``
    counts quoted words, ``words`` are shown of ``every_word`` that sets an outlet
    apart in this story.
    """

    number: int
    anchor: str
    title: str
    short: str
    scope: str
    story: Story
    alignment: Alignment
    reports: tuple[Report, ...]
    facts: tuple[Fact, ...]
    more_facts: int
    pairs: tuple[Pair, ...]
    more_pairs: int
    groups: tuple[Group, ...]
    spoken: Spoken | None = None
    words: tuple[Word, ...] = ()
    every_word: "tuple[Distinctive, ...]" = ()


@dataclass(frozen=True, slots=True)
class SingleStory:
    """A story that one outlet alone reports: nothing to compare, but worth knowing."""

    number: int
    anchor: str
    title: str
    short: str
    scope: str
    story: Story
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Highlight:
    """One sentence of what differed most, the finding it links to, and its story's short title."""

    entry: Entry
    story: str
    story_anchor: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One story's line in the coverage matrix; ``cells`` follow the matrix's outlets."""

    number: int
    anchor: str
    title: str
    cells: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Stories by outlets."""

    outlets: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class OutletCount:
    """One outlet's week: articles read, stories reported, stories no other outlet reports."""

    outlet: str
    articles: int
    stories: int
    alone: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents."""

    anchor: str
    number: str
    title: str
    scope: str


@dataclass(frozen=True, slots=True)
class Volume:
    """Which of several files a brief is, counted from 1; ``told`` says what is in it and in the others."""

    number: int
    count: int
    told: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a reader is shown, from the general to the particular.

    ``contents`` is empty where a brief has one story only; ``side_by_side`` is None where nothing was
    counted over several stories, ``volume`` where the brief is whole.
    """

    edition: Edition
    headline: str
    counts: tuple[tuple[int, str], ...]
    highlights: tuple[Highlight, ...]
    contents: tuple[Line, ...]
    matrix: Matrix
    outlets: tuple[OutletCount, ...]
    sections: tuple[StorySection, ...]
    singles: tuple[SingleStory, ...]
    problems: tuple[Problem, ...]
    sources: tuple[Listing, ...]
    side_by_side: Outlets | None = None
    volume: Volume | None = None
