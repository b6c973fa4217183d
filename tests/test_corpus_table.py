"""A table gives an article a row where its columns are known, and says what it needs where they are not."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.deposit import of_bytes
from compare.corpus.draft import Draft
from compare.corpus.files import LARGEST
from compare.corpus.readers import each, read, table
from compare.errors import ParallaxError
from compare.model import Article, Problem

TEXT = 'The ferry sails, said Bo.\n\n"It is new," he said; "and dear".\n\nIt cost a lot; nobody laughed.'
ROWS = [
    ["7", "Ferry sails", "Skerry Times", "2024-03-05", "Una Voss", "https://skerry.example/1", TEXT],
    ["8", "Seal in port", "Lunn Herald", "2024-03-06", "Bo Lind", "https://lunn.example/2", TEXT + " Twice."],
]
KNOWN = ["id", "title", "publication", "date", "author", "url", "content"]
OWN = ["No", "Head", "Paper", "Day", "Who", "Where", "Wording"]
MAPPING = {"text": "Wording", "title": "Head", "outlet": "paper", "published": "Day", "author": "Who"}


def written(header: list[str], rows: list[list[str]] = ROWS, **how: Any) -> str:
    made = io.StringIO()
    csv.writer(made, **how).writerows([header, *rows])
    return made.getvalue()


def drafts(text: str, columns: dict[str, str] | None = None) -> tuple[list[Draft], list[Problem]]:
    found = list(table.drafts(text, "a.csv", columns or {}))
    return [one for one in found if isinstance(one, Draft)], [
        one for one in found if isinstance(one, Problem)
    ]


@pytest.mark.parametrize("how", [{}, {"delimiter": "\t"}, {"delimiter": ";"}, {"lineterminator": "\n"}])
def test_what_the_csv_module_writes_is_read(tmp_path: Path, how: dict[str, Any]) -> None:
    """Every row is an article with all its fields, and its text as it was."""
    (tmp_path / "a.txt").write_text(written(KNOWN, **how), encoding="utf-8", newline="")
    articles, problems = read(tmp_path / "a.txt")
    assert [(one.outlet, one.title, one.author, str(one.published)) for one in articles] == [
        ("Skerry Times", "Ferry sails", "Una Voss", "2024-03-05"),
        ("Lunn Herald", "Seal in port", "Bo Lind", "2024-03-06"),
    ]
    assert articles[0].body == f"Ferry sails\n\n{TEXT}"
    assert [one.origin.rpartition("#")[2] for one in articles] == ["1", "2"]
    assert problems == ()


def test_quotes_escaped_by_a_backslash() -> None:
    """The other way of writing quotation marks, which database exports use, is known from the head."""
    found, problems = drafts('id,title,text\n1,"Ferry","\\"It sails,\\" said Bo. It is new, he said."\n')
    assert [one.text for one in found] == ['"It sails," said Bo. It is new, he said.']
    assert problems == []


def test_the_project_names_the_columns(tmp_path: Path) -> None:
    """Columns with names of their own are read as the project's settings say, in any case of letters."""
    (tmp_path / "a.csv").write_text(written(OWN), encoding="utf-8")
    articles, _ = read(tmp_path / "a.csv", columns=tuple(MAPPING.items()))
    assert [(one.outlet, one.title) for one in articles] == [
        ("Skerry Times", "Ferry sails"),
        ("Lunn Herald", "Seal in port"),
    ]
    assert articles[0].outlet_rule == "metadata"


def test_unknown_columns_are_named_with_what_to_write(tmp_path: Path) -> None:
    """A header that is not known is one Problem: its columns, how many rows are unread, what to write."""
    (tmp_path / "a.csv").write_text(written(OWN), encoding="utf-8")
    with pytest.raises(ParallaxError) as caught:
        read(tmp_path / "a.csv")
    assert caught.value.exit_code == 65
    for said in (
        "No, Head, Paper, Day, Who, Where, Wording",
        "2 rows left unread",
        '[columns] text = "Wording"',
    ):
        assert said in caught.value.what
    with pytest.raises(ParallaxError, match="there is no 'Text of it'"):
        read(tmp_path / "a.csv", columns={"text": "Text of it"})


def test_torn_rows_are_a_problem_each() -> None:
    """A row with too many or few cells, or without a text, is named by number; the others are read."""
    rows = [ROWS[0], ROWS[0][:-1], [*ROWS[1], "more"], [*ROWS[1][:-1], " "], ROWS[1]]
    found, problems = drafts(written(KNOWN, rows))
    assert [one.origin for one in found] == ["a.csv#1", "a.csv#5"]
    assert [one.where for one in problems] == ["a.csv#2", "a.csv#3", "a.csv#4"]
    assert "6 cells where the header has 7" in problems[0].what


@pytest.mark.parametrize("bad", ['9,"open,x,2024-01-01,y,z,text', '9,"a "b" c",x,2024-01-01,y,z,text'])
def test_reading_stops_where_quotation_marks_go_wrong(bad: str) -> None:
    """What follows a torn quotation is not guessed at: it is counted, and said to be unread."""
    head, first, second = (
        written([one]) if isinstance(one, str) else written(one, []) for one in (KNOWN, *ROWS)
    )
    found, problems = drafts(f"{head}{first}{bad}\n{second}")
    assert [one.title for one in found] == ["Ferry sails"]
    assert "row 2" in problems[-1].what
    assert "unread" in problems[-1].what


def test_a_cell_without_end() -> None:
    """A cell of more characters than a book ends the reading, and the csv module's bound is given back."""
    before = csv.field_size_limit()
    for long in ('"' + "a\n" * table.LONGEST_CELL + '"', "a" * (table.LONGEST_CELL + 1)):
        found, problems = drafts(f"title,text\nFerry,It sails. It is new.\nSeal,{long}\n")
        assert [one.title for one in found] == ["Ferry"]
        assert "unread" in problems[-1].what
    assert csv.field_size_limit() == before


def test_prose_is_no_table() -> None:
    """Paragraphs with commas stay the text they are."""
    for text in (
        "Ferry, bridge, and road\n\nOne, two, and three.\nFour, five, and six left.\nNone, it said, stayed.",
        "Ferry sails, says Bo\n\nIt sails, said Bo. It is new.\nIt cost a lot, he said.",
        "The text, the title\n\nIt is long, it is.",
        "Ferry | Skerry Times\n\nIt sails. It is new. It cost a lot.",
    ):
        assert not table.looks_like(text)
        (article,) = (one for one in each(of_bytes(text.encode(), "a.csv")) if isinstance(one, Article))
        assert article.body


def test_a_table_larger_than_memory_should_hold_is_streamed(tmp_path: Path) -> None:
    """A table of more bytes than one article may have is read row by row; so is UTF-16."""
    filler = "The tide rose and fell again, said the harbour council on Monday, and nobody laughed. " * 1200
    count = LARGEST // len(filler) + 2
    with (tmp_path / "a.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "text"])
        writer.writerows([f"Number {n}", f"{filler} {n}"] for n in range(count))
    assert (tmp_path / "a.csv").stat().st_size > LARGEST
    found = list(table.streamed(of_bytes((tmp_path / "a.csv").read_bytes(), "a.csv")))
    assert [one.title for one in found if isinstance(one, Draft)] == [f"Number {n}" for n in range(count)]
    assert sum(isinstance(one, Article) for one in each(tmp_path / "a.csv")) == count
    wide = written(KNOWN).encode("utf-16")
    assert [one.title for one in table.streamed(of_bytes(wide, "a")) if isinstance(one, Draft)] == [
        "Ferry sails",
        "Seal in port",
    ]


def test_bytes_that_are_not_utf8_are_said() -> None:
    """A streamed table in another encoding is read, and the user told."""
    raw = "title,text\nCafé,Il pleut à Lunn. It is new.\n".encode("windows-1252")
    problem, draft = table.streamed(of_bytes(raw, "a"))
    assert isinstance(problem, Problem)
    assert isinstance(draft, Draft)
    assert ("Windows-1252" in problem.what, draft.title) == (True, "Café")


VALID = written(KNOWN)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(VALID)), st.integers(0, 9), st.text(alphabet='",;\t\n\r\\\0ab|', max_size=9))
def test_mutated_tables(begin: int, length: int, new: str) -> None:
    """A table with any stretch of it replaced gives drafts and Problems of one line."""
    text = VALID[:begin] + new + VALID[begin + length :]
    table.looks_like(text)
    for one in table.drafts(text, "a.csv"):
        assert isinstance(one, Draft) or "\n" not in one.what


def test_a_table_of_which_only_the_text_is_known_says_so() -> None:
    header = ["Nr", "Titel", "Zeitung", "Datum", "Wer", "Wo", "Text"]
    found, (said,) = drafts(written(header))
    assert len(found) == len(ROWS)
    assert (
        "only the text is read, not the columns Nr, Titel, Zeitung, Datum, Wer, Wo: say in [columns]"
        in said.what
    )
    assert said.code == 0
