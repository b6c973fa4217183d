"""A passage cited inside a sentence of ours: on one line, in quotation marks, cut where it is long."""

import re
from collections.abc import Sequence
from functools import lru_cache

LONGEST = 200
_OPENING, _CLOSING = "“«„", "”»"
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)")
_SINGLE = str.maketrans({"“": "‘", "”": "’", "«": "‘", "»": "’", "„": "‘"})
_ABBREVIATED = re.compile(r"(?:\.\.|\b\w\.\w)\.$|\b[a-z]\.$")
_LONE = re.compile(r'(?:(?<=\S)("))|"')
_STRAIGHT = re.compile(r'"([^"]*)"|``(.*?)\'\'')


# a passage is cited against every outlet that lacks it
@lru_cache(maxsize=4096)
def cited(text: str, longest: int = LONGEST) -> str:
    """``text`` in double quotation marks, at most about ``longest`` characters of it.

    It is cut after a clause, or a word, with "…"; quotation marks inside become single, and one that
    has lost its partner at either end goes. Sentences lose the full stop that would stand before ours.
    """
    flat = " ".join(text.split())
    if '"' in flat or "``" in flat:
        flat = _STRAIGHT.sub(lambda m: f"“{m.group(1) or m.group(2) or ''}”", flat)
        flat = _LONE.sub(lambda m: "”" if m.group(1) else "“", flat)
    whole = _balanced(_cut(flat, longest)).strip()
    ended = whole.removesuffix(".") if not _ABBREVIATED.search(whole[-5:]) else whole
    return f"“{ended.translate(_SINGLE)}”"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """The parts as an English list, ``last`` before the last of them: "a, b and c"."""
    return f" {last} ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def _cut(flat: str, longest: int) -> str:
    if len(flat) <= longest:
        return flat
    clauses = [match.start() for match in _CLAUSE.finditer(flat, longest // 2, longest)]
    end = clauses[-1] if clauses else flat.rfind(" ", longest // 2, longest)
    return flat[: end if end > 0 else longest].rstrip(" ,;:–—-") + "…"


def _balanced(text: str) -> str:
    """Without an opening mark at the front, or a closing one at the end, that has no partner."""
    opened = sum(text.count(mark) for mark in _OPENING)
    closed = sum(text.count(mark) for mark in _CLOSING)
    if opened > closed and text[:1] in _OPENING:
        return text[1:]
    if opened > closed and text.endswith("…"):
        return text + "”"
    if closed > opened and text[-1:] in _CLOSING:
        return text[:-1]
    return f"“{text}" if closed > opened else text
