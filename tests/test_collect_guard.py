"""Which addresses may be asked: only the public web, whatever they are dressed up as."""

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.collect import guard
from compare.corpus.collect.answers import Later, Refused
from compare.corpus.collect.guard import Gate


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
     "100.64.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
     "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
     "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2002:a00:1::",
     "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001::1", "2606:4700::1%eth0",
     "nonsense"],
)  # fmt: skip
def test_an_address_that_the_internet_cannot_reach_is_not_public(address: str) -> None:
    assert not guard.public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"],
)
def test_a_public_address_is_public_also_inside_another(address: str) -> None:
    assert guard.public(address)


@settings(max_examples=200)
@given(st.ip_addresses(v=4))
def test_an_address_is_no_more_public_for_being_dressed_up(address: ipaddress.IPv4Address) -> None:
    plain = guard.public(str(address))
    mapped = ipaddress.IPv6Address(0xFFFF << 32 | int(address))
    translated = ipaddress.IPv6Address((0x64_FF9B << 96) | int(address))
    tunnelled = ipaddress.IPv6Address((0x2002 << 112) | int(address) << 80)
    assert [guard.public(str(one)) for one in (mapped, translated, tunnelled)] == [plain] * 3
    assert not (plain and address.is_private)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "javascript:alert(1)",
     "data:text/html,x", "//example.org/a", "example.org", "", "http://", "http:///a", "http://a b/", "http://example.org:99999/",
     "http://example.org:22/", "http://example.org:25/", "https://example.org:0/",
     "http://example.org/" + "a" * 3000,
     "mailto:a@example.org", "http://[::1/", "http://exa\x00mple.org/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        guard.target(url)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://Example.ORG:80/A", "http://example.org/A"),
        ("https://example.org:443", "https://example.org/"),
        ("http://ana:secret@example.org/a?b=1#c", "http://example.org/a?b=1"),
        ("http://example.org.:8080/a b", "http://example.org:8080/a%20b"),
        ("http://münchen.example/ä", "http://xn--mnchen-3ya.example/%C3%A4"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/"),
        ("http://example.org\\@127.0.0.1/", "http://example.org/%5C@127.0.0.1/"),
        (" http://example.org/\r\nHost: other ", "http://example.org/%0D%0AHost:%20other"),
    ],
)
def test_an_address_is_taken_apart_once_and_put_together_the_same_way(url: str, same: str) -> None:
    asked = guard.target(url)
    assert asked.url == same
    assert guard.target(asked.url) == asked


def test_a_relative_address_counts_from_where_it_stands() -> None:
    assert guard.target("../b?c", "https://example.org/a/d/e").url == "https://example.org/a/b?c"
    with pytest.raises(Refused):
        guard.target("file:///etc/passwd", "https://example.org/")


def test_a_login_never_shows() -> None:
    for url in ("http://ana:se@cret@example.org/a", "ftp://ana:cret@example.org", "x://ana:cret@/"):
        assert "cret" not in guard.named(url)
    assert guard.named("http://ana:secret@example.org/a@b") == "http://example.org/a@b"
    assert len(guard.named("http://example.org/" + "a" * 5000)) < 300


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_no_text_makes_an_address_that_controls_could_ride_in(text: str) -> None:
    try:
        asked = guard.target("http://example.org/" + text)
    except Refused:
        return
    assert asked.url.isascii()
    assert asked.url.isprintable()
    assert " " not in asked.url


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "127.0.0.1.nip"]
)
def test_a_name_is_judged_by_the_address_it_has_and_not_by_its_letters(host: str) -> None:
    gate = Gate(resolve=lambda name, port: ["::1" if ":" in name else "127.0.0.1"])
    with pytest.raises(Refused, match="not a public host"):
        guard.addresses(guard.target(f"http://{host}/"), gate)


def test_of_a_name_with_many_addresses_only_the_public_are_asked() -> None:
    asked = guard.target("http://news.example/")
    mixed = Gate(resolve=lambda *_: ["10.0.0.1", "8.8.8.8", "::1", "2606:4700::1"])
    assert guard.addresses(asked, mixed) == ["8.8.8.8", "2606:4700::1"]
    assert guard.addresses(asked, Gate(True, lambda *_: ["10.0.0.1"])) == ["10.0.0.1"]


def test_a_name_that_nobody_knows_is_asked_later_and_one_without_address_is_refused() -> None:
    asked = guard.target("http://news.example/")

    def unknown(*_: object) -> list[str]:
        raise OSError("name or service not known")

    with pytest.raises(Later, match="looked up"):
        guard.addresses(asked, Gate(resolve=unknown))
    with pytest.raises(Refused):
        guard.addresses(asked, Gate(resolve=lambda *_: []))
