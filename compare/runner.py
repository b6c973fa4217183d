"""One kind of work on many items: in this process, in several, or on a cluster; the same results.

item -> work(item) -> its result, in the order of the items; a Problem in the place of one that failed

Work is a function of a module, its items and results are plain data. Each is done on one thread of
linear algebra wherever it is done: how many threads share a sum shows in its last digit.
"""

import logging
import re
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, TypeVar

from compare.errors import ParallaxError
from compare.model import Problem

# Items that a process has to get before it is worth its start (measured on stories: docs/scale.md).
PAYS = 20
AHEAD = 3
ADDRESS = re.compile(r"(?:tcp|tls)://[^/\s]+:\d{1,5}")
PATIENCE = 10.0  # seconds
WRONG_CALL, UNAVAILABLE, BROKEN, TEMPORARY, UNFIT = 64, 69, 70, 75, 78
SAME = ("parallax-compare", "scikit-learn", "scipy", "numpy", "nltk")
DIED = "its process died, for want of memory most likely: left out; try fewer processes or more memory"

Item = TypeVar("Item")
Result = TypeVar("Result")
Client = Any
Future = Any
Task = tuple[Callable[[Any], Any], str, Any]


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work: ``jobs`` processes, 0 for as many as pay; or the Dask cluster whose scheduler
    listens at ``cluster``, as "tcp://host:8786".
    """

    jobs: int = 0
    cluster: str = ""


def run(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    name: Callable[[Item], str],
    workers: Workers,
) -> Iterator[Result | Problem]:
    """The result of ``work`` on each item, in their order; a Problem under its ``name`` where one failed.

    Raises ParallaxError where there is no such cluster: 64 for what is no address, 69 without the
    library, 75 where it does not answer or was lost, 78 where its workers run other versions.
    """
    tasks = [(work, name(item), item) for item in items]
    if workers.cluster:
        return _on_cluster(tasks, workers.cluster)
    jobs = min(workers.jobs or _paying(len(tasks)), len(tasks))
    return _in_processes(tasks, jobs) if jobs > 1 else _here(tasks)


def versions() -> tuple[str, ...]:
    """What has to be the same wherever one brief is worked on."""
    return tuple(f"{library} {version(library)}" for library in SAME)


def _paying(count: int) -> int:
    if count < 2 * PAYS:
        return 1
    from joblib import cpu_count

    return min(int(cpu_count()), count // PAYS)


def _here(tasks: Sequence[Task]) -> Iterator[Any]:
    if not tasks:
        return
    import numpy  # noqa: F401 - threads can be limited only of a library that is there
    from threadpoolctl import threadpool_limits

    for task in tasks:
        with threadpool_limits(1, user_api="blas"):
            done = _attempt(*task)
        yield done


def _in_processes(tasks: Sequence[Task], jobs: int) -> Iterator[Any]:
    from joblib.externals.loky import get_reusable_executor
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    done = 0
    try:
        while done < len(tasks):
            try:
                for result in _parallel(tasks[done:], jobs):
                    done += 1
                    yield result
            except TerminatedWorkerError:
                # Whoever killed it is among the next few: the first goes alone, then on with the others.
                yield _alone(tasks[done])
                done += 1
    finally:
        # They would wait for more for minutes, each with its libraries in memory.
        get_reusable_executor(reuse=True).shutdown(wait=True, kill_workers=True)


def _parallel(tasks: Sequence[Task], jobs: int) -> Iterator[Any]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config("loky", inner_max_num_threads=1):
        parallel = Parallel(n_jobs=jobs, return_as="generator")
    results: Iterator[Any] = parallel(delayed(_apart)(*task) for task in tasks)
    return results


def _alone(task: Task) -> Any:
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    try:
        return next(_parallel([task], 2))
    except TerminatedWorkerError:
        return Problem(task[1], DIED, TEMPORARY)


def _on_cluster(tasks: Sequence[Task], address: str) -> Iterator[Any]:
    if not tasks:
        return
    if not ADDRESS.fullmatch(address):
        raise ParallaxError(f"--cluster {address}", "write it as tcp://host:port", WRONG_CALL)
    client = _client(address)
    try:
        _same_versions(client, address)
        ahead = AHEAD * sum(client.nthreads().values())
        waiting: deque[tuple[str, Future]] = deque()
        for task in tasks:
            if len(waiting) >= ahead:
                yield _fetched(*waiting.popleft(), address)
            waiting.append((task[1], client.submit(_apart, *task, pure=False)))
        while waiting:
            yield _fetched(*waiting.popleft(), address)
    finally:
        client.close()


def _client(address: str) -> Client:
    try:
        import distributed
    except ImportError as error:
        what = "a cluster needs Dask: pip install 'parallax-compare[cluster]'"
        raise ParallaxError("--cluster", what, UNAVAILABLE) from error
    for name in ("distributed", "distributed.client"):
        # What it logs, with tracebacks, is said below in one line.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = _connected(distributed, address)
    except (OSError, ValueError) as error:
        what = "no Dask scheduler answers there; start one (dask scheduler) or correct the address"
        raise ParallaxError(f"--cluster {address}", what, TEMPORARY) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close()
        what = f"the scheduler has no worker; start one: dask worker {address}"
        raise ParallaxError(f"--cluster {address}", what, TEMPORARY) from error
    return client


def _connected(library: Any, address: str) -> Client:
    return library.Client(address, timeout=PATIENCE, set_as_default=False)


def _same_versions(client: Client, address: str) -> None:
    try:
        found = set(client.run(versions).values())
    except ImportError as error:
        what = f"a worker lacks a library ({error}): install parallax-compare on all of them"
        raise ParallaxError(f"--cluster {address}", what, UNFIT) from error
    for others in sorted(found - {versions()}):
        differ = ", ".join(one for one in others if one not in versions())
        here = ", ".join(one for one in versions() if one not in others)
        what = f"a worker has {differ}, this machine {here}: install the same on all"
        raise ParallaxError(f"--cluster {address}", what, UNFIT)


def _fetched(where: str, future: Future, address: str) -> Any:
    from distributed import CancelledError, KilledWorker

    try:
        return future.result()
    except KilledWorker:
        return Problem(where, DIED, TEMPORARY)
    except (CancelledError, OSError, TimeoutError) as error:
        what = "the scheduler was lost before the work was done; nothing was written"
        raise ParallaxError(f"--cluster {address}", what, TEMPORARY) from error


def _apart(work: Callable[[Any], Any], where: str, item: Any) -> Any:
    """An attempt in a process that does nothing else."""
    _hold()
    return _attempt(work, where, item)


@cache
def _hold() -> None:
    """For good, since the threads of a worker's process would undo one another's limits."""
    import numpy  # noqa: F401
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")


def _attempt(work: Callable[[Any], Any], where: str, item: Any) -> Any:
    try:
        return work(item)
    except ParallaxError as error:
        return Problem(error.where, error.what, error.exit_code)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{type(error).__name__} in {place.name}, line {place.lineno}"
        what = f"could not be worked on ({kind}: {error}): left out; a fault of Parallax, please report it"
        return Problem(where, " ".join(what.split()), BROKEN)
