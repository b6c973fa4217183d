"""Whose turn it is: one request at a time to a host, with a pause after each."""

import contextlib
import threading
import time
from collections.abc import Iterator


class Stopped(Exception):  # noqa: N818 - not an error: the run is ending
    """The run ends; nothing more is asked."""


class Turns:
    """The turns of every host of one run, by the monotonic clock: a clock that jumps moves no turn.

    Nobody waits for another host.
    """

    def __init__(self, delay: float, longest: float) -> None:
        self._delay, self._longest = delay, longest
        self._ready: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._hosts: dict[str, threading.Lock] = {}
        self._mine = threading.Lock()
        self._stop = threading.Event()

    @contextlib.contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for a turn at ``host``, and keep everybody else from it meanwhile. Raises Stopped."""
        with self._lock(host):
            self.pause(self._ready.get(host, 0.0) - time.monotonic())
            try:
                yield
            finally:
                ready = time.monotonic() + self._delays.get(host, self._delay)
                self._ready[host] = max(ready, self._ready.get(host, 0.0))

    def slow(self, host: str, delay: float) -> None:
        """Pause ``delay`` seconds between requests to ``host``, within this run's bounds."""
        self._delays[host] = min(max(delay, self._delay), max(self._longest, self._delay))

    def pause(self, seconds: float) -> None:
        """Wait. Raises Stopped when the run ends meanwhile."""
        if self._stop.wait(max(seconds, 0.0)):
            raise Stopped

    def stop(self) -> None:
        """End every wait."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether the run is ending."""
        return self._stop.is_set()

    def _lock(self, host: str) -> threading.Lock:
        with self._mine:
            return self._hosts.setdefault(host, threading.Lock())
