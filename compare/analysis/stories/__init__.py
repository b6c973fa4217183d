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
