"""Group articles by event.

Every article is compared with its nearest ones by several similarities (``signals``); a logistic
model fitted on labelled round-ups turns them into the probability of one event (``scorer``); average
linkage over these probabilities makes the stories (``linkage``). Time grows with the number of
articles, not with the number of their pairs; memory with those of one window of time (``windows``).
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from compare.analysis.stories.copies import copies, same_text
from compare.analysis.stories.linkage import average_link
from compare.analysis.stories.neighbours import candidates
from compare.analysis.stories.overlaps import overlaps
from compare.analysis.stories.scorer import FAR_DAYS, least, probability
from compare.analysis.stories.signals import signals
from compare.analysis.stories.vectors import views
from compare.analysis.stories.windows import Window, ordinals, windows
from compare.model import Article, Story

MAY_COPY = 0.5
NEGLIGIBLE = 0.01

Array = Any


def stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """See ``compare.analysis.stories.group``."""
    ordered = sorted(articles, key=_content)
    texts = [(article.title, _text(article)) for article in ordered]
    labels, wires = cluster(texts, [article.published for article in ordered])
    members: dict[int, list[Article]] = defaultdict(list)
    for article, label in zip(ordered, labels, strict=True):
        members[label].append(article)
    copied: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for items in wires:
        copied[labels[items[0]]].append(tuple(sorted(ordered[item].id for item in items)))
    found = [story(members[label], copied[label]) for label in members]
    return tuple(sorted(found, key=lambda one: (_first_date(one), one.id)))


def cluster(
    texts: Sequence[tuple[str, str]], dates: Sequence[dt.date | None]
) -> tuple[list[int], list[tuple[int, ...]]]:
    """A story's label for each ``(title, text)``, and the groups of wire copies among them.

    ``dates`` is as long as ``texts``. The grouping of texts does not depend on their order.
    """
    order = sorted(range(len(texts)), key=lambda item: (texts[item], dates[item] or dt.date.min))
    labels, wires = _cluster([texts[item] for item in order], [dates[item] for item in order])
    place = {item: rank for rank, item in enumerate(order)}
    return (
        [labels[place[item]] for item in range(len(texts))],
        [tuple(sorted(order[rank] for rank in ranks)) for ranks in wires],
    )


def _cluster(
    texts: Sequence[tuple[str, str]], dates: Sequence[dt.date | None]
) -> tuple[list[int], list[tuple[int, ...]]]:
    if len(texts) < 2:
        return list(range(len(texts))), []
    days = ordinals(dates)
    found = [_told(texts, days, window) for window in windows(days)]
    first, second, chance, alike = (np.concatenate(parts) for parts in zip(*found, strict=True))
    wires = _wires([text for _, text in texts], days, first[alike], second[alike])
    leader = np.arange(len(texts))
    for items in wires:
        leader[list(items)] = items[0]
    joined = _edges(leader[first], leader[second], chance)
    labels = average_link(len(texts), joined, least(len(texts)))
    return [labels[item] for item in leader.tolist()], wires


def _told(texts: Sequence[tuple[str, str]], days: Array, window: Window) -> tuple[Array, Array, Array, Array]:
    """The pairs of a window that are its own and not negligible: their ends, the probability of one event,
    and whether they may be copies.
    """
    dates = days[window.rows]
    seen = views([texts[row] for row in window.rows.tolist()])
    first, second = candidates(seen.whole)
    apart = np.abs(dates[first] - dates[second])
    common = overlaps(seen, first, second)
    alike = common.whole >= MAY_COPY
    found = signals(seen, first, second, common)
    chance = probability(found, first, second, apart, len(window.rows))
    told = ((chance >= NEGLIGIBLE) | alike) & window.owns(first, second, dates)
    return window.rows[first[told]], window.rows[second[told]], chance[told], alike[told]


def _edges(first: Array, second: Array, chance: Array) -> Iterator[tuple[int, int, float]]:
    """Each pair that is not negligible, once, with the highest of its chances, ``first < second``."""
    told = np.flatnonzero((chance >= NEGLIGIBLE) & (first != second))
    low, high = np.minimum(first, second)[told], np.maximum(first, second)[told]
    order = np.lexsort((-chance[told], high, low))
    low, high, chance = low[order], high[order], chance[told][order]
    once = np.ones(len(low), dtype=bool)
    once[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return zip(low[once].tolist(), high[once].tolist(), chance[once].tolist(), strict=True)


def _wires(texts: Sequence[str], days: Array, first: Array, second: Array) -> list[tuple[int, ...]]:
    pairs = same_text(texts)
    one = np.concatenate([first, np.array([pair[0] for pair in pairs], dtype=np.int64)])
    other = np.concatenate([second, np.array([pair[1] for pair in pairs], dtype=np.int64)])
    near = np.nan_to_num(np.abs(days[one] - days[other])) <= FAR_DAYS
    return copies(texts, zip(one[near].tolist(), other[near].tolist(), strict=True))


def _text(article: Article) -> str:
    """The body without the title that opens it."""
    if article.title and article.body.startswith(article.title):
        return article.body[len(article.title) :].lstrip()
    return article.body


def _content(article: Article) -> tuple[str, str, str, str, str]:
    date = article.published.isoformat() if article.published else ""
    return (article.title, article.body, date, article.outlet, article.id)


def story(articles: Sequence[Article], wires: Sequence[tuple[str, ...]]) -> Story:
    """One story of ``articles``, whatever their order; ``wires`` are ids of copies of one text."""
    ordered = tuple(sorted(articles, key=lambda a: (a.outlet, a.published or dt.date.max, a.id)))
    digest = hashlib.sha256()
    for content in sorted(repr(_content(article)) for article in articles):
        digest.update(content.encode())
    return Story(digest.hexdigest()[:12], ordered, tuple(sorted(wires)))


def _first_date(story: Story) -> dt.date:
    return min((a.published for a in story.articles if a.published), default=dt.date.max)
