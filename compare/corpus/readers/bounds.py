"""What every reader of bytes needs: a whole file within a bound, and one clear line for what went wrong."""

from compare.corpus.deposit import Deposit
from compare.model import Problem


def whole(deposit: Deposit, most: int, what: str) -> bytes | Problem:
    """All bytes of a file of ``most`` bytes at most, else a Problem; ``what`` names the kind ("a PDF")."""
    too_large = Problem(
        deposit.origin, f"{what} larger than {most // 1_000_000} MB; split it or save it as text", 65
    )
    if deposit.size > most:
        return too_large
    try:
        with deposit.opened() as stream:
            raw = stream.read(most + 1)
    except OSError as error:
        return unread(deposit.origin, error)
    return too_large if len(raw) > most else raw


def unread(where: str, error: Exception) -> Problem:
    """The line for a file that the system would not give."""
    reason = getattr(error, "strerror", None) or type(error).__name__
    return Problem(where, f"cannot be read ({str(reason).lower()}); name another file", 65)


def missing(where: str, package: str, extra: str) -> Problem:
    """The line for an optional library that is not installed."""
    return Problem(where, f"needs {package}; install parallax-compare[{extra}]", 65)


def broken(where: str, what: str, error: Exception) -> Problem:
    """The line for a file that its library could not read."""
    return Problem(
        where, f"{what} that cannot be read ({type(error).__name__}); save it again, or as text", 65
    )
