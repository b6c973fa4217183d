"""How a finding on attribution is put together: its words, its evidence and how sure it is."""

import re

from compare.analysis.attribution.statements import Statement
from compare.model import Evidence, Finding, Span
from compare.text.citing import cited

# The readings that docs/reliability.md describes, on stories kept apart and before the last rules: sources
# 16 of 20, verbs 6 of 7, hedges 4 of 8, agents 3 of 5
CONFIDENCE = {"source": 0.7, "stance": 0.85, "hedge": 0.65, "agent": 0.7}
WEIGHT = {"source": 0.6, "stance": 0.7, "hedge": 0.6, "agent": 0.7}
LONGEST_CITED, LONGEST_REST = 110, 80
_GOES_ON = re.compile(r" (?:for|of)(?: the)?(?: [A-Z][\w’'-]+)+(?:,?(?: and| of)(?: [A-Z][\w’'-]+)+)*")
_WHEN = re.compile(r"\s(?:on|late|early)(?:\s\w+)?\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_LEADING = re.compile(
    r"^(?:which|who|that|after|before|as|when|while|and|but|because|if|since|where)\s+", re.I
)


def finding(variety: str, summary: str, proof: list[Evidence], certainty: float = 1.0) -> Finding:
    """A finding of kind "attribution"; ``certainty`` in [0, 1] lowers what the variety is worth."""
    confidence = round(CONFIDENCE[variety] * min(1.0, 0.5 + certainty / 2), 4)
    return Finding("attribution", variety, summary, tuple(proof), confidence, WEIGHT[variety])


def evidence(s: Statement, marks: tuple[Span | None, ...]) -> Evidence:
    """The passage of a statement, with those of the spans marked that lie in it."""
    inside = sorted(m for m in marks if m and s.passage.span.begin <= m.begin and m.end <= s.passage.span.end)
    return Evidence(s.outlet, s.passage, "says", tuple(inside))


def name(s: Statement) -> str:
    """The source: a person's name, or the text's own words between curly marks, or "nobody"."""
    if not s.quotation or not s.quotation.source:
        return "nobody"
    if s.quotation.person:
        return s.quotation.speaker
    body, source = s.voice.article.body, s.quotation.source
    said = _WHEN.sub("", body[source.begin : source.end])
    if said.split()[-1][:1].isupper():
        said += _rest(body[source.end : source.end + LONGEST_REST])
    return f"“{_LEADING.sub('', said)}”"


def told(s: Statement) -> str:
    """What a passage tells, cited at no more than ``LONGEST_CITED`` characters."""
    return cited(s.passage.text, LONGEST_CITED)


def _rest(after: str) -> str:
    """What belongs to a name still: " for Port Safety" after "the Centre"."""
    found = _GOES_ON.match(after)
    return found.group() if found else ""


def certainty(a: Statement, b: Statement) -> float:
    """How sure the less sure of two attributions is, in [0, 1]; 1 where there is none."""
    return min((s.quotation.certainty for s in (a, b) if s.quotation), default=1.0)
