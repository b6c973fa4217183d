"""Exports of news databases as text: one file, many articles, split by the publisher's own marks.

A family knows its marks (``documents``), what the export says it holds (``stated``) and one
document's fields (``read``). What it does not understand is counted and named, never dropped unsaid.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from compare.corpus.draft import Draft
from compare.corpus.readers import factiva, lexisnexis, proquest
from compare.corpus.readers.blocks import lines_of, plain
from compare.model import Problem

_SHOWN = 10


class Family(Protocol):
    """A publisher's layout."""

    NAME: str

    def looks_like(self, text: str) -> bool: ...  # noqa: D102
    def stated(self, text: str) -> int | None: ...  # noqa: D102
    def documents(self, lines: list[str]) -> list[list[str]]: ...  # noqa: D102
    def read(self, lines: list[str]) -> Draft | str: ...  # noqa: D102


_FAMILIES: tuple[Family, ...] = (proquest, factiva, lexisnexis)


def looks_like(text: str) -> bool:
    """Whether a text is an export of a news database that is known here."""
    text = plain(text)
    return any(family.looks_like(text) for family in _FAMILIES)


def drafts(text: str, origin: str) -> Iterator[Draft | Problem]:
    """The articles of an export, in its order, as ``origin#n``; then what was not understood, counted."""
    text = plain(text)
    family = next((one for one in _FAMILIES if one.looks_like(text)), None)
    if family is None:
        yield Problem(origin, "not an export of LexisNexis, Factiva or ProQuest", 65)
        return
    found = family.documents(lines_of(text))
    refused: dict[str, list[int]] = {}
    for number, lines in enumerate(found, 1):
        one = family.read(lines)
        if isinstance(one, Draft):
            yield replace(one, origin=f"{origin}#{number}")
        else:
            refused.setdefault(one, []).append(number)
    for reason, numbers in sorted(refused.items()):
        yield _refusal(family.NAME, origin, reason, numbers, len(found))
    said = family.stated(text)
    if said is not None and said != len(found):
        yield Problem(
            origin,
            f"the {family.NAME} export says it holds {_counted(said)} and {len(found)} were found; "
            "compare the file with the database",
            65 if said > len(found) else 0,
        )


def or_article(text: str, title: str, origin: str) -> Iterator[Draft | Problem]:
    """The articles of an office document's text: split where it is an export, else one."""
    if looks_like(text):
        yield from drafts(text, origin)
    elif text.strip():
        yield Draft(text, origin, title=title)
    else:
        yield Problem(origin, "no text in this document; save the article itself, or as text", 65)


def _refusal(name: str, origin: str, reason: str, numbers: list[int], of: int) -> Problem:
    which = ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")
    return Problem(
        origin,
        f"{name} export: {reason} in {len(numbers)} of {_counted(of)} (number {which}); not read, "
        "save these from the database in another layout",
        65,
    )


def _counted(number: int) -> str:
    return f"{number} document{'' if number == 1 else 's'}"
