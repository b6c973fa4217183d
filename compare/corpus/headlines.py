"""Telling headlines and section headings from running text."""

import re

from compare.corpus.paragraphs import ends_sentence

_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_SEPARATOR = re.compile(r"\s*(?:[|–—:»]|\s-\s)\s*\S+(?:\s\S+){0,4}\s*")
_CLOSING = re.compile(r"[\"“”’»)]$|[—–-] ?\w[\w .]{0,30}$")


def key(line: str) -> str:
    """A line without case, spaces and punctuation, to tell whether two say the same."""
    return "".join(_WORD.findall(line.casefold()))


def title_case(line: str) -> bool:
    """Whether the longer words (four letters and more) are nearly all capitalised."""
    long = [word for word in _WORD.findall(line) if len(word) >= 4]
    upper = sum(word[0].isupper() or word[0].isdecimal() for word in long)
    return bool(long) and upper >= 0.7 * len(long) and (len(long) > 1 or len(line.split()) <= 3)


def like_heading(line: str) -> bool:
    """A line without a closing stop, of at most 16 words in title case or eight in any."""
    words = len(line.split())
    return (
        not ends_sentence(line)
        and not _CLOSING.search(line)
        and (words <= 8 or (words <= 16 and title_case(line)))
    )


def closes(line: str) -> bool:
    """Whether a line without a stop may yet be whole: it ends in a quotation or a signature."""
    return bool(_CLOSING.search(line))


def title_of(lines: list[str]) -> str:
    """The headline among the paragraphs of a text without metadata, or "".

    A short line without a full stop that the text repeats word for word; else the first line if it
    has no full stop and is in title case (25 words at most) or of at most 16 words. A longer
    sentence without its stop is a standfirst: it stands in for the headline but is not the title.
    """
    for line in lines[:3]:
        if len(line.split()) <= 25 and lines.count(line) > 1 and not line.endswith("."):
            return line
    if len(lines) < 2:
        return ""
    first = lines[0]
    words = len(first.split())
    if ends_sentence(first) and not (first.endswith("?") and title_case(first)):
        return ""
    return first if words <= 16 or (words <= 25 and title_case(first)) else ""


def without_outlet(title: str, outlet: str) -> str:
    """A page's title without the outlet's name that many pages append ("… | The Herald")."""
    bare = title.rstrip()
    if outlet and bare.casefold().endswith(outlet.casefold()):
        front = bare[: -len(outlet)].rstrip()
        if front[-1:] in ("|", "-", "–", "—", "·", ":") and front[:-1].strip():
            return front[:-1].rstrip()
    return title


def repeats(line: str, title: str) -> bool:
    """Whether a line is the headline again, perhaps with the outlet's name behind a bar or dash."""
    if len(line) > len(title) + 80:
        return False
    if key(line) == key(title):
        return True
    return line.startswith(title) and bool(_SEPARATOR.fullmatch(line, len(title)))
