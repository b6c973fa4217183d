"""The recipient list: a TOML file of which every entry stands alone.

    [list]
    from = "Parallax <digest@example.org>"
    id = "weekly.example.org"
    [server]
    host = "mail.example.org"
    [[person]]
    name = "Ana Pop"
    address = "ana@example.org"

A mistake in one [[person]] costs that person's mail and is named with its line; the others get theirs.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.delivery.address import Mailbox, mailbox
from compare.errors import ParallaxError
from compare.model import Problem

_PERSON = re.compile(r"\s*\[\[\s*person\s*\]\]\s*(?:#.*)?")
_KEYS = frozenset({"name", "address"})


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who can be written to, in the file's order, and the [list], [server], [dkim] tables."""

    recipients: tuple[Mailbox, ...]
    tables: Mapping[str, Mapping[str, Any]]
    problems: tuple[Problem, ...]


def load(path: Path) -> People:
    """Read the list at ``path``; bad entries become Problems (65).

    Raises ParallaxError: 66 where the file cannot be read, 78 where what stands before the first
    [[person]] is no TOML or holds an unknown table, or where a table stands after it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ParallaxError(str(path), "no such file: give a list of recipients to --list", 66) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ParallaxError(str(path), "cannot be read: give a UTF-8 text file to --list", 66) from error
    return read(text, str(path))


def read(text: str, where: str) -> People:
    """The list in ``text``; ``where`` names it in messages. Raises as ``load`` does."""
    blocks = list(_blocks(text))
    tables = _tables(blocks[0][1], where)
    recipients: dict[str, Mailbox] = {}
    problems: list[Problem] = []
    for line, block in blocks[1:]:
        try:
            one = _person(block, f"{where}, line {line}")
        except ParallaxError as error:
            if error.exit_code == 78:
                raise
            problems.append(Problem(error.where, error.what, error.exit_code))
            continue
        if one.key in recipients:
            what = f"{one.address} is in the list already: gets one copy"
            problems.append(Problem(f"{where}, line {line}", what))
        recipients.setdefault(one.key, one)
    return People(tuple(recipients.values()), tables, tuple(problems))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """What stands before the first [[person]], then each of them, with the number of its first line."""
    first, lines = 1, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if _PERSON.fullmatch(line):
            yield first, "\n".join(lines)
            first, lines = number, []
        lines.append(line)
    yield first, "\n".join(lines)


def _tables(block: str, where: str) -> dict[str, Mapping[str, Any]]:
    try:
        tables = tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        raise ParallaxError(where, f"is no TOML before the first [[person]] ({error})", 78) from error
    for name, table in tables.items():
        if name not in {"list", "server", "dkim"} or not isinstance(table, dict):
            what = f"{name!r} is not known: use [list], [server], [dkim] and [[person]]"
            raise ParallaxError(where, what, 78)
    return tables


def _person(block: str, where: str) -> Mailbox:
    try:
        found = tomllib.loads(block)
        person = found["person"][0]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ParallaxError(where, "is no TOML: mend this [[person]]; the others get their mail") from error
    if len(found) > 1:
        name = sorted(found.keys() - {"person"})[0]
        raise ParallaxError(where, f"[{name}] must stand before the first [[person]]", 78)
    unknown = sorted(person.keys() - _KEYS)
    if unknown:
        raise ParallaxError(where, f"there is no setting {unknown[0]!r} for a person: use name and address")
    if not all(isinstance(value, str) for value in person.values()) or "address" not in person:
        raise ParallaxError(where, 'needs an address in quotes: address = "name@example.org"')
    try:
        return mailbox(person.get("name", ""), person["address"])
    except ParallaxError as error:
        raise ParallaxError(where, f"{error.where} {error.what}") from error
