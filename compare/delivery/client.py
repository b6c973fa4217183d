"""The standard library's SMTP client, made so that every step of it can be ended, and never half heard."""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from compare.errors import ParallaxError

CONFIGURATION = 78
Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. ``seconds`` limits each wait, ``patience`` a whole message, in seconds.

    ``security`` is "starttls", "tls", or "none" for a server on this machine, which gets no login.
    ``authorities`` is a file of certificates (PEM) to trust in place of the system's.
    """

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: Path | None = None
    seconds: float = 60.0
    patience: float = 600.0

    @property
    def place(self) -> str:
        """What messages call the server."""
        return f"{self.host}:{self.port}"


class Client(smtplib.SMTP):
    """The standard library's client, whose every step can be ended from outside.

    A socket's timeout limits one wait only: a server that sends a byte a second would hold us for
    ever. So a second handle on the connection is kept, and shut when the time is up.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(timeout=server.seconds)
        self._server = server
        self._host = server.host  # what starttls checks the certificate against
        self._context = _context(server)
        self._handle: socket.socket | None = None

    def open(self) -> None:
        """Connect, encrypt, log in. Raises what smtplib, ssl and socket raise."""
        server = self._server
        code, words = self.connect(server.host, server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        self.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            self.starttls(context=self._context)
            self.ehlo()
        if server.user:
            self.login(server.user, server.password)

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer; one that was cut off in the middle of a line counts as none."""
        if self.file is None and self.sock is not None:
            self.file = _WholeLines(self.sock.makefile("rb"))
        return super().getreply()

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Cut the line if what is done inside takes longer."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def wait_up_to(self, seconds: float) -> None:
        """Limit every single wait from here on."""
        if self.sock is not None:
            self.sock.settimeout(seconds)

    def hang_up(self) -> None:
        """Close without a word."""
        self.close()
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    def _cut(self) -> None:
        handle = self._handle
        if handle is not None:
            with contextlib.suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        self._handle = plain.dup()
        if self._server.security != "tls":
            return plain
        return self._context.wrap_socket(plain, server_hostname=host)


class _WholeLines:
    """What a server says, a line at a time: the start of a line that never ended must not pass for a yes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readline(self, limit: int) -> bytes:
        line = self._file.readline(limit)
        return line if line.endswith(b"\n") else b""

    def close(self) -> None:
        self._file.close()


def _context(server: Server) -> ssl.SSLContext:
    """What checks the server's certificate and name."""
    try:
        return ssl.create_default_context(cafile=str(server.authorities) if server.authorities else None)
    except OSError as error:
        raise ParallaxError(str(server.authorities), "holds no certificates in PEM", CONFIGURATION) from error
