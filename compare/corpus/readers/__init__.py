"""Article files in, Articles and Problems out; the format is known by content, not by suffix.

bytes -> decode -> (page | record | markdown | plain).drafts -> clean -> Article
"""

from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import Any

from compare.corpus.article import article
from compare.corpus.decode import decode
from compare.corpus.draft import Draft
from compare.corpus.files import NO_INPUT, article_files, content, shown
from compare.corpus.readers import markdown, page, plain, record
from compare.errors import ParallaxError
from compare.model import Article, Problem


def read(
    path: Path | str, outlet: str | None = None, root: Path | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles of one file, or of standard input where ``path`` is "-", in the file's order.

    ``outlet`` overrides what the file says; ``root`` is the folder below which sub-folders name
    outlets. Raises ParallaxError (66 where there is no such file, 65 where it holds no article).
    """
    where = shown(path)
    text, remark = decode(content(path), where)
    drafts, problems = _drafts(text, where)
    if remark:
        problems.insert(0, Problem(where, remark))
    below = PurePath(shown(root)) if root is not None else None
    found: list[Article] = []
    for draft in drafts:
        one, remarks = article(draft, outlet, below)
        problems += remarks
        if one is not None:
            found.append(one)
    if not found and len(problems) == 1:
        raise ParallaxError(where, problems[0].what)
    return tuple(found), tuple(problems)


def read_folder(
    path: Path | str, watch: Callable[[Iterable[Any], str], Iterable[Any]] = lambda files, _: files
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles of every file below a folder, by path; what cannot be read is a Problem.

    ``watch`` may show how far the files are. Raises ParallaxError (66) where there is no such folder.
    """
    root = Path(path)
    if not root.is_dir():
        raise ParallaxError(shown(path), "no such folder; give one that holds articles", NO_INPUT)
    articles: list[Article] = []
    problems: list[Problem] = []
    for entry in watch(article_files(root), "reading"):
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
