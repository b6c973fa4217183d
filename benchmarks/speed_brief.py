"""What a PDF costs: seconds a page and peak memory by the number of stories, beside what else there is.

    python -m benchmarks.speed_brief growth [COUNT ...]    10, 50 and 200 stories unless given; writes
                                                           docs/brief-speed.svg
    python -m benchmarks.speed_brief profile [COUNT]       where plain WeasyPrint's time goes
    python -m benchmarks.speed_brief features [COUNT]      what each feature of the style sheet costs

The stories are those of the demonstration corpus over and over, each round under names of its own. All
sides print the same HTML, in turn. *Ours* works in two processes: its seconds are the processor time of
the busier one, which binds, and so the wall time on an idle machine with two cores; wall time is given
beside it. *Changed* is ours with a cache and one story of the week changed.
"""

import cProfile
import dataclasses
import os
import pstats
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from compare import pipeline
from compare.config import Config
from compare.model import Alignment, Article, Finding, Passage, Story
from compare.report import html, pdf
from compare.report.brief import compose

HOME = Path(__file__).parent.parent
CORPUS, WEEK, PLOT = HOME / "corpus", "2025-W20", HOME / "docs" / "brief-speed.svg"
COUNTS = (10, 50, 200)
PLAIN = """
import sys
from weasyprint import HTML
from compare.report.pdf import press
page = HTML(string=sys.stdin.read(), url_fetcher=press.fetcher())
sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))
"""
SIDES = ("plain", "ours", "changed", "chromium")
FEATURES: tuple[tuple[str, str, str], ...] = (
    ("custom properties (var)", r"var\(--(\w+)\)", "VALUE"),
    ("hyphenation", r"hyphens: auto;", ""),
    ("no break inside", r"break-inside: avoid;", ""),
    ("marks around words", r"mark::(?:before|after) \{[^}]*\}", ""),
    ("running heads and page numbers", r"@(?:top|bottom)-\w+ \{[^}]*\}", ""),
    ("page numbers of targets", r"target-counter\([^)]*\)\)?", '""'),
    ("named pages and bookmarks", r"bookmark-\w+: [^;]*;", ""),
    ("fixed tables (auto instead)", r"table-layout: fixed", "table-layout: auto"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds of the busiest process and of all, wall seconds, peak megabytes, and the PDF."""

    seconds: float
    total: float
    wall: float
    megabytes: float
    data: bytes


def growth(counts: list[int]) -> None:
    told = _told()
    print("stories pages  html MB  side       s  s/page  ratio  all s  wall s  peak MB  pdf MB", flush=True)
    points: dict[str, list[tuple[int, float, float]]] = {side: [] for side in SIDES}
    for count in counts:
        page = _page(told, count)
        costs = _sides(page)
        pages = _pages(costs["ours"].data)
        for side, cost in costs.items():
            points[side].append((pages, cost.seconds, cost.megabytes))
            print(
                f"{count:7d} {pages:5d} {len(page) / 1e6:8.2f}  {side:8s} {cost.seconds:5.1f} "
                f"{cost.seconds / pages:7.3f} {cost.seconds / costs['plain'].seconds:6.2f} {cost.total:6.1f} "
                f"{cost.wall:7.1f} {cost.megabytes:8.0f} {len(cost.data) / 1e6:7.2f}",
                flush=True,
            )
    PLOT.write_text(_plot(points), encoding="utf-8")


def _sides(page: str) -> dict[str, Cost]:
    made = {"plain": _plain(page), "ours": _ours(page, None)}
    with tempfile.TemporaryDirectory() as cache:
        pdf.write(page, cache=Path(cache))
        first = page.index("<h2", page.index("<!--gathering-->"))
        changed = page[:first] + re.sub(r"(<h2[^>]*>)", r"\1Changed: ", page[first:], count=1)
        made["changed"] = _ours(changed, Path(cache))
    if shutil.which("chromium"):
        made["chromium"] = _chromium(page)
    return made


def _plain(page: str) -> Cost:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(page, encoding="utf-8")
        with (folder / "page.html").open("rb") as source, (folder / "page.pdf").open("wb") as target:
            command = [sys.executable, "-c", PLAIN]
            cost = _cost(command, stdin=source, stdout=target)
        return dataclasses.replace(cost, data=(folder / "page.pdf").read_bytes())


def _chromium(page: str) -> Cost:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(page, encoding="utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/user",
        ]
        command += [f"--print-to-pdf={folder / 'page.pdf'}", (folder / "page.html").as_uri()]
        cost = _cost(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return dataclasses.replace(cost, data=(folder / "page.pdf").read_bytes())


def _cost(command: list[str], **streams: Any) -> Cost:
    begun = time.perf_counter()
    child = subprocess.Popen(command, cwd=HOME, **streams)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command[:3]} died: {child.returncode}")
    seconds = used.ru_utime + used.ru_stime
    return Cost(seconds, seconds, time.perf_counter() - begun, used.ru_maxrss / 1024, b"")


class _Watched(subprocess.Popen[bytes]):
    """A child that tells what it has used."""

    used: list[tuple[float, float]] = []  # noqa: RUF012

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            _, status, used = os.wait4(self.pid, 0)
            self.returncode = os.waitstatus_to_exitcode(status)
            _Watched.used.append((used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
        return self.returncode


def _ours(page: str, cache: Path | None) -> Cost:
    popen: Any = subprocess.Popen
    _Watched.used.clear()
    subprocess.Popen = _Watched  # type: ignore[misc, assignment]
    begun = time.perf_counter()
    try:
        data = pdf.write(page, cache=cache)
    finally:
        subprocess.Popen = popen  # type: ignore[misc]
    wall = time.perf_counter() - begun
    seconds = [one for one, _ in _Watched.used]
    return Cost(max(seconds), sum(seconds), wall, sum(memory for _, memory in _Watched.used), data)


def profile(counts: list[int]) -> None:
    """Shares of the time of one process, by cProfile; they sum to less than 1."""
    from weasyprint import HTML

    from compare.report.pdf import press

    page = _page(_told(), (counts or [10])[0])
    profiler = cProfile.Profile()
    profiler.enable()
    HTML(string=page, url_fetcher=press.fetcher()).write_pdf(pdf_variant="pdf/ua-1")
    profiler.disable()
    stats = pstats.Stats(profiler)
    total: float = stats.total_tt  # type: ignore[attr-defined]
    wanted = {
        "get_all_computed_styles": "read and cascade the styles",
        "build_formatting_structure": "build boxes",
        "layout_document": "lay out",
        "split_first_line": "  of this: break lines (Pango)",
        "table_layout": "  of this: tables",
        "paint": "draw",
        "add_tags": "tag",
        "build_fonts_dictionary": "embed fonts",
    }
    for (_, _, name), (_, _, own, cumulative, _) in sorted(stats.stats.items(), key=lambda one: -one[1][3]):  # type: ignore[attr-defined]
        if name in wanted:
            print(f"{wanted.pop(name):32s} {cumulative / total:5.2f}  (itself {own / total:.2f})")


def features(counts: list[int], rounds: int = 3) -> None:
    """Processor seconds with each feature taken out, over those with all, in one process, by turns."""
    page = _page(_told(), (counts or [10])[0])
    values = dict(re.findall(r"--(\w+): ([^;]+);", page))
    pages = {"all": page}
    for name, pattern, instead in FEATURES:

        def value(match: re.Match[str], instead: str = instead) -> str:
            return values[match.group(1)] if instead == "VALUE" else instead

        pages[name] = re.sub(pattern, value, page)
        if instead == "VALUE":
            pages[name] = re.sub(r"--\w+: [^;]+;", "", pages[name])
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, one in pages.items():
            taken[name].append(_plain(one).seconds)
    whole = statistics.median(taken["all"])
    print(f"all of it: {whole:.2f} s; without")
    for name, seconds in taken.items():
        print(f"  {name:32s} {statistics.median(seconds) / whole:.2f}")


def _page(told: list[tuple[Alignment, tuple[Finding, ...]]], count: int) -> str:
    rounds = [_renamed(told[n % len(told)], f"-{n // len(told)}") for n in range(count)]
    return html.render(compose(rounds), medium="print")


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


def _pages(data: bytes) -> int:
    import io

    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


def _plot(points: dict[str, list[tuple[int, float, float]]]) -> str:
    """Seconds (left) and megabytes (right) by pages, a line a side, as SVG."""
    shades = {"plain": "#5a5a56", "ours": "#0f4c75", "changed": "#b4530a", "chromium": "#9a9a94"}
    panels = []
    for turn, (index, title) in enumerate(((1, "seconds"), (2, "peak megabytes"))):
        widest = max(point[0] for line in points.values() for point in line)
        highest = max(point[index] for line in points.values() for point in line)

        def place(
            point: Any, index: int = index, turn: int = turn, widest: int = widest, highest: float = highest
        ) -> str:
            return f"{60 + turn * 360 + 270 * point[0] / widest:.1f},{230 - 190 * point[index] / highest:.1f}"

        left = 60 + turn * 360
        panels.append(f'<text x="{left}" y="24" font-weight="600">{title} by pages</text>')
        panels.append(f'<path d="M{left} 40V230H{left + 270}" fill="none" stroke="#1b1b1a"/>')
        panels.append(f'<text x="{left - 6}" y="44" text-anchor="end">{highest:.0f}</text>')
        panels.append(f'<text x="{left + 270}" y="246" text-anchor="end">{widest}</text>')
        for side, line in points.items():
            if line:
                path = " ".join(map(place, [(0, 0.0, 0.0), *line] if index == 1 else line))
                panels.append(
                    f'<polyline points="{path}" fill="none" stroke="{shades[side]}" stroke-width="2"/>'
                )
                x, y = place(line[-1]).split(",")
                spot = f'x="{float(x) - 4}" y="{float(y) - 5}" text-anchor="end"'
                panels.append(f'<text {spot} fill="{shades[side]}">{side}</text>')
    told = "; ".join(
        f"{side}: "
        + ", ".join(f"{pages} pages {seconds:.1f} s {memory:.0f} MB" for pages, seconds, memory in line)
        for side, line in points.items()
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 260" '
        'font-family="sans-serif" font-size="11">'
        f"<title>What a brief costs by pages. {told}</title>{''.join(panels)}</svg>\n"
    )


COMMANDS: dict[str, Callable[[list[int]], None]] = {
    "growth": lambda counts: growth(counts or list(COUNTS)),
    "profile": profile,
    "features": features,
}


def main(arguments: list[str]) -> int:
    name, *counts = arguments or ["growth"]
    COMMANDS[name]([int(one) for one in counts])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
