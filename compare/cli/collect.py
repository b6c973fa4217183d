"""The command `parallax collect`: arguments in, exit codes out. Nothing heavy before the command runs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from compare.cli import console
from compare.errors import ParallaxError

if TYPE_CHECKING:
    from compare.model import Problem

POLITE = 1.0
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Sources:
    """What to collect from, and how it is asked: as the options of `parallax collect` say."""

    urls: tuple[str, ...] = ()
    listed: tuple[Path, ...] = ()
    contact: str = ""
    allow_private: bool = False
    delay: float = POLITE
    retry: bool = False


def source_options(command: Command) -> Command:
    """The options that every collecting command has."""
    for option in reversed((
        click.option(
            "--from",
            "sources",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help='A saved feed, an OPML file, or addresses, one a line; "-" reads standard input.',
        ),
        click.option(
            "--contact", default="", metavar="ADDRESS", help="Told to every site: where to reach you."
        ),
        click.option(
            "--allow-private", is_flag=True, help="Ask machines of this network and this machine, too."
        ),
        click.option(
            "--delay", default=POLITE, show_default=True, metavar="SECONDS",
            type=click.FloatRange(min=0.0, max=60.0), help="The pause between two requests to one host.",
        ),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command()
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "--corpus",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The corpus to collect into.",
)
@source_options
@click.option("--retry", is_flag=True, help="Ask also what failed or was refused, before its time.")
def collect(  # noqa: PLR0913, PLR0917 - options of one command
    urls: tuple[str, ...],
    corpus: Path,
    sources: tuple[Path, ...],
    contact: str,
    allow_private: bool,
    delay: float,
    retry: bool,
) -> int:
    """Take articles from feeds and addresses into a corpus: politely, and each once.

    What stands at a URL, or in a FILE, is known by its content: a feed, a list of feeds (OPML), or an
    article. Stop it at any time: the next call goes on. Without any URL and FILE it only goes on.

    \b
    Examples:
      parallax collect --corpus corpus/ https://example.org/feed.xml
      parallax collect --corpus corpus/ --from feeds.opml --contact https://example.com/monitor
      parallax collect --corpus corpus/ --from addresses.txt

    Exit codes: 0 done; 64 nothing to do; 65 something given cannot be used; 66 no such file or page;
    73 the corpus cannot be written; 75 something failed for now, or another run is collecting: call
    again later.
    """
    problems: list[Problem] = []
    asked = Sources(urls, sources, contact, allow_private, delay, retry)
    for source, counts in collected(corpus, asked, problems).items():
        click.echo(f"{source}: {told(counts)}")
    return max((problem.code for problem in problems), default=0)


def collected(corpus: Path, asked: Sources, problems: "list[Problem]") -> dict[str, Counter[str]]:
    """Collect once; how often each outcome came of each source. ``problems`` gets what is said, too.

    Raises ParallaxError: 64 where there is nothing to do, and whatever ``corpus.collect.run`` raises.
    """
    from importlib.metadata import version

    from compare.corpus.collect import run, sources
    from compare.corpus.collect.client import Limits
    from compare.corpus.collect.guard import Gate
    from compare.corpus.collect.visit import agent

    if asked.delay < POLITE and not asked.allow_private:
        raise ParallaxError("--delay", f"is {POLITE:g} or more for hosts that are not your own", 64)

    def say(problem: "Problem") -> None:
        problems.append(problem)
        console.report([problem])

    given = sources.gathered(asked.urls, asked.listed, say)
    if not given and not problems and not run.begun(corpus):
        raise ParallaxError("collect", "nothing to collect: give a URL, or --from FILE", 64)
    order = run.Order(
        corpus,
        given,
        agent(version("parallax-compare"), asked.contact),
        Gate(asked.allow_private),
        Limits(delay=asked.delay),
        # Who allows private machines now means those that were refused before, too.
        asked.retry or asked.allow_private,
    )
    return run.collect(order, say, console.watch)


def told(counts: "Counter[str]") -> str:
    """What came of one source, in words."""
    from compare.corpus.collect import run

    return run.told(counts)
