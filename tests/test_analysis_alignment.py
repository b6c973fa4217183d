"""The table: what stands in one row, what never does, and what does not change it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.analysis.alignment import align
from compare.model import Alignment, Article, Span, Story

PORT = """Harbour of Ostrava Bay closed after crane collapse

A loading crane collapsed at the harbour of Ostrava Bay on Tuesday morning, killing two dockers.

Harbour master Ilse Brandt said the pier would stay closed until Friday.

“We heard a crack and then nothing but dust,” said Tomas Verhoeven, a docker.

The crane was 41 years old and had last been inspected in 2019.

Fishing boats were sent to the smaller port of Linden.
"""
QUAY = """Two dead as crane falls in Ostrava Bay

Two dock workers died on Tuesday when a crane fell at the harbour of Ostrava Bay.

The pier will stay closed until Friday, according to Ilse Brandt, the harbour master.

Relatives gathered outside the union hall in the evening.

“We heard a crack and then nothing but dust,” docker Tomas Verhoeven recalled.

The union has called for a strike on Monday.
"""
LOCAL = """Crane kills dockers

The collapse of a loading crane in Ostrava Bay killed two dockers on Tuesday.

Insurance will cover the damage of 3 million crowns, the port company said.

The company was founded by two brothers from Linden.

Union leaders want a strike on Monday.
"""


def article(outlet: str, text: str, name: str = "") -> Article:
    body = text.strip()
    title = body.split("\n\n")[0]
    return Article(name or outlet.lower(), outlet, title, body, Span(0, len(title)))


def story(*articles: Article) -> Story:
    return Story("crane", articles)


THREE = story(article("Gazette", PORT), article("Herald", QUAY), article("Local", LOCAL))


def row_of(table: Alignment, phrase: str) -> list[list[str]]:
    """The texts of the one row that holds ``phrase``, cell by cell."""
    (row,) = [r for r in table.rows if any(phrase in p.text for c in r.cells for p in c.passages)]
    return [[p.text for p in cell.passages] for cell in row.cells]


def test_three_tellings_of_one_fact_stand_in_one_row() -> None:
    cells = row_of(align(THREE), "A loading crane collapsed at the harbour")
    assert any("Two dock workers died" in text for text in cells[1])
    assert any("killed two dockers on Tuesday" in text for text in cells[2])


def test_one_quotation_stands_in_one_row() -> None:
    cells = row_of(align(THREE), "said Tomas Verhoeven")
    assert any("Verhoeven recalled" in text for text in cells[1])
    assert cells[2] == []


def test_unlike_facts_do_not_share_a_row() -> None:
    cells = row_of(align(THREE), "Insurance will cover")
    assert cells[0] == cells[1] == []


def test_another_spelling_of_a_name_does_not_part_a_row() -> None:
    first = QUAY.replace("Ilse Brandt", "Volodymyr Zelensky").replace("Ostrava Bay", "Kyiv")
    second = PORT.replace("Ilse Brandt", "Vladimir Zelenskiy").replace("Ostrava Bay", "Kiev")
    cells = row_of(align(story(article("A", first), article("B", second))), "according to Volodymyr Zelensky")
    assert any("Zelenskiy said the pier" in text for text in cells[1])


def test_every_passage_stands_in_exactly_one_row() -> None:
    table = align(THREE)
    read = [p for column in table.passages for p in column]
    placed = [p for row in table.rows for cell in row.cells for p in cell.passages]
    assert sorted(placed) == sorted(read)
    assert len(set(placed)) == len(placed)


def test_every_passage_slices_back() -> None:
    table = align(THREE)
    bodies = {a.id: a.body for a in table.story.articles}
    for passage in (p for column in table.passages for p in column):
        assert bodies[passage.article][passage.span.begin : passage.span.end] == passage.text


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0), (1, 2, 0)])
def test_another_order_of_articles_only_moves_the_columns(order: tuple[int, ...]) -> None:
    table = align(THREE)
    moved = align(Story("crane", tuple(THREE.articles[n] for n in order)))
    assert moved.outlets == tuple(table.outlets[n] for n in order)
    assert [row.cells for row in moved.rows] == [tuple(row.cells[n] for n in order) for row in table.rows]


def test_an_empty_cell_says_what_is_nearest_and_how_surely_it_is_reported() -> None:
    table = align(THREE)
    for row in table.rows:
        for cell in row.cells:
            assert bool(cell.passages) == (cell.grade == "reported")
            assert 0 <= cell.reported <= 1
            assert cell.passages or cell.nearest


def test_nothing_is_known_of_what_a_cut_article_lacks() -> None:
    cut = replace(THREE.articles[2], cut="ends in mid-sentence")
    table = align(Story("crane", (*THREE.articles[:2], cut)))
    grades = {row.cells[2].grade for row in table.rows if not row.cells[2].passages}
    assert grades == {"unknown"}


def test_nothing_is_known_of_what_an_article_of_three_sentences_lacks() -> None:
    short = article("Local", "\n\n".join(LOCAL.strip().split("\n\n")[:3]))
    table = align(Story("crane", (*THREE.articles[:2], short)))
    assert {row.cells[2].grade for row in table.rows if not row.cells[2].passages} == {"unknown"}


def test_two_articles_of_one_outlet_share_its_column() -> None:
    table = align(
        story(article("Gazette", PORT), article("Herald", QUAY, "h1"), article("Herald", LOCAL, "h2"))
    )
    assert table.outlets == ("Gazette", "Herald")
    cells = row_of(table, "A loading crane collapsed at the harbour")
    assert any("Two dock workers died" in text for text in cells[1])


def test_an_article_beside_itself_is_reported_throughout() -> None:
    table = align(story(article("Gazette", PORT), article("Mirror", PORT)))
    for row in table.rows:
        assert all(cell.grade == "reported" for cell in row.cells)


def test_an_empty_story_has_an_empty_table() -> None:
    assert align(Story("none", ())).rows == ()


def test_an_article_without_words_has_an_empty_column() -> None:
    table = align(story(article("Gazette", PORT), article("Void", "…")))
    assert table.passages[1] == ()
    assert all(row.cells[1].nearest is None for row in table.rows)


WORDS = ("crane", "harbour", "Brandt", "41", "fell", "on", "Tuesday", "the", "docker", "strike", "Linden")
SENTENCE = st.lists(st.sampled_from(WORDS), max_size=9).map(lambda words: " ".join(words).capitalize() + ".")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(SENTENCE, min_size=1, max_size=5), min_size=1, max_size=4))
def test_any_articles_make_a_whole_and_mirrored_table(bodies: list[list[str]]) -> None:
    articles = tuple(article(f"O{n}", "\n\n".join(body), f"a{n}") for n, body in enumerate(bodies))
    table, mirror = align(Story("any", articles)), align(Story("any", articles[::-1]))
    placed = [p for row in table.rows for cell in row.cells for p in cell.passages]
    assert sorted(placed) == sorted(p for column in table.passages for p in column)
    assert [row.cells[::-1] for row in mirror.rows] == [row.cells for row in table.rows]


def test_one_minister_at_one_place_doing_two_things_makes_two_rows_and_no_omission() -> None:
    flew = "Foreign Minister Ilse Brandt flew out of Varnholm on Monday."
    praised = "Foreign Minister Ilse Brandt praised an orchestra in Varnholm on Monday."
    one = f"{flew}\n\nThe harbour froze over in the night.\n\nTwo bakers opened a shop.\n\nA tram was sold."
    two = f"{praised}\n\nIce closed the port.\n\nA school won the chess cup.\n\nApples cost more."
    articles = [Article(o, o, "", body, Span(0, 0)) for o, body in (("A", one), ("B", two))]
    table = align(Story("s", tuple(articles)))
    for row in table.rows:
        told = [p.text for cell in row.cells for p in cell.passages]
        if flew in told or praised in told:
            assert len(told) == 1
            assert sorted(cell.grade for cell in row.cells) == ["partly", "reported"]
