"""Made-up stories for the tests of the brief: tables and findings put together by hand."""

import datetime as dt

from compare.model import Alignment, Article, Cell, Evidence, Finding, Kind, Passage, Row, Span, Story
from compare.report.brief import Brief, compose
from compare.report.parts import Edition
from compare.text.differences import differing

FACTS = (
    ("The talks were moved to Friday after the delegation missed its ferry.", "The talks are on Thursday."),
    ("“We will listen to any proposal,” minister Ilka Brandt said.", "Ilka Brandt will “listen”."),
    ("Some 4,200 trawlermen are ashore.", "About 3,900 trawlermen are ashore."),
    ("The north effectively rejected a joint patrol of the strait.", "The north declined a joint patrol."),
    ("Cod costs more.", "Cod costs more."),
    ("The treaty dates from 1974.", "The treaty is from 1974."),
    ("Lawmakers want the minutes.", "Lawmakers ask for the minutes."),
    ("A vigil was held along the harbour wall on Wednesday night.", ""),
)
EDITION = Edition(
    week="2031-W02", dates="6–12 January 2031", command="parallax brief", signature=(("a", "b"),)
)


def article(key: str, outlet: str, title: str, paragraphs: tuple[str, ...], **more: str) -> Article:
    """An article whose body begins with its title."""
    body = "\n\n".join((title, *paragraphs))
    return Article(key, outlet, title, body, Span(0, len(title)), dt.date(2031, 1, 8), **more)  # type: ignore[arg-type]


def passage(told: Article, text: str) -> Passage:
    """The place of ``text`` in an article."""
    begin = told.body.index(text)
    return Passage(told.id, Span(begin, begin + len(text)), text)


def story(
    key: str = "s", outlets: tuple[str, ...] = ("Gull", "Ledger"), title: str = "Ferry missed", **more: str
) -> tuple[Alignment, tuple[Finding, ...]]:
    """Outlets tell the same eight facts in two ways by turns; the second way lacks the last one."""
    told = tuple(
        article(f"{key}{n}", outlet, f"{title} {n}", _paragraphs(n), **more)
        for n, outlet in enumerate(outlets)
    )
    rows = tuple(Row(tuple(_cell(one, fact[n % 2]) for n, one in enumerate(told))) for fact in FACTS)
    columns = tuple(tuple(p for row in rows for p in row.cells[n].passages) for n in range(len(told)))
    table = Alignment(Story(key, told), outlets, columns, rows)
    return table, _findings(table)


def _paragraphs(n: int) -> tuple[str, ...]:
    """Every second outlet ends with what the others begin with."""
    told = tuple(fact[n % 2] for fact in FACTS if fact[n % 2])
    return told[n % 2 :] + told[: n % 2]


def _cell(told: Article, text: str) -> Cell:
    if not text:
        return Cell((), passage(told, told.body.split("\n\n")[1]), 0.1, "absent")
    return Cell((passage(told, text),), None, 0.9, "reported")


def _findings(table: Alignment) -> tuple[Finding, ...]:
    first, second = table.outlets[:2]
    kinds: tuple[Kind, ...] = ("figure", "quote", "wording", "label")
    found = []
    for n, kind in enumerate(kinds):
        one, other = (cell.passages[0] for cell in table.rows[n].cells[:2])
        left, right = differing(one.text, other.text)
        evidence = (
            Evidence(first, one, "says", _moved(left, one)),
            Evidence(second, other, "says", _moved(right, other)),
        )
        summary = f"{first} and {second} differ in {kind} {n}."
        found.append(Finding(kind, "at odds", summary, evidence, 0.9 - n / 10, 0.8 - n / 10))
    row = table.rows[-1].cells
    assert row[1].nearest
    lacking = (Evidence(first, row[0].passages[0]), Evidence(second, row[1].nearest, "nearest"))
    found.append(Finding("omission", "absent", f"{second} does not report the vigil.", lacking, 0.7, 0.6))
    return tuple(found)


def _moved(spans: tuple[Span, ...], by: Passage) -> tuple[Span, ...]:
    return tuple(Span(span.begin + by.span.begin, span.end + by.span.begin) for span in spans)


def brief(title: str = "Ferry missed", outlets: tuple[str, ...] = ("Gull", "Ledger"), **more: str) -> Brief:
    """One story in two outlets."""
    return compose([story("s", outlets, title, **more)], edition=EDITION)


def week(count: int = 3, outlets: int = 3) -> Brief:
    """Several stories, one of a single outlet, and a problem."""
    names = tuple(f"Outlet {n}" for n in range(outlets))
    alone = story("z", ("Gull", "Gull"))[0].story
    return compose([story(f"s{n}", names) for n in range(count)], [alone], (), EDITION)
