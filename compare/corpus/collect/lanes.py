"""Many addresses at once: a lane for each host, a few lanes at a time, and one result after another.

Only what is asked runs in threads; whoever takes the results writes them down alone.
"""

import hashlib
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from compare.corpus.collect.answers import Answer, Later, Refused
from compare.corpus.collect.client import Limits
from compare.corpus.collect.politeness import Stopped, Turns

WORKERS = 8
_ENOUGH = 5
_LEFT = "left for a later run: its host gave no answer to those before"
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item]):
    """What came of one item. ``asked`` is False where its host was given up before its turn came."""

    item: Item
    result: Answer | Refused | Later
    asked: bool = True


@dataclass(frozen=True, slots=True)
class _Try(Generic[Item]):
    item: Item
    number: int = 0
    ready: float = 0.0


def outcomes(
    lanes: Iterable[Sequence[Item]], get: Callable[[Item], Answer], turns: Turns, limits: Limits
) -> Generator[Outcome[Item], None, None]:
    """Get every item; those of one lane one after the other, lanes side by side. As they come.

    What fails for the moment is tried again at the end of its lane, ``limits.tries`` times in all, after
    a wait that doubles, or as long as the server says. A host that gives nothing ``_ENOUGH`` times in a
    row, or wants to be left alone for longer than this run waits, is given up for this run.
    """
    waiting: queue.SimpleQueue[Sequence[Item]] = queue.SimpleQueue()
    results: queue.Queue[Outcome[Item] | Exception | None] = queue.Queue(maxsize=WORKERS)
    started = 0
    for lane in lanes:
        waiting.put(lane)
        started += 1

    def work() -> None:
        try:
            while not waiting.empty():
                for one in _lane(waiting.get_nowait(), get, turns, limits):
                    _hand_over(results, one, turns)
        except (Stopped, queue.Empty):
            pass
        except Exception as error:  # a fault of ours must not end as a lane that fell silent
            _hand_over(results, error, turns)
        _hand_over(results, None, turns)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(WORKERS, started))]
    for thread in threads:
        thread.start()
    try:
        yield from _taken(results, len(threads))
    except BaseException:
        turns.stop()
        raise


def _taken(results: "queue.Queue[Outcome[Item] | Exception | None]", running: int) -> Iterator[Outcome[Item]]:
    while running:
        one = results.get()
        if one is None:
            running -= 1
        elif isinstance(one, Exception):
            raise one
        else:
            yield one


def _hand_over(
    results: "queue.Queue[Outcome[Item] | Exception | None]",
    one: Outcome[Item] | Exception | None,
    turns: Turns,
) -> None:
    while not turns.stopped:
        try:
            results.put(one, timeout=0.5)
            return
        except queue.Full:
            continue


def _lane(
    items: Sequence[Item], get: Callable[[Item], Answer], turns: Turns, limits: Limits
) -> Iterator[Outcome[Item]]:
    left, silent = deque(_Try(item) for item in items), 0
    while left:
        one = left.popleft()
        turns.pause(one.ready - time.monotonic())
        result = _result(get, one.item)
        if not isinstance(result, Later):
            silent = 0
            yield Outcome(one.item, result)
            continue
        silent += 1
        wait = result.wait if result.wait is not None else backed_off(result.where, one.number, limits)
        if wait > limits.longest_wait or silent >= _ENOUGH:
            yield Outcome(one.item, result)
            yield from (Outcome(rest.item, _put_off(result), rest.number > 0) for rest in left)
            return
        if one.number + 1 >= limits.tries:
            yield Outcome(one.item, result)
            continue
        left.append(_Try(one.item, one.number + 1, time.monotonic() + wait))
        turns.pause(result.wait or 0.0)  # who is asked to wait leaves the whole host alone


def _result(get: Callable[[Item], Answer], item: Item) -> Answer | Refused | Later:
    try:
        return get(item)
    except (Refused, Later) as error:
        return error


def _put_off(first: Later) -> Later:
    return Later(first.where, _LEFT, first.wait)


def backed_off(url: str, number: int, limits: Limits) -> float:
    """How long to wait after try ``number``: doubled each time, and spread by the address itself, so
    that a run does the same each time and many addresses do not come back at once.
    """
    spread = 0.5 + hashlib.sha256(f"{number} {url}".encode()).digest()[0] / 510
    return min(float(limits.first_wait * 2**number) * spread, limits.longest_wait)
