"""What a digest of 20 stories for 1,000 recipients costs beside rendering its PDF once.

    python -m benchmarks.speed_digest CORPUS WEEK [RECIPIENTS]

The stories of CORPUS are told again and again, under other names, until there are 20. Prints the
seconds and the memory of three steps: the PDF (rendered in a process of its own), the issue composed
and a copy queued for every recipient, and the same messages composed one by one, for comparison.
"""

import dataclasses
import datetime as dt
import resource
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

from compare import pipeline
from compare.config import Config
from compare.delivery import digest, outbox, run
from compare.delivery.address import Mailbox
from compare.delivery.digest import Addressing, Key, Report
from compare.report import mail
from compare.report.parts import Brief
from compare.report.shorter import shorten

Made = TypeVar("Made")
STORIES = 20
KEY = Key("weekly.example.org", "2025-W20")
ADDRESSING = Addressing(
    Mailbox("Parallax", "digest@example.org"),
    KEY.list_id,
    unsubscribe="https://example.org/out?who={address}",
)
WHEN = dt.datetime(2025, 5, 19, 7, tzinfo=dt.UTC)


def main(corpus: Path, week: str, recipients: int = 1000) -> None:
    """Measure and print."""
    made = twenty(_brief(corpus, week))
    people = [Mailbox(f"Reader {number}", f"reader{number}@example.org") for number in range(recipients)]
    pdf, rendering = timed(lambda: pipeline.render(made, "pdf", Config()))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    short = pipeline.render(shorten(made), "pdf", Config())
    with tempfile.TemporaryDirectory() as folder:
        _, queueing = timed(lambda: _queue(Path(folder) / "timed.db", made, pdf, people))
        tracemalloc.start()
        _queue(Path(folder) / "traced.db", made, pdf, people)
        memory = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        size = sum(file.stat().st_size for file in Path(folder).glob("timed.db*")) / 1e6
    message, one = timed(lambda: _message(made, pdf, people[0]))
    print(f"{len(made.sections)} stories, {recipients} recipients, PDF {len(pdf) / 1e6:.2f} MB")
    print(
        f"a message: {len(message) / 1e6:.2f} MB; "
        f"without tables and pairs the PDF has {len(short) / 1e6:.2f} MB"
    )
    print(f"rendering the PDF once: {rendering:.2f} s, {child:.0f} MB at most")
    print(
        f"composing and queueing all: {queueing:.2f} s, {memory:.0f} MB at most; outbox {size:.1f} MB on disk"
    )
    print(f"ratio to rendering: {queueing / rendering:.3f} of the time, {memory / child:.3f} of the memory")
    print(f"composing one by one would take {one * recipients:.1f} s")


def twenty(made: Brief) -> Brief:
    """The same brief with its sections told again under other numbers, until there are 20."""
    from compare.report.brief import compose

    tables = []
    for number, section in enumerate(islice(cycle(made.sections), STORIES)):
        findings = [one.finding for group in section.groups for one in (*group.shown, *group.rest)]
        story = dataclasses.replace(section.story, id=f"{section.story.id}-{number}")
        tables.append((dataclasses.replace(section.alignment, story=story), findings))
    return compose(tables, edition=made.edition)


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def _brief(corpus: Path, week: str) -> Brief:
    found = pipeline.of_week(pipeline.read_folder(corpus), week)
    return pipeline.brief(found, Config(), corpus, week, lambda items, _: items)


def _queue(place: Path, made: Brief, pdf: bytes, people: list[Mailbox]) -> None:
    plan = run.Plan(ADDRESSING, KEY, WHEN, 25_000_000)
    with outbox.opened(place) as box:
        raw, small = run.fit([made], [lambda: [Report("brief.pdf", pdf)]], plan)
        box.keep(str(KEY), ADDRESSING.sender.address, raw, small, 0.0)
        run.queue(box, ADDRESSING, KEY, people, 0.0)


def _message(made: Brief, pdf: bytes, one: Mailbox) -> bytes:
    message = digest.compose(mail.write([made]), ADDRESSING, [Report("brief.pdf", pdf)], KEY, WHEN)
    digest.address(message, ADDRESSING, KEY, one)
    return message.as_bytes()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))
