"""What a request comes to: an answer, or one of two kinds of trouble."""

from dataclasses import dataclass

from compare.errors import ParallaxError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent. ``body`` is whole and decoded; "" and b"" stand for what it did not send.

    ``unchanged`` says that the server has nothing newer (304); ``body`` is empty then.
    """

    url: str
    body: bytes = b""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


class Refused(ParallaxError):  # noqa: N818 - what happened, as the journal calls it
    """This address gives nothing, and asking again soon would not change it.

    ``gone`` is the status (404 or 410) where the server says that there is no such page, else 0.
    """

    def __init__(self, where: str, what: str, gone: int = 0) -> None:
        super().__init__(where, what, 66 if gone else 65)
        self.gone = gone


class Later(ParallaxError):  # noqa: N818 - what happened, as the journal calls it
    """Nothing for now. ``wait`` is how long the server asks to be left alone, in seconds, or None."""

    def __init__(self, where: str, what: str, wait: float | None = None) -> None:
        super().__init__(where, what, 75)
        self.wait = wait
