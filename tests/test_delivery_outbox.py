"""The outbox remembers what became of every copy, whatever stops the process."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_kit import people

from compare.delivery import outbox
from compare.delivery.address import Mailbox
from compare.delivery.outbox import Issue, Outbox
from compare.errors import ParallaxError


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    with outbox.opened(tmp_path / "outbox.db") as opened:
        yield opened


def kept(box: Outbox, count: int, now: float = 0.0) -> Issue:
    issue = box.keep("list/2025-W20/1", "digest@example.org", b"raw", b"small", now)
    box.queue(issue, [(one, b"To: x\r\n") for one in people(count)], now)
    return issue


def states(box: Outbox) -> list[str]:
    return [copy.state for copy in box.copies()]


def test_a_recipient_is_queued_once_however_often_and_however_written(box: Outbox) -> None:
    issue = kept(box, 2)
    kept(box, 2)
    again = [Mailbox("Somebody", "READER0@example.org"), Mailbox("New", "new@example.org")]
    assert box.queue(issue, [(one, b"") for one in again], 1.0) == 1
    assert [copy.address for copy in box.copies()] == [
        "reader0@example.org", "reader1@example.org", "new@example.org",
    ]  # fmt: skip


def test_an_issue_that_was_kept_keeps_its_first_bytes(box: Outbox) -> None:
    kept(box, 1)
    assert box.keep("list/2025-W20/1", "a@b.c", b"other", b"other", 5.0).raw == b"raw"
    assert box.keep("list/2025-W20/2", "a@b.c", b"other", b"other", 5.0).raw == b"other"


def test_a_copy_is_claimed_by_one_only(box: Outbox) -> None:
    issue = kept(box, 2)
    claimed = [box.claim(issue, 0.0) for _ in range(3)]
    assert [copy.address if copy else None for copy in claimed] == [
        "reader0@example.org", "reader1@example.org", None,
    ]  # fmt: skip


def test_a_copy_sent_is_never_claimed_again(box: Outbox) -> None:
    issue = kept(box, 1)
    copy = box.claim(issue, 0.0)
    assert copy
    box.sending(copy, 1.0)
    box.sent(copy, "250 ok", 2.0)
    box.recover(3.0)
    assert box.claim(issue, 9e9) is None
    assert box.next_due(issue) is None
    assert [state for _, state, _ in box.history(copy)] == ["claimed", "sending", "sent"]


def test_what_a_dead_process_had_only_claimed_is_sent_what_it_was_sending_is_in_doubt(box: Outbox) -> None:
    issue = kept(box, 3)
    first, second = box.claim(issue, 0.0), box.claim(issue, 0.0)
    assert first
    assert second
    box.sending(first, 1.0)
    box.recover(2.0)
    assert states(box) == ["in doubt", "queued", "queued"]


def test_a_copy_in_doubt_waits_for_a_person(box: Outbox) -> None:
    issue = kept(box, 1)
    copy = box.claim(issue, 0.0)
    assert copy
    box.sending(copy, 1.0)
    box.lost(copy, "the line broke", 2.0)
    assert states(box) == ["in doubt"]
    assert box.claim(issue, 9e9) is None
    assert box.again(issue, "in doubt", 3.0) == 1
    assert box.claim(issue, 3.0) is not None


def test_a_line_lost_before_the_final_dot_leaves_no_doubt(box: Outbox) -> None:
    issue = kept(box, 1)
    copy = box.claim(issue, 0.0)
    assert copy
    box.lost(copy, "the line broke", 2.0)
    assert states(box) == ["queued"]


def test_waits_grow_to_an_hour_and_end_after_five_days(box: Outbox) -> None:
    issue = kept(box, 1)
    now, waits = 0.0, []
    while (due := box.next_due(issue)) is not None:
        waits.append(due - now)
        now = due
        copy = box.claim(issue, now)
        assert copy
        box.later(copy, "451 later", now)
    assert waits[:9] == [0, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert states(box) == ["failed"]
    assert 4.9 * 86400 < now <= 5 * 86400
    assert box.copies()[0].answer == "given up after 5 days: 451 later"


def test_sent_without_sending_is_refused(box: Outbox) -> None:
    issue = kept(box, 1)
    copy = box.claim(issue, 0.0)
    assert copy
    with pytest.raises(ParallaxError, match="in other hands") as caught:
        box.sent(copy, "250 ok", 1.0)
    assert caught.value.exit_code == 75


def test_the_outbox_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "outbox.db"
    with outbox.opened(path) as box:
        kept(box, 1)
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file.name


def test_what_was_written_is_there_for_the_next_process(tmp_path: Path) -> None:
    with outbox.opened(tmp_path / "outbox.db") as box:
        kept(box, 3)
    with outbox.opened(tmp_path / "outbox.db") as box:
        assert states(box) == ["queued"] * 3


def test_a_file_that_is_no_outbox_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear diary, " * 100)
    with pytest.raises(ParallaxError, match="cannot be used") as caught, outbox.opened(path):
        pass
    assert caught.value.exit_code == 65
    assert path.read_text().startswith("dear diary")


def test_an_outbox_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    with outbox.opened(path) as box:
        box._db.execute("PRAGMA user_version=99")
    with pytest.raises(ParallaxError, match="later version"), outbox.opened(path):
        pass


def test_an_outbox_that_cannot_be_made_says_where_another_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ParallaxError, match="--outbox") as caught, outbox.opened(tmp_path / "file" / "o.db"):
        pass
    assert caught.value.exit_code == 73


def test_one_process_at_a_time_holds_the_outbox_and_death_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    code = (
        "import sys, time; from pathlib import Path; from compare.delivery import outbox\n"
        "with outbox.locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, env=os.environ
    ) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(ParallaxError, match="another run") as caught, outbox.locked(path):
            pass
        assert caught.value.exit_code == 75
        other.kill()
        other.wait()
        with outbox.locked(path):
            pass
