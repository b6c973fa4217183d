"""Stories: articles grouped by event. See ``grouping`` for the method."""

from collections.abc import Sequence

from compare.model import Article, Story


def group(articles: Sequence[Article]) -> tuple[Story, ...]:
    """The articles of a week or a year as stories, each on one event, every article in exactly one.

    The same stories come out in whatever order the articles go in. Articles in a story are sorted
    by outlet, date and id; stories by their first date, then by id. Dates are used where known.
    """
    from compare.analysis.stories.grouping import stories

    return stories(articles)


def merge(grouped: Sequence[Story]) -> Story:
    """Several stories taken as one, because somebody asked to compare just these articles."""
    from compare.analysis.stories.grouping import story

    articles = [article for one in grouped for article in one.articles]
    return story(articles, [copied for one in grouped for copied in one.copies])
