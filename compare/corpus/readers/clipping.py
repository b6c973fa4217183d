"""PDF clippings, best effort: the text of each page in pypdf's order, mended as far as that is sure.

A PDF has no paragraphs and no reading order that can be trusted; every draft is marked so that
somebody looks. Streams that unpack without bound are stopped by pypdf's own limits, set lower here.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.paragraphs import tidy
from compare.corpus.readers import export
from compare.corpus.readers.bounds import broken, missing, whole
from compare.model import Problem, Removal

LARGEST = 50_000_000
_MOST_PAGES = 60
_MOST_TEXT = 2_000_000
_MOST_FAILED = 5
_EDGE = 3
_FEWEST_REPEATS = 3
_LONGEST_HEAD = 150
_LIMITS = {
    "zlib_maximum_output_length": 4_000_000,
    "lzw_maximum_output_length": 4_000_000,
    "run_length_maximum_output_length": 4_000_000,
    "array_based_stream_maximum_output_length": 4_000_000,
    "brotli_maximum_output_length": 4_000_000,
    "maximum_declared_stream_length": 20_000_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    "stream_parsing_work_maximum_count": 150_000,
    "xform_maximum_invocations_per_extraction": 200,
    "page_tree_maximum_entries": 10_000,
    "jbig2dec_binary": None,
}
_CHECK = "a PDF: best effort; check the text"
_HYPHEN = re.compile(r"(?<=[a-zß-ÿ])[-\u00ad\u2010]\n(?=[a-zß-ÿ])")
_SOFT = re.compile(r"\u00ad\n?")
_NUMBERS = re.compile(r"\d+")
_ALONE = re.compile(r"(?:page |seite |p\. ?)?\d{1,4}(?: ?(?:of|/|von) ?\d{1,4})?", re.I)


def looks_like(deposit: Deposit) -> bool:
    """Whether a file is a PDF; a little may stand before its mark."""
    return b"%PDF-" in deposit.head[:1024]


def drafts(deposit: Deposit) -> Iterator[Draft | Problem]:
    """The article of a PDF, or those of an export, and a line that asks to check them."""
    try:
        import pypdf
    except ImportError:
        yield missing(deposit.origin, "pypdf", "exports")
        return
    raw = whole(deposit, LARGEST, "a PDF")
    if isinstance(raw, Problem):
        yield raw
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with _limited(pypdf):
            pages, reason = _pages(pypdf.PdfReader(io.BytesIO(raw), strict=False))
    except Exception as error:  # a damaged PDF breaks pypdf in ways that its errors do not cover
        yield broken(deposit.origin, "a PDF", error)
        return
    if not any(page.strip() for page in pages):
        said = reason or "a PDF without text (pictures of pages); read it by OCR and save it as text"
        yield Problem(deposit.origin, said, 65)
        return
    yield from _read(pages, deposit.origin)
    if reason:
        yield Problem(deposit.origin, reason, 65)


def _read(pages: list[str], origin: str) -> Iterator[Draft | Problem]:
    """The draft, or the drafts of an export, out of the texts of pages."""
    text = "\n".join(pages)
    if export.looks_like(text):  # the publisher's marks repeat too, so only numbers of pages go
        bare = (line for line in text.split("\n") if not _ALONE.fullmatch(line.strip()) or not line.strip())
        yield from export.drafts(_mended("\n".join(bare)), origin)
    else:
        kept, heads = _without_heads(pages)
        removed = tuple(Removal(line, "running head of a PDF") for line in heads)
        yield Draft(_mended("\n".join(kept)), origin, removed=removed)
    yield Problem(origin, _CHECK)


def _mended(text: str) -> str:
    return _SOFT.sub("", _HYPHEN.sub("", text))


def _limited(pypdf: Any) -> Any:
    """The limits of pypdf, set lower, where this version of it has them; else as they are."""
    from contextlib import nullcontext

    configure = getattr(pypdf, "apply_configuration", None)
    if configure is None:
        return nullcontext()
    known = {field for field in vars(pypdf.Configuration()) if field in _LIMITS}
    return configure(**{name: _LIMITS[name] for name in sorted(known)})


def _pages(reader: Any) -> tuple[list[str], str]:
    """The text of each page, and why some are missing, or ""."""
    if reader.is_encrypted and not reader.decrypt(""):
        return [], "an encrypted PDF; open it with its password and print it to a new one"
    found, size, failed = [], 0, 0
    many = len(reader.pages)
    for number in range(min(many, _MOST_PAGES)):
        try:
            found.append(reader.pages[number].extract_text() or "")
        except Exception:  # one page may be damaged and the others whole
            failed += 1
            if failed >= _MOST_FAILED:
                return (
                    found,
                    f"{failed} of the first {number + 1} pages cannot be read; save the article as text",
                )
        size += len(found[-1]) if found else 0
        if size > _MOST_TEXT:
            return found, f"over {_MOST_TEXT:,} characters; read up to page {number + 1} of {many}"
    if failed:
        return found, f"{failed} of {many} pages cannot be read; save the article as text"
    return found, f"only the first {_MOST_PAGES} of {many} pages are read" if many > _MOST_PAGES else ""


def _without_heads(pages: list[str]) -> tuple[list[str], list[str]]:
    """The pages without the lines that repeat at their heads and feet, and those lines."""
    lined = [[tidy(line) for line in page.split("\n") if line.strip()] for page in pages]
    seen = Counter(key for lines in lined for key in {_key(line) for line in _edges(lines)})
    need = max(2, min(_FEWEST_REPEATS, len([lines for lines in lined if lines])))
    repeated = {key for key, count in seen.items() if count >= need and len(lined) > 1}
    kept, heads = [], []
    for lines in lined:
        edges = set(range(_EDGE)) | set(range(len(lines) - _EDGE, len(lines)))
        gone = {
            i
            for i in edges
            if 0 <= i < len(lines) and (_ALONE.fullmatch(lines[i]) or _key(lines[i]) in repeated)
        }
        heads += [lines[i] for i in sorted(gone)]
        kept.append("\n".join(line for i, line in enumerate(lines) if i not in gone))
    return kept, heads


def _edges(lines: list[str]) -> list[str]:
    return [line for line in {*lines[:_EDGE], *lines[-_EDGE:]} if len(line) <= _LONGEST_HEAD]


def _key(line: str) -> str:
    """A line whatever its numbers: "Page 2 of 3" repeats "Page 1 of 3"."""
    return _NUMBERS.sub("#", line)
