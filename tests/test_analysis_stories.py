"""Stories: each article in exactly one, the same ones in whatever order the articles come."""

import datetime as dt
import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.analysis.stories import group
from compare.analysis.stories.copies import copies, same_text, shingles
from compare.analysis.stories.linkage import average_link
from compare.model import Article, Span, Story

GOLDEN = Path(__file__).parent / "golden" / "stories"


def article(name: str, outlet: str, title: str, text: str, date: dt.date | None = None) -> Article:
    body = f"{title}\n\n{text}" if title else text
    return Article(name, outlet, title, body, Span(0, len(title)), published=date)


def read(path: Path) -> list[tuple[str, Article]]:
    found = []
    for part in path.read_text(encoding="utf-8").split("== ")[1:]:
        head, text = part.split("\n", 1)
        event, outlet, date, title = (field.strip() for field in head.split("|"))
        published = dt.date.fromisoformat(date) if date else None
        found.append((event, article(f"{outlet}-{event}", outlet, title, text.strip(), published)))
    return found


def partition(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(one.id for one in story.articles) for story in stories}


FLOODS = [one for _, one in read(GOLDEN / "two_floods.txt")]
WIRE = (
    "A freight train left the rails near the village of Ostra early on Friday and blocked the main line in"
    " both directions, the railway said. Nobody was hurt. Forty wagons of grain lay beside the track, and"
    " the railway said that clearing them would take until Sunday at the earliest. Passengers were being"
    " carried by bus between Ostra and the junction at Melk, where trains to the south were held. An inquiry"
    " into the state of the track has been opened by the ministry."
)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_golden_collections(path: Path) -> None:
    """Articles of one event stand in one story, and no others with them."""
    expected: dict[str, set[str]] = {}
    for event, one in read(path):
        expected.setdefault(event, set()).add(one.id)
    found = partition(group([one for _, one in read(path)]))
    assert found == {frozenset(ids) for ids in expected.values()}


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, len(FLOODS)))
def test_order_changes_nothing(chance: random.Random, count: int) -> None:
    """The same stories, equal in every field, from shuffled articles; each article in exactly one."""
    some = FLOODS[:count]
    mixed = list(some)
    chance.shuffle(mixed)
    found = group(some)
    assert group(mixed) == found
    ids = [one.id for story in found for one in story.articles]
    assert sorted(ids) == sorted(one.id for one in some)


def test_no_articles_no_stories() -> None:
    """An empty week is no error."""
    assert group([]) == ()


def test_articles_without_words() -> None:
    """Articles without a single word stand alone."""
    empty = [article(name, name, "", "") for name in ("a", "b", "c")]
    assert len(group(empty)) == 3


def test_story_id_comes_from_content() -> None:
    """A story keeps its id when other stories come and go, and changes it with its text."""
    alone = group(FLOODS[:3])
    among = group(FLOODS)
    (lund,) = [story for story in among if FLOODS[0] in story.articles]
    assert [story.id for story in alone] == [lund.id]
    changed = article("x", "Post", FLOODS[0].title, FLOODS[0].body + " More.", FLOODS[0].published)
    assert group([changed, *FLOODS[1:3]])[0].id != lund.id


def test_far_dates_keep_alike_texts_apart() -> None:
    """The same report a season later is another event; without dates the words decide."""
    near, far = dt.date(2024, 5, 3), dt.date(2024, 8, 3)
    undated = [article("a", "Post", "", WIRE), article("b", "Echo", "", WIRE)]
    assert len(group(undated)) == 1
    dated = [article("a", "Post", "", WIRE, near), article("b", "Echo", "", WIRE, far)]
    assert len(group(dated)) == 2


def test_wire_copies_whole_and_cut() -> None:
    """One agency text, printed whole, cut, and under other headlines, is one group of copies."""
    cut = WIRE[: WIRE.index(" An inquiry")]
    found = group([
        article("a", "Post", "Train derails near Ostra", WIRE),
        article("b", "Echo", "Grain train blocks main line", WIRE.upper()),
        article("c", "Courier", "", cut),
        *FLOODS,
    ])  # fmt: skip
    (story,) = [one for one in found if one.copies]
    assert story.copies == (("a", "b", "c"),)
    assert [one.outlet for one in story.articles] == ["Courier", "Echo", "Post"]


def test_reports_of_one_event_are_not_copies() -> None:
    """Reports in different words are one story without copies."""
    (lund,) = group(FLOODS[:3])
    assert lund.copies == ()


def test_copies_need_enough_words() -> None:
    """A shared phrase, however exact, is no evidence of copying."""
    assert copies(["No more was known.", "No more was known."], [(0, 1)]) == []
    assert same_text(["No more was known.", "No more was known."]) == []


def test_shingles_ignore_letter_case_and_marks() -> None:
    """Runs of five words, whatever stands between them."""
    assert shingles("One, two; three four FIVE") == {("one", "two", "three", "four", "five")}


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 7), st.data())
def test_average_link_is_what_it_says(count: int, data: st.DataObject) -> None:
    """No two clusters are left whose pairs' mean reaches the threshold; labels are least members."""
    pairs = list(combinations(range(count), 2))
    chances = data.draw(
        st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.7, 1.0]), min_size=len(pairs), max_size=len(pairs))
    )
    edges = [(a, b, p) for (a, b), p in zip(pairs, chances, strict=True) if p]
    labels = average_link(count, edges, 0.5)
    clusters = {label: [i for i in range(count) if labels[i] == label] for label in labels}
    assert all(min(items) == label for label, items in clusters.items())
    chance = {(a, b): p for a, b, p in edges}
    for one, other in combinations(clusters.values(), 2):
        total = sum(chance.get((min(a, b), max(a, b)), 0.0) for a in one for b in other)
        # a mean that is the threshold but for rounding may go either way
        assert total / (len(one) * len(other)) < 0.5 + 1e-9
