"""A saved page gives its report and nothing else, by one extractor or the other, which is recorded."""

import io
import re
import time
from pathlib import Path

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.readers import page, read
from compare.errors import ParallaxError

SENTENCES = [
    f"The ferry to Lunn was {what}, the harbour council said on Monday, and {then} before the tide came in."
    for what in ("repaired at last", "sold to a dealer", "painted green", "towed to the yard")
    for then in ("nobody laughed", "the bells rang twice", "bread was short")
]
FOOT = "<footer><p>© Skerry Times. All rights reserved.</p></footer></body></html>"
HEAD = (
    "<!doctype html><html><head><title>Ferry news</title>"
    '<meta property="og:site_name" content="Skerry Times">'
    '<meta property="article:published_time" content="2024-03-05"></head>'
    '<body><nav><a href="/">Home</a></nav>'
)


def paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{sentence}</{tag}>" for sentence in SENTENCES)


def test_trafilatura_reads_a_common_page_as_it_does_alone() -> None:
    """Where trafilatura finds the text, it is taken as it is, and the version said."""
    html = f"{HEAD}<article><h1>Ferry news</h1>{paragraphs()}</article>{FOOT}"
    (draft,) = page.drafts(html, "a")
    alone = trafilatura.extract(html, favor_precision=True, include_comments=False, include_tables=False)
    assert draft.text.strip() == (alone or "").strip()
    assert draft.extractor == f"trafilatura {trafilatura.__version__}"


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>{paragraphs()}</td></tr></table>",
        f"<div class='comment-wrapper'><div class='related-content'>{paragraphs()}</div></div>",
    ],
    ids=["laid out by a table", "named as comments are"],
)
def test_readability_reads_what_trafilatura_does_not(body: str) -> None:
    """A page on which trafilatura finds nothing is read by readability, with the page's own metadata."""
    (draft,) = page.drafts(HEAD + body + FOOT, "a")
    assert draft.extractor.startswith("readability-lxml ")
    assert all(sentence in draft.text for sentence in SENTENCES)
    assert (draft.outlet, str(draft.published)) == ("Skerry Times", "2024-03-05")
    assert "rights reserved" not in draft.text
    assert any("rights reserved" in gone.line for gone in draft.removed)


def test_furniture_does_not_become_a_report() -> None:
    """What is less than half of the running text of a page is not taken for its report."""
    overlay = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:2])
    cells = "".join(f"<tr><td><p>{sentence}</p></td></tr>" for sentence in SENTENCES[2:])
    html = f"{HEAD}<table>{cells}</table><div class='overlay'>{overlay}</div>{FOOT}"
    assert set(page._by_readability(html)) & set(SENTENCES) == set(SENTENCES[:2])
    with pytest.raises(ParallaxError, match="no article text"):
        list(page.drafts(html, "a"))


def test_a_page_saved_whole_is_read_fast() -> None:
    """Pictures and fonts kept inside a page, as SingleFile does, cost next to nothing."""
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 400_000
    font = "<style>@font-face{src:url(data:font/woff2;base64," + "d09GMgAB" * 500_000 + ")}</style>"
    plain = f"{HEAD}<article><h1>Ferry news</h1>{paragraphs()}</article>{FOOT}"
    saved = plain.replace("</head>", f"{font}</head>").replace("<article>", f"<article><img src='{picture}'>")
    list(page.drafts(plain, "a"))
    begin = time.perf_counter()
    (bare,) = page.drafts(plain, "a")
    middle = time.perf_counter()
    (full,) = page.drafts(saved, "a")
    assert full.text == bare.text
    assert time.perf_counter() - middle < 20 * (middle - begin) + 0.5


def test_a_page_larger_by_its_pictures_is_read(tmp_path: Path) -> None:
    """A page saved whole may be many times larger than its text; what is packed into it is not loaded."""
    picture = b"data:image/png;base64," + b"iVBORw0KGgo" * 3_000_000
    plain = f"{HEAD}<article><h1>Ferry news</h1><img src='@'>{paragraphs()}</article>{FOOT}".encode()
    (tmp_path / "a.html").write_bytes(plain.replace(b"@", picture))
    (tmp_path / "b.html").write_bytes(plain.replace(b"@", b""))
    assert (tmp_path / "a.html").stat().st_size > 30_000_000
    (saved,), _ = read(tmp_path / "a.html")
    (bare,), _ = read(tmp_path / "b.html")
    assert saved.body == bare.body


@given(st.lists(st.tuples(st.binary(max_size=30), st.integers(0, 3000)), max_size=6), st.integers(1, 1500))
@settings(max_examples=60, deadline=None)
def test_paring_takes_out_long_runs_alone(parts: list[tuple[bytes, int]], size: int) -> None:
    """Read in pieces of any size, a page loses its packed runs and nothing shorter."""
    raw = b"".join(before + b" " + b"A" * count + b" " for before, count in parts)

    class Pieces(io.BytesIO):
        def read(self, _: int | None = None, /) -> bytes:
            return super().read(size)

    expected = re.sub(rb"A{1000,}", b"", raw)
    assert page.pared(Pieces(raw), len(raw)) == expected


def test_a_fragment_is_all_article() -> None:
    """A piece of HTML gives its paragraphs; pictures with captions are told apart, plain text stays."""
    text, left_out = page.fragment(
        "<p>One <b>two</b>.</p><figure><figcaption>Photo</figcaption></figure><div>Three"
    )
    assert (text, left_out) == ("One two.\n\nThree", ["Photo"])
    assert page.fragment("5 > 4, said Bo & co.") == ("5 > 4, said Bo & co.", [])


VALID = f"{HEAD}<table><tr><td>{paragraphs()}</td></tr></table>{FOOT}"


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, len(VALID)), st.integers(0, 400), st.text(max_size=20) | st.sampled_from(["<div>" * 3000])
)
def test_mutated_pages(begin: int, length: int, new: str) -> None:
    """A page with any stretch of it replaced gives a draft or one ParallaxError."""
    html = VALID[:begin] + new + VALID[begin + length :]
    try:
        drafts = list(page.drafts(html, "a"))
    except ParallaxError as error:
        refused = str(error)
        assert "\n" not in refused
        return
    assert all(draft.text.strip() for draft in drafts)
