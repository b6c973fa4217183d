"""Proper names in running text: people, places and bodies, by capitals and context.

A capital at the beginning of a sentence proves nothing; there a word counts as a name when the same
text writes it with a capital in mid-sentence, or when it is no common word and never stands in small
letters. In a line of headline capitals only names known from elsewhere in the text or the lexicon count.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from compare.model import Span
from compare.text.lexicons import words
from compare.text.passages import sentences
from compare.text.spelling import fold, fold_name, listed

__all__ = ["Name", "fold", "fold_name", "names"]

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)|(?:al|el|ad|an|ar|as|ash|at|az|d|l)[-'’][A-Z][\w'’-]*"
    r"|[^\W_][\w'’‑-]*(?:&\w+)?"
)
_FRESH = ('"', "“", "‘", ":", ";", "•", "[", " '", " –", " —", " -", "?", "!")
_ARTICLED = re.compile(r"\w{1,3}[-'’]")
_ENDING = re.compile(r"(?:ing|ly|ed|tions?|ments?|ness|ists?|isms?|ities)$")
_PRONOUN = re.compile(r"i(?:['’](?:m|d|ve|ll))?")
_DATE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|(?:sept|nov|dec)ember"
    r"|october"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One mention. ``text`` is what the span covers, without title or possessive; ``key`` agrees for
    all spellings of the name; ``title`` is the title before it ("Secretary of State"), or "".
    """

    span: Span
    text: str
    key: str
    title: str = ""


class _Token(NamedTuple):
    """A word and its place in its sentence; whether it opens one, and is of a line of headline capitals."""

    begin: int
    end: int
    text: str
    first: bool
    shouted: bool
    capital: bool


_Sentence = tuple[int, str, tuple[_Token, ...]]


def names(text: str, context: str = "") -> list[Name]:
    """Return the mentions of proper names in ``text``, in reading order.

    ``context`` is further text of the same article (its body, say), which settles what a capital at
    the beginning of a sentence or in a headline means.
    """
    return list(_names(text, context))


@lru_cache(maxsize=2048)
def _names(text: str, context: str) -> tuple[Name, ...]:
    told = _sentences(text)
    known = _known(told) | (_known_in(context) if context else frozenset())
    small = {t.text.casefold() for _, _, tokens in told for t in tokens if not t.capital}
    found: list[Name] = []
    for n, (begin, sentence, tokens) in enumerate(told):
        ahead = [t for _, _, following in told[n + 1 : n + 3] for t in following[:2]]
        runs = [part for run in _runs(sentence, tokens, ahead) for part in _trusted(run, known, small)]
        found += (_shifted(name, begin) for run in runs for name in _named(sentence, run))
    return tuple(found)


def _shifted(name: Name, by: int) -> Name:
    return replace(name, span=Span(name.span.begin + by, name.span.end + by)) if by else name


@lru_cache(maxsize=64)
def _known_in(context: str) -> frozenset[str]:
    return _known(_sentences(context))


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[_Sentence, ...]:
    parts = ((s.begin, text[s.begin : s.end]) for s in sentences(text))
    return tuple((begin, part, _tokens(part)) for begin, part in parts)


# the sentences of an article are read in it, and each again as a passage
@lru_cache(maxsize=4096)
def _tokens(sentence: str) -> tuple[_Token, ...]:
    found = list(_WORD.finditer(sentence))
    ended = sentence.rstrip("\"”’')").endswith(".")
    shouted = not ended and _headline_capitals([m.group() for m in found])
    tokens: list[_Token] = []
    last = -1
    for m in found:
        begin, end = m.span()
        first = last < 0 or (sentence[last:begin] != " " and sentence[:begin].rstrip().endswith(_FRESH))
        word, last = _bare(m.group()), end
        tokens.append(_Token(begin, begin + len(word), word, first, shouted, _capital(word)))
    return tuple(tokens)


def _bare(word: str) -> str:
    if "'" in word or "’" in word:
        word = re.sub(r"(?:['’]s|['’])$", "", word)
    return word.rstrip("-‑")


def _headline_capitals(found: list[str]) -> bool:
    long = [w for w in found if len(w) > 3 and w[0].isalpha()]
    if len(found) < 4 or len(long) < 3:
        return False
    return sum(w[0].isupper() for w in long) >= 0.8 * len(long) and not all(w.isupper() for w in found)


def _capital(word: str) -> bool:
    if word[:1].isupper():
        return True
    return not word.isalpha() and bool(_ARTICLED.match(word)) and any(c.isupper() for c in word)


def _known(told: Sequence[_Sentence]) -> frozenset[str]:
    """Folded words that this text writes with a capital where nothing but a name explains it."""
    return frozenset(
        fold(t.text)
        for _, _, tokens in told
        for t in tokens
        if t.capital and not t.first and not t.shouted and not _PRONOUN.fullmatch(t.text.casefold())
    )


def _runs(text: str, tokens: Sequence[_Token], ahead: Sequence[_Token]) -> list[list[_Token]]:
    """Stretches of capitalised words of a sentence with the particles between them; ``ahead`` begins what
    follows the sentence.
    """
    runs: list[list[_Token]] = []
    open_run: list[_Token] = []
    for place, token in enumerate(tokens):
        if open_run and _joins(text, open_run, token, [*tokens[place + 1 : place + 3], *ahead][:2]):
            open_run.append(token)
        elif token.capital and not _PRONOUN.fullmatch(token.text.casefold()):
            open_run = [token]
            runs.append(open_run)
        else:
            open_run = []
    return runs


def _joins(text: str, run: list[_Token], token: _Token, following: Sequence[_Token]) -> bool:
    last = run[-1]
    gap = text[last.end : token.begin].replace("\u00a0", " ")
    if gap not in (" ", " & "):
        dotted = gap == ". " and (len(last.text) == 1 or last.text.casefold() in _list("short"))
        if not dotted:
            return False
    if token.capital:
        return not _PRONOUN.fullmatch(token.text.casefold())
    if token.text in ("of", "for"):
        return (token.text == "of" and last.text in _list("bodies")) or _office(following)
    inside = token.text in _list("particles") or (token.text == "the" and last.text == "of")
    return inside and bool(following) and following[0].capital


def _office(following: Sequence[_Token]) -> bool:
    offices = _list("offices")
    return any(" ".join(t.text for t in following[:n]) in offices for n in (1, 2))


def _list(table: str) -> frozenset[str]:
    return words("titles", table)


def _trusted(run: list[_Token], known: frozenset[str], small: set[str]) -> list[list[_Token]]:
    """The parts of a run that are names, whatever their place gave them capitals for."""
    if not run[0].shouted:
        return [run[1:] if run[0].first and not _name_at_start(run, known, small) else run]
    parts: list[list[_Token]] = [[]]
    for token in run:
        if (fold(token.text) in known or listed(token.text)) and not _common(token.text):
            parts[-1].append(token)
        elif parts[-1]:
            parts.append([])
    return parts


def _name_at_start(run: list[_Token], known: frozenset[str], small: set[str]) -> bool:
    word = run[0].text
    if len(word) > 1 and word.isupper():
        return word.casefold() not in small
    if fold(word) in known:
        return not _common(word) or len(run) > 1
    if word in _list("heads") | _list("before"):
        return True
    return word.casefold() not in small and not _common(word)


def _common(word: str) -> bool:
    low = re.split(r"n?['’](?:ll|re|ve|d|m|t)$", word.casefold())[0]
    return low in words("openers", "words") or (len(low) > 5 and bool(_ENDING.search(low)))


def _named(text: str, run: list[_Token]) -> list[Name]:
    """Split a run at the title in it: "U.S. Secretary of State Marco Rubio" names two."""
    run = _trimmed(run)
    begin, end = _title(run)
    if begin == end:
        return _name(text, run, "")
    title = text[run[begin].begin : run[end - 1].end] if end < len(run) else ""
    return [*_name(text, run[:begin], ""), *_name(text, run[end:], title)]


def _title(run: list[_Token]) -> tuple[int, int]:
    """The stretch of the run that is a title: words before a head, the head, and its office."""
    heads, before = _list("heads"), _list("before")
    found = [n for n, t in enumerate(run) if t.text in heads or t.text + "." in heads]
    if not found:
        return 0, 0
    begin = end = found[0]
    while begin and run[begin - 1].text in before:
        begin -= 1
    end = begin
    while end < len(run) and {run[end].text, run[end].text + "."} & (heads | before):
        end += 1
    if end < len(run) and run[end].text in ("of", "for"):
        after = [t.text for t in run[end + 1 : end + 4]]
        end += next((n + 1 for n in (3, 2, 1) if " ".join(after[:n]) in _list("offices")), 0)
    return begin, end


def _trimmed(run: list[_Token]) -> list[_Token]:
    while run and (not run[-1].capital or _DATE.fullmatch(run[-1].text.casefold())):
        run = run[:-1]
    while run and (not run[0].capital or _DATE.fullmatch(run[0].text.casefold())):
        run = run[1:]
    return run


def _name(text: str, run: list[_Token], title: str) -> list[Name]:
    run = _trimmed(run)
    if not run or (len(run) == 1 and _common(run[0].text) and not run[0].text.isupper()):
        return []
    span = Span(run[0].begin, run[-1].end)
    return [Name(span, text[span.begin : span.end], fold_name(text[span.begin : span.end]), title)]
