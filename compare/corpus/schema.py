"""The catalogue's file: whose it is, which version, and the steps from one version to the next."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from compare.errors import ParallaxError

APPLICATION = int.from_bytes(b"Prlx")
REBUILD = "make it anew from the raw files with: parallax check --rebuild"


def check(db: sqlite3.Connection, path: Path) -> int:
    """The version of the open file, 0 where it is new and empty.

    Raises ParallaxError where it is another program's, or a later version's.
    """
    application, version = _pragma(db, "application_id"), _pragma(db, "user_version")
    empty = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if application != APPLICATION and not (empty and application == version == 0):
        raise ParallaxError(str(path), "is no catalogue of Parallax: move it away, or name another --corpus")
    if version > len(_steps()):
        raise ParallaxError(str(path), "is a catalogue of a later version: update this program")
    return version


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring the open file to the newest version, each step in a transaction of its own."""
    version = check(db, path)
    for number, step in enumerate(_steps()[version:], version + 1):
        try:
            db.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION};\n{step}\n"
                f"PRAGMA user_version = {number}; COMMIT;"
            )
        except sqlite3.Error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def newest(db: sqlite3.Connection, path: Path) -> bool:
    """Whether the open file needs no migration."""
    return check(db, path) == len(_steps())


def _steps() -> list[str]:
    folder = files("compare.corpus") / "migrations"
    return [
        one.read_text(encoding="utf-8")
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        if one.name.endswith(".sql")
    ]


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
