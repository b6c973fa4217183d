"""Files, folders, patterns and standard input into the corpus, one outcome for each file."""

import contextlib
import dataclasses
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from compare.corpus import ahead, catalogue, deposit, files, raw
from compare.corpus.catalogue import Added, Catalogue
from compare.corpus.derive import form, of_bytes
from compare.corpus.readers import formats
from compare.corpus.register import Accession
from compare.errors import ParallaxError
from compare.model import Article, Problem

Watch = Callable[[Iterable[Any], str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file under ``name``: ``added``, or the one ``problem`` that it could not be kept.

    ``form`` is as what it was read, as "html"; "" where no reader takes it.
    """

    name: str
    added: Added | None = None
    problem: Problem | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be added: ``inputs`` as typed, "-" for standard input, a pattern for all it matches.

    ``settings`` is what else the readers are told, as JSON (see corpus/register).
    """

    inputs: Sequence[str]
    outlet: str | None = None
    settings: str = ""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A file that is to be added, or what is said instead; ``given.raw`` where its bytes were looked at."""

    path: str | Outcome
    given: Accession


def add(
    book: Catalogue,
    folder: Path,
    order: Order,
    watch: Watch = lambda items, _: items,
    jobs: int = 0,
) -> Iterator[Outcome]:
    """Add what is ordered to the corpus in ``folder``, one outcome for each file.

    Slow files are read by ``jobs`` processes (see corpus/ahead); whoever reads them, what is kept is
    the same. Outcomes come before their batch is committed: all are sure once this has come to its end.
    Raises ParallaxError where the corpus cannot be written; the batches before stay.
    """
    with book.batch(), contextlib.closing(ahead.read(_read, _entries(book, order, jobs), jobs)) as turns:
        for turn, found in watch(turns, "adding"):
            if isinstance(turn.path, Outcome):
                yield turn.path
                continue
            kept = _kept(folder, turn.path)
            if isinstance(kept, Outcome):
                yield kept
                continue
            read = (found,) if isinstance(found, Problem) else found
            # Other bytes than those that were looked at: it was changed in between.
            read = read if turn.given.raw == kept.hash else None
            given = dataclasses.replace(turn.given, raw=kept.hash)
            yield Outcome(given.name, catalogue.take_new(book, folder, given, read), form=form(folder, given))


def _entries(book: Catalogue, order: Order, jobs: int) -> Iterator[ahead.Entry[_Turn]]:
    for path, root in _found(order.inputs):
        if isinstance(path, Outcome):
            yield ahead.Entry(_Turn(path, Accession("", path.name)), path.name)
            continue
        below = files.shown(root)
        given = Accession("", files.shown(path), order.outlet or "", below, settings=order.settings)
        yield _plain(path, given) if jobs == 1 or path == "-" else _looked_at(book, path, given)


def _plain(path: str, given: Accession) -> ahead.Entry[_Turn]:
    return ahead.Entry(_Turn(path, given), given.name)


def _looked_at(book: Catalogue, path: str, given: Accession) -> ahead.Entry[_Turn]:
    """Whether a file is slow to read and not known; what is wrong with it is said in its turn."""
    file = Path(path)
    size = formats.slow(file)
    try:
        seen = dataclasses.replace(given, raw=raw.digest(file)) if size else given
    except OSError:
        size = 0
    if not size or catalogue.known(book, seen) is not None:
        return _plain(path, given)
    # Bytes that are kept and not catalogued: whatever stopped the addition may have been this file.
    stopped = raw.path(book.folder, seen.raw).exists() and not catalogue.holds(book, seen.raw)
    return ahead.Entry(_Turn(path, seen), given.name, size, stopped or catalogue.deadly(book, seen))


def _read(turn: _Turn) -> tuple[Article | Problem, ...] | None:
    """What a file holds, in a process of its own; None where it cannot be said there."""
    try:
        content = Path(str(turn.path)).read_bytes()
        if hashlib.sha256(content).hexdigest() != turn.given.raw:
            return None
        return tuple(of_bytes(deposit.of_bytes(content, turn.given.name), turn.given))
    except Exception:
        return None


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
