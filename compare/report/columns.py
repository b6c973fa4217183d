"""Plain text wrapped by the columns it takes on a screen, where many scripts take two a character."""

import unicodedata
from collections.abc import Iterator


def width(text: str) -> int:
    """Columns of ``text`` in a fixed-width face: two for wide characters, none for combining ones."""
    return sum(_width(character) for character in text)


def wrap(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most ``columns``, the first indented by ``first`` and the others by ``rest``.

    A word that is too long is broken, except an address, which has to stay one to be of use.
    """
    lines: list[str] = []
    line, bare = first, True
    for word in text.split():
        for part in _parts(word, columns - width(rest)):
            space = "" if bare else " "
            if not bare and width(line) + len(space) + width(part) > columns:
                lines.append(line)
                line, space = rest, ""
            line, bare = line + space + part, False
    return [*lines, line]


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"F", "W"} else 1


def _parts(word: str, columns: int) -> Iterator[str]:
    if word.startswith(("https://", "http://", "mailto:")):
        yield word
        return
    part, taken = "", 0
    for character in word:
        if taken + _width(character) > columns:
            yield part
            part, taken = "", 0
        part, taken = part + character, taken + _width(character)
    yield part
