"""Reports as a mail message that is correct by the standards, and harmless whatever an article holds.

multipart/mixed holds multipart/alternative (plain text, then HTML) and the reports (RFC 2046).
A message is composed once for an issue, ``addressed`` for each recipient by putting a few headers in
front of its bytes: the attachment is encoded once, however many receive it.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import EmailPolicy
from urllib.parse import quote

from compare.delivery.address import NAME, Mailbox, header, plain
from compare.errors import ParallaxError
from compare.report.mail import SUBJECT, Letter

LINE = 76
_BROKEN = re.compile(r"\r(?!\n)|\n(?![ \t])|\0")
_FILE = re.compile(r"[^\w.+ -]+")
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_LIST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_LINK = re.compile(r"(?:https|mailto):[!-;=?-~]+", re.ASCII)


class _Policy(EmailPolicy):
    """CRLF and short lines, except where folding would break an address into encoded words.

    Python folds a List-Unsubscribe of more than a line into encoded words, which RFC 2369 forbids and
    which ends one-click. Widening every line instead would make encoded words longer than the 75
    characters that RFC 2047 allows. So only these headers are left whole (RFC 5322 allows 998).
    """

    def fold(self, name: str, value: str) -> str:
        whole = name.lower().startswith("list-") or name.lower() == "message-id"
        folded = f"{name}: {value}\r\n" if whole else str(super().fold(name, value))
        if not folded.isascii() or not folded.endswith("\r\n") or _BROKEN.search(folded[:-2]):
            raise ParallaxError(f"header {name}", "holds a line break or no ASCII: refused")
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii")


POLICY = _Policy(linesep="\r\n", max_line_length=LINE, cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Report:
    """A finished file: the ``name`` it has in the mail, its bytes and its media type."""

    name: str
    data: bytes
    media: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Addressing:
    """Who sends, and for which list. ``list_id`` is dotted ("weekly.example.org").

    ``unsubscribe`` is an https address where a POST without any question ends the subscription
    (RFC 8058), or a mailto address; ``{address}`` in it becomes the recipient's. "" leaves it out.
    """

    sender: Mailbox
    list_id: str = ""
    list_name: str = ""
    reply_to: Mailbox | None = None
    unsubscribe: str = ""

    def __post_init__(self) -> None:
        if self.list_id and not _LIST.fullmatch(self.list_id):
            raise ParallaxError(f"list id {self.list_id!r}", "must be dotted, such as weekly.example.org", 78)
        if self.unsubscribe and not _LINK.fullmatch(self.unsubscribe):
            raise ParallaxError(
                f"unsubscribe {self.unsubscribe!r}", "must be an https or mailto address in ASCII", 78
            )


@dataclass(frozen=True, slots=True)
class Key:
    """What makes an issue of the digest the same one: its list, its ISO week and its edition."""

    list_id: str
    week: str
    edition: str = "1"

    def __str__(self) -> str:
        return f"{self.list_id}/{self.week}/{self.edition}"


def compose(
    letter: Letter,
    addressing: Addressing,
    reports: Sequence[Report],
    key: Key,
    when: dt.datetime,
) -> EmailMessage:
    """The whole message but for its recipient, whom ``address`` or ``addressed`` adds.

    ``when`` must know its time zone. The same inputs give the same bytes.
    """
    message = EmailMessage(policy=POLICY)
    message["Date"] = when
    message["From"] = header(addressing.sender)
    if addressing.reply_to:
        message["Reply-To"] = header(addressing.reply_to)
    message["Subject"] = plain(letter.subject, SUBJECT)
    message["Auto-Submitted"] = "auto-generated"
    if addressing.list_id:
        message["List-Id"] = _list(addressing)
    message.set_content(letter.text, cte=_encoding(letter.text))
    message.add_alternative(letter.html, subtype="html", cte=_encoding(letter.html))
    for report in reports:
        attach(message, report)
    _set_boundaries(message, f"{key}\n{letter.subject}")
    return message


def attach(message: EmailMessage, report: Report) -> None:
    """Attach ``report`` to any message: it ends in multipart/mixed, beside the text, never inside
    multipart/alternative, where mail programs would show it instead of the text.

    Raises ParallaxError for a media type that is none.
    """
    if not _TYPE.fullmatch(report.media):
        raise ParallaxError(f"report {report.name!r}", f"{report.media!r} is no media type")
    main, _, sub = report.media.partition("/")
    message.add_attachment(report.data, maintype=main, subtype=sub, filename=_file_name(report.name))


def address(message: EmailMessage, addressing: Addressing, key: Key, to: Mailbox) -> None:
    """Add the headers that differ from recipient to recipient.

    The Message-ID follows from the issue and the address: should a copy have to be sent again, it is
    the same message to every mailbox that can tell.
    """
    name = hashlib.sha256(f"{key}\n{to.key}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{name}@{addressing.sender.domain}>"
    message["To"] = header(to)
    if addressing.unsubscribe:
        link = addressing.unsubscribe.replace("{address}", quote(to.address, safe=""))
        message["List-Unsubscribe"] = f"<{link}>"
        if link.startswith("https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def addressed(raw: bytes, addressing: Addressing, key: Key, to: Mailbox) -> bytes:
    """What ``address`` does, on the bytes of a message: its attachments are not encoded once more."""
    front = EmailMessage(policy=POLICY)
    address(front, addressing, key, to)
    lines, _, _ = front.as_bytes().partition(b"\r\n\r\n")
    return lines.rstrip(b"\r\n") + b"\r\n" + raw


def _encoding(text: str) -> str | None:
    """Never plain 7-bit, in which a line could pose as a boundary; else whichever is shorter."""
    return "quoted-printable" if text.isascii() else None


def _list(addressing: Addressing) -> str:
    """List-Id with its name as a quoted string (RFC 2919); a name beyond ASCII is left out."""
    name = plain(addressing.list_name, NAME)
    if not name or not name.isascii() or not name.isprintable():
        return f"<{addressing.list_id}>"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{addressing.list_id}>'


def _file_name(name: str) -> str:
    """A file name that is one on every system: no folders, no controls, at most 100 characters."""
    stem, dot, suffix = _FILE.sub("_", name).strip(" .").rpartition(".")
    return f"{stem[: 99 - len(suffix)]}{dot}{suffix}"[-100:] or "report"


def _set_boundaries(message: EmailMessage, seed: str) -> None:
    """Boundaries that follow from the content; "=_" can stand in no base64 nor quoted-printable body."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            name = hashlib.sha256(f"{number}\n{seed}".encode()).hexdigest()[:24]
            part.set_boundary(f"=_{name}_=")
