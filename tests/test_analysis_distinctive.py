"""compare.analysis.distinctive: words that set an outlet apart, beside the same facts told without them."""

import math
import random

import pytest

from compare.analysis.distinctive import Distinctive, distinctive, log_odds, threshold
from compare.model import Alignment, Article, Cell, Passage, Row, Span, Story

FACTS = (
    "the harbour was closed to ships before dawn",
    "two bridges over the river stay shut for repairs",
    "the council will meet again in the town hall",
    "a crane fell on the northern quay without harm",
)


def table(story: str, told: dict[str, list[str]]) -> Alignment:
    """Outlets' sentences side by side, one row a place in the lists."""
    articles, columns = [], []
    for outlet, sentences in told.items():
        name, begin, passages = f"{story}-{outlet}", 0, []
        for text in sentences:
            passages.append(Passage(name, Span(begin, begin + len(text)), text))
            begin += len(text) + 1
        articles.append(Article(name, outlet, "", " ".join(sentences), Span(0, 0)))
        columns.append(tuple(passages))
    rows = tuple(
        Row(tuple(Cell((column[n],), None, 1.0, "reported") for column in columns)) for n in range(len(FACTS))
    )
    return Alignment(Story(story, tuple(articles)), tuple(told), tuple(columns), rows)


def week(stories: int, saying: str = "{}, the ministry said.", **more: str) -> list[Alignment]:
    """Stories in which Lode tells every fact by the frame ``saying`` and two others plainly."""
    frames = {"Lode": saying, "Bode": "{}.", "Rode": "{}.", **more}
    return [
        table(f"s{n}", {o: [frame.format(f.capitalize()) for f in FACTS] for o, frame in frames.items()})
        for n in range(stories)
    ]


def words(found: tuple[Distinctive, ...]) -> set[tuple[str, str]]:
    return {(one.outlet, one.word) for one in found}


def test_a_word_that_one_outlet_keeps_adding_is_shown_with_its_counts() -> None:
    (one,) = [d for d in distinctive(week(4)) if d.word == "ministry"]
    assert (one.outlet, one.count, one.elsewhere, one.stories) == ("Lode", 16, 0, 4)
    assert one.words_elsewhere < 2 * one.words
    assert (one.told, one.without) == (16, 16)


def test_its_evidence_shows_the_word_twice_and_the_same_fact_without_it() -> None:
    for one in distinctive(week(4)):
        first, second, plain = one.evidence
        assert first.outlet == second.outlet == one.outlet != plain.outlet
        assert one.word in first.passage.text
        assert one.word in second.passage.text
        assert one.word not in plain.passage.text
        assert first.passage.article != second.passage.article
        for evidence in (first, second):
            begin = evidence.passage.span.begin
            assert {evidence.passage.text[m.begin - begin : m.end - begin] for m in evidence.marks} == {
                one.word
            }


def test_a_word_of_one_story_says_nothing_of_the_week() -> None:
    """However often: it is what the story is about."""
    tables = week(4, saying="{}.")
    tables[0] = week(1, saying="{}, with the glacier near the glacier by the glacier.")[0]
    assert words(distinctive(tables)) == set()


def test_names_quoted_words_and_small_words_set_nobody_apart() -> None:
    assert words(distinctive(week(5, saying="{}, with Marlow and such “ghastly business” of it."))) == set()


def test_a_word_that_everybody_uses_sets_nobody_apart() -> None:
    assert words(distinctive(week(5, Bode="{}, the ministry said.", Rode="{}, the ministry said."))) == set()


def test_only_the_stories_that_an_outlet_reports_are_its_measure() -> None:
    """Others' words on what it did not report neither count for it nor against it."""
    elsewhere = [
        table(f"t{n}", {"Bode": ["The ministry, the ministry."] * 4, "Rode": ["The ministry."] * 4})
        for n in range(4)
    ]
    (alone,) = [d for d in distinctive(week(4)) if d.word == "ministry"]
    (beside,) = [
        d for d in distinctive([*week(4), *elsewhere]) if d.outlet == "Lode" and d.word == "ministry"
    ]
    assert (beside.count, beside.elsewhere, beside.z) == (alone.count, alone.elsewhere, alone.z)


def test_the_order_of_stories_and_outlets_changes_nothing() -> None:
    tables = week(4)
    mirrored = []
    for one in reversed(tables):
        rows = tuple(Row(row.cells[::-1]) for row in one.rows)
        story = Story(one.story.id, one.story.articles[::-1])
        mirrored.append(Alignment(story, one.outlets[::-1], one.passages[::-1], rows))
    assert distinctive(mirrored) == distinctive(tables)


def test_nothing_is_shown_where_there_is_nothing_to_compare() -> None:
    assert distinctive([]) == ()
    assert distinctive([table("s", {"Lode": [*FACTS]})]) == ()


def test_the_score_is_that_of_the_paper() -> None:
    """Equations 16, 19, 20 and 22, worked by hand for 12 of 100 words against 3 of 200, prior 30."""
    alpha = 30 * 15 / 300
    delta = math.log((12 + alpha) / (130 - 12 - alpha)) - math.log((3 + alpha) / (230 - 3 - alpha))
    assert log_odds((12, 100), (3, 200), 30) == pytest.approx(delta / math.sqrt(1 / 13.5 + 1 / 4.5))
    assert log_odds((5, 100), (10, 200)) == pytest.approx(0)
    assert log_odds((12, 100), (3, 200)) == pytest.approx(-log_odds((3, 200), (12, 100)))


def test_of_words_without_a_difference_hardly_any_is_shown() -> None:
    """Of two hundred scores drawn from the normal curve the threshold lets through none, a hundred times,
    but for a few times; beside twenty true ones it keeps most of these.
    """
    generator = random.Random(7)
    noise = [[generator.gauss(0, 1) for _ in range(200)] for _ in range(100)]
    assert sum(max(scores) >= threshold(scores) for scores in noise) <= 18
    mixed = [[*scores, *[4.0] * 20] for scores in noise]
    assert all(threshold(scores) <= 4.0 for scores in mixed)
    shown = [sum(z >= threshold(scores) for z in scores[:200]) for scores in mixed]
    assert sum(shown) / (sum(shown) + 20 * 100) <= 0.12
