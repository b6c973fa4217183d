"""The outlet's name is taken from where it is stated, never guessed."""

from pathlib import PurePath

import pytest

from compare.corpus.outlets import by_domain, by_path, domain, known_domains


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.rt.com/news/1", "RT"),
        ("https://news.sky.com/story", "Sky News"),
        ("bbc.co.uk", "BBC"),
        ("https://sund-post.example/1", "sund-post.example"),
        ("", ""),
        ("http://[broken", ""),
        ("https://co.uk/x", "co.uk"),
    ],
)
def test_domains(url: str, name: str) -> None:
    """A known domain, or a sub-domain of one, has its outlet's name; an unknown one stays a domain."""
    assert by_domain(url) == name


def test_the_table_is_in_order() -> None:
    """Domains are lower case, bare and sorted, so that a line is easy to find and add."""
    domains = list(known_domains())
    assert domains == sorted(domains)
    assert all(domain(one) == one for one in domains)


def test_paths() -> None:
    """Sub-folders name outlets unless they are weeks or dates; then the file's name does."""
    root = PurePath("corpus")
    assert by_path(root / "2025-W20" / "Sund Post" / "a.txt", root) == "Sund Post"
    assert by_path(root / "Sund Post" / "2025-05-16" / "a.txt", root) == "Sund Post"
    assert by_path(root / "2025-W20" / "sund.txt", root) == "sund"
    assert by_path(PurePath("x/Sund Post__ferry.txt")) == "Sund Post"
    assert by_path(PurePath("x/2025-05-16-sund.txt")) == "sund"
