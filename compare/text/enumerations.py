"""Numbered, lettered and bulleted items that share a line."""

import re
from itertools import groupby

_MARK = re.compile(r"(?:^|(?<=\s))(?:([•⁃‣◦▪·])\s*)?(?:(\d{1,2})|([a-z]))(\.\)|[.)])\s+(?=\S)")
_BULLET = re.compile(r"(?:^|(?<=\s))[•⁃‣◦▪]\s*(?=\w)")


def items(line: str) -> tuple[set[int], set[int]]:
    """Return where items begin, and where no sentence begins because a mark belongs to its item.

    Marks count as items only in a run: 1. 2. 3. or a) b) c), the first of them opening the line
    or standing after the end of a sentence.
    """
    marks = list(_MARK.finditer(line))
    begins = {m.start() for m in _BULLET.finditer(line)}
    inside = {m.end() for m in marks if m.group(1) or (m.group(2) and m.start() == 0)}
    for run in _runs(line, marks):
        begins |= {m.start() for m in run}
        inside |= {m.end() for m in run}
    return begins, inside


def _runs(line: str, marks: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    def style(mark: re.Match[str]) -> tuple[bool, str]:
        return bool(mark.group(2)), mark.group(4)

    runs: list[list[re.Match[str]]] = []
    for _, group in groupby(sorted(marks, key=lambda m: (style(m), m.start())), key=style):
        for mark in group:
            if runs and style(runs[-1][-1]) == style(mark) and _rank(mark) == _rank(runs[-1][-1]) + 1:
                runs[-1].append(mark)
            elif _rank(mark) == 1 or mark.group(1):
                runs.append([mark])
    return [run for run in runs if len(run) > 1 and _opens(line, run[0])]


def _rank(mark: re.Match[str]) -> int:
    return int(mark.group(2)) if mark.group(2) else ord(mark.group(3)) - ord("a") + 1


def _opens(line: str, mark: re.Match[str]) -> bool:
    before = line[: mark.start()].rstrip()
    return not before or before[-1] in '.!?:;)"”'
