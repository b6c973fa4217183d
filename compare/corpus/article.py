"""A reader's draft to a clean Article: by what its outlet and date are known, and what was not found."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePath

from compare.corpus import dates, outlets, rules
from compare.corpus.clean import Cleaned, clean
from compare.corpus.draft import Draft
from compare.corpus.headlines import without_outlet
from compare.corpus.language import language
from compare.corpus.paragraphs import tidy
from compare.model import Article, Problem, Span

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s|$)")
_NUMBER = re.compile(r"#(\d+)$")
FEWEST_SENTENCES = 3
LONGEST = 1_000_000
_LONGEST_FIELD = 500
_FIRST_LINES = 4


def article(
    draft: Draft,
    outlet: str | None,
    root: PurePath | None,
    domains: Mapping[str, str] = outlets.NO_DOMAINS,
    within: str = "",
) -> tuple[Article | None, list[Problem]]:
    """Clean a draft. The outlet is ``outlet``, else what the draft, its address or its path says.

    ``domains`` names outlets before the shipped table does; ``within`` is the origin of the archive
    that holds the file, if one does. None, with a Problem, where no text is left, or so much that it
    cannot be one article.
    """
    if len(draft.text) + len(draft.title) > LONGEST:
        return None, [
            Problem(draft.origin, f"over {LONGEST:,} characters, which no article has; split it", 65)
        ]
    cleaned = clean(draft.text, without_outlet(draft.title, draft.outlet))
    if not any(map(str.isalnum, cleaned.body)):
        return None, [Problem(draft.origin, "no article text is left after cleaning; see what it holds", 65)]
    url = _field(draft.url) or cleaned.url
    name, outlet_rule = _named(draft, url, outlet, domains) or _by_origin(draft.origin, root, within)
    published, date_rule = _dated(draft, cleaned, url)
    done = Article(
        id=hashlib.sha256(f"{name}\n{cleaned.body}".encode()).hexdigest()[:12],
        outlet=name,
        title=cleaned.title,
        body=cleaned.body,
        headline=Span(0, cleaned.headline),
        published=published,
        author=_field(draft.author) or cleaned.author,
        url=url,
        language=language(cleaned.body),
        origin=draft.origin,
        cut=cleaned.cut or draft.cut or _walled(draft),
        removed=draft.removed + cleaned.removed,
        outlet_rule=outlet_rule,
        date_rule=date_rule,
        extractor=draft.extractor,
    )
    return done, _remarks(done)


def _field(value: str) -> str:
    return tidy(value[:_LONGEST_FIELD])


def _named(draft: Draft, url: str, given: str | None, domains: Mapping[str, str]) -> tuple[str, str] | None:
    """The outlet and the rule that named it, where the argument, the metadata or the address does."""
    for name, rule in ((given or "", "given"), (draft.outlet, "metadata")):
        if stated := _field(name):
            return stated, rule
    host = _field(outlets.by_domain(url, domains))
    return (host, "domain") if host else None


def _dated(draft: Draft, cleaned: Cleaned, url: str) -> tuple[dt.date | None, str]:
    """The day of publication and the rule that found it: the surest first."""
    for day, rule in (
        (draft.published, "metadata"),
        (dates.address_date(url), "address"),
        (cleaned.published, "date line"),
        (dates.address_date(PurePath(draft.origin).name), "file name"),
    ):
        if day is not None:
            return day, rule
    for line in cleaned.body.split("\n\n", _FIRST_LINES)[:_FIRST_LINES]:
        if (day := dates.dateline(line, url)) is not None:
            return day, "dateline"
    return None, f"ambiguous: {draft.doubt}" if draft.doubt else ""


def _walled(draft: Draft) -> str:
    wall = next((gone.line for gone in draft.removed if rules.walled(gone.line)), "")
    return f"the text stops at a paywall (“{wall[:80]}”)" if wall else ""


def _by_origin(origin: str, root: PurePath | None, within: str) -> tuple[str, str]:
    """The name that a path gives; the articles of one file without outlets are told apart by number.

    In an archive its own folders come before those around it.
    """
    if origin == "-":
        return "standard input", "file name"
    number = _NUMBER.search(origin)
    place = PurePath(_NUMBER.sub("", origin).removeprefix(f"{within}!" if within else ""))
    folder = ""
    if within:
        outer = PurePath(within)
        folder = outlets.by_folder(place, PurePath()) or (outlets.by_folder(outer, root) if root else "")
    elif root is not None:
        folder = outlets.by_folder(place, root)
    name = folder or outlets.by_path(place)
    return (f"{name} {number[1]}" if number else name), "folder" if folder else "file name"


def _remarks(done: Article) -> list[Problem]:
    found = []
    text = done.body[done.headline.end :] if done.title else done.body
    if len(_SENTENCE_END.findall(text)) < FEWEST_SENTENCES:
        found.append(
            Problem(done.origin, "fewer than three sentences; compared, but little can be said of it")
        )
    if done.cut:
        found.append(Problem(done.origin, f"{done.cut}; what it lacks is not counted as an omission"))
    if done.published is None and done.date_rule:
        what = done.date_rule.removeprefix("ambiguous: ")
        found.append(Problem(done.origin, f"the date is left out: {what}; write it as 2025-12-31"))
    return found
