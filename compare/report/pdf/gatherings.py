"""A printed page's HTML cut at the stories, which begin on a page of their own, and put together again.

A *gathering* is what a bookbinder calls it: some leaves that are printed together and bound with
others. Templates mark each by ``<!--gathering-->`` and ``<!--/gathering-->``; article text cannot, as
it is escaped. A page without marks is printed in one piece.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

_MARKS = re.compile(r"<!--gathering-->(.*?)<!--/gathering-->", re.DOTALL)
_STYLES = re.compile(r"<style>.*?</style>", re.DOTALL)
_LANGUAGE = re.compile(r"<html[^>]*>")
_SHELL = re.compile(r'<section class="([^"]*)" id="([^"]*)" data-head="([^"]*)"')
_COUNTED = re.compile(r"target-counter\(attr\(([\w-]+)\), page\)")
_LINKED = re.compile(r'"#([^"]+)"')
_CORNERS = [f"@{side}-{place}" for side in ("top", "bottom") for place in ("left", "center", "right")]
_SIDES = [f"@{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")]
_BARE = "".join(f"{box} {{ content: none !important }} " for box in (*_CORNERS, *_SIDES))


@dataclass(frozen=True, slots=True)
class Book:
    """A page's HTML in pieces: ``between`` has one more than ``gatherings``, and goes around them."""

    head: str
    between: tuple[str, ...]
    gatherings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that a gathering takes up: the names that links can lead to on it."""

    anchors: tuple[str, ...]


def cut(html: str) -> Book:
    """The pieces of ``html``; without marks it has no gatherings, and is one piece."""
    pieces = _MARKS.split(html)
    language = _LANGUAGE.search(html)
    head = (
        f"<!DOCTYPE html>{language.group() if language else '<html>'}<head><meta charset=utf-8>"
        f"<title>-</title>{''.join(_STYLES.findall(pieces[0]))}"
        f"<style>@page {{ {_BARE} }}</style></head><body>"
    )
    return Book(head, tuple(pieces[::2]), tuple(pieces[1::2]))


def alone(book: Book, numbers: Iterable[int]) -> str:
    """A page of some gatherings only, without running heads; each begins at an anchor ``gathering-N``."""
    wrapped = (
        f'<main id="gathering-{number}" style="break-before: page">{book.gatherings[number]}</main>'
        for number in numbers
    )
    return f"{book.head}{''.join(wrapped)}</body></html>"


def shares(book: Book, numbers: Sequence[int], count: int) -> list[list[int]]:
    """``numbers`` dealt to ``count`` hands, so that all get about as much to set."""
    hands: list[list[int]] = [[] for _ in range(count)]
    loads = [0] * count
    for number in sorted(numbers, key=lambda one: (-len(book.gatherings[one]), one)):
        hand = loads.index(min(loads))
        hands[hand].append(number)
        loads[hand] += len(book.gatherings[number])
    return [sorted(hand) for hand in hands]


def batches(book: Book, numbers: Iterable[int], characters: int) -> list[list[int]]:
    """``numbers`` in runs of at most about so many ``characters``, as what is set together costs memory."""
    runs: list[list[int]] = []
    filled = characters
    for number in numbers:
        if filled + len(book.gatherings[number]) > characters:
            runs.append([])
            filled = 0
        runs[-1].append(number)
        filled += len(book.gatherings[number])
    return runs


def evenly(book: Book, count: int) -> tuple[int, ...]:
    """How many gatherings each of ``count`` files takes, in order, so that all are about as long.

    None is empty unless there are too few. The last gathering closes every file, and is not counted.
    """
    sizes = [len(gathering) for gathering in book.gatherings[:-1]]
    count = min(count, len(sizes))
    taken = [0] * count
    done, turn = 0.0, -1
    for left, size in zip(range(len(sizes), 0, -1), sizes, strict=True):
        best = int((done + size / 2) * count / sum(sizes))
        turn = max(min(best, turn + 1, count - 1), turn, count - left)
        taken[turn] += 1
        done += size
    return tuple(taken)


def skeleton(book: Book, leaves: Sequence[Sequence[Leaf]]) -> str:
    """The whole page with an empty leaf for every page of every gathering.

    Leaf M of gathering N begins at the anchor ``leaf-N-M``. It bears the running head that its page
    sets, and whatever the rest of the page links to, so that page numbers come out right.
    """
    linked = frozenset(_LINKED.findall("".join(book.between)))
    made = [book.between[0]]
    for number, (gathering, after) in enumerate(zip(book.gatherings, book.between[1:], strict=True)):
        heads = {name: (kind, head) for kind, name, head in _SHELL.findall(gathering)}
        told: set[str] = set()
        for page, leaf in enumerate(leaves[number]):
            new = [name for name in leaf.anchors if name not in told]
            told.update(new)
            shells = "".join(
                f'<section class="{heads[name][0]}" id="{name}" data-head="{heads[name][1]}" '
                'style="break-before: auto; break-after: auto; margin: 0"></section>'
                if name in heads
                else f'<div id="{name}"></div>'
                for name in new
                if name in heads or name in linked
            )
            last = page == len(leaves[number]) - 1
            breaks = f"break-before: page{'; break-after: page' if last else ''}"
            made.append(f'<div id="leaf-{number}-{page}" style="{breaks}">{shells}</div>')
        made.append(after)
    return "".join(made)


def counted(skeleton: str, leaves: Sequence[Sequence[Leaf]], front: int) -> str:
    """A skeleton that says itself on which pages its links end, given the number of pages in ``front``.

    WeasyPrint otherwise sets whatever names a page twice, as it knows only after the first time. ""
    where a link ends on no leaf. The numbers are right if ``front`` is.
    """
    pages: dict[str, int] = {}
    for number, leaf in enumerate((leaf for pages in leaves for leaf in pages), front + 1):
        for anchor in leaf.anchors:
            pages.setdefault(anchor, number)
    names = {name for sheet in _STYLES.findall(skeleton) for name in _COUNTED.findall(sheet)}
    told = _STYLES.sub(lambda sheet: _COUNTED.sub(r"attr(data-page-\1)", sheet.group()), skeleton)
    for name in sorted(names):
        links = re.compile(rf' {name}="#([^"]+)"')
        if any(anchor not in pages for anchor in links.findall(told)):
            return ""
        told = links.sub(partial(_with_page, pages, name), told)
    return told


def _with_page(pages: Mapping[str, int], name: str, link: re.Match[str]) -> str:
    return f'{link[0]} data-page-{name}="{pages[link[1]]}"'
