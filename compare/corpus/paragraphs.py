"""Raw text to paragraphs: separated by blank lines, one a line, or hard-wrapped."""

import itertools
import re
import unicodedata

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)
_SPACE = re.compile(r"\s+")
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
_ITEM = re.compile(r"\s*(?:[-*+•▪◦]\s|\d{1,2}[.)]\s|#{1,6}\s|>)")
_NARROWEST, _WIDEST = 40, 100


def ends_sentence(line: str) -> bool:
    """Whether a line ends as running text does: a stop, perhaps inside quotes or brackets."""
    return bool(_TERMINAL.search(line[-12:]))


def tidy(line: str) -> str:
    """One line with single spaces, composed characters (NFC) and nothing invisible."""
    line = line.encode("utf-8", "replace").decode("utf-8")
    return _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", line))).strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a raw text, each one tidy line; never an empty one.

    Lines are joined where the text was wrapped by hand: the next line goes on in lower case, or its
    first word would not have fitted on the line before.
    """
    lines = _INVISIBLE.sub("", _BREAKS.sub("\n", text)).split("\n")
    width = _wrapped_at(lines)
    found: list[list[str]] = []
    before = ""
    for line in lines:
        if found and before.strip() and line.strip() and _goes_on(before, line, width):
            found[-1].append(line)
        elif line.strip():
            found.append([line])
        before = line
    return [tidied for piece in found if (tidied := tidy(" ".join(piece)))]


def _goes_on(before: str, line: str, width: int) -> bool:
    if _ITEM.match(line) or line[:2].isspace():
        return False
    if line[0].islower() and not ends_sentence(before.rstrip()):
        return True
    return 0 < width < len(before.rstrip()) + 1 + len(line.split(maxsplit=1)[0])


def _wrapped_at(lines: list[str]) -> int:
    """The column at which a hard-wrapped text breaks, in characters; 0 if it is not hard-wrapped."""
    pairs = [(a.rstrip(), b) for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    width = max((len(line.rstrip()) for line in lines if " " in line.strip()), default=0)
    if not pairs or not _NARROWEST <= width <= _WIDEST:
        return 0
    full = [a for a, b in pairs if len(a) + 1 + len(b.split(maxsplit=1)[0]) > width]
    mid_sentence = sum(not ends_sentence(line) for line in full)
    return width if len(full) * 2 > len(pairs) and mid_sentence * 2 > len(full) and mid_sentence >= 2 else 0
