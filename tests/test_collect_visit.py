"""A visit: robots.txt at every step, redirects step by checked step, and one host at a time."""

import dataclasses
import threading
import time
from collections.abc import Iterator

import collect_kit as kit
import pytest
from collect_kit import CALM, OPEN, QUICK, Site

from compare.corpus.collect import lanes, robots, visit
from compare.corpus.collect.answers import Answer, Later, Refused
from compare.corpus.collect.client import Limits
from compare.corpus.collect.guard import Gate
from compare.corpus.collect.lanes import Outcome
from compare.corpus.collect.politeness import Stopped, Turns
from compare.corpus.collect.robots import Disallowed
from compare.corpus.collect.visit import Visitor

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])
NAME = "Parallax/1 (+https://example.org/)"


@pytest.fixture
def site() -> Iterator[Site]:
    with kit.serving() as found:
        yield found


def visitor(limits: Limits = CALM, gate: Gate = OPEN) -> Visitor:
    return Visitor(gate, limits, Turns(limits.delay, limits.longest_delay), NAME)


def test_a_visit_says_who_it_is_and_asks_for_robots_txt_first(site: Site) -> None:
    site.pages["/a"] = b"page"
    assert visitor().get(site.url("/a")).body == b"page"
    assert [path for path, _ in site.headers] == ["/robots.txt", "/a"]
    assert {headers["User-Agent"] for _, headers in site.headers} == {NAME}


def test_robots_txt_is_asked_once_a_run(site: Site) -> None:
    site.pages |= {"/a": b"a", "/b": b"b", "/robots.txt": b"User-agent: *\nDisallow: /private"}
    one = visitor()
    assert one.get(site.url("/a")).body + one.get(site.url("/b")).body == b"ab"
    assert site.asked["/robots.txt"] == 1


@pytest.mark.parametrize(
    "rules",
    [
        b"User-agent: *\nDisallow: /a",
        b"user-agent: parallax\ndisallow: /",
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /",
    ],
)
def test_a_page_that_robots_txt_keeps_us_out_of_is_not_asked(site: Site, rules: bytes) -> None:
    site.pages |= {"/a": b"page", "/robots.txt": rules}
    with pytest.raises(Disallowed):
        visitor().get(site.url("/a"))
    assert not site.asked["/a"]


def test_an_empty_robots_txt_lets_in_and_an_empty_page_is_asked_later(site: Site) -> None:
    site.pages |= {"/a": b"page", "/b": b" \n", "/robots.txt": b""}
    one = visitor()
    assert one.get(site.url("/a")).body == b"page"
    with pytest.raises(Later, match="empty"):
        one.get(site.url("/b"))


@pytest.mark.parametrize(
    "rules", [b"User-agent: Other\nDisallow: /", b"<html>no page</html>", b"\xff\xfe\x00rubbish"]
)
def test_rules_for_others_and_rubbish_keep_nobody_out(site: Site, rules: bytes) -> None:
    site.pages |= {"/a": b"page", "/robots.txt": rules}
    assert visitor().get(site.url("/a")).body == b"page"


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (401, True), (403, True), (500, False), (503, False)]
)
def test_robots_txt_not_there_lets_in_and_not_to_be_had_keeps_out_for_now(
    site: Site, status: int, allowed: bool
) -> None:
    """RFC 9309, 2.3.1.3 and 2.3.1.4."""
    site.pages |= {"/a": b"page", "/robots.txt": lambda asked: asked.give(b"", status)}
    if allowed:
        assert visitor().get(site.url("/a")).body == b"page"
    else:
        with pytest.raises(Later, match="robots"):
            visitor().get(site.url("/a"))
        assert not site.asked["/a"]


def test_of_an_endless_robots_txt_the_first_half_megabyte_counts(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /a\n" + b"# and so on\n" * 100_000
    site.pages |= {"/a": b"page", "/robots.txt": rules}
    with pytest.raises(Disallowed):
        visitor().get(site.url("/a"))


def test_robots_txt_is_looked_for_where_it_was_moved_to(site: Site) -> None:
    site.pages |= {
        "/a": b"page",
        "/robots.txt": kit.redirect("/rules"),
        "/rules": b"User-agent: *\nDisallow: /a",
    }
    with pytest.raises(Disallowed):
        visitor().get(site.url("/a"))


def test_pauses_that_a_site_asks_for_are_read() -> None:
    assert robots.read(b"User-agent: *\nCrawl-delay: 7").delay == 7.0
    assert robots.read(b"User-agent: *\nRequest-rate: 1/5").delay == 5.0
    assert robots.read(b"User-agent: *\nCrawl-delay: soon").delay == 0.0
    assert robots.read(b"User-agent: *\nRequest-rate: 0/5").delay == 0.0


def test_a_pause_of_robots_txt_is_kept_and_bounded(site: Site) -> None:
    site.pages |= {f"/{n}": b"page" for n in range(3)}
    site.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 3600"
    one = visitor(dataclasses.replace(CALM, longest_delay=0.15))
    for number in range(3):
        one.get(site.url(f"/{number}"))
    pauses = [later - before for before, later in zip(site.times[1:], site.times[2:], strict=False)]
    assert all(0.14 < pause < 1.0 for pause in pauses), pauses


def test_redirects_are_followed_and_the_last_address_is_told(site: Site) -> None:
    site.pages |= {"/a": kit.redirect("/b", 301), "/b": kit.redirect("c?d=1", 308), "/c?d=1": b"page"}
    assert visitor().get(site.url("/a")) == Answer(site.url("/c?d=1"), b"page")


def test_a_page_that_sends_on_to_the_front_page_is_gone(site: Site) -> None:
    site.pages |= {"/a": kit.redirect("/"), "/": b"all our news", "/b": kit.redirect("/?article=7")}
    site.pages["/?article=7"] = b"page"
    one = visitor()
    with pytest.raises(Refused) as caught:
        one.get(site.url("/a"))
    assert caught.value.gone == 404
    assert one.get(site.url("/")).body == b"all our news"
    assert one.get(site.url("/b")).body == b"page"


def test_a_robots_txt_that_comes_at_the_second_try_lets_in(site: Site) -> None:
    site.pages |= {"/a": b"page", "/robots.txt": kit.once(lambda asked: asked.give(b"", 500), b"")}
    (found,) = run(CALM, [site.url("/a")])
    assert isinstance(found.result, Answer)


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://169.254.169.254/latest/meta-data/", "not a public host"),
        ("http://inside.example/", "not a public host"),
        ("http://[::1]:8080/", "not a public host"),
        ("http://2130706433:8080/", "not a public host"),
        ("//inside.example/", "not a public host"),
        ("http://127.0.0.1:22/", "another service"),
        ("/a", "in a circle"),
        ("/ring", "in a circle"),
        ("/long/0", "more than 5 times"),
        ("http://", "in a circle"),
        ("http://a b/", "not an address"),
    ],
)
def test_a_redirect_leads_nowhere_that_could_not_be_given(
    site: Site, to: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site itself stands for a public one; everything else on this machine or network is not."""
    own = site.host.split(":")[0]
    known = {"inside.example": "127.0.0.1", "2130706433": "127.0.0.1"}
    from compare.corpus.collect import guard

    public = guard.public
    monkeypatch.setattr(guard, "public", lambda address: address == "public" or public(address))
    opened = guard.addresses

    def addresses(asked: guard.Target, gate: Gate) -> list[str]:
        return [own] if asked.authority == site.host else opened(asked, gate)

    monkeypatch.setattr(guard, "addresses", addresses)
    gate = Gate(resolve=lambda host, _: [known.get(host, host)])
    site.pages |= {"/a": kit.redirect(to), "/ring": kit.redirect("/a")}
    site.pages |= {f"/long/{n}": kit.redirect(f"/long/{n + 1}") for n in range(9)}
    with pytest.raises(Refused, match=why):
        visitor(gate=gate).get(site.url("/a"))
    assert not site.asked["/long/5"]


def test_https_does_not_lead_to_http() -> None:
    from compare.corpus.collect.client import Moved
    from compare.corpus.collect.guard import target

    first = target("https://example.org/a")
    with pytest.raises(Refused, match="from https to http"):
        visit._next(first, first, Moved("http://example.org/a"), {first}, CALM)
    plain = target("http://example.org/a")
    assert visit._next(plain, plain, Moved("https://example.org/a"), {plain}, CALM).scheme == "https"


def test_robots_txt_of_the_host_that_a_page_moved_to_counts(site: Site) -> None:
    with kit.serving() as other:
        other.pages |= {"/b": b"page", "/robots.txt": b"User-agent: *\nDisallow: /"}
        site.pages["/a"] = kit.redirect(other.url("/b"))
        with pytest.raises(Disallowed):
            visitor().get(site.url("/a"))
        assert not other.asked["/b"]


def test_the_time_for_a_page_counts_over_all_its_steps(site: Site) -> None:
    def slow(asked: kit.Handler) -> None:
        time.sleep(0.3)
        kit.redirect(asked.path + "x")(asked)

    site.pages["/robots.txt"] = b""
    site.default = slow
    begun = time.monotonic()
    with pytest.raises(Later, match="too long"):
        visitor(QUICK).get(site.url("/a"))
    assert time.monotonic() - begun < QUICK.total + 0.6


@pytest.mark.parametrize("contact", ["a\nb", "ä", "x" * 300, "a) (b"])
def test_a_contact_that_no_header_can_hold_is_refused(contact: str) -> None:
    with pytest.raises(Refused):
        visit.agent("1", contact)


def get_all(visits: Visitor, turns: Turns, limits: Limits, *hosts: list[str]) -> list[Outcome[str]]:
    return list(lanes.outcomes(hosts, visits.get, turns, limits))


def run(limits: Limits, *hosts: list[str]) -> list[Outcome[str]]:
    turns = Turns(limits.delay, limits.longest_delay)
    return get_all(Visitor(OPEN, limits, turns, NAME), turns, limits, *hosts)


def test_one_request_at_a_time_goes_to_a_host_and_a_pause_lies_between(site: Site) -> None:
    def slow(asked: kit.Handler) -> None:
        time.sleep(0.03)
        asked.give(b"page")

    site.default = slow
    limits = dataclasses.replace(CALM, delay=0.05)
    found = run(limits, *([site.url(f"/{lane}/{n}") for n in range(3)] for lane in range(3)))
    assert len(found) == 9
    assert site.most_at_once == 1
    assert min(b - a for a, b in zip(site.times, site.times[1:], strict=False)) >= 0.05


def test_hosts_do_not_wait_for_each_other(site: Site) -> None:
    """Two sites that each answer only when both were asked."""
    met = threading.Barrier(2, timeout=2)

    def meet(asked: kit.Handler) -> None:
        met.wait()
        asked.give(b"page")

    limits = dataclasses.replace(CALM, read=3.0, total=3.0)
    turns = Turns(0.0, 1.0)
    gate = Gate(True, lambda *_: ["127.0.0.1"])
    site.pages |= {"/a": meet, "/b": meet}
    port = site.host.split(":")[1]
    visits = Visitor(gate, limits, turns, NAME)
    found = get_all(visits, turns, limits, [f"http://one.example:{port}/a"], [f"http://two.example:{port}/b"])
    assert [one.result.body for one in found if isinstance(one.result, Answer)] == [b"page", b"page"]


def test_a_server_error_is_tried_again_and_then_the_page_comes(site: Site) -> None:
    site.pages["/a"] = kit.once(lambda asked: asked.give(b"", 500), b"page")
    (found,) = run(CALM, [site.url("/a")])
    assert isinstance(found.result, Answer)
    assert site.asked["/a"] == 2


def test_a_server_that_asks_for_a_pause_gets_it_for_the_whole_host(site: Site) -> None:
    site.pages |= {"/a": kit.once(lambda asked: asked.give(b"", 429, Retry_After="1"), b"a"), "/b": b"b"}
    found = run(dataclasses.replace(CALM, longest_wait=5.0), [site.url("/a"), site.url("/b")])
    assert all(isinstance(one.result, Answer) for one in found)
    order = [path for path, _ in site.headers]
    assert order == ["/robots.txt", "/a", "/b", "/a"]
    assert site.times[2] - site.times[1] >= 1.0


def test_a_pause_longer_than_this_run_waits_ends_the_lane_and_nobody_is_asked_again(site: Site) -> None:
    site.pages |= {"/a": lambda asked: asked.give(b"", 503, Retry_After="3600"), "/b": b"b"}
    found = run(CALM, [site.url("/a"), site.url("/b")])
    assert [(one.asked, one.result.wait) for one in found if isinstance(one.result, Later)] == [
        (True, 3600.0), (False, 3600.0),
    ]  # fmt: skip
    assert not site.asked["/b"]


def test_a_host_that_wants_to_be_left_alone_is_not_asked_for_anything_else(site: Site) -> None:
    site.pages |= {"/a": lambda asked: asked.give(b"", 429, Retry_After="3600"), "/b": b"b"}
    one = visitor()
    for path in ("/a", "/b"):
        with pytest.raises(Later) as caught:
            one.get(site.url(path))
        assert 3500 < (caught.value.wait or 0) <= 3600
    assert not site.asked["/b"]


def test_a_host_that_gives_nothing_is_given_up_for_this_run(site: Site) -> None:
    site.default = lambda asked: asked.give(b"", 500)
    site.pages["/robots.txt"] = b""
    found = run(CALM, [site.url(f"/{n}") for n in range(40)])
    assert len(found) == 40
    assert sum(one.asked for one in found) == sum(site.asked[f"/{n}"] > 0 for n in range(40)) == 5


def test_back_off_doubles_is_bounded_and_the_same_each_time() -> None:
    limits = Limits()
    waits = [lanes.backed_off("http://example.org/", number, limits) for number in range(12)]
    assert waits == [lanes.backed_off("http://example.org/", number, limits) for number in range(12)]
    assert all(limits.first_wait * 2**n * 0.5 <= wait for n, wait in enumerate(waits[:5]))
    assert all(wait <= limits.first_wait * 2**n for n, wait in enumerate(waits))
    assert max(waits) == limits.longest_wait
    assert waits[0] != lanes.backed_off("http://example.org/other", 0, limits)


def test_a_run_that_is_left_asks_nothing_more(site: Site) -> None:
    site.default = lambda asked: asked.give(b"page")
    limits = dataclasses.replace(CALM, delay=0.05)
    turns = Turns(limits.delay, 1.0)
    found = lanes.outcomes(
        [[site.url(f"/{n}") for n in range(50)]], Visitor(OPEN, limits, turns, NAME).get, turns, limits
    )
    next(found)
    found.close()
    with pytest.raises(Stopped):
        turns.pause(0)
    time.sleep(0.15)
    asked = sum(site.asked.values())
    time.sleep(0.15)
    assert sum(site.asked.values()) == asked < 20


def test_a_fault_of_ours_is_not_swallowed_by_a_thread() -> None:
    def broken(_: str) -> Answer:
        raise KeyError("a fault")

    with pytest.raises(KeyError):
        list(lanes.outcomes([["a"]], broken, Turns(0.0, 1.0), CALM))
