"""The settings: one frozen Config, read from one TOML file."""

import tomllib
from collections.abc import Set
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from compare.errors import ParallaxError
from compare.report.look import Look

DEFAULT = Path("parallax.toml")
CONFIGURATION = 78
TITLE = "Parallax"
COLUMNS = frozenset({"text", "title", "outlet", "published", "author", "url"})


@dataclass(frozen=True, slots=True)
class Config:
    """What a user may set: the brief's title, its look, and a folder of templates of their own.

    ``columns`` says which column of the user's tables holds which field, as pairs of field and column.
    """

    title: str = TITLE
    look: Look = field(default_factory=Look)
    templates: Path | None = None
    columns: tuple[tuple[str, str], ...] = ()


def load(path: Path | None) -> Config:
    """Read ``path``, or parallax.toml in this folder if there is one, else the defaults.

    Paths in the file count from its folder. Raises ParallaxError (78) for a file that is missing,
    is no TOML, or holds a setting that does not exist or is of the wrong type.
    """
    if path is None and not DEFAULT.is_file():
        return Config()
    path = path or DEFAULT
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ParallaxError(
            str(path), "cannot be read: check the name after --config", CONFIGURATION
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParallaxError(str(path), f"is no TOML ({error}): mend that place", CONFIGURATION) from error
    return _config(settings, path)


def _config(settings: dict[str, Any], path: Path) -> Config:
    brief = _section(settings, "brief", {"title", "templates"}, path)
    look = _section(settings, "look", {one.name for one in fields(Look)}, path)
    columns = _section(settings, "columns", COLUMNS, path)
    unknown = sorted(settings.keys() - {"brief", "look", "columns"})
    if unknown:
        what = f"there is no section [{unknown[0]}]: use [brief], [look] or [columns]"
        raise ParallaxError(str(path), what, CONFIGURATION)
    empty = next((name for name, column in columns.items() if not column.strip()), None)
    if empty:
        raise ParallaxError(str(path), f"[columns] {empty} must name a column of your table", CONFIGURATION)
    options: dict[str, Any] = dict(look)
    if "logo" in options:
        options["logo"] = path.parent / options["logo"]
    templates = path.parent / brief["templates"] if "templates" in brief else None
    if templates and not templates.is_dir():
        raise ParallaxError(str(path), f"there is no folder {templates} for [brief] templates", CONFIGURATION)
    try:
        made = Look(**options)
    except ParallaxError as error:
        raise ParallaxError(f"{path}: [look]", error.what, CONFIGURATION) from error
    return Config(brief.get("title", TITLE), made, templates, tuple(sorted(columns.items())))


def _section(settings: dict[str, Any], name: str, known: Set[str], path: Path) -> dict[str, str]:
    section = settings.get(name, {})
    if not isinstance(section, dict):
        raise ParallaxError(str(path), f"{name} must be a section: write [{name}]", CONFIGURATION)
    for key, value in section.items():
        if key not in known:
            what = f"there is no setting {key!r} in [{name}]: use {', '.join(sorted(known))}"
            raise ParallaxError(str(path), what, CONFIGURATION)
        if not isinstance(value, str):
            raise ParallaxError(str(path), f"[{name}] {key} must be text in quotes", CONFIGURATION)
    return dict(section)
