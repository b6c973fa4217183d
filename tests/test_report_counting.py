"""compare.report.counting and panels: counts as they are shown, in every form."""

import json
from pathlib import Path

import jsonschema
import pytest

from compare.analysis.profile import Profile, Week
from compare.analysis.quotes.shares import UNRESOLVED, Share, Shares
from compare.report import counting, document, html, markdown, panels, terminal
from compare.report.parts import Brief

SCHEMA = json.loads(Path(document.__file__).with_name("brief.schema.json").read_text(encoding="utf-8"))
SPEAKERS = tuple(Share(f"Speaker {n}", True, (10 - n, 0), (1, 0)) for n in range(6))
SHARES = Shares(("Bode", "Lode"), (200, 100), (*SPEAKERS, Share(UNRESOLVED, False, (0, 4), (0, 1))))


def profile(outlet: str, lacking: int, facts: int, *labels: tuple[str, str, int]) -> Profile:
    return Profile(outlet, 4, 3, 1, 0, facts, lacking, (2, 1, 0, 0, 1, 0), labels)


def test_speakers_beyond_the_room_are_taken_together_and_the_unresolved_stay_apart() -> None:
    shown = counting.spoken(SHARES, 3)
    assert shown
    assert [row.speaker for row in shown.rows] == [
        "Speaker 0",
        "Speaker 1",
        "Speaker 2",
        "3 other speakers",
        UNRESOLVED,
    ]
    assert sum(cell.words for row in shown.rows for cell in row.cells) == sum(SHARES.quoted)
    assert shown.totals == ("45 of 200 (22%)", "4 of 100 (4%)")


def test_a_single_speaker_is_never_called_others() -> None:
    shown = counting.spoken(SHARES, 5)
    assert shown
    assert [row.speaker for row in shown.rows][5] == "Speaker 5"


def test_nothing_quoted_or_no_room_shows_no_table() -> None:
    assert counting.spoken(Shares(("Bode",), (10,), ()), 4) is None
    assert counting.spoken(SHARES, 0) is None
    assert counting.spoken(None, 4) is None


def test_a_table_of_too_few_speakers_is_not_shown_but_its_counts_are_kept() -> None:
    shown = counting.spoken(SHARES, 3, least=99)
    assert shown
    assert shown.rows == ()
    assert shown.shares == SHARES


def test_bars_of_a_measure_share_one_scale_and_their_text_gives_every_base() -> None:
    drawn = panels.panel(("W1", "W2", "W3"), [(1, 4), None, (2, 4)], 0.5)
    assert drawn
    first, last = drawn.bars
    assert [first.height, last.height] == pytest.approx([panels.HEIGHT / 2, panels.HEIGHT])
    assert last.last
    assert first.x < last.x <= panels.WIDTH - last.width
    assert drawn.text == "W1: 1 of 4; W2: –; W3: 2 of 4"
    assert panels.panel(("W1",), [(1, 4)], 0.5) is None


def test_an_outlet_is_shown_beside_its_weeks_before() -> None:
    weeks = [
        Week("2025-W19", 2, (profile("Lode", 1, 4),)),
        Week("2025-W20", 3, (profile("Bode", 0, 8), profile("Lode", 4, 8))),
    ]
    page = counting.outlets(weeks, (), {})
    assert page
    assert page.title == "The outlets over the weeks"
    bode, lode = page.tables[0].rows
    assert [cell.label for cell in lode.cells] == ["2 of 3", "4 of 8", "0 of 4"]
    assert lode.cells[1].panel
    assert bode.cells[1].panel
    assert lode.cells[1].panel.text == "2025-W19: 1 of 4; 2025-W20: 4 of 8"
    assert bode.cells[1].panel.text == "2025-W19: –; 2025-W20: 0 of 8"


def test_labels_are_shown_where_two_outlets_have_none_in_common() -> None:
    week = Week(
        "2025-W20",
        1,
        (
            profile("Bode", 0, 8, ("town", "Drauna", 2), ("people", "marchers", 1), ("rare", "a", 1)),
            profile("Lode", 0, 8, ("town", "Dravno", 1), ("people", "Marchers", 4), ("rare", "b", 1)),
        ),
    )
    page = counting.outlets([week], (), {})
    assert page
    assert [(row.concept, row.cells) for row in page.labels] == [("town", ("Drauna (2)", "Dravno (1)"))]


def test_the_second_week_is_told_with_the_first_in_every_form(next_week: Brief) -> None:
    page = next_week.side_by_side
    assert page
    assert page.weeks == ("2025-W20", "2025-W21")
    told = {
        "html": html.render(next_week),
        "terminal": terminal.render(next_week, width=100_000),
        "markdown": markdown.render(next_week),
    }
    for text in told.values():
        for table in page.tables:
            assert table.title in text
            for row in table.rows:
                assert all(cell.panel and cell.panel.text in text for cell in row.cells), row.outlet
        for label in page.labels:
            assert label.concept in text


def test_the_document_carries_all_that_was_counted(next_week: Brief, week: Brief) -> None:
    for brief in (next_week, week):
        made = json.loads(document.render(brief))
        jsonschema.validate(made, SCHEMA)
        assert [one["week"] for one in made["weeks"]] == list(
            brief.side_by_side.weeks if brief.side_by_side else ()
        )
        for story, section in zip(made["stories"], brief.sections, strict=True):
            assert section.spoken
            assert story["quoted_words"]["words_in_all"] == list(section.spoken.shares.lengths)


def test_every_word_that_sets_an_outlet_apart_shows_sentences_with_and_without_it(week: Brief) -> None:
    page = week.side_by_side
    assert page
    assert page.words
    for word in page.words:
        outlets = [shown.outlet for shown in word.exhibits]
        assert outlets[0] == outlets[1] == word.found.outlet != outlets[2]
        for shown in word.exhibits[:2]:
            assert {piece.text.casefold() for piece in shown.pieces if piece.marked} == {word.found.word}


def test_an_earlier_week_leaves_the_stories_of_the_brief_alone(next_week: Brief) -> None:
    """Only the profiles know it: no article of it is compared, listed or named."""
    days = {listing.source.article.published for listing in next_week.sources}
    assert min(day for day in days if day).isoformat() >= "2025-05-19"
    assert not [one for one in next_week.problems if "2025-W20" in one.where]
    assert {"Corpus", "Earlier weeks"} <= set(dict(next_week.edition.signature))


def test_no_finding_of_the_demonstration_stands_on_one_side_alone(week: Brief, next_week: Brief) -> None:
    """Every finding of every kind but an omission has a passage of two outlets at least that says it, or
    shows the nearest in the one that does not; an omission shows who reports it and the nearest elsewhere.
    """
    every = [
        entry.finding
        for brief in (week, next_week)
        for part in brief.sections
        for group in part.groups
        for entry in (*group.shown, *group.rest)
    ]
    assert {one.kind for one in every} >= {"omission", "label", "wording", "quote", "figure", "attribution"}
    for one in every:
        assert all(evidence.passage.text for evidence in one.evidence)
        if one.kind != "omission":
            assert len({evidence.outlet for evidence in one.evidence}) > 1, one.summary
        assert any(evidence.role == "says" for evidence in one.evidence)
