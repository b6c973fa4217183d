"""Telling substitutions between two tellings of one fact: qualifiers, hedges, verbs and nouns of choice.

A difference counts only in like context: beside words that both texts have. What the words do is read
off the lexicons (``loaded.toml``, ``labels.toml``); other exchanges of words are not told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, product

from compare.model import Span
from compare.text import acts, lexicons, loaded
from compare.text.differences import Change, changes, words
from compare.text.hedging import MODALS, asserted
from compare.text.phrases import FUNCTION, stem

_Word = tuple[str, Span]
_Side = tuple[str, list[_Word], list[_Word]]
_LONGEST_GAP = 6
_LEAST_SHARED = 0.35
# Words that fill the place of a content word without being one, and hedges that only round numbers.
_NO_CONTENT = frozenset(
    (
        *("there", "then", "also", "still", "when", "while", "nothing", "ever", "very", "quite", "simply"),
        # verbs that say nothing without what follows them
        *(
            "since",
            "make",
            "makes",
            "made",
            "has",
            "had",
            "did",
            "does",
            "get",
            "gets",
            "got",
            "took",
            "take",
        ),
    )
)
_VERBS = frozenset(("appear", "appears", "seem", "seems", "seemed", "suggest", "suggests"))
_BEFORE_NUMBERS = frozenset(("about", "around", "almost", "nearly", "roughly", "approximately"))
_TIMES = frozenset(("last", "this", "next", "today", "yesterday", "tomorrow"))
_WHOLE = frozenset(("entire", "total", "complete", "completely", "fully", "whole", "totally", "entirely"))
_ALL = re.compile(r"\b(?:all|whole|every|100|wholly|fully)\b", re.IGNORECASE)
_DETERMINERS = frozenset(
    ["and", "a", "an", "the", "this", "that", "its", "their", "his", "her", "our", "of", "some", "any"]
)
_DISTANT = frozenset(("so-called",))
_COLOURS = frozenset(("blame", "praise", "crude", "degree"))
_NAME_ON = re.compile(r" [A-Z]\w+")
_GOES_ON, _GOES_ON_IN_CAPITALS = (
    re.compile(rf" ([{first}][\w-]*)(?<!ed)(?![\w-])") for first in ("a-z", "A-Z")
)
_UNITS = frozenset(("%", "percent", "million", "billion", "trillion"))
_OWN_ADVERB = re.compile(r"ly$|^out$")  # "intentionally drawn" beside "severely drawn", "out" beside "openly"
_QUANTIFIERS = frozenset(("all", "any", "every", "some", "several", "many", "most", "few", "both", "only"))


@dataclass(frozen=True, slots=True)
class Substitution:
    """``variety`` is "qualifier", "hedge" or "verb"; ``a`` and ``b`` are the spans to mark, ``a_words`` and
    ``b_words`` what they say. Where a qualifier is missing, the span covers the words it would qualify.
    ``own`` is the side, 0 or 1, that has it, or the verb that says more.
    """

    variety: str
    a: Span
    b: Span
    a_words: str
    b_words: str
    own: int

    @property
    def words(self) -> tuple[str, str]:
        """What the two sides say."""
        return self.a_words, self.b_words


def substitutions(a: str, b: str, least: float = _LEAST_SHARED) -> tuple[Substitution, ...]:
    """The telling substitutions between two passages that share ``least`` of their content words, in order;
    swapping the passages mirrors them.
    """
    if not _may_differ(a, b) or shared(a, b) < least:
        return ()
    found = []
    gaps = changes(a, b)
    for n, gap in enumerate(gaps):
        last = gaps[n + 1].before if n + 1 < len(gaps) else gap.after
        found += _qualifiers(a, b, gap, last) + _verbs(a, b, gap)
    return tuple(dict.fromkeys(found))


def _may_differ(a: str, b: str) -> bool:
    """Whether one text has a qualifier that the other lacks, or a verb for an act that the other has too."""
    (qualifiers, told), (others, answered) = _choices(a), _choices(b)
    return qualifiers != others or acts.may_exchange(told, answered)


@lru_cache(maxsize=4096)
def _choices(text: str) -> tuple[frozenset[str], frozenset[tuple[str, bool]]]:
    qualifiers = _plain_hedges() | _strengtheners()
    return frozenset(word for word, _ in words(text) if word in qualifiers), acts.acts_in(text)


def likely_pairs(texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Pairs of texts, by number, where one has a qualifier before three words that the other has too."""
    qualified: dict[tuple[str, ...], list[int]] = {}
    plain: dict[tuple[str, ...], list[int]] = {}
    for n, text in enumerate(texts):
        found = words(text)
        for k in range(len(found) - 2):
            three = tuple(word for word, _ in found[k : k + 3])
            leads = bool(k) and bool(_qualifying(text, *found[k - 1]))
            (qualified if leads else plain).setdefault(three, []).append(n)
    pairs = {
        (min(a, b), max(a, b))
        for three, having in qualified.items()
        if _qualified(list(three))
        for a, b in product(having, plain.get(three, ()))
        if a != b
    }
    return tuple(sorted(pairs))


def shared(a: str, b: str) -> float:
    """The share of the shorter text's content words that stand in the other too, in [0, 1]."""
    left, right = _content(a), _content(b)
    return len(left & right) / max(1, min(len(left), len(right)))


def content(text: str) -> int:
    """How many different words of content a text has."""
    return len(_content(text))


def qualified_too(text: str, phrase: str) -> bool:
    """Whether a text has a qualifier or hedge right before a word of content of the phrase."""
    return _qualified_too(text, {stem(word) for word, _ in words(phrase) if word not in _closed()})


def says_plainly(text: str, phrase: str) -> bool:
    """Whether a text has the very words of a phrase, in their order, with no hedge before them."""
    wanted, there = ([word for word, _ in words(one)] for one in (phrase, text))
    size = len(wanted)
    hedged = (
        n and there[n - 1] in _plain_hedges() for n in range(len(there)) if there[n : n + size] == wanted
    )
    return not all(hedged)


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word, _ in words(text) if word not in FUNCTION)


def _qualifiers(a: str, b: str, gap: Change, after: int) -> list[Substitution]:
    """A qualifier or hedge right before words that both texts have, in one text only."""
    sides = [(a, _inside(a, gap.a), _inside(a, Span(gap.a.end, len(a)))[:after])]
    sides.append((b, _inside(b, gap.b), _inside(b, Span(gap.b.end, len(b)))[:after]))
    kinds = [_qualifying(text, *part[-1]) if part else "" for text, part, _ in sides]
    if after < 2 or bool(kinds[0]) == bool(kinds[1]):
        return []
    variety = kinds[0] or kinds[1]
    qualified = _qualified([word for word, _ in sides[0][2]])
    if not qualified or (variety == "hedge" and sides[0][2][0][0][0] in "0123456789$€£"):
        return []
    own, plain = sides if kinds[0] else sides[::-1]
    has_too = any(word == own[1][-1][0] for word, _ in words(plain[0]))
    if has_too or not _bears_on(own, plain) or (variety == "hedge" and not asserted(own, plain)):
        return []
    least, qualified = qualified, _whole_phrase(sides[0][2], sides[1][2], qualified)
    if _name_goes_on(own, plain, qualified):
        return []
    goes_on = _goes_on(own, qualified), _goes_on(plain, qualified)
    adverbial = own[1][-1][0].endswith("ly") or own[1][-1][0] in MODALS
    if any(goes_on) and not adverbial:
        return []
    qualified = least if all(goes_on) else qualified
    marks = []
    for kind, (_, part, following) in zip(kinds, sides, strict=True):
        will = variety == "hedge" and part and part[-1][0] == "will"
        begin = part[-1][1].begin if kind or will else following[0][1].begin
        marks.append(Span(begin, following[qualified - 1][1].end))
    said = [text[mark.begin : mark.end] for mark, (text, _, _) in zip(marks, sides, strict=True)]
    return [Substitution(variety, marks[0], marks[1], said[0], said[1], int(not kinds[0]))]


def _bears_on(own: _Side, plain: _Side) -> bool:
    """Whether a qualifier bears on the very words that follow it, and the plain text has none at all."""
    text, part, following = own
    word, span = part[-1]
    first = text[following[0][1].begin : following[0][1].end]
    if text[span.end : following[0][1].begin] != " " or following[0][0] in _TIMES:
        return False
    compared = len(part) > 1 and part[-2][0] in ("most", "more", "less", "least")
    if compared or (word.endswith("ly") and first[0].isupper() and not text[span.begin].isupper()):
        return False
    if word.endswith("ly") and first[0].isupper() and not first.isupper() and not _all_capitals(text):
        return False
    other, gap, after = plain
    led = words(other[: (gap or after)[0][1].begin])[-1:]
    before = led[0][0] if led and not gap else gap[-1][0] if gap else ""
    adverb = bool(gap) and bool(_OWN_ADVERB.search(gap[-1][0]))
    same_place = gap and led and len(gap) == len(part) == 1 and led[0][0] in _DETERMINERS | {"first", "only"}
    coloured = not word.endswith("ly") and loaded.kind_of(before) in _COLOURS
    if adverb or coloured or (_modifies(gap) and (same_place or not word.endswith("ly"))):
        return False
    if _qualified_too(other, {stem(w) for w, _ in following[:3]}) or (word in _WHOLE and _ALL.search(other)):
        return False
    quoted = other[: after[0][1].begin].rstrip()[-1:] in tuple("“\"‘'")
    return not (quoted and word in _DISTANT) and (word, following[0][0]) != ("total", "number")


def _name_goes_on(own: _Side, plain: _Side, qualified: int) -> bool:
    """Whether a qualifier bears on a longer name than both have: "the entire Lund Court", "Lund votes"."""
    nexts = []
    for text, _, following in (own, plain):
        last = following[qualified - 1][1]
        after = _NAME_ON.match(text, last.end) if text[last.begin].isupper() else None
        nexts.append(after.group() if after else "")
    return bool(nexts[0]) and not nexts[1]


def _goes_on(side: _Side, qualified: int) -> bool:
    """Whether a text has another noun right behind the phrase: "unprecedented minimum wage hikes"."""
    text, _, following = side
    pattern = _GOES_ON_IN_CAPITALS if _all_capitals(text) else _GOES_ON
    found = pattern.match(text, following[qualified - 1][1].end)
    return found is not None and found.group(1).lower() not in _closed()


def _modifies(gap: Sequence[_Word]) -> bool:
    """Whether words that stand in a qualifier's place end in a modifier: "an exceptional (number)"."""
    run = len(gap)
    while run and gap[run - 1][0] not in _closed():
        run -= 1
    before = gap[run - 1][0] if run else "the"
    return run < len(gap) and before in _DETERMINERS


def _qualified_too(text: str, phrase: set[str]) -> bool:
    """Whether a text has a qualifier of its own right before a word of the phrase, wherever it stands."""
    found = words(text)
    return any(stem(word) in phrase and _qualifying(text, *before) for before, (word, _) in pairwise(found))


def _whole_phrase(left: list[_Word], right: list[_Word], least: int) -> int:
    """How many shared words make up the phrase, so that "blood clots" is not cut after "blood"."""
    n = least
    while n < min(len(left), len(right), least + 2) and left[n][0] == right[n][0]:
        word = left[n][0]
        if word in _UNITS:
            n += 1
            continue
        if word in _closed() or len(word) < 3 or not word[0].isalpha() or word.endswith("ed"):
            break
        if any(side[n][1].begin - side[n - 1][1].end != 1 for side in (left, right)):
            break
        n += 1
    return n


def _all_capitals(text: str) -> bool:
    """Whether a text is a line of headline capitals, where a capital tells nothing."""
    long = [text[s.begin : s.end] for _, s in words(text) if s.end - s.begin > 3]
    return sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _qualified(following: list[str]) -> int:
    """How many of the words that follow a qualifier it bears on: up to the first content word; or 0."""
    for n, word in enumerate(following):
        if word not in _closed() and word not in _QUANTIFIERS:
            return n + 1 if len(word) > 1 and word not in _NO_CONTENT else 0
        if word not in _QUANTIFIERS:
            return 0
    return 0


def _verbs(a: str, b: str, gap: Change) -> list[Substitution]:
    """Two verbs of one act in the same gap, with like words beside it."""
    left, right = _inside(a, gap.a), _inside(b, gap.b)
    if not left or not right or max(len(left), len(right)) > _LONGEST_GAP or gap.before + gap.after < 2:
        return []
    return [
        Substitution("verb", x, y, a[x.begin : x.end], b[y.begin : y.end], own)
        for x, y, own in acts.exchanged((a, left), (b, right))
    ]


def _inside(text: str, span: Span) -> list[tuple[str, Span]]:
    part = words(text[span.begin : span.end])
    return [(word, Span(s.begin + span.begin, s.end + span.begin)) for word, s in part]


@cache
def _closed() -> frozenset[str]:
    closed = {word for listed in lexicons.load("loaded")["closed"].values() for word in listed.split()}
    return frozenset(
        closed | FUNCTION | {"along", "before", "within", "across", "among", "towards", "toward"}
    )


@cache
def _plain_hedges() -> frozenset[str]:
    hedges = frozenset(lexicons.load("loaded")["hedges"]["words"].split())
    return frozenset(hedges - _BEFORE_NUMBERS - _VERBS)


@cache
def _strengtheners() -> frozenset[str]:
    return frozenset(lexicons.load("loaded")["words"]["degree"].split()) - _NO_CONTENT


def _qualifying(text: str, word: str, span: Span) -> str:
    """Whether a word hedges or strengthens what follows it: "hedge", "qualifier" or ""."""
    if text[span.begin : span.end] == "May":
        return ""
    if word in _plain_hedges():
        return "hedge"
    return "qualifier" if word in _strengtheners() else ""
