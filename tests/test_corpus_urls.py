"""Addresses of one page have one form, and two pages never the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compare.corpus.urls import canonical


@pytest.mark.parametrize(
    "url",
    [
        "HTTPS://Example.ORG:443/news/a?id=5#top",
        "https://example.org/news/a?utm_source=x&id=5",
        "https://example.org/news/a?id=5&fbclid=abc&gclid=q",
        " https://example.org/news/a?id=5\n",
    ],
)
def test_what_does_not_choose_the_page_is_dropped(url: str) -> None:
    assert canonical(url) == "https://example.org/news/a?id=5"


@pytest.mark.parametrize(
    "query",
    ["cid=5", "1423", "gallery=7", "keyword=a", "uid=7", "source=a", "ref=3", "article_id=9", "p=1&p=2"],
)
def test_what_may_choose_the_page_stays(query: str) -> None:
    assert canonical(f"https://example.org/read.php?{query}") == f"https://example.org/read.php?{query}"


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical("https://a.example/x?b=2&a=1") == canonical("https://a.example/x?a=1&b=2")


@pytest.mark.parametrize(
    "url", ["", "rt.com", "mailto:a@b.example", "https://example.org", "https://example.org/?utm_source=x",
            "https://", "http://[", "https://example.org:port/a", "file:///etc/passwd", "//example.org/a"]
)  # fmt: skip
def test_what_is_no_address_of_one_page_has_none(url: str) -> None:
    assert canonical(url) == ""


@example("", "0&{", "")
@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=20))
def test_the_form_of_a_form_is_itself(path: str, query: str, fragment: str) -> None:
    once = canonical(f"https://example.org/{path}?{query}#{fragment}")
    assert canonical(once) == once
