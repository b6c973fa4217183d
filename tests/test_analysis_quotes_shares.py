"""compare.analysis.quotes.shares: quoted words by speaker and by outlet."""

from compare.analysis.quotes.shares import UNRESOLVED, Shares, shares
from compare.model import Alignment, Article, Span, Story
from compare.text.passages import passages

LODE = """Ferry stays in port

The ferry will stay in port, Anna Brisk said on Monday.

“We will not sail before the engine is whole,” Brisk told reporters. “It is as simple as that.”

A harbour pilot disagreed. “The engine runs like a clock,” said Tom Vane, who has worked here for years."""
BODE = """No ferry this week

“We will not sail before the engine is whole,” said Anna Brisk, who runs the line.

The island has bread for four days."""


def table(**texts: str) -> Alignment:
    articles = []
    for outlet, body in texts.items():
        title = body.split("\n", 1)[0]
        articles.append(Article(outlet, outlet, title, body, Span(0, len(title))))
    read = tuple(tuple(passages(one)) for one in articles)
    return Alignment(Story("s", tuple(articles)), tuple(texts), read, ())


def rows(found: Shares) -> dict[str, tuple[int, ...]]:
    return {one.speaker: one.words for one in found.speakers}


def test_quoted_words_are_counted_by_speaker_and_outlet() -> None:
    found = shares(table(Lode=LODE, Bode=BODE))
    assert found.outlets == ("Bode", "Lode")
    assert rows(found) == {"Anna Brisk": (9, 15), "Tom Vane": (0, 6)}
    assert [one.quotations for one in found.speakers] == [(1, 2), (0, 1)]


def test_the_base_is_every_word_of_the_articles() -> None:
    found = shares(table(Lode=LODE, Bode=BODE))
    assert found.lengths == (len(BODE.split()), len(LODE.split()))
    assert found.quoted == (9, 21)
    assert all(quoted <= length for quoted, length in zip(found.quoted, found.lengths, strict=True))


def test_words_whose_speaker_is_not_told_are_counted_as_such_and_come_last() -> None:
    lone = "Ferry stays\n\nThe pier was empty in the rain.\n\n“Nobody has asked us about any of it at all.”"
    found = shares(table(Lode=LODE, Rode=lone))
    assert [one.speaker for one in found.speakers][-1] == UNRESOLVED
    assert rows(found)[UNRESOLVED] == (0, 10)


def test_indirect_speech_and_headlines_do_not_count() -> None:
    told = "Ferry ‘will not sail’ this week\n\nThe ferry will not sail before Friday, Anna Brisk said."
    assert shares(table(Lode=told)).speakers == ()


def test_the_order_of_outlets_changes_nothing() -> None:
    assert shares(table(Lode=LODE, Bode=BODE)) == shares(table(Bode=BODE, Lode=LODE))


def test_words_that_describe_nobody_are_no_speaker() -> None:
    body = "No ferry\n\nThe group, which has been fighting the line since 2016, said: “No boat will pass.”"
    assert rows(shares(table(Lode=body, Bode=BODE))).keys() <= {
        "Anna Brisk",
        "the group",
        "The group",
        UNRESOLVED,
    }
