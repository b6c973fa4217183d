"""What is worth a reader's time: which findings, facts and pairs a brief shows, and which it leaves out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from compare.model import Alignment, Evidence, Finding, Kind, Passage, Row, Span
from compare.report import doubles
from compare.report.parts import Entry, Group
from compare.text.differences import differing

ORDER: tuple[Kind, ...] = ("quote", "figure", "label", "wording", "omission", "attribution", "emphasis")
FIRST_PAGE, ACROSS = 27.0, 92
# What an editor would not paste, as it says that there is a difference more than which.
DRY, DRYNESS = frozenset({"reprint", "spelling"}), 0.6
LONE = 0.85
SHOWN: Mapping[Kind, int] = {
    "quote": 4, "figure": 4, "label": 4, "wording": 3, "omission": 5, "attribution": 3, "emphasis": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """How much a brief shows: findings a kind and in all; facts, pairs and speakers a story; highlights.

    Where fewer speakers than ``least_speakers`` are known by name or office, their words are not counted.
    """

    kinds: Mapping[Kind, int] = field(default_factory=lambda: dict(SHOWN))
    findings: int = 25
    facts: int = 12
    pairs: int = 3
    highlights: int = 9
    speakers: int = 6
    least_speakers: int = 1


def room_for(stories: int) -> Room:
    """A few pages for one story; about three pages each of up to twenty, two of more."""
    if stories <= 2:
        return Room()
    if stories <= 4:
        return Room(dict.fromkeys(ORDER, 3), findings=8, facts=8, pairs=2, speakers=5, least_speakers=2)
    if stories > 20:
        return Room(dict.fromkeys(ORDER, 1), findings=4, facts=4, pairs=0, speakers=0)
    few: Mapping[Kind, int] = {**dict.fromkeys(ORDER, 2), "omission": 3, "emphasis": 1}
    return Room(few, findings=8, facts=8, pairs=1, speakers=4, least_speakers=2)


def room_for_comparison(*, paged: bool) -> Room:
    """Some five pages for articles that somebody chose to compare; nearly all of it where it scrolls."""
    if paged:
        return Room(dict.fromkeys(ORDER, 6), findings=20, facts=16, pairs=4)
    return Room(dict.fromkeys(ORDER, 20), findings=80, facts=60, pairs=8, speakers=12)


def strength(finding: Finding) -> float:
    """What orders findings: how much an editor would care, times how sure it is.

    A wrong omission costs its reader most, so doubt counts threefold there: a judgement.
    """
    return finding.weight * finding.confidence ** (3 if finding.kind == "omission" else 1)


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings strongest first; ties by summary and evidence, so that no input order shows."""
    return tuple(
        sorted(findings, key=lambda one: (-round(strength(one), 9), one.summary, one.evidence[0].passage))
    )


def shown(findings: Sequence[Finding], room: Room) -> frozenset[int]:
    """Which of the ranked ``findings`` of one story to show: the first of each kind, then by rank.

    Of those that tell the same only the strongest counts.
    """
    turns: dict[int, int] = {}
    kinds: dict[Kind, int] = {}
    leaders = doubles.leaders(findings)
    for index, finding in enumerate(findings):
        if leaders[index] == index and not _told_anyway(finding):
            turns[index] = kinds[finding.kind] = kinds.get(finding.kind, 0) + 1
    order = sorted(turns, key=lambda index: (turns[index] > 1, index))
    fitting = [index for index in order if turns[index] <= room.kinds.get(findings[index].kind, 0)]
    return frozenset(fitting[: room.findings])


def _told_anyway(finding: Finding) -> bool:
    """Whether every section shows this without being asked: headlines stand against each other in all."""
    return finding.kind == "emphasis" and finding.variety == "headline"


def highlights(
    groups: Sequence[tuple[int, Group]], count: int, outlets: Sequence[str] = ()
) -> tuple[tuple[int, Entry], ...]:
    """The strongest ``count`` findings over all stories, spread over stories and kinds, strongest first.

    Each one chosen makes the next of its kind count for three quarters and the next of its story for
    six tenths: a judgement, as are the shares for what is dry and what one outlet alone has. Together
    they fit the first page below the names of the ``outlets``, unless that would leave fewer than five.
    None is of low confidence.
    """
    room = FIRST_PAGE - 1.1 * (len(" · ".join(outlets)) // ACROSS)
    pool = [(story, one) for story, group in groups for one in group.shown if one.sureness != "low"]
    pool.sort(key=lambda item: (-round(strength(item[1].finding), 9), item[0], item[1].anchor))
    left, chosen = list(pool), list[tuple[int, Entry]]()
    while left and len(chosen) < count:
        best = max(left, key=lambda item: (round(_appeal(item, chosen), 9), -pool.index(item)))
        left.remove(best)
        if len(chosen) < 5 or sum(_lines(one) for _, one in [*chosen, best]) <= room:
            chosen.append(best)
    return tuple(sorted(chosen, key=pool.index))


def _appeal(item: tuple[int, Entry], chosen: Sequence[tuple[int, Entry]]) -> float:
    """A finding's strength, less for every one chosen already of its kind or story."""
    story, one = item
    same_kind = sum(other.finding.kind == one.finding.kind for _, other in chosen)
    same_story = sum(other == story for other, _ in chosen)
    worth = DRYNESS if one.finding.variety in DRY else LONE if _of_one_outlet(one.finding) else 1.0
    return strength(one.finding) * worth * 0.75**same_kind * 0.6**same_story


def _of_one_outlet(finding: Finding) -> bool:
    """Whether what others lack is told by one outlet alone."""
    says = {one.outlet for one in finding.evidence if one.role == "says"}
    return finding.kind == "omission" and len(says) == 1


def _lines(entry: Entry) -> float:
    """About how many lines of the first page a highlight takes, with its own small line below."""
    return -(-len(entry.title) // 84) + 1.6


def row_strength(row: Row, heat: Mapping[Passage, float]) -> float:
    """The strength of the strongest finding whose evidence lies in ``row``."""
    return max((heat.get(passage, 0.0) for cell in row.cells for passage in cell.passages), default=0.0)


def heat_of(findings: Iterable[Finding]) -> dict[Passage, float]:
    """For each passage that some finding shows, the strength of the strongest of these findings."""
    heat: dict[Passage, float] = {}
    for finding in (one for one in findings if not _told_anyway(one)):
        for evidence in finding.evidence:
            if evidence.role == "says":
                heat[evidence.passage] = max(heat.get(evidence.passage, 0.0), strength(finding))
    return heat


def facts(alignment: Alignment, heat: Mapping[Passage, float], count: int) -> tuple[Row, ...]:
    """The ``count`` rows that say most about the story, in the order of the table.

    Said by many, said early, and touched by a strong finding all count; what only one outlet says
    comes after what two say, as the omissions tell it anyway.
    """
    size = max(len(alignment.rows), 1)

    def worth(item: tuple[int, Row]) -> float:
        index, row = item
        told = sum(bool(cell.passages) for cell in row.cells)
        return row_strength(row, heat) + told / len(row.cells) / 2 + (told > 1) / 2 + (1 - index / size) / 4

    best = sorted(enumerate(alignment.rows), key=lambda item: (-round(worth(item), 9), item[0]))[:count]
    return tuple(row for _, row in sorted(best, key=lambda item: item[0]))


def _kinship(one: str, other: str) -> float:
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return len(first & second) / max(len(first | second), 1)


def pairs(
    alignment: Alignment, heat: Mapping[Passage, float], shown: frozenset[frozenset[Passage]], count: int
) -> tuple[tuple[tuple[Evidence, Evidence], ...], int]:
    """Passages of one row in two outlets, worth reading side by side, and how many were left out.

    A row offers the two outlets whose wording differs most while at least a fifth of the words are
    shared; headlines, pairs already ``shown`` by a finding, and pairs all but equal are left out.
    """
    headlines = {article.id: (article.headline,) for article in alignment.story.articles}
    offers: list[tuple[float, int, tuple[Evidence, Evidence]]] = []
    for index, row in enumerate(alignment.rows):
        said = [
            (outlet, passage)
            for outlet, cell in zip(alignment.outlets, row.cells, strict=True)
            for passage in [one for one in cell.passages if one.span not in headlines[one.article]][:1]
        ]
        options = [
            (_kinship(one[1].text, other[1].text), one, other)
            for one, other in combinations(said, 2)
            if frozenset((one[1], other[1])) not in shown
        ]
        options = [option for option in options if 0.2 <= option[0] <= 0.85]
        if options:
            _, one, other = min(options, key=lambda option: round(option[0], 9))
            offers.append((-round(row_strength(row, heat), 9), index, marked(one, other)))
    offers.sort(key=lambda offer: offer[:2])
    best = sorted(offers[:count], key=lambda offer: offer[1])
    return tuple(pair for _, _, pair in best), len(offers) - len(best)


def marked(one: tuple[str, Passage], other: tuple[str, Passage]) -> tuple[Evidence, Evidence]:
    """Two passages as evidence, with the words that differ marked in both."""
    left, right = differing(one[1].text, other[1].text)
    return (
        Evidence(one[0], one[1], "says", tuple(_shifted(left, one[1].span.begin))),
        Evidence(other[0], other[1], "says", tuple(_shifted(right, other[1].span.begin))),
    )


def _shifted(spans: Iterable[Span], by: int) -> Iterable[Span]:
    return (Span(span.begin + by, span.end + by) for span in spans)
