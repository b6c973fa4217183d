"""A brief as a sequence of plain blocks: what the terminal and Markdown both typeset.

One outline serves both, so that they carry the same facts in the same order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from compare.report.measures import Outlets, ProfileCell, Spoken, Word
from compare.report.parts import Brief, Entry, Exhibit, Piece, Report, Source, StorySection

ROLES = {"says": "", "nearest": "nearest found: "}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` counts from 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item a line."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows of as many cells each."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """One passage under a claim: where it stands, and its pieces, some marked."""

    place: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A numbered finding in one sentence, how sure it is, and its evidence."""

    number: str
    summary: str
    sureness: str
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages that stand side by side, without a claim about them."""

    witnesses: tuple[Witness, ...]


Block = Heading | Paragraph | Items | Table | Claim | Passages


def outline(brief: Brief) -> Iterator[Block]:
    """The blocks of a brief, in the order of its page: from the general to the particular."""
    yield Heading(1, brief.edition.title)
    yield Paragraph(brief.headline)
    yield Paragraph(_scope(brief))
    if brief.highlights:
        yield Heading(2, "What differed most")
        yield Items(tuple(f"{h.entry.number}  {h.entry.summary}" for h in brief.highlights))
    if len(brief.matrix.rows) > 1:
        yield Heading(2, "At a glance")
        yield Table(("Story", *brief.matrix.outlets), tuple((r.title, *r.cells) for r in brief.matrix.rows))
    for section in brief.sections:
        yield from _story(section)
    if brief.side_by_side:
        yield from _outlets(brief.side_by_side)
    if brief.singles:
        yield Heading(2, "Reported by one outlet only")
        yield Items(tuple(f"{s.title} ({s.reports[0].source.article.outlet})" for s in brief.singles))
    yield from _end(brief)


def _scope(brief: Brief) -> str:
    counts = (f"{number} {noun}" for number, noun in brief.counts)
    outlets = ", ".join(count.outlet for count in brief.outlets)
    return " · ".join(filter(None, (brief.edition.week, brief.edition.dates, *counts, outlets)))


def _story(section: StorySection) -> Iterator[Block]:
    yield Heading(2, f"{section.number}. {section.title}")
    yield Table(("Outlet", "Date", "Words", "Headline"), tuple(_report(report) for report in section.reports))
    yield from _facts(section)
    if section.pairs:
        yield Heading(3, "The same fact, side by side")
        yield from (Passages((_witness(pair.left), _witness(pair.right))) for pair in section.pairs)
        yield from _left_out(section.more_pairs)
    for group in section.groups:
        if group.shown:
            yield Heading(3, group.heading)
            yield Paragraph(group.explanation)
            yield from (_claim(entry) for entry in group.shown)
            yield from _left_out(len(group.rest))
    yield from _counts(section)


def _facts(section: StorySection) -> Iterator[Block]:
    if section.facts:
        yield Heading(3, "Who reports which fact")
        header = ("Fact", *(cell.outlet for cell in section.facts[0].cells))
        rows = tuple((f.exhibit.passage.text, *(c.label for c in f.cells)) for f in section.facts)
        yield Table(header, rows)
        yield from _left_out(section.more_facts)


def _left_out(count: int) -> Iterator[Paragraph]:
    if count:
        yield Paragraph(f"{count} more in the JSON.")


def _counts(section: StorySection) -> Iterator[Block]:
    if section.spoken and section.spoken.rows:
        yield Heading(3, "Whose words are quoted")
        yield Paragraph("Words in quotation marks, counted by speaker and by outlet; headlines are left out.")
        yield _spoken(section.spoken)
    if section.words:
        yield Heading(3, "Words that set an outlet apart")
        yield from _words(section.words, len(section.every_word))


def _spoken(spoken: Spoken) -> Table:
    rows = [(row.speaker, *(cell.label for cell in row.cells)) for row in spoken.rows]
    return Table(("Speaker", *spoken.outlets), (*rows, ("Quoted, of all words", *spoken.totals)))


def _words(words: tuple[Word, ...], count: int) -> Iterator[Block]:
    for number, word in enumerate(words, 1):
        rates = f"{word.here} in 1,000 words, {word.there} in the others’"
        said = f"{word.found.outlet} “{word.found.word}”: {rates}"
        witnesses = tuple(_witness(exhibit) for exhibit in word.exhibits)
        yield Claim(str(number), said, f"{word.counts}; {word.told}", witnesses)
    yield from _left_out(count - len(words))


def _outlets(page: Outlets) -> Iterator[Block]:
    yield Heading(2, page.title)
    for table in page.tables:
        yield Heading(3, table.title)
        yield Paragraph(table.explanation)
        rows = tuple((row.outlet, *(_told(cell) for cell in row.cells)) for row in table.rows)
        yield Table(("Outlet", *table.headings), rows)
    if page.labels:
        yield Heading(3, "What they call the same thing")
        yield Paragraph("Outside quotation marks, with how often. All are labels; none is right.")
        yield Table(("Concept", *page.outlets), tuple((row.concept, *row.cells) for row in page.labels))
    if page.words:
        yield Heading(3, "Words that set an outlet apart")
        yield Paragraph(
            "Used more often than by the others in the same stories, in three stories or more, for facts"
            " that others report without them. At most one in ten would be here by chance."
        )
        yield from _words(page.words, len(page.every_word))


def _told(cell: ProfileCell) -> str:
    """The count, or every week's where there are several."""
    return cell.panel.text if cell.panel else cell.label


def _report(report: Report) -> tuple[str, ...]:
    outlet = report.source.article.outlet
    if report.note:
        outlet = f"{outlet} ({report.note})"
    return (outlet, report.published, str(report.source.words), report.headline)


def _claim(entry: Entry) -> Claim:
    sureness = f"{entry.sureness} confidence, {entry.confidence:.2f}"
    witnesses = tuple(_witness(exhibit) for exhibit in entry.exhibits)
    return Claim(entry.number, entry.summary, sureness, witnesses)


def _witness(exhibit: Exhibit) -> Witness:
    return Witness(f"{exhibit.outlet}, {ROLES[exhibit.role]}{exhibit.place}", exhibit.pieces)


def _end(brief: Brief) -> Iterator[Block]:
    if brief.problems:
        yield Heading(2, "Not compared, or only in part")
        yield Items(tuple(f"{p.where}: {p.what}" for p in brief.problems))
    yield Heading(2, "Sources")
    yield Items(tuple(_source(listing.source) for listing in brief.sources))
    yield Heading(2, "How this was made")
    if brief.edition.reliability:
        rows = tuple((r.kind, f"{r.right:.0%}", str(r.judged), r.note) for r in brief.edition.reliability)
        yield Table(("Findings", "Upheld", "Judged", "On what"), rows)
    yield Items(tuple(f"{name}: {value}" for name, value in brief.edition.signature))
    if brief.edition.command:
        yield Paragraph(f"Made with: {brief.edition.command}")


def _source(source: Source) -> str:
    article = source.article
    date = article.published.isoformat() if article.published else "no date found"
    parts = [article.outlet, article.title or "no headline found", date, source.link or article.origin]
    return f"[{source.number}] " + " · ".join(part for part in parts if part)
