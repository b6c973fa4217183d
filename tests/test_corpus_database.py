"""A database is read as NELA-GT lays one out, and whatever else is in it cannot do anything."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.corpus.deposit import of_bytes, of_file
from compare.corpus.draft import Draft
from compare.corpus.readers import database, each, read
from compare.errors import ParallaxError
from compare.model import Article, Problem

NEWSDATA = """CREATE TABLE newsdata (id TEXT PRIMARY KEY, date TEXT, source TEXT, title TEXT, content TEXT,
author TEXT, url TEXT, published TEXT, published_utc INTEGER, collection_utc INTEGER)"""
TEXT = "The ferry sails, said Bo. It is new. It cost a lot."
ROWS = [
    ("a1", "2024-03-05", "skerrytimes", "Ferry sails", TEXT, "Una Voss", "https://s.example/1", "x", 1, 2),
    (
        "a2",
        None,
        "lunnherald",
        "Seal in port",
        TEXT + " Twice.",
        "",
        "https://l.example/2",
        "soon",
        1709700000,
        2,
    ),
    ("a3", "2024-03-07", "lunnherald", "No text", "", "", "", "", 0, 0),
]


def made(path: Path, *also: str, rows: list[tuple[object, ...]] = ROWS) -> Path:  # type: ignore[assignment]
    with closing(sqlite3.connect(path / "nela.db")) as connection:
        connection.execute(NEWSDATA)
        connection.execute("CREATE TABLE tweet (id TEXT, article_id TEXT, embedded_tweet TEXT)")
        connection.executemany(f"INSERT INTO newsdata VALUES ({','.join('?' * 10)})", rows)
        for statement in also:
            connection.execute(statement)
        connection.commit()
    return path / "nela.db"


def test_nela_gt(tmp_path: Path) -> None:
    """Each row is an article; the source is the outlet; a row without text is a Problem."""
    articles, problems = read(made(tmp_path))
    assert [(one.outlet, one.title, str(one.published)) for one in articles] == [
        ("skerrytimes", "Ferry sails", "2024-03-05"),
        ("lunnherald", "Seal in port", "2024-03-06"),
    ]
    assert articles[0].body == f"Ferry sails\n\n{TEXT}"
    assert [one.where.rpartition("#")[2] for one in problems if one.code] == ["3"]


def test_the_file_is_left_as_it_lies(tmp_path: Path) -> None:
    """Reading writes nothing, beside it or in it."""
    path = made(tmp_path)
    before = path.read_bytes()
    path.chmod(0o444)
    read(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["nela.db"]


def test_rows_in_a_log_beside_it_are_said_to_be_unread(tmp_path: Path) -> None:
    """A database that is still being written is read without what is in its log, and that is said."""
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("DELETE FROM newsdata WHERE id = 'a1'")
        connection.commit()
        found = list(each(path))
    assert any(isinstance(one, Problem) and "not yet written" in one.what for one in found)


def test_an_unknown_layout_is_named(tmp_path: Path) -> None:
    """Another database is refused with its tables and their columns."""
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        connection.execute("CREATE TABLE stock (part TEXT, shelf INT)")
        connection.commit()
    with pytest.raises(ParallaxError, match=r"stock \(part, shelf\)"):
        read(tmp_path / "x.db")


def test_names_that_cannot_be_printed_stay_on_one_line(tmp_path: Path) -> None:
    """Tables may be called anything; what is said of them is one line."""
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        connection.execute('CREATE TABLE "a\nb\x1b[31m" (part TEXT)')
        connection.commit()
    with pytest.raises(ParallaxError) as caught:
        list(database.drafts(of_file(tmp_path / "x.db", "x.db")))
    assert str(caught.value).isprintable()


def test_views_and_functions_are_not_run(tmp_path: Path) -> None:
    """A view that never ends is not looked at; a column that is computed by a function is refused."""
    endless = (
        "CREATE VIEW aaa AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n)"
        " SELECT i AS title, i AS content FROM n"
    )
    articles, _ = read(made(tmp_path, endless))
    assert len(articles) == 2
    computed = (
        "CREATE TABLE zzz (title TEXT, content TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL)"
    )
    (tmp_path / "2").mkdir()
    path = made(tmp_path / "2", computed, "INSERT INTO zzz (title) VALUES ('Ferry')")
    found = list(each(path))
    assert sum(isinstance(one, Article) for one in found) == 2


def test_a_database_inside_memory_is_read_too(tmp_path: Path) -> None:
    """One that came through a pipe or an archive is read from a copy."""
    raw = made(tmp_path).read_bytes()
    assert len([one for one in database.drafts(of_bytes(raw, "-")) if isinstance(one, Draft)]) == 2


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_mutated_databases(tmp_path: Path, data: st.DataObject) -> None:
    """A database with any of its bytes changed gives drafts and Problems, or one ParallaxError, and ends."""
    path = tmp_path / "nela.db"
    raw = bytearray(path.read_bytes() if path.exists() else made(tmp_path).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(16, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(raw), len(raw), len(raw) // 2, 100]))
    (tmp_path / "mutated.db").write_bytes(raw[:cut])
    try:
        for one in database.drafts(of_file(tmp_path / "mutated.db", "m.db")):
            assert isinstance(one, Draft) or "\n" not in one.what
    except ParallaxError as error:
        refused = str(error)
        assert "\n" not in refused
