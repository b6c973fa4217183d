"""What a site lets robots read (RFC 9309), asked once a run and site, and kept for that run only."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.corpus.collect.answers import Later, Refused
from compare.corpus.collect.body import TooLarge
from compare.corpus.collect.guard import Target

if TYPE_CHECKING:
    from protego import Protego

NAME = "Parallax"
LARGEST = 500 * 1024
_LATER = "its robots.txt cannot be had just now, so nothing of the site is asked (RFC 9309); try later"


@dataclass(frozen=True, slots=True)
class Rules:
    """One site's rules, and the pause it asks for in seconds. ``parsed`` None stands for a robots.txt
    that cannot be had just now, and ``wait`` for how long its server asks to be left alone.
    """

    parsed: "Protego | None"
    delay: float = 0.0
    wait: float | None = None


class Robots:
    """The rules of every site of one run; ``fetch`` gets a robots.txt and raises Refused or Later."""

    def __init__(self, fetch: Callable[[Target], bytes], slow: Callable[[str, float], None]) -> None:
        self._fetch, self._slow = fetch, slow
        self._known: dict[str, Rules] = {}
        self._sites: dict[str, threading.Lock] = {}
        self._mine = threading.Lock()

    def check(self, asked: Target) -> None:
        """Raises Refused where robots may not read ``asked``, Later where nobody can tell just now."""
        rules = self._rules(asked)
        if rules.parsed is None:
            raise Later(asked.url, _LATER, rules.wait)
        if not rules.parsed.can_fetch(asked.url, NAME):
            raise Disallowed(asked.url, "its robots.txt keeps robots out; ask the outlet, or save it by hand")

    def _rules(self, asked: Target) -> Rules:
        with self._mine:
            site = self._sites.setdefault(asked.origin, threading.Lock())
        with site:
            rules = self._known.get(asked.origin) or self._asked(asked)
            if rules.parsed is not None:  # what could not be had is asked for again, with the next try
                self._known[asked.origin] = rules
                self._slow(asked.host, rules.delay)
            return rules

    def _asked(self, asked: Target) -> Rules:
        try:
            raw = self._fetch(Target(asked.scheme, asked.host, asked.port, "/robots.txt"))
        except TooLarge as error:
            raw = error.begun  # RFC 9309, 2.5: at least 500 KiB count, and the rest need not
        except Refused:
            raw = b""
        except Later as error:
            return Rules(None, wait=error.wait)
        return read(raw)


class Disallowed(Refused):
    """The site's robots.txt keeps robots out of this page."""


def read(raw: bytes) -> Rules:
    """The rules in a robots.txt, and the pause that it asks of us in seconds."""
    from protego import Protego

    parsed = Protego.parse(raw[:LARGEST].decode("utf-8-sig", "replace"))
    rate = parsed.request_rate(NAME)
    paced = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return Rules(parsed, max(parsed.crawl_delay(NAME) or 0.0, paced))
