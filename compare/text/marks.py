"""Stretches of a text that stand inside quotation marks: “…”, "…", ''…'', «…», „…“, ‘…’ and '…'.

A quotation that runs over paragraphs repeats its opening mark and closes only once; each paragraph
gives a stretch of its own, and ``Quoted.runs_on`` says that the next one belongs to it. Every
paragraph is read once from left to right, so the time is linear in the length of the text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from compare.model import Span

_PAIRS = {"“": "”", '"': '"', "''": "''", "``": "''", "«": "»", "„": "“”", "‘": "’", "'": "'"}
_MARK = re.compile(r"''|``|[“”\"«»„‘’']")
_PARAGRAPH = re.compile(r"[^\n]+")
_SINGLE = frozenset("‘’'")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One stretch in quotation marks: ``inner`` without the marks, ``outer`` with them.

    ``depth`` is 0, or 1 for a quotation inside another; ``runs_on`` is true where the paragraph
    ends before the closing mark and the quotation goes on in the next.
    """

    outer: Span
    inner: Span
    depth: int = 0
    runs_on: bool = False


def quoted(text: str) -> list[Quoted]:
    """All stretches in quotation marks in order of their beginning. Single marks that may be
    apostrophes are taken as marks only where a space or a bracket stands on the outer side.
    """
    return list(_quoted(text))


# several rooms ask for those of the same articles
@lru_cache(maxsize=64)
def _quoted(text: str) -> tuple[Quoted, ...]:
    found: list[Quoted] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found.extend(_in_paragraph(text, paragraph.start(), paragraph.end()))
    return tuple(sorted(found, key=lambda q: (q.outer.begin, -q.outer.end)))


def _in_paragraph(text: str, begin: int, end: int) -> list[Quoted]:
    found: list[Quoted] = []
    stack: list[tuple[str, int, int]] = []
    for match in _MARK.finditer(text, begin, end):
        mark, at = match.group(), match.start()
        if stack and _closes(text, stack[-1][0], mark, at, end):
            _, outer, inner = stack.pop()
            found.append(Quoted(Span(outer, match.end()), Span(inner, at), min(len(stack), 1)))
        elif _opens(text, mark, at, begin, end) and len(stack) < 2:
            stack.append((mark, at, match.end()))
        elif len(stack) == 2 and _closes(text, stack[0][0], mark, at, end):
            # an inner mark that never closed was an apostrophe
            stack.pop()
            _, outer, inner = stack.pop()
            found.append(Quoted(Span(outer, match.end()), Span(inner, at)))
    return found + _unclosed(text, stack, end)


def _unclosed(text: str, stack: list[tuple[str, int, int]], end: int) -> list[Quoted]:
    """A mark left open counts only where the next paragraph opens with the same mark again."""
    if not stack or stack[0][0] in _SINGLE:
        return []
    mark, outer, inner = stack[0]
    following = text[end : end + 12].lstrip()
    if not following.startswith(mark):
        return []
    return [Quoted(Span(outer, end), Span(inner, end), 0, runs_on=True)]


def _opens(text: str, mark: str, at: int, begin: int, end: int) -> bool:
    if mark not in _PAIRS:
        return False
    before = text[at - 1] if at > begin else " "
    after = text[at + len(mark)] if at + len(mark) < end else " "
    if mark in ("“", "«", "„"):
        return True
    return not before.isalnum() and not after.isspace() and before not in ".,!?"


def _closes(text: str, opened: str, mark: str, at: int, end: int) -> bool:
    if mark not in (_PAIRS[opened] if len(_PAIRS[opened]) > 1 and opened == "„" else (_PAIRS[opened],)):
        return False
    if mark not in _SINGLE:
        return True
    before = text[at - 1]
    after = text[at + 1] if at + 1 < end else " "
    return not after.isalnum() and not before.isspace()
