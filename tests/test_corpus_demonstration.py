"""The demonstration corpus is what its planted.toml files say it is."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from compare.corpus.readers import read_folder
from compare.model import KINDS, Article

CORPUS = Path(__file__).parent.parent / "corpus"
WEEKS = {"2025-W20": "planted.toml", "2025-W21": "planted-2025-W21.toml"}


@pytest.fixture(scope="module", params=sorted(WEEKS))
def week_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def articles(week_name: str) -> dict[str, Article]:
    found, problems = read_folder(CORPUS)
    assert not [problem for problem in problems if problem.code]
    below = CORPUS / week_name
    own = [one for one in found if Path(one.origin).is_relative_to(below)]
    return {Path(one.origin).relative_to(below).as_posix(): one for one in own}


@pytest.fixture(scope="module")
def planted(week_name: str) -> dict[str, Any]:
    return tomllib.loads((CORPUS / WEEKS[week_name]).read_text(encoding="utf-8"))


def test_every_article_is_whole(
    articles: dict[str, Article], planted: dict[str, Any], week_name: str
) -> None:
    """Each has title, date in the week, outlet by its folder, English text; one is cut off, as stated."""
    for path, one in articles.items():
        assert one.title
        assert one.published is not None
        year, week, _ = one.published.isocalendar()
        assert f"{year}-W{week}" == week_name
        assert (one.outlet, one.language) == (path.split("/")[0], "en")
        assert 100 <= len(one.body.split()) <= 350
    assert [path for path, one in articles.items() if one.cut] == planted["cut"]


def test_no_furniture_is_left(articles: dict[str, Article]) -> None:
    """No word of the pages' furniture is in any body."""
    for one in articles.values():
        for word in (
            "cookie",
            "READ MORE",
            "Leave a",
            "inbox",
            "Related article",
            "Most read",
            "](",
            "**",
            "Photo:",
        ):
            assert word not in one.body


def test_stories_cover_the_corpus(articles: dict[str, Article], planted: dict[str, Any]) -> None:
    """Every article belongs to one story, and an outlet reports a story once."""
    listed = [path for story in planted["story"] for path in story["articles"]]
    assert sorted(listed) == sorted(articles)
    for story in planted["story"]:
        assert max(Counter(path.split("/")[0] for path in story["articles"]).values()) == 1


def test_planted_phrases_stand_in_the_articles(articles: dict[str, Article], planted: dict[str, Any]) -> None:
    """Each phrase is there word for word, and an outlet said to lack a fact reports the story."""
    stories = {
        story["name"]: {path.split("/")[0]: articles[path] for path in story["articles"]}
        for story in planted["story"]
    }
    for entry in planted["planted"]:
        outlets = stories[entry["story"]]
        assert entry["kind"] in KINDS
        assert (entry["kind"] == "omission") == ("absent" in entry)
        assert not set(entry.get("absent", ())) - set(outlets)
        for outlet, phrase in entry["phrases"].items():
            assert phrase in outlets[outlet].body, (entry["story"], outlet, phrase)
