"""What a brief shows, in which order, and that every link in it leads somewhere."""

import dataclasses
import itertools
import random
from collections.abc import Iterator

import report_samples as samples

from compare.model import KINDS, Finding, Problem
from compare.report import choice
from compare.report.brief import Brief, Room, compose
from compare.report.parts import Entry, Reliability


def entries(brief: Brief) -> Iterator[Entry]:
    for section in brief.sections:
        for group in section.groups:
            yield from (*group.shown, *group.rest)


def test_the_order_of_inputs_changes_nothing() -> None:
    stories = [
        samples.story(f"s{n}", ("Gull", "Ledger", "Wire")[: 2 + n % 2], title=f"T{n}") for n in range(4)
    ]
    problems = [Problem("a", "b"), Problem("c", "d")]
    expected = compose(stories, problems=problems)
    dice = random.Random(5)
    for _ in range(5):
        shuffled = [(table, dice.sample(found, len(found))) for table, found in dice.sample(stories, 4)]
        assert compose(shuffled, problems=problems[::-1]) == expected


def test_stories_with_more_outlets_come_first() -> None:
    brief = compose([samples.story("a", ("G", "L")), samples.story("b", ("G", "L", "W"))])
    assert [len(section.alignment.outlets) for section in brief.sections] == [3, 2]


def test_no_finding_is_lost_and_none_told_twice() -> None:
    table, found = samples.story()
    brief = compose([(table, found)], room=Room(findings=2))
    assert sorted(entry.finding.summary for entry in entries(brief)) == sorted(one.summary for one in found)
    assert sum(len(group.shown) for group in brief.sections[0].groups) == 2


def test_anchors_are_unique_and_every_reference_leads_to_one() -> None:
    brief = samples.week()
    shown = [entry for section in brief.sections for group in section.groups for entry in group.shown]
    anchors = [entry.anchor for entry in shown]
    anchors += [exhibit.anchor for entry in shown for exhibit in entry.exhibits]
    anchors += [fact.anchor for section in brief.sections for fact in section.facts]
    anchors += [listing.source.anchor for listing in brief.sources]
    assert len(set(anchors)) == len(anchors)
    cited = [one.anchor for listing in brief.sources for one in listing.cited]
    cited += [one.anchor for section in brief.sections for fact in section.facts for one in fact.findings]
    cited += [highlight.entry.anchor for highlight in brief.highlights]
    assert cited
    assert set(cited) <= set(anchors)


def test_every_shown_finding_is_cited_by_the_sources_it_rests_on() -> None:
    brief = samples.week()
    back = {(one.anchor, listing.source.number) for listing in brief.sources for one in listing.cited}
    for section in brief.sections:
        for entry in (entry for group in section.groups for entry in group.shown):
            assert {(entry.anchor, exhibit.source.number) for exhibit in entry.exhibits} <= back


def test_highlights_are_the_strongest_spread_over_kinds_and_never_unsure() -> None:
    table, found = samples.story()
    bare = tuple(dataclasses.replace(one, marks=()) for one in found[0].evidence)
    many = [
        Finding(kind, "x", f"{kind} {n}", bare, 0.9 - n / 100, 0.9)
        for kind, n in itertools.product(KINDS, range(9))
    ]
    unsure = Finding("quote", "x", "unsure", found[0].evidence, 0.2, 1.0)
    brief = compose([(table, [*many, unsure])])
    kinds = [highlight.entry.finding.kind for highlight in brief.highlights]
    assert len(kinds) == Room().highlights
    assert max(kinds.count(kind) for kind in kinds) <= 3
    assert all(highlight.entry.sureness != "low" for highlight in brief.highlights)


def test_what_is_dry_stands_behind_what_an_editor_would_paste() -> None:
    """A reprint with a word changed, or a spelling, says little on a cover; what two tell says more."""
    _, found = samples.story(outlets=("A", "B", "C"))
    one, other = (dataclasses.replace(item, marks=()) for item in found[0].evidence)
    silent = dataclasses.replace(other, role="nearest")
    dry = Finding("label", "spelling", "A writes “Kiev”, B “Kyiv”.", (one, other), 0.9, 0.9)
    lone = Finding("omission", "absent", "Not found in B: “x” (A).", (one, silent), 0.9, 0.9)
    shared = dataclasses.replace(one, outlet="C")
    told = dataclasses.replace(lone, summary="Not found in B: “y” (A).", evidence=(one, shared, silent))
    ranks = [choice._appeal((1, entry), []) for entry in map(entry_of, (dry, lone, told))]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def entry_of(finding: Finding) -> Entry:
    outlets = tuple(one.outlet for one in finding.evidence)
    return Entry("a", "1.1", finding.summary, finding.summary, 0.9, finding, outlets, (), "high", 0)


def test_the_matrix_of_many_stories_leaves_out_those_of_one_outlet_and_the_list_keeps_them() -> None:
    alone = [samples.story(f"z{n}", ("Gull", "Gull"), f"Alone {n}")[0].story for n in range(24)]
    brief = compose([samples.story("s", ("Tern", "Petrel"))], alone)
    assert [row.number for row in brief.matrix.rows] == [1]
    assert brief.matrix.outlets == ("Gull", "Petrel", "Tern")
    assert len(brief.singles) == 24
    assert len(compose([samples.story("s")], alone[:23]).matrix.rows) == 24
    assert len(compose([], alone).matrix.rows) == 24


def test_where_nothing_was_compared_nothing_is_said_of_how_often_findings_are_right() -> None:
    edition = dataclasses.replace(samples.EDITION, reliability=(Reliability("quote", 0.8, 10),))
    assert compose([], edition=edition).edition.reliability == ()
    assert compose([samples.story()], edition=edition).edition == edition


def test_a_brief_of_many_stories_shows_less_of_each() -> None:
    assert choice.room_for(8).facts < choice.room_for(1).facts
    assert choice.room_for(8).findings < choice.room_for(1).findings


def test_an_empty_week_is_a_brief_that_says_so() -> None:
    brief = compose([], problems=[Problem("corpus", "no article of this week")])
    assert brief.headline == "Nothing to compare"
    assert not brief.sections
    assert not brief.highlights
    assert not brief.contents
    assert brief.counts[0] == (0, "outlets")


def test_the_matrix_tells_reported_wire_copy_cut_off_and_absent() -> None:
    table, found = samples.story("a", ("G", "L", "W"))
    articles = table.story.articles
    cut = dataclasses.replace(articles[0], cut="paywall")
    told = dataclasses.replace(
        table.story, articles=(cut, *articles[1:]), copies=((articles[1].id, articles[2].id),)
    )
    other = samples.story("b", ("L", "N"))
    brief = compose([(dataclasses.replace(table, story=told), found), other])
    assert brief.matrix.outlets == ("G", "L", "N", "W")
    assert brief.matrix.rows[0].cells == ("cut off", "wire copy", "absent", "wire copy")
    assert brief.matrix.rows[1].cells == ("absent", "reported", "reported", "absent")


def test_pairs_never_repeat_what_a_finding_already_puts_side_by_side() -> None:
    table, found = samples.story()
    alone = compose([(table, ())]).sections[0].pairs
    assert alone
    for pair in alone:
        assert any(piece.marked for piece in pair.left.pieces)
    together = compose([(table, found)]).sections[0]
    shown = {frozenset(e.passage for e in entry.exhibits) for g in together.groups for entry in g.shown}
    assert not any(frozenset((pair.left.passage, pair.right.passage)) in shown for pair in together.pairs)
