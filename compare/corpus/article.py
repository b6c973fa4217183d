"""A reader's draft to a clean Article, and what could not be found in it."""

import hashlib
import re
from pathlib import PurePath

from compare.corpus import dates, outlets, rules
from compare.corpus.clean import clean
from compare.corpus.draft import Draft
from compare.corpus.headlines import without_outlet
from compare.corpus.language import language
from compare.model import Article, Problem, Span

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s|$)")
FEWEST_SENTENCES = 3


def article(draft: Draft, outlet: str | None, root: PurePath | None) -> tuple[Article | None, list[Problem]]:
    """Clean a draft. The outlet is ``outlet``, else what the draft, its address or its path says.

    None, with a Problem, where no text is left.
    """
    cleaned = clean(draft.text, without_outlet(draft.title, draft.outlet))
    if not cleaned.body:
        return None, [
            Problem(draft.origin, "no article text is left after cleaning; see what the file holds", 65)
        ]
    cut = cleaned.cut or next(
        (
            f"the text stops at a paywall (“{one.line[:80]}”)"
            for one in draft.removed
            if rules.walled(one.line)
        ),
        "",
    )
    url = draft.url or cleaned.url
    name = (outlet or draft.outlet or outlets.by_domain(url) or _by_origin(draft.origin, root)).strip()
    published = (
        draft.published
        or cleaned.published
        or dates.address_date(url)
        or dates.address_date(PurePath(draft.origin).name)
    )
    digest = hashlib.sha256(f"{name}\n{cleaned.body}".encode()).hexdigest()[:12]
    done = Article(
        id=digest,
        outlet=name,
        title=cleaned.title,
        body=cleaned.body,
        headline=Span(0, cleaned.headline),
        published=published,
        author=draft.author or cleaned.author,
        url=url,
        language=language(cleaned.body),
        origin=draft.origin,
        cut=cut,
        removed=draft.removed + cleaned.removed,
    )
    return done, _remarks(done)


def _by_origin(origin: str, root: PurePath | None) -> str:
    path, _, number = origin.partition("#")
    if path == "-":
        return "standard input"
    name = outlets.by_path(PurePath(path), root)
    return f"{name} {number}" if number else name


def _remarks(done: Article) -> list[Problem]:
    found = []
    fields = (("title", done.title), ("date", done.published), ("author", done.author), ("URL", done.url))
    missing = [name for name, value in fields if not value]
    if missing:
        found.append(Problem(done.origin, f"not found: {', '.join(missing)}"))
    text = done.body[done.headline.end :] if done.title else done.body
    if len(_SENTENCE_END.findall(text)) < FEWEST_SENTENCES:
        found.append(
            Problem(done.origin, "fewer than three sentences; compared, but little can be said of it")
        )
    if done.cut:
        found.append(Problem(done.origin, f"{done.cut}; what it lacks is not counted as an omission"))
    return found
