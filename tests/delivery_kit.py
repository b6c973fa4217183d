"""What the tests of delivery share: a small brief, and mail servers on this machine that behave as told."""

import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from compare.delivery.address import Mailbox
from compare.delivery.digest import Addressing, Key
from compare.model import Alignment, Article, Cell, Evidence, Finding, Passage, Row, Span, Story
from compare.report.brief import compose
from compare.report.parts import Brief, Edition

WHEN = dt.datetime(2025, 5, 19, 7, 0, tzinfo=dt.UTC)
KEY = Key("weekly.example.org", "2025-W20")
ADDRESSING = Addressing(
    sender=Mailbox("Parallax", "digest@example.org"),
    list_id="weekly.example.org",
    list_name="Parallax weekly",
    unsubscribe="https://example.org/out?who={address}",
)


def people(count: int) -> list[Mailbox]:
    """Some recipients."""
    return [Mailbox(f"Reader {number}", f"reader{number}@example.org") for number in range(count)]


def brief(stories: int = 2, title: str = "The ferry to Askel stops", summary: str = "") -> Brief:
    """A brief of so many stories, each told by two outlets that differ in one figure."""
    told = [
        _story(number, f"{title} {number}" if stories > 1 else title, summary) for number in range(stories)
    ]
    return compose(told, edition=Edition(week="2025-W20", dates="12 May 2025 to 18 May 2025"))


def _story(number: int, title: str, summary: str) -> tuple[Alignment, list[Finding]]:
    articles, passages = [], []
    for outlet, count in (("Northern Post", 40), ("The Tide", 55)):
        text = f"The crossing was cancelled for {count} passengers."
        name = f"{outlet} {number}"
        articles.append(
            Article(
                id=name,
                outlet=outlet,
                title=title,
                body=f"{title}\n\n{text}",
                headline=Span(0, len(title)),
                published=dt.date(2025, 5, 14),
                url=f"https://{outlet.lower().replace(' ', '-')}.example/news/{number}",
            )
        )
        begin = len(title) + 2
        passages.append(Passage(name, Span(begin, begin + len(text)), text))
    story = Story(f"story-{number}", tuple(articles))
    cells = tuple(Cell((one,), None, 1.0, "reported") for one in passages)
    outlets = tuple(one.outlet for one in articles)
    table = Alignment(story, outlets, tuple((one,) for one in passages), (Row(cells),))
    evidence = tuple(Evidence(outlet, one) for outlet, one in zip(outlets, passages, strict=True))
    words = summary or "Northern Post counts 40 passengers, The Tide 55."
    return table, [Finding("figure", "at odds", words, evidence, 0.9, 0.9)]


@dataclass
class Post:
    """A server's handler: keeps what it takes, and answers as its rules say ("" means yes)."""

    at_sender: Callable[[str], str] = lambda _: ""
    at_recipient: Callable[[str], str] = lambda _: ""
    at_message: Callable[[str], str] = lambda _: ""
    taken: list[tuple[str, bytes]] = field(default_factory=list, init=False)
    sessions: list[Session] = field(default_factory=list, init=False)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.append(session)
        answer = self.at_sender(address)
        if not answer:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer or "250 2.1.0 sender ok"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.at_recipient(address)
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 2.1.5 recipient ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        recipient = envelope.rcpt_tos[0]
        answer = self.at_message(recipient)
        if not answer:
            assert isinstance(envelope.content, bytes)
            self.taken.append((recipient, envelope.content))
        return answer or "250 2.0.0 taken"

    @property
    def recipients(self) -> list[str]:
        """Who got mail, in the order it came."""
        return [recipient for recipient, _ in self.taken]


def parsed(raw: bytes) -> EmailMessage:
    """A message as the standard library reads it."""
    message = BytesParser(policy=default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    return message


@contextlib.contextmanager
def serving(post: Post, **options: Any) -> Iterator[int]:
    """aiosmtpd on a free port of this machine; ``options`` are its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    controller = Controller(post, hostname="localhost", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def knowing(user: bytes, password: bytes) -> Callable[..., AuthResult]:
    """An authenticator for one login."""

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (user, password)
        return AuthResult(success=known, handled=False)

    return authenticate


@dataclass
class Rude:
    """A server that follows the protocol up to a point, and then does ``what`` it likes."""

    what: str
    dots: int = 0
    context: ssl.SSLContext | None = None


@contextlib.contextmanager
def rude(behaviour: Rude) -> Iterator[int]:
    """A server of plain sockets. It may "drop" the line after the final dot, "hang", "drip after dot" or
    give "half an answer" there, "drip" its greeting a byte at a time, "close" at once, say "yes to DATA"
    as to anything else, or "echo" what it was sent when it refuses a login."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        thread = threading.Thread(target=_listen, args=(listener, behaviour, stop))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()


def _listen(listener: socket.socket, behaviour: Rude, stop: threading.Event) -> None:
    threads = []
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            line, _ = listener.accept()
            threads.append(threading.Thread(target=_talk, args=(line, behaviour, stop)))
            threads[-1].start()
    for thread in threads:
        thread.join()


def _talk(line: socket.socket, behaviour: Rude, stop: threading.Event) -> None:
    line.settimeout(5)
    with contextlib.suppress(OSError), line:
        if behaviour.what == "close":
            return
        if behaviour.what == "drip":
            _drip(line, stop)
            return
        if behaviour.context:
            line = behaviour.context.wrap_socket(line, server_side=True)
        line.sendall(b"220 here\r\n")
        _answer(line, behaviour, stop)


def _drip(line: socket.socket, stop: threading.Event) -> None:
    for _ in range(200):
        if stop.wait(0.05):
            return
        line.sendall(b"2")


def _answer(line: socket.socket, behaviour: Rude, stop: threading.Event) -> None:
    lines = line.makefile("rb")
    while said := lines.readline():
        word = said[:4].upper()
        if word == b"EHLO":
            line.sendall(b"250-here\r\n250 AUTH PLAIN\r\n")
        elif word == b"AUTH":
            line.sendall(b"535 no: " + said)
        elif word == b"DATA" and behaviour.what == "yes to DATA":
            line.sendall(b"250 fine\r\n")
        elif word == b"DATA":
            line.sendall(b"354 go on\r\n")
            while lines.readline() not in {b".\r\n", b""}:
                pass
            behaviour.dots += 1
            if behaviour.what == "hang":
                stop.wait(5)
            if behaviour.what == "half an answer":
                line.sendall(b"250 tak")
            if behaviour.what == "drip after dot":
                _drip(line, stop)
            return
        else:
            line.sendall(b"250 fine\r\n")
