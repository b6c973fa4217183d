"""A saved feed gives its whole texts as articles, and its summaries as what they are."""

from pathlib import Path

import pytest

from compare.corpus.readers import read
from compare.errors import ParallaxError

CONTENT = (
    "<p>The ferry sails, said Bo.</p><p>It is new.</p><figure><img><figcaption>Bo Lind</figcaption></figure>"
)
FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Skerry Times</title>
<item><title>Ferry sails</title><link>https://skerry.example/1</link>
<pubDate>Tue, 05 Mar 2024 08:00:00 GMT</pubDate>
<content:encoded><![CDATA[{CONTENT}<p>It cost a lot.</p>]]></content:encoded></item>
<item><title>Seal in port</title><pubDate>11/12/2025</pubDate>
<description>A seal sat in the office.</description></item>
<item><title>Only a headline</title></item></channel></rss>"""


def test_items_become_articles(tmp_path: Path) -> None:
    """A whole text is an article; a summary is one that is cut; a bare headline is a Problem."""
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    (whole, summary), problems = read(tmp_path / "feed.xml")
    assert whole.body == "Ferry sails\n\nThe ferry sails, said Bo.\n\nIt is new.\n\nIt cost a lot."
    assert (whole.outlet, str(whole.published), whole.cut) == ("Skerry Times", "2024-03-05", "")
    assert [gone.line for gone in whole.removed if gone.rule == "picture and caption"] == ["Bo Lind"]
    assert "summary" in summary.cut
    said = {one.where.rpartition("#")[2]: one for one in problems if one.code}
    assert list(said) == ["3"]
    assert any("not counted as an omission" in one.what and one.where.endswith("#2") for one in problems)


def test_a_date_that_may_be_two_is_said(tmp_path: Path) -> None:
    """The day is left out, and both that it may be are named."""
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    articles, problems = read(tmp_path / "feed.xml")
    assert articles[1].published is None
    assert articles[1].date_rule == "ambiguous: 11/12/2025 may be 11 December or 12 November"
    assert any("11 December or 12 November" in one.what for one in problems)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<opml version='2.0'><body><outline xmlUrl='https://a.example'/></body></opml>", "parallax collect"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "without items"),
        ("<!DOCTYPE r [<!ENTITY a 'b'>]><rss version='2.0'><channel/></rss>", "entities"),
    ],
)
def test_refusals(tmp_path: Path, text: str, said: str) -> None:
    """What holds no articles is one line that says what to do."""
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    with pytest.raises(ParallaxError, match=said):
        read(tmp_path / "a.xml")
