"""Markdown inside a paragraph: links and emphasis become the words they wrap."""

import html
import re

from compare.corpus.paragraphs import tidy
from compare.model import Removal

_REWRITES = (
    ("HTML entity", re.compile(r"&(?:[a-zA-Z]{2,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"), None),
    (
        "HTML tag",
        re.compile(
            r"</?(?:a|abbr|b|br|div|em|figure|figcaption|h[1-6]|i|img|p|small|span|strong|sub|sup"
            r"|time|u)(?:\s[^<>]*)?/?>",
            re.I,
        ),
        " ",
    ),
    ("image", re.compile(r"!\[([^\[\]]*)\]\((?:[^()\n]|\([^()\n]*\))*\)"), ""),
    ("Markdown link", re.compile(r"\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    ("Markdown link", re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    ("footnote mark", re.compile(r"(?<=\S)\[\^?\d{1,3}\](?![(:])"), ""),
    ("emphasis", re.compile(r"(?<![*\w])\*{1,3}(?=[^\s*])([^*]+)(?<=\S)\*{1,3}(?![*\w])"), r"\1"),
    ("emphasis", re.compile(r"(?<![_\w])_{1,3}(?=[^\s_])([^_]+)(?<=\S)_{1,3}(?![_\w])"), r"\1"),
    ("escape", re.compile(r"\\([\\`*_{}\[\]()#+.!>~|$-])"), r"\1"),
)
_LEADING = re.compile(r"(?:>\s?)+|[-*+•▪◦]\s+(?=\S)")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)[\s#]*$")
_BARE = re.compile(r"[&<\[*_\\]")


def heading(line: str) -> tuple[int, str]:
    """The level (1 to 6) and words of a Markdown heading; level 0 and the line if it is none."""
    match = _HEADING.match(line) if line.startswith("#") else None
    return (len(match[1]), match[2]) if match else (0, line)


def unmarked(line: str) -> tuple[str, list[Removal]]:
    """The line as a reader sees it, and each mark that was rewritten. Linear in the line's length."""
    removed: list[Removal] = []
    mark = _LEADING.match(line)
    if mark:
        removed.append(Removal(mark.group().strip(), "list or quotation mark"))
        line = line[mark.end() :]
    if not _BARE.search(line):
        return line, removed
    for rule, pattern, into in _REWRITES:
        removed += [Removal(match.group(), rule) for match in pattern.finditer(line)]
        line = pattern.sub(_unescaped if into is None else into, line)
    return tidy(line), removed


def _unescaped(match: re.Match[str]) -> str:
    return html.unescape(match.group())
