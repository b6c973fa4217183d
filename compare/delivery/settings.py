"""What a mail needs to know beside its readers: sender, server, login, signing key. Secrets stay here.

Everything may stand in the recipient list; the environment comes first, so that one list serves many
machines. The password comes from the environment or from a file that nobody else can read; there is
no option for it, because every process of a machine can read every other's options.
"""

import os
import stat
import tomllib
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, get_args

from compare.delivery.address import Mailbox, parse
from compare.delivery.client import Security, Server
from compare.delivery.digest import Addressing
from compare.delivery.signing import Signing
from compare.errors import ParallaxError

CONFIGURATION = 78
PREFIX = "PARALLAX_"
SECRET = "PARALLAX_SMTP_PASSWORD"
Tables = Mapping[str, Mapping[str, Any]]
_LIST = frozenset({"from", "name", "id", "reply_to", "unsubscribe", "archive", "limit_mb"})
_SERVER = frozenset({"host", "port", "security", "user", "login", "authorities", "seconds", "patience"})
_DKIM = frozenset({"domain", "selector", "key"})


def take_secret(environment: MutableMapping[str, str]) -> str:
    """The password from the environment, and out of it: no process started later inherits it."""
    return environment.pop(SECRET, "")


def addressing(tables: Tables, environment: Mapping[str, str], where: str) -> Addressing:
    """Who sends, for which list. Raises ParallaxError (78) for what is missing or wrong."""
    table = _table(tables, "list", _LIST, where)
    sender = environment.get(f"{PREFIX}FROM") or _text(table, "from", where)
    if not sender:
        raise ParallaxError(
            where, 'there is no sender: set from = "Name <a@b.org>" in [list], or PARALLAX_FROM', 78
        )
    one = _mailbox(sender, f"{where}: from")
    reply_to = _text(table, "reply_to", where)
    listed = "list" in tables
    answer = _mailbox(reply_to, f"{where}: reply_to") if reply_to else None
    return Addressing(
        sender=one,
        list_id=_text(table, "id", where) or (f"parallax.{one.domain}" if listed else ""),
        list_name=_text(table, "name", where),
        reply_to=answer,
        unsubscribe=_text(table, "unsubscribe", where) or (_write_to(answer or one) if listed else ""),
    )


def archive(tables: Tables, week: str, where: str) -> str:
    """The address of the issue's page on the web, "" for none; ``{week}`` in it is filled in."""
    return _text(_table(tables, "list", _LIST, where), "archive", where).replace("{week}", week)


def limit(tables: Tables, where: str) -> int:
    """The most bytes a message may have: 25 MB (what large mailbox providers take) unless told."""
    return round(_number(_table(tables, "list", _LIST, where), "limit_mb", 25, where) * 1_000_000)


def server(tables: Tables, environment: Mapping[str, str], secret: str, folder: Path, where: str) -> Server:
    """The mail server; file names count from ``folder``. Raises ParallaxError (78)."""
    table = _table(tables, "server", _SERVER, where)
    host = environment.get(f"{PREFIX}SMTP_HOST") or _text(table, "host", where)
    if not host:
        raise ParallaxError(where, "there is no mail server: set host in [server], or PARALLAX_SMTP_HOST", 78)
    security = environment.get(f"{PREFIX}SMTP_SECURITY") or _text(table, "security", where) or "starttls"
    if security not in get_args(Security):
        raise ParallaxError(where, f"security is {security!r}: use starttls, tls or none", 78)
    usual = {"starttls": 587, "tls": 465, "none": 25}[security]
    user, password = environment.get(f"{PREFIX}SMTP_USER", ""), secret
    if not password and _text(table, "login", where):
        user, password = login(folder / _text(table, "login", where))
    authorities = environment.get(f"{PREFIX}SMTP_AUTHORITIES") or _text(table, "authorities", where)
    return Server(
        host=host,
        port=_port(environment.get(f"{PREFIX}SMTP_PORT") or table.get("port", usual), where),
        security=security,  # type: ignore[arg-type]
        user=user or (_text(table, "user", where) if password else ""),
        password=password,
        authorities=folder / authorities if authorities else None,
        seconds=_number(table, "seconds", 60, where),
        patience=_number(table, "patience", 600, where),
    )


def signing(tables: Tables, folder: Path, where: str) -> Signing | None:
    """The DKIM key, or None where no [dkim] is set."""
    if "dkim" not in tables:
        return None
    table = _table(tables, "dkim", _DKIM, where)
    values = {name: _text(table, name, where) for name in sorted(_DKIM)}
    for name, value in values.items():
        if not value:
            raise ParallaxError(where, f"[dkim] needs {name}", CONFIGURATION)
    return Signing(values["domain"], values["selector"], private(folder / values["key"]))


def login(path: Path) -> tuple[str, str]:
    """User and password from a TOML file that only its owner can read."""
    try:
        found = tomllib.loads(private(path).decode())
        return str(found["user"]), str(found["password"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError):
        # Without the chain: the parser's words may hold a piece of the file.
        raise ParallaxError(str(path), 'must hold user = "…" and password = "…"', CONFIGURATION) from None


def private(path: Path) -> bytes:
    """The bytes of a file with a secret; raises ParallaxError (78) where others could read it too."""
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            if stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid not in {os.geteuid(), 0}:
                raise ParallaxError(str(path), "others can read this secret: chmod 600 it", CONFIGURATION)
            return file.read()
    except OSError as error:
        raise ParallaxError(str(path), "the secret cannot be read: check the name", CONFIGURATION) from error


def _table(tables: Tables, name: str, known: frozenset[str], where: str) -> Mapping[str, Any]:
    table = tables.get(name, {})
    unknown = sorted(table.keys() - known)
    if unknown:
        what = f"there is no setting {unknown[0]!r} in [{name}]: use {', '.join(sorted(known))}"
        if unknown[0] == "password":
            what = 'a password does not belong in [server]: name a file with login = "…"'
        raise ParallaxError(where, what, CONFIGURATION)
    return table


def _text(table: Mapping[str, Any], name: str, where: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise ParallaxError(where, f"{name} must be text in quotes", CONFIGURATION)
    return value


def _number(table: Mapping[str, Any], name: str, usual: float, where: str) -> float:
    value = table.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise ParallaxError(where, f"{name} must be a number above 0", CONFIGURATION)
    return float(value)


def _port(value: object, where: str) -> int:
    if not str(value).isdecimal() or not 0 < int(str(value)) < 65536:
        raise ParallaxError(where, f"port is {value!r}: use a number such as 587", CONFIGURATION)
    return int(str(value))


def _mailbox(text: str, where: str) -> Mailbox:
    try:
        return parse(text)
    except ParallaxError as error:
        raise ParallaxError(where, f"{error.where} {error.what}", CONFIGURATION) from error


def _write_to(one: Mailbox) -> str:
    return f"mailto:{one.address}?subject=unsubscribe"
