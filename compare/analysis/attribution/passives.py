"""A passive that names no agent in one outlet where the other names who did it."""

import re
from collections.abc import Iterator

from compare.analysis.attribution.doers import deeds
from compare.analysis.attribution.statements import Statement
from compare.analysis.attribution.terms import evidence, finding
from compare.model import Finding, Span
from compare.text.agents import Deed, passives, stems

# done by juries, voters and parents as a rule, so that nobody is kept back
_AS_A_RULE = frozenset(
    ["convict", "acquit", "elect", "born", "sentenc", "reelect", "re-elect", "nam", "call"]
)
# by whom else than the law
_OF_LAW = frozenset(["charg", "arrest", "indict", "detain", "jail", "fin", "evacuat", "su"])
_LAW = re.compile(
    r"\b(?:police|officers?|authorities|officials|prosecutors|residents|deputies)$", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:[,;:—–]|\b(?:that|which|who|when|while|after|before|and|but|said|says|as))\s(?=[^,;:—–]*$)"
)
_PARTICLE = re.compile(r"\s(?:on|in)$")
_GOES_ON = re.compile(r"\s(?:over|up|down|out|off|away|back|aside)\b")
LOOK_AROUND = 1


def hidden_agents(a: Statement, b: Statement) -> Iterator[Finding]:
    """An agentless passive in one outlet where the other names who did it."""
    for hidden, named in ((a, b), (b, a)):
        for passive in passives(hidden.passage.text):
            match = next(
                (deed for deed in deeds(named.passage.text) if _same_deed(deed, passive, hidden)), None
            )
            if match:
                yield _finding(hidden, passive, named, match)


def _finding(hidden: Statement, passive: Deed, named: Statement, deed: Deed) -> Finding:
    begin = _subject_begin(hidden.passage.text, passive.span.begin)
    left = _PARTICLE.sub("", hidden.passage.text[begin : passive.span.end])
    more = _GOES_ON.match(named.passage.text, deed.span.end)
    right = named.passage.text[deed.span.begin : more.end() if more else deed.span.end]
    summary = f"{named.outlet} says who: “{right}”; {hidden.outlet} does not: “{left}”."
    proof = [
        evidence(hidden, (_at(hidden, Span(begin, passive.span.end)),)),
        evidence(named, (_at(named, deed.span),)),
    ]
    return finding("agent", summary, proof)


def _same_deed(deed: Deed, passive: Deed, hidden: Statement) -> bool:
    """Whether the verb is the same, what is acted upon has the same head, and whoever acts is not told of
    there, nor in the sentences beside it.
    """
    if deed.verb != passive.verb or passive.verb in _AS_A_RULE:
        return False
    begin = _subject_begin(hidden.passage.text, passive.span.begin)
    subject = hidden.passage.text[begin : passive.span.begin].split()
    head = next((stem for word in reversed(subject) if (stem := stems(word))), frozenset())
    actor = stems(deed.actor)
    if passive.verb in _OF_LAW and _LAW.search(deed.actor):
        return False
    return bool(head & deed.patient) and bool(actor) and not actor & _told(hidden)


def _told(s: Statement) -> frozenset[str]:
    """The stems of a passage and of those beside it."""
    at = s.voice.passages.index(s.passage)
    near = s.voice.passages[max(0, at - LOOK_AROUND) : at + LOOK_AROUND + 1]
    return stems(" ".join(passage.text for passage in near))


def _subject_begin(text: str, verb: int) -> int:
    found = _SUBJECT.search(text[:verb])
    return found.end() if found else 0


def _at(s: Statement, span: Span) -> Span:
    return Span(s.passage.span.begin + span.begin, s.passage.span.begin + span.end)
