"""Article files in, Articles and Problems out; the format is known by content, not by suffix.

bytes -> decode -> (page | record | markdown | plain).drafts -> clean -> Article
Only this module opens files.
"""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from compare.corpus.article import article
from compare.corpus.decode import decode
from compare.corpus.draft import Draft
from compare.corpus.readers import markdown, page, plain, record
from compare.errors import ParallaxError
from compare.model import Article, Problem

LARGEST = 20_000_000
_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ""}
)
_NOT_ARTICLES = ("readme", "license", "licence", "changelog", "makefile")
_NO_INPUT = 66


def read(
    path: Path | str, outlet: str | None = None, root: Path | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles of one file, or of standard input where ``path`` is "-", in the file's order.

    ``outlet`` overrides what the file says; ``root`` is the folder below which sub-folders name
    outlets. Raises ParallaxError (66 where there is no such file, 65 where it holds no article).
    """
    where = str(path)
    text, remark = decode(_bytes(where), where)
    drafts, problems = _drafts(text, where)
    if remark:
        problems.insert(0, Problem(where, remark))
    found: list[Article] = []
    for draft in drafts:
        one, remarks = article(draft, outlet, root)
        problems += remarks
        if one is not None:
            found.append(one)
    if not found and len(problems) == 1:
        raise ParallaxError(where, problems[0].what)
    return tuple(found), tuple(problems)


def read_folder(path: Path | str) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles of every file below a folder, by path; what cannot be read is a Problem.

    Hidden files, readmes and files whose suffix no reader knows are passed over, and so are the
    asset folders that browsers lay beside a saved page (``page_files``).
    """
    root = Path(path)
    if not root.is_dir():
        raise ParallaxError(str(path), "no such folder; give one that holds articles", _NO_INPUT)
    articles: list[Article] = []
    problems: list[Problem] = []
    for entry in _files(root, frozenset()):
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        try:
            found, remarks = read(entry, root=root)
        except ParallaxError as error:
            problems.append(Problem(error.where, error.what, error.exit_code))
            continue
        articles += found
        problems += remarks
    return without_doubles(articles, problems)


def without_doubles(
    articles: list[Article], problems: list[Problem]
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Each text of an outlet once, the first one read; a Problem for every other."""
    first: dict[str, Article] = {}
    said = list(problems)
    for one in articles:
        kept = first.setdefault(one.id, one)
        if kept is not one:
            said.append(Problem(one.origin, f"the same text and outlet as {kept.origin}; counted once"))
    return tuple(first.values()), tuple(said)


def _drafts(text: str, where: str) -> tuple[list[Draft], list[Problem]]:
    if page.looks_like(text):
        return page.drafts(text, where), []
    if record.looks_like(text):
        return record.drafts(text, where)
    if markdown.has_front_matter(text):
        return markdown.drafts(text, where), []
    return plain.drafts(text, where), []


def _bytes(where: str) -> bytes:
    """The whole content, at most ``LARGEST`` bytes; more than that is refused before it is read."""
    if where == "-":
        raw = sys.stdin.buffer.read(LARGEST + 1)
    else:
        try:
            found = Path(where).stat()
            if stat.S_ISDIR(found.st_mode):
                raise ParallaxError(where, "a folder where a file was expected; name a file in it", _NO_INPUT)
            if found.st_size > LARGEST:
                raise _too_large(where)
            with Path(where).open("rb") as file:
                raw = file.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            raise ParallaxError(where, _reason(error), _NO_INPUT) from error
    if len(raw) > LARGEST:
        raise _too_large(where)
    return raw


def _too_large(where: str) -> ParallaxError:
    return ParallaxError(
        where, f"larger than {LARGEST // 1_000_000} MB, which no article is; split it or name another"
    )


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot be read ({reason.lower()})"


def _files(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | Problem]:
    """The article files below a folder by name; a folder that holds itself is a Problem."""
    try:
        here = folder.stat()
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(str(folder), _reason(error), _NO_INPUT)
        return
    mark = (here.st_dev, here.st_ino)
    if mark in above:
        yield Problem(str(folder), "a link to a folder that holds it; not followed")
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith((".", "__MACOSX")) or _assets(entry.name, names):
            continue
        if entry.is_dir():
            yield from _files(entry, above | {mark})
        elif _may_be_article(entry):
            yield _regular(entry)


def _assets(name: str, names: set[str]) -> bool:
    stem = name.removesuffix("_files")
    return stem != name and any(f"{stem}{suffix}" in names for suffix in (".html", ".htm"))


def _may_be_article(entry: Path) -> bool:
    return entry.suffix.lower() in _SUFFIXES and not entry.name.lower().startswith(_NOT_ARTICLES)


def _regular(entry: Path) -> Path | Problem:
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return Problem(str(entry), _reason(error), _NO_INPUT)
    return entry if stat.S_ISREG(mode) else Problem(str(entry), "not a regular file; passed over")
