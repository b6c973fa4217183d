"""The catalogue holds every article once, whatever the order, the batches and the interruptions."""

import dataclasses
import datetime as dt
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from corpus_kit import add, body, compared, held, put, record, text, wrong
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus import catalogue, forgetting, looking, raw, readers, schema, shelf
from compare.errors import ParallaxError
from compare.model import Article, Problem, Span

DAY = dt.date(2025, 5, 16)


def landed(
    corpus: Path, name: str, content: str, url: str = "", outlet: str | None = None
) -> catalogue.Added:
    with catalogue.opened(corpus, create=True) as book:
        kept = raw.keep(corpus, content.encode())
        return catalogue.add_raw(book, corpus, kept.hash, name, url=url)


def test_an_article_comes_back_as_it_was_read(tmp_path: Path) -> None:
    from compare.corpus import readers

    path = put(tmp_path, "page.json", record(1, author="Ida Noor", url="https://quay.example/a/1"))
    add(tmp_path / "corpus", path)
    (read,), _ = readers.read(path)
    assert held(tmp_path / "corpus") == [read]


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    for number in range(3):
        put(tmp_path, f"in/Quay/{number}.txt", text(number))
    corpus = tmp_path / "corpus"
    first = add(corpus, tmp_path / "in")
    before = held(corpus), (corpus / "catalogue.register").read_bytes(), list(raw.all_files(corpus))
    again = add(corpus, tmp_path / "in")
    assert [(one.added.new, one.added.known) for one in first if one.added] == [(1, 0)] * 3
    assert [(one.added.new, one.added.known) for one in again if one.added] == [(0, 1)] * 3
    assert [one.added.articles for one in first if one.added] == [
        one.added.articles for one in again if one.added
    ]
    assert before == (held(corpus), (corpus / "catalogue.register").read_bytes(), list(raw.all_files(corpus)))


def test_the_same_file_by_another_path_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path, "in/Quay/a.txt", text(1))
    shutil.copytree(tmp_path / "in", tmp_path / "moved")
    corpus = tmp_path / "corpus"
    add(corpus, tmp_path / "in")
    before = held(corpus), (corpus / "catalogue.register").read_bytes()
    assert [one.added.known for one in add(corpus, tmp_path / "moved") if one.added] == [1]
    assert before == (held(corpus), (corpus / "catalogue.register").read_bytes())


def test_one_wire_text_in_two_outlets_is_two_articles_of_one_raw_file(tmp_path: Path) -> None:
    for outlet in ("Quay Gazette", "Hill Post"):
        put(tmp_path, f"in/{outlet}/wire.txt", text(1))
    add(tmp_path / "corpus", tmp_path / "in")
    assert [one.outlet for one in held(tmp_path / "corpus")] == ["Hill Post", "Quay Gazette"]
    assert len(list(raw.all_files(tmp_path / "corpus"))) == 1


def test_another_text_at_an_address_is_kept_too_and_the_newest_is_compared(tmp_path: Path) -> None:
    url = "https://quay.example/2025/a"
    landed(tmp_path, "1", record(1, url=url + "?utm_source=feed"))
    second = landed(tmp_path, "2", record(2, url=url + "#top"))
    assert second.versions == 1
    assert len(held(tmp_path)) == 2
    assert [one.id for one in compared(tmp_path)] == list(second.articles)


def test_a_whole_text_is_compared_rather_than_a_newer_one_that_is_cut(tmp_path: Path) -> None:
    url = "https://quay.example/2025/a"
    whole = landed(tmp_path, "1", record(1, url=url))
    cut = json.dumps(
        {
            "title": "x",
            "url": url,
            "sitename": "Quay Gazette",
            "text": body(2) + "\n\nSubscribe to continue reading this article.",
        }
    )
    assert landed(tmp_path, "2", cut).versions == 1
    assert [one.id for one in compared(tmp_path)] == list(whole.articles)


def test_a_front_page_is_no_article_s_address(tmp_path: Path) -> None:
    lines = "\n".join(record(number, url="https://quay.example/") for number in range(4))
    assert landed(tmp_path, "many.jsonl", lines).versions == 0
    assert len(compared(tmp_path)) == 4


def test_a_page_stands_where_it_was_fetched_and_its_outlet_is_that_site(tmp_path: Path) -> None:
    landed(tmp_path, "https://quay.example/a", text(1), url="https://quay.example/a?utm_source=x")
    (one,) = held(tmp_path)
    assert (one.url, one.outlet, one.outlet_rule) == (
        "https://quay.example/a?utm_source=x", "quay.example", "domain",
    )  # fmt: skip
    assert wrong(tmp_path) == []


def test_an_undated_page_is_of_the_day_it_was_fetched_and_of_no_other_week(tmp_path: Path) -> None:
    when = dt.datetime(2025, 5, 16, 23, 30, tzinfo=dt.UTC)
    with catalogue.opened(tmp_path, create=True) as book:
        kept = raw.keep(tmp_path, text(1).encode())
        added = catalogue.add_raw(
            book, tmp_path, kept.hash, "page", url="https://quay.example/a", fetched=when
        )
    (one,) = held(tmp_path)
    assert (one.published, one.date_rule) == (dt.date(2025, 5, 16), "day of collecting")
    assert "taken as of 2025-05-16, when it was collected" in added.problems[-1].what
    with catalogue.opened(tmp_path) as book:
        assert list(catalogue.articles(book, [dt.date(2025, 5, 17)])) == []


def test_what_was_not_taken_is_said_again_each_time_and_read_again(tmp_path: Path) -> None:
    first = landed(tmp_path, "none.json", "[]")
    assert first.articles == ()
    assert [one.code for one in first.problems] == [65]
    assert landed(tmp_path, "none.json", "[]") == first


def read_by(monkeypatch: pytest.MonkeyPatch, *found: Article | Problem) -> None:
    """Let other readers have come with an update."""
    monkeypatch.setattr(catalogue, "derive", lambda *_: iter(found))


def test_what_better_readers_find_in_a_file_takes_the_place_of_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = record(1) + "\n" + record(2) + "\n{}\n"
    landed(tmp_path, "many.jsonl", content)
    first, second = held(tmp_path)
    third = dataclasses.replace(second, body="Else.", headline=Span(0, 5))
    third = dataclasses.replace(third, id=shelf.text_hash(third)[:12])
    read_by(monkeypatch, first, third)
    assert landed(tmp_path, "many.jsonl", content).new == 1
    assert {one.id for one in held(tmp_path)} == {first.id, third.id}
    assert wrong(tmp_path) == []


def test_readers_that_fail_take_nothing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = record(1) + "\n" + record(2) + "\n{}\n"
    landed(tmp_path, "many.jsonl", content)
    before = held(tmp_path)
    read_by(monkeypatch, Problem("many.jsonl", "an extra is missing", 65))
    assert landed(tmp_path, "many.jsonl", content).articles == ()
    assert held(tmp_path) == before
    assert wrong(tmp_path) == []


def test_two_texts_of_one_id_are_both_kept_whichever_goes_and_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    landed(tmp_path, "first.txt", text(1))
    (first,) = held(tmp_path)
    second = dataclasses.replace(first, body="Else.", headline=Span(0, 5), title="Else.", origin="second.txt")
    assert readers.without_doubles([first, second, second], [])[0] == (first, shelf.longer(second))
    for _ in range(2):
        read_by(monkeypatch, second)
        assert landed(tmp_path, "second.txt", "other bytes").articles == (shelf.text_hash(second)[:20],)
        monkeypatch.undo()
        assert {one.body for one in held(tmp_path)} == {first.body, "Else."}
        assert wrong(tmp_path) == []
    alias = dataclasses.replace(shelf.longer(second), id=first.id + shelf.longer(second).id[12:])
    with catalogue.opened(tmp_path, write=True) as book:
        book.db.execute("UPDATE articles SET id = ? WHERE id <> ?", (alias.id, first.id))
        assert [looking.find(book, one) for one in (first.id, alias.id)] == [first.id, alias.id]
        book.db.execute("UPDATE articles SET id = ? WHERE id = ?", (shelf.longer(second).id, alias.id))
        assert len(forgetting.forget(book, tmp_path, [first.id]).ids) == 1
    read_by(monkeypatch, second)
    assert landed(tmp_path, "third.txt", "more bytes").new == 0
    read_by(monkeypatch, first)
    assert landed(tmp_path, "first.txt", text(1)).articles == (first.id,)
    assert {one.id for one in held(tmp_path)} == {first.id, shelf.text_hash(second)[:20]}


def test_half_a_surrogate_pair_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    added = landed(tmp_path, "a.json", json.dumps({"text": body(1) + " \ud800", "author": "\udfff"}))
    assert added.articles == () or held(tmp_path)
    assert wrong(tmp_path) == []


def test_days_choose_the_articles_of_those_days_and_the_undated(tmp_path: Path) -> None:
    landed(tmp_path, "many.jsonl", "\n".join([record(1, date="2025-05-16"), record(2, date="2025-06-16")]))
    landed(tmp_path, "undated.txt", text(3))
    with catalogue.opened(tmp_path) as book:
        assert [one.published for one in catalogue.articles(book, [DAY])] == [None, DAY]


PIECES = [
    ("Quay/a.txt", text(1)), ("Quay/b.txt", text(2)), ("Hill/a.txt", text(1)),
    ("Hill/c.txt", text(1) + "\n\n"),
    ("many.jsonl", "\n".join(record(number, outlet) for number in (4, 5, 4) for outlet in ("Quay", "Hill"))),
    ("some.jsonl", "\n".join(record(number, "Quay") for number in (5, 6))),
    ("none.json", "[]"), ("Hill/n.txt", ""),
]  # fmt: skip


def filled(corpus: Path, pieces: Sequence[tuple[str, str]]) -> list[Article]:
    with catalogue.opened(corpus, create=True) as book:
        for name, content in pieces:
            kept = raw.keep(corpus, content.encode())
            catalogue.add_raw(book, corpus, kept.hash, f"in/{name}", root="in")
    return held(corpus)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    return filled(tmp_path_factory.mktemp("wanted"), PIECES)


@settings(max_examples=15, deadline=None)
@given(st.permutations(PIECES), st.lists(st.sampled_from(PIECES), max_size=4), st.sampled_from([1, 2, 1000]))
def test_order_batches_and_repetitions_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    wanted: list[Article],
    order: list[tuple[str, str]],
    again: list[tuple[str, str]],
    batch: int,
) -> None:
    corpus = tmp_path_factory.mktemp("corpus")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue, "BATCH", batch)
        assert filled(corpus, [*order, *again]) == wanted
    assert wrong(corpus) == []


def test_a_clock_that_jumps_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(["2038-01-19T03:14:08+00:00", "1970-01-01T00:00:00+00:00"] * 20)
    monkeypatch.setattr(catalogue, "_now", lambda: next(times))
    url = "https://quay.example/2025/a"
    for number in range(3):
        last = landed(tmp_path, str(number), record(number, url=url))
    assert [one.id for one in compared(tmp_path)] == list(last.articles)
    assert landed(tmp_path, "0", record(0, url=url)).known == 1
    assert wrong(tmp_path) == []


def test_a_batch_that_fails_leaves_what_was_committed_and_the_next_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "BATCH", 2)
    for number in range(5):
        put(tmp_path, f"in/{number}.txt", text(number))
    keep, calls = raw.keep, iter(range(4))

    def full(folder: Path, source: object) -> raw.Kept:
        if next(calls, None) is None:
            raise ParallaxError(str(folder), "not written (no space left on device)", 73)
        return keep(folder, source)  # type: ignore[arg-type]

    monkeypatch.setattr(raw, "keep", full)
    with pytest.raises(ParallaxError, match="no space left"):
        add(tmp_path / "corpus", tmp_path / "in")
    monkeypatch.setattr(raw, "keep", keep)
    assert 0 < len(held(tmp_path / "corpus")) < 5
    add(tmp_path / "corpus", tmp_path / "in")
    assert len(held(tmp_path / "corpus")) == 5
    assert wrong(tmp_path / "corpus") == []


def test_one_process_writes_at_a_time_and_others_may_read(tmp_path: Path) -> None:
    add(tmp_path, put(tmp_path, "in/a.txt", text(1)))
    code = (
        "import sys; from pathlib import Path; from compare.corpus import catalogue\n"
        "from compare.errors import ParallaxError\n"
        "with catalogue.opened(Path(sys.argv[1])) as book: print(len(list(catalogue.articles(book))))\n"
        "try:\n  with catalogue.opened(Path(sys.argv[1]), create=True): pass\n"
        "except ParallaxError as error: print(error.exit_code)"
    )
    with catalogue.opened(tmp_path, write=True) as book, book.batch():
        done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True)
    assert done.stdout.split() == [b"1", b"75"]


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        ("PRAGMA user_version = 99", "a later version"),
        ("PRAGMA application_id = 1", "no catalogue of Parallax"),
    ],
)
def test_a_file_of_another_program_or_version_is_left_alone(
    tmp_path: Path, statements: str, says: str
) -> None:
    add(tmp_path, put(tmp_path, "in/a.txt", text(1)))
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        db.execute(statements)
    for write in (False, True):
        with pytest.raises(ParallaxError, match=says), catalogue.opened(tmp_path, write=write):
            pass


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        db.execute("CREATE TABLE t (a)")
    with (
        pytest.raises(ParallaxError, match="no catalogue of Parallax"),
        catalogue.opened(tmp_path, create=True),
    ):
        pass


def test_a_migration_that_fails_leaves_the_version_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, put(tmp_path, "in/a.txt", text(1)))
    steps = schema._steps()
    monkeypatch.setattr(schema, "_steps", lambda: [*steps, "CREATE TABLE more (a); CREATE TABLE more (a);"])
    with pytest.raises(ParallaxError), catalogue.opened(tmp_path, write=True):
        pass
    with pytest.raises(ParallaxError, match="earlier version"), catalogue.opened(tmp_path):
        pass
    monkeypatch.setattr(schema, "_steps", lambda: steps)
    assert len(held(tmp_path)) == 1


@pytest.mark.parametrize("at", [0, 40])
def test_a_damaged_file_is_one_line_that_says_how_to_go_on(tmp_path: Path, at: int) -> None:
    add(tmp_path, put(tmp_path, "in/a.txt", text(1)))
    with (tmp_path / "catalogue.db").open("r+b") as file:
        file.seek(at)
        file.write(b"X" * 64)
    with pytest.raises(ParallaxError, match="check --rebuild") as caught, catalogue.opened(tmp_path):
        pass
    assert caught.value.exit_code == 65


def test_where_there_is_no_catalogue_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(ParallaxError, match="no catalogue") as caught, catalogue.opened(tmp_path):
        pass
    assert caught.value.exit_code == 66
    assert list(tmp_path.iterdir()) == []
