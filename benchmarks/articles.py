"""Articles that nobody wrote, for measuring how a corpus grows: sentences of made-up words by Zipf's law.

Word frequencies fall as 1/rank (Zipf 1949), words are as long as English ones, sentences have 8 to 30 of
them. Nothing can be learned from their content; sizes, counts of distinct words and index growth are
those of running text. The same seed gives the same articles.
"""

import datetime as dt
import itertools
import json
import random
from collections.abc import Iterator

_SYLLABLES = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "ar", "en", "is")]
_COMMON = ["the", "of", "and", "to", "in", "a", "that", "was", "for", "on", "with", "as", "at", "by", "from",
           "it", "his", "said", "has", "have", "had", "be", "is", "not", "but"]  # fmt: skip
_FIRST = dt.date(2025, 1, 1)


def articles(count: int, seed: int = 1, words: int = 400) -> Iterator[dict[str, str]]:
    """``count`` records as trafilatura's JSON has them, of about ``words`` words each, from 20 outlets."""
    chance = random.Random(seed)
    lexicon = _COMMON + sorted({_word(chance) for _ in range(40_000)})
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(lexicon) + 1)))
    for number in range(count):
        day = _FIRST + dt.timedelta(days=number % 200)
        outlet = f"Outlet {chance.randrange(20):02}"
        text = _text(chance, lexicon, weights, words)
        yield {
            "title": f"{text[:60].rsplit(' ', 1)[0]} {number}",
            "text": text,
            "sitename": outlet,
            "date": day.isoformat(),
            "url": f"https://{outlet.replace(' ', '').lower()}.example/{day:%Y/%m/%d}/a{number}",
        }


def lines(count: int, seed: int = 1, words: int = 400) -> Iterator[str]:
    """The same, as lines of JSON."""
    return (json.dumps(one) + "\n" for one in articles(count, seed, words))


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((1, 2, 2, 3, 3, 4))))


def _text(chance: random.Random, lexicon: list[str], weights: list[float], words: int) -> str:
    drawn = iter(chance.choices(lexicon, cum_weights=weights, k=words))
    sentences = []
    while chosen := list(itertools.islice(drawn, chance.randint(8, 30))):
        sentences.append(" ".join(chosen).capitalize() + ".")
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))
