"""How the commands on a corpus say what they found: tables, lines, cards and JSON."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from compare.corpus.adding import Outcome
    from compare.corpus.forgetting import Forgotten
    from compare.corpus.looking import Card, Whole

_NO_FORMAT = "unknown"


def tally(outcomes: "Iterable[Outcome]") -> "list[tuple[str, ...]]":
    """Rows of (format, outlet, new, known, other text, not taken), with a last one of sums."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for one in outcomes:
        form = one.form or _NO_FORMAT
        problems = one.added.problems if one.added else (one.problem,)
        refused = sum(1 for problem in problems if problem and problem.code)
        if refused:
            counts.setdefault((form, ""), Counter())["refused"] += refused
        for outlet, new, known, versions in one.added.outlets if one.added else ():
            counts.setdefault((form, outlet), Counter()).update(new=new, known=known, versions=versions)
    total: Counter[str] = sum(counts.values(), Counter())
    rows = [(*key, counts[key]) for key in sorted(counts)] + [("all", "", total)]
    kinds = ("new", "known", "versions", "refused")
    return [(form, outlet, *(str(count[kind]) for kind in kinds)) for form, outlet, count in rows]


def table(rows: "Sequence[tuple[str, ...]]") -> str:
    """Rows under their heads, numbers to the right."""
    head = ("format", "outlet", "new", "known", "other text", "not taken")
    lines = [head, *rows]
    widths = [max(len(row[column]) for row in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in lines
    )


def echo_all(
    items: "Iterable[Any]", form: str, fields: "Callable[[Any], dict[str, Any]]", line: "Callable[[Any], str]"
) -> int:
    """Each item as it comes: as a line, or as one element of a JSON array. How many there were."""
    count = 0
    for count, item in enumerate(items, 1):
        if form == "terminal":
            click.echo(line(item))
        else:
            before = "[" if count == 1 else ",\n "
            click.echo(before + json.dumps(fields(item), ensure_ascii=False), nl=False)
    if form != "terminal":
        click.echo("]" if count else "[]")
    return count


def line(card: "Card") -> str:
    """An article as one line of a list."""
    one = card.article
    marks = ("" if card.compared else " (older text)") + (" (cut)" if one.cut else "")
    title = one.title or one.body[one.headline.begin : one.headline.end]
    return f"{one.id}  {one.published or 'undated'!s:<10}  {one.outlet}: {title}{marks}"


def fields(card: "Card") -> dict[str, Any]:
    """What a list says of an article, for JSON."""
    one = card.article
    return {
        "id": one.id,
        "published": one.published.isoformat() if one.published else None,
        "outlet": one.outlet,
        "title": one.title,
        "author": one.author,
        "url": one.url,
        "language": one.language,
        "origin": one.origin,
        "cut": one.cut,
        "compared": card.compared,
        "added": card.added,
    }


def all_fields(found: "Whole") -> dict[str, Any]:
    """All that is kept of an article, for JSON."""
    one = found.card.article
    return fields(found.card) | {
        "outlet_rule": one.outlet_rule,
        "date_rule": one.date_rule,
        "extractor": one.extractor,
        "body": one.body,
        "removed": [{"line": gone.line, "rule": gone.rule} for gone in one.removed],
        "raw": str(found.raw),
        "places": list(found.places),
        "versions": [
            {"id": other.article.id, "compared": other.compared, "added": other.added}
            for other in found.versions
        ],
    }


def card(found: "Whole") -> str:
    """All that is kept of an article, to be read."""
    one = found.card.article
    known = {
        "id": one.id,
        "outlet": one.outlet + (f" (by {one.outlet_rule})" if one.outlet_rule else ""),
        "published": f"{one.published or ''}" + (f" (by {one.date_rule})" if one.date_rule else ""),
        "author": one.author,
        "url": one.url,
        "language": one.language,
        "extractor": one.extractor,
        "cut": one.cut,
        "raw": str(found.raw),
    }
    lines = [f"{name:<10} {value}" for name, value in known.items() if value]
    lines += [f"{'stands in':<10} {place}" for place in found.places]
    if len(found.versions) > 1:
        for other in found.versions:
            state = "compared" if other.compared else "not compared"
            lines.append(f"{'version':<10} {other.article.id}, added {other.added}, {state}")
    lines += [f"{'removed':<10} ({gone.rule}) {gone.line}" for gone in one.removed]
    return "\n".join([*lines, "", one.body])


def gone_line(gone: "Forgotten", verb: str) -> str:
    """How much was taken out."""

    def many(count: int, what: str) -> str:
        return f"{count} {what}{'' if count == 1 else 's'}"

    return f"{many(len(gone.ids), 'article')} and {many(len(gone.removed), 'raw file')} {verb}"
