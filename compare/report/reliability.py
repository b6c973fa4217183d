"""How often each kind of finding was right when a reader checked: what the brief's last page states."""

import tomllib
from importlib import resources

from compare.model import KINDS
from compare.report.parts import Reliability


def load() -> tuple[Reliability, ...]:
    """The measured shares of reliability.toml, in the order of the kinds."""
    text = resources.files("compare.report").joinpath("reliability.toml").read_text(encoding="utf-8")
    kinds = tomllib.loads(text)
    return tuple(
        Reliability(kind, kinds[kind]["right"], kinds[kind]["judged"], kinds[kind]["note"])
        for kind in KINDS
        if kind in kinds
    )
