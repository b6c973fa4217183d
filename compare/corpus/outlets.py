"""Who published an article, by the first of these that says so.

The argument, the file's own metadata, the address's domain (``outlets.toml``), the sub-folder,
the file name.
"""

import re
from functools import cache
from pathlib import Path, PurePath
from urllib.parse import urlsplit

_NOT_A_NAME = re.compile(r"[\W\d_]*(?:w(?:eek)?\d*)?[\W\d_]*", re.I)
_LEADING_DATE = re.compile(r"^\d{4}-?\d\d-?\d\d[-_ ]+")


@cache
def known_domains() -> dict[str, str]:
    """Domain to outlet's name, from ``outlets.toml`` beside this module."""
    import tomllib

    text = Path(__file__).with_name("outlets.toml").read_text(encoding="utf-8")
    return {str(domain): str(name) for domain, name in tomllib.loads(text)["domains"].items()}


def domain(url: str) -> str:
    """The host of a URL without ``www.`` and the like; "" if it has none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|amp|edition)\.", "", host.lower())


def by_domain(url: str) -> str:
    """The outlet behind a URL: the known name of its domain or a parent domain, else the domain."""
    host = domain(url)
    parts = host.split(".")
    for start in range(len(parts) - 1):
        name = known_domains().get(".".join(parts[start:]))
        if name:
            return name
    return host


def by_path(path: PurePath, root: PurePath | None = None) -> str:
    """The sub-folder under ``root`` that bears a name, else the file's name.

    A folder named for a week or a date (``2025-W20``) names no outlet; in a file's name the part
    before a double underscore does (``Harbour Herald__ferry.txt``), and a leading date does not.
    """
    if root is not None:
        for folder in reversed(path.relative_to(root).parts[:-1]):
            if not _NOT_A_NAME.fullmatch(folder):
                return folder
    stem = _LEADING_DATE.sub("", path.stem)
    return stem.split("__")[0].strip() or path.name
