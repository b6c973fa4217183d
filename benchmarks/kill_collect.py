"""Kill the collector at random moments, again and again, and compare the corpus with an undisturbed one.

    python -m benchmarks.kill_collect [PAGES [KILLS [SEED]]]

A collector process takes a feed of PAGES articles and the feeds of an OPML list from servers in this
process, and is killed (SIGKILL) after a random time; a new one is started, until it is done. Rounds are
repeated until KILLS were killed while they ran. What is in the corpus is then compared with what an
undisturbed run brought: every article, every kept byte, every line of the journal; and that what was
written down as kept was never asked for again. `parallax check` has the last word.
"""

import contextlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from compare.corpus import catalogue, raw
from compare.corpus.collect import journal

HOSTS = 3
FIRST_SENTENCE = "The harbour council voted on item {0} late on Tuesday, and closed quay {0} for repairs."
REST = (
    "The work is to take eight months, because the piles below the water line of quay {0} have rotted.",
    "Fishermen of quay {0} were told to move to the southern basin, where berths are fewer and fees higher.",
    "The engineer put the cost at {0} million crowns, and said that a survey had found the damage in spring.",
)


def main(pages: int = 100, kills: int = 200, seed: int = 1) -> None:
    """Run the experiment and print its figures."""
    chance = random.Random(seed)
    totals: Counter[str] = Counter()
    with _servers(pages) as (feeds, asked), tempfile.TemporaryDirectory() as folder:
        calm = Path(folder) / "calm"
        seconds = _finished(calm, feeds)
        wanted = _contents(calm)
        print(
            f"undisturbed: {len(wanted['articles'])} articles in {seconds:.1f} s, one process start and all"
        )
        while totals["kills"] < kills:
            asked.clear()
            place = Path(folder) / f"round {totals['rounds']}"
            seen = _round(place, feeds, kills - totals["kills"], seconds, (chance, totals, asked))
            totals["asked for again though kept"] += sum(asked[url] - count for url, count in seen.items())
            _compare(_contents(place), wanted, totals)
            totals["remains of stopped copies"] += sum(map(raw.unfinished, raw.all_files(place)))
            totals["lines of check after --mend"] += _checked(place)
            totals["pages asked"] += sum(asked.values())
            totals["rounds"] += 1
    totals["pages that had to be asked"] = totals["rounds"] * pages
    for name in (
        "rounds", "kills", "killed before the first page was kept", "killed with a page kept, not catalogued",
        "asked for again though kept", "articles lost", "articles doubled or other", "raw files lost",
        "raw files too many", "accessions lost or doubled", "journal lines not done or lost",
        "integrity_check not ok", "remains of stopped copies",
        "lines of check after --mend", "pages that had to be asked", "pages asked",
    ):  # fmt: skip
        print(f"{name}: {totals[name]}")


def _round(
    place: Path,
    feeds: list[str],
    kills: int,
    seconds: float,
    run: tuple[random.Random, Counter[str], Counter[str]],
) -> dict[str, int]:
    """Kill until done or enough, then finish; how often each page had been asked for when it was kept."""
    (chance, totals, asked), seen = run, dict[str, int]()
    for _ in range(kills):
        with _collector(place, feeds) as process:
            try:
                process.wait(chance.uniform(0.3, 0.3 + seconds / 2))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            if process.wait() != -signal.SIGKILL:
                return seen
        totals["kills"] += 1
        kept = _kept(place)
        totals["killed before the first page was kept"] += not kept
        totals["killed with a page kept, not catalogued"] += any(state != "done" for state in kept.values())
        seen |= {url: asked[url] for url in kept.keys() - seen.keys()}
    _finished(place, feeds)
    return seen


def _kept(place: Path) -> dict[str, str]:
    """The pages that the journal says are kept, and their states."""
    if not (place / journal.NAME).exists():
        return {}
    query = "SELECT url, state FROM address WHERE body != ''"
    with contextlib.closing(sqlite3.connect(place / journal.NAME)) as db:
        try:
            return dict(db.execute(query).fetchall())
        except sqlite3.OperationalError:
            return {}  # killed before the journal had its table


def _compare(found: dict[str, Counter[str]], wanted: dict[str, Counter[str]], totals: Counter[str]) -> None:
    for kind, lost, more in (
        ("articles", "articles lost", "articles doubled or other"),
        ("raw", "raw files lost", "raw files too many"),
        ("accessions", "accessions lost or doubled", "accessions lost or doubled"),
        ("journal", "journal lines not done or lost", "journal lines not done or lost"),
        ("integrity", "integrity_check not ok", "integrity_check not ok"),
    ):
        totals[lost] += sum((wanted[kind] - found[kind]).values())
        totals[more] += sum((found[kind] - wanted[kind]).values())


def _contents(place: Path) -> dict[str, Counter[str]]:
    """All that a corpus holds, but for times and numbers, which say only when things came."""
    with contextlib.closing(sqlite3.connect(place / catalogue.NAME)) as db:
        articles = db.execute(
            "SELECT id, outlet, title, body, url, address, raw, published, origin FROM articles"
        )
        accessions = db.execute("SELECT raw, name, outlet, url, complete FROM accessions")
        found = {
            "articles": Counter(map(repr, articles.fetchall())),
            "accessions": Counter(map(repr, accessions.fetchall())),
            "integrity": Counter(str(row[0]) for row in db.execute("PRAGMA integrity_check")),
        }
    with contextlib.closing(sqlite3.connect(place / journal.NAME)) as db:
        lines = db.execute("SELECT key, kind, source, state, tries, body, final FROM address")
        found["journal"] = Counter(map(repr, lines.fetchall()))
    names = [
        file.name
        for file in raw.all_files(place)
        if raw.digest(file) == file.name or not raw.unfinished(file)
    ]
    found["raw"] = Counter(names)
    return found


def _checked(place: Path) -> int:
    """How many faults `parallax check` names once what kills left behind is taken away."""
    call = [sys.executable, "-m", "compare", "check", "--corpus", str(place)]
    subprocess.run([*call, "--mend"], capture_output=True, check=False)
    return len(subprocess.run(call, capture_output=True, check=False).stderr.splitlines())


def _finished(place: Path, feeds: list[str]) -> float:
    begun = time.monotonic()
    with _collector(place, feeds) as process:
        assert process.wait() == 0, process.returncode
    return time.monotonic() - begun


def _collector(place: Path, feeds: list[str]) -> "subprocess.Popen[bytes]":
    options = ["--corpus", str(place), "--allow-private", "--delay", "0"]
    command = [sys.executable, "-m", "compare", "collect", *options, *feeds]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def _servers(pages: int) -> Iterator[tuple[list[str], Counter[str]]]:
    """A site on each of some loopback addresses, so that hosts go side by side; one feed each, the last
    found through an OPML list. Returns what to give, and the count of pages asked for.
    """
    asked: Counter[str] = Counter()
    servers = [ThreadingHTTPServer((f"127.0.0.{n + 1}", 0), _handler(asked, pages)) for n in range(HOSTS)]
    threads = [threading.Thread(target=one.serve_forever) for one in servers]
    try:
        for thread in threads:
            thread.start()
        sites = [f"http://127.0.0.{n + 1}:{one.server_port}" for n, one in enumerate(servers)]
        yield [*(f"{site}/feed" for site in sites[:-1]), f"{sites[-1]}/opml"], asked
    finally:
        for one in servers:
            one.shutdown()
            one.server_close()


def _handler(asked: Counter[str], pages: int) -> type[BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = int(self.headers["Host"].partition(":")[0].rpartition(".")[2]) - 1
            body = _body(self.path, range(host, pages, HOSTS))
            if self.path.startswith("/news/"):
                time.sleep(0.002)
                with lock:
                    asked[f"http://{self.headers['Host']}{self.path}"] += 1
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", '"1"')
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Site


def _body(path: str, numbers: range) -> bytes:
    if path == "/opml":
        return b'<opml version="2.0"><head/><body><outline xmlUrl="/feed"/></body></opml>'
    if path == "/feed":
        items = "".join(f"<item><title>{n}</title><link>/news/{n}</link></item>" for n in numbers)
        return f'<rss version="2.0"><channel><title>Quay</title>{items}</channel></rss>'.encode()
    if not path.startswith("/news/"):
        return b""
    number = path.rpartition("/")[2]
    text = "".join(f"<p>{one.format(number)}</p>" for one in (FIRST_SENTENCE, *REST))
    title = f"Quay {number} closes"
    head = f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{text}</article></body></html>".encode()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
