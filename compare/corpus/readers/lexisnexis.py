"""LexisNexis: the classic text export ("1 of 20 DOCUMENTS") and that of Nexis Uni ("End of Document").

Both put outlet, date and headline above the named fields, in another order: the classic one outlet,
date, headline, the later one headline, outlet, date. What stands where is told by the date.
"""

import re
from itertools import islice

from compare.corpus.dates import doubt, stated_date
from compare.corpus.draft import Draft
from compare.corpus.readers.blocks import blocks, joined, left_out

NAME = "LexisNexis"
_KINDS = r"DOCUMENTS?|DOKUMENTE?N?|DOCUMENTEN|DOCUMENTOS?|DOCUMENTI?"
_MARKER = re.compile(
    rf"\d{{1,6}} (?:of|von|de|van|di) (?P<all>\d{{1,6}}) (?:{_KINDS})"
    r"|document \d{1,6} of (?P<of>\d{1,6})",
    re.I,
)
_SURE = re.compile(rf"^[ \t]*\d{{1,6}} (?:of|von|de|van|di) \d{{1,6}} (?:{_KINDS})[ \t]*$", re.M)
_MARKED = re.compile(rf"^[ \t]*(?:{_MARKER.pattern})[ \t]*$", re.M | re.I)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.M | re.I)
_NAMED = re.compile(r"^(?:length:\s*[\d,.]+ words|load-date:|publication-type:|body:?)[ \t]*", re.M | re.I)
_COVER = re.compile(r"^Documents? \((\d{1,6})\)\s*$", re.M)
_FIRST_LISTED = re.compile(r"1\.\s+(\S.*)")
_FIELD = re.compile(
    r"(byline|section|length|dateline|highlight|headline|series|distribution|type|source|column|body|abstract)"
    r":\s*(.*)",
    re.I,
)
_LENGTH = re.compile(r"(?:length:\s*)?[\d,.]+ words", re.I)
_BODY = re.compile(r"body:?", re.I)
_TAIL = re.compile(
    r"(?:load-date|publication-type|document-type|journal-code|correction-date|update-date|acc-no"
    r"|pub-type|ticker|geographic|cite):.*|language: ?\w+(?: ?[;,] ?\w+){0,4}"
    r"|classification|end of document|(?:copyright|©|\(c\)) ?\d{4}\b.*"
    r"|all rights reserved\.?",
    re.I,
)
_TAIL_BEFORE = re.compile(
    r"(?:GRAPHIC|NOTES?|URL|SUBJECT|PERSON|COMPANY|ORGANIZATION|INDUSTRY|CITY|STATE|COUNTRY|CORRECTION)S?:.*"
    r"|Graphic|Notes?|Correction"
)
_RIGHTS = re.compile(r"(?:copyright|©|\(c\)).*|.*\ball rights reserved\b.*", re.I)
_EDITION = re.compile(r".*\b(?:edition|final|correction appended)\b.{0,20}|\d(?:st|nd|rd|th) .{0,20}", re.I)
_DATED = re.compile(
    r"(?:\w{2,10}\.?,? )?(?:\d{1,2}\.?|\w{3,10}\.?) (?:\w{3,10}\.?|\d{1,2},?),? \d{4}\b", re.I
)
_LONGEST_TITLE = 4  # lines above the date, the outlet's among them; what is more stands on a cover page
_MOST_DATES = 5  # lines that may be the date: to read one in any language takes milliseconds
_FORE = ("headline", "byline", "section", "length", "dateline", "highlight", "series", "body")


def looks_like(text: str) -> bool:
    """Whether a text is an export of LexisNexis: its marks of documents, and its names of fields."""
    if _SURE.search(text):
        return True
    return bool(_NAMED.search(text) and (_MARKED.search(text) or _END.search(text)))


def stated(text: str) -> int | None:
    """How many documents the export says it holds; None where it does not say."""
    cover = _COVER.search(text)
    if cover:
        return int(cover[1])
    return max((int(mark["all"] or mark["of"]) for mark in _MARKED.finditer(text)), default=None)


def documents(lines: list[str]) -> list[list[str]]:
    """The lines of each document, without its mark."""
    starts = [i + 1 for i, line in enumerate(lines) if len(line) < 60 and _MARKER.fullmatch(line)]
    if starts:
        return [lines[a : b - 1] for a, b in zip(starts, [*starts[1:], len(lines) + 1], strict=True)]
    found, begin = [], _first(lines)
    for place, line in enumerate(lines):
        if place >= begin and _END.fullmatch(line):
            found.append(lines[begin:place])
            begin = place + 1
    rest = lines[begin:]
    return [*found, rest] if sum(map(bool, rest)) > 2 else found


def _first(lines: list[str]) -> int:
    """Where the first document begins: below the cover page, at the headline that the cover lists first."""
    cover = next((i for i, line in enumerate(lines[:50]) if _COVER.match(line)), None)
    if cover is None:
        return 0
    listed = next((m for line in lines[cover:] if (m := _FIRST_LISTED.fullmatch(line))), None)
    places = [
        i for i in range(cover + 1, len(lines)) if listed and lines[i] and listed[1].startswith(lines[i])
    ]
    return places[0] if places else 0


def read(lines: list[str]) -> Draft | str:
    """One document, without origin, or why it is not understood."""
    begin = _body(lines)
    if begin is None:
        return "layout not known"
    end = _close(lines, begin)
    text = "\n".join(lines[begin:end])
    if not text.strip():
        return "no text"
    fields = _fields(lines[:begin])
    head = next((i for i, line in enumerate(lines[:begin]) if _is_field(line)), begin)
    title, outlet, dated = _masthead(lines[:head], later=_later(lines[:begin]))
    if not outlet:
        return "layout not known"
    return Draft(
        text,
        "",
        title=fields.get("headline", "") or title,
        outlet=outlet,
        published=stated_date(dated),
        doubt=doubt(dated),
        author=re.sub(r"^by\s+", "", fields.get("byline", ""), flags=re.I),
        removed=left_out([*lines[:begin], *lines[end:]], NAME),
    )


def _is_field(line: str) -> bool:
    match = _FIELD.fullmatch(line)
    return bool(_BODY.fullmatch(line) or (match and match[1].lower() in _FORE))


def _later(head: list[str]) -> bool:
    """Whether the head is that of Nexis Uni: its fields are not in capitals."""
    return any(re.match(r"(?:Length|Section|Byline|Body)\b", line) for line in head)


def _body(lines: list[str]) -> int | None:
    """Where the text begins: below "Body", else below the named fields around the length."""
    named = next((i for i, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if named is not None:
        return named + 1
    length = next((i for i, line in enumerate(lines) if _LENGTH.fullmatch(line)), None)
    if length is None:
        return None
    place = length + 1
    while place < len(lines) and (not lines[place] or _is_field(lines[place])):
        field = bool(lines[place])
        place += 1
        while field and place < len(lines) and lines[place] and not _is_field(lines[place]):
            place += 1
    return place


def _close(lines: list[str], begin: int) -> int:
    """Where the text ends: at the first field below it."""
    end = next((i for i in range(begin, len(lines)) if _TAIL.fullmatch(lines[i])), len(lines))
    early = (i for i in range(begin, end) if _TAIL_BEFORE.fullmatch(lines[i]) and not lines[i - 1])
    return next(early, end) if end < len(lines) else end


def _fields(head: list[str]) -> dict[str, str]:
    """The named fields of a head; a value may go on over lines."""
    found: dict[str, str] = {}
    name = ""
    for line in head:
        match = _FIELD.fullmatch(line)
        if match:
            name = match[1].lower()
            found.setdefault(name, match[2])
        elif line and name:
            found[name] = f"{found[name]} {line}".strip()
        else:
            name = "" if not line else name
    return found


def _masthead(head: list[str], later: bool) -> tuple[str, str, str]:
    """Title, outlet and date line out of the lines above the fields; "" for what is not there."""
    pieces = [kept for one in blocks(head) if (kept := [line for line in one if not _RIGHTS.fullmatch(line)])]
    flat = [(line, number) for number, piece in enumerate(pieces) for line in piece]
    likely = (i for i, (line, _) in enumerate(flat) if i and len(line) < 90 and _DATED.match(line))
    place = next((i for i in islice(likely, _MOST_DATES) if stated_date(flat[i][0])), None)
    if place is None:
        return "", "", ""
    before, dated = [line for line, _ in flat[:place]], flat[place][0]
    below = [line for line, _ in flat[place + 1 :] if not _EDITION.fullmatch(line)]
    own = [line for line, number in flat[place + 1 :] if number > flat[place][1] and line in below]
    if later or not below:
        return joined(before[:-1] if len(before) <= _LONGEST_TITLE else before[-2:-1]), before[-1], dated
    return joined(own or below), joined(before), dated
