"""Files that are slow to read, read ahead by other processes, each result in its turn.

A process that dies over a file, as in a parser written in C, costs that file alone. No more than
``AHEAD`` files for each process, and ``HELD`` bytes of them, are under way at a time.
"""

import concurrent.futures
import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from compare.model import Problem

# Slow files that have to wait before processes are worth their start, and the files in which these
# have to be found (measured: docs/scale.md).
PAYS, LOOK = 400, 5_000
AHEAD, HELD = 16, 64_000_000
IDLE = 60  # seconds after which a process ends that has nothing to do
DIED = "the process that read it died, over this file or for want of memory: save the article as text"
TEMPORARY = 75

Item = TypeVar("Item")
Result = TypeVar("Result")
Pool = Any
Future = Any


@dataclass(frozen=True, slots=True)
class Entry(Generic[Item]):
    """A file in its turn. ``size`` in bytes where it is slow to read and may be read ahead, else 0.

    ``deadly`` where a process died over it before.
    """

    item: Item
    name: str
    size: int = 0
    deadly: bool = False


def read(
    work: Callable[[Item], Result], entries: Iterable[Entry[Item]], jobs: int = 0
) -> Generator[tuple[Item, Result | Problem | None], None, None]:
    """Every item, in order, with what ``work`` made of it in another process, or None where it was not
    read ahead; a Problem in the place of one over which a process died.

    ``jobs`` processes; with 1 none, and with 0 as many as there are cores once ``PAYS`` slow files wait, or
    one that is deadly.
    """
    waiting = iter(entries)
    first: deque[Entry[Item]] = deque()
    if jobs < 2:
        for entry in _until_it_pays(waiting, first) if jobs == 0 else waiting:
            yield entry.item, None
        jobs = cores() if first else 1
    if jobs < 2:
        yield from ((entry.item, None) for entry in (*first, *waiting))
        return
    with contextlib.closing(_Team(work, jobs)) as team:
        yield from team.results(_chained(first, waiting))


def _until_it_pays(waiting: Iterator[Entry[Item]], first: deque[Entry[Item]]) -> Iterator[Entry[Item]]:
    """The entries before the place from which reading ahead pays; ``first`` then holds the next of them."""
    slow = 0
    for entry in waiting:
        first.append(entry)
        slow += entry.size > 0
        if slow >= PAYS or entry.deadly:
            return
        while first and (not first[0].size or len(first) > LOOK):
            slow -= first[0].size > 0
            yield first.popleft()
    yield from first
    first.clear()


def _chained(first: deque[Entry[Item]], waiting: Iterator[Entry[Item]]) -> Iterator[Entry[Item]]:
    while first:
        yield first.popleft()
    yield from waiting


def cores() -> int:
    """How many processes may be at work: two at least, so that a deadly file never is read in this one."""
    from joblib import cpu_count

    return max(int(cpu_count()), 2)


class _Team(Generic[Item, Result]):
    """Processes at one kind of work. Another takes their place when one of them has died."""

    def __init__(self, work: Callable[[Item], Result], jobs: int) -> None:
        self._work, self._jobs = work, jobs
        self._pool: Pool = None

    def close(self) -> None:
        """End the processes, whatever they are at."""
        pool, self._pool = self._pool, None
        if pool is not None:
            # Ended here, since loky's own kill_workers trips over work that is not yet handed out.
            for process in list(pool._processes.values()):
                process.terminate()
            pool.shutdown(wait=True)

    def results(self, entries: Iterator[Entry[Item]]) -> Iterator[tuple[Item, Result | Problem | None]]:
        """See ``read``."""
        turn: deque[tuple[Entry[Item], Future]] = deque()
        held = 0
        for entry in entries:
            while turn and (len(turn) >= AHEAD * self._jobs or held + entry.size > HELD):
                held -= turn[0][0].size
                yield self._first(turn)
            turn.append((entry, self._begun(entry) if entry.size else None))
            held += entry.size
        while turn:
            yield self._first(turn)

    def _first(self, turn: deque[tuple[Entry[Item], Future]]) -> tuple[Item, Result | Problem | None]:
        entry, future = turn[0]
        if future is not None and _lost(future):
            self.close()
            # Over which of them it died nobody says, so each goes alone.
            for place, (other, its) in enumerate(turn):
                if its is not None and (not its.done() or _lost(its)):
                    turn[place] = (other, self._alone(other))
            entry, future = turn[0]
        turn.popleft()
        return entry.item, None if future is None else future.result()

    def _alone(self, entry: Entry[Item]) -> Future:
        future = self._begun(entry)
        if not _lost(future):
            return future
        self.close()
        died: Future = concurrent.futures.Future()
        died.set_result(Problem(entry.name, DIED, TEMPORARY))
        return died

    def _begun(self, entry: Entry[Item]) -> Future:
        if self._pool is None:
            self._pool = _processes(self._jobs)
        # Processes begun now inherit that Ctrl-C is not for them: it stops this one, which ends them.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._pool.submit(self._work, entry.item)
        except BrokenExecutor as error:
            lost: Future = concurrent.futures.Future()
            lost.set_exception(error)
            return lost
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _lost(future: Future) -> bool:
    """Whether its process died, once that is known."""
    return isinstance(future.exception(), BrokenExecutor)


def _processes(jobs: int) -> Pool:
    from multiprocessing import resource_tracker

    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.backend import resource_tracker as own_tracker

    # Begun later, they would let Ctrl-C through to the others.
    resource_tracker.ensure_running()
    own_tracker.ensure_running()
    # Without a traceback of theirs: of a process that dies one line is said.
    env = {} if "PYTHONFAULTHANDLER" in os.environ else {"PYTHONFAULTHANDLER": ""}
    return ProcessPoolExecutor(jobs, timeout=IDLE, initializer=_end_with, initargs=(os.getpid(),), env=env)


def _end_with(parent: int) -> None:
    """Let this process end where its parent was killed."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
