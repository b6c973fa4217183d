"""ProQuest: documents between rulers, with labelled fields before and after "Full text:"."""

import re

from compare.corpus.dates import doubt, stated_date
from compare.corpus.draft import Draft
from compare.corpus.readers.blocks import joined, left_out

NAME = "ProQuest"
_RULER = re.compile(r"_{20,}")
_RULERS = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.M)
_KNOWN = re.compile(r"^(?:ProQuest document ID|Publication title|Full text):", re.M | re.I)
_OF = re.compile(r"^Document \d{1,6} of (\d{1,6})[ \t]*$", re.M | re.I)
_MARK = re.compile(r"Document \d{1,6} of \d{1,6}", re.I)
_LABEL = re.compile(
    r"(Title|Author|Publication info|Abstract|Links|Full text|Subject|Location|People|Company / organization"
    r"|Classification|Identifier / keyword|Correspondence author|Publication title|First page|Last page|Pages"
    r"|Number of pages|Publication year|Publication date|Publication subject|Year|Section|Column|Edition"
    r"|Publisher|Place of publication|Country of publication|Volume|Issue|ISSN|Source type"
    r"|Language of publication|Updates|Caption"
    r"|Document type|Document feature|ProQuest document ID|Document URL|Copyright|Last updated|Database"
    r"|Credit|Dateline|Illustration|Source|Source attribution|DOI|URL|Narrow subject|Broad subject"
    r"|Business indexing term|Alternate title|Accession number|Word count|e-ISSN|CODEN):\s*(.*)",
    re.I,
)
_SIGNS = re.compile(r"(?:Subject|Title|Publication title|Credit|ProQuest document ID):.*", re.I)
_ABSENT = re.compile(r"(?:full text )?(?:is )?(?:not available|unavailable).{0,60}", re.I)
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\)).{0,200}|credit:.{0,200}|(?:database )?copyright .{0,80}proquest.*", re.I
)


def looks_like(text: str) -> bool:
    """Whether a text is an export of ProQuest: rulers, and its labels at the beginning of lines."""
    return bool(_RULERS.search(text) and _KNOWN.search(text))


def stated(text: str) -> int | None:
    """How many documents the marks state; None where there are no marks."""
    return max((int(found[1]) for found in _OF.finditer(text)), default=None)


def documents(lines: list[str]) -> list[list[str]]:
    """The lines between the rulers, where they hold a document."""
    found: list[list[str]] = [[]]
    for line in lines:
        if _RULER.fullmatch(line):
            found.append([])
        else:
            found[-1].append(line)
    return [one for one in found if any(_MARK.fullmatch(line) or _KNOWN.match(line) for line in one)]


def read(lines: list[str]) -> Draft | str:
    """One document, without origin, or why it is not understood."""
    begin = next((i for i, line in enumerate(lines) if line.lower().startswith("full text:")), None)
    if begin is None:
        return "no full text" if any(_KNOWN.match(line) for line in lines) else "layout not known"
    end = _close(lines, begin + 1)
    fields = _fields([*lines[:begin], *lines[end:]])
    body = [lines[begin][len("full text:") :].strip(), *lines[begin + 1 : end]]
    last = len(body)
    while last and (not body[last - 1] or _RIGHTS.fullmatch(body[last - 1])):
        last -= 1
    text = "\n".join(body[:last])
    if not text or _ABSENT.fullmatch(text):
        return "no full text"
    outlet = fields.get("publication title", "")
    if not outlet:
        return "layout not known"
    return Draft(
        text,
        "",
        title=fields.get("title", "") or _untitled(lines[:begin]),
        outlet=re.sub(r"\s*;.*", "", outlet),
        published=stated_date(fields.get("publication date", "")),
        doubt=doubt(fields.get("publication date", "")),
        author=fields.get("author", ""),
        removed=left_out([*lines[:begin], *body[last:], *lines[end:]], NAME),
    )


def _close(lines: list[str], begin: int) -> int:
    """Where the text ends: at the fields from which on every block of lines begins with a label."""
    starts = [i for i in range(begin, len(lines)) if lines[i] and not lines[i - 1]]
    if not any(_LABEL.fullmatch(lines[i]) for i in starts):
        return next((i for i in range(begin, len(lines)) if _SIGNS.fullmatch(lines[i])), len(lines))
    end = len(lines)
    last = next(i for i in reversed(starts) if _LABEL.fullmatch(lines[i]))
    for i in reversed([i for i in starts if i <= last]):
        if not _LABEL.fullmatch(lines[i]):
            break
        end = i
    return end


def _fields(lines: list[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        match = _LABEL.fullmatch(line)
        if match and match[1].lower() not in found:
            name = match[1].lower()
            found[name] = [match[2]]
        elif name and line:
            found[name].append(line)
        elif not line:
            name = ""
    return {label: joined(values) for label, values in found.items()}


def _untitled(head: list[str]) -> str:
    """The first line of a document, which is its headline where no label says so."""
    return next(
        (line for line in head if line and not _MARK.fullmatch(line) and not _LABEL.fullmatch(line)), ""
    )
