"""Whoever reads the files, what comes of them is the same, in the same order; a deadly one costs itself."""

import os
import signal
from collections import deque
from pathlib import Path
from typing import Any

import pytest
from corpus_kit import body, held, put, text, wrong

from compare.corpus import adding, ahead, catalogue, checking, readers, register
from compare.corpus.adding import Order, Outcome
from compare.corpus.ahead import Entry
from compare.model import Problem


def squared(item: int) -> int:
    if item == 5:
        os.kill(os.getpid(), signal.SIGSEGV)
    return item * item


def reader(turn: Any) -> Any:
    if turn.path.endswith("2.html"):
        os._exit(1)
    return adding._read(turn)


def rebuilder(folder: Path, given: Any) -> Any:
    if given.name.endswith("2.html"):
        os._exit(1)
    return checking._derived(folder, given)


def page(number: int) -> str:
    return (
        f"<!doctype html><html><head><title>Council meets late {number}</title></head><body><article>"
        f"<h1>Council meets late {number}</h1><p>{body(number)}</p><p>{body(number + 40)}</p></article>"
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of two outlets, one twice, among them a text, and pages that hold nothing."""
    folder = tmp_path_factory.mktemp("source") / "in"
    for number in range(6):
        put(folder, f"{'Quay' if number % 2 else 'Hill'}/{number}.html", page(number))
    put(folder, "Quay/again.html", page(1))
    put(folder, "Quay/none.html", "<!doctype html><html><body></body></html>")
    put(folder, "Quay/some.txt", text(9))
    put(folder, "Quay/void.html", "")
    return folder


def added(corpus: Path, source: Path, jobs: int) -> list[Outcome]:
    with catalogue.opened(corpus, create=True) as book:
        return list(adding.add(book, corpus, Order([str(source), "nowhere*"]), jobs=jobs))


def test_each_result_comes_in_its_turn_and_a_deadly_file_costs_itself_alone() -> None:
    entries = [Entry(number, f"item {number}", number % 4) for number in range(40)]
    found = dict(ahead.read(squared, entries, 2))
    assert list(found) == list(range(40))
    assert [number for number, one in found.items() if one is None] == list(range(0, 40, 4))
    died = {number: one for number, one in found.items() if isinstance(one, Problem)}
    assert died == {number: Problem(f"item {number}", ahead.DIED, 75) for number in (5,)}
    rest = [number for number in range(40) if number % 4 and number not in died]
    assert [found[number] for number in rest] == [number * number for number in rest]


def test_no_more_is_under_way_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "AHEAD", 2)
    monkeypatch.setattr(ahead, "HELD", 30)
    asked: list[int] = []

    def entries(size: int) -> Any:
        for number in range(20, 40):
            asked.append(number)
            yield Entry(number, "", size)

    for size, most in ((1, 5), (20, 2)):
        asked.clear()
        for place, _ in enumerate(ahead.read(squared, entries(size), 2), 1):
            assert len(asked) <= place + most


def test_processes_start_only_where_enough_slow_files_wait_or_a_deadly_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "PAYS", 3)
    monkeypatch.setattr(ahead, "LOOK", 10)

    def begun(sizes: list[int], deadly: int = -1) -> int:
        first: deque[Entry[int]] = deque()
        waiting = (Entry(place, "", size, place == deadly) for place, size in enumerate(sizes))
        before = [entry.item for entry in ahead._until_it_pays(waiting, first)]
        assert before == list(range(len(before)))
        return first[0].item if first else -1

    assert begun([0, 1, 0, 1, 0, 0]) == -1
    assert begun([0, 0, 1, 0, 1, 1, 1]) == 2
    assert begun(([1] + [0] * 9) * 3) == -1
    assert begun([0, 0, 1, 0], deadly=2) == 2


def test_the_corpus_is_the_same_whoever_reads(tmp_path: Path, source: Path) -> None:
    here, apart = added(tmp_path / "1", source, 1), added(tmp_path / "2", source, 2)
    assert apart == here
    assert sum(one.added.new for one in here if one.added) == 7
    assert held(tmp_path / "2") == held(tmp_path / "1")
    assert list(register.entries(tmp_path / "2")) == list(register.entries(tmp_path / "1"))
    assert wrong(tmp_path / "2") == []


def test_a_folder_reads_the_same_whoever_reads(source: Path) -> None:
    assert readers.read_folder(source, jobs=2) == readers.read_folder(source, jobs=1)


def test_a_file_over_which_a_reader_died_is_kept_said_and_never_read_here_again(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = added(tmp_path / "whole", source, 1)
    monkeypatch.setattr(adding, "_read", reader)
    for jobs in (2, 0):  # at the second time nothing but what happened before asks for processes
        done = added(tmp_path / "corpus", source, jobs)
        died = [one for one in done if one.added and ahead.DIED in [said.what for said in one.added.problems]]
        assert [Path(one.name).name for one in died] == ["2.html"]
        assert len(done) == len(whole)
        assert wrong(tmp_path / "corpus") == []
    assert len(held(tmp_path / "corpus")) == len(held(tmp_path / "whole")) - 1
    monkeypatch.undo()
    added(tmp_path / "corpus", source, 0)
    assert held(tmp_path / "corpus") == held(tmp_path / "whole")


def test_bytes_that_changed_since_they_were_looked_at_are_read_in_their_turn(
    tmp_path: Path, source: Path
) -> None:
    file = put(tmp_path, "in/1.html", page(1))
    with catalogue.opened(tmp_path / "corpus", create=True) as book:
        entries = list(adding._entries(book, Order([str(file)]), 2))
        assert entries[0].size
        put(tmp_path, "in/1.html", page(2))
        assert adding._read(entries[0].item) is None


def test_a_catalogue_is_made_anew_also_where_a_file_is_deadly(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(tmp_path, source, 1)
    whole = held(tmp_path)
    assert [one.what[:9] for one in checking.rebuild(tmp_path)] == ["the old c"]
    assert held(tmp_path) == whole
    monkeypatch.setattr(checking, "_derived", rebuilder)
    list(checking.rebuild(tmp_path))
    assert len(held(tmp_path)) == len(whole) - 1
    assert wrong(tmp_path) == []
