"""A brief, or a list of stories, to bytes in the form that is asked for."""

import contextlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compare.config import Config
from compare.errors import ParallaxError
from compare.model import Article, Problem
from compare.pipeline.reading import Found
from compare.report.parts import Brief

if TYPE_CHECKING:
    from compare.report.pdf import Limits, Printed

SUFFIXES = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "markdown",
    ".txt": "terminal",
}


def list_stories(found: Found, form: str) -> bytes:
    """Which articles report the same event, as lines to read or as JSON."""
    from compare.analysis import stories

    grouped = stories.group(found[0])
    if form == "json":
        rows = [
            {
                "id": story.id,
                "articles": [
                    {"id": one.id, "outlet": one.outlet, "title": one.title, "origin": one.origin}
                    for one in story.articles
                ],
                "copies": [list(group) for group in story.copies],
            }
            for story in grouped
        ]
        return (json.dumps({"version": 1, "stories": rows}, ensure_ascii=False, indent=1) + "\n").encode()
    lines: list[str] = []
    for number, story in enumerate(grouped, 1):
        count = len(story.articles)
        lines.append(f"Story {number}: {count} article{'s' if count > 1 else ''}")
        lines += [f"  {one.outlet}: {_headline(one)} ({one.origin})" for one in story.articles]
    return ("\n".join(lines) + "\n").encode()


def render(
    made: Brief,
    form: str,
    config: Config,
    sheet: tuple[int, bool] = (100, False),
    warn: Callable[[str], None] = lambda _: None,
) -> bytes:
    """The brief in one of the forms; ``sheet`` is the terminal's width in columns, and colour.

    ``warn`` is told, in one line, of a PDF that few will read to its end.
    """
    match form:
        case "json":
            from compare.report import document

            return document.render(made).encode()
        case "html":
            from compare.report import html

            return html.render(made, look=config.look, templates=config.templates).encode()
        case "pdf":
            return _printed(made, config, warn)
        case "markdown":
            from compare.report import markdown

            return markdown.render(made).encode()
    from compare.report import terminal

    return terminal.render(made, width=sheet[0], colour=sheet[1]).encode()


def _printed(made: Brief, config: Config, warn: Callable[[str], None]) -> bytes:
    from compare.report import pdf

    page = _page(made, config)
    if pdf.files(page) > 1:
        what = "would take too much memory in one piece; choose fewer stories, or --format html"
        raise pdf.TooLargeError("the PDF", what)
    whole = _set(page)
    if whole.warning:
        warn(whole.warning)
    return whole.data


def printed(made: Brief, config: Config, limits: "Limits | None" = None) -> "tuple[Printed, ...]":
    """The brief as a PDF, or as several where one would take more memory than ``limits`` allow.

    Raises ParallaxError where even a single story is too much.
    """
    from compare.report import pdf, volumes

    page = _page(made, config)
    count = pdf.files(page, limits)
    while True:
        counts = pdf.shares(page, count)
        try:
            if len(counts) < 2:
                return (_set(page, limits),)
            return tuple(_set(_page(part, config), limits) for part in volumes.divide(made, counts))
        except pdf.TooLargeError:
            if count >= len(made.sections):
                raise
            count *= 2


def _page(made: Brief, config: Config) -> str:
    from compare.report import html

    return html.render(made, look=config.look, templates=config.templates, medium="print")


def _set(page: str, limits: "Limits | None" = None) -> "Printed":
    from compare.report import pdf

    return pdf.printed(page, limits=limits, cache=pdf.shelf.usual_folder())


def save(
    made: Brief,
    config: Config,
    output: Path,
    warn: Callable[[str], None] = lambda _: None,
    limits: "Limits | None" = None,
) -> tuple[Path, ...]:
    """Write the brief as a PDF to ``output``, or as NAME-1.pdf, NAME-2.pdf, … beside it; the files written.

    All of them are there, or none is new. ``warn`` is told in one line of a split, or of many pages.
    Raises ParallaxError as ``render`` does, and 73 where a file cannot be written.
    """
    found = printed(made, config, limits)
    paths = write_parts(output, [one.data for one in found])
    if len(paths) > 1:
        names = ", ".join(path.name for path in paths)
        warn(f"the brief is in {len(paths)} parts, as one PDF would take too much memory: {names}")
    elif found[0].warning:
        warn(found[0].warning)
    return paths


def write_parts(output: Path, parts: Sequence[bytes]) -> tuple[Path, ...]:
    """Write one PDF to ``output``, or several to NAME-1.pdf, NAME-2.pdf, …: all of them, or none."""
    from compare.delivery import file

    paths = tuple(_numbered(output, len(parts)))
    for path in paths:
        file.check_writable(path)
    with contextlib.ExitStack() as stack:
        for path, data in zip(paths, parts, strict=True):
            whole = stack.enter_context(file.whole(path))
            whole.write(data)
            whole.flush()
    return paths


def _numbered(output: Path, count: int) -> list[Path]:
    if count == 1:
        return [output]
    return [output.with_stem(f"{output.stem}-{number}") for number in range(1, count + 1)]


def form_of(output: Path | None, otherwise: str) -> str:
    """The form that a file's suffix asks for, and ``otherwise`` where there is none.

    Raises ParallaxError (64) for a suffix that asks for something else.
    """
    suffix = output.suffix.lower() if output else ""
    if suffix and suffix not in SUFFIXES:
        what = f"there is no format for {suffix}: use {', '.join(SUFFIXES)}, or say --format"
        raise ParallaxError(str(output), what, 64)
    return SUFFIXES.get(suffix, otherwise)


def exit_code(problems: Iterable[Problem]) -> int:
    """0 where every input could be used, else the highest code that a lost one asks for."""
    return max((problem.code for problem in problems), default=0)


def _headline(article: Article) -> str:
    return article.title or article.body[article.headline.begin : article.headline.end]
