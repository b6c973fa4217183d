"""Lines of an export: blocks between blank lines, and what is left out of an article's text."""

from compare.corpus.paragraphs import tidy
from compare.model import Removal

_MOST = 200
_MARKS = (("\r\n", "\n"), ("\r", "\n"), ("\f", "\n"), ("\xa0", " "), ("\ufeff", ""))


def plain(text: str) -> str:
    """A text with one kind of line end and of space, so that the publishers' marks are found in it."""
    for mark, into in _MARKS:
        text = text.replace(mark, into)
    return text


def lines_of(text: str) -> list[str]:
    """The lines of a plain text without the spaces around; a blank line is ""."""
    return [tidy(line) for line in text.split("\n")]


def blocks(lines: list[str]) -> list[list[str]]:
    """The runs of lines between blank ones."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def joined(lines: list[str]) -> str:
    """Lines as one."""
    return " ".join(lines).strip()


def left_out(lines: list[str], family: str) -> tuple[Removal, ...]:
    """The lines of a document that are not its text, each with the rule; at most ``_MOST``."""
    return tuple(Removal(line, f"{family} field") for line in lines if line)[:_MOST]
