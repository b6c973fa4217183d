"""From differing facts to findings.

Confidences are rounded down from the shares that one reader upheld on articles rebuilt from the labelled
data (docs/reliability.md): "only in one" 30 of 35, "less exact" 4 of 5, "at odds" 4 of 8 before the
rules that took out all four others. Moved dates were judged on the demonstration week and two real
articles only.
"""

from collections import defaultdict

from compare.analysis.figures.coarser import Coarse, coarser
from compare.analysis.figures.comparison import agree
from compare.analysis.figures.denials import denials, denied
from compare.analysis.figures.facts import Fact, facts
from compare.analysis.figures.lacking import Lack, lacking
from compare.analysis.figures.limits import limits
from compare.analysis.figures.odds import Odds, at_odds
from compare.analysis.figures.shifts import Shift
from compare.analysis.figures.wording import head, joined, phrase
from compare.model import Alignment, Evidence, Finding

_CONFIDENCE = {"moved": 0.85, "people": 0.8, "row": 0.75, "only in one": 0.85, "less exact": 0.8}
_WEIGHT = {"at odds": 0.95, "revised": 0.6, "only in one": 0.35, "less exact": 0.3}


def findings(alignment: Alignment) -> tuple[Finding, ...]:
    """Return the findings of the table, by weight, then by what they say."""
    found = facts(alignment)
    odds = [*at_odds(found), *limits(found), *denied(found, denials(alignment))]
    order = {outlet: n for n, outlet in enumerate(alignment.outlets)}
    made = [
        *_of_odds(odds, order),
        *_of_lacks(lacking(alignment, found), order),
        *_of_coarse(coarser(found), order),
    ]
    return tuple(sorted(made, key=lambda f: (-f.weight, f.summary)))


def _of_odds(pairs: list[Odds], order: dict[str, int]) -> list[Finding]:
    groups: dict[tuple[object, ...], list[Odds]] = defaultdict(list)
    for odds in pairs:
        people = odds.a.topic[:2] == ("count", "people")
        place = odds.shift.events if odds.shift else None if people else odds.a.row
        groups[odds.a.topic[0], odds.a.topic if not odds.shift else (), place].append(odds)
    return [_odds_finding(group, order) for group in groups.values()]


def _odds_finding(group: list[Odds], order: dict[str, int]) -> Finding:
    sides = _one_each([fact for odds in group for fact in (odds.a, odds.b)], order)
    variety = "revised" if _revised(group) else "at odds"
    shift = next((odds.shift for odds in group if odds.shift), None)
    title = f"The {shift.word.lower()}" if shift else head(sides[0])
    said = [_said(same, shift) for same in _agreeing(sides)]
    people = group[0].a.topic[:2] == ("count", "people")
    confidence = _CONFIDENCE["moved" if shift else "people" if people else "row"]
    evidence = _evidence(sides, shift.origin if shift else None)
    return Finding("figure", variety, f"{title}: {', '.join(said)}.", evidence, confidence, _WEIGHT[variety])


def _said(same: list[Fact], shift: Shift | None) -> str:
    """Say who has what, as in: North and South have “17 people”. A move is said with the first day."""
    has = "has" if len(same) == 1 else "have"
    told = f"“{_words(same[0])}”" if shift else phrase(same[0])
    outlets = [fact.outlet for fact in same]
    note = ""
    if shift and shift.origin and shift.to.outlet in outlets:
        note = f" (first set for {_words(shift.origin)})"
    return f"{joined(outlets)} {has} {told}{note}"


def _words(fact: Fact) -> str:
    return fact.passage.text[fact.quantity.span.begin : fact.quantity.span.end]


def _one_each(group: list[Fact], order: dict[str, int]) -> list[Fact]:
    """The first of each outlet's facts, in the order of the columns."""
    first: dict[str, Fact] = {}
    for fact in sorted(group, key=lambda f: (f.passage.article, f.span)):
        first.setdefault(fact.outlet, fact)
    return sorted(first.values(), key=lambda f: order[f.outlet])


def _agreeing(sides: list[Fact]) -> list[list[Fact]]:
    """Sides with one value together, in order of the first that has it."""
    together: list[list[Fact]] = []
    for fact in sides:
        same = next((group for group in together if agree(group[0], fact)), None)
        if same is None:
            together.append([fact])
        else:
            same.append(fact)
    return together


def _evidence(sides: list[Fact], origin: Fact | None) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            fact.outlet,
            fact.passage,
            marks=tuple(
                sorted({fact.span, *([origin.span] if origin and origin.passage == fact.passage else [])})
            ),
        )
        for fact in sides
    )


def _revised(group: list[Odds]) -> bool:
    """Whether the dates of the articles explain it: a later one moved the day, or counts more."""
    return all(_later_explains(odds) for odds in group)


def _later_explains(odds: Odds) -> bool:
    a, b = odds.a, odds.b
    if a.day is None or b.day is None or a.day == b.day:
        return False
    earlier, later = (a, b) if a.day < b.day else (b, a)
    if odds.shift:
        return later is odds.shift.to
    counted = earlier.topic[:2] == ("count", "people") and earlier.topic[2] not in ("aboard", "marched")
    return counted and float(earlier.quantity.value) < float(later.quantity.value)


def _of_lacks(lacks: list[Lack], order: dict[str, int]) -> list[Finding]:
    groups: dict[tuple[object, ...], list[Lack]] = defaultdict(list)
    for lack in lacks:
        groups[lack.fact.row, lack.fact.topic, lack.fact.quantity.value].append(lack)
    return [_lack_finding(group, order) for group in groups.values()]


def _lack_finding(group: list[Lack], order: dict[str, int]) -> Finding:
    having = _one_each([lack.fact for lack in group], order)
    without: dict[str, Lack] = {}
    for lack in sorted(group, key=lambda x: (-x.share, x.passage.span)):
        without.setdefault(lack.outlet, lack)
    lacking_it = sorted(without.values(), key=lambda x: order[x.outlet])
    verb = "gives" if len(having) == 1 else "give"
    absent = "does" if len(lacking_it) == 1 else "do"
    summary = (
        f"{head(having[0])}: {joined([f.outlet for f in having])} {verb} {phrase(having[0])},"
        f" {joined([x.outlet for x in lacking_it])} {absent} not."
    )
    near = tuple(Evidence(lack.outlet, lack.passage, "nearest") for lack in lacking_it)
    evidence = (*_evidence(having, None), *near)
    return Finding(
        "figure", "only in one", summary, evidence, _CONFIDENCE["only in one"], _WEIGHT["only in one"]
    )


def _of_coarse(pairs: list[Coarse], order: dict[str, int]) -> list[Finding]:
    groups: dict[tuple[object, ...], list[Coarse]] = defaultdict(list)
    for pair in pairs:
        groups[pair.exact.row, pair.exact.topic, pair.exact.quantity.value].append(pair)
    return [_coarse_finding(group, order) for group in groups.values()]


def _coarse_finding(group: list[Coarse], order: dict[str, int]) -> Finding:
    exact = _one_each([pair.exact for pair in group], order)
    vague = _one_each([pair.coarse for pair in group], order)
    told = ", ".join(f"{fact.outlet} only {phrase(fact)}" for fact in vague)
    verb = "has" if len(exact) == 1 else "have"
    summary = f"{head(exact[0])}: {joined([f.outlet for f in exact])} {verb} {phrase(exact[0])}, {told}."
    sides = sorted([*exact, *vague], key=lambda f: order[f.outlet])
    return Finding(
        "figure",
        "less exact",
        summary,
        _evidence(sides, None),
        _CONFIDENCE["less exact"],
        _WEIGHT["less exact"],
    )
