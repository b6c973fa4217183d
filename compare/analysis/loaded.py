"""Loaded and unsourced words in one outlet's telling of a fact that others tell without."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from compare.model import Alignment, Evidence, Finding, Passage, Span
from compare.text import lexicons
from compare.text.citing import listed
from compare.text.contrast import contrast
from compare.text.loaded import Word, kind_of
from compare.text.loaded import words as words_of
from compare.text.marks import quoted
from compare.text.phrases import FUNCTION
from compare.text.substitution import content, shared
from compare.text.utterances import stems, telling

# Shares upheld in the hand-checked samples of docs/reliability.md.
CONFIDENCE = {"loaded": 0.85, "unsourced": 0.85}
WEIGHT = {"loaded": 0.7, "unsourced": 0.6}
LEAST_SHARED, LEAST_UNSOURCED = 0.35, 0.6  # of the shorter passage's words
LOADED = 0.2  # chance that a careful reader marks a word, from which it is shown
ITSELF = 0.4  # from which the noun that it colours is loaded too: as rare as LOADED was without meanings
FREE = 0.1  # chance below which a word before the same noun in another passage counts as none
TELLING = frozenset(("blame", "praise", "crude"))
Told = tuple[str, Passage]
_Plain = tuple[str, Passage, Span | None]
_SOURCE = re.compile(
    r"\b(?:rumou?r\w*|according|sources?|critic\w*|experts?|observers?|analysts?|believ\w+|thought|thinks?"
    r"|said|says?|reportedly|suspect\w*|appear\w*|seem\w*|den(?:y|ies|ied)|question\w*"
    r"|concern\w*|fears?|calls? for)\b",
    re.I,
)
_HEARD = re.compile(
    r"\b(?:according to|reports?|reported|sources?|told|officials?|people (?:close|briefed|familiar))\b",
    re.I,
)
# What only says that somebody says it; the rest of a phrase names what is claimed.
_SAID = re.compile(
    r"(?:sa(?:id|ys?)|believed?|thought|rumou?red|seen|understood|appears|widely|sources?|insiders|experts"
    r"|observers|analysts|critics|many|some|argue|warn|agree|claim|note|charge|contend|according|growing|mounting"
    r"|amid|rais(?:ed|ing)|is|it|are|to|that|as)"
)
_NAMED = re.compile(r"[^.;]{0,60}\b(?:from|by) (?:\w+ )?[A-Z]")  # "criticism from President Rivera"
_TERMED = frozenset(
    ("termed", "called", "calls", "described", "describes", "dubbed", "deemed", "possibly", "potentially")
)
_FEWEST = 4  # words of content below which a passage tells too little to tell the same
_WHOSE = re.compile(r"([A-Z][\w-]+)['’]s?\s$")
_BACK = re.compile(r"\W*(?:the|this|these|that|those)\s+$", re.IGNORECASE)  # "The tweets were from 2012"
_QUANTITIES = frozenset(("several", "many", "some", "few", "more", "most", "two", "three", "four", "five"))


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """One finding a passage with a loaded word, or with a claim nobody stands for, beside the passage of
    another outlet in the same row that tells the same without. Quoted words do not count.

    Without means, of a loaded word, that the other outlet has the very word that it colours (burns, not
    nasty burns); and of a claim, that the passages share half their words.
    """
    bodies = {article.id: article.body for article in alignment.story.articles}
    heads = {article.id: article.headline.end for article in alignment.story.articles}
    spoken = {name: [quote.outer for quote in quoted(body)] for name, body in bodies.items()}
    texts = dict(zip(alignment.outlets, alignment.passages, strict=True))
    findings: list[Finding] = []
    for row in alignment.rows:
        cells = zip(alignment.outlets, row.cells, strict=True)
        told = [(outlet, passage) for outlet, cell in cells for passage in cell.passages]
        if len({outlet for outlet, _ in told}) > 1:
            words = {passage: _own(passage, spoken[passage.article]) for _, passage in told}
            findings += _in_row(told, words, heads, texts)
    return tuple(findings)


def _in_row(
    told: Sequence[Told],
    words: Mapping[Passage, Sequence[Word]],
    heads: Mapping[str, int],
    texts: Mapping[str, Sequence[Passage]],
) -> Iterator[Finding]:
    for outlet, passage in told:
        others = [(o, p) for o, p in told if o != outlet and shared(passage.text, p.text) >= LEAST_SHARED]
        for word, run, head in _coloured(words[passage]):
            whose = _WHOSE.search(passage.text, 0, word.span.begin)
            same = [(o, p) for o, p in others if not whose or whose.group(1) in p.text]
            plain = [
                (o, p, mark)
                for o, p in same
                if (mark := _plain(head, run, p, words[p])) and not _colours(head, texts[o])
            ]
            if plain and not any(kind_of(word.text.lower()) == w.kind for _, p, _ in plain for w in words[p]):
                yield _loaded(outlet, passage, (word, head), plain)
        unsourced = tuple(
            word
            for word in words[passage]
            if word.phrase == "unsourced" and not _NAMED.match(passage.text, word.span.end)
        )
        without = unsourced and [
            (o, p, None)
            for o, p in others
            if shared(passage.text, p.text) >= LEAST_UNSOURCED
            # a headline is short, and leaves out who says so; beside another headline it tells
            and _above(p, heads) <= _above(passage, heads)
            and not _SOURCE.search(p.text)
            and not any(word.phrase == "unsourced" for word in words[p])
            and content(p.text) >= _FEWEST
            and not _sourced(unsourced, texts[o])
        ]
        if without:
            yield _unsourced(outlet, passage, unsourced, without)


def _above(passage: Passage, heads: Mapping[str, int]) -> bool:
    return passage.span.begin < heads[passage.article]


def _sourced(unsourced: Sequence[Word], passages: Sequence[Passage]) -> bool:
    """Whether an outlet says anywhere from whom it has it, or names the fears or calls that are claimed."""
    claimed = (word.text.lower() for word in unsourced)
    about = stems([word for word in claimed if not _SAID.fullmatch(word)])
    hears = _HEARD.search if unsourced and not about else None
    return any(
        hears(p.text) if hears else stems(re.findall(r"\w+", p.text.lower())) & about for p in passages
    )


def _colours(head: Word, passages: Sequence[Passage]) -> bool:
    """Whether an outlet has a loaded word right before the noun anywhere."""
    noun = head.text.lower()
    for passage in passages:
        if noun in passage.text.lower():
            for before, word in itertools.pairwise(words_of(passage.text)):
                if word.text.lower() == noun and before.kind and before.chance >= FREE:
                    return True
    return False


def _coloured(words: Sequence[Word]) -> Iterator[tuple[Word, Sequence[Word], Word]]:
    """Evaluative words with what runs on from them and, of this, the noun that they colour, where it can be
    told without a tagger.
    """
    factual = _listed("factual")
    for n, word in enumerate(words):
        if word.kind in TELLING and word.chance >= LOADED and word.text.lower() not in factual:
            run = _noun_phrase(_run(words, n))
            head = (
                run[0] if len(run) > 1 and run[1].text.endswith(("ed", "ing")) else run[-1] if run else None
            )
            closed = head and not telling([head.text.lower()])
            said = closed or any(w.text.lower() in _TERMED for w in words[max(0, n - 3) : n])
            if head and head.chance < ITSELF and not said and not word.text.endswith(("ing", "ly")):
                yield word, run, head


@cache
def _listed(table: str) -> frozenset[str]:
    return frozenset(lexicons.load("loaded")[table]["words"].split())


def _run(words: Sequence[Word], n: int) -> list[Word]:
    """The content words in small letters right behind a word, up to three, with one space between."""
    run: list[Word] = []
    for before, word in itertools.pairwise(words[n : n + 4]):
        closed = (
            word.text.lower() in FUNCTION
            or word.text.lower() in _listed("no_nouns")
            or not word.text[0].islower()
        )
        if closed or word.span.begin - before.span.end != 1:
            break
        run.append(word)
    return run


def _noun_phrase(run: list[Word]) -> list[Word]:
    """What runs on without a participle at its end: "spending cuts" of "spending cuts aimed"."""
    while len(run) > 1 and run[-1].text.endswith("ed"):
        run = run[:-1]
    return run


def _plain(head: Word, run: Sequence[Word], passage: Passage, words: Sequence[Word]) -> Span | None:
    """Where another passage has the coloured word, with no modifiers but those that the first has too.

    Not where it stands before another noun ("midterm elections"), nor where it points back.
    """
    shared_words = {word.text.lower() for word in run}
    for n, word in enumerate(words):
        if word.text.lower() == head.text.lower():
            begin = n
            while (
                begin
                and words[begin].span.begin - words[begin - 1].span.end == 1
                and _modifies(words[begin - 1])
            ):
                begin -= 1
            others = {w.text.lower() for w in words[begin:n]} - shared_words
            loaded = n and words[n - 1].kind and words[n - 1].chance >= FREE
            cited = passage.text[: word.span.begin].rstrip().endswith(("'", "’", "”", '"'))
            back = _BACK.fullmatch(passage.text[: word.span.begin])
            verb = passage.text[word.span.end : word.span.end + 4] == " to "
            apart = loaded or cited or verb or back or others or _goes_on(words, n)
            return None if apart else Span(words[begin].span.begin, word.span.end)
    return None


def _goes_on(words: Sequence[Word], n: int) -> bool:
    """Whether a noun seems to stand before another: a plural does not, and "rescued" is none."""
    run = [] if words[n].text.endswith("s") else _run(words, n)
    return bool(run) and bool(telling([run[0].text])) and not run[0].text.endswith("ed")


def _modifies(word: Word) -> bool:
    """Whether a word before a noun may belong to it: no name, and none of a closed class."""
    low = word.text.lower()
    closed = low in FUNCTION or low in _QUANTITIES or not telling([low])
    return low == word.text and not closed and (not low.endswith("s") or low.endswith("ss"))


def _own(passage: Passage, quotes: Sequence[Span]) -> tuple[Word, ...]:
    """The words of a passage in the outlet's own voice, and not those of names."""
    begin, end = passage.span.begin, passage.span.end
    inside = [(q.begin - begin, q.end - begin) for q in quotes if q.begin < end and begin < q.end]
    return tuple(
        word
        for word in words_of(passage.text)
        if not any(first <= word.span.begin < last for first, last in inside)
        and (word.text[0].islower() or not word.span.begin or word.phrase)
    )


def _loaded(outlet: str, passage: Passage, pair: tuple[Word, Word], others: Sequence[_Plain]) -> Finding:
    word, head = pair
    nearest = _nearest(passage, others)
    phrase = passage.text[word.span.begin : head.span.end]
    nouns = {other: _marked(evidence) for other, evidence in nearest.items()}
    noun = next(iter(nouns.values()))
    nearest = {other: evidence for other, evidence in nearest.items() if nouns[other] == noun}
    summary = contrast([(f"“{phrase}”", (outlet,)), (f"“{noun}”", list(nearest))])
    evidence = (Evidence(outlet, passage, marks=_joined(passage, (word,))), *nearest.values())
    return Finding("wording", "loaded", summary, evidence, CONFIDENCE["loaded"], WEIGHT["loaded"])


def _marked(evidence: Evidence) -> str:
    mark, begin = evidence.marks[0], evidence.passage.span.begin
    return evidence.passage.text[mark.begin - begin : mark.end - begin]


def _unsourced(outlet: str, passage: Passage, marked: Sequence[Word], others: Sequence[_Plain]) -> Finding:
    marks = _joined(passage, marked)
    nearest = _nearest(passage, others)
    base = passage.span.begin
    said = " and ".join(f"“{passage.text[m.begin - base : m.end - base]}”" for m in marks)
    leave = "leaves" if len(nearest) == 1 else "leave"
    summary = f"{outlet} writes {said} and names nobody; {listed(list(nearest))} {leave} that out."
    evidence = (Evidence(outlet, passage, marks=marks), *nearest.values())
    return Finding("wording", "unsourced", summary, evidence, CONFIDENCE["unsourced"], WEIGHT["unsourced"])


def _nearest(passage: Passage, others: Sequence[_Plain]) -> dict[str, Evidence]:
    """The likest passage of each other outlet."""
    nearest: dict[str, Evidence] = {}
    for other, plain, mark in sorted(others, key=lambda o: (-shared(passage.text, o[1].text), o[1])):
        at = (Span(plain.span.begin + mark.begin, plain.span.begin + mark.end),) if mark else ()
        nearest.setdefault(other, Evidence(other, plain, marks=at))
    return nearest


def _joined(passage: Passage, marked: Sequence[Word]) -> tuple[Span, ...]:
    """Body offsets of the marked words, those of one phrase as one."""
    base = passage.span.begin
    marks: list[Span] = []
    for word in marked:
        span = Span(base + word.span.begin, base + word.span.end)
        if marks and not passage.text[marks[-1].end - base : span.begin - base].strip():
            marks[-1] = Span(marks[-1].begin, span.end)
        else:
            marks.append(span)
    return tuple(marks)
