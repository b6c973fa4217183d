"""The text out of raw bytes, by the present readers: what can be done anew at any time."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from compare.corpus import deposit, exported, outlets, raw, readers
from compare.corpus.readers import formats
from compare.corpus.register import Accession
from compare.corpus.shelf import text_hash
from compare.errors import ParallaxError
from compare.model import Article, Problem

# By these rules an outlet is only guessed from where the file lay; the address it came from knows better.
_GUESSED = frozenset({"folder", "file name"})
_ID = 12
FETCHED = "day of collecting"


def derive(folder: Path, given: Accession) -> Iterator[Article | Problem]:
    """The articles of raw bytes that the corpus in ``folder`` keeps, as if read under their own name.

    Whatever cannot be used is a Problem, and so is a file in which there is nothing. An export's articles
    are taken as they stand.
    """
    try:
        stored = deposit.of_file(raw.path(folder, given.raw), given.name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Problem(given.name, f"its raw file cannot be read ({reason}): see parallax check", 66)
        return
    yield from of_bytes(stored, given)


def of_bytes(stored: deposit.Deposit, given: Accession) -> Iterator[Article | Problem]:
    """As ``derive``, of bytes wherever they lie."""
    nothing = True
    for one in _derived(stored, given):
        nothing = False
        yield one
    if nothing:
        yield Problem(given.name, "no article is in it; see what it holds", 65)


def form(folder: Path, given: Accession) -> str:
    """As what raw bytes are read: "html", "pdf"; "" where no reader takes them."""
    try:
        stored = deposit.of_file(raw.path(folder, given.raw), given.name)
        if exported.looks_like(stored):
            return "parallax"
    except (OSError, ParallaxError):
        return ""
    return formats.named(stored, _columns(given) or {})


def _columns(given: Accession) -> dict[str, str] | None:
    return json.loads(given.settings).get("columns") if given.settings else None


def _derived(stored: deposit.Deposit, given: Accession) -> Iterator[Article | Problem]:
    try:
        if exported.looks_like(stored):
            yield from exported.read(stored)
            return
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Problem(given.name, f"its raw file cannot be read ({reason}): see parallax check", 66)
        return
    except ParallaxError as error:
        yield Problem(error.where, error.what, error.exit_code)
        return
    root = Path(given.root) if given.root else None
    for one in readers.each(stored, given.outlet or None, root, _columns(given)):
        if not isinstance(one, Article) or not given.url:
            yield one
            continue
        found = _fetched(one, given)
        yield found
        if found.date_rule.startswith(FETCHED):
            yield Problem(one.origin, f"no date found; taken as of {found.published}, when it was collected")


def _fetched(one: Article, given: Accession) -> Article:
    """An article that does not say where and when it stands, stands where and when it was fetched.

    Else an undated one would be in every week's brief.
    """
    outlet = outlets.by_domain(given.url) if one.outlet_rule in _GUESSED and not one.url else ""
    found = dataclasses.replace(one, url=one.url or given.url)
    if found.published is None and given.fetched:
        day = dt.datetime.fromisoformat(given.fetched).date()
        found = dataclasses.replace(
            found, published=day, date_rule="; ".join(filter(None, (FETCHED, one.date_rule)))
        )
    if not outlet:
        return found
    named = dataclasses.replace(found, outlet=outlet, outlet_rule="domain")
    return dataclasses.replace(named, id=text_hash(named)[:_ID])
