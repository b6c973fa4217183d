"""One line to a mail server: encrypted, checked, with an end to every wait.

A transaction is taken apart at the one moment that counts: ``deliver`` calls ``commit`` when all but
the final dot of the message has been sent. Before that moment nothing can have been delivered; after
it, until the answer is read, nobody can know (RFC 1047).
"""

import base64
import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from typing import Literal

from compare.delivery.client import Client, Server
from compare.errors import ParallaxError
from compare.report.exhibits import gist
from compare.report.typeset import clean

Step = Literal["sender", "recipient", "message"]
TEMPORARY, CONFIGURATION = 75, 78
_LINES = re.compile(rb"\r\n|\r|\n")
_DOTS = re.compile(rb"^\.", re.MULTILINE)
_TOO_LARGE = frozenset({552, 523})


class Refusal(Exception):  # noqa: N818 - it is an answer, not a mistake
    """The server said no: its ``code`` and its words, without anything secret.

    ``about`` is what it refused: the sender (that is, all of us), the recipient, or the message.
    """

    def __init__(self, code: int, words: str, about: Step = "message") -> None:
        super().__init__(f"{code} {words}".strip())
        self.code = code
        self.words = words
        self.about = about

    @property
    def permanent(self) -> bool:
        """Whether the same message would be refused again."""
        return 500 <= self.code < 600

    @property
    def too_large(self) -> bool:
        """Whether a smaller message may be taken."""
        return self.code in _TOO_LARGE or "5.3.4" in self.words or "5.2.3" in self.words


class Lost(Exception):  # noqa: N818 - it is a state of the line, not a mistake
    """The line broke, or a wait came to its end."""


class Line:
    """An open line to a server, for one message after the other. Made by ``connect``."""

    def __init__(self, smtp: Client, server: Server) -> None:
        self._smtp = smtp
        self._server = server

    @property
    def usable(self) -> bool:
        """Whether another message can be handed over."""
        return self._smtp.sock is not None

    @property
    def limit(self) -> int:
        """The most bytes the server takes in a message; 0 where it does not say."""
        told = self._smtp.esmtp_features.get("size", "").split()
        return int(told[0]) if told and told[0].isdigit() else 0

    def deliver(self, sender: str, recipient: str, raw: bytes, commit: Callable[[], None]) -> str:
        """Hand over one message; returns the server's answer.

        Raises Refusal where the server refuses it (the line can be used on) and Lost where the line
        broke: after ``commit`` was called, the message may have been taken.
        """
        with self._smtp.within(self._server.patience), _broken():
            size = [f"SIZE={len(raw)}"] if self._smtp.has_extn("size") else []
            self._expect(2, self._smtp.mail(sender, size), "sender")
            self._expect(2, self._smtp.rcpt(recipient), "recipient")
            self._expect(3, self._smtp.docmd("DATA"))
            try:
                self._smtp.send(stuffed(raw))
                commit()
            except BaseException:
                # Whatever else is said on this line would be taken for a part of the message.
                self._smtp.hang_up()
                raise
            self._smtp.send(b".\r\n")
            # The one answer worth a long wait: giving up on it leaves a message in doubt.
            self._smtp.wait_up_to(self._server.patience)
            answer = self._expect(2, self._smtp.getreply())
            self._smtp.wait_up_to(self._server.seconds)
            return answer

    def close(self) -> None:
        """Say goodbye where the server still listens."""
        with contextlib.suppress(Lost), self._smtp.within(min(self._server.seconds, 5)), _broken():
            self._smtp.quit()
        self._smtp.hang_up()

    def _expect(self, wanted: int, reply: tuple[int, bytes], about: Step = "message") -> str:
        code, words = reply
        told = _told(words, self._server)
        if code // 100 == wanted:
            return f"{code} {told}"
        if not 400 <= code < 600:
            self._smtp.hang_up()
            raise Lost(f"an answer that makes no sense here: {code} {told}")
        if code == 421:
            self._smtp.hang_up()
        with contextlib.suppress(Lost), _broken():
            self._smtp.rset()
        raise Refusal(code, told, about)


@contextlib.contextmanager
def connect(server: Server) -> Iterator[Line]:
    """Open a line, encrypt it, check the certificate, log in; closed again at the end.

    Raises ParallaxError: 75 where the server cannot be reached or is busy, 78 where it is not the one
    it should be, offers no encryption, or refuses the login. Nothing has been sent then.
    """
    if server.security == "none" and server.user:
        raise _trouble(server, "a login is never sent unencrypted: set security", CONFIGURATION)
    line = Line(_opened(server), server)
    try:
        yield line
    finally:
        line.close()


def stuffed(raw: bytes) -> bytes:
    """A message as it goes over the line: CRLF line ends, leading dots doubled, one CRLF at the end."""
    lines = _DOTS.sub(b"..", _LINES.sub(b"\r\n", raw))
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _opened(server: Server) -> Client:
    client = Client(server)
    try:
        with client.within(server.patience):
            client.open()
        return client
    except ssl.SSLCertVerificationError as error:
        client.hang_up()
        why = f"its certificate is not to be trusted ({error.verify_message}); nothing was sent"
        raise _trouble(server, why, CONFIGURATION) from error
    except smtplib.SMTPNotSupportedError as error:
        client.hang_up()
        why = "it offers no encryption, or no login that is known; nothing was sent"
        raise _trouble(server, why, CONFIGURATION) from error
    except smtplib.SMTPAuthenticationError as error:
        client.hang_up()
        passing = 400 <= error.smtp_code < 500
        # The words are left out, and the chain: some servers repeat what they were sent.
        why = f"it refused the login ({error.smtp_code}): check user and password"
        raise _trouble(server, why, TEMPORARY if passing else CONFIGURATION) from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        client.hang_up()
        words = getattr(error, "strerror", None) or type(error).__name__
        raise _trouble(server, f"it cannot be used just now ({words}); try again later", TEMPORARY) from None


def _trouble(server: Server, what: str, code: int) -> ParallaxError:
    return ParallaxError(f"mail server {server.place}", what, code)


def _told(words: bytes, server: Server) -> str:
    """A server's words on one line, cleaned of controls and of anything secret it may repeat."""
    text = words.decode("utf-8", "replace")
    for secret in _secrets(server):
        text = text.replace(secret, "[secret]")
    return gist(clean(text.replace("\r", " ")), 300)


def _secrets(server: Server) -> list[str]:
    if not server.password:
        return []
    forms = (server.password, f"\0{server.user}\0{server.password}")
    coded = [base64.b64encode(form.encode()).decode() for form in forms]
    return [*coded, *(one.rstrip("=") for one in coded), server.password]


@contextlib.contextmanager
def _broken() -> Iterator[None]:
    try:
        yield
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException, OSError) as error:
        raise Lost(getattr(error, "strerror", None) or "the line broke") from None
