"""One request to a server that misbehaves: within its time and bytes, and never half an answer."""

import dataclasses
import datetime as dt
import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from email.utils import format_datetime

import collect_kit as kit
import pytest
import trustme
from collect_kit import CALM, OPEN, QUICK, Handler, Say, Site
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.collect import client, guard
from compare.corpus.collect.answers import Answer, Later, Refused
from compare.corpus.collect.body import TooLarge
from compare.corpus.collect.client import Limits, Moved
from compare.corpus.collect.guard import Gate

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with kit.serving() as found:
        yield found


def ask(site: Site, answer: bytes | Say, limits: Limits = CALM, **headers: str) -> Answer | Moved:
    """Put the answer up, and ask for it."""
    path = f"/{len(site.pages)}"
    site.pages[path] = answer
    return client.ask(guard.target(site.url(path)), headers, OPEN, limits, limits.total)


def body(site: Site, answer: bytes | Say) -> bytes:
    found = ask(site, answer)
    assert isinstance(found, Answer)
    return found.body


SOUND = (
    b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\nETag: "a"\r\n\r\n<p>hello hello hello</p>..',
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=1\r\n world\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello " * 50),
    b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 503 No\r\nRetry-After: Mon, 01 Jan 2029 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n",
)
PIECES = [
    b"\r\n",
    b"\0",
    b":",
    b"-1",
    b"9" * 20,
    b"HTTP/1.1 ",
    b"\xff",
    b"Content-Length: 5\r\n",
    b"gzip, ",
    b"zz\r\n",
]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(SOUND),
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 9), st.sampled_from(PIECES) | st.binary(max_size=4)),
        max_size=4,
    ),
)
def test_whatever_a_server_says_is_an_answer_or_one_line(
    site: Site, answer: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    for place, cut, piece in changes:
        answer = answer[:place] + piece + answer[place + cut :]
    site.pages["/torn"] = kit.raw(answer)
    try:
        found = client.ask(guard.target(site.url("/torn")), {}, OPEN, CALM, CALM.total)
    except (Refused, Later) as error:
        said = str(error)
    else:
        said = type(found).__name__
    assert said.isprintable()


def test_a_page_comes_whole_with_its_validators(site: Site) -> None:
    found = ask(site, lambda asked: asked.give(b"<p>text</p>", ETag='"7"', Last_Modified="yesterday"))
    assert isinstance(found, Answer)
    assert (found.body, found.etag, found.modified) == (b"<p>text</p>", '"7"', "yesterday")


@pytest.mark.parametrize("drip", [kit.dripping, kit.dripping_headers, kit.dripping_to_the_close])
def test_a_byte_now_and_then_does_not_hold_us_beyond_the_time_for_a_page(site: Site, drip: Say) -> None:
    begun = time.monotonic()
    with pytest.raises(Later, match="took too long"):
        ask(site, drip, QUICK)
    assert time.monotonic() - begun < QUICK.total + 0.5


def test_a_server_that_says_nothing_is_left_after_one_wait(site: Site) -> None:
    begun = time.monotonic()
    with pytest.raises(Later, match="took too long"):
        ask(site, lambda _: time.sleep(1.0), QUICK)
    assert time.monotonic() - begun < QUICK.total


def test_an_endless_page_is_refused_at_the_bound(site: Site) -> None:
    with pytest.raises(TooLarge) as caught:
        ask(site, kit.endless)
    assert len(caught.value.begun) == QUICK.largest


def test_a_page_shorter_than_promised_is_no_page(site: Site) -> None:
    with pytest.raises(Later, match="cut off"):
        ask(site, kit.truncated)


def test_a_chunked_page_without_its_end_is_no_page(site: Site) -> None:
    def cut(asked: Handler) -> None:
        asked.send_response(200)
        asked.send_header("Transfer-Encoding", "chunked")
        asked.end_headers()
        asked.wfile.write(b"5\r\nhello\r\n")
        asked.close_connection = True

    with pytest.raises(Later, match="cut off"):
        ask(site, cut)


def test_compressed_pages_are_unpacked(site: Site) -> None:
    text = b"<p>again and again</p>" * 500
    bare = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    forms = {
        "gzip": gzip.compress(text),
        "x-gzip": gzip.compress(text[:50]) + gzip.compress(text[50:]),
        "GZIP": gzip.compress(text) + b"\0\0\0",
        "deflate": zlib.compress(text),
        "Deflate": bare.compress(text) + bare.flush(),
        "identity": text,
    }
    for coding, packed in forms.items():
        assert body(site, lambda asked, p=packed, c=coding: asked.give(p, Content_Encoding=c)) == text, coding  # type: ignore[misc]


def test_a_gzip_bomb_is_refused_at_the_bound(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < QUICK.largest
    with pytest.raises(TooLarge) as caught:
        ask(site, lambda asked: asked.give(bomb, Content_Encoding="gzip"))
    assert len(caught.value.begun) == QUICK.largest


def test_a_compressed_page_without_its_end_is_no_page_though_its_length_is_right(site: Site) -> None:
    half = gzip.compress(kit.page("Half"))[:-9]
    with pytest.raises(Later, match="cut off"):
        ask(site, lambda asked: asked.give(half, Content_Encoding="gzip"))


def test_a_broken_compressed_page_is_no_page(site: Site) -> None:
    with pytest.raises(Later, match="broken"):
        ask(site, lambda asked: asked.give(b"\x1f\x8b\x08\0 no gzip at all", Content_Encoding="gzip"))


def test_a_compression_that_was_not_asked_for_is_refused(site: Site) -> None:
    with pytest.raises(Refused, match="'br'"):
        ask(site, lambda asked: asked.give(b"x", Content_Encoding="br"))


def test_huge_and_too_many_headers_are_no_answer(site: Site) -> None:
    line = b"HTTP/1.1 200 OK\r\n"
    for data in (line + b"X: " + b"y" * 70_000 + b"\r\n\r\n", line + b"X: y\r\n" * 200 + b"\r\n"):
        with pytest.raises(Later, match="no sound HTTP"):
            ask(site, kit.raw(data))


def test_what_is_no_http_is_no_answer(site: Site) -> None:
    for data in (b"220 mail.example ESMTP\r\n", b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab"):
        with pytest.raises(Later):
            ask(site, kit.raw(data))


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_servers_that_cannot_just_now_are_asked_later(site: Site, status: int) -> None:
    with pytest.raises(Later) as caught:
        ask(site, lambda asked: asked.give(b"", status, Retry_After="17"))
    assert caught.value.wait == 17.0


@pytest.mark.parametrize("status", [404, 410])
def test_pages_that_are_not_there_are_gone(site: Site, status: int) -> None:
    with pytest.raises(Refused) as caught:
        ask(site, lambda asked: asked.give(b"", status))
    assert caught.value.gone == status


@pytest.mark.parametrize("status", [401, 403, 418, 451, 204, 206, 300, 304])
def test_whatever_else_is_no_page_is_refused(site: Site, status: int) -> None:
    with pytest.raises(Refused) as caught:
        ask(site, lambda asked: asked.give(b"", status))
    assert not caught.value.gone


def test_retry_after_takes_a_date_by_the_servers_own_clock(site: Site) -> None:
    then = dt.datetime(2001, 1, 1, 12, tzinfo=dt.UTC)
    later = format_datetime(then + dt.timedelta(seconds=90), usegmt=True)

    def answer(asked: Handler) -> None:
        asked.send_response_only(503)
        for name, value in (("Date", format_datetime(then, usegmt=True)), ("Retry-After", later)):
            asked.send_header(name, value)
        asked.send_header("Content-Length", "0")
        asked.end_headers()

    with pytest.raises(Later) as caught:
        ask(site, answer)
    assert caught.value.wait == 90.0


@pytest.mark.parametrize(
    ("stated", "wait"),
    [("9" * 30, 7 * 86_400.0), ("-5", None), ("soon", None), ("Mon, 01 Jan 9999 00:00:00 GMT", 7 * 86_400.0),
     ("Mon, 01 Jan 1990 00:00:00 GMT", 0.0), ("", None)],
)  # fmt: skip
def test_retry_after_is_bounded_and_nonsense_is_passed_over(
    site: Site, stated: str, wait: float | None
) -> None:
    with pytest.raises(Later) as caught:
        ask(site, lambda asked: asked.give(b"", 503, Retry_After=stated))
    assert caught.value.wait == wait


def test_an_unchanged_page_says_so_only_where_that_was_asked(site: Site) -> None:
    found = ask(site, lambda asked: asked.give(b"", 304), CALM, **{"If-None-Match": '"7"'})
    assert isinstance(found, Answer)
    assert found.unchanged


def test_validators_that_could_become_headers_of_their_own_are_left_out(site: Site) -> None:
    found = ask(site, kit.raw(b'HTTP/1.1 200 OK\r\nETag: "a\x01b"\r\nContent-Length: 2\r\n\r\nab'))
    assert isinstance(found, Answer)
    assert found.etag == ""


def test_no_cookie_comes_back_and_no_login_goes_out(site: Site) -> None:
    site.pages["/login"] = lambda asked: asked.give(b"page", Set_Cookie="who=me")
    address = guard.target(site.url("/login").replace("http://", "http://ana:secret@"))
    for _ in range(2):
        client.ask(address, {}, OPEN, CALM, 9.0)
    sent = [{name.lower() for name in headers} for path, headers in site.headers if path == "/login"]
    assert len(sent) == 2
    assert all(not names & {"cookie", "authorization"} for names in sent)


def test_a_redirect_is_handed_back_and_not_followed(site: Site) -> None:
    assert ask(site, kit.redirect("/elsewhere")) == Moved("/elsewhere")
    assert not site.asked["/elsewhere"]


def test_a_proxy_of_the_environment_is_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert body(site, b"direct") == b"direct"


def test_a_loopback_address_is_not_asked_even_under_a_public_looking_name(site: Site) -> None:
    gate = Gate(resolve=lambda host, port: ["127.0.0.1"])
    before = sum(site.asked.values())
    with pytest.raises(Refused, match="not a public host"):
        client.ask(guard.target(f"http://news.example:{site.host.split(':')[1]}/"), {}, gate, CALM, 9.0)
    assert sum(site.asked.values()) == before


def test_a_name_that_changes_its_address_is_looked_up_once_and_asked_where_it_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second look-up would give another address, and there is no second look-up."""
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["127.0.0.2"]

    monkeypatch.setattr(guard, "public", lambda address: address == "127.0.0.1")
    site.pages["/rebound"] = b"the checked one"
    asked = guard.target(f"http://news.example:{site.host.split(':')[1]}/rebound")
    found = client.ask(asked, {}, Gate(resolve=resolve), CALM, 9.0)
    assert isinstance(found, Answer)
    assert found.body == b"the checked one"
    assert looked_up == ["news.example"]
    assert site.headers[-1][1]["Host"] == asked.authority


def test_a_connection_that_ends_elsewhere_than_was_checked_is_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = socket.create_connection
    port = int(site.host.split(":")[1])
    monkeypatch.setattr(socket, "create_connection", lambda _, timeout: opened(("127.0.0.1", port), timeout))
    gate = Gate(resolve=lambda host, _: ["93.184.215.14"])
    before = sum(site.asked.values())
    with pytest.raises(Refused, match="another address than was checked"):
        client.ask(guard.target("http://news.example/"), {}, gate, CALM, 9.0)
    assert sum(site.asked.values()) == before


def test_the_next_address_of_a_name_is_tried_where_the_first_does_not_answer(site: Site) -> None:
    gate = Gate(allow_private=True, resolve=lambda host, port: ["::1", "127.0.0.1"])
    site.pages["/second"] = b"second"
    found = client.ask(
        guard.target(f"http://news.example:{site.host.split(':')[1]}/second"), {}, gate, QUICK, 1.0
    )
    assert isinstance(found, Answer)


def test_a_host_that_cannot_be_reached_is_asked_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Later, match="cannot be reached"):
        client.ask(guard.target(f"http://127.0.0.1:{port}/"), {}, OPEN, CALM, 9.0)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def test_https_is_checked_against_the_name_though_the_address_is_asked(authority: trustme.CA) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    gate = dataclasses.replace(OPEN, resolve=lambda host, port: ["127.0.0.1"], authorities=trusting)
    with kit.serving(Site(pages={"/": b"secret page"}), authority.issue_cert("news.example")) as found:
        port = found.host.split(":")[1]
        answer = client.ask(guard.target(f"https://news.example:{port}/"), {}, gate, CALM, 9.0)
        assert isinstance(answer, Answer)
        assert answer.body == b"secret page"
        with pytest.raises(Refused, match="certificate"):
            client.ask(guard.target(f"https://other.example:{port}/"), {}, gate, CALM, 9.0)
        with pytest.raises(Refused, match="certificate"):
            client.ask(
                guard.target(f"https://news.example:{port}/"), {},
                dataclasses.replace(gate, authorities=None), CALM, 9.0,
            )  # fmt: skip


def test_a_server_that_never_shakes_hands_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(Later):
            client.ask(guard.target(f"https://127.0.0.1:{port}/"), {}, OPEN, QUICK, 0.3)
