"""The one base error: anything a user can put right ends as one clear line."""


class ParallaxError(Exception):
    """Bad input or a bad setting; the message says where, what, and what to do.

    ``exit_code`` follows sysexits: 65 bad data, 66 no such input, 69 a library is missing,
    70 a fault of ours, 73 output not writable, 75 temporary or locked, 78 configuration.
    """

    def __init__(self, where: str, what: str, exit_code: int = 65) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what
        self.exit_code = exit_code
