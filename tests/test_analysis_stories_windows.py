"""A long time is grouped window by window: no pair is lost, none is met twice, and little is held."""

import datetime as dt
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.analysis import stories
from compare.analysis.stories import grouping, vectors, windows
from compare.analysis.stories.scorer import FAR_DAYS
from compare.analysis.stories.windows import BLOCK, BLOCK_DAYS, ordinals
from compare.model import Article, Span

FIRST = dt.date(2025, 1, 1)
DAYS = st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=1, max_size=60)


@given(DAYS, st.integers(1, 9))
def test_every_pair_that_may_be_of_one_event_is_the_business_of_one_window(
    ages: list[int | None], least: int
) -> None:
    days = ordinals([None if age is None else FIRST + dt.timedelta(days=age) for age in ages])
    met: dict[tuple[int, int], int] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(windows, "BLOCK", least)
        count = 0
        for window in windows.windows(days):
            count += 1
            first, second = np.triu_indices(len(window.rows), 1)
            owned = window.owns(first, second, days[window.rows])
            for pair in zip(
                window.rows[first[owned]].tolist(), window.rows[second[owned]].tolist(), strict=True
            ):
                met[pair] = met.get(pair, 0) + 1
    for one in range(len(ages)):
        for other in range(one + 1, len(ages)):
            if ages[one] is None and ages[other] is None:
                assert met[one, other] == count
            elif not abs(days[one] - days[other]) > FAR_DAYS:
                assert met[one, other] == 1


def test_what_one_block_holds_is_looked_at_at_once() -> None:
    few = [float(age * 5) for age in range(2 * BLOCK - 1)]
    short = [float(age % (BLOCK_DAYS * 2 - 1)) for age in range(2 * BLOCK)]
    for days in (few, short):
        (only,) = windows.windows(np.array(days))
        assert only.rows.tolist() == list(range(len(days)))
        assert only.block.all()
    assert len(list(windows.windows(np.array(short + [80.0] * BLOCK)))) == 2


def report(event: int, outlet: int, day: dt.date | None) -> Article:
    """Of one event every report has the same odd names, and words in an order of its own."""
    chance = random.Random(event)
    names = ["".join(chance.choice("abdegiklmnorstu") for _ in range(7)).capitalize() for _ in range(12)]
    random.Random(outlet).shuffle(names)
    title = f"{names[0]} meets {names[1]}"
    body = f"{title}\n\n" + ". ".join(f"They said {name} was at odds with the council" for name in names)
    key = f"{event}-{outlet}"
    return Article(
        id=key, outlet=f"O{outlet}", title=title, body=body, headline=Span(0, len(title)), published=day
    )


def test_a_year_groups_as_its_events_were_in_windows_and_in_any_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(windows, "BLOCK", 20)
    articles = [
        report(event, outlet, FIRST + dt.timedelta(days=event * 4 + outlet % 2))
        for event in range(90)
        for outlet in range(2 + event % 3)
    ]
    sizes: list[int] = []
    views = vectors.views

    def counted(texts: list[tuple[str, str]]) -> object:
        sizes.append(len(texts))
        return views(texts)

    monkeypatch.setattr(grouping, "views", counted)
    grouped = stories.group(articles)
    assert len(sizes) > 5
    assert max(sizes) < len(articles) / 4
    assert sorted(len({one.id.split("-")[0] for one in story.articles}) for story in grouped) == [1] * 90
    random.Random(3).shuffle(articles)
    assert stories.group(articles) == grouped
    undated = [replace(one, published=None) if one.outlet == "O1" else one for one in articles]
    assert len(stories.group(undated)) == 90
