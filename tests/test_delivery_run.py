"""Everybody gets each issue once, as far as mail allows, and the size never makes it bounce."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from delivery_kit import ADDRESSING, KEY, WHEN, Post, Rude, brief, parsed, people, rude, serving

from compare.delivery import outbox, run
from compare.delivery.client import Server
from compare.delivery.digest import Report
from compare.delivery.outbox import Outbox
from compare.delivery.run import Clock, Offer, Plan, Route
from compare.delivery.signing import Signing
from compare.errors import ParallaxError

PLAN = Plan(ADDRESSING, KEY, WHEN, 1_000_000, "https://example.org/2025-W20.html")


class Time:
    """A clock that a test moves; waiting moves it."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    with outbox.opened(tmp_path / "outbox.db") as opened:
        yield opened


def offer(size: int, asked: list[int] | None = None) -> Offer:
    def make() -> Sequence[Report]:
        if asked is not None:
            asked.append(size)
        return [Report("brief.pdf", b"x" * size)]

    return make


def send(box: Outbox, port: int, time: Time, count: int = 3, wait: float = 1800.0) -> None:
    """Send to so many people through the server at ``port``."""
    if box.issue(str(KEY)) is None:
        raw, small = run.fit([brief()], [offer(5000)], PLAN)
        box.keep(str(KEY), "digest@example.org", raw, small, time.now())
    issue = run.queue(box, ADDRESSING, KEY, people(count), time.now())
    server = Server("localhost", port, "none", seconds=2, patience=3)
    run.send(box, issue, Route(server, None, wait, Clock(time.now, time.sleep)))


def states(box: Outbox) -> Counter[str]:
    return Counter(copy.state for copy in box.copies())


def test_each_gets_one_copy_addressed_to_them_with_the_report(box: Outbox) -> None:
    post = Post()
    with serving(post) as port:
        send(box, port, Time())
    assert post.recipients == [one.address for one in people(3)]
    for recipient, raw in post.taken:
        message = parsed(raw)
        assert message["To"].addresses[0].addr_spec == recipient
        assert recipient.replace("@", "%40") in message["List-Unsubscribe"]
        assert [part.get_content() for part in message.iter_attachments()] == [b"x" * 5000]
    assert len({parsed(raw)["Message-ID"] for _, raw in post.taken}) == 3


def test_a_second_run_sends_nothing_and_a_new_reader_only_theirs(box: Outbox) -> None:
    post = Post()
    with serving(post) as port:
        send(box, port, Time())
        send(box, port, Time())
        assert len(post.taken) == 3
        send(box, port, Time(), count=4)
    assert post.recipients[3:] == ["reader3@example.org"]


def test_a_greylisting_server_gets_it_after_a_minute(box: Outbox) -> None:
    seen: set[str] = set()

    def grey(address: str) -> str:
        known = address in seen
        seen.add(address)
        return "" if known else "451 4.7.1 come back"

    post, time = Post(at_recipient=grey), Time()
    with serving(post) as port:
        send(box, port, time)
    assert states(box) == {"sent": 3}
    assert sum(time.waits) == 60


def test_what_is_not_taken_in_time_stays_queued_and_the_next_run_resumes(box: Outbox) -> None:
    busy = ["451 4.3.2 busy"]
    post, time = Post(at_recipient=lambda _: busy[0]), Time()
    with serving(post) as port:
        send(box, port, time, wait=200.0)
        assert states(box) == {"queued": 3}
        assert run.exit_code(box.copies()) == 75
        busy[0] = ""
        send(box, port, time)
    assert states(box) == {"sent": 3}
    assert run.exit_code(box.copies()) == 0


def test_an_address_refused_for_good_is_recorded_and_the_others_get_theirs(box: Outbox) -> None:
    post = Post(at_recipient=lambda address: "550 5.1.1 nobody" if "reader1" in address else "")
    with serving(post) as port:
        send(box, port, Time())
        send(box, port, Time())
    assert post.recipients == ["reader0@example.org", "reader2@example.org"]
    assert [(copy.state, copy.answer) for copy in box.copies()][1] == ("failed", "550 5.1.1 nobody")
    assert run.exit_code(box.copies()) == 65
    assert run.summary(KEY, box.copies()) == "digest 2025-W20, edition 1: 2 sent, 1 failed"
    assert run.summary(KEY, box.copies(), 1) == "digest 2025-W20, edition 1: 1 sent, 1 sent before, 1 failed"


def test_a_sender_refused_for_good_fails_nobody(box: Outbox) -> None:
    """That is about the setting, not about the first reader on the list."""
    with (
        serving(Post(at_sender=lambda _: "550 5.7.1 who are you")) as port,
        pytest.raises(ParallaxError, match="refused the sender") as caught,
    ):
        send(box, port, Time())
    assert caught.value.exit_code == 78
    assert states(box) == {"queued": 3}


def test_a_sender_refused_for_now_is_tried_again_later(box: Outbox) -> None:
    answers = ["450 4.7.1 too many"]
    post, time = Post(at_sender=lambda _: answers.pop() if answers else ""), Time()
    with serving(post) as port:
        send(box, port, time)
    assert len(post.taken) == 3
    assert [wait for wait in time.waits if wait] == [60]


def test_copies_are_signed_each_for_its_recipient(box: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "signed", lambda raw, _: b"DKIM-Signature: x\r\n" + raw)
    post = Post()
    with serving(post) as port:
        raw, small = run.fit([brief()], [offer(5000)], PLAN)
        box.keep(str(KEY), "digest@example.org", raw, small, 0.0)
        issue = run.queue(box, ADDRESSING, KEY, people(2), 0.0)
        signing = Signing("example.org", "s1", b"")
        run.send(box, issue, Route(Server("localhost", port, "none", seconds=2), signing))
    assert all(content.startswith(b"DKIM-Signature: x\r\nMessage-ID:") for _, content in post.taken)
    assert len(post.taken) == 2


def test_a_server_that_is_down_is_tried_again_and_then_left(box: Outbox) -> None:
    time = Time()
    with pytest.raises(ParallaxError, match="try again later") as caught:
        send(box, 9, time, wait=600.0)
    assert caught.value.exit_code == 75
    assert [wait for wait in time.waits if wait] == [60, 120, 240]
    assert states(box) == {"queued": 3}


def test_a_line_dropped_after_the_final_dot_leaves_doubt_and_no_second_copy(box: Outbox) -> None:
    behaviour, time = Rude("drop"), Time()
    with rude(behaviour) as port, pytest.raises(ParallaxError, match="ended the line"):
        send(box, port, time, count=1, wait=30.0)
    assert behaviour.dots == 1
    post = Post()
    with serving(post) as port:
        send(box, port, time, count=1)
        assert post.taken == []
        assert states(box) == {"in doubt": 1}
        assert run.exit_code(box.copies()) == 65
        issue = box.issue(str(KEY))
        assert issue
        box.again(issue, "in doubt", time.now())
        send(box, port, time, count=1)
    assert post.recipients == ["reader0@example.org"]


def test_a_server_that_ends_the_line_after_each_message_gets_them_all(box: Outbox) -> None:
    """Some servers take few messages a line and then answer 421."""
    counted: Counter[str] = Counter()

    def few(address: str) -> str:
        counted["asked"] += 1
        return "421 4.7.0 enough for now" if counted["asked"] % 2 == 0 else ""

    post, time = Post(at_recipient=few), Time()
    with serving(post) as port:
        send(box, port, time, count=5)
    assert sorted(post.recipients) == [one.address for one in people(5)]
    assert states(box) == {"sent": 5}


def test_the_first_offer_that_fits_is_taken_and_no_other_made() -> None:
    asked: list[int] = []
    raw, small = run.fit([brief()], [offer(9_000, asked), offer(100, asked)], PLAN)
    assert asked == [9_000]
    assert [len(part.get_content()) for part in parsed(raw).iter_attachments()] == [9_000]
    assert not list(parsed(small).iter_attachments())


def test_a_report_that_is_too_large_gives_way_to_a_smaller_one_and_says_so() -> None:
    raw, _ = run.fit([brief()], [offer(2_000_000), offer(50_000)], PLAN)
    assert [len(part.get_content()) for part in parsed(raw).iter_attachments()] == [50_000]
    body = parsed(raw).get_body(("plain",))
    assert body
    assert "A shorter brief is attached" in body.get_content()
    assert PLAN.archive in body.get_content()
    assert len(raw) < PLAN.limit


@pytest.mark.parametrize(
    ("archive", "words"),
    [("https://example.org/w.html", "https://example.org/w.html"), ("", "Ask digest@example.org for it.")],
)
def test_where_nothing_fits_a_link_or_a_note_stands_in(archive: str, words: str) -> None:
    raw, small = run.fit([brief()], [offer(2_000_000)], dataclasses.replace(PLAN, archive=archive))
    assert raw == small
    body = parsed(raw).get_body(("plain",))
    assert body
    assert words in " ".join(body.get_content().split())


@pytest.mark.parametrize(
    "rules",
    [
        {"at_message": lambda seen: lambda _: seen("552 5.3.4 too large")},
        {"at_recipient": lambda seen: lambda _: seen("552 5.2.3 too large")},
    ],
)
def test_a_server_that_finds_the_message_too_large_gets_the_letter_alone(
    box: Outbox, rules: dict[str, Callable[[Callable[[str], str]], Callable[[str], str]]]
) -> None:
    answered: list[str] = []

    def once(words: str) -> str:
        answered.append(words)
        return words if len(answered) == 1 else ""

    post = Post(**{name: rule(once) for name, rule in rules.items()})
    with serving(post) as port:
        send(box, port, Time(), count=1)
    assert states(box) == {"sent": 1}
    assert not list(parsed(post.taken[0][1]).iter_attachments())


def test_a_server_that_says_its_limit_beforehand_gets_the_letter_alone(box: Outbox) -> None:
    raw, small = run.fit([brief()], [offer(20_000)], PLAN)
    post = Post()
    with serving(post, data_size_limit=(len(small) + len(raw)) // 2) as port:
        box.keep(str(KEY), "digest@example.org", raw, small, 0.0)
        send(box, port, Time(), count=2)
    assert [list(parsed(content).iter_attachments()) for _, content in post.taken] == [[], []]


def test_queueing_an_issue_that_was_never_made_is_refused(box: Outbox) -> None:
    with pytest.raises(ParallaxError, match="was never made"):
        run.queue(box, ADDRESSING, KEY, people(1), 0.0)
