"""Article files in, Articles and Problems out; the format is known by content, not by suffix.

path, folder, pattern, "-" -> Deposit -> (database | archive | … of bytes) -> Draft -> clean -> Article
                                      -> decode -> (page | record | … of text) -> Draft
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from compare.corpus import ahead, files, outlets
from compare.corpus.article import article
from compare.corpus.deposit import Budget, Deposit
from compare.corpus.files import NO_INPUT, article_files, shown
from compare.corpus.readers import formats
from compare.corpus.shelf import longer
from compare.errors import ParallaxError
from compare.model import Article, Problem

MOST_PROBLEMS = 100_000
Found = tuple[tuple[Article, ...], tuple[Problem, ...]]
Columns = Mapping[str, str] | Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Order:
    """What is asked of every file of one call."""

    outlet: str | None
    root: PurePath | None
    columns: Mapping[str, str]
    domains: Mapping[str, str]


def each(
    source: Path | str | Deposit,
    outlet: str | None = None,
    root: Path | None = None,
    columns: Columns | None = None,
) -> Iterator[Article | Problem]:
    """The articles of a file, folder, pattern ("week/*.html") or, for "-", of standard input, in order.

    Nothing is held but what is read right now, so a file may hold more articles than memory does.
    ``outlet`` overrides what the file says; ``root`` is the folder below which sub-folders name outlets
    (a folder given as ``source`` is its own), and whose ``outlets.toml`` adds to the table of domains;
    ``columns`` says which column of a table holds which field (``config.Config.columns``). Whatever
    cannot be used is a Problem; nothing is raised.
    """
    order = _Order(outlet, None, dict(columns or ()), outlets.NO_DOMAINS)
    if root is not None:
        order, wrong = _rooted(order, root)
        yield from wrong
    if isinstance(source, Deposit):
        yield from _listed(_of(source, order, Budget()), source.origin)
        return
    paths = files.matching(source)
    if paths == []:
        yield Problem(shown(source), "no file has a name of this pattern; check it", NO_INPUT)
    for path in [source] if paths is None else paths:
        yield from _below(path, order) if files.is_folder(path) else _at(path, order)


def read(
    path: Path | str, outlet: str | None = None, root: Path | None = None, columns: Columns | None = None
) -> Found:
    """The articles of one file, pattern, or of standard input where ``path`` is "-", in the file's order.

    As ``each``, but all at once. Raises ParallaxError (66 where there is no such file, 65 where it
    holds no article).
    """
    if files.is_folder(path):
        what = "a folder where a file was expected; name a file in it"
        raise ParallaxError(shown(path), what, NO_INPUT)
    articles, problems = _sorted_out(each(path, outlet, root, columns))
    if not articles and len(problems) == 1:
        only = problems[0]
        raise ParallaxError(only.where, only.what, only.code or 65)
    return tuple(articles), tuple(problems)


def read_folder(
    path: Path | str,
    watch: Callable[[Iterable[Any], str], Iterable[Any]] = lambda files, _: files,
    columns: Columns | None = None,
    jobs: int = 0,
) -> Found:
    """The articles of every file below a folder, by path; what cannot be read is a Problem.

    ``watch`` may show how far the files are; slow ones are read by ``jobs`` processes (see corpus/ahead).
    Raises ParallaxError (66) where there is no such folder.
    """
    if not files.is_folder(path):
        raise ParallaxError(shown(path), "no such folder; give one that holds articles", NO_INPUT)
    root = Path(path)
    order, wrong = _rooted(_Order(None, None, dict(columns or ()), outlets.NO_DOMAINS), root)
    found: list[Article | Problem] = [*wrong]
    entries = (_entry(one) for one in article_files(root))
    with contextlib.closing(ahead.read(partial(_early, order), entries, jobs)) as turns:
        for one, read_early in watch(turns, "reading"):
            if isinstance(one, Problem):
                found.append(one)
            elif isinstance(read_early, Problem):
                found.append(read_early)
            else:
                found += _at(one, order) if read_early is None else read_early
    return without_doubles(*_sorted_out(found))


def _entry(one: Path | Problem) -> ahead.Entry[Path | Problem]:
    if isinstance(one, Problem):
        return ahead.Entry(one, one.where)
    return ahead.Entry(one, shown(one), formats.slow(one))


def _early(order: _Order, path: Path | Problem) -> tuple[Article | Problem, ...] | None:
    """What a file holds, in a process of its own; None where it cannot be said there."""
    try:
        return tuple(_at(path, order)) if isinstance(path, Path) else None
    except Exception:
        return None


def without_doubles(articles: list[Article], problems: list[Problem]) -> Found:
    """Each text of an outlet once, the first one read; a Problem for every other."""
    first: dict[str, Article] = {}
    said = list(problems)
    for given in articles:
        one = given
        kept = first.setdefault(one.id, one)
        if (kept.outlet, kept.body) != (one.outlet, one.body):
            one = longer(one)
            kept = first.setdefault(one.id, one)
        if kept is not one:
            said.append(Problem(one.origin, f"the same text and outlet as {kept.origin}; counted once"))
    return tuple(first.values()), tuple(said)


def _sorted_out(found: Iterable[Article | Problem]) -> tuple[list[Article], list[Problem]]:
    articles: list[Article] = []
    problems: list[Problem] = []
    for one in found:
        if isinstance(one, Article):
            articles.append(one)
        else:
            problems.append(one)
    return articles, problems


def _rooted(order: _Order, root: Path) -> tuple[_Order, list[Problem]]:
    """An order below a folder, with the folder's own table of domains."""
    below = replace(order, root=PurePath(shown(root)))
    try:
        return replace(below, domains=dict(outlets.own_domains(root))), []
    except ParallaxError as error:
        return replace(below, domains={}), [_printable(Problem(error.where, error.what, error.exit_code))]


def _below(folder: Path | str, order: _Order) -> Iterator[Article | Problem]:
    inside, wrong = _rooted(order, Path(folder)) if order.root is None else (order, [])
    yield from wrong
    for entry in article_files(Path(folder)):
        yield from [entry] if isinstance(entry, Problem) else _at(entry, inside)


def _at(path: Path | str, order: _Order) -> Iterator[Article | Problem]:
    """The articles of one file, pipe or device."""
    try:
        with files.deposited(path, formats.may_be_large) as deposit:
            yield from _listed(_of(deposit, order, Budget()), deposit.origin)
    except ParallaxError as error:
        yield Problem(error.where, error.what, error.exit_code)


def _listed(found: Iterator[Article | Problem], origin: str) -> Iterator[Article | Problem]:
    """What is found in one file, but for Problems past ``MOST_PROBLEMS``, which one line counts.

    A file that has refused so many entries, and more than it gave articles, is not read to its end.
    """
    articles, refused, listed, more = 0, 0, 0, 0
    for one in found:
        articles += isinstance(one, Article)
        refused += isinstance(one, Problem) and one.code != 0
        listed += isinstance(one, Problem)
        if refused > max(MOST_PROBLEMS, articles):
            what = (
                f"over {MOST_PROBLEMS:,} entries that are no articles; the rest is not read: see what it is"
            )
            yield Problem(origin, what, 65)
            return
        if isinstance(one, Article) or listed <= MOST_PROBLEMS:
            yield one
        else:
            more += 1
    if not articles and not listed:
        yield Problem(origin, "no article is in it; see what it holds", 65)
    if more:
        yield Problem(
            origin, f"{more:,} more problems and remarks in this file, not listed", min(refused, 65)
        )


def _printable(one: Problem) -> Problem:
    """A Problem that quotes a file does so on one printable line."""
    return replace(one, where=shown(one.where), what=shown(one.what))


def _of(deposit: Deposit, order: _Order, budget: Budget, within: str = "") -> Iterator[Article | Problem]:
    """The articles of one deposit; of an archive, those of its members."""
    for one in formats.drafts(deposit, order.columns, budget):
        if isinstance(one, Problem):
            yield _printable(one)
        elif isinstance(one, Deposit):
            yield from _of(one, order, budget, deposit.origin)
        else:
            done, remarks = article(one, order.outlet, order.root, order.domains, within)
            yield from map(_printable, remarks)
            if done is not None:
                yield done
