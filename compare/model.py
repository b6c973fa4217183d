"""The plain data that pass between the rooms: frozen, ordered, without behaviour.

All offsets are code points of ``Article.body``; ``article.body[begin:end] == passage.text``, always.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal["omission", "label", "wording", "quote", "figure", "attribution", "emphasis"]
Grade = Literal["reported", "partly", "absent", "unknown"]
KINDS: tuple[Kind, ...] = ("omission", "figure", "quote", "attribution", "label", "wording", "emphasis")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[begin, end)`` of code points."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Removal:
    """One line that cleaning took out of the raw text, and the rule that did it."""

    line: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's report, cleaned. Paragraphs of ``body`` are separated by one blank line.

    ``title`` is "" where none was found; where there is one it is also the first paragraph of
    ``body``. ``headline`` is the span of the title, or of the standfirst or first paragraph that
    has to stand in for it. ``cut`` is "" or says why the text is known to be incomplete.
    ``outlet_rule`` and ``date_rule`` say by what the outlet and the date are known ("metadata",
    "domain", …); an undated article's rule is "" or says which days its date may mean.
    ``extractor`` is the library and version that found the text in a page.
    """

    id: str
    outlet: str
    title: str
    body: str
    headline: Span
    published: dt.date | None = None
    author: str = ""
    url: str = ""
    language: str = "en"
    origin: str = ""
    cut: str = ""
    removed: tuple[Removal, ...] = ()
    outlet_rule: str = ""
    date_rule: str = ""
    extractor: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A verbatim stretch of one article, named by the article's id."""

    article: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a user should know that did not stop the work: where, and what to do.

    ``code`` is the exit code that it asks for: 0 where nothing was lost.
    """

    where: str
    what: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """A cluster of articles on one event. ``copies`` holds groups of ids with one wire text."""

    id: str
    articles: tuple[Article, ...]
    copies: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet has of one fact.

    ``passages`` is empty where the outlet does not report it; ``nearest`` is then the closest thing
    it has. ``reported`` is the probability in [0, 1] that the outlet reports the fact. ``grade`` is
    "unknown" where the outlet's text is cut off or too short to tell.
    """

    passages: tuple[Passage, ...]
    nearest: Passage | None
    reported: float
    grade: Grade


@dataclass(frozen=True, slots=True)
class Row:
    """One reported fact or utterance: a cell for each outlet, in the order of the table."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The table of facts by outlets of one story; ``passages`` holds each outlet's in reading order."""

    story: Story
    outlets: tuple[str, ...]
    passages: tuple[tuple[Passage, ...], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage as evidence. ``role`` is "says", or "nearest" for the closest thing in the outlet
    that lacks the fact; ``marks`` are the telling spans inside the passage, in body offsets.
    """

    outlet: str
    passage: Passage
    role: Literal["says", "nearest"] = "says"
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, with evidence (at least one passage) and how sure it is, in [0, 1].

    ``variety`` names the case inside the kind ("cut", "at odds", "absent"); ``weight`` in [0, 1]
    says how much an editor would care and orders findings; ``summary`` is one plain sentence.
    """

    kind: Kind
    variety: str
    summary: str
    evidence: tuple[Evidence, ...]
    confidence: float
    weight: float
