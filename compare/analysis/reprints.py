"""Reprints: what an outlet changed in a text that another prints too, most often an agency's.

Copies share the order of their sentences, so they are collated sentence by sentence, as witnesses of
one text are (Dekker and others 2015, "Computer-supported collation of modern manuscripts"), not by
likeness: a sentence that stands on one side alone, between sentences that both have, was cut or added.
"""

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.model import Alignment, Article, Evidence, Finding, Passage, Span
from compare.text.citing import cited, listed
from compare.text.differences import Change, changes, words
from compare.text.marks import quoted
from compare.text.passages import sentences

# Two sentences are one, edited, where they share ALIKE of their words; one stands alone where none of the
# other copy's holds LOOSE of its words. `python -m benchmarks.reprints`: 145 of 146 claims right.
ALIKE, LOOSE = 0.6, 0.6
FEWEST_WORDS, RUNNING_WORDS = 5, 4
FEWEST_SHARED = 2  # sentences outside quotation marks: two reports may quote one statement at length
MOST_CITED, LONGEST_CITED = 2, 120
CONFIDENCE, WEIGHT = 0.89, 0.55
# In small letters: what has none is a dateline, a time of editing or a heading.
_RUNNING = re.compile(r"(?<![^\s“‘\"'(])[a-z][\w’'-]*")
_HEAD = re.compile(r"[A-Z]{3}[A-Z .,/’'-]*(?:, [\w. ]{3,20})? ?(?:\([^)]{2,40}\))? ?[-–—]+ ")
_DATELINE = re.compile(r"[A-Z]{3}[^a-z]*\b.{0,60}")
_NAMES = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_STAMP = re.compile(
    rf"(?=.*\d)(?:[^a-z]|(?:{_NAMES})[a-z]*\b|[ap]\.?m\b|(?:[Ee]dit|[Pp]ost|[Uu]pdat|[Pp]ublish)ed\b|\b(?:on|at)\b)*"
)
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Collation:
    """Of two copies: sentences that stand in one alone, with the other's sentence before that place, pairs of
    sentences that stand in both, edited, and the first copy's sentences that stand in both as they are.
    """

    only: tuple[tuple[tuple[Passage, Passage], ...], tuple[tuple[Passage, Passage], ...]]
    edited: tuple[tuple[Passage, Passage], ...]
    same: tuple[Passage, ...]


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """One finding of kind "wording", variety "reprint", for each two outlets whose copies of a text differ.

    Nothing is said of what an article that is cut off does not print, of headlines, nor of lines of
    fewer than ``FEWEST_WORDS`` words, ``RUNNING_WORDS`` of them in small letters.
    """
    articles = {article.id: article for article in alignment.story.articles}
    told = {name: _sentences(name, alignment) for group in alignment.story.copies for name in group}
    found = []
    for group in alignment.story.copies:
        for one, other in itertools.combinations(sorted(group, key=lambda n: articles[n].outlet), 2):
            pair = articles[one], articles[other]
            if pair[0].outlet != pair[1].outlet:
                made = _collated(told[one], told[other], (bool(pair[0].cut), bool(pair[1].cut)))
                told_in_both = [*made.same, *(p for p, _ in made.edited)]
                least = min(FEWEST_SHARED, len(told[one]), len(told[other]))
                if (made.edited or any(made.only)) and _own(told_in_both, pair[0]) >= least:
                    found.append(_finding((pair[0].outlet, pair[1].outlet), made))
    return tuple(found)


def _sentences(name: str, alignment: Alignment) -> list[Passage]:
    article = next(one for one in alignment.story.articles if one.id == name)
    every = (passage for column in alignment.passages for passage in column)
    told = [p for p in every if p.article == name and p.span.begin >= _begin(article)]
    return [sentence for p in told for sentence in _split(p, article)]


def _split(passage: Passage, article: Article) -> list[Passage]:
    """The sentences of a passage: a headline is one, be it a whole paragraph."""
    if passage.span.begin >= article.headline.end:
        return [passage]
    begin = passage.span.begin
    found = [Span(begin + s.begin, begin + s.end) for s in sentences(passage.text)]
    return [Passage(article.id, span, article.body[span.begin : span.end]) for span in found]


def _begin(article: Article) -> int:
    """Where the report begins: a first paragraph may stand in for a headline, and is printed all the same."""
    head = article.body[article.headline.begin : article.headline.end].rstrip()
    opening = not article.title and head.endswith((".", "!", "?", "”", '"'))
    return article.headline.begin if opening else article.headline.end


def _own(told: Sequence[Passage], article: Article) -> int:
    """How many of an article's sentences say something outside quotation marks."""
    spoken = [one.outer for one in quoted(article.body)]
    return sum(
        sum(
            not any(one.begin <= p.span.begin + span.begin < one.end for one in spoken)
            for _, span in words(p.text)
        )
        >= FEWEST_WORDS
        for p in told
    )


def _collated(a: Sequence[Passage], b: Sequence[Passage], cut: tuple[bool, bool]) -> _Collation:
    keys = [[" ".join(w for w, _ in words(p.text)) for p in side] for side in (a, b)]
    only: tuple[list[tuple[Passage, Passage]], list[tuple[Passage, Passage]]] = ([], [])
    edited: list[tuple[Passage, Passage]] = []
    gaps = list(_gaps(*keys))
    for i, k, j, n in gaps:
        paired = list(_paired(a[i:k], b[j:n]))
        edited += paired
        for side, (begin, end), text, other, place in ((0, (i, k), a, b, j), (1, (j, n), b, a, i)):
            if not cut[1 - side] and other:
                near = other[max(place - 1, 0)]
                gone = [p for p in text[begin:end] if not any(p is pair[side] for pair in paired)]
                only[side].extend((p, near) for p in gone if _alone(p, other))
    same = tuple(p for place, p in enumerate(a) if not any(i <= place < k for i, k, _, _ in gaps))
    return _Collation((tuple(only[0]), tuple(only[1])), tuple(edited), same)


def _gaps(a: list[str], b: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between the sentences that both have, as ``(i, k, j, n)``: ``a[i:k]``, ``b[j:n]``."""
    # difflib breaks ties by the order of its arguments, so they are put in an order of their own.
    swapped = (len(b), b) < (len(a), a)
    matcher = difflib.SequenceMatcher(None, *((b, a) if swapped else (a, b)), autojunk=False)
    for tag, i, k, j, n in matcher.get_opcodes():
        if tag != "equal":
            yield (j, n, i, k) if swapped else (i, k, j, n)


def _paired(a: Sequence[Passage], b: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Sentences of one gap that are each other's likest and share ``ALIKE`` of their words."""
    for one in a:
        other = max(b, key=lambda p: (_shared(one, p), -p.span.begin), default=None)
        if other is None or _shared(one, other) < ALIKE:
            continue
        if max(a, key=lambda p: (_shared(p, other), -p.span.begin)) is one and _changes(one.text, other.text):
            yield one, other


def _changes(one: str, other: str) -> list[Change]:
    """What differs but for hyphens and for a dateline, which every outlet gives in its own way."""
    found = [c for c in changes(one, other) if _letters(one, c.a) != _letters(other, c.b)]
    ends = [head.end() if (head := _HEAD.match(text)) else 0 for text in (one, other)]
    found = [c for c in found if c.a.end > ends[0] or c.b.end > ends[1]]
    return [c for c in found if c.before or not (_headed(one, c.a, c.b) or _headed(other, c.b, c.a))]


def _letters(text: str, span: Span) -> str:
    return _NO_LETTER.sub("", text[span.begin : span.end]).casefold()


def _headed(text: str, span: Span, other: Span) -> bool:
    head = text[span.begin : span.end]
    dated = _DATELINE.fullmatch(head) or _STAMP.fullmatch(head)
    return span.begin == 0 and other.begin == other.end == 0 and bool(dated)


def _alone(passage: Passage, others: Sequence[Passage]) -> bool:
    running = len(_RUNNING.findall(passage.text)) >= RUNNING_WORDS
    long_enough = running and len(words(passage.text)) >= FEWEST_WORDS
    return long_enough and all(_held(passage, other) < LOOSE for other in others)


def _shared(one: Passage, other: Passage) -> float:
    """Dice's coefficient of the words of two sentences."""
    a, b = ({w for w, _ in words(p.text)} for p in (one, other))
    return 2 * len(a & b) / max(len(a) + len(b), 1)


def _held(one: Passage, other: Passage) -> float:
    """The share of the shorter sentence's words that the longer one has too (Broder 1997, containment)."""
    a, b = ({w for w, _ in words(p.text)} for p in (one, other))
    return len(a & b) / max(min(len(a), len(b)), 1)


def _finding(outlets: tuple[str, str], made: _Collation) -> Finding:
    says = []
    for side in (0, 1):
        alone = made.only[side]
        if alone:
            cites = [cited(p.text, LONGEST_CITED) for p, _ in alone[:MOST_CITED]]
            more = [f"{len(alone) - MOST_CITED} more"] if len(alone) > MOST_CITED else []
            says.append(f"only {outlets[side]} prints {listed([*cites, *more])}")
    if made.edited:
        count = len(made.edited)
        says.append(f"{count} sentence{' differs' if count == 1 else 's differ'} in wording or spelling")
    shared = len(made.same) + len(made.edited)
    print_one = (
        f"share {shared} sentence{'s' if shared > 1 else ''} of one text"
        if all(made.only)
        else "print one text"
    )
    summary = f"{outlets[0]} and {outlets[1]} {print_one}: {'; '.join(says)}."
    evidence = tuple(dict.fromkeys(_evidence(outlets, made)))
    return Finding("wording", "reprint", summary, evidence, CONFIDENCE, WEIGHT)


def _evidence(outlets: tuple[str, str], made: _Collation) -> Iterator[Evidence]:
    for one, other in made.edited:
        found = _changes(one.text, other.text)
        for outlet, passage, spans in (
            (outlets[0], one, [change.a for change in found]),
            (outlets[1], other, [change.b for change in found]),
        ):
            begin = passage.span.begin
            marks = tuple(Span(begin + s.begin, begin + s.end) for s in spans if s.begin < s.end)
            yield Evidence(outlet, passage, marks=marks)
    for side in (0, 1):
        for passage, near in made.only[side]:
            yield Evidence(outlets[side], passage)
            yield Evidence(outlets[1 - side], near, "nearest")
