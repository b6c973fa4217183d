"""A reader's draft to a clean Article, and what could not be found in it."""

import datetime as dt
import hashlib
import re
from pathlib import PurePath

from compare.corpus import dates, outlets, rules
from compare.corpus.clean import clean
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


def article(draft: Draft, outlet: str | None, root: PurePath | None) -> tuple[Article | None, list[Problem]]:
    """Clean a draft. The outlet is ``outlet``, else what the draft, its address or its path says.

    None, with a Problem, where no text is left, or so much that it cannot be one article.
    """
    if len(draft.text) > LONGEST:
        return None, [
            Problem(draft.origin, f"over {LONGEST:,} characters, which no article has; split it", 65)
        ]
    cleaned = clean(draft.text, without_outlet(draft.title, draft.outlet))
    if not cleaned.body:
        return None, [Problem(draft.origin, "no article text is left after cleaning; see what it holds", 65)]
    url = _field(draft.url) or cleaned.url
    stated = _field(outlet or "") or _field(draft.outlet)
    name = stated or outlets.by_domain(url) or _by_origin(draft.origin, root)
    done = Article(
        id=hashlib.sha256(f"{name}\n{cleaned.body}".encode()).hexdigest()[:12],
        outlet=name,
        title=cleaned.title,
        body=cleaned.body,
        headline=Span(0, cleaned.headline),
        published=draft.published or cleaned.published or _dated(url, draft.origin),
        author=_field(draft.author) or cleaned.author,
        url=url,
        language=language(cleaned.body),
        origin=draft.origin,
        cut=cleaned.cut or _walled(draft),
        removed=draft.removed + cleaned.removed,
    )
    return done, _remarks(done)


def _field(value: str) -> str:
    return tidy(value[:_LONGEST_FIELD])


def _dated(url: str, origin: str) -> dt.date | None:
    return dates.address_date(url) or dates.address_date(PurePath(origin).name)


def _walled(draft: Draft) -> str:
    wall = next((gone.line for gone in draft.removed if rules.walled(gone.line)), "")
    return f"the text stops at a paywall (“{wall[:80]}”)" if wall else ""


def _by_origin(origin: str, root: PurePath | None) -> str:
    """The name that a path gives; the articles of one file without outlets are told apart by number."""
    if origin == "-":
        return "standard input"
    number = _NUMBER.search(origin)
    name = outlets.by_path(PurePath(_NUMBER.sub("", origin)), root)
    return f"{name} {number[1]}" if number else name


def _remarks(done: Article) -> list[Problem]:
    found = []
    text = done.body[done.headline.end :] if done.title else done.body
    if len(_SENTENCE_END.findall(text)) < FEWEST_SENTENCES:
        found.append(
            Problem(done.origin, "fewer than three sentences; compared, but little can be said of it")
        )
    if done.cut:
        found.append(Problem(done.origin, f"{done.cut}; what it lacks is not counted as an omission"))
    return found
