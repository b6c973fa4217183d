"""RTF: pictures, hidden groups and links' addresses are taken out, striprtf reads what is left.

That first pass is linear and bounds what striprtf is given: its patterns for links and fonts take
quadratic time on a document made for that, and binary data may hold any brace.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers import export
from compare.corpus.readers.bounds import broken, missing, whole
from compare.model import Problem

LARGEST = 100_000_000
_MOST_TEXT = 10_000_000
_DEEPEST = 200
_LONGEST_FONTS = 200_000
_TOKEN = re.compile(
    rb"\\(?:bin(?P<bin>\d{1,10}) ?|(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|[^a-zA-Z])|[{}]"
)
_HIDDEN = re.compile(rb"\{\s*(?:\\\*\s*)?\\(?:fldinst|pict|object|objdata|themedata|colorschememapping"
                     rb"|datastore|blipuid|stylesheet|listtable|listoverridetable|rsidtbl|generator|xmlnstbl|latentstyles"
                     rb"|header[lrf]?|footer[lrf]?|info)\b")  # fmt: skip
_FONT = re.compile(rb"\\f(\d{1,6})(?!\d)[^;]{0,80}?\\fcharset(\d{1,3})")
_CELLS = frozenset({b"cell", b"nestcell"})
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def looks_like(deposit: Deposit) -> bool:
    """Whether a file is an RTF document."""
    return deposit.head.startswith(b"{\\rtf")


def drafts(deposit: Deposit) -> Iterator[Draft | Problem]:
    """The articles of an RTF document: those of an export, or the one that it is."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        yield missing(deposit.origin, "striprtf", "exports")
        return
    raw = whole(deposit, LARGEST, "an RTF document")
    if isinstance(raw, Problem):
        yield raw
        return
    kept = _bared(raw)
    if isinstance(kept, str):
        yield Problem(deposit.origin, kept, 65)
        return
    try:
        text = str(rtf_to_text(_characters(kept), errors="replace"))  # type: ignore[no-untyped-call]
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except Exception as error:  # striprtf has no error of its own: a damaged document breaks it anywhere
        yield broken(deposit.origin, "an RTF document", error)
        return
    yield from export.or_article(_spaced(text), "", deposit.origin)


@dataclass(slots=True)
class _Pass:
    """The first pass under way: what is kept, and the depth at which a hidden group or font table began."""

    kept: list[bytes] = field(default_factory=list)
    size: int = 0
    depth: int = 0
    hidden: int = 0
    fonts: int = 0
    begun: int = 0

    def keep(self, piece: bytes) -> None:
        self.kept.append(piece)
        self.size += len(piece)


def _bared(raw: bytes) -> bytes | str:
    """The document without binary data and hidden groups, or why it is refused."""
    state, place = _Pass(), 0
    while (token := _TOKEN.search(raw, place)) is not None:
        if not state.hidden and not state.fonts:
            state.keep(raw[place : token.start()])
        place = token.end() + int(token["bin"] or 0)
        if not token["bin"]:
            _step(state, token, raw)
        if state.depth > _DEEPEST:
            return f"an RTF document of over {_DEEPEST} groups in one another; not read, save it as text"
        if state.size > _MOST_TEXT:
            break
    if not state.hidden and not state.fonts:
        state.keep(raw[place:])
    if state.size > _MOST_TEXT:
        return f"an RTF document of over {_MOST_TEXT:,} bytes of text; split it"
    return b"".join(state.kept)


def _step(state: _Pass, token: re.Match[bytes], raw: bytes) -> None:
    """One brace or control word: kept, but in a hidden group; a table of fonts is kept in short."""
    mark = token.group()
    state.depth += (mark == b"{") - (mark == b"}")
    if state.hidden:
        if state.depth < state.hidden:
            state.hidden = 0
            state.keep(b"{}")  # else the control word before and the text behind became one word
    elif state.fonts:
        if state.depth < state.fonts:
            state.keep(_fonts(raw[state.begun : token.start()]) + b"}")
            state.fonts = 0
    elif mark == b"{" and _HIDDEN.match(raw, token.start()):
        state.hidden = state.depth
    elif token["word"] == b"fonttbl":
        state.fonts, state.begun = state.depth, token.end()
    else:
        state.keep(b"\\par " if token["word"] in _CELLS else mark)


def _fonts(table: bytes) -> bytes:
    """The table of fonts with nothing but each one's number and character set, which is all that is used."""
    found = _FONT.findall(table[:_LONGEST_FONTS])
    return b"\\fonttbl" + b"".join(b"{\\f%s\\fcharset%s x;}" % pair for pair in found)


def _characters(kept: bytes) -> str:
    """RTF is ASCII; bytes beyond it are UTF-8 where they fit, else of the code page that it names."""
    try:
        return kept.decode("utf-8")
    except UnicodeDecodeError:
        page = _CODE_PAGE.search(kept[:2000])
    try:
        return kept.decode(f"cp{page[1].decode()}" if page else "cp1252", "replace")
    except LookupError:
        return kept.decode("cp1252", "replace")


def _spaced(text: str) -> str:
    """A paragraph of RTF is one line; a blank line between two says so to the cleaning."""
    return "\n\n".join(line for line in text.split("\n") if line.strip())
