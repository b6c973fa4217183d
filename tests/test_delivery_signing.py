"""A signature that a receiver can check, over the headers that one-click unsubscribing asks for."""

import re
import sys
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from delivery_kit import ADDRESSING, KEY, WHEN, brief, people

from compare.delivery import digest
from compare.delivery.digest import Report
from compare.delivery.signing import Signing, signed
from compare.errors import ParallaxError
from compare.report import mail

dkim = pytest.importorskip("dkim")


@pytest.fixture(scope="module")
def pair() -> tuple[bytes, Callable[..., bytes]]:
    """A private key, and the name server that publishes its public half."""
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])

    def ask(name: bytes, timeout: int = 5) -> bytes:
        return record if name == b"s1._domainkey.example.org." else b""

    return pem, ask


def message() -> bytes:
    letter = mail.write([brief(2, "Fähre nach Askel")])
    made = digest.compose(letter, ADDRESSING, [Report("a.pdf", b"%PDF\r\n.\r\n" * 99)], KEY, WHEN)
    return digest.addressed(made.as_bytes(), ADDRESSING, KEY, people(1)[0])


def test_the_signature_holds_and_covers_both_unsubscribe_headers(
    pair: tuple[bytes, Callable[..., bytes]],
) -> None:
    raw = signed(message(), Signing("example.org", "s1", pair[0]))
    assert dkim.verify(raw, dnsfunc=pair[1])
    covered = re.sub(rb"\s", b"", raw.partition(b"bh=")[0]).partition(b"h=")[2].partition(b";")[0]
    assert {b"from", b"list-unsubscribe", b"list-unsubscribe-post", b"message-id"} <= set(covered.split(b":"))


def test_the_signature_breaks_with_the_smallest_change(pair: tuple[bytes, Callable[..., bytes]]) -> None:
    raw = signed(message(), Signing("example.org", "s1", pair[0]))
    assert not dkim.verify(raw.replace(b"One-Click", b"Two-Click"), dnsfunc=pair[1])
    assert not dkim.verify(raw.replace(b"%PDF", b"%pdf").replace(b"JVBERg", b"JVBERh"), dnsfunc=pair[1])


def test_without_dkimpy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dkim", None)
    with pytest.raises(ParallaxError, match="pip install") as caught:
        signed(message(), Signing("example.org", "s1", b""))
    assert caught.value.exit_code == 78


def test_a_key_that_is_none_is_named_without_being_shown() -> None:
    with pytest.raises(ParallaxError, match="no private key") as caught:
        signed(message(), Signing("example.org", "s1", b"c4nary-5ecret"))
    assert caught.value.exit_code == 78
    assert "c4nary" not in repr(caught.value) + repr(caught.value.__cause__)
