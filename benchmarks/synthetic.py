"""Events that did not happen, reported by outlets that do not exist, in words as frequent as real ones.

A chain of word pairs (Shannon 1948, p. 7) is learned when it is run, from texts that are given or from
the demonstration corpus: which words follow which, how sentences begin and how long they are. An event is
a list of sentences of that chain; every outlet's report takes some of them, words some of those its own
way, and adds sentences of its own. Half of an event's names are of that event alone. No text is
shipped; the same seed gives the same articles.
"""

import datetime as dt
import itertools
import json
import random
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compare.corpus import readers
from compare.model import Article, Span

CORPUS = Path(__file__).parent.parent / "corpus"
OUTLETS = tuple(f"Outlet {number:02}" for number in range(40))
SIZES = (1, 1, 1, 2, 3, 4, 5, 8)  # outlets on an event: by turns of chance
FACTS, OWN, TAKEN, REWORDED = 16, 5, 0.6, 0.25
A_DAY = 25  # events
FIRST = dt.date(2025, 1, 6)
LONGEST = 45  # words in a sentence


@dataclass(frozen=True, slots=True)
class Words:
    """Which words follow which, as often as they do; "" begins and ends a sentence."""

    following: dict[str, tuple[str, ...]]
    every: tuple[str, ...]
    names: frozenset[str]


def learned(texts: Iterable[str]) -> Words:
    """The chain of the sentences of ``texts``, told apart by their full stops alone."""
    following: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        last = ""
        for word in text.split():
            following[last].append(word)
            last = word
            if word[-1] in ".!?" and len(word) > 3:
                following[word].append("")
                last = ""
    every = tuple(word for words in following.values() for word in words if word)
    inside = (word for last, words in following.items() if last for word in words)
    names = frozenset(word for word in inside if word[:1].isupper())
    return Words({last: tuple(words) for last, words in following.items()}, every, names)


def from_data(data: Path | None) -> Words:
    """The chain of the labelled articles in ``data``, or of the demonstration corpus."""
    if data is None:
        return learned(article.body for article in readers.read_folder(CORPUS)[0])
    paths = sorted((data / "data").glob("stories.*.jsonl"))
    if not paths:
        raise SystemExit(f"{data}: no data/stories.*.jsonl in it; name the folder of labelled data")
    rows = (json.loads(line) for path in paths for line in path.open(encoding="utf-8"))
    return learned(row["text"] for row in rows)


def articles(count: int, words: Words, seed: int = 1) -> Iterator[Article]:
    """``count`` articles, event after event, ``A_DAY`` events a day."""
    return itertools.islice(
        itertools.chain.from_iterable(_reports(words, seed, event) for event in itertools.count()), count
    )


def record(article: Article) -> dict[str, str]:
    """As trafilatura's JSON has it."""
    text = article.body[len(article.title) :].lstrip()
    date = article.published.isoformat() if article.published else ""
    return {
        "title": article.title,
        "text": text,
        "sitename": article.outlet,
        "date": date,
        "url": article.url,
    }


def _reports(words: Words, seed: int, event: int) -> Iterator[Article]:
    chance = random.Random(f"{seed} {event}")
    ending = "".join(chance.choice("aeioubdgklmnrst") for _ in range(4))
    facts = [_renamed(_sentence(words, chance), words, ending) for _ in range(FACTS)]
    day = FIRST + dt.timedelta(days=event // A_DAY)
    for outlet in sorted(chance.sample(OUTLETS, chance.choice(SIZES))):
        told = [_reworded(fact, words, chance) for fact in facts if chance.random() < TAKEN]
        for _ in range(OWN):
            told.insert(chance.randint(0, len(told)), _sentence(words, chance))
        title = " ".join(_reworded(facts[0], words, chance)[:9])
        paragraphs = [" ".join(" ".join(one) for one in told[at : at + 2]) for at in range(0, len(told), 2)]
        name = f"{event}-{outlet[-2:]}"
        yield Article(
            id=name,
            outlet=outlet,
            title=title,
            body="\n\n".join((title, *paragraphs)),
            headline=Span(0, len(title)),
            published=day + dt.timedelta(days=chance.random() < 0.3),
            url=f"https://outlet{outlet[-2:]}.example/{name}",
            origin=f"{name}.txt",
        )


def _sentence(words: Words, chance: random.Random) -> list[str]:
    found: list[str] = []
    word = ""
    while len(found) < LONGEST:
        pool = words.following.get(word, ("",))
        word = pool[int(chance.random() * len(pool))]
        if not word:
            break
        found.append(word)
    return found or _sentence(words, chance)


def _renamed(sentence: list[str], words: Words, ending: str) -> list[str]:
    """Every other name, by its checksum, is given the event's own ending."""
    return [
        word[:4] + ending if word in words.names and zlib.crc32(word.encode()) % 2 else word
        for word in sentence
    ]


def _reworded(sentence: list[str], words: Words, chance: random.Random) -> list[str]:
    return [
        words.every[int(chance.random() * len(words.every))]
        if word[0].islower() and chance.random() < REWORDED
        else word
        for word in sentence
    ]
