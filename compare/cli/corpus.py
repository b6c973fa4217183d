"""The commands that keep a corpus, from `add` to `check`. Nothing heavy before a command needs it."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compare.cli import cards, console
from compare.errors import ParallaxError

NOTHING_FOUND = 1  # as of grep

if TYPE_CHECKING:
    from compare.corpus.adding import Outcome
    from compare.corpus.catalogue import Catalogue
    from compare.model import Problem


def _valid(_: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Refuse bytes that are no text, as an argument may hold: no file takes them."""
    for one in value if isinstance(value, tuple) else (value or "",):
        if not one.isprintable():
            raise ParallaxError(
                parameter.human_readable_name, "holds what cannot be printed: type it anew", 64
            )
    return value


corpus_option = click.option(
    "--corpus", required=True, type=click.Path(path_type=Path), metavar="DIR", help="The corpus."
)
week_option = click.option("--week", metavar="YYYY-Www", help="Only this ISO week; undated articles stay.")
outlet_option = click.option(
    "--outlet", default="", callback=_valid, metavar="NAME", help="Only this outlet."
)
format_option = click.option(
    "--format", "form", type=click.Choice(("terminal", "json")), default="terminal", show_default=True
)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|PATTERN|-...")
@click.option(
    "--corpus",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The corpus; made if need be.",
)
@click.option("--outlet", callback=_valid, metavar="NAME", help="Who published them, whatever they say.")
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings (parallax.toml).",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read pages in N processes. Default: one for each core where 400 or more are new.",
)
def add(
    inputs: tuple[str, ...], corpus: Path, outlet: str | None, config_path: Path | None, jobs: int | None
) -> int:
    """Take articles into a corpus: their bytes are kept as they are, their text is catalogued.

    Adding the same again changes nothing, and what was stopped is finished by doing it again. What was
    not taken, and why, is on standard error; a table of what landed on standard output.

    \b
    Examples:
      parallax add downloads/ --corpus corpus/
      parallax add "exports/*.docx" --outlet "The Talvian Ledger" --corpus corpus/
      curl -s https://example.org/report | parallax add - --outlet Example --corpus corpus/
    """
    rows, problems = added(inputs, corpus, outlet, config_path, jobs or 0)
    click.echo(cards.table(rows))
    return max((one.code for one in problems), default=0)


def added(
    inputs: tuple[str, ...], corpus: Path, outlet: str | None, config_path: Path | None, jobs: int = 0
) -> "tuple[list[tuple[str, ...]], list[Problem]]":
    """Add to a corpus: rows as ``cards.tally`` makes them, and every problem, which is said as it comes."""
    from compare import config
    from compare.corpus import adding

    columns = config.load(config_path).columns
    settings = json.dumps({"columns": dict(columns)}, sort_keys=True) if columns else ""
    problems: list[Problem] = []

    def reported(outcomes: "Iterable[Outcome]") -> "Iterator[Outcome]":
        for one in outcomes:
            said = one.added.problems if one.added else (one.problem,) if one.problem else ()
            console.report(said)
            problems.extend(said)
            yield one

    order = adding.Order(inputs, outlet, settings)
    with _catalogue(corpus, create=True) as book:
        rows = cards.tally(reported(adding.add(book, corpus, order, console.watch, jobs)))
    return rows, problems


@click.command("list")
@corpus_option
@week_option
@outlet_option
@click.option("--refused", is_flag=True, help="What was not taken, and why, instead.")
@format_option
def list_articles(corpus: Path, week: str | None, outlet: str, refused: bool, form: str) -> int:
    """List the articles of a corpus, by day.

    \b
    Examples:
      parallax list --corpus corpus/ --week 2025-W20
      parallax list --corpus corpus/ --outlet RT --format json | jq -r '.[].url'
    """
    from compare import pipeline
    from compare.corpus import looking

    with _catalogue(corpus) as book:
        if refused:
            count = cards.echo_all(
                looking.refused(book),
                form,
                lambda one: {"where": one.where, "what": one.what},
                lambda one: f"{one.where}: {one.what}",
            )
        else:
            days = pipeline.week_days(week) if week else None
            count = cards.echo_all(looking.cards(book, days, outlet), form, cards.fields, cards.line)
    if not count:
        console.warn(f"{corpus}: nothing was refused" if refused else f"{corpus}: no such article")
    return 0


@click.command()
@click.argument("article", metavar="ID")
@corpus_option
@format_option
def show(article: str, corpus: Path, form: str) -> int:
    """Show all that is kept of an article: its text, by which rules, what was removed, where its bytes are.

    The first four characters of an ID are enough where no other begins so.

    \b
    Example:
      parallax show 3f9a01c2 --corpus corpus/
    """
    from compare.corpus import looking

    with _catalogue(corpus) as book:
        found = looking.whole(book, article)
    click.echo(
        json.dumps(cards.all_fields(found), ensure_ascii=False, indent=1)
        if form == "json"
        else cards.card(found)
    )
    return 0


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@corpus_option
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="At most so many.")
@format_option
def search(words: tuple[str, ...], corpus: Path, limit: int, form: str) -> int:
    """Find the articles that have all the WORDS, best first.

    Other endings of a word are found too, "words in quotes" only side by side, and ferr* all words that
    begin so.

    \b
    Example:
      parallax search ferry '"harbour master"' --corpus corpus/

    Exit codes: 0 something was found; 1 nothing was.
    """
    from dataclasses import asdict

    from compare.corpus import search as index

    with _catalogue(corpus) as book:
        count = cards.echo_all(
            index.search(book, " ".join(words), limit),
            form,
            asdict,
            lambda one: (
                f"{one.id}  {one.published or 'undated':<10}  {one.outlet}: {one.title}\n    {one.snippet}"
            ),
        )
    if not count:
        console.warn(f"nothing found in {corpus}: fewer words, or begin* of a word, find more")
    return 0 if count else NOTHING_FOUND


@click.command()
@corpus_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="FILE.jsonl or .parquet."
)
@week_option
@outlet_option
def export(corpus: Path, output: Path | None, week: str | None, outlet: str) -> int:
    """Write every article with all its fields, as JSONL, or as Parquet where FILE ends in .parquet.

    Added to another corpus, an export gives the same articles under the same ids.

    \b
    Examples:
      parallax export --corpus corpus/ -o corpus.jsonl
      parallax export --corpus corpus/ --week 2025-W20 -o week.parquet
    """
    from compare import pipeline
    from compare.corpus import exported, looking
    from compare.delivery.file import whole

    days = pipeline.week_days(week) if week else None
    with _catalogue(corpus) as book:
        found = looking.in_order(book, days, outlet)
        if output is None:
            exported.write_lines(found, sys.stdout.buffer)
            return 0
        pipeline.check_writable(output)
        with whole(output) as file:
            if output.suffix.lower() == ".parquet":
                exported.write_parquet(found, file)
            else:
                exported.write_lines(found, file)
    click.echo(str(output))
    return 0


@click.command()
@click.argument("articles", nargs=-1, metavar="[ID]...")
@corpus_option
@click.option("--outlet", default="", callback=_valid, metavar="NAME", help="Every article of this outlet.")
@click.option("--url", default="", callback=_valid, metavar="URL", help="Every text at this address.")
@click.option("--refused", is_flag=True, help="Every raw file that holds no article.")
@click.option("--dry-run", is_flag=True, help="Say what would go; take nothing out.")
def forget(  # noqa: PLR0913, PLR0917 - one for each option
    articles: tuple[str, ...], corpus: Path, outlet: str, url: str, refused: bool, dry_run: bool
) -> int:
    """Take articles out for good: text, index and the raw bytes that no other article needs.

    \b
    Examples:
      parallax forget 3f9a01c2 --corpus corpus/
      parallax forget --outlet "Example Post" --corpus corpus/ --dry-run
      parallax forget --refused --corpus corpus/
    """
    from compare.corpus import forgetting, looking, raw

    if bool(articles or outlet or url) == refused:
        what = "--refused goes by itself" if refused else "what? give an ID, --outlet, --url or --refused"
        raise ParallaxError("forget", what, 64)
    with _catalogue(corpus, write=True) as book:
        ids = [looking.find(book, one) for one in articles]
        ids += looking.by(book, outlet) if outlet else []
        ids += looking.at(book, url) if url else []
        gone = forgetting.planned_refused(book) if refused else forgetting.planned(book, ids)
        if not gone.ids and not gone.removed:
            what = "there is none in the corpus" if refused else "there is no such article in the corpus"
            raise ParallaxError(outlet or url or "--refused", what, 66)
        if not dry_run:
            forgetting.forgotten(book, corpus, gone)
    click.echo(cards.gone_line(gone, "would be forgotten" if dry_run else "forgotten"))
    for name in gone.shared:
        what = "keeps bytes of a forgotten article, as other articles stand in it too"
        click.echo(f"{raw.path(corpus, name)}: {what}", err=True)
    return 0


@click.command()
@corpus_option
@click.option("--mend", is_flag=True, help="Finish what was stopped, and take its remains away.")
@click.option("--rebuild", is_flag=True, help="Make the catalogue anew; the old one is set aside.")
def check(corpus: Path, mend: bool, rebuild: bool) -> int:
    """Check a corpus: every raw file against its hash, every article against its text, and the index.

    \b
    Examples:
      parallax check --corpus corpus/
      parallax check --corpus corpus/ --rebuild

    Exit codes: 0 all is well; 65 something is wrong, each on one line of standard error.
    """
    from compare.corpus import checking, looking

    if rebuild:
        console.report(checking.rebuild(corpus))
    found: list[Problem] = []
    try:
        with checking.opened(corpus) as book:
            if mend:
                console.report(checking.mend(corpus, book))
            for one in checking.check(corpus, book):
                console.report([one])
                found.append(one)
            articles, raws = looking.counts(book)
            vain = looking.without_article(book)
    except ParallaxError as error:
        if error.exit_code != 65:
            raise
        console.report([*checking.check(corpus, None)])
        raise
    state = f"{len(found)} thing{'s' if len(found) > 1 else ''} wrong" if found else "all is well"
    click.echo(f"{articles} articles, {raws} raw files: {state}")
    if vain:
        count = f"{len(vain)} of these files hold{'s' if len(vain) == 1 else ''} no article"
        size = f"{sum(size for _, size in vain):,} bytes"
        them = "it" if len(vain) == 1 else "them"
        click.echo(f"{count}, {size}: parallax forget --refused --corpus {corpus} takes {them} away")
    return max((one.code for one in found), default=0)


@contextmanager
def _catalogue(corpus: Path, create: bool = False, write: bool = False) -> "Iterator[Catalogue]":
    from compare.corpus import catalogue

    with catalogue.opened(corpus, create, write) as book:
        yield book
