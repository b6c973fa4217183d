"""From differing facts to findings.

Confidences are rounded down from the shares that one reader upheld on articles rebuilt from the labelled
data (docs/reliability.md): "not in all" 30 of 35, "less exact" 4 of 5, "at odds" 4 of 8 before the rules
that took out all four others: too few to call it, or what is "revised", of high confidence. It is lower
where the articles bear no date, and lower still where a further outlet prints both figures.
"""

from collections import Counter, defaultdict

from compare.analysis.figures.coarser import Coarse, coarser
from compare.analysis.figures.comparison import agree
from compare.analysis.figures.denials import denials, denied
from compare.analysis.figures.facts import Fact, facts, of_people
from compare.analysis.figures.givers import giver
from compare.analysis.figures.holders import also, also_moved, beside
from compare.analysis.figures.lacking import Lack, lacking
from compare.analysis.figures.limits import limits
from compare.analysis.figures.odds import Odds, at_odds
from compare.analysis.figures.shifts import Shift
from compare.analysis.figures.wording import have, head, phrase, phrases
from compare.model import Alignment, Evidence, Finding, Passage, Span
from compare.text.citing import listed

_CONFIDENCE = {"dated": 0.75, "undated": 0.7, "both": 0.6, "not in all": 0.85, "less exact": 0.8}
_WEIGHT = {"at odds": 0.95, "revised": 0.6, "not in all": 0.35, "less exact": 0.3}


def findings(alignment: Alignment) -> tuple[Finding, ...]:
    """Return the findings of the table, by weight, then by what they say."""
    found = facts(alignment)
    odds = [*at_odds(found), *limits(found), *denied(found, denials(alignment))]
    order = {outlet: n for n, outlet in enumerate(alignment.outlets)}
    made = [
        *_of_odds(odds, found, order),
        *_of_lacks(lacking(alignment, found), found, order),
        *_of_coarse(coarser(found), found, order),
    ]
    return tuple(sorted(made, key=lambda f: (-f.weight, f.summary)))


def _of_odds(pairs: list[Odds], facts: list[Fact], order: dict[str, int]) -> list[Finding]:
    groups: dict[tuple[object, ...], list[Odds]] = defaultdict(list)
    for odds in pairs:
        people = of_people(odds.a)
        place = odds.shift.events if odds.shift else None if people else odds.a.row
        groups[odds.a.topic[0], odds.a.topic if not odds.shift else (), place].append(odds)
    return [_odds_finding(group, facts, order) for group in groups.values()]


def _odds_finding(group: list[Odds], facts: list[Fact], order: dict[str, int]) -> Finding:
    first = _one_each([fact for odds in group for fact in (odds.a, odds.b)], order)
    shift = next((odds.shift for odds in group if odds.shift), None)
    sides, both = _joined_by(_agreeing(first), shift, facts, order)
    variety = "revised" if _revised(group) else "at odds"
    title = f"The {shift.word.lower()}" if shift else head(first[0])
    said = [_moved(same, shift) for same in sides] if shift else _told(sides)
    if both:
        said.append(f"{listed(list(dict.fromkeys(f.outlet for f in both)))} both")
    dated = all(fact.day for fact in first)
    confidence = _CONFIDENCE["both" if both else "dated" if dated else "undated"]
    shown = sorted([*(fact for same in sides for fact in same), *both], key=lambda f: order[f.outlet])
    evidence = _evidence(shown, shift.origin if shift else None)
    return Finding("figure", variety, f"{title}: {', '.join(said)}.", evidence, confidence, _WEIGHT[variety])


def _joined_by(
    sides: list[list[Fact]], shift: Shift | None, facts: list[Fact], order: dict[str, int]
) -> tuple[list[list[Fact]], list[Fact]]:
    """The sides, each with the further outlets that have its figure only; and facts of those with two."""
    known = frozenset(fact.outlet for same in sides for fact in same)
    if shift:
        more = [also_moved(shift, facts, known) if shift.to in same else [] for same in sides]
    else:
        apart = [f for f in facts if f.outlet not in known and sum(_stands(f, same) for same in sides) < 2]
        more = [also(same, apart, known) for same in sides]
        more = [_with_beside(n, more, sides, facts) for n in range(len(sides))]
    times = Counter(fact.outlet for found in more for fact in found)
    wider = [
        _one_each([*same, *(f for f in found if times[f.outlet] == 1)], order)
        for same, found in zip(sides, more, strict=True)
    ]
    both = [fact for found in more for fact in found if times[fact.outlet] > 1]
    return wider, sorted(both, key=lambda f: (order[f.outlet], f.passage.article, f.span))


def _stands(fact: Fact, side: list[Fact]) -> bool:
    """Whether a figure may be that of a side: "more than 30" goes with 30, and with 37."""
    return fact.topic[0] == side[0].topic[0] and agree(fact, side[0])


def _with_beside(
    place: int, more: list[list[Fact]], sides: list[list[Fact]], facts: list[Fact]
) -> list[Fact]:
    """The further facts of one side, and those that stand beside further facts of another."""
    own = {fact.outlet for fact in more[place]}
    others = [fact for n, found in enumerate(more) if n != place for fact in found if fact.outlet not in own]
    found = {fact.outlet: here for fact in others if (here := beside(fact, sides[place], facts))}
    return [*more[place], *found.values()]


def _moved(same: list[Fact], shift: Shift) -> str:
    """Say who has which day, and of a new one for which it was first set."""
    outlets = [fact.outlet for fact in same]
    origin = shift.origin if shift.to.outlet in outlets else None
    note = f" (first set for {_words(origin)})" if origin else ""
    return f"{listed(outlets)} {have(outlets)} “{_words(same[0])}”{note}"


def _told(sides: list[list[Fact]]) -> list[str]:
    """Say who has what, as in: North and South have “17 people”; and whose it is, where each side says so."""
    quoted = [(group, words) for same in sides for group, words in phrases(same)]
    givers = {fact.outlet: giver(fact) for group, _ in quoted for fact in group}
    shown = all(any(givers[fact.outlet] for fact in group) for group, _ in quoted)
    if not shown or len(set(givers.values())) == 1:
        givers = {}
    return [_given([fact.outlet for fact in group], words, givers) for group, words in quoted]


def _given(outlets: list[str], words: str, givers: dict[str, str]) -> str:
    """Those who have one quotation, each with whose figure it says it is, or all with one behind it."""
    notes = [f" ({givers[outlet]})" if givers.get(outlet) else "" for outlet in outlets]
    if len(set(notes)) == 1:
        return f"{listed(outlets)} {have(outlets)} {words}{notes[0]}"
    named = [outlet + note for outlet, note in zip(outlets, notes, strict=True)]
    return f"{listed(named)} {have(outlets)} {words}"


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
    """Each passage once, with all its figures marked."""
    shown: dict[tuple[str, Passage], set[Span]] = {}
    for fact in sides:
        marks = shown.setdefault((fact.outlet, fact.passage), set())
        marks.add(fact.span)
        if origin and origin.passage == fact.passage:
            marks.add(origin.span)
    return tuple(Evidence(o, passage, marks=tuple(sorted(m))) for (o, passage), m in shown.items())


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
    counted = of_people(earlier) and earlier.topic[2] not in ("aboard", "marched")
    return counted and float(earlier.quantity.value) < float(later.quantity.value)


def _of_lacks(lacks: list[Lack], facts: list[Fact], order: dict[str, int]) -> list[Finding]:
    groups: dict[tuple[object, ...], list[Lack]] = defaultdict(list)
    for lack in lacks:
        groups[lack.fact.row, lack.fact.topic, lack.fact.quantity.value].append(lack)
    made = [_lack_finding(group, facts, order) for group in groups.values()]
    return list({finding.summary: finding for finding in reversed(made)}.values())


def _lack_finding(group: list[Lack], facts: list[Fact], order: dict[str, int]) -> Finding:
    told = _one_each([lack.fact for lack in group], order)
    without: dict[str, Lack] = {}
    for lack in sorted(group, key=lambda x: (-x.share, x.passage.span)):
        without.setdefault(lack.outlet, lack)
    lacking_it = sorted(without.values(), key=lambda x: order[x.outlet])
    having = _one_each([*told, *also(told, facts, frozenset(without) | {f.outlet for f in told})], order)
    given = [
        f"{listed([f.outlet for f in same])} {'gives' if len(same) == 1 else 'give'} {words}"
        for same, words in phrases(having)
    ]
    absent = "does" if len(lacking_it) == 1 else "do"
    summary = f"{head(told[0])}: {', '.join(given)}, {listed([x.outlet for x in lacking_it])} {absent} not."
    near = tuple(Evidence(lack.outlet, lack.passage, "nearest") for lack in lacking_it)
    evidence = (*_evidence(having, None), *near)
    return Finding(
        "figure", "not in all", summary, evidence, _CONFIDENCE["not in all"], _WEIGHT["not in all"]
    )


def _of_coarse(pairs: list[Coarse], facts: list[Fact], order: dict[str, int]) -> list[Finding]:
    groups: dict[tuple[object, ...], list[Coarse]] = defaultdict(list)
    for pair in pairs:
        groups[pair.exact.row, pair.exact.topic, pair.exact.quantity.value].append(pair)
    return [_coarse_finding(group, facts, order) for group in groups.values()]


def _coarse_finding(group: list[Coarse], facts: list[Fact], order: dict[str, int]) -> Finding:
    vague = _one_each([pair.coarse for pair in group], order)
    told_exactly = _one_each([pair.exact for pair in group], order)
    known = frozenset(fact.outlet for fact in (*vague, *told_exactly))
    exact = _one_each([*told_exactly, *also(told_exactly, facts, known)], order)
    told = [_given([fact.outlet for fact in same], words, {}) for same, words in phrases(exact)]
    told += [f"{fact.outlet} only {phrase(fact)}" for fact in vague]
    summary = f"{head(exact[0])}: {', '.join(told)}."
    sides = sorted([*exact, *vague], key=lambda f: order[f.outlet])
    return Finding(
        "figure",
        "less exact",
        summary,
        _evidence(sides, None),
        _CONFIDENCE["less exact"],
        _WEIGHT["less exact"],
    )
