"""The same work gives the same results, in the same order, here, in processes and on a cluster."""

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import joblib
import pytest
from conftest import LOOPBACK
from threadpoolctl import threadpool_info

from compare import pipeline, runner
from compare.config import Config
from compare.errors import ParallaxError
from compare.model import Alignment, Problem, Story
from compare.pipeline import comparing
from compare.report.parts import Brief
from compare.runner import Workers, run

HERE, TWO = Workers(jobs=1), Workers(jobs=2)


def slow_first(item: int) -> int:
    time.sleep(0.2 if item == 0 else 0)
    return item * item


def fussy(item: int) -> int:
    if item == 2:
        raise KeyError("no such\nkey")
    if item == 3:
        raise ParallaxError("three", "is refused", 65)
    return item


def deadly(item: int) -> int:
    if item == 1:
        os._exit(1)
    return item


def threads(_: int) -> int:
    return max(int(one["num_threads"]) for one in threadpool_info() if one["user_api"] == "blas")


def compared(story: Story) -> str:
    return hashlib.sha256(repr(comparing._compared(story)).encode()).hexdigest()


@pytest.mark.parametrize("workers", [HERE, TWO])
def test_results_come_in_the_order_of_the_items(workers: Workers) -> None:
    assert list(run(slow_first, range(6), str, workers)) == [0, 1, 4, 9, 16, 25]


@pytest.mark.parametrize("workers", [HERE, TWO, Workers(cluster="tcp://127.0.0.1:1")])
def test_no_work_needs_nobody(workers: Workers) -> None:
    assert list(run(slow_first, [], str, workers)) == []


@pytest.mark.parametrize("workers", [HERE, TWO])
def test_what_fails_is_named_in_its_place_and_the_rest_is_done(workers: Workers) -> None:
    found = list(run(fussy, range(5), "item {}".format, workers))
    assert [found[0], found[1], found[4]] == [0, 1, 4]
    broken, refused = found[2], found[3]
    assert isinstance(broken, Problem)
    assert (broken.where, broken.code) == ("item 2", 70)
    assert "KeyError in fussy" in broken.what
    assert "\n" not in broken.what
    assert refused == Problem("three", "is refused", 65)


def test_a_process_that_dies_takes_only_its_own_item_along() -> None:
    found = list(run(deadly, range(4), "item {}".format, TWO))
    assert found == [0, Problem("item 1", runner.DIED, 75), 2, 3]


@pytest.mark.parametrize("workers", [HERE, TWO])
def test_sums_are_never_shared_between_threads(workers: Workers) -> None:
    assert list(run(threads, range(3), str, workers)) == [1, 1, 1]


def test_processes_start_only_where_there_is_enough_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joblib, "cpu_count", lambda: 8)
    assert [runner._paying(count) for count in (0, 39, 40, 100, 10_000)] == [1, 1, 2, 5, 8]


@pytest.fixture
def stories(week: Brief) -> list[Story]:
    return [section.alignment.story for section in week.sections[:3]]


@pytest.fixture
def cluster() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as local:
        yield local.scheduler_address


@pytest.mark.allow_hosts(LOOPBACK)
def test_here_processes_and_a_cluster_give_the_same_bytes(stories: list[Story], cluster: str) -> None:
    one = list(run(compared, stories, comparing._where, HERE))
    assert list(run(compared, stories, comparing._where, TWO)) == one
    assert list(run(compared, stories, comparing._where, Workers(cluster=cluster))) == one
    assert len(set(one)) == len(stories)
    failed = list(run(fussy, range(3), "item {}".format, Workers(cluster=cluster)))
    assert failed[:2] == [0, 1]
    assert isinstance(failed[2], Problem)
    assert failed[2].where == "item 2"


def stopped(workers: Workers) -> ParallaxError:
    with pytest.raises(ParallaxError) as caught:
        list(run(slow_first, [1], str, workers))
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("address", ["here", "http://a:1", "tcp://host", "tcp://a b:1"])
def test_what_is_no_address_is_a_wrong_call(address: str) -> None:
    assert stopped(Workers(cluster=address)).exit_code == 64


def test_without_dask_a_cluster_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    error = stopped(Workers(cluster="tcp://127.0.0.1:8786"))
    assert error.exit_code == 69
    assert "parallax-compare[cluster]" in error.what


@pytest.mark.allow_hosts(LOOPBACK)
def test_a_scheduler_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(runner, "PATIENCE", 0.3)
    assert stopped(Workers(cluster="tcp://127.0.0.1:1")).exit_code == 75


class FakeClient:
    """A cluster of two workers, one of which has another NumPy."""

    def run(self, _: object) -> dict[str, tuple[str, ...]]:
        other = [one.replace("numpy ", "numpy 0.") for one in runner.versions()]
        return {"a": runner.versions(), "b": tuple(other)}


def test_workers_of_other_versions_are_refused_by_name() -> None:
    with pytest.raises(ParallaxError) as caught:
        runner._same_versions(FakeClient(), "tcp://a:1")
    assert caught.value.exit_code == 78
    assert caught.value.what.startswith("a worker has numpy 0.")


def test_a_story_that_fails_is_a_problem_of_the_brief(monkeypatch: pytest.MonkeyPatch, week: Brief) -> None:
    lost = week.sections[1].alignment.story
    corpus = Path(__file__).parent.parent / "corpus"
    found = pipeline.of_week(pipeline.read_folder(corpus), "2025-W20")

    def aligned(story: Story) -> tuple[Alignment, tuple[object, ...]]:
        if story.id == lost.id:
            raise ZeroDivisionError("nothing to divide by")
        return known[story.id], ()

    known = {section.alignment.story.id: section.alignment for section in week.sections}
    monkeypatch.setattr(comparing, "aligned", aligned)
    made = pipeline.brief(found, Config(), corpus, "2025-W20", lambda items, _: items, HERE)
    assert len(made.sections) == len(week.sections) - 1
    failed = [one for one in made.problems if one.code == 70]
    assert [one.where for one in failed] == [", ".join(article.origin for article in lost.articles)]
    assert "ZeroDivisionError" in failed[0].what
