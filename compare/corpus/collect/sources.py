"""Lists of what to collect, from files: a feed that was saved, OPML, or addresses, one a line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from compare.corpus import syndication
from compare.corpus.collect import guard
from compare.corpus.collect.answers import Refused
from compare.corpus.collect.journal import Kind
from compare.corpus.decode import decode
from compare.corpus.deposit import content
from compare.corpus.files import deposited, shown
from compare.errors import ParallaxError
from compare.model import Problem


@dataclass(frozen=True, slots=True)
class Given:
    """An address to be asked. ``source`` is what its results are counted under."""

    url: str
    kind: Kind
    source: str


def gathered(urls: Iterable[str], files: Iterable[Path], say: Callable[[Problem], None]) -> tuple[Given, ...]:
    """Everything that is given, each address once; ``say`` is told what cannot be used."""
    found: dict[str, Given] = {}
    for url in urls:
        try:
            asked = given(url)
            found.setdefault(asked.url, asked)
        except Refused as error:
            say(Problem(error.where, error.what, error.exit_code))
    for path in files:
        try:
            for one in listed(path):
                if isinstance(one, Problem):
                    say(one)
                else:
                    found.setdefault(one.url, one)
        except ParallaxError as error:
            say(Problem(error.where, error.what, error.exit_code))
    return tuple(found.values())


def given(url: str) -> Given:
    """An address as given on the command line. Raises Refused for what is none."""
    asked = guard.target(url).url
    return Given(asked, "given", asked)


def listed(path: Path) -> Iterator[Given | Problem]:
    """What a file lists: known by its content, not by its name.

    Raises ParallaxError: 66 where the file cannot be read, 65 where it lists nothing.
    """
    where = shown(path)
    with deposited(path, lambda _: False) as found:
        raw = content(found)
    text, _ = decode(raw, where)
    form = syndication.kind(text)
    if form == "opml":
        urls = syndication.outlines(raw, where)
        yield from _checked([(url, where) for url in urls], "feed", "")
    elif form == "feed":
        yield from _checked([(url, where) for url in linked(raw, where)], "page", where)
    else:
        yield from _lines(text, where)


def linked(raw: bytes, where: str) -> tuple[str, ...]:
    """The addresses of a feed's entries as written, in its order, each once."""
    return tuple(dict.fromkeys(one.url for one in syndication.entries(raw, where) if one.url))


def _lines(text: str, where: str) -> Iterator[Given | Problem]:
    lines = enumerate(text.splitlines(), start=1)
    urls = [
        (words[0], f"{where}:{number}")
        for number, line in lines
        if (words := line.split()) and not words[0].startswith("#")
    ]
    if urls and not any(url.lower().startswith(("http://", "https://")) for url, _ in urls):
        raise ParallaxError(
            where, "is no feed, no OPML and no list of addresses: write one a line, as https://…"
        )
    yield from _checked(urls, "given", where)


def _checked(urls: list[tuple[str, str]], kind: Kind, source: str) -> Iterator[Given | Problem]:
    for url, where in urls:
        try:
            asked = guard.target(url).url
        except Refused as error:
            yield Problem(where, f"{error.where}: {error.what}", error.exit_code)
            continue
        yield Given(asked, kind, source or asked)
