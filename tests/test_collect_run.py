"""A run against a real server: what comes into the corpus, what is written down, and nothing twice."""

import contextlib
import dataclasses
import errno
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import collect_kit as kit
import pytest
from collect_kit import CALM, OPEN, Site
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import disk
from compare.corpus import catalogue, raw
from compare.corpus.collect import guard, journal, run, sources
from compare.corpus.collect.answers import Refused
from compare.corpus.collect.guard import Gate
from compare.corpus.collect.journal import DAY
from compare.corpus.collect.run import Order
from compare.errors import ParallaxError
from compare.model import Article, Problem

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])
MORNING = 1_750_000_000.0


@pytest.fixture
def site() -> Iterator[Site]:
    with kit.serving() as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


class Collected:
    """What a run told."""

    def __init__(self, tallies: run.Tallies, problems: list[Problem]) -> None:
        self.tallies, self.problems = tallies, problems

    @property
    def counts(self) -> Counter[str]:
        return sum(self.tallies.values(), Counter())

    @property
    def words(self) -> str:
        return "\n".join(f"{one.where}: {one.what}" for one in self.problems)

    @property
    def code(self) -> int:
        return max((one.code for one in self.problems), default=0)


def collect(folder: Path, *urls: str, files: tuple[Path, ...] = (), **options: object) -> Collected:
    problems: list[Problem] = []
    given = sources.gathered(urls, files, problems.append)
    order = Order(folder, given, "Parallax/1", OPEN, CALM, now=lambda: MORNING)
    tallies = run.collect(dataclasses.replace(order, **options), problems.append)  # type: ignore[arg-type]
    return Collected(tallies, problems)


def held(folder: Path) -> list[Article]:
    with catalogue.opened(folder) as book:
        return list(catalogue.articles(book))


def states(folder: Path) -> dict[str, str]:
    with journal.opened(folder) as book:
        return {one.url: one.state for one in book.records()}


def test_the_articles_of_a_feed_come_into_the_corpus_once(site: Site, folder: Path) -> None:
    urls = [site.article(f"/news/{n}", f"The northern quay, part {n}") for n in range(3)]
    site.pages["/feed"] = kit.feed(*urls)
    first = collect(folder, site.url("/feed"))
    assert (dict(first.tallies), first.problems) == ({site.url("/feed"): Counter(new=3)}, [])
    assert sorted(one.url for one in held(folder)) == urls
    assert {one.title for one in held(folder)} == {f"The northern quay, part {n}" for n in range(3)}
    second = collect(folder, site.url("/feed"))
    assert second.tallies == {site.url("/feed"): Counter(known=3)}
    assert [site.asked[f"/news/{n}"] for n in range(3)] == [1, 1, 1]
    assert site.asked["/feed"] == 2


def test_the_bytes_are_kept_as_they_came(site: Site, folder: Path) -> None:
    url = site.article("/news/1", "The northern quay")
    collect(folder, url)
    (file,) = raw.all_files(folder)
    assert file.read_bytes() == site.pages["/news/1"]
    with journal.opened(folder) as book:
        assert [(one.body, one.final, one.state) for one in book.records()] == [(file.name, url, "done")]


def test_an_unchanged_feed_is_not_read_again(site: Site, folder: Path) -> None:
    body = kit.feed(site.article("/news/1", "The northern quay"))

    def answer(asked: kit.Handler) -> None:
        known = asked.headers["If-None-Match"] == '"7"' and asked.headers["If-Modified-Since"] == "yesterday"
        asked.give(b"" if known else body, 304 if known else 200, ETag='"7"', Last_Modified="yesterday")

    site.pages["/feed"] = answer
    collect(folder, site.url("/feed"))
    second = collect(folder, site.url("/feed"))
    assert second.tallies == {site.url("/feed"): Counter(unchanged=1)}
    assert run.told(second.counts) == "not changed"
    third = collect(folder, site.url("/feed"))
    assert third.tallies == {site.url("/feed"): Counter(unchanged=1)}


def test_a_feed_of_a_thousand_entries_is_taken_whole(site: Site, folder: Path) -> None:
    site.pages["/feed"] = kit.feed(*(site.url(f"/news/{n}") for n in range(1000)))
    assert collect(folder, site.url("/feed")).counts == Counter(gone=1000)
    assert {site.asked[f"/news/{n}"] for n in range(1000)} == {1}


def test_lists_of_feeds_and_of_addresses_and_saved_feeds_are_known_by_content(
    site: Site, folder: Path, tmp_path: Path
) -> None:
    pages = [site.article(f"/news/{n}", f"The northern quay, part {n}") for n in range(5)]
    site.pages |= {"/one": kit.feed(pages[0]), "/two": kit.feed(pages[1])}
    site.pages["/opml"] = kit.opml(site.url("/two"))
    (tmp_path / "a.txt").write_bytes(kit.opml(site.url("/one")))
    (tmp_path / "b.xml").write_text(
        f"# addresses\n\n{pages[2]}  # the second\n  {pages[3]}\n", encoding="utf-8"
    )
    (tmp_path / "c").write_bytes(kit.feed(pages[4]))
    files = tuple(tmp_path / name for name in ("a.txt", "b.xml", "c"))
    found = collect(folder, site.url("/opml"), files=files)
    assert not found.problems
    assert sorted(one.url for one in held(folder)) == sorted(pages)
    assert found.tallies == {
        site.url("/opml"): Counter(), site.url("/one"): Counter(new=1), site.url("/two"): Counter(new=1),
        str(tmp_path / "b.xml"): Counter(new=2), str(tmp_path / "c"): Counter(new=1),
    }  # fmt: skip


def test_files_that_list_nothing_are_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Remember to call the harbour.\n", encoding="utf-8")
    (tmp_path / "mixed.txt").write_text("https://10.0.0.1:22/\nftp://example.org/\n", encoding="utf-8")
    names = ("notes.txt", "mixed.txt", "missing.txt")
    found = collect(folder, files=tuple(tmp_path / name for name in names))
    assert [one.code for one in found.problems] == [65, 65, 65, 66]
    assert f"{tmp_path / 'mixed.txt'}:2: ftp://example.org/: only http" in found.words


def test_what_a_page_is_is_told_by_its_bytes_and_not_by_its_header(site: Site, folder: Path) -> None:
    site.pages |= {
        "/feed": kit.feed(*(site.url(f"/{name}") for name in ("picture", "article", "feed2", "clip"))),
        "/picture": lambda asked: asked.give(b"\x89PNG\r\n\x1a\n" + b"x" * 99, Content_Type="text/html"),
        "/article": lambda asked: asked.give(kit.page("The northern quay"), Content_Type="image/png"),
        "/feed2": lambda asked: asked.give(kit.feed("http://example.org/"), Content_Type="text/html"),
        "/clip": lambda asked: asked.give(b"%PDF-1.4\n% torn", Content_Type="text/html; charset=utf-8"),
    }
    found = collect(folder, site.url("/feed"))
    assert found.tallies[site.url("/feed")] == Counter(new=1, unreadable=3)
    assert f"{site.url('/picture')}: an image, which holds no article" in found.words
    assert f"{site.url('/feed2')}: gives a feed where a page was expected" in found.words
    assert sorted(file.read_bytes()[:5] for file in raw.all_files(folder)) == [b"%PDF-", b"<!DOC"]


def test_a_wrong_charset_in_the_header_harms_no_letter(site: Site, folder: Path) -> None:
    text = kit.page("The café on the quay’s end")
    site.pages["/a"] = lambda asked: asked.give(text, Content_Type="text/html; charset=koi8-r")
    collect(folder, site.url("/a"))
    assert [one.title for one in held(folder)] == ["The café on the quay’s end"]


def test_an_entity_bomb_is_one_line_and_no_memory(site: Site, folder: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = '<rss version="2.0"><channel><title>&l9;</title></channel></rss>'
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>{text}'
    site.pages["/feed"] = bomb.encode()
    begun = time.monotonic()
    found = collect(folder, site.url("/feed"))
    assert time.monotonic() - begun < 2.0
    assert "entities" in found.words
    assert found.code == 65


def test_a_feed_that_is_none_any_more_is_named_and_asked_again_another_day(site: Site, folder: Path) -> None:
    site.pages["/feed"] = kit.feed(site.article("/news/1", "The northern quay"))
    collect(folder, site.url("/feed"))
    site.pages["/feed"] = kit.page("We have moved")
    found = collect(folder, site.url("/feed"))
    assert "gives a page where a feed was expected" in found.words
    site.pages["/feed"] = kit.feed(site.article("/news/2", "The southern basin"))
    later = collect(folder, site.url("/feed"), now=lambda: MORNING + DAY + 1)
    assert later.tallies == {site.url("/feed"): Counter(new=1)}


def test_addresses_in_a_feed_count_from_it_and_bad_ones_are_named(site: Site, folder: Path) -> None:
    site.article("/news/1", "The northern quay")
    site.pages["/feeds/all"] = kit.feed(
        "../news/1", "file:///etc/passwd", "javascript:alert(1)", "http://[::1"
    )
    found = collect(folder, site.url("/feeds/all"))
    assert found.counts == Counter(new=1)
    assert found.words.count("only http and https are asked") == 2
    assert "is not an address of the web" in found.words


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(max_size=30) | st.sampled_from(["//", "http://[", "https://a:b", "?", "\\\\a", "%"]),
        max_size=5,
    )
)
def test_no_address_in_a_feed_or_list_stops_a_run(urls: list[str]) -> None:
    assert all(guard.target(one.url).url == one.url for one in sources.gathered(urls, (), lambda _: None))
    for url in urls:
        with contextlib.suppress(Refused):
            guard.target(url, "https://example.org/feed")


def test_a_feed_cannot_reach_into_the_own_network(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed's host stands for a public one; what the feed lists is on this machine and network."""
    opened = guard.addresses

    def addresses(asked: guard.Target, gate: Gate) -> list[str]:
        return ["127.0.0.1"] if asked.authority == site.host else opened(asked, gate)

    monkeypatch.setattr(guard, "addresses", addresses)
    site.article("/news/1", "The northern quay")
    inside = ("http://169.254.169.254/latest/", "http://10.0.0.7/", "http://[::ffff:127.0.0.1]/")
    site.pages["/feed"] = kit.feed("/news/1", *inside, "http://sneaky.example/")
    gate = Gate(resolve=lambda host, _: ["127.0.0.1"] if "sneaky" in host else [host])
    found = collect(folder, site.url("/feed"), gate=gate)
    assert found.counts == Counter(new=1, refused=4)
    assert found.words.count("not a public host") == 4
    assert found.code == 65


def test_pages_that_robots_txt_keeps_out_are_told_and_cost_no_exit_code(site: Site, folder: Path) -> None:
    site.pages["/feed"] = kit.feed(site.article("/private/1", "A secret quay"))
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /private/"
    found = collect(folder, site.url("/feed"))
    assert found.counts == Counter({"kept out by robots.txt": 1})
    assert found.code == 0
    assert "robots.txt keeps robots out" in found.words
    assert not collect(folder, site.url("/feed")).problems


def test_gone_and_failed_pages_are_told_and_asked_again_when_it_is_time(site: Site, folder: Path) -> None:
    site.pages["/feed"] = kit.feed(site.url("/lost"), site.url("/ill"), site.url("/over"))
    site.pages |= {"/ill": lambda asked: asked.give(b"", 500), "/over": lambda asked: asked.give(b"", 410)}
    first = collect(folder, site.url("/feed"))
    assert first.counts == Counter(gone=2, failed=1)
    assert first.code == 75
    assert site.asked["/ill"] == CALM.tries
    again = collect(folder, site.url("/feed"))
    assert again.counts == Counter({"gone": 2, "left for later": 1})
    assert (site.asked["/ill"], site.asked["/lost"]) == (CALM.tries, 1)
    for name in ("/ill", "/lost", "/over"):
        site.article(name, f"The quay by {name[1:]}")
    hour = collect(folder, site.url("/feed"), now=lambda: MORNING + 3600)
    assert hour.counts == Counter(gone=2, new=1)
    later = collect(folder, site.url("/feed"), now=lambda: MORNING + DAY + 1)
    assert later.counts == Counter(known=1, gone=1, new=1)
    assert site.asked["/over"] == 1
    asked = collect(folder, site.url("/feed"), again=True)
    assert asked.counts == Counter(known=2, new=1)
    assert len(held(folder)) == 3


def test_an_address_given_that_is_not_there_is_no_input(site: Site, folder: Path) -> None:
    assert collect(folder, site.url("/nowhere")).code == 66
    site.pages["/over"] = lambda asked: asked.give(b"", 410)
    assert collect(folder, site.url("/over")).counts == Counter(gone=1)
    again = collect(folder, site.url("/over"), now=lambda: MORNING + 2 * DAY)
    assert (again.tallies[site.url("/over")], site.asked["/over"]) == (Counter(gone=1), 1)


def test_who_asks_to_be_left_alone_is_left_alone_over_runs(site: Site, folder: Path) -> None:
    site.pages["/a"] = lambda asked: asked.give(b"", 503, Retry_After="7200")
    assert collect(folder, site.url("/a")).code == 75
    second = collect(folder, site.url("/a"), now=lambda: MORNING + 3600)
    assert (second.counts, second.code, site.asked["/a"]) == (Counter({"left for later": 1}), 75, 1)
    site.article("/a", "The northern quay")
    assert collect(folder, site.url("/a"), now=lambda: MORNING + 7201).counts == Counter(new=1)


@pytest.mark.parametrize("jump", [-40 * 365 * DAY, 40 * 365 * DAY])
def test_a_clock_that_jumps_costs_no_page(site: Site, folder: Path, jump: float) -> None:
    """Failed while the clock was wrong; asked again soon after it was set right."""
    site.pages["/a"] = lambda asked: asked.give(b"", 500)
    collect(folder, site.url("/a"), now=lambda: MORNING + jump)
    site.article("/a", "The northern quay")
    assert collect(folder, site.url("/a"), now=lambda: MORNING + DAY).counts == Counter(new=1)


def test_a_page_that_was_added_by_hand_is_not_asked(site: Site, folder: Path) -> None:
    url = site.article("/news/1", "The northern quay")
    collect(folder, url)
    (folder / journal.NAME).unlink()
    site.pages["/feed"] = kit.feed(url + "?utm_source=feed")
    found = collect(folder, site.url("/feed"))
    assert found.counts == Counter(known=1)
    assert site.asked["/news/1"] == 1


def test_two_spellings_of_an_address_are_one_page(site: Site, folder: Path) -> None:
    url = site.article("/news/1", "The northern quay")
    site.pages["/feed"] = kit.feed(url, url + "?utm_campaign=x", url.replace("http://", "HTTP://") + "#part")
    assert collect(folder, site.url("/feed")).counts == Counter(new=1)


@pytest.mark.parametrize("step", ["keep", "kept", "add_raw", "done"])
@pytest.mark.parametrize("after", [False, True])
def test_a_run_that_dies_at_any_step_of_a_page_loses_and_doubles_nothing(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    urls = [site.article(f"/news/{n}", f"The northern quay, part {n}") for n in range(3)]
    site.pages["/feed"] = kit.feed(*urls)
    owner = {"keep": raw, "add_raw": catalogue}.get(step, journal.Journal)
    real = getattr(owner, step)

    def dying(*given: object, **named: object) -> object:
        if after:
            real(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(owner, step, dying)
        with pytest.raises(KeyboardInterrupt):
            collect(folder, site.url("/feed"))
    found = collect(folder, site.url("/feed"))
    assert found.code == 0
    assert sorted(one.url for one in held(folder)) == urls
    assert len(list(raw.all_files(folder))) == 3
    with contextlib.closing(sqlite3.connect(folder / catalogue.NAME)) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        assert db.execute("SELECT count(*) FROM accessions").fetchone() == (3,)
    unkept = step == "keep" or (step, after) == ("kept", False)
    assert site.asked["/news/0"] == (2 if unkept else 1), "what was kept is asked again"
    assert set(states(folder).values()) == {"done"}


def test_a_second_run_at_once_is_told_to_come_later(site: Site, folder: Path) -> None:
    folder.mkdir()
    with journal.locked(folder), pytest.raises(ParallaxError) as caught:
        collect(folder, site.url("/feed"))
    assert caught.value.exit_code == 75
    assert not site.asked


def test_a_run_while_another_program_writes_the_corpus_is_told_to_come_later(
    site: Site, folder: Path
) -> None:
    with catalogue.opened(folder, create=True), pytest.raises(ParallaxError) as caught:
        collect(folder, site.url("/feed"))
    assert caught.value.exit_code == 75
    assert not site.asked


def test_a_full_disk_ends_the_run_and_the_next_goes_on(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [site.article(f"/news/{n}", f"The northern quay, part {n}") for n in range(3)]
    site.pages["/feed"] = kit.feed(*urls)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "settle", full)
        with pytest.raises(ParallaxError, match="no space left") as caught:
            collect(folder, site.url("/feed"))
    assert caught.value.exit_code == 73
    assert collect(folder, site.url("/feed")).code == 0
    assert sorted(one.url for one in held(folder)) == urls
    assert all(raw.belongs(file) for file in raw.all_files(folder))


def test_a_damaged_journal_is_named_and_a_lost_one_made_anew(site: Site, folder: Path) -> None:
    url = site.article("/news/1", "The northern quay")
    collect(folder, url)
    (folder / journal.NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(ParallaxError, match="damaged") as caught:
        collect(folder, url)
    assert caught.value.exit_code == 65
    for file in folder.glob("collect.db*"):
        file.unlink()
    assert collect(folder, url).counts == Counter(known=1)


def test_another_programs_database_is_left_alone(site: Site, folder: Path) -> None:
    folder.mkdir()
    with contextlib.closing(sqlite3.connect(folder / journal.NAME)) as db:
        db.execute("CREATE TABLE theirs (a)")
        db.commit()
    with pytest.raises(ParallaxError, match="another program"):
        collect(folder, site.url("/"))


def test_a_journal_of_a_later_version_is_left_alone(site: Site, folder: Path) -> None:
    collect(folder, site.article("/news/1", "The northern quay"))
    with contextlib.closing(sqlite3.connect(folder / journal.NAME)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(ParallaxError, match="later version"):
        collect(folder, site.url("/news/1"))


def test_a_page_that_fails_run_after_run_is_left_in_the_end(site: Site, folder: Path) -> None:
    site.pages |= {"/feed": kit.feed(site.url("/ill")), "/ill": lambda asked: asked.give(b"", 500)}
    for day in range(journal.LAST_TRY + 4):
        collect(folder, site.url("/feed"), now=lambda day=day: MORNING + 2 * day * DAY)
    assert site.asked["/ill"] == journal.LAST_TRY * CALM.tries


def test_a_feed_is_never_left_for_good(site: Site, folder: Path) -> None:
    site.pages["/feed"] = kit.feed(site.article("/news/1", "The northern quay"))
    collect(folder, site.url("/feed"))
    site.pages["/feed"] = lambda asked: asked.give(b"", 500)
    for day in range(1, journal.LAST_TRY + 3):
        collect(folder, site.url("/feed"), now=lambda day=day: MORNING + 2 * day * DAY)
    site.pages["/feed"] = kit.feed(site.article("/news/2", "The southern basin"))
    assert collect(folder, site.url("/feed"), now=lambda: MORNING + 99 * DAY).counts == Counter(new=1)


def test_no_login_of_an_address_is_kept_or_told(site: Site, folder: Path) -> None:
    url = site.url("/feed").replace("http://", "http://ana:topsecret@")
    found = collect(folder, url)
    assert found.code == 66
    assert "topsecret" not in found.words + str(found.tallies)
    assert b"topsecret" not in b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
