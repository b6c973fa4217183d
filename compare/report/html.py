"""A Brief as one self-contained HTML page, for the screen or for the printer. The only Jinja2.

Every expression of every template is cleaned (typeset) and escaped before it reaches the page, so a
template cannot forget to; addresses go through the ``href`` filter instead.
"""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from compare.errors import ParallaxError
from compare.report import charts, choice, colours, exhibits, fonts, texts, typeset
from compare.report.look import Look
from compare.report.parts import Brief

_LOGOS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
LOGO_BYTES = 1_000_000
SCRIPTS = ("filter.js", "reader.js")
DARK = "#1b1b1a"


def render(
    brief: Brief,
    *,
    look: Look | None = None,
    templates: Path | None = None,
    medium: Literal["screen", "print"] = "screen",
) -> str:
    """The page. Templates in the folder ``templates`` come before the package's own of that name.

    ``medium="print"`` is what ``pdf.write`` takes: it names the packaged fonts and writes a word in
    place of characters that they lack. Raises ParallaxError for a template that cannot be used.
    """
    import jinja2
    from markupsafe import Markup

    look = look or Look()
    made = environment(templates, medium)
    try:
        parts = {
            "brief": brief,
            "look": look,
            "logo": _logo(look.logo),
            "medium": medium,
            "faces": fonts.installed() if medium == "print" else (),
            "lines": {section.anchor: charts.order_lines(section) for section in brief.sections},
            "kinds": choice.ORDER,
            "outlets": {count.outlet: number for number, count in enumerate(brief.outlets)},
            "high": exhibits.HIGH,
            "fair": exhibits.FAIR,
            "texts": texts.texts(brief) if medium == "screen" else (),
            "dark_ground": DARK,
            "dark": (colours.readable(look.first, DARK), colours.readable(look.second, DARK)),
        }
        sheet = made.get_template("styles/sheet.css.j2").render(parts)
        script = "".join(made.get_template(name).render() for name in SCRIPTS)
        parts |= {"sheet": Markup(sheet), "sheet_hash": Markup(_hash(sheet))}
        parts |= {"script": Markup(script), "script_hash": Markup(_hash(script))}
        return str(made.get_template("brief.html.j2").render(parts))
    except jinja2.TemplateError as error:
        where = f"template {getattr(error, 'name', '') or templates or 'brief.html.j2'}"
        raise ParallaxError(where, str(error), 78) from error


def environment(templates: Path | None, medium: str) -> Any:
    """The Jinja2 environment of every page of ours: strict, escaping, and cleaning what it prints."""
    import jinja2
    from markupsafe import Markup

    folders = [*([templates] if templates else []), _own_templates()]
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalizer(medium),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["href"] = _href
    made.filters["css"] = _css
    made.filters["name"] = lambda outlet: exhibits.gist(outlet, 60)
    made.filters["address"] = Markup
    made.filters["text_anchor"] = lambda exhibit: texts.anchor(exhibit.source, exhibit.passage.span.begin)
    made.filters["fixed"] = lambda number, digits=1: f"{number:.{digits}f}"
    return made


def _own_templates() -> Path:
    """The templates in the installed package, or in the checkout it runs from."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


def _finalizer(medium: str) -> Callable[[Any], Any]:
    """What every expression's value goes through before it is escaped."""
    from markupsafe import Markup

    covered = fonts.coverage() if medium == "print" else None

    def finalize(value: Any) -> Any:
        if not isinstance(value, str) or isinstance(value, Markup):
            return value
        text = typeset.bounded(typeset.clean(value))
        return typeset.breakable(text if covered is None else typeset.settable(text, covered))

    return finalize


def _href(url: str) -> Any:
    """An address for an attribute: escaped, never broken; nothing but http, https or an anchor."""
    from markupsafe import escape

    return escape(url if url.startswith("#") else exhibits.live_link(url))


def _css(text: str) -> Any:
    """Text for a quoted CSS string: everything but letters, digits and spaces as an escape."""
    from markupsafe import Markup

    kept = (c if c.isalnum() or c == " " else f"\\{ord(c):06x}" for c in typeset.clean(text))
    return Markup("".join(kept))


def _hash(text: str) -> str:
    """The name of a script or sheet in a content security policy, so that no other can have effect."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _logo(path: Path | None) -> Any:
    """The logo as a data address, or "" without one."""
    from markupsafe import Markup

    if path is None:
        return ""
    kind = _LOGOS.get(path.suffix.lower())
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ParallaxError(str(path), f"the logo cannot be read: {error.strerror}", 66) from error
    if kind is None or len(data) > LOGO_BYTES:
        raise ParallaxError(str(path), "the logo must be a PNG or JPEG below 1 MB", 78)
    return Markup(f"data:{kind};base64,{base64.b64encode(data).decode()}")
