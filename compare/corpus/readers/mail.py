"""Mails and mailboxes: a newsletter's HTML part, or its text where it has no other.

A mailbox is read message by message, whatever its size. What a parser of mail can be made to build
without end (lines, parts, headers) is bounded before it is parsed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from compare.corpus.dates import stated_date
from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.outlets import by_domain
from compare.corpus.paragraphs import tidy
from compare.corpus.readers.bounds import unread
from compare.corpus.readers.embedded import completed, decoded, pages
from compare.errors import ParallaxError
from compare.model import Problem

LARGEST = 25_000_000
_MOST_LINES = 600_000
_MOST_PARTS = 1_000
_LONGEST_HEADER = 2_000
_COVERING_NOTE = 400
_HEADER = re.compile(rb"([!-9;-~]{1,80}):[ \t]?|[ \t]+\S")
_FROM_LINE = re.compile(
    rb"From (?:\S+ +){0,3}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
    rb" (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    rb" [ \d]?\d \d\d:\d\d(?::\d\d)?(?: [^\r\n]{1,20})? \d{4}"
)
_QUOTED = re.compile(rb"^>(>*From )", re.M)
_SENT = frozenset({b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to"})
_BREAKS = (
    RecursionError,
    ArithmeticError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
)
_TABLE = re.compile(r"<(/?)(?:table|tbody|thead|tfoot|tr|td|th|center)\b", re.I)


class _Policy(EmailPolicy):
    """The standard policy with headers cut where no honest one ends: parsing them takes quadratic time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse([line[:_LONGEST_HEADER] for line in sourcelines[:50]])
        return name, value[:_LONGEST_HEADER]


_POLICY = _Policy()


@dataclass(frozen=True, slots=True)
class _Envelope:
    """What a mail's headers say of the article in it."""

    title: str
    outlet: str
    sent: str


def looks_like(deposit: Deposit) -> bool:
    """Whether a file is a mail (its headers say who sent it and by what way) or a mailbox of mails."""
    head = deposit.head.lstrip(b"\r\n")
    return bool(_FROM_LINE.match(head)) or _is_message(head)


def drafts(deposit: Deposit) -> Iterator[Draft | Problem]:
    """The articles of a mail or mailbox, in order, numbered where there are several."""
    many = bool(_FROM_LINE.match(deposit.head.lstrip(b"\r\n")))
    number = 0
    try:
        with deposit.opened() as stream:
            for raw in _messages(stream) if many else [stream.read(LARGEST + 1)]:
                found = list(_opened(raw))
                for one in found:
                    number += 1
                    several = many or len(found) > 1
                    origin = f"{deposit.origin}#{number}" if several else deposit.origin
                    yield from [Problem(origin, one, 65)] if isinstance(one, str) else _drafts(one, origin)
    except OSError as error:
        yield unread(deposit.origin, error)


def _is_message(head: bytes) -> bool:
    names = set()
    for line in head.replace(b"\r\n", b"\n").split(b"\n")[:500]:
        match = _HEADER.match(line)
        if not line:
            break
        if match is None:
            return False
        names.add((match[1] or b"").lower())
    return {b"from", b"subject"} <= names and bool(names & _SENT or {b"date", b"to"} <= names)


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """The messages of a mailbox without their From_ lines; one that is too large ends beyond the bound."""
    kept: list[bytes] = []
    size, blank, begun = 0, True, False
    for line in iter(lambda: stream.readline(1_000_000), b""):
        if blank and line.startswith(b"From ") and _FROM_LINE.match(line):
            if begun:
                yield _unquoted(kept)
            kept, size, begun, blank = [], 0, True, False
            continue
        blank = not line.strip()
        if size <= LARGEST:
            kept.append(line)
            size += len(line)
    if begun:
        yield _unquoted(kept)


def _unquoted(lines: list[bytes]) -> bytes:
    return _QUOTED.sub(rb"\1", b"".join(lines))


def _opened(raw: bytes) -> Iterator[EmailMessage | str]:
    """A message, then those attached to it; or why it is not read."""
    reason = _refused(raw)
    if reason:
        yield reason
        return
    try:
        message = message_from_bytes(raw, policy=_POLICY)
        assert isinstance(message, EmailMessage)
        attached = _attached(message)
        yield message
        for one in attached:
            yield one
            if _attached(one):
                yield "mails attached to an attached mail; not read, save them as files of their own"
    except _BREAKS as error:
        yield f"a mail that cannot be read ({type(error).__name__}); save it again, or as text"


def _refused(raw: bytes) -> str:
    if len(raw) > LARGEST:
        return f"a mail larger than {LARGEST // 1_000_000} MB; not read, save its text"
    if raw.count(b"\n") > _MOST_LINES or raw.count(b"\n--") > _MOST_PARTS:
        return "a mail of more lines or parts than any newsletter has; not read, save its text"
    return ""


def _attached(message: EmailMessage) -> list[EmailMessage]:
    found = []
    for part in _parts(message):
        inside = part.get_payload() if part.get_content_type() == "message/rfc822" else None
        found += [one for one in inside if isinstance(one, EmailMessage)] if isinstance(inside, list) else []
    return found


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of one message in order, not those of messages attached to it."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        inside = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inside, list):
            waiting += [one for one in reversed(inside) if isinstance(one, EmailMessage)]


def _drafts(message: EmailMessage, origin: str) -> Iterator[Draft | Problem]:
    """The article of one message: of its HTML, of its text where that gives none, or a Problem."""
    try:
        envelope = _envelope(message)
        html, plain = _text(message, "text/html", origin), _text(message, "text/plain", origin)
        covering = bool(_attached(message)) and len(tidy(plain or html)) < _COVERING_NOTE
    except ParallaxError as error:
        yield Problem(origin, error.what, error.exit_code)
        return
    except _BREAKS as error:
        yield Problem(origin, f"a mail that cannot be read ({type(error).__name__}); save it as text", 65)
        return
    if covering:
        yield Problem(origin, "a covering note to the mails attached to it; passed over")
        return
    found = list(pages(_TABLE.sub(r"<\1div", html), origin)) if html else []
    if plain and not any(isinstance(one, Draft) for one in found):
        found = [Draft(plain, origin)]
    if not found:
        found = [Problem(origin, "a mail without text or HTML in it; save what is attached as files", 65)]
    day = stated_date(envelope.sent)
    for one in found:
        yield (
            completed(one, envelope.title, envelope.outlet, published=day) if isinstance(one, Draft) else one
        )


def _envelope(message: EmailMessage) -> _Envelope:
    name, address = parseaddr(_header(message, "From"))
    outlet = tidy(name) or by_domain(address.rpartition("@")[2])
    return _Envelope(tidy(_header(message, "Subject")), outlet, _day(_header(message, "Date")))


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; one that breaks the parser (a year of ten digits) says nothing and costs no mail."""
    try:
        return str(message.get(name, ""))
    except _BREAKS:
        return ""


def _day(value: str) -> str:
    """The day of a Date header as the sender's clock had it; the header as it stands if it is not one."""
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _text(message: EmailMessage, kind: str, origin: str) -> str:
    """The first part of a kind that is not an attached file, "" if there is none.

    Raises ParallaxError where its encoding cannot be told.
    """
    for part in _parts(message):
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes) and raw.strip():
                return decoded(raw, part.get_content_charset(), origin)[0]
    return ""
