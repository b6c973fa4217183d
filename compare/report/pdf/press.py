"""A page's HTML laid out and drawn by WeasyPrint, fetching nothing but the packaged fonts."""

import hashlib
from collections.abc import Callable
from typing import Any

from compare.report import fonts
from compare.report.pdf import file

Finisher = Callable[[Any, Any], None]


def layout(html: str, font_config: Any = None) -> Any:
    """``html`` on pages: a weasyprint.Document."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    page = HTML(string=html, url_fetcher=fetcher(), base_url=None)
    return page.render(font_config=font_config or FontConfiguration(), pdf_variant="pdf/ua-1")


def write(document: Any, html: str, finisher: Finisher) -> bytes:
    """A laid out document as PDF/UA; ``html`` gives the file its identity."""

    def finish(_: Any, pdf: Any) -> None:
        finisher(_, pdf)
        pdf.write = lambda output, version, name, _compressed: file.write(pdf, output, version, name)

    return bytes(
        document.write_pdf(
            finisher=finish,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
        )
        or b""
    )


def whole(html: str) -> tuple[bytes, int]:
    """``html`` as a PDF in one piece, and its number of pages."""
    document = layout(html)
    return write(document, html, map_every_glyph), len(document.pages)


def map_every_glyph(_: object, pdf: Any) -> None:
    """Give glyphs that are part of a letter (an Arabic dot) a joiner as their text, not nothing.

    PDF/UA wants every glyph to have some; WeasyPrint 70 writes an empty one.
    """
    for thing in pdf.objects:
        lines = getattr(thing, "stream", None)
        if lines and any(b"begincmap" in line for line in lines if isinstance(line, bytes)):
            thing.stream = [
                line.replace(b"<>", b"<200d>") if isinstance(line, bytes) else line for line in lines
            ]


def fetcher() -> object:
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
