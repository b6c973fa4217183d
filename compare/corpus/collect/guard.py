"""Which addresses may be asked: only the web, and only machines that the whole internet can reach.

A feed is written by strangers, and so is every address in it. One that names a machine of the own
network, or a service of the machine itself, must not be asked (server-side request forgery, CWE-918).
The name is looked up once and the connection made to the very address that was checked, so that a
second look-up cannot give another one (DNS rebinding).
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from compare.corpus.collect.answers import Later, Refused
from compare.corpus.files import shown

LONGEST = 2_000
_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Set apart by IANA, but public for Python 3.11: relays of 6to4 (RFC 7526), documentation (RFC 9637).
_SET_APART = (ipaddress.IPv4Network("192.88.99.0/24"), ipaddress.IPv6Network("3fff::/20"))
_TRIED = 4
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart once, so that what is checked is what is asked. ``path`` has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address again: without login and fragment, the usual port left out."""
        return f"{self.origin}{self.path}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """What the Host header says."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of ``host`` as this system knows them. Raises OSError where it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may be asked. ``authorities`` checks certificates, the system's where it is None."""

    allow_private: bool = False
    resolve: Resolver = looked_up
    authorities: ssl.SSLContext | None = None


def target(url: str, base: str = "") -> Target:
    """Take an address apart; ``base`` is what a relative one counts from.

    A user name and password in it are dropped and never sent. Raises Refused for what is no address
    of the web, for one longer than ``LONGEST``, and for ports of other services.
    """
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    where = shown(named(url))
    try:
        found = parse_url(urljoin(base, url.strip()) if base else url.strip())
    except (LocationParseError, ValueError) as error:
        raise Refused(where, "is not an address of the web; write it as https://example.org/…") from error
    scheme, host = found.scheme or "", (found.host or "").strip("[]").rstrip(".")
    if scheme not in _PORTS:
        raise Refused(where, "only http and https are asked; give another address")
    if not host or len(found.url) > LONGEST:
        raise Refused(where, f"names no host, or is longer than {LONGEST} characters; check it")
    port = _PORTS[scheme] if found.port is None else found.port
    if port not in _PORTS.values() and port < _FIRST_FREE_PORT:
        raise Refused(where, f"port {port} belongs to another service than the web; not asked")
    path = (found.path or "/") + (f"?{found.query}" if found.query is not None else "")
    return Target(scheme, host, port, path)


def named(url: str) -> str:
    """An address as messages show it: a login in it is left out, and whatever is very long is cut."""
    scheme, mark, rest = url.strip().partition("://")
    authority, slash, path = rest.partition("/")
    text = f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}" if mark else scheme
    return text if len(text) <= 200 else f"{text[:200]}…"


def addresses(asked: Target, gate: Gate) -> list[str]:
    """Where ``asked`` may be reached, at most ``_TRIED``; the name is looked up here and nowhere else.

    Raises Later where the name is not known just now, Refused where no address of it is public.
    """
    try:
        found = gate.resolve(asked.host, asked.port)
    except (OSError, UnicodeError) as error:
        raise Later(asked.url, "the name of its host cannot be looked up; check it, or try later") from error
    fit = [one for one in found if gate.allow_private or public(one)]
    if not fit:
        raise Refused(
            asked.url,
            f"{asked.host} is not a public host ({', '.join(found[:2]) or 'no address'}); "
            "not asked: add --allow-private if you know it",
        )
    return fit[:_TRIED]


def public(address: str) -> bool:
    """Whether the whole internet can reach ``address``; an IPv4 address inside an IPv6 one is looked at."""
    try:
        found: Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    return _public(_inner(found))


def _inner(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _public(address: Address) -> bool:
    apart = address.is_multicast or address.is_reserved or address.is_unspecified
    site = isinstance(address, ipaddress.IPv6Address) and (address.is_site_local or bool(address.scope_id))
    return address.is_global and not apart and not site and not any(address in one for one in _SET_APART)
