"""Who published an article, by the first of these that says so.

The argument ("given"), the file's own metadata, the address's domain (``outlets.toml``), the
sub-folder, the file name.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath
from types import MappingProxyType
from urllib.parse import urlsplit

from compare.errors import ParallaxError

TABLE = "outlets.toml"
NO_DOMAINS: Mapping[str, str] = MappingProxyType({})
_LARGEST_TABLE = 2_000_000

_NOT_A_NAME = re.compile(r"[\W\d_]*(?:w(?:eek)?\d*)?[\W\d_]*", re.I)
_LEADING_DATE = re.compile(r"^\d{4}-?\d\d-?\d\d[-_ ]+")


@cache
def known_domains() -> dict[str, str]:
    """Domain to outlet's name, from ``outlets.toml`` beside this module."""
    import tomllib

    text = Path(__file__).with_name("outlets.toml").read_text(encoding="utf-8")
    return {str(domain): str(name) for domain, name in tomllib.loads(text)["domains"].items()}


def own_domains(folder: Path) -> Mapping[str, str]:
    """Domain to outlet's name, from a corpus folder's own ``outlets.toml``; empty where it has none.

    Raises ParallaxError (78) for a table that cannot be read or holds anything but names.
    """
    import tomllib

    path = folder / TABLE
    try:
        if not path.is_file():
            return NO_DOMAINS
        if path.stat().st_size > _LARGEST_TABLE:
            raise ValueError("larger than 2 MB")
        stated = tomllib.loads(path.read_text(encoding="utf-8")).get("domains", {})
    except (OSError, ValueError) as error:
        raise ParallaxError(str(path), f"cannot be read ({error}): mend that place", 78) from error
    if not isinstance(stated, dict) or not all(isinstance(name, str) and name for name in stated.values()):
        example = '[domains] and lines such as "skerry-times.example" = "The Skerry Times"'
        raise ParallaxError(str(path), f"holds other things than names of outlets: write {example}", 78)
    return {domain(str(key)): name for key, name in stated.items()}


def domain(url: str) -> str:
    """The host of a URL without ``www.`` and the like; "" if it has none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|amp|edition)\.", "", host.lower())


def by_domain(url: str, own: Mapping[str, str] = NO_DOMAINS) -> str:
    """The outlet behind a URL: the name that ``own``, else the shipped table, gives its domain or a
    parent domain; else the domain.
    """
    host = domain(url)
    parts = host.split(".")
    for start in range(len(parts) - 1):
        parent = ".".join(parts[start:])
        name = own.get(parent) or known_domains().get(parent)
        if name:
            return name
    return host


def by_path(path: PurePath, root: PurePath | None = None) -> str:
    """The sub-folder under ``root`` that bears a name, else the file's name.

    A folder named for a week or a date (``2025-W20``) names no outlet; in a file's name the part
    before a double underscore does (``Harbour Herald__ferry.txt``), and a leading date does not.
    """
    folder = by_folder(path, root) if root is not None else ""
    stem = _LEADING_DATE.sub("", path.stem)
    return folder or stem.split("__")[0].strip() or path.name


def by_folder(path: PurePath, root: PurePath) -> str:
    """The nearest folder under ``root`` that bears a name and not a week or a date; "" if none does."""
    folders = reversed(path.relative_to(root).parts[:-1])
    return next((folder for folder in folders if not _NOT_A_NAME.fullmatch(folder)), "")
