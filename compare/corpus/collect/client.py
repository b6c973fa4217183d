"""One request to one checked address, within every limit. No cookies, no proxy, no login, no redirect.

The connection is opened here, to the address that ``guard`` checked, and handed to urllib3, which speaks
HTTP over it. A proxy of the environment is not used: it would look names up by itself.
"""

import contextlib
import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from compare.corpus.collect import body, guard
from compare.corpus.collect.answers import Answer, Later, Refused
from compare.corpus.collect.guard import Gate, Target

_MOVED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({408, 425, 429})
_LONGEST_VALIDATOR = 1_000
_LONGEST_PAUSE = 7 * 86_400


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one page is gone after: seconds, bytes, steps.

    ``connect`` and ``read`` limit one wait, ``total`` a page with all its redirects (without the waits
    of politeness). ``largest`` bounds a body both on the line and unpacked. ``delay`` is the least time
    between two requests to one host, ``longest_delay`` the most that a robots.txt is given. ``tries`` and
    ``first_wait`` (doubled each time) are those of one run, ``longest_wait`` the most that it waits for a
    server that asks to be left alone.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    largest: int = 10_000_000
    redirects: int = 5
    delay: float = 1.0
    longest_delay: float = 60.0
    tries: int = 3
    first_wait: float = 2.0
    longest_wait: float = 120.0


@dataclass(frozen=True, slots=True)
class Moved:
    """The server sends on to another address, as written in its answer."""

    location: str


def ask(
    asked: Target, headers: Mapping[str, str], gate: Gate, limits: Limits, seconds: float
) -> Answer | Moved:
    """GET ``asked``, all of it within ``seconds`` once the name is looked up.

    Raises Refused or Later (see there) for everything that is no whole answer.
    """
    line = _connected(asked, gate, min(limits.connect, seconds))
    with contextlib.closing(line), _cut_after(line, seconds) as late:
        try:
            found = _talk(asked, headers, gate, limits, line)
        except (Refused, Later):
            # A line that we cut may look like the end of an answer: what it said does not count.
            if not late.is_set():
                raise
            found = None
        except (OSError, HTTPException, HTTPError, ValueError) as error:
            if not late.is_set():
                raise _trouble(asked, error) from error
            found = None
        if found is None or late.is_set():
            raise _too_slow(asked)
        return found


def _too_slow(asked: Target) -> Later:
    return Later(asked.url, "took too long; it is asked again later")


def _trouble(asked: Target, error: Exception) -> Refused | Later:
    """What went wrong, in words that hold nothing the server sent."""
    if isinstance(error, TimeoutError):
        return _too_slow(asked)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"its certificate is not to be trusted ({error.verify_message}); nothing was read"
        return Refused(asked.url, why)
    return Later(asked.url, f"{_reason(error)}; it is asked again later")


def _connected(asked: Target, gate: Gate, seconds: float) -> socket.socket:
    trouble: OSError = TimeoutError()
    for address in guard.addresses(asked, gate):
        try:
            line = socket.create_connection((address, asked.port), timeout=seconds)
        except OSError as error:
            trouble = error
            continue
        if line.getpeername()[0].partition("%")[0] != address.partition("%")[0]:
            line.close()
            raise Refused(asked.url, "the connection ended at another address than was checked; not asked")
        return line
    words = (trouble.strerror or "no answer").lower()
    raise Later(asked.url, f"its host cannot be reached just now ({words})") from trouble


@contextlib.contextmanager
def _cut_after(line: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """Cut the line when the time is up: a socket's own timeout limits one wait only, and a server that
    sends a byte a second would hold us for ever. The second handle outlives the wrapping in TLS.
    """
    late, handle = threading.Event(), line.dup()

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        timer.join()
        handle.close()


def _talk(
    asked: Target, headers: Mapping[str, str], gate: Gate, limits: Limits, line: socket.socket
) -> Answer | Moved:
    connection = HTTPConnection(asked.host, asked.port, timeout=limits.read)
    with contextlib.closing(connection):
        line.settimeout(limits.read)
        if asked.scheme == "https":
            context = gate.authorities or ssl.create_default_context()
            line = context.wrap_socket(line, server_hostname=asked.host)
        connection.sock = line
        sent = {"Host": asked.authority, "Accept-Encoding": body.ACCEPTED, "Connection": "close", **headers}
        connection.request("GET", asked.path, headers=sent, preload_content=False, decode_content=False)
        return _answer(asked, connection.getresponse(), headers, limits)


def _answer(
    asked: Target, response: BaseHTTPResponse, headers: Mapping[str, str], limits: Limits
) -> Answer | Moved:
    status, where = response.status, asked.url
    validators = {"If-None-Match", "If-Modified-Since"} & headers.keys()
    if status == 200:
        whole = body.read(response, where, limits.largest)
        return Answer(where, whole, _validator(response, "ETag"), _validator(response, "Last-Modified"))
    if status == 304 and validators:
        return Answer(where, unchanged=True)
    if status in _MOVED and response.headers.get("Location"):
        return Moved(response.headers["Location"])
    if status in {404, 410}:
        raise Refused(where, f"there is no such page ({status}); check the address", gone=status)
    if status in _BUSY or status >= 500:
        raise Later(where, f"the server has no answer just now ({status})", _pause(response))
    if status in {401, 402, 403, 451}:
        raise Refused(where, f"may not be read without leave ({status}); save it by hand if you may")
    raise Refused(where, f"an answer that is no page ({status}); check the address")


def _validator(response: BaseHTTPResponse, name: str) -> str:
    """A validator to be sent back as it is; one with controls or of no sane length is left out."""
    value = str(response.headers.get(name, ""))
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""


def _pause(response: BaseHTTPResponse) -> float | None:
    """Retry-After in seconds from now: a number, or a date (RFC 9110, 10.2.3) counted from the server's own
    clock where it tells it, so that a wrong clock on either side does no harm.
    """
    stated = str(response.headers.get("Retry-After", "")).strip()
    if stated.isascii() and stated.isdigit():
        return float(min(int(stated[:9]), _LONGEST_PAUSE))
    then = _moment(stated)
    now = _moment(str(response.headers.get("Date", ""))) or dt.datetime.fromtimestamp(time.time(), dt.UTC)
    return None if then is None else min(max((then - now).total_seconds(), 0.0), float(_LONGEST_PAUSE))


def _moment(stated: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(stated)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _reason(error: Exception) -> str:
    name = type(error).__name__
    if "Incomplete" in name or "Incomplete" in repr(error):
        return "the page was cut off before its end"
    if isinstance(error, ssl.SSLError):
        return "the encrypted connection broke"
    if isinstance(error, ConnectionError):
        return "the server closed the line"
    return f"the server's answer is no sound HTTP ({name})"
