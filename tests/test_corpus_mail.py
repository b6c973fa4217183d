"""Mails and mailboxes: every newsletter becomes an article or a problem, however the mail is made."""

import datetime as dt
import io
import mailbox
import tracemalloc
from email.message import EmailMessage
from email.mime.text import MIMEText
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.corpus.deposit import Deposit
from compare.corpus.draft import Draft
from compare.corpus.readers import mail
from compare.model import Problem

TEXT = """The ferry to Lunn went back into service on Monday after eleven days in dock. “She sails like new,”
said the skipper, who had waited for this day longer than anybody else on the island.

Two pistons had to be replaced. The repair cost 80,000 crowns, the council said on Tuesday in a letter.

From Lunn to the mainland it is eleven miles. Nobody counted the letters that a fishing boat brought over.
"""
HTML = (
    "<html><body><table><tr><td>"
    + "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    + "</td></tr></table></body></html>"
)


def deposit(raw: bytes, origin: str = "a.eml") -> Deposit:
    return Deposit(origin, raw[:65_536], len(raw), lambda: io.BytesIO(raw))


def message(text: str | None = TEXT, html: str | None = None, subject: str = "Ferry sails") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Skerry Times <letter@skerry-times.example>"
    made["To"] = "you@example.org"
    made["Subject"] = subject
    made["Date"] = "Tue, 05 Mar 2024 23:30:00 -0500"
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html") if text is not None else made.set_content(
            html, subtype="html"
        )
    return made


def read(raw: bytes) -> list[Draft | Problem]:
    assert mail.looks_like(deposit(raw))
    return list(mail.drafts(deposit(raw)))


def only(raw: bytes) -> Draft:
    (one,) = read(raw)
    assert isinstance(one, Draft), one
    return one


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(("text", "html"), [(TEXT, None), (None, HTML), ("Read it online.", HTML)])
def test_a_mail_is_one_article(text: str | None, html: str | None) -> None:
    """The HTML part, in its layout tables, is preferred; subject, sender and day stand in for metadata."""
    one = only(message(text, html).as_bytes())
    assert words(one.text) == words(TEXT)
    assert (one.title, one.outlet, one.published, one.origin) == (
        "Ferry sails",
        "Skerry Times",
        dt.date(2024, 3, 5),
        "a.eml",
    )


def test_windows_line_ends() -> None:
    """A mail as it comes off the wire is read as one with bare line ends."""
    assert words(only(message().as_bytes().replace(b"\n", b"\r\n")).text) == words(TEXT)


def test_a_sender_without_a_name_is_known_by_the_domain() -> None:
    """The domain names the outlet where the sender has no name."""
    made = message()
    made.replace_header("From", "letter@mail.skerry-times.example")
    assert only(made.as_bytes()).outlet == "mail.skerry-times.example"


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "windows-1252", "koi8-r"])
def test_charsets(charset: str) -> None:
    """The declared charset is used."""
    body = {"koi8-r": "Паром снова ходит в Лунн. Он как новый."}.get(charset, "Die Fähre fährt. Sie ist neu.")
    made = MIMEText(body, "plain", charset)
    made["From"], made["Subject"] = "a@b.example", "x"
    assert only(made.as_bytes()).text.strip() == body


@pytest.mark.parametrize("charset", ["x-unknown", "utf-8", "us-ascii"])
def test_a_lying_charset(charset: str) -> None:
    """Where the declared charset is unknown or does not fit, the bytes are decoded as a file's are."""
    raw = (
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset="
        + charset.encode()
    )
    raw += b"\nContent-Transfer-Encoding: 8bit\n\nDie F\xe4hre f\xe4hrt nach Lunn. Sie ist neu.\n"
    assert only(raw).text.strip() == "Die Fähre fährt nach Lunn. Sie ist neu."


def test_encoded_headers() -> None:
    """Subject and sender in encoded words are decoded."""
    made = message(subject="Fähre fährt — wieder")
    made.replace_header("From", "Der Bote <x@y.example>")
    assert only(made.as_bytes()).title == "Fähre fährt — wieder"


@pytest.mark.parametrize(
    "date", ["Tue, 05 Mar 99999999999 23:30:00 -0500", "Tue, 05 Mar 2024 23:30:00 -99999999999", "x"]
)
def test_an_impossible_date(date: str) -> None:
    """A Date header that is none leaves the day out and loses nothing else."""
    raw = message().as_bytes().replace(b"Tue, 05 Mar 2024 23:30:00 -0500", date.encode())
    one = only(raw)
    assert (one.title, one.outlet) == ("Ferry sails", "Skerry Times")
    assert words(one.text) == words(TEXT)


def test_attached_mails_are_read_one_deep() -> None:
    """A mail that forwards two others is a covering note and two articles; what lies deeper is named."""
    inner = message("A deeper letter. " * 40, subject="Deeper")
    middle = message(TEXT * 2, subject="Forwarded twice")
    middle.add_attachment(inner)
    outer = message("See these.", subject="Fwd")
    outer.add_attachment(message(TEXT, subject="First"))
    outer.add_attachment(middle)
    found = read(outer.as_bytes())
    assert [(one.origin, one.title) for one in found if isinstance(one, Draft)] == [
        ("a.eml#2", "First"),
        ("a.eml#3", "Forwarded twice"),
    ]
    assert [one.what.split(";")[0] for one in found if isinstance(one, Problem)] == [
        "a covering note to the mails attached to it",
        "mails attached to an attached mail",
    ]


def test_a_mail_without_text() -> None:
    """A mail that holds a picture alone is one clear line."""
    made = message(None)
    made.set_content(b"\x89PNG", "image", "png")
    (one,) = read(made.as_bytes())
    assert isinstance(one, Problem)
    assert "without text or HTML" in one.what


def test_a_mailbox_written_by_the_standard_library(tmp_path: Path) -> None:
    """Every message of a mailbox comes out in order, and its quoted From_ lines as they were."""
    box = mailbox.mbox(tmp_path / "a.mbox")
    for number in range(12):
        box.add(message(subject=f"Letter {number}"))
    box.close()
    found = read((tmp_path / "a.mbox").read_bytes())
    assert [(one.origin, one.title) for one in found if isinstance(one, Draft)] == [
        (f"a.eml#{n + 1}", f"Letter {n}") for n in range(12)
    ]
    assert all(isinstance(one, Draft) and words(one.text) == words(TEXT) for one in found)


def test_a_sentence_that_begins_with_from_does_not_split() -> None:
    """Only a From_ line with its date begins a message."""
    raw = (
        b"From - Tue Mar 05 23:30:00 2024\n"
        + message("One.\n\nFrom Monday 4 March on, she sails. Bo said so.").as_bytes()
    )
    assert "From Monday 4 March on" in only(raw).text


def endless(size: int) -> BinaryIO:
    """A mailbox whose one message has ``size`` bytes of text, made while it is read."""

    class Made(io.RawIOBase):
        left = size
        head = b"From a@b Tue Mar 05 23:30:00 2024\nFrom: a@b.example\nSubject: x\nMIME-Version: 1.0\n\n"

        def readable(self) -> bool:
            return True

        def readinto(self, target: memoryview) -> int:  # type: ignore[override]
            piece = self.head or b"All of it is one line. " * 40
            self.head = b""
            piece = piece[: min(len(target), self.left)]
            self.left -= len(piece)
            target[: len(piece)] = piece
            return len(piece)

    return io.BufferedReader(Made(), 65_536)


def test_a_huge_message_is_refused_in_bounded_memory() -> None:
    """A message of 100 MB is one clear line, and no more than the bound is ever held."""
    size = 100_000_000
    box = Deposit("a.mbox", b"From a@b Tue Mar 05 23:30:00 2024\n", size, lambda: endless(size))
    tracemalloc.start()
    (one,) = mail.drafts(box)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(one, Problem)
    assert "larger than 25 MB" in one.what
    assert peak < 4 * mail.LARGEST


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\nSubject: x\nMessage-ID: <1>\n" + b"X: y\n" * 700_000,
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\n" * 5_000,
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(400)),
        b"From: " + b"(" * 200_000 + b"\nSubject: x\nMIME-Version: 1.0\n\nIt sails.\n",
        b"From: a@b.example\nSubject: " + b"=?utf-8?q?x?= " * 100_000 + b"\nMIME-Version: 1.0\n\nIt sails.\n",
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; "
        + b"a*0*=b;" * 100_000
        + b"\n\nx\n",
        b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n!!!!\n",
        b"From: a@b.example\nSubject: x\nMessage-ID: <1>",
    ],
    ids=["lines", "parts", "nested", "comments", "words", "parameters", "base64", "headers only"],
)
def test_hostile_mails(raw: bytes) -> None:
    """What is made to break a parser of mail costs one mail, in bounded time."""
    found = list(mail.drafts(deposit(raw)))
    assert found
    assert all(isinstance(one, Draft | Problem) for one in found)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"From here it is far.\n",
        b"Title: x\nSource: y\nDate: z\n\nText",
        b"Subject: x\n\nText\n",
        b"\x00" * 9,
    ],
)
def test_other_files_are_no_mails(raw: bytes) -> None:
    """A text, with or without a head of fields, is not taken for a mail."""
    assert not mail.looks_like(deposit(raw))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_mails_never_break(data: st.DataObject) -> None:
    """A mailbox with bytes changed, lost or added gives drafts and problems and nothing else."""
    raw = bytearray(b"From a@b Tue Mar 05 23:30:00 2024\n" + message(TEXT, HTML).as_bytes() + b"\n") * 2
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    for one in mail.drafts(deposit(bytes(raw))):
        assert isinstance(one, Draft | Problem)
        assert "\n" not in (one.what if isinstance(one, Problem) else one.title)
