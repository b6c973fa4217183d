"""DKIM signatures (RFC 6376), with dkimpy where it is installed: pip install 'parallax-compare[dkim]'."""

from dataclasses import dataclass, field

from compare.errors import ParallaxError

# One-click unsubscribing asks for both List-Unsubscribe headers under the signature (RFC 8058, 4).
HEADERS = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"mime-version",
    b"content-type",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"auto-submitted",
)


@dataclass(frozen=True, slots=True)
class Signing:
    """A domain, the selector its public key is published under, and the private key (PEM)."""

    domain: str
    selector: str
    key: bytes = field(repr=False)


def signed(raw: bytes, signing: Signing) -> bytes:
    """``raw`` with a DKIM-Signature in front. Raises ParallaxError (78) without dkimpy or a good key."""
    try:
        import dkim
    except ImportError as error:
        raise ParallaxError(
            "dkim", "signing needs dkimpy: pip install 'parallax-compare[dkim]'", 78
        ) from error
    present = {line.split(b":", 1)[0].lower() for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n")}
    try:
        header = dkim.sign(
            raw,
            signing.selector.encode(),
            signing.domain.encode(),
            signing.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name for name in HEADERS if name in present],
        )
    except (dkim.DKIMException, ValueError):
        # Without the chain: the library's words may hold a piece of the key.
        raise ParallaxError("dkim", "the key is no private key in PEM", 78) from None
    return bytes(header) + raw
