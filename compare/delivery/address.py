"""Mail addresses: read strictly, written so that nothing in them can become a header of its own."""

import re
from dataclasses import dataclass
from email.headerregistry import Address

from compare.errors import ParallaxError
from compare.report.exhibits import gist
from compare.report.typeset import clean

NAME = 100
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name ("" for none) and an address whose domain is lower case ASCII."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.address.rpartition("@")[2]

    @property
    def key(self) -> str:
        """What two spellings of one mailbox have in common."""
        return self.address.casefold()


def parse(text: str) -> Mailbox:
    """``ana@example.org`` or ``Ana Pop <ana@example.org>``; raises ParallaxError (65) for anything else."""
    named = _NAMED.fullmatch(text.strip())
    if named:
        return mailbox(named["name"].strip().strip('"'), named["address"])
    return mailbox("", text)


def mailbox(name: str, address: str) -> Mailbox:
    """A checked mailbox: an address that any server takes (RFC 5321, 4.1.2, without quoted names).

    A domain with letters beyond ASCII is written in its ASCII form; the name is set on one line,
    without control characters, at most ``NAME`` characters. Raises ParallaxError (65).
    """
    local, at, domain = address.strip().rpartition("@")
    ascii_domain = _ascii(domain)
    labels = ascii_domain.split(".")
    sound = at and _LOCAL.fullmatch(local) and all(_LABEL.fullmatch(label) for label in labels)
    if not sound or len(local) > 64 or len(local) + len(ascii_domain) > 253:
        shown = gist(clean(address), 60).encode("ascii", "backslashreplace").decode()
        raise ParallaxError(f"address {shown!r}", "is no mail address: write it as name@example.org")
    return Mailbox(plain(name, NAME), f"{local}@{ascii_domain}")


def plain(text: str, limit: int) -> str:
    """Text from strangers made fit for a header: one line, no controls, at most ``limit`` characters.

    Python reads encoded words also in a value that is set, and so would let a line break in; an
    opening "=?" is taken apart.
    """
    return gist(clean(" ".join(text.split())).replace("=?", "= ?"), limit)


def header(one: Mailbox) -> Address:
    """The mailbox as the standard library's own type, which quotes and encodes what needs it."""
    return Address(one.name, addr_spec=one.address)


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode().lower()
    except UnicodeError:
        return ""
