"""Briefs as a short letter: a subject, an HTML part and a plain-text part that say the same.

One line a story: what differed most in it. The whole is in the attached report, so the letter stays
small enough that no mail program clips it (about 100 KB).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from compare.report import html, typeset
from compare.report.choice import strength
from compare.report.columns import wrap
from compare.report.exhibits import gist, live_link
from compare.report.parts import Brief, Entry, Report, StorySection

COLUMNS = 72
STORIES = 30
SUBJECT, TITLE, LINE, NAME, LINK = 110, 140, 280, 60, 600
OUTLETS = 8


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence at the foot of the letter, and the address it points to ("" for none)."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, ready to be put into one."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class _Outlet:
    name: str
    link: str


@dataclass(frozen=True, slots=True)
class _Story:
    title: str
    line: str
    link: str
    outlets: tuple[_Outlet, ...]


@dataclass(frozen=True, slots=True)
class _Issue:
    name: str
    dates: str
    headline: str
    counts: str
    stories: tuple[_Story, ...]
    more: str


@dataclass(frozen=True, slots=True)
class _Draft:
    subject: str
    language: str
    issues: tuple[_Issue, ...]
    notes: tuple[Note, ...]


def write(briefs: Sequence[Brief], notes: Sequence[Note] = (), archive: str = "") -> Letter:
    """The letter about ``briefs`` (one at least).

    ``archive`` is the address of the brief's page on the web, where there is one: each story then
    links to its place there. At most ``STORIES`` stories are told in all; the others are counted.
    """
    room = max(STORIES // len(briefs), 1)
    draft = _Draft(
        subject=_subject(briefs),
        language=briefs[0].edition.language,
        issues=tuple(_issue(brief, room, live_link(archive)) for brief in briefs),
        notes=tuple(notes),
    )
    return Letter(draft.subject, _page(draft), _text(draft))


def _subject(briefs: Sequence[Brief]) -> str:
    name = _line(f"{briefs[0].edition.title} {briefs[0].edition.week}", SUBJECT)
    titles = [section.title for brief in briefs for section in brief.sections]
    return _line(f"{name}: {titles[0]}", SUBJECT) if titles else name


def _issue(brief: Brief, room: int, archive: str) -> _Issue:
    left = len(brief.sections) - room
    lone = len(brief.singles)
    more = [
        f"{left} more {'story is' if left == 1 else 'stories are'} compared in the brief."
        if left > 0
        else "",
        f"{lone} {'story was' if lone == 1 else 'stories were'} reported by one outlet only." if lone else "",
    ]
    return _Issue(
        name=_line(f"{brief.edition.title} {brief.edition.week}", TITLE),
        dates=_line(brief.edition.dates, TITLE),
        headline=_line(brief.headline, TITLE),
        counts=", ".join(f"{number} {noun}" for number, noun in brief.counts),
        stories=tuple(_story(section, archive) for section in brief.sections[:room]),
        more=" ".join(filter(None, more)),
    )


def _plural(count: int, one: str, several: str) -> str:
    return one if count == 1 else several


def _story(section: StorySection, archive: str) -> _Story:
    best = _strongest(section)
    return _Story(
        title=_line(section.title, TITLE),
        line=_line(best.summary, LINE) if best else "No difference was found that is sure enough.",
        link=f"{archive}#{section.anchor}" if archive else "",
        outlets=_outlets(section.reports),
    )


def _strongest(section: StorySection) -> Entry | None:
    """The finding that would come first among the highlights, were there this story only."""
    entries = [one for group in section.groups for one in group.shown if one.sureness != "low"]
    return min(entries, key=lambda one: (-round(strength(one.finding), 9), one.anchor), default=None)


def _outlets(reports: Sequence[Report]) -> tuple[_Outlet, ...]:
    """Each outlet once, with its first report that can be linked."""
    links: dict[str, str] = {}
    for report in reports:
        link = report.source.link
        link = link if len(link) <= LINK and typeset.clean(link) == link else ""
        links[report.source.article.outlet] = links.get(report.source.article.outlet) or link
    named = [_Outlet(_line(name, NAME), link) for name, link in links.items()]
    left = len(named) - OUTLETS
    return (*named[:OUTLETS], *([_Outlet(f"{left} more", "")] if left > 0 else []))


def _page(draft: _Draft) -> str:
    template = html.environment(None, "screen").get_template("mail/digest.html.j2")
    return str(template.render(letter=draft))


def _text(draft: _Draft) -> str:
    lines = list(chain.from_iterable(_text_of(issue) for issue in draft.issues))
    lines.append("-" * COLUMNS)
    for note in draft.notes:
        lines += wrap(note.text, COLUMNS)
        lines += [note.link] if note.link else []
    return "\n".join(lines) + "\n"


def _text_of(issue: _Issue) -> Iterator[str]:
    yield from wrap(f"{issue.name} · {issue.dates}" if issue.dates else issue.name, COLUMNS)
    yield from wrap(issue.headline, COLUMNS)
    yield from wrap(issue.counts, COLUMNS)
    yield ""
    for number, story in enumerate(issue.stories, 1):
        mark = f"{number}. "
        yield from wrap(story.title, COLUMNS, mark, " " * len(mark))
        room = " " * len(mark)
        yield from wrap(story.line, COLUMNS, room, room)
        yield from ([f"{room}{story.link}"] if story.link else [])
        for outlet in story.outlets:
            yield from wrap(f"- {outlet.name}", COLUMNS, room, f"{room}  ")
            yield from ([f"{room}  {outlet.link}"] if outlet.link else [])
        yield ""
    if not issue.stories:
        yield from wrap(
            "No story of this selection is reported by two outlets or more, so there is nothing to compare.",
            COLUMNS,
        )
        yield ""
    if issue.more:
        yield from (*wrap(issue.more, COLUMNS), "")


def _line(text: str, limit: int) -> str:
    """Text from strangers on one line, cleaned, at most ``limit`` characters."""
    return gist(typeset.clean(text.replace("\r", " ")), limit)
