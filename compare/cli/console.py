"""What every command says: problems, removed lines, results and progress."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from compare.model import Article, Problem

Item = TypeVar("Item")


def report(problems: "Iterable[Problem]") -> None:
    """Each problem as one line on standard error."""
    for problem in problems:
        click.echo(f"{problem.where}: {problem.what}", err=True)


def warn(line: str) -> None:
    """One line on standard error of something that is no problem of an input."""
    click.echo(f"parallax: {line}", err=True)


def explain(articles: "Iterable[Article]") -> None:
    """By what each article's outlet, date and text are known, what was not found in it, and which lines
    were removed by which rule, on standard error.
    """
    for article in articles:
        known = [f"outlet “{article.outlet}” by {article.outlet_rule or 'an unknown rule'}"]
        if article.published:
            known.append(f"date {article.published} by {article.date_rule or 'an unknown rule'}")
        if article.extractor:
            known.append(f"text by {article.extractor}")
        click.echo(f"{article.origin}: {'; '.join(known)}", err=True)
        fields = {
            "title": article.title,
            "date": article.published,
            "author": article.author,
            "URL": article.url,
        }
        missing = ", ".join(name for name, value in fields.items() if not value)
        if missing:
            click.echo(f"{article.origin}: not found: {missing}", err=True)
        for removal in article.removed:
            click.echo(f"{article.origin}: removed ({removal.rule}): {removal.line}", err=True)


def deliver(data: bytes, output: Path | None) -> None:
    """Write a result to its file, whole or not at all, or to standard output."""
    from compare import pipeline

    if output:
        pipeline.write(output, data)
        click.echo(str(output))
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def watch(items: Iterable[Item], what: str) -> Iterable[Item]:
    """A progress bar on standard error for whatever takes longer than a second."""
    from tqdm import tqdm

    bar: Iterable[Item] = tqdm(items, desc=what, delay=1, disable=None, leave=False, file=sys.stderr)
    return bar
