"""A digest is a message that every mail program reads, whatever stands in an article."""

import re
import subprocess
import sys
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from delivery_kit import ADDRESSING, KEY, WHEN, brief, parsed
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.delivery import digest
from compare.delivery.address import Mailbox, mailbox, parse
from compare.delivery.digest import Addressing, Report
from compare.errors import ParallaxError
from compare.report import mail
from compare.report.mail import Letter

ANA = Mailbox("Ana Pop", "ana@example.org")
PDF = Report("parallax-2025-W20.pdf", b"%PDF-1.7\r\n.\n\r" + bytes(range(256)) * 20)
LETTER = Letter("Parallax 2025-W20", "<p>Hello</p>", "Hello\n.\n..\nFrom here\n")


def composed(letter: Letter = LETTER, addressing: Addressing = ADDRESSING, to: Mailbox = ANA) -> bytes:
    message = digest.compose(letter, addressing, [PDF], KEY, WHEN)
    return digest.addressed(message.as_bytes(), addressing, KEY, to)


def headers(raw: bytes) -> list[bytes]:
    """The header lines of a message, unfolded."""
    return re.sub(rb"\r\n[ \t]", b" ", raw.partition(b"\r\n\r\n")[0]).split(b"\r\n")


def test_the_text_comes_first_the_html_second_and_the_report_beside_them() -> None:
    message = parsed(composed())
    assert message.get_content_type() == "multipart/mixed"
    body, report = message.iter_parts()
    assert [part.get_content_type() for part in body.iter_parts()] == ["text/plain", "text/html"]
    assert report.get_content_disposition() == "attachment"
    assert report.get_filename() == PDF.name


def test_the_attachment_is_the_report_byte_for_byte() -> None:
    assert [part.get_content() for part in parsed(composed()).iter_attachments()] == [PDF.data]


def test_another_parser_reads_the_same() -> None:
    """Python's older parser (policy compat32) shares no header code with the one that wrote it."""
    message = BytesParser(policy=policy.compat32).parsebytes(composed())
    parts = [part for part in message.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "application/pdf"]
    assert parts[2].get_payload(decode=True) == PDF.data
    assert parts[0].get_payload(decode=True) == LETTER.text.replace("\n", "\r\n").encode()


def test_every_header_that_a_list_and_a_robot_owe_is_there() -> None:
    message = parsed(composed())
    assert message["To"] == "Ana Pop <ana@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == '"Parallax weekly" <weekly.example.org>'
    assert message["List-Unsubscribe"] == "<https://example.org/out?who=ana%40example.org>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"].datetime == WHEN
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", message["Message-ID"])


def test_no_header_is_there_twice() -> None:
    names = [name.lower() for name, _ in parsed(composed()).items()]
    assert len(names) == len(set(names))


def test_an_unsubscribe_address_longer_than_a_line_stays_one_address() -> None:
    long = "https://example.org/out/" + "a" * 300 + "?who={address}"
    raw = composed(addressing=Addressing(ANA, "weekly.example.org", unsubscribe=long))
    found = [line for line in headers(raw) if line.startswith(b"List-")]
    assert len(found) == 3
    assert not [line for line in found if b"=?" in line]
    assert long.replace("{address}", "ana%40example.org").encode() in b"".join(found)


def test_encoded_words_are_no_longer_than_the_standard_allows() -> None:
    raw = composed(Letter("Über " * 40 + "ёлка" * 30, "", ""), to=Mailbox("Ñandú " * 15, "a@example.org"))
    words = re.findall(rb"=\?\S*\?=", raw.partition(b"\r\n\r\n")[0])
    assert words
    assert max(map(len, words)) <= 75


def test_no_line_is_longer_than_78_but_the_list_headers() -> None:
    raw = composed(Letter("Über " * 40, "<p>" + "x" * 5000, "wort " * 900))
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n") if not line.startswith(b"List-")) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_same_issue_has_the_same_bytes_and_the_same_name_for_a_recipient() -> None:
    assert composed() == composed()
    other = parsed(composed(to=Mailbox("", "bo@example.org")))
    assert other["Message-ID"] != parsed(composed())["Message-ID"]
    assert (
        parsed(composed(to=Mailbox("Ana", "ANA@example.org")))["Message-ID"]
        == parsed(composed())["Message-ID"]
    )


def test_addressing_bytes_and_addressing_a_message_give_the_same_headers() -> None:
    message = digest.compose(LETTER, ADDRESSING, [PDF], KEY, WHEN)
    digest.address(message, ADDRESSING, KEY, ANA)
    assert sorted(headers(message.as_bytes())) == sorted(headers(composed()))


def test_an_address_without_a_name_for_one_click_gets_no_one_click() -> None:
    raw = composed(addressing=Addressing(ANA, "a.b", unsubscribe="mailto:out@example.org?subject=out"))
    assert parsed(raw)["List-Unsubscribe"] == "<mailto:out@example.org?subject=out>"
    assert "List-Unsubscribe-Post" not in parsed(raw)


@pytest.mark.parametrize(
    "link", ["http://example.org/out", "https://a b", "https://a>\r\nBcc: x@y.z", "javascript:x"]
)
def test_an_unsubscribe_address_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(ParallaxError, match="must be an https or mailto") as caught:
        Addressing(ANA, "a.b", unsubscribe=link)
    assert caught.value.exit_code == 78


def test_a_list_id_with_a_line_break_is_refused() -> None:
    with pytest.raises(ParallaxError, match="must be dotted"):
        Addressing(ANA, "a.b>\r\nBcc: x@y.z")


@pytest.mark.parametrize("value", ["a\r\nBcc: x@y.z", "a\nb", "a\rb", "a\0b", "ü"])
@pytest.mark.parametrize("name", ["List-Id", "Message-ID"])
def test_a_header_that_is_left_whole_is_refused_if_it_breaks(name: str, value: str) -> None:
    """The last gate, should anything before it have let a break through."""
    with pytest.raises(ParallaxError, match="refused"):
        digest.POLICY.fold(name, value)


def test_answers_go_where_they_are_wanted() -> None:
    raw = composed(addressing=Addressing(ANA, reply_to=Mailbox("The Editor", "ed@example.org")))
    assert parsed(raw)["Reply-To"] == "The Editor <ed@example.org>"


def test_attach_puts_a_report_into_a_message_of_somebody_else() -> None:
    message = EmailMessage()
    message["Subject"] = "Our own digest"
    message.set_content("Read this.")
    message.add_alternative("<p>Read this.", subtype="html")
    digest.attach(message, PDF)
    digest.attach(message, Report("data.json", b"{}", "application/json"))
    again = parsed(message.as_bytes())
    assert again.get_content_type() == "multipart/mixed"
    assert next(again.iter_parts()).get_content_type() == "multipart/alternative"
    assert [part.get_content() for part in again.iter_attachments()] == [PDF.data, b"{}"]


def test_attach_refuses_what_is_no_media_type() -> None:
    with pytest.raises(ParallaxError, match="is no media type"):
        digest.attach(EmailMessage(), Report("a", b"", "text/x\r\nBcc: a@b.c"))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"b\r\nX: y.pdf', "a_b_X_ y.pdf"),
        ("Prüfung Ω.pdf", "Prüfung Ω.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("", "report"),
    ],
)
def test_a_file_name_is_one_on_every_system(name: str, kept: str) -> None:
    message = EmailMessage(policy=digest.POLICY)
    message.set_content("text")
    digest.attach(message, Report(name, b"x"))
    assert [part.get_filename() for part in parsed(message.as_bytes()).iter_attachments()] == [kept]


NASTY = st.text(max_size=200) | st.sampled_from(
    [
        "a\r\nBcc: thief@example.org",
        "a\n\n<script>",
        "\0",
        "x" * 10_000,
        "😀" * 300,
        "\u202eevil\u202c",
        "שלום עולם",
        "a\x85Bcc: thief@example.org",
        "a\u2028Bcc: x",
        '"quoted" <a@b.c>, other',
        "=?utf-8?q?=0D=0ABcc:_x?=",
        "=?utf-8?b?DQpCY2M6IHg=?=",
        "=??Q?=0A?=",
        "=??Q?=80?=",
        "\ud800 alone",
        "word " * 400,
        "é" * 77 + " " + "a" * 90,
    ]
)
ALLOWED = {
    b"message-id", b"to", b"list-unsubscribe", b"list-unsubscribe-post", b"date", b"from", b"subject",
    b"auto-submitted", b"list-id", b"mime-version", b"content-type",
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(title=NASTY, name=NASTY, listed=NASTY)
def test_nothing_in_a_title_or_a_name_becomes_a_header(title: str, name: str, listed: str) -> None:
    letter = mail.write([brief(1, title)])
    sender = mailbox(name, "digest@example.org")
    addressing = Addressing(sender, "weekly.example.org", listed, unsubscribe="https://example.org/out")
    raw = composed(letter, addressing, mailbox(name, "ana@example.org"))
    assert {line.split(b":")[0].lower() for line in headers(raw)} <= ALLOWED
    message = parsed(raw)
    assert [one.addr_spec for one in message["To"].addresses] == ["ana@example.org"]
    assert [one.addr_spec for one in message["From"].addresses] == ["digest@example.org"]
    assert [part.get_content() for part in message.iter_attachments()] == [PDF.data]
    assert len(raw.partition(b"\r\n\r\n")[0]) < 4000


@settings(max_examples=60, deadline=None)
@given(name=st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=80))
def test_a_name_is_read_back_as_it_was_written(name: str) -> None:
    one = mailbox(name, "ana@example.org")
    # Read by the older parser: the newer one keeps the blank between two encoded words of a name.
    message = BytesParser(policy=policy.compat32).parsebytes(composed(to=one))
    read = str(make_header(decode_header(message["To"])))
    assert read.endswith("<ana@example.org>" if one.name else "ana@example.org")
    if not one.name.isascii():
        assert read.removesuffix(" <ana@example.org>") == one.name
    else:
        assert parsed(composed(to=one))["To"].addresses[0].display_name == one.name


@settings(max_examples=60, deadline=None)
@given(
    subject=st.text(st.characters(categories=("L", "N", "P", "S")) | st.just(" "), min_size=1, max_size=100)
)
def test_a_subject_is_read_back_as_it_was_written(subject: str) -> None:
    written = " ".join(subject.split())
    # What would open an encoded word is taken apart: Python decodes it where it is set.
    assert parsed(composed(Letter(written, "", "")))["Subject"] == written.replace("=?", "= ?")


@pytest.mark.parametrize(
    "text",
    [
        "", "ana", "@example.org", "ana@", "a b@example.org", "ana@exam ple.org", "ana@-a.org", "ana@a..b",
        "ana@example.org\r\nBcc: x@y.z", "ana@example.org, bo@example.org", ".ana@example.org",
        "a" * 65 + "@b.c",
        "ana@" + "a" * 64 + ".org", "jörg@example.org", "Ana <ana@example.org> x", "ana@example.org>",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ParallaxError, match="is no mail address"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("ana@Example.ORG", Mailbox("", "ana@example.org")),
        (" Ana Pop <ana+news@example.org> ", Mailbox("Ana Pop", "ana+news@example.org")),
        ('"Pop, Ana" <ana@example.org>', Mailbox("Pop, Ana", "ana@example.org")),
        ("ana@bücher.example", Mailbox("", "ana@xn--bcher-kva.example")),
    ],
)
def test_an_address_is_read_with_its_name(text: str, one: Mailbox) -> None:
    assert parse(text) == one


def test_composing_imports_nothing_heavy() -> None:
    code = "import sys; from compare.delivery import digest, outbox, run; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"sklearn", "scipy", "numpy", "nltk", "trafilatura", "weasyprint", "jinja2", "dkim"}
    assert not heavy & set(found.stdout.split())
