"""Promises of corpus/furniture: what stands in an outlet's every article goes, what it reports stays."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from compare.corpus.furniture import RULE, without
from compare.model import Article, Span

LINE = "Write to our night desk if you know more about this."
TEXTS = (
    ("Ferry line closes", "The ferry between Ulmen and Sund stops sailing next month, its owner announced."),
    ("Bank lowers interest", "Borrowers will pay less from June after the central bank lowered interest."),
    ("Orchard pest spreads", "Growers have found beetles in forty orchards along the northern valley."),
    ("Museum roof repaired", "Carpenters finished the museum's wooden ceiling after eleven winters."),
)


def article(place: int, *lines: str, outlet: str = "Herald") -> Article:
    title, text = TEXTS[place]
    body = "\n\n".join((title, text, *lines))
    return Article(f"{outlet}{place}", outlet, title, body, Span(0, len(title)))


def test_a_line_in_three_unlike_articles_of_an_outlet_goes_and_is_kept_with_its_rule() -> None:
    found = without([article(place, LINE) for place in range(3)])
    assert [one.body for one in found] == [article(place).body for place in range(3)]
    assert {(gone.line, gone.rule) for one in found for gone in one.removed} == {(LINE, RULE)}
    assert [one.id for one in found] == ["Herald0", "Herald1", "Herald2"]


def test_two_articles_or_three_outlets_are_not_enough() -> None:
    two = [article(0, LINE), article(1, LINE), article(2)]
    assert without(two) == tuple(two)
    three = [article(place, LINE, outlet=f"Paper {place}") for place in range(3)]
    assert without(three) == tuple(three)


def test_background_that_articles_on_one_matter_share_stays() -> None:
    told = [replace(article(0, LINE), id=str(n)) for n in range(3)]
    versions = [replace(one, body=f"{one.body}\n\nUpdate {n} at noon.") for n, one in enumerate(told)]
    assert without(versions) == tuple(versions)


def test_an_article_that_is_nothing_else_is_left_as_it_is() -> None:
    bare = Article("x", "Herald", "", LINE, Span(0, 0))
    found = without([bare, *(article(place, LINE) for place in range(3))])
    assert found[0] == bare


@given(st.permutations([article(place, LINE) for place in range(4)]))
def test_the_order_of_articles_changes_nothing(articles: list[Article]) -> None:
    assert sorted(without(articles), key=lambda one: one.id) == sorted(
        without(sorted(articles, key=lambda one: one.id)), key=lambda one: one.id
    )
