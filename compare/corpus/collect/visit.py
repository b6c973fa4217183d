"""A page from its address: robots.txt first, in turn, and where it was moved to, step by checked step."""

import dataclasses
import time
from collections.abc import Mapping

from compare.corpus.collect import client, guard
from compare.corpus.collect.answers import Answer, Later, Refused
from compare.corpus.collect.client import Limits, Moved
from compare.corpus.collect.guard import Gate, Target
from compare.corpus.collect.politeness import Turns
from compare.corpus.collect.robots import LARGEST, NAME, Robots

_WANTED = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
)


class Visitor:
    """One run's way to the web: its limits, whose turn it is, and every site's rules."""

    def __init__(self, gate: Gate, limits: Limits, turns: Turns, agent: str) -> None:
        self._gate, self._limits, self._turns, self._agent = gate, limits, turns, agent
        self._robots = Robots(self._rules_of, turns.slow)
        self._left_alone: dict[str, float] = {}

    def get(self, url: str, etag: str = "", modified: str = "") -> Answer:
        """The page at ``url``, or that it did not change since ``etag`` and ``modified``.

        Raises Refused, Later, or Stopped. A robots.txt is asked for at every step, each with its turn.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = guard.target(url)
        found = self._follow(asked, {name: value for name, value in headers.items() if value})
        if asked.path != "/" and guard.target(found.url).path == "/":
            # Many sites send on to their front page what they have no more; that is not the article.
            raise Refused(
                asked.url, "sends on to a front page: the page is gone; check the address", gone=404
            )
        if not found.unchanged and not found.body.strip():
            raise Later(found.url, "the page is empty; it is asked again later")
        return found

    def _rules_of(self, asked: Target) -> bytes:
        return self._follow(asked, {}, dataclasses.replace(self._limits, largest=LARGEST), free=True).body

    def _follow(
        self, asked: Target, headers: Mapping[str, str], limits: Limits | None = None, free: bool = False
    ) -> Answer:
        limits = limits or self._limits
        first, seen, used = asked, {asked}, 0.0
        while True:
            if not free:
                self._robots.check(asked)
            with self._turns.turn(asked.host):
                self._check_welcome(asked, limits)
                begun = time.monotonic()
                found = self._ask(asked, headers, limits, max(limits.total - used, 0.1))
                used += time.monotonic() - begun
            if isinstance(found, Answer):
                return found
            asked = _next(first, asked, found, seen, limits)
            seen.add(asked)

    def _ask(self, asked: Target, headers: Mapping[str, str], limits: Limits, left: float) -> Answer | Moved:
        ours = {"User-Agent": self._agent, "Accept": _WANTED, "Accept-Language": "en, *;q=0.5"}
        try:
            return client.ask(asked, {**ours, **headers}, self._gate, limits, left)
        except Later as error:
            if error.wait is not None:
                self._left_alone[asked.host] = time.monotonic() + error.wait
            raise

    def _check_welcome(self, asked: Target, limits: Limits) -> None:
        """Raises Later, unasked, where the host wants to be left alone for longer than this run waits."""
        left = self._left_alone.get(asked.host, 0.0) - time.monotonic()
        if left > limits.longest_wait:
            raise Later(asked.url, "its host asked to be left alone for a while; not asked", left)


def agent(version: str, contact: str = "") -> str:
    """How we introduce ourselves: the name that robots.txt files know, and whom to write to."""
    if not (contact.isascii() and contact.isprintable()) or len(contact) > 200 or set(contact) & set("()"):
        raise Refused("--contact", "takes an address of the web or of mail, in plain letters")
    return f"{NAME}/{version}" + (f" (+{contact})" if contact else "")


def _next(first: Target, asked: Target, found: Moved, seen: set[Target], limits: Limits) -> Target:
    """The next step. Each is checked like the first; none leads from https to http, or in a circle."""
    then = guard.target(found.location, asked.url)
    if asked.scheme == "https" and then.scheme == "http":
        raise Refused(first.url, f"sends on from https to http ({guard.named(then.url)}); not followed")
    if then in seen:
        raise Refused(
            first.url, "sends on in a circle (it may want cookies, which are not kept); not followed"
        )
    if len(seen) > limits.redirects:
        raise Refused(first.url, f"sends on more than {limits.redirects} times; give its last address")
    return then
