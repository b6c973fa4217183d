"""Findings that tell the same thing twice: which one is shown, and one sentence for what both say.

A fact that two outlets lack is two findings, and so is a quotation that two outlets cut. A reader wants
one. Nothing is lost: the JSON has every finding by itself.
"""

import re
from collections.abc import Sequence

from compare.model import Evidence, Finding, Passage
from compare.text.citing import listed

ALIKE = 0.7
_WORD = re.compile(r"\w+")
_HERE = "\0"
# How a verb goes on where several outlets do what one did: nothing else is put in the plural.
_PLURAL = {
    "does": "do", "gives": "give", "has": "have", "leads": "lead", "prints": "print", "puts": "put",
    "quotes": "quote", "states": "state", "writes": "write",
}  # fmt: skip


def leaders(findings: Sequence[Finding]) -> tuple[int, ...]:
    """For each of some ranked findings the place of the first one that tells the same, often its own."""
    places: list[int] = []
    resting: dict[Passage, list[int]] = {}
    for place, finding in enumerate(findings):
        passages = _passages(finding)
        near = sorted({n for passage in passages for n in resting.get(passage, ())})
        same = next((n for n in near if alike(findings[n], finding)), place)
        places.append(same)
        if same == place:
            for passage in passages:
                resting.setdefault(passage, []).append(place)
    return tuple(places)


def alike(one: Finding, other: Finding) -> bool:
    """Whether two findings of a story tell a reader the same.

    They do if they rest on the same passages and mark the same words in them, whatever their kinds; or
    if they are of one kind, share a passage, and say nearly the same in nearly the same words.
    """
    if _marked_alike(one, other):
        return True
    if one.kind != other.kind or one.variety != other.variety or not _passages(one) & _passages(other):
        return False
    return _likeness(one, other) >= ALIKE


def together(findings: Sequence[Finding]) -> tuple[str, tuple[Evidence, ...], float]:
    """One summary, the evidence and the least confidence of findings that are ``alike``, strongest first.

    Those that differ in nothing but an outlet are told together: "Not found in A and B: …". Of others
    only the first is told.
    """
    first, *others = findings
    joined = [(name, one) for one in others if (name := _instead(first, one))]
    names = [pair[0] for pair, _ in joined]
    if not names:
        return first.summary, first.evidence, first.confidence
    own = joined[0][0][1]
    fitting = [one for (_, replaced), one in joined if replaced == own]
    summary = _several(first.summary, own, [pair[0] for pair, _ in joined if pair[1] == own])
    if not summary:
        return first.summary, first.evidence, first.confidence
    evidence: dict[tuple[Passage, str], Evidence] = {}
    for item in (item for finding in (first, *fitting) for item in finding.evidence):
        evidence.setdefault((item.passage, item.role), item)
    ordered = sorted(evidence.values(), key=lambda one: one.role == "nearest")
    return summary, tuple(ordered), min(one.confidence for one in (first, *fitting))


def _instead(first: Finding, other: Finding) -> tuple[str, str] | None:
    """The outlet of ``other`` that stands in its summary where one of ``first`` does, and that one."""
    for own in sorted(_outlets(first)):
        for name in sorted(_outlets(other) - {own}):
            if _with(first.summary, own) == _with(other.summary, name) is not None:
                return name, own
    return None


def _with(summary: str, name: str) -> str | None:
    """A summary with a mark in place of an outlet that it names once; None if it does not."""
    pieces = re.split(rf"(?<!\w){re.escape(name)}(?!\w)", summary)
    return _HERE.join(pieces) if len(pieces) == 2 else None


def _several(summary: str, own: str, others: Sequence[str]) -> str:
    """The summary of several outlets; "" where it cannot be put so that it reads well."""
    before, _, after = (_with(summary, own) or "").partition(_HERE)
    names = listed(sorted({own, *others}, key=lambda name: (name.casefold(), name)))
    if before.rstrip().endswith((" in", " by")) or before.strip() == "in":
        return f"{before}{names}{after}"
    verb = re.match(r" (\w+)", after)
    if not verb or verb.group(1) not in _PLURAL:
        return ""
    return f"{before}{names} {_PLURAL[verb.group(1)]}{after[verb.end() :]}"


def _likeness(one: Finding, other: Finding) -> float:
    """The share of words that two summaries have in common, the names of outlets left out."""
    first, second = (_words(finding, _outlets(one) | _outlets(other)) for finding in (one, other))
    return len(first & second) / max(len(first | second), 1)


def _words(finding: Finding, names: set[str]) -> set[str]:
    text = finding.summary
    for name in sorted(names, key=lambda name: (-len(name), name)):
        text = text.replace(name, " ")
    return set(_WORD.findall(text.casefold()))


def _marked_alike(one: Finding, other: Finding) -> bool:
    """Whether both rest on the same two passages or more, and wherever one has marks the other's overlap."""
    first = {item.passage: item.marks for item in one.evidence}
    second = {item.passage: item.marks for item in other.evidence}
    if len(first) < 2 or first.keys() != second.keys():
        return False
    marked = [passage for passage in first if first[passage] or second[passage]]
    return bool(marked) and all(
        any(a.begin < b.end and b.begin < a.end for a in first[passage] for b in second[passage])
        for passage in marked
    )


def _passages(finding: Finding) -> set[Passage]:
    return {item.passage for item in finding.evidence}


def _outlets(finding: Finding) -> set[str]:
    return {item.outlet for item in finding.evidence}
