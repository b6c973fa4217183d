"""What ``compare/lexicons`` holds: word lists, TOML files that anybody may edit, and fitted figures."""

import json
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from compare.errors import ParallaxError


@cache
def load(name: str) -> dict[str, Any]:
    """Return the tables of ``compare/lexicons/<name>.toml``; callers do not change what they get.

    Raises ``ParallaxError`` where there is no such list or it is not TOML.
    """
    place = resources.files("compare") / "lexicons" / f"{name}.toml"
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise ParallaxError(f"{name}.toml", f"not a readable word list: {problem}", exit_code=78) from problem


def fitted(name: str) -> Any:
    """Return what ``compare/lexicons/<name>.json`` holds, as a script of ``benchmarks/`` wrote it."""
    place = resources.files("compare") / "lexicons" / f"{name}.json"
    return json.loads(place.read_text(encoding="utf-8"))


@cache
def words(name: str, table: str) -> frozenset[str]:
    """Return the entries of ``table`` in the list ``name``: an array, or words parted by white space."""
    entries = load(name)[table]
    return frozenset(entries.split() if isinstance(entries, str) else entries)
