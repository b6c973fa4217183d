"""Who is given as source of the same fact, how the verb stands to it, and what hedges it.

Read off the rows of the table, two outlets at a time. A difference is only stated where both outlets'
passages share most of their content words, so that it is the same statement that is compared.
"""

from compare.analysis.attribution.crediting import differing_sources
from compare.analysis.attribution.doubts import lone_hedges
from compare.analysis.attribution.passives import hidden_agents
from compare.analysis.attribution.stances import differing_stances
from compare.analysis.attribution.statements import headlines, pairs
from compare.model import Alignment, Finding


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Findings of kind "attribution", by weight; varieties are the keys of ``terms.CONFIDENCE``."""
    found: list[Finding] = []
    for a, b in pairs(alignment):
        found += [
            *differing_sources(a, b),
            *differing_stances(a, b),
            *lone_hedges(a, b),
            *hidden_agents(a, b),
        ]
    for a, b in headlines(alignment):
        found += differing_stances(a, b)
    unique = {(f.variety, f.summary): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (-f.weight, -f.confidence, f.variety, f.summary)))
