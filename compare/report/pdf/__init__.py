"""HTML to PDF/UA bytes. The only WeasyPrint.

It runs in child processes with limits of time and memory, because text alone can make a layout
explode. Two of them share the stories, and one binds; stories that have not changed come from a cache
where there is one. Nothing of this shows in the bytes. The fetcher is a closed list: data addresses
of pictures and the packaged fonts. The children see no font of the machine.

Page by page: ``gatherings`` cuts the HTML, ``loose`` sets stories, ``binding`` puts them together,
``press`` is what both need of WeasyPrint, ``shelf`` is the cache, ``__main__`` the child.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from compare.errors import ParallaxError
from compare.report import fonts
from compare.report.pdf import gatherings, shelf

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}</dir><cachedir>{0}</cachedir></fontconfig>
"""
LONG = 100
WORTH_TWO = 60_000
# Address space that a child takes for any page, and for every million characters of one when it binds.
LEAST, BY_MILLION = 500, 150


class TooLargeError(ParallaxError):
    """A page that needs more memory than it may have: in several files it may not."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one PDF may cost: ``seconds`` of wall time, ``megabytes`` of address space a process.

    Without ``seconds`` it is two minutes and ten more for every 10,000 characters of the page, some
    twenty times what a page takes.
    """

    seconds: float | None = None
    megabytes: int = 4096


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and its number of pages."""

    data: bytes
    pages: int

    @property
    def warning(self) -> str:
        """One line for a PDF that few will read to its end, else ""."""
        return f"the PDF has {self.pages} pages; {_SHORTER}" if self.pages > LONG else ""


def write(html: str, *, limits: Limits | None = None, cache: Path | None = None) -> bytes:
    """The page ``html`` (rendered for print) as a tagged PDF; the same page gives the same bytes.

    Stories that a folder ``cache`` has set already are taken from there. Raises ParallaxError when
    the page cannot be set within ``limits``, or at all.
    """
    return printed(html, limits=limits, cache=cache).data


def printed(html: str, *, limits: Limits | None = None, cache: Path | None = None) -> Printed:
    """As ``write``, with the number of pages."""
    limits = limits or Limits()
    book = gatherings.cut(html)
    with tempfile.TemporaryDirectory(prefix="parallax-") as name:
        folder = Path(name)
        (folder / "page.html").write_bytes(html.encode("utf-8", "replace"))
        kept = shelf.Shelf(cache).fetch(book, folder) if cache else frozenset[int]()
        missing = [number for number in range(len(book.gatherings)) if number not in kept]
        size = sum(len(book.gatherings[number]) for number in missing)
        hands = 2 if size > WORTH_TWO and (os.cpu_count() or 1) > 1 else 1
        for hand, todo in enumerate(gatherings.shares(book, missing, hands)):
            (folder / f"{hand}.todo").write_text(json.dumps(todo), encoding="utf-8")
        try:
            _set(folder, hands, limits, limits.seconds or 120 + len(html) / 1000)
        except ParallaxError:
            if not kept or not cache:
                raise
            return printed(html, limits=limits)
        if cache:
            shelf.Shelf(cache).keep(book, missing, folder)
        pages = int((folder / "pages").read_text(encoding="utf-8"))
        return Printed((folder / "page.pdf").read_bytes(), pages)


def files(html: str, limits: Limits | None = None) -> int:
    """In how many files a page has to be printed so that none needs more memory than it may have.

    By its length alone, as was measured (docs/brief-speed.md), so that every machine makes the same ones.
    """
    room = max((limits or Limits()).megabytes - LEAST, 1)
    return max(-(-len(html) * BY_MILLION // (room * 1_000_000)), 1)


def shares(html: str, count: int) -> tuple[int, ...]:
    """How many stories of a page each of ``count`` files takes, in order; at most as many as there are."""
    return gatherings.evenly(gatherings.cut(html), count)


def _set(folder: Path, hands: int, limits: Limits, seconds: float) -> None:
    """Run the children to their end. The first binds, when the others are done."""
    config = folder / "fonts.conf"
    config.write_text(_FONTCONFIG.format(folder / "fonts"), encoding="utf-8")
    (folder / "fonts").mkdir()
    _last_resort(folder / "fonts")
    end = time.monotonic() + seconds
    with contextlib.ExitStack() as stack:
        children = [_child(stack, folder, hand, limits) for hand in range(hands)]
        try:
            for hand, child in reversed(list(enumerate(children))):
                if child.stdin:
                    child.stdin.close()
                code = child.wait(max(end - time.monotonic(), 0))
                if code or (not hand and not (folder / "page.pdf").exists()):
                    raise _death(code, (folder / f"{hand}.errors").read_bytes(), limits)
        except subprocess.TimeoutExpired:
            raise ParallaxError(
                "brief", f"the PDF took more than {seconds:.3g} seconds; {_WAY_OUT}"
            ) from None


def _child(stack: contextlib.ExitStack, folder: Path, hand: int, limits: Limits) -> "subprocess.Popen[bytes]":
    """A child at work, which will not outlive ``stack``."""
    errors = stack.enter_context((folder / f"{hand}.errors").open("wb"))
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "compare.report.pdf", str(folder), str(hand), str(limits.megabytes)],
        stdin=subprocess.PIPE if hand == 0 else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env=os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "PYTHONPATH": _search_path()},
    )
    stack.callback(_end, child)
    return child


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.wait()


def _last_resort(folder: Path) -> None:
    """The one font that a page sees without naming it: with none at all, Pango would crash."""
    place = next((fonts.path(face) for face in fonts.installed() if face.family == "Parallax Label"), None)
    if place:
        shutil.copy(place, folder)


_WAY_OUT = "leave out the longest articles, or choose --format html"
# What Python, GLib and the C library say; GLib even where a thread's stack finds no room.
_OUT_OF_MEMORY = ("MemoryError", "Error creating thread", "failed to allocate", "Cannot allocate memory")
# Traps and broken pointers (SIGTRAP, SIGBUS, SIGSEGV): few C libraries look whether they were given memory.
_CRASHED = {-5, -7, -10, -11}
_SHORTER = "few read that far: choose fewer outlets or stories, or --format html"


def _search_path() -> str:
    """Where the child finds this package, however it was installed."""
    here = str(Path(__file__).resolve().parent.parent.parent.parent)
    given = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place]
    return os.pathsep.join(dict.fromkeys([here, *given]))


def _death(code: int, errors: bytes, limits: Limits) -> ParallaxError:
    """One line for a child that died."""
    last = (errors.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
    if code in {-9, -6} or any(sign in last for sign in _OUT_OF_MEMORY):
        return TooLargeError("brief", f"the PDF needs more than {limits.megabytes} MB of memory; {_WAY_OUT}")
    if "cannot load library" in last or "OSError" in last:
        what = "WeasyPrint's system library Pango is missing; run make setup, which says how to get it"
        return ParallaxError("brief", what)
    if code in _CRASHED:
        what = f"the PDF could not be set (signal {-code}, as where memory runs out); {_WAY_OUT}"
        return TooLargeError("brief", what)
    return ParallaxError("brief", f"the PDF could not be set ({last or f'exit code {code}'}); {_WAY_OUT}")
