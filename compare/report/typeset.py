"""Text from strangers made safe to set: no controls, no run that cannot wrap, no missing glyph."""

import functools
import re
import unicodedata
from collections.abc import Set

RUN = 40
LONGEST = 1000
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_RUN = re.compile(rf"\S{{{RUN}}}(?=\S)")
_STACK = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{3})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)
_SILENT = frozenset(map(ord, " \t\n\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SCRIPTS = {"CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


def clean(text: str) -> str:
    """``text`` without control and bidirectional characters, and without towers of accents."""
    return _STACK.sub(r"\1", _CONTROLS.sub("", text))


def bounded(text: str) -> str:
    """``text``, cut after ``LONGEST`` characters: nothing on a page needs more in one piece."""
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def breakable(text: str) -> str:
    """``text`` with a zero-width space after every ``RUN`` characters that have no space."""
    return _RUN.sub("\\g<0>\u200b", text)


def settable(text: str, coverage: Set[int]) -> str:
    """``text`` with every run that ``coverage`` has no glyph for named instead: "[Korean: 3 characters]"."""
    if all(point in coverage or point in _SILENT for point in map(ord, text)):
        return text
    out: list[str] = []
    missing = ""
    for character in text:
        known = ord(character) in coverage or ord(character) in _SILENT
        shown = character if known or not character.isspace() else " "
        if (shown == " " and missing) or (shown != " " and not known):
            missing += shown
        else:
            out += [_named(missing), shown]
            missing = ""
    return "".join([*out, _named(missing)])


def _named(missing: str) -> str:
    """A visible word for characters without a glyph; spaces that follow them are kept."""
    bare = missing.rstrip(" ")
    if not bare:
        return missing
    count = len(bare) - bare.count(" ")
    noun = "character" if count == 1 else "characters"
    return f"[{_script(bare[0])}: {count} {noun}]" + missing[len(bare) :]


@functools.lru_cache(maxsize=4096)
def _script(character: str) -> str:
    name = unicodedata.name(character, "").split(" ", 1)[0].split("-")[0]
    if unicodedata.category(character).startswith("S") or not name:
        return "symbol"
    return _SCRIPTS.get(name, name.capitalize())
