"""Word documents: all paragraphs in reading order, then split if they are an export, else one article.

Text is taken from every run that a reader of the page sees, also where Word wraps it (links, content
controls, tracked insertions, text boxes), which python-docx's own ``Paragraph.text`` leaves out.
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.paragraphs import tidy
from compare.corpus.readers import export
from compare.corpus.readers.bounds import broken, missing, whole
from compare.model import Problem

LARGEST = 50_000_000
_MOST_MEMBERS = 5_000
_MOST_UNPACKED = 100_000_000
_MOST_XML = 30_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSEEN = frozenset(
    {f"{_W}moveFrom", f"{_W}del", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_TITLES = ("title", "heading 1", "heading 2")
_FIRST = 20
_MOST_BLOCKS = 1_000


def looks_like(deposit: Deposit) -> bool:
    """Whether a file is a zip that holds a Word document."""
    if not deposit.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with deposit.opened() as stream, zipfile.ZipFile(stream) as held:
            return "word/document.xml" in held.NameToInfo
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def drafts(deposit: Deposit) -> Iterator[Draft | Problem]:
    """The articles of a Word document: those of an export, or the one that it is."""
    try:
        import docx
    except ImportError:
        yield missing(deposit.origin, "python-docx", "exports")
        return
    raw = whole(deposit, LARGEST, "a Word document")
    if isinstance(raw, Problem):
        yield raw
        return
    try:
        reason = _refused(raw)
        if reason:
            yield Problem(deposit.origin, reason, 65)
            return
        document = docx.Document(io.BytesIO(raw))
        text = "\n\n".join(_paragraphs(document.element.body))
        title = _title(document)
    except Exception as error:  # a damaged file breaks zip, XML and python-docx each in its own ways
        yield broken(deposit.origin, "a Word document", error)
        return
    yield from export.or_article(text, title, deposit.origin)


def _refused(raw: bytes) -> str:
    """Why a document is not opened, or "": what it would unpack to is known before it is."""
    with zipfile.ZipFile(io.BytesIO(raw)) as held:
        members = held.infolist()
        if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > _MOST_UNPACKED:
            return f"a Word document that unpacks to over {_MOST_UNPACKED // 1_000_000} MB; not read"
        parts = [one for one in members if one.filename.lower().endswith((".xml", ".rels"))]
        if sum(one.file_size for one in parts) > _MOST_XML:
            return f"a Word document of over {_MOST_XML // 1_000_000} MB of text; split it"
        for one in parts:
            if b"<!DOCTYPE" in held.read(one).replace(b"\0", b"").upper():
                return "a Word document that defines entities, which Word never does; not read"
    return ""


def _paragraphs(body: Any) -> Iterator[str]:
    """The text of each paragraph, in the order of their ends; a text box stands before the one around it."""
    from lxml import etree  # type: ignore[import-untyped]

    open_: list[list[str]] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _UNSEEN:
            walk.skip_subtree()
        elif element.tag == f"{_W}p":
            if event == "start":
                open_.append([])
            elif line := "".join(open_.pop()).strip():
                yield line
        elif event == "end" and open_:
            if element.tag == f"{_W}t":
                open_[-1].append(element.text or "")
            elif element.tag in _BREAKS and element.getparent().tag == f"{_W}r":
                open_[-1].append(_BREAKS[element.tag])


def _title(document: Any) -> str:
    """The first paragraph in a style for titles, among the first few that say anything."""
    said = 0
    for paragraph in islice(document.iter_inner_content(), _MOST_BLOCKS):
        if not hasattr(paragraph, "text"):
            continue
        line = tidy(paragraph.text)
        if line and str(paragraph.style.name if paragraph.style else "").lower() in _TITLES:
            return line
        said += bool(line)
        if said > _FIRST:
            break
    return ""
