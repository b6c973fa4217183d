"""Arguments in, exit codes out; nothing else. Nothing heavy is imported before a command needs it."""

import importlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compare.cli import console
from compare.errors import ParallaxError

if TYPE_CHECKING:
    from compare.config import Config
    from compare.report.parts import Brief

FORMATS = ("terminal", "json", "html", "pdf", "markdown")

ROOMS = {
    "add": "corpus.add",
    "check": "corpus.check",
    "collect": "collect.collect",
    "digest": "digest.digest",
    "export": "corpus.export",
    "forget": "corpus.forget",
    "list": "corpus.list_articles",
    "search": "corpus.search",
    "show": "corpus.show",
    "weekly": "weekly.weekly",
}

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the result to FILE."
)
config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings; parallax.toml in this folder is read if there is one.",
)


def run() -> int:
    """Run the command line on ``sys.argv``; returns the exit code."""
    try:
        return int(parallax(standalone_mode=False) or 0)
    except ParallaxError as error:
        click.echo(f"parallax: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except BrokenPipeError:
        # The reader of a pipe went away; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Commands(click.Group):
    """A group that imports a command of another room only when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted({*super().list_commands(context), *ROOMS})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in ROOMS:
            return super().get_command(context, name)
        room, _, attribute = ROOMS[name].partition(".")
        command: click.Command = getattr(importlib.import_module(f"compare.cli.{room}"), attribute)
        return command


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="parallax-compare", prog_name="parallax")
def parallax() -> None:
    """Show, with evidence, how news outlets report the same event differently.

    \b
    parallax compare RT=a.txt "The Moscow Times"=b.md
    parallax stories corpus/
    parallax brief --week 2025-W20 --corpus corpus/ -o brief.pdf

    Exit codes: 0 done; 2 and 64 wrong call; 65 bad data; 66 no such input; 69 a library is missing;
    70 a fault of Parallax; 73 output not writable; 75 temporary or locked; 78 bad settings;
    130 interrupted. Input that cannot be used is named on
    standard error, one line each, and the rest is compared; the exit code is then that of what was lost.
    """


@parallax.command()
@click.argument("articles", nargs=-1, required=True, metavar="[NAME=]FILE...")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: what FILE's suffix says, else terminal."
)
@output_option
@click.option(
    "--explain",
    is_flag=True,
    help="Show on standard error what was not found, and which lines were removed and why.",
)
@config_option
def compare(
    articles: tuple[str, ...], form: str | None, output: Path | None, explain: bool, config_path: Path | None
) -> int:
    """Compare two or more articles on one event.

    NAME= sets the outlet's name; "-" reads standard input. A file's format is known by its content:
    text, Markdown, HTML, JSON, tables, feeds, documents, mail, archives (docs/formats.md).

    \b
    Examples:
      parallax compare RT=a.txt "The Moscow Times"=b.md
      parallax compare a.html b.txt c.json -o comparison.pdf
      curl -s https://example.org/report | parallax compare Example=- b.txt --format json
    """
    from compare import pipeline

    form = form or pipeline.form_of(output, "terminal")
    config, sheet = _prepare(config_path, form, output)
    found = pipeline.read_named([_named(argument) for argument in articles], config.columns)
    console.report(found[1])
    if explain:
        console.explain(found[0])
    made = pipeline.compare(found, config, form)
    console.report(one for one in made.problems if one not in found[1])
    _deliver(made, form, config, sheet, output)
    return pipeline.exit_code(found[1])


@parallax.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(("terminal", "json")), default="terminal", show_default=True
)
@output_option
@config_option
def stories(folder: Path, form: str, output: Path | None, config_path: Path | None) -> int:
    """Show which articles in FOLDER report the same event.

    \b
    Examples:
      parallax stories corpus/
      parallax stories corpus/ --format json | jq '.stories[].articles'
    """
    from compare import config, pipeline

    if output:
        pipeline.check_writable(output)
    found = pipeline.read_corpus(folder, None, console.watch, config.load(config_path).columns)
    console.report(found[1])
    console.deliver(pipeline.list_stories(found, form), output)
    return pipeline.exit_code(found[1])


@parallax.command()
@click.option(
    "--corpus", required=True, type=click.Path(path_type=Path), metavar="DIR", help="The folder of articles."
)
@click.option(
    "--week",
    metavar="YYYY-Www",
    help="Only this ISO week, such as 2025-W20; a mere folder's undated ones stay.",
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: what FILE's suffix says, else pdf."
)
@output_option
@config_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Compare stories in N processes. Default: one for every 20 stories, up to this machine's cores.",
)
@click.option(
    "--cluster",
    default="",
    metavar="tcp://HOST:PORT",
    help="Compare stories on the Dask cluster of this scheduler, whose machines then see the articles.",
)
def brief(  # noqa: PLR0913, PLR0917 - one for each option
    corpus: Path,
    week: str | None,
    form: str | None,
    output: Path | None,
    config_path: Path | None,
    jobs: int | None,
    cluster: str,
) -> int:
    """Write the briefing on a week of articles.

    However many processes or machines compare its stories, the brief is the same.

    \b
    Examples:
      parallax brief --week 2025-W20 --corpus corpus/ -o reports/2025-W20.pdf
      parallax brief --corpus corpus/ -o all.html --jobs 4
      parallax brief --corpus corpus/ -o all.html --cluster tcp://10.0.0.1:8786
    """
    from compare import pipeline, runner

    if jobs and cluster:
        raise click.UsageError("--jobs and --cluster: give one of them")
    form = form or pipeline.form_of(output, "pdf")
    config, sheet = _prepare(config_path, form, output)
    held = pipeline.read_corpus(corpus, week, console.watch, config.columns, jobs or 0)
    found = pipeline.of_week(held, week)
    console.report(found[1])
    if not found[0]:
        console.warn(f"{corpus}: no article{f' of {week}' if week else ''}: the brief is empty")
    made = pipeline.brief(held, config, corpus, week, console.watch, runner.Workers(jobs or 0, cluster))
    console.report(one for one in made.problems if one not in found[1])
    if form == "pdf" and sys.stderr.isatty():
        click.echo("setting the pages, some seconds", err=True)
    _deliver(made, form, config, sheet, output)
    return pipeline.exit_code((*found[1], *made.problems))


@parallax.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the completion script for SHELL.

    \b
    Example:
      parallax completion bash > ~/.local/share/bash-completion/completions/parallax
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(parallax, {}, "parallax", "_PARALLAX_COMPLETE").source())


def _deliver(
    made: "Brief", form: str, config: "Config", sheet: tuple[int, bool], output: Path | None
) -> None:
    """Render to the file or standard output; only a PDF with a file's name may become several."""
    from compare import pipeline

    if form == "pdf" and output:
        for path in pipeline.save(made, config, output, console.warn):
            click.echo(str(path))
    else:
        console.deliver(pipeline.render(made, form, config, sheet, console.warn), output)


def _named(argument: str) -> tuple[str | None, str]:
    """Split NAME=FILE; a file that exists under the whole name is that file."""
    if "=" not in argument or Path(argument).exists():
        return None, argument
    name, _, path = argument.partition("=")
    return name.strip() or None, path


def _prepare(config_path: Path | None, form: str, output: Path | None) -> "tuple[Config, tuple[int, bool]]":
    """Read the settings and refuse a hopeless output before any work; also the terminal's sheet."""
    from compare import config, pipeline

    if output:
        pipeline.check_writable(output)
    elif form == "pdf" and sys.stdout.isatty():
        raise ParallaxError("standard output", "a PDF is not for the terminal: add -o FILE", 73)
    colour = form == "terminal" and not output and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return config.load(config_path), (shutil.get_terminal_size((100, 24)).columns, colour)
