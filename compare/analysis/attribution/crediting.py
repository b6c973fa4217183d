"""Whom two outlets credit with the same statement: sources of different kinds, or none in one of them."""

import re
from collections.abc import Iterator

from compare.analysis.attribution.absence import bare
from compare.analysis.attribution.kinds import SHOWN, kind
from compare.analysis.attribution.statements import Statement, content, same_content, words
from compare.analysis.attribution.terms import certainty, evidence, finding, name, told
from compare.analysis.attribution.verbs import stance
from compare.model import Evidence, Finding
from compare.text import cues
from compare.text.mouths import surname
from compare.text.utterances import folded_words, stems

_OPENING = 60
_WISH = re.compile(
    r"\b(?:wants?|wanted|hopes?|hoped|wish(?:es|ed)?|plans?|planned|expects?|should|could|may|might)\b"
)
_ASIDE = re.compile(r",\s(?:which|who|whose|where)\s[^,]{10,}(?:,|$)")
# one body under many names: what it announces, the other outlet tells that it does
_GOVERNMENT = frozenset(["white", "administration", "government", "kremlin", "cabinet"])


def differing_sources(a: Statement, b: Statement) -> Iterator[Finding]:
    """Sources of different kinds, or a source in one outlet and none in the other."""
    kinds = (kind(a), kind(b))
    if kinds[0] == kinds[1] or "other" in kinds or not same_content(a, b):
        return
    if "none" in kinds:
        yield from _unsourced(*((a, b) if kinds[1] == "none" else (b, a)))
    elif not _may_be_one(a, b, kinds) and not _one_report(kinds) and not _names_other(a, b):
        summary = (
            f"{a.outlet} attributes to {SHOWN[kinds[0]]}, {name(a)}, what {b.outlet} attributes to "
            f"{SHOWN[kinds[1]]}, {name(b)}: {told(min(a, b, key=_brevity))}."
        )
        yield finding("source", summary, [_sourced(a), _sourced(b)], certainty(a, b))


def _unsourced(sourced: Statement, plain: Statement) -> Iterator[Finding]:
    if bare(plain, content(sourced)) and not _denied(sourced) and _clear(sourced, plain):
        summary = (
            f"{plain.outlet} states without a source what {sourced.outlet} attributes to {name(sourced)}: "
            f"{told(plain)}."
        )
        yield finding("source", summary, [_sourced(sourced), evidence(plain, ())], certainty(sourced, plain))


def _brevity(s: Statement) -> tuple[int, str]:
    return len(s.passage.text), s.passage.text


def _clear(sourced: Statement, plain: Statement) -> bool:
    """Whether a source is named in full, and does not itself act in the plain telling ("Trump announced
    that" beside "Trump has dismissed").
    """
    source = name(sourced).strip("“”")
    ship = any(len(word) > 2 and word.isupper() for word in source.split())
    if _aside(sourced, plain) or _wished(sourced):
        return False
    whole = (" " in source or source[:1].isupper()) and not (ship and _person(sourced))
    if not whole:
        return False
    if _person(sourced):
        return surname(source) not in {surname(w) for w in words(plain.passage)}
    there = {w.rstrip("s") for w in words(plain.passage)}
    if _GOVERNMENT & _words_of(sourced) and _GOVERNMENT & there:
        return False
    return not _words_of(sourced) & (there - content(sourced))


def _aside(sourced: Statement, plain: Statement) -> bool:
    """Whether the plain passage tells only what a source is reported with, between commas: "she said the
    team, which was beaten on Friday, would go on".
    """
    found = _ASIDE.search(sourced.passage.text)
    inside = stems(folded_words(found.group())) if found else set()
    return bool(inside) and len(inside & plain.words) > len((content(sourced) - inside) & plain.words)


def _wished(s: Statement) -> bool:
    """Whether a source only wants, plans or expects what the other outlet tells as done."""
    told = s.voice.article.body[s.quotation.content.begin :][:_OPENING] if s.quotation else ""
    return bool(_WISH.search(told))


def _person(s: Statement) -> bool:
    return bool(s.quotation and s.quotation.person)


def _sourced(s: Statement) -> Evidence:
    return evidence(s, (s.quotation.source, s.quotation.cue) if s.quotation else ())


def _one_report(kinds: tuple[str, str]) -> bool:
    """Whether "a new report" of one outlet may be what an agency or another outlet reported."""
    return "agency" in kinds and bool({"document", "reports"} & set(kinds))


def _may_be_one(a: Statement, b: Statement, kinds: tuple[str, str]) -> bool:
    """Whether a person and an office may be the same source under two descriptions."""
    said = [_words_of(s) for s in (a, b)]
    if said[0] & said[1]:
        return True
    other = next((kind for kind in ("office", "anonymous") if set(kinds) == {"named", kind}), "")
    if not other:
        return False
    described = (a, b)[kinds.index(other)]
    several = other == "anonymous" and name(described).rstrip("”").endswith("s")
    return not several and any(cues.is_role(word) for word in said[kinds.index(other)])


def _names_other(a: Statement, b: Statement) -> bool:
    """Whether one passage names the other's source too, as the one who spoke or was spoken to."""
    there = [{w.rstrip("s") for w in words(s.passage)} for s in (a, b)]
    return bool(_words_of(a) & there[1] or _words_of(b) & there[0])


def _words_of(s: Statement) -> set[str]:
    if not s.quotation or not s.quotation.source:
        return set()
    source = s.voice.article.body[s.quotation.source.begin : s.quotation.source.end]
    return {w.lower().rstrip("s") for w in f"{source} {s.quotation.speaker}".split() if len(w) > 3}


def _denied(s: Statement) -> bool:
    return bool(s.quotation and stance(s.quotation, s.voice) == "denied")
