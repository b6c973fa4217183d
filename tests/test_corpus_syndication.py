"""Feeds and lists of feeds are read from bytes, and nothing in them can fetch, open or blow up anything."""

import builtins
import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.syndication import Entry, entries, kind, outlines
from compare.errors import ParallaxError

RSS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://feeds.invalid/rss-0.91.dtd">
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Skerry Times</title>
<item><title>Ferry &amp; crew sail</title><link>https://skerry.example/1</link>
<pubDate>Fri, 16 May 2025 00:30:00 +0200</pubDate><dc:creator>Una Voss</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>It <b>sails</b>.</p><script>alert(1)</script><p>It is new.</p>]]>
</content:encoded></item>
<item><title>Seal in port</title><link>https://skerry.example/2</link><pubDate>11/12/2025</pubDate>
<description>A seal sat in the harbour&nbsp;office.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lunn Herald</title><entry><title>Snow</title>
<link href="https://lunn.example/3"/><updated>2025-05-16T01:00:00+02:00</updated>
<author><name>Bo Lind</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Snow fell on Lunn.</p></div></content>
</entry></feed>"""
OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="Press"><outline xmlUrl="https://a.example/f"/>
<outline xmlUrl=" https://b.example/f "/></outline><outline XMLURL="https://a.example/f"/></body></opml>"""
BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


def test_rss() -> None:
    """The content of an item is its whole text, without scripts; a description alone is a summary."""
    whole, summary = entries(RSS.encode())
    assert whole == Entry(
        "https://skerry.example/1",
        "Ferry & crew sail",
        dt.date(2025, 5, 16),
        "Una Voss",
        "<p>It <b>sails</b>.</p><p>It is new.</p>",
        "Skerry Times",
        whole=True,
    )
    assert (summary.whole, summary.content) == (False, "A seal sat in the harbour\xa0office.")


def test_atom() -> None:
    """Atom is read like RSS; the day is the one in the feed's own time zone."""
    (entry,) = entries(ATOM.encode())
    assert (entry.content, entry.whole) == ("<p>Snow fell on Lunn.</p>", True)
    assert (entry.author, entry.outlet, str(entry.published)) == ("Bo Lind", "Lunn Herald", "2025-05-16")


def test_a_date_that_may_be_two_is_none() -> None:
    """11/12/2025 may be either day; feedparser's own reading of it is not taken."""
    unclear = entries(RSS.encode())[1]
    assert unclear.published is None
    assert "11 December or 12 November" in unclear.doubt


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_encodings(encoding: str) -> None:
    """The encoding of a feed changes nothing."""
    assert entries(RSS.replace("utf-8", encoding).encode(encoding)) == entries(RSS.encode())


def test_opml() -> None:
    """The addresses of the feeds, in order, each once."""
    assert outlines(OPML) == ("https://a.example/f", "https://b.example/f")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("torn", [False, True])
def test_entity_bombs_are_refused(encoding: str, torn: bool) -> None:
    """A file that declares entities is refused, in any encoding, whole or torn, feed or OPML."""
    for body, read in (
        ("<rss version='2.0'><channel><title>&b;</title></channel></rss>", entries),
        ("<opml version='2.0'><body><outline xmlUrl='&b;'/></body></opml>", outlines),
    ):
        bomb = (BOMB + body)[: -7 if torn else None].encode(encoding)
        with pytest.raises(ParallaxError, match="entities"):
            read(bomb)
    with pytest.raises(ParallaxError, match="entities"):
        entries(b"<rss version='2.0'><!ENTITY x SYSTEM 'file:///etc/passwd'><channel>&x;</channel></rss>")


def test_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that look like an address or a path are neither fetched nor opened."""
    import feedparser

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a feed was fetched or opened")

    monkeypatch.setattr(feedparser.http, "get", refuse)
    entries(RSS.encode())
    assert entries(b"<rss version='2.0'>/etc/passwd</rss>") == ()
    monkeypatch.setattr(builtins, "open", refuse)
    for raw in (b"http://127.0.0.1:9/feed.rss", b"/etc/passwd", b"file:///etc/passwd", b" /etc/hosts"):
        with pytest.raises(ParallaxError):
            entries(raw)


@pytest.mark.parametrize(
    ("raw", "read", "said"),
    [
        (b"", entries, "empty"),
        (b"<html><body>no</body></html>", entries, "not an RSS or Atom feed"),
        (OPML, entries, "not an RSS or Atom feed"),
        (b"<rss version='2.0'>" + b"<a" * 1_500_000, entries, "too large to be mended"),
        (RSS.encode(), outlines, "not an OPML"),
        (b"<opml><body/></opml>", outlines, "lists no feeds"),
        (b"<opml><body><outline xmlUrl='x'", outlines, "not well-formed"),
        (b"<rss>" + b" " * 20_000_000, entries, "larger than 20 MB"),
    ],
)
def test_refusals(raw: bytes, read: Any, said: str) -> None:
    """What is no feed is one clear line."""
    with pytest.raises(ParallaxError, match=said) as caught:
        read(raw)
    assert "\n" not in str(caught.value)


def test_kind() -> None:
    """The kind is told by the first element, behind comments and style sheets."""
    assert kind("<?xml version='1.0'?><!-- x --><?xml-stylesheet href='a'?><rdf:RDF xmlns='y'>") == "feed"
    assert kind(OPML.decode()) == "opml"
    assert kind("<!DOCTYPE html><html><body>rss feed") == ""


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(RSS)), st.integers(0, 60), st.binary(max_size=30))
def test_mutated_feeds(begin: int, length: int, new: bytes) -> None:
    """A feed with any stretch of it replaced gives entries or one ParallaxError."""
    raw = RSS.encode()
    try:
        assert all(isinstance(entry, Entry) for entry in entries(raw[:begin] + new + raw[begin + length :]))
    except ParallaxError as error:
        refused = str(error)
        assert "\n" not in refused
