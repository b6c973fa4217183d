"""What is exported and added again is the same, field by field."""

import datetime as dt
import json
from pathlib import Path

import pytest
from corpus_kit import add, held, put, record, text, wrong
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus import catalogue, exported, looking
from compare.corpus.deposit import of_bytes
from compare.model import Article, Problem, Removal, Span


def export(corpus: Path, path: Path) -> Path:
    with catalogue.opened(corpus) as book, path.open("wb") as file:
        write = exported.write_parquet if path.suffix == ".parquet" else exported.write_lines
        write(looking.in_order(book), file)
    return path


@pytest.mark.parametrize("name", ["all.jsonl", "all.parquet"])
def test_an_export_added_to_an_empty_corpus_is_the_same_corpus(tmp_path: Path, name: str) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    url = "https://quay.example/a"
    lines = [record(1, url=url), record(2, url=url), record(3, date=""), record(4, author="Ida Noor")]
    cut = text(5) + "\nSubscribe to continue reading this article.\n"
    add(tmp_path / "c", put(tmp_path, "in/many.jsonl", "\n".join(lines)), put(tmp_path, "in/a.txt", cut))
    add(tmp_path / "d", export(tmp_path / "c", tmp_path / name))
    assert len(held(tmp_path / "c")) == 5
    assert held(tmp_path / "d") == held(tmp_path / "c")
    assert wrong(tmp_path / "d") == []
    assert (
        export(tmp_path / "d", tmp_path / "again.jsonl").read_bytes()
        == export(tmp_path / "c", tmp_path / "first.jsonl").read_bytes()
    )


def test_the_text_of_an_export_is_not_cleaned_again(tmp_path: Path) -> None:
    one = record(1)
    add(tmp_path / "c", put(tmp_path, "a.jsonl", one))
    (article,) = held(tmp_path / "c")
    from dataclasses import replace

    from compare.corpus.shelf import text_hash

    odd = replace(article, body=article.body + "\n\nShare this article")
    odd = replace(odd, id=text_hash(odd)[:12])
    with (tmp_path / "odd.jsonl").open("wb") as file:
        exported.write_lines([odd], file)
    add(tmp_path / "d", tmp_path / "odd.jsonl")
    assert held(tmp_path / "d") == [odd]


@pytest.mark.parametrize(
    "change", [{"id": "000000000000"}, {"id": 7}, {"id": ""}, {"body": ""}, {"body": None}, {"end": 10**9},
               {"begin": -1}, {"date": "May"}, {"date": 5}, {"removed": "x"}, {"removed": [["a"]]},
               {"parallax": 2}, {"title": "another"}, {"author": "\x1b[2J"}, {"url": "a\nb"},
               {"cut": "\ud800"}, {"removed": [["a", "\x00"]]}, {"origin": "\x85"}]
)  # fmt: skip
def test_an_entry_that_was_tampered_with_is_a_problem(tmp_path: Path, change: dict[str, object]) -> None:
    add(tmp_path / "c", put(tmp_path, "a.jsonl", record(1)))
    line = json.loads(export(tmp_path / "c", tmp_path / "e.jsonl").read_bytes())
    found = list(exported.read(of_bytes((json.dumps(line | change) + "\n").encode(), "e.jsonl")))
    assert [(one.where, one.code) for one in found if isinstance(one, Problem)] == [("e.jsonl#1", 65)]
    assert len(found) == 1


def test_a_damaged_parquet_file_is_a_problem(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (outcome,) = add(tmp_path / "c", put(tmp_path, "a.parquet", "PAR1 and nothing more"))
    assert outcome.added
    assert [one.code for one in outcome.added.problems] == [65]


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    TEXT,
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
    TEXT,
    st.dates() | st.none(),
)
def test_every_field_survives_lines_and_tables(
    outlet: str, body: str, other: str, day: dt.date | None
) -> None:
    from dataclasses import replace
    from io import BytesIO

    from compare.corpus.shelf import text_hash

    one = Article(
        "",
        outlet,
        body,
        body,
        Span(0, len(body)),
        day,
        other,
        other,
        "en",
        other,
        other,
        (Removal(other, outlet),),
    )
    one = replace(one, id=text_hash(one)[:12])
    for write in (exported.write_lines, exported.write_parquet):
        file = BytesIO()
        write([one], file)
        assert list(exported.read(of_bytes(file.getvalue(), "e"))) == [one]
