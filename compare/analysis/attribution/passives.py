"""A passive that names no agent in one outlet where the other names who did it."""

from collections.abc import Iterator

from compare.analysis.attribution.statements import Statement
from compare.analysis.attribution.terms import evidence, finding
from compare.model import Finding, Span
from compare.text.agents import Deed, actives, passives, stems


def hidden_agents(a: Statement, b: Statement) -> Iterator[Finding]:
    """An agentless passive in one outlet where the other names who did it."""
    for hidden, named in ((a, b), (b, a)):
        doers = actives(named.passage.text)
        for passive in passives(hidden.passage.text):
            match = next((active for active in doers if _same_deed(active, passive)), None)
            if not match:
                continue
            done = hidden.passage.text[passive.span.begin : passive.span.end]
            summary = (
                f"{hidden.outlet} writes “{done}” without saying by whom; {named.outlet} names {match.actor}."
            )
            proof = [
                evidence(hidden, (_at(hidden, passive.span),)),
                evidence(named, (_at(named, match.span),)),
            ]
            yield finding("agent", summary, proof)


def _same_deed(active: Deed, passive: Deed) -> bool:
    """Whether the verb is the same, what is acted upon shares a content word, and the one who acts is not
    what is acted upon.
    """
    alike = active.verb == passive.verb and bool(active.patient & passive.patient)
    return alike and not stems(active.actor) & passive.patient


def _at(s: Statement, span: Span) -> Span:
    return Span(s.passage.span.begin + span.begin, s.passage.span.begin + span.end)
