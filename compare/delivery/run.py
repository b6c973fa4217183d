"""The recipe of a digest: a letter and its reports are made to fit, kept, queued, and sent.

fit BRIEFS, REPORTS        -> bytes, as large as may be, and bytes without attachment
keep | queue               -> the outbox
send                       -> the server, one copy after the other, each answer written down
"""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from compare.delivery import digest, smtp
from compare.delivery.address import Mailbox
from compare.delivery.client import Server
from compare.delivery.digest import Addressing, Key, Report
from compare.delivery.outbox import Copy, Issue, Outbox
from compare.delivery.signing import Signing, signed
from compare.errors import ParallaxError
from compare.report import mail
from compare.report.mail import Note
from compare.report.parts import Brief

FRONT = 6_000
DONE, BAD, TEMPORARY, CONFIGURATION = 0, 65, 75, 78
Offer = Callable[[], Sequence[Report]]


@dataclass(frozen=True, slots=True)
class Plan:
    """One issue to be made: for whom, which, when, the most bytes it may have, its page on the web."""

    addressing: Addressing
    key: Key
    when: dt.datetime
    limit: int
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds of the epoch, and a way to wait."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Route:
    """Where and how to send; ``wait`` is how many seconds a run may last over retries."""

    server: Server
    signing: Signing | None = None
    wait: float = 1800.0
    clock: Clock = Clock()


def fit(briefs: Sequence[Brief], offers: Sequence[Offer], plan: Plan) -> tuple[bytes, bytes]:
    """The issue with the first of ``offers`` that fits ``plan.limit``, and the issue without any.

    An offer is made only when those before it were too large, so a smaller report costs nothing
    where it is not needed. Where none fits, both are the letter with a link or a note in their place.
    """
    small = _composed(briefs, (), plan, _instead(plan))
    for number, offer in enumerate(offers):
        reports = offer()
        raw = _composed(briefs, reports, plan, _attached(reports, plan, shorter=number > 0))
        if len(raw) + FRONT <= plan.limit:
            return raw, small
    return small, small


def queue(
    outbox: Outbox, addressing: Addressing, key: Key, recipients: Sequence[Mailbox], now: float
) -> Issue:
    """Queue a copy of a kept issue for each of ``recipients`` who has none."""
    issue = outbox.issue(str(key))
    if issue is None:
        raise ParallaxError(str(key), "this issue was never made")
    fronts = [(one, digest.addressed(b"", addressing, key, one)) for one in recipients]
    outbox.queue(issue, fronts, now)
    return issue


def send(outbox: Outbox, issue: Issue, route: Route) -> None:
    """Send what is due, wait for what is due soon, and leave the rest queued.

    Hold the outbox's lock. Raises ParallaxError: 75 where the server cannot be used for now, 78
    where something has to be put right first. Whatever was not sent is queued then.
    """
    clock = route.clock
    end = clock.now() + route.wait
    troubles = 0
    outbox.recover(clock.now())
    while (due := outbox.next_due(issue)) is not None:
        if due > end:
            return
        clock.sleep(max(due - clock.now(), 0.0))
        try:
            with smtp.connect(route.server) as line:
                _send_due(outbox, issue, route, line)
            troubles = 0
        except ParallaxError as error:
            pause = 60.0 * 2**troubles
            if error.exit_code != TEMPORARY or clock.now() + pause > end:
                raise
            troubles += 1
            clock.sleep(pause)


def exit_code(copies: Sequence[Copy]) -> int:
    """0 where every copy is sent; 75 where some are to be tried again; else 65: a person is needed."""
    states = {copy.state for copy in copies}
    if states & {"queued", "claimed", "sending"}:
        return TEMPORARY
    return BAD if states - {"sent"} else DONE


def summary(key: Key, copies: Sequence[Copy], before: int = 0) -> str:
    """One line for a log: how many copies are in which state; of those sent, ``before`` by earlier runs."""
    counted = Counter(copy.state for copy in copies)
    sent = counted.pop("sent", 0)
    parts = [f"{sent - before} sent"] if sent > before or not before else []
    parts += [f"{before} sent before"] if before else []
    parts += [f"{counted[state]} {state}" for state in sorted(counted)]
    return f"digest {key.week}, edition {key.edition}: {', '.join(parts)}"


def _send_due(outbox: Outbox, issue: Issue, route: Route, line: smtp.Line) -> int:
    """Send over one line until nothing is due or the line is gone; returns how many were taken."""
    taken = 0
    while line.usable and (copy := outbox.claim(issue, route.clock.now())):
        try:
            taken += _send(outbox, issue, copy, route, line)
        except smtp.Lost as lost:
            outbox.lost(copy, str(lost), route.clock.now())
        except smtp.Refusal as refusal:
            # The sender itself is refused: that is about all copies, and none of them is to blame.
            outbox.release(copy, route.clock.now())
            code = CONFIGURATION if refusal.permanent else TEMPORARY
            raise ParallaxError(
                f"mail server {route.server.place}", f"it refused the sender: {refusal}", code
            ) from None
    if not line.usable and not taken:
        raise ParallaxError(
            f"mail server {route.server.place}", "it ended the line before it took a message", TEMPORARY
        )
    return taken


def _send(outbox: Outbox, issue: Issue, copy: Copy, route: Route, line: smtp.Line) -> int:
    """Hand one copy over, or write down why not; returns 1 where it was taken."""
    now = route.clock.now
    forms = [issue.raw, issue.small] if issue.small != issue.raw else [issue.raw]
    for form in forms:
        raw = signed(copy.front + form, route.signing) if route.signing else copy.front + form
        if line.limit and len(raw) > line.limit and form is not forms[-1]:
            continue
        try:
            answer = line.deliver(issue.sender, copy.address, raw, lambda: outbox.sending(copy, now()))
        except smtp.Refusal as refusal:
            if refusal.too_large and form is not forms[-1] and line.usable:
                continue
            if refusal.about == "sender":
                raise
            keep = outbox.failed if refusal.permanent else outbox.later
            keep(copy, str(refusal), now())
            return 0
        outbox.sent(copy, answer, now())
        return 1
    return 0


def _composed(briefs: Sequence[Brief], reports: Sequence[Report], plan: Plan, notes: Sequence[Note]) -> bytes:
    letter = mail.write(briefs, (*notes, *_way_out(plan.addressing)), plan.archive)
    return digest.compose(letter, plan.addressing, reports, plan.key, plan.when).as_bytes()


def _attached(reports: Sequence[Report], plan: Plan, shorter: bool) -> list[Note]:
    files = ", ".join(f"{one.name} ({_size(len(one.data))})" for one in reports)
    if not shorter:
        return [Note(f"Every finding with its evidence is attached: {files}.")]
    why = "the whole one is too large to be mailed"
    return [
        Note(f"A shorter brief is attached, without tables of facts, because {why}: {files}."),
        *([Note("The whole one:", plan.archive)] if plan.archive else []),
    ]


def _instead(plan: Plan) -> list[Note]:
    if plan.archive:
        return [Note("The brief with all evidence is too large to be mailed. It is here:", plan.archive)]
    ask = plan.addressing.reply_to or plan.addressing.sender
    return [Note(f"The brief with all evidence is too large to be mailed. Ask {ask.address} for it.")]


def _way_out(addressing: Addressing) -> list[Note]:
    """How to end the subscription, in words; the personal link is in the header alone."""
    if not addressing.unsubscribe:
        return []
    if "{address}" not in addressing.unsubscribe and addressing.unsubscribe.startswith("https:"):
        return [Note("To get no more of these:", addressing.unsubscribe)]
    ask = (addressing.reply_to or addressing.sender).address
    return [Note(f"To get no more of these, use your mail program's Unsubscribe, or write to {ask}.")]


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(round(count / 1e3), 1)} kB"
