"""Files, folders, patterns and standard input into the corpus, one outcome for each file."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from compare.corpus import files, raw
from compare.corpus.catalogue import Added, Catalogue, add_raw
from compare.errors import ParallaxError
from compare.model import Problem

Watch = Callable[[Iterable[Any], str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file under ``name``: ``added``, or the one ``problem`` that it could not be kept."""

    name: str
    added: Added | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be added: ``inputs`` as typed, "-" for standard input, a pattern for all it matches.

    ``settings`` is what else the readers are told, as JSON (see corpus/register).
    """

    inputs: Sequence[str]
    outlet: str | None = None
    settings: str = ""


def add(
    book: Catalogue, folder: Path, order: Order, watch: Watch = lambda items, _: items
) -> Iterator[Outcome]:
    """Add what is ordered to the corpus in ``folder``, one outcome for each file.

    Outcomes come before their batch is committed: all are sure once this has come to its end. Raises
    ParallaxError where the corpus cannot be written; the batches before stay.
    """
    with book.batch():
        for path, root in watch(_found(order.inputs), "adding"):
            if isinstance(path, Outcome):
                yield path
                continue
            kept = _kept(folder, path)
            if isinstance(kept, Outcome):
                yield kept
                continue
            name, below = files.shown(path), files.shown(root)
            added = add_raw(book, folder, kept.hash, name, order.outlet, root=below, settings=order.settings)
            yield Outcome(name, added)


def _found(inputs: Sequence[str]) -> Iterator[tuple[str | Outcome, str]]:
    """Every file that is meant, with the folder below which it was found."""
    for text in inputs:
        matching = None if text == "-" else files.matching(text)
        if matching == []:
            yield (
                Outcome(text, problem=Problem(files.shown(text), "matches no file; check the pattern", 66)),
                "",
            )
        for one in [Path(text)] if matching is None else matching:
            if text == "-" or not one.is_dir():
                yield str(one), ""
                continue
            for entry in files.article_files(one):
                if isinstance(entry, Problem):
                    yield Outcome(entry.where, problem=entry), ""
                else:
                    yield str(entry), str(one)


def _kept(folder: Path, path: str) -> raw.Kept | Outcome:
    name = files.shown(path)
    if path != "-" and (Path(path).is_char_device() or Path(path).is_block_device()):
        return Outcome(name, problem=Problem(name, "a device, which may have no end; name a file", 66))
    try:
        with _opened(path) as stream:
            return raw.keep(folder, stream)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Outcome(name, problem=Problem(name, f"cannot be read ({reason}); name another file", 66))
    except ParallaxError as error:
        if error.exit_code != files.NO_INPUT:
            raise
        return Outcome(name, problem=Problem(error.where, error.what, error.exit_code))


def _opened(path: str) -> IO[bytes]:
    return sys.stdin.buffer if path == "-" else Path(path).open("rb")
