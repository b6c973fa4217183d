"""`parallax weekly` whole: from a real web server by way of the corpus to a real mail server, once."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import collect_kit
import pytest
from click.testing import CliRunner, Result
from conftest import ARTICLES, LOOPBACK
from delivery_kit import Post, parsed, serving

from compare.cli.weekly import last_week, weekly
from compare.delivery import outbox
from compare.errors import ParallaxError

pytestmark = pytest.mark.allow_hosts(LOOPBACK)

LIST = """
[list]
from = "digest@example.org"
id = "weekly.example.org"
[server]
host = "localhost"
security = "none"
port = %d
seconds = 2
[[person]]
address = "ana@example.org"
[[person]]
address = "bo@example.org"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARALLAX_OUTBOX", str(tmp_path / "outbox.db"))
    return tmp_path


@contextmanager
def town(folder: Path, post: Post) -> Iterator[collect_kit.Site]:
    """A site with a feed and two articles of 2025-W20, and a mail server with a list of two."""
    with collect_kit.serving() as site, serving(post) as port:
        urls = [
            site.article(f"/2025/05/1{day}/quay-{day}", f"The northern quay closes, part {day}")
            for day in (4, 5)
        ]
        site.pages["/feed"] = collect_kit.feed(*urls)
        (folder / "feeds.txt").write_text(site.url("/feed"), encoding="utf-8")
        (folder / "people.toml").write_text(LIST % port, encoding="utf-8")
        yield site


def call(*more: str) -> Result:
    arguments = ["--corpus", "corpus", "--from", "feeds.txt", "--week", "2025-W20", *more]
    arguments += ["--allow-private", "--delay", "0", "--wait", "0"]
    return CliRunner().invoke(weekly, arguments, standalone_mode=False)


def code(result: Result) -> int:
    if isinstance(result.exception, ParallaxError):
        return result.exception.exit_code
    assert result.exception is None, result.exception
    return int(result.return_value)


def test_a_week_is_collected_added_compared_briefed_and_mailed_once(folder: Path) -> None:
    post = Post()
    with town(folder, post) as site:
        first = call(str(ARTICLES), "--list", "people.toml")
        asked = site.asked.total()
        second = call(str(ARTICLES), "--list", "people.toml")
        assert site.asked.total() == asked, "an issue that was sent is not made anew"
    assert (code(first), code(second)) == (0, 0)
    assert sorted(post.recipients) == ["ana@example.org", "bo@example.org"]
    pdf = (folder / "reports" / "2025-W20.pdf").read_bytes()
    for _, raw in post.taken:
        assert [part.get_content() for part in parsed(raw).iter_attachments()] == [pdf]
    (line,) = first.stdout.splitlines()
    assert line.startswith("weekly 2025-W20: collected 2 new; added 3 new; ")
    assert "1 story compared" in line
    assert line.endswith("reports/2025-W20.pdf; digest 2025-W20, edition 1: 2 sent")
    assert second.stdout == "weekly 2025-W20: digest 2025-W20, edition 1: 2 sent before\n"


def test_what_the_mail_server_put_off_is_sent_by_the_next_call_and_the_brief_stays(folder: Path) -> None:
    closed = Event()
    closed.set()
    post = Post(at_recipient=lambda who: "451 4.7.1 later" if closed.is_set() and "bo" in who else "")
    with town(folder, post) as site:
        first = call(str(ARTICLES), "--list", "people.toml")
        made = (folder / "reports" / "2025-W20.pdf").stat().st_mtime_ns
        asked = site.asked.total()
        closed.clear()
        with outbox.opened(folder / "outbox.db") as box:
            box.recover(0.0)
        second = call(str(ARTICLES), "--list", "people.toml")
        assert site.asked.total() == asked
    assert code(first) == 75
    assert "ana@example.org" in post.recipients
    assert (folder / "reports" / "2025-W20.pdf").stat().st_mtime_ns == made
    assert code(second) in {0, 75}
    assert len(post.recipients) == len(set(post.recipients))


def test_a_source_that_cannot_be_had_is_named_and_stops_nothing(folder: Path) -> None:
    with town(folder, Post()) as site:
        site.pages["/feed"] = collect_kit.redirect("/gone")
        result = call(str(ARTICLES))
    assert code(result) == 0
    assert "/gone" in result.stderr
    assert (folder / "reports" / "2025-W20.pdf").exists()


def test_without_a_mail_server_there_is_a_brief_all_the_same(folder: Path) -> None:
    post = Post()
    with town(folder, post):
        (folder / "far.toml").write_text(LIST % 9, encoding="utf-8")
        result = call(str(ARTICLES), "--list", "far.toml")
        assert code(result) == 75
        assert "reports/2025-W20.pdf" in result.stdout
        assert (folder / "reports" / "2025-W20.pdf").exists()
        assert code(call(str(ARTICLES), "--list", "people.toml")) == 0
    assert len(post.taken) == 2


def test_two_runs_are_kept_apart(folder: Path) -> None:
    with town(folder, Post()), outbox_lock(folder):
        result = call(str(ARTICLES))
    assert code(result) == 75
    assert "another weekly run is at work" in str(result.exception)
    assert result.stdout == "weekly 2025-W20: nothing done\n"


@contextmanager
def outbox_lock(folder: Path) -> Iterator[None]:
    (folder / "corpus").mkdir()
    with outbox.locked(folder / "corpus" / ".weekly"):
        yield


def test_a_week_without_articles_is_no_brief(folder: Path) -> None:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "old.txt").write_text("Old News\n\n2 May 2019\n\nIt rained. It poured. It blew.")
    result = CliRunner().invoke(
        weekly, ["inbox", "--corpus", "corpus", "--week", "2031-W01"], standalone_mode=False
    )
    assert code(result) == 66
    assert not (folder / "reports" / "2031-W01.pdf").exists()


def test_a_wrong_list_is_told_before_any_work(folder: Path) -> None:
    (folder / "people.toml").write_text("[list\n", encoding="utf-8")
    (folder / "feeds.txt").write_text("https://example.org/feed", encoding="utf-8")
    result = call("--list", "people.toml")
    assert code(result) == 78
    assert not (folder / "corpus" / "catalogue.db").exists()


@pytest.mark.parametrize(
    ("now", "zone", "week"),
    [
        ("2025-05-19T05:00+00:00", "UTC", "2025-W20"),
        ("2025-05-18T22:30+00:00", "UTC", "2025-W19"),
        ("2025-05-18T22:30+00:00", "Europe/Berlin", "2025-W20"),
        ("2025-05-19T03:00+00:00", "America/New_York", "2025-W19"),
        ("2027-01-04T12:00+00:00", "UTC", "2026-W53"),
    ],
)
def test_the_week_is_the_last_one_that_is_over_in_the_zone(now: str, zone: str, week: str) -> None:
    assert last_week(dt.datetime.fromisoformat(now), zone) == week


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ParallaxError, match="no time zone 'Atlantis'"):
        last_week(dt.datetime(2025, 5, 19, tzinfo=dt.UTC), "Atlantis")
