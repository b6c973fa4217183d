"""From a raw text to the report alone; nothing is dropped without being kept with its rule.

raw text -> paragraphs -> core -> (marks rewritten, headline settled, furniture and tail dropped)* -> Cleaned
The bracket is repeated until nothing changes, so cleaning a cleaned text changes nothing.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from compare.corpus import dates, headlines, rules
from compare.corpus.core import core
from compare.corpus.markup import heading, unmarked
from compare.corpus.paragraphs import ends_sentence, paragraphs, tidy
from compare.model import Removal

_HEAD = 8
# `python -m benchmarks.pages`: a report with fewer such lines around it is left to the rules.
_FEWEST_UNKNOWN = 5
_ROUNDS = 40
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_BYLINE = re.compile(
    r"(?:by|written by|author|words by)\s*:?\s+((?:[A-Z][\w.’'-]*)(?: (?:and |de |van |von |bin |al-)?"
    r"[A-Z][\w.’'-]*){0,6})(?:,? (?:in|at) [\w .’'-]{2,30}|(?:,| [|–—-]) .{2,60})?",
    re.I,
)
_ENDING = re.compile(
    r"\s*(?:(?:\[\+\d+ chars\]|\[(?:…|\.\.\.)\]|…|\.\.\.)\s*)+(?:(?:continue reading|read more)\W*)?$", re.I
)
_TEASER = re.compile(
    r"(?:.*[.…]\s)?(?P<teaser>(?:continue reading|read more|read the full (?:story|article))\W*)", re.I
)


@dataclass(slots=True)
class _Work:
    """One text under way: its lines, its title (``stated`` by the file, or read off the lines), and
    what was found and removed so far.
    """

    lines: list[str]
    title: str
    stated: bool = False
    removed: list[Removal] = field(default_factory=list)
    published: dt.date | None = None
    author: str = ""
    url: str = ""
    cut: str = ""

    def drop(self, line: str, rule: str) -> None:
        self.removed.append(Removal(line, rule))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text: ``body`` has one blank line between paragraphs, the title (if any) first.

    ``headline`` is the length of the first paragraph in code points: the title, or what stands in
    for it. ``published``, ``author`` and ``url`` are what the text itself says, else None or "".
    """

    title: str
    body: str
    headline: int
    removed: tuple[Removal, ...]
    published: dt.date | None
    author: str
    url: str
    cut: str


def clean(text: str, title: str = "") -> Cleaned:
    """Clean a raw text; ``title`` is the headline where the file states it. Pure, idempotent."""
    title = _settled(title)
    work = _Work(paragraphs(text), "" if rules.rule_for(title) else title)
    work.stated = bool(work.title)
    _page(work)
    for _ in range(_ROUNDS):
        before = list(work.lines)
        for step in (_furniture, _ends, _headline, _repeats, _headings, _tail):
            step(work)
        if work.lines == before:
            break
    first = work.lines[0] if work.lines else ""
    shown = work.title if work.title == first else ""
    return Cleaned(
        shown,
        "\n\n".join(work.lines),
        len(first),
        tuple(work.removed),
        work.published,
        work.author,
        work.url,
        work.cut,
    )


def _page(work: _Work) -> None:
    """Keep the report alone where the text is a whole page, with lines around it that no rule knows."""
    found = core(work.lines)
    unknown = [place for place in found.outside if not _known(work.lines[place])]
    if len(unknown) < _FEWEST_UNKNOWN:
        return
    for place in found.outside:
        work.drop(work.lines[place], _rule(work, work.lines[place], 0) or "outside the run of paragraphs")
    work.lines = [work.lines[place] for place in found.kept]


def _known(line: str) -> bool:
    """Whether a rule names the line, or it is a mark's alone, a heading's or a date's."""
    level, words = heading(line)
    bare = unmarked(words)[0]
    named = rules.rule_for(bare) or _closing(bare) or dates.line_date(bare) or _BYLINE.fullmatch(bare)
    return bool(level or named) or not any(map(str.isalnum, bare))


def _settled(title: str) -> str:
    """A stated title without marks, also where one mark hides another."""
    for _ in range(_ROUNDS):
        before, title = title, tidy(unmarked(tidy(title))[0])
        if title == before:
            break
    return title


def _furniture(work: _Work) -> None:
    """Drop the lines that a rule names, and rewrite the marks in the others."""
    kept: list[str] = []
    for line in work.lines:
        level, words = heading(line)
        words, marks = unmarked(words)
        rule = _rule(work, words, len(kept))
        if rule or not any(map(str.isalnum, words)):
            work.drop(line, rule or "rule or ornament")
            continue
        work.removed += marks
        if level == 1 and not work.stated:
            work.title, work.stated = _settled(words), True
        elif level > 1 and kept and words != work.title:
            work.drop(line, "section heading")
            continue
        kept.append(words)
    work.lines = kept


def _rule(work: _Work, line: str, place: int) -> str:
    if len(line) > rules.LONGEST:
        return ""
    name = rules.rule_for(line)
    if name == "address":
        found = _ADDRESS.search(line)
        work.url = work.url or (found.group() if found else "")
    if name or place >= _HEAD:
        return name
    day = dates.line_date(line)
    if day is not None:
        work.published = work.published or day
        return "date line"
    by = _BYLINE.fullmatch(line)
    if by and line[:1].isupper() and by[1][:1].isupper() and not ends_sentence(line):
        work.author = work.author or by[1]
        return "byline"
    return ""


def _ends(work: _Work) -> None:
    """Act on the lines that close a page: a paywall, a comment form, a list of other articles.

    A closing line takes all that follows with it, if that is the lesser part of the text.
    """
    lines, kept = work.lines, list[str]()
    before, after, place = 0, sum(map(len, work.lines)), 0
    while place < len(lines):
        rule = _closing(lines[place])
        after -= len(lines[place])
        last = place + 1
        if not rule:
            kept.append(lines[place])
            before += len(lines[place])
        elif rule == "related article":
            while last < len(lines) and headlines.like_heading(lines[last]):
                after -= len(lines[last])
                last += 1
        elif before >= after:
            last = len(lines)
        if rule == "paywall":
            work.cut = work.cut or f"the text stops at a paywall (“{lines[place][:80]}”)"
        work.removed += [Removal(line, rule) for line in lines[place:last] if rule]
        place = last
    work.lines = kept


def _closing(line: str) -> str:
    """The rule by which a line closes a text, or ""."""
    if len(line) > rules.LONGEST:
        return ""
    if rules.PAYWALL.fullmatch(line):
        return "paywall"
    if rules.COMMENTS.fullmatch(line):
        return "comment form"
    return "related article" if rules.RELATED_LIST.fullmatch(line) and line[-1] not in ".!" else ""


def _headline(work: _Work) -> None:
    """Settle the title, put it first, and drop what stood above it."""
    if not work.stated:
        work.title = headlines.title_of(work.lines)
    if not work.title:
        return
    keys = [headlines.key(line) for line in work.lines[:_HEAD]]
    key = headlines.key(work.title)
    place = keys.index(key) if key in keys else 0
    above = [line for line in work.lines[:place] if headlines.like_heading(line)]
    for line in above:
        work.drop(line, "above the headline")
    below = [line for i, line in enumerate(work.lines) if i >= place or line not in above]
    if key in keys:
        below.remove(work.lines[place])
    work.lines = [work.title, *below]


def _repeats(work: _Work) -> None:
    """Drop the headline where it stands again, and any paragraph that is there word for word before."""
    seen: set[str] = set()
    kept: list[str] = []
    for line in work.lines:
        if kept and work.title == kept[0] and headlines.repeats(line, work.title):
            work.drop(line, "headline repeated")
        elif line in seen:
            work.drop(line, "paragraph repeated")
        else:
            kept.append(line)
            seen.add(line)
    work.lines = kept


def _headings(work: _Work) -> None:
    """Drop the headings that an outlet sets between paragraphs: they report nothing."""
    lines = work.lines
    inside = {place for place in range(1, len(lines) - 1) if _is_heading(work, place)}
    for place in sorted(inside):
        work.drop(lines[place], "section heading")
    work.lines = [line for place, line in enumerate(lines) if place not in inside]


def _is_heading(work: _Work, place: int) -> bool:
    """A heading stands between two paragraphs, or between headline and text if it is no standfirst."""
    before, line, after = work.lines[place - 1 : place + 2]
    if not headlines.like_heading(line) or not ends_sentence(after):
        return False
    label = headlines.title_case(line) or len(line.split()) <= 3
    return ends_sentence(before) or (place == 1 and before == work.title and label)


def _tail(work: _Work) -> None:
    """Drop headline-like lines after the last sentence; say so where the text itself breaks off."""
    lines = work.lines
    while len(lines) > 2 and any(map(ends_sentence, lines[1:-1])) and _left_over(lines[-1]):
        work.drop(lines.pop(), "after the last sentence")
    if len(lines) < 2:
        return
    last = lines[-1]
    teaser = _TEASER.fullmatch(last) if len(last) <= rules.LONGEST else None
    if teaser:
        begin = teaser.start("teaser")
        work.cut = work.cut or f"the text ends in “{last[begin:]}”"
        work.drop(last[begin:], "teaser")
        lines[-1:] = [rest] if (rest := last[:begin].strip()) else []
    elif _ENDING.search(last[-80:]):
        work.cut = work.cut or f"the text ends in “{last[-12:].strip()}”"
    elif not ends_sentence(last) and len(last.split()) > 8 and not headlines.closes(last):
        work.cut = work.cut or f"the text breaks off in the middle of a sentence (“{last[-40:].strip()}”)"


def _left_over(line: str) -> bool:
    return not ends_sentence(line) and headlines.like_heading(line) and headlines.title_case(line)
