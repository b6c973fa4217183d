"""HTML to PDF/UA bytes. The only WeasyPrint.

It runs in a child process with limits of time and memory, because text alone can make a layout
explode; the child reads the page from standard input and writes the PDF to standard output. Its
fetcher is a closed list: data addresses and the packaged fonts. It sees no font of the machine.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.errors import ParallaxError
from compare.report import fonts

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}</dir><cachedir>{0}</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one PDF may cost: ``seconds`` of wall time, ``megabytes`` of address space.

    Without ``seconds`` it is two minutes and ten more for every 10,000 characters of the page, some
    twenty times what a page takes.
    """

    seconds: float | None = None
    megabytes: int = 4096


def write(html: str, *, limits: Limits | None = None) -> bytes:
    """The page ``html`` (rendered for print) as a tagged PDF; the same page gives the same bytes.

    Raises ParallaxError when it cannot be set within ``limits``, or at all.
    """
    limits = limits or Limits()
    seconds = limits.seconds or 120 + len(html) / 1000
    with tempfile.TemporaryDirectory(prefix="parallax-") as folder:
        config = Path(folder) / "fonts.conf"
        config.write_text(_FONTCONFIG.format(folder), encoding="utf-8")
        _last_resort(Path(folder))
        try:
            child = subprocess.run(
                [sys.executable, "-P", "-m", "compare.report.pdf", str(limits.megabytes)],
                input=html.encode("utf-8", "replace"),
                capture_output=True,
                timeout=seconds,
                check=False,
                env=os.environ | {"FONTCONFIG_FILE": str(config), "PYTHONPATH": _search_path()},
            )
        except subprocess.TimeoutExpired:
            raise ParallaxError(
                "brief", f"the PDF took more than {seconds:.3g} seconds; {_WAY_OUT}"
            ) from None
    if child.returncode or not child.stdout.startswith(b"%PDF-"):
        raise ParallaxError("brief", _why(child.returncode, child.stderr, limits))
    return child.stdout


def _last_resort(folder: Path) -> None:
    """The one font that a page sees without naming it: with none at all, Pango would crash."""
    place = next((fonts.path(face) for face in fonts.installed() if face.family == "Parallax Label"), None)
    if place:
        shutil.copy(place, folder)


_WAY_OUT = "leave out the longest articles, or choose --format html"


def _search_path() -> str:
    """Where the child finds this package, however it was installed."""
    here = str(Path(__file__).resolve().parent.parent.parent)
    given = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place]
    return os.pathsep.join(dict.fromkeys([here, *given]))


def _why(code: int, errors: bytes, limits: Limits) -> str:
    """One line for a child that died."""
    last = (errors.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
    if "MemoryError" in last or code in {-9, -6}:
        return f"the PDF needs more than {limits.megabytes} MB of memory; {_WAY_OUT}"
    if "cannot load library" in last or "OSError" in last:
        return "WeasyPrint's system library Pango is missing; run make setup, which says how to get it"
    return f"the PDF could not be set ({last or f'exit code {code}'}); {_WAY_OUT}"


def _press(html: str) -> bytes:
    """Lay the page out and write it, in this process."""
    import hashlib

    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    document = HTML(string=html, url_fetcher=_fetcher(), base_url=None)
    return bytes(
        document.write_pdf(
            finisher=_map_every_glyph,
            font_config=FontConfiguration(),
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
        )
        or b""
    )


def _map_every_glyph(_: object, pdf: Any) -> None:
    """Give glyphs that are part of a letter (an Arabic dot) a joiner as their text, not nothing.

    PDF/UA wants every glyph to have some; WeasyPrint 70 writes an empty one.
    """
    for thing in pdf.objects:
        lines = getattr(thing, "stream", None)
        if lines and any(b"begincmap" in line for line in lines if isinstance(line, bytes)):
            thing.stream = [
                line.replace(b"<>", b"<200d>") if isinstance(line, bytes) else line for line in lines
            ]


def _fetcher() -> object:
    """A fetcher that knows data addresses and the packaged fonts, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    known = {face.url: fonts.path(face) for face in fonts.installed()}

    class ClosedList(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            file = known.get(url)
            if file is not None:
                return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": "font/ttf"})
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            raise ValueError(f"not on the closed list: {url[:80]}")

    return ClosedList(allowed_protocols=("data",), allow_redirects=False)


def _fence(megabytes: int) -> None:
    """Bound this process's memory, where the system lets itself be asked."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)


def _main(megabytes: int) -> None:
    """The child: page in, PDF out."""
    import gc

    _fence(megabytes)
    # The process ends with the page: collecting garbage would cost a seventh of its time.
    gc.disable()
    sys.stdout.buffer.write(_press(sys.stdin.buffer.read().decode("utf-8")))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
