"""What a PDF costs: seconds and peak memory by the number of stories, beside plain WeasyPrint.

    python -m benchmarks.speed_brief [COUNT ...]     10, 50 and 200 stories unless given

The stories are those of the demonstration corpus over and over, each round under names of its own.
Both sides set the same page in a process of its own, in turn; times are processor time of that
process, so that what else the machine does counts little.
"""

import dataclasses
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from compare import pipeline
from compare.config import Config
from compare.model import Alignment, Article, Finding, Passage, Story
from compare.report import html, pdf
from compare.report.brief import compose

CORPUS, WEEK = Path(__file__).parent.parent / "corpus", "2025-W20"
COUNTS = (10, 50, 200)
PLAIN = """
import sys
from weasyprint import HTML
from compare.report import pdf
sys.stdout.buffer.write(
    HTML(string=sys.stdin.read(), url_fetcher=press.fetcher()).write_pdf(pdf_variant="pdf/ua-1")
)
"""


def main(arguments: list[str]) -> int:
    told = _told()
    print("stories   pages  html MB   pdf MB   ours s  s/page  ours MB  plain s plain MB  ratio")
    for count in [int(one) for one in arguments] or COUNTS:
        rounds = [_renamed(told[n % len(told)], f"-{n // len(told)}") for n in range(count)]
        page = html.render(compose(rounds), medium="print")
        ours = _cost([sys.executable, "-m", "compare.report.pdf", "8192"], page)
        plain = _cost([sys.executable, "-c", PLAIN], page)
        pages, ratio = _pages(ours[2]), ours[0] / plain[0]
        print(
            f"{count:7d} {pages:7d} {len(page) / 1e6:8.2f} {len(ours[2]) / 1e6:8.2f} {ours[0]:8.1f}"
            f" {ours[0] / pages:7.3f} {ours[1]:8.0f} {plain[0]:8.1f} {plain[1]:8.0f} {ratio:6.2f}",
            flush=True,
        )
    return 0


def _told() -> list[tuple[Alignment, tuple[Finding, ...]]]:
    """The demonstration week's stories, aligned, with their findings."""
    found = pipeline.of_week(pipeline.read_folder(CORPUS), WEEK)
    made = pipeline.brief(found, Config(), CORPUS, WEEK, lambda items, _: items)
    return [
        (
            section.alignment,
            tuple(entry.finding for group in section.groups for entry in (*group.shown, *group.rest)),
        )
        for section in made.sections
    ]


def _renamed(thing: Any, ending: str) -> Any:
    """The same data under other article and story ids."""
    if isinstance(thing, tuple):
        return tuple(_renamed(one, ending) for one in thing)
    if isinstance(thing, Article | Story):
        thing = dataclasses.replace(thing, id=thing.id + ending)
    if isinstance(thing, Passage):
        return dataclasses.replace(thing, article=thing.article + ending)
    if isinstance(thing, Story):
        copies = tuple(tuple(one + ending for one in group) for group in thing.copies)
        return dataclasses.replace(thing, articles=_renamed(thing.articles, ending), copies=copies)
    if isinstance(thing, Article) or not dataclasses.is_dataclass(thing):
        return thing
    fields = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
    return dataclasses.replace(thing, **{name: _renamed(value, ending) for name, value in fields.items()})  # type: ignore[type-var]


def _cost(command: list[str], page: str) -> tuple[float, float, bytes]:
    """Processor seconds and peak megabytes of a process that sets ``page``, and what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "fonts.conf"
        config.write_text(pdf._FONTCONFIG.format(folder), encoding="utf-8")
        (Path(folder) / "page.html").write_text(page, encoding="utf-8")
        with (
            (Path(folder) / "page.html").open("rb") as source,
            (Path(folder) / "page.pdf").open("wb") as target,
        ):
            child = subprocess.Popen(
                command, stdin=source, stdout=target, env=os.environ | {"FONTCONFIG_FILE": str(config)}
            )
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{command[:3]} died: {child.returncode}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, (Path(folder) / "page.pdf").read_bytes()


def _pages(data: bytes) -> int:
    import io

    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
