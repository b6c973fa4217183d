"""Factiva: articles with two-letter codes (HD, BY, WC, PD, SN, LP, TD), or written out without them.

Both end each article with its accession number ("Document NAME0000…"). In the written layout the
line that counts the words stands between the headline and the date, and tells both.
"""

import re

from compare.corpus.dates import doubt, stated_date
from compare.corpus.draft import Draft
from compare.corpus.readers.blocks import blocks, joined, left_out

NAME = "Factiva"
_ACCESSION = re.compile(r"(?:AN\s+)?Do[ck]umento? [A-Za-z][A-Za-z0-9]{1,11}0\d{6,}[A-Za-z0-9]{4,20}")
_ENDS = re.compile(rf"^[ \t]*{_ACCESSION.pattern}[ \t]*$", re.M)
_CODES = tuple(
    re.findall(
        r"\w+", "SE HD CR BY WC PD ET SN SC ED PG VOL LA CY LP TD CT RF ART CO IN NS RE IPC IPD PUB AN"
    )
)
_CODE = re.compile(rf"({'|'.join(_CODES)})(?:\s+(\S.*))?")
_INDEXED = frozenset({"CO", "IN", "NS", "RE", "IPC", "IPD", "RF", "CT"})
_CODED = re.compile(r"^[ \t]*HD(?:[ \t]|$)", re.M)
_CODED_TOO = re.compile(r"^[ \t]*(?:LP|TD)(?:[ \t]|$)", re.M)
_CODED_ALSO = re.compile(r"^[ \t]*(?:PD|SN)(?:[ \t]|$)", re.M)
_COUNT = re.compile(r"^[ \t]*Results Found:?\s+([\d,]{1,9})[ \t]*$", re.M | re.I)
_SUMMARY = re.compile(r"Search Summary", re.I)
_WORDS = re.compile(r"\d[\d,.]* (?:words|mots|wörter|palabras|palavras|parole|woorden)", re.I)
_LANGUAGE = re.compile(
    r"English|French|German|Spanish|Italian|Portuguese|Dutch|Swedish|Danish|Norwegian|Finnish|Polish|Czech"
    r"|Russian|Turkish|Arabic|Chinese.{0,30}|Japanese|Korean|Hungarian|Greek|Romanian|Bulgarian|Catalan"
    r"|Indonesian|Malay|Français|Deutsch|Español|Italiano|Português|Nederlands"
)
_RIGHTS = re.compile(r"(?:\(?copyright|©|\(c\)).*|.*\ball rights reserved\b.*", re.I)
_BY = re.compile(r"(?:by|von|par|por|di|door) [A-Z].{1,120}", re.I)
_PERSON = re.compile(r"[A-Z][\w.’'-]*(?: (?:and |de |van |von |al-)?[A-Z][\w.’'-]*){1,4}")
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,5})?", re.I)
_HEAD = 14


def looks_like(text: str) -> bool:
    """Whether a text is an export of Factiva: accession numbers, or codes of headline and text."""
    coded = (_CODED, _CODED_TOO, _CODED_ALSO)
    return bool(_ENDS.search(text)) or all(code.search(text) for code in coded)


def stated(text: str) -> int | None:
    """How many results the summary at the end states; None where there is none."""
    found = _COUNT.search(text)
    return int(found[1].replace(",", "") or 0) if found else None


def documents(lines: list[str]) -> list[list[str]]:
    """The lines of each article, up to its accession number."""
    found, begin = [], 0
    for place, line in enumerate(lines):
        if line.startswith(("AN", "Do")) and _ACCESSION.fullmatch(line):
            found.append(lines[begin : place + 1])
            begin = place + 1
    rest = lines[begin:]
    summary = next((i for i, line in enumerate(rest) if _SUMMARY.fullmatch(line)), len(rest))
    rest = rest[:summary]
    if not found or any(_CODED.match(line) or _WORDS.fullmatch(line) for line in rest):
        found.append(rest)
    return found


def read(lines: list[str]) -> Draft | str:
    """One article, without origin, or why it is not understood."""
    return _coded(lines) if any(_CODED.match(line) for line in lines) else _written(lines)


def _coded(lines: list[str]) -> Draft | str:
    fields: dict[str, list[str]] = {}
    name, last = "", -1
    for line in lines:
        match = _CODE.fullmatch(line)
        if match and _CODES.index(match[1]) > last and _is_code(match, name):
            name, last = match[1], _CODES.index(match[1])
        else:
            match = None
            name = "AN" if _ACCESSION.fullmatch(line) else name
        fields.setdefault(name, []).append((match[2] or "") if match else line)
    text = "\n".join([*fields.pop("LP", []), "", *fields.pop("TD", [])])
    if not text.strip():
        return "no text"
    value = {code: joined([line for line in found if line]) for code, found in fields.items()}
    if not value.get("HD") or not (value.get("SN") or value.get("PD")):
        return "layout not known"
    rest = [f"{code} {line}".strip() for code, found in fields.items() for line in found if line]
    return _draft(text, (value["HD"], value.get("SN", ""), value.get("PD", ""), value.get("BY", "")), rest)


def _is_code(match: re.Match[str], within: str) -> bool:
    """Whether a line's first word is a code: inside the text only alone, or before an index ("i1 : …")."""
    if within not in ("LP", "TD") or not match[2]:
        return True
    return match[1] in ("TD", "PUB", "AN") or (match[1] in _INDEXED and " : " in match[2])


def _written(lines: list[str]) -> Draft | str:
    place = next((i for i, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if place is None:
        return "layout not known"
    below = [i for i in range(place + 1, min(place + 2 * _HEAD, len(lines))) if lines[i]]
    if len(below) < 4 or stated_date(lines[below[0]]) is None:
        return "layout not known"
    tongue = next((i for i in below if _LANGUAGE.fullmatch(lines[i])), None)
    if tongue is None:
        return "layout not known"
    outlet = next((lines[i] for i in below[1:] if not _TIME.fullmatch(lines[i])), "")
    begin = _after_rights(lines, tongue + 1)
    end = next((i for i in range(begin, len(lines)) if _ACCESSION.fullmatch(lines[i])), len(lines))
    text = "\n".join(lines[begin:end])
    if not text.strip():
        return "no text"
    title, author = _above(lines[:place])
    return _draft(text, (title, outlet, lines[below[0]], author), [*lines[:begin], *lines[end:]])


def _after_rights(lines: list[str], place: int) -> int:
    """The first line of the text: below the notice of rights, which may go on to the next blank line."""
    while place < len(lines) and not lines[place]:
        place += 1
    if place < len(lines) and _RIGHTS.fullmatch(lines[place]):
        place += 1
        while place < len(lines) and lines[place] and len(lines[place]) < 90:
            place += 1
    while place < len(lines) and (not lines[place] or _RIGHTS.fullmatch(lines[place])):
        place += 1
    return place


def _above(lines: list[str]) -> tuple[str, str]:
    """Headline and author out of the lines above the count of words; a section's name may stand first."""
    pieces = blocks(lines)[-3:]
    flat = [line for piece in pieces for line in piece]
    if not flat:
        return "", ""
    last = flat[-1]
    signed = len(flat) > 1 and (
        _BY.fullmatch(last) or (_PERSON.fullmatch(last) and len(flat[-2].split()) > len(last.split()))
    )
    above = flat[:-1] if signed else flat
    piece = next(piece for piece in reversed(pieces) if above[-1] in piece)
    title = joined([line for line in piece if line in above]) if len(pieces) > 1 else above[-1]
    return title, last if signed else ""


def _draft(text: str, head: tuple[str, str, str, str], rest: list[str]) -> Draft:
    title, outlet, dated, author = head
    return Draft(
        text,
        "",
        title=title,
        outlet=outlet,
        published=stated_date(dated),
        doubt=doubt(dated),
        author=re.sub(r"^by\s+", "", author, flags=re.I),
        removed=left_out(rest, NAME),
    )
