"""Each variety of finding on quotations, and what must not be one."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from compare.analysis.quotes import find
from compare.analysis.quotes.terms import UNKNOWN, speaker
from compare.model import Alignment, Article, Cell, Finding, Row, Span, Story
from compare.text.passages import passages
from compare.text.utterances import utterances, voices

LONG = (
    "“If the river rises again tonight we will open the upper gates and move every family "
    "out of the valley,” Mayor Ana Rivera told reporters on Sunday."
)
FILLER = " The rain began on Friday. Schools were closed. Trucks carried sand to the dam. Shops shut early."


def table(bodies: dict[str, str], rows: Sequence[dict[str, str]] = ()) -> Alignment:
    """An alignment of one article an outlet; a row maps outlets to the beginning of their passage."""
    articles = tuple(Article(o, o, "", f"Flood in the valley\n\n{b}", Span(0, 19)) for o, b in bodies.items())
    read = tuple(passages(a) for a in articles)
    table_rows = []
    for row in rows:
        cells = []
        for outlet, own in zip(bodies, read, strict=True):
            here = tuple(p for p in own if outlet in row and p.text.startswith(row[outlet]))
            cells.append(
                Cell(here, None if here else own[-1], 0.9 if here else 0.1, "reported" if here else "absent")
            )
        table_rows.append(Row(tuple(cells)))
    return Alignment(Story("s", articles), tuple(bodies), read, tuple(table_rows))


def varieties(bodies: dict[str, str], rows: Sequence[dict[str, str]] = ()) -> dict[str, Finding]:
    return {f.variety: f for f in find(table(bodies, rows))}


def marked(alignment: Alignment, finding: Finding) -> list[list[str]]:
    bodies = {a.id: a.body for a in alignment.story.articles}
    return [[bodies[e.passage.article][m.begin : m.end] for m in e.marks] for e in finding.evidence]


def test_a_part_of_a_quotation_is_a_cut() -> None:
    bodies = {
        "Post": LONG + FILLER,
        "Echo": "Mayor Ana Rivera said they would “open the upper gates” if needed." + FILLER,
    }
    finding = varieties(bodies)["cut"]
    assert finding.summary.startswith("Post quotes Ana Rivera as saying “If the river rises")
    assert finding.summary.endswith("Echo gives only “open the upper gates”.")
    assert [e.outlet for e in finding.evidence] == ["Post", "Echo"]
    assert marked(table(bodies), finding)[1] == ["open the upper gates"]


def test_an_outlet_that_quotes_the_rest_elsewhere_has_cut_nothing() -> None:
    bodies = {
        "Post": LONG + FILLER,
        "Echo": "“If the river rises again tonight we will open the upper gates,” Mayor Ana Rivera said, "
        "“and move every family out of the valley.”" + FILLER,
    }
    assert "cut" not in varieties(bodies)


def test_other_words_inside_the_marks_are_an_alteration() -> None:
    bodies = {
        "Post": "“The company hid the leak from every family in town,” lawyer Tom Okafor said." + FILLER,
        "Echo": "“The company kept the leak from every family in town,” lawyer Tom Okafor said." + FILLER,
    }
    finding = varieties(bodies)["altered"]
    assert sorted(word for words in marked(table(bodies), finding) for word in words) == ["hid", "kept"]


def test_spelling_contractions_and_glosses_are_no_alteration() -> None:
    bodies = {
        "Post": "“We’re going to rebuild the harbour in Kyiv this summer,” Mayor Ana Rivera said." + FILLER,
        "Echo": "“We are going to rebuild the harbor in Kiev [the port] this summer,” Mayor Ana Rivera said."
        + FILLER,
    }
    assert varieties(bodies) == {}


def test_two_parts_run_together_are_spliced() -> None:
    bodies = {
        "Post": "“We never closed the old bridge because the engineers asked us to wait for the inspection, "
        "and nobody was ever in danger,” Mayor Ana Rivera said." + FILLER,
        "Echo": "“We never closed the old bridge and nobody was ever in danger,” Mayor Ana Rivera said."
        + FILLER,
    }
    finding = varieties(bodies)["spliced"]
    assert finding.summary.startswith("Echo gives “We never closed the old bridge and nobody")


def test_a_marked_ellipsis_is_no_splice() -> None:
    bodies = {
        "Post": "“We never closed the old bridge because the engineers asked us to wait for the inspection, "
        "and nobody was ever in danger,” Mayor Ana Rivera said." + FILLER,
        "Echo": "“We never closed the old bridge … and nobody was ever in danger,” Mayor Ana Rivera said."
        + FILLER,
    }
    assert "spliced" not in varieties(bodies)


def test_the_same_row_without_marks_is_a_paraphrase() -> None:
    bodies = {
        "Post": "“The northern dam is cracked and cannot hold another storm,” Mayor Ana Rivera said."
        + FILLER,
        "Echo": "Mayor Ana Rivera said that the northern dam had cracked and could not hold another storm."
        + FILLER,
    }
    rows = [{"Post": "“The northern", "Echo": "Mayor Ana"}]
    finding = varieties(bodies, rows)["paraphrased"]
    assert finding.summary.startswith("Post quotes Ana Rivera: “The northern dam")
    assert "Echo reports it without quotation marks" in finding.summary
    assert "only in one" not in varieties(bodies, rows)


def test_quoted_words_in_another_outlets_own_voice_are_found_without_a_row() -> None:
    bodies = {
        "Post": "The mayor said she wanted “practically every truckload” of sand by noon." + FILLER,
        "Echo": "Officials hoped to bring every truckload from the coast." + FILLER,
    }
    finding = varieties(bodies).get("paraphrased")
    assert finding is not None
    assert finding.summary == (
        "Post puts “practically every truckload” in quotation marks; "
        "Echo writes “every truckload” without them."
    )


@pytest.mark.parametrize("outlets", [("Post", "Echo"), ("Post", "Post")])
def test_the_same_words_in_two_mouths(outlets: tuple[str, str]) -> None:
    first = "“This is deliberate sabotage of our harbour,” Mayor Ana Rivera said."
    second = "“What we saw is deliberate sabotage, nothing else,” said Tom Okafor, a fisherman."
    if outlets[0] == outlets[1]:
        bodies = {"Post": first + FILLER + " " + second, "Echo": FILLER.strip()}
    else:
        bodies = {"Post": first + FILLER, "Echo": second + FILLER}
    finding = varieties(bodies)["other speaker"]
    assert "deliberate sabotage" in finding.summary
    assert "Ana Rivera" in finding.summary
    assert "Tom Okafor" in finding.summary
    assert [e.outlet for e in finding.evidence] == sorted(outlets)


def test_words_that_the_articles_use_freely_are_nobodys() -> None:
    first = "“This is deliberate sabotage of our harbour,” Mayor Ana Rivera said."
    second = "“What we saw is deliberate sabotage, nothing else,” said Tom Okafor, a fisherman."
    bodies = {"Post": first + " Deliberate sabotage is a crime." + FILLER, "Echo": second + FILLER}
    assert "other speaker" not in varieties(bodies)


def test_a_quotation_that_only_one_outlet_has() -> None:
    bodies = {"Post": LONG + FILLER, "Echo": "A ferry company cancelled all trips." + FILLER}
    finding = varieties(bodies, [{"Post": "“If the river"}])["only in one"]
    assert finding.summary.startswith("Only Post quotes Ana Rivera as saying")
    assert [e.role for e in finding.evidence] == ["says", "nearest"]


def test_nothing_is_missed_in_an_article_that_is_cut_off() -> None:
    bodies = {"Post": LONG + FILLER, "Echo": "A ferry company cancelled all trips." + FILLER}
    whole = table(bodies, [{"Post": "“If the river"}])
    articles = tuple(
        Article(a.id, a.outlet, a.title, a.body, a.headline, cut="paywall") for a in whole.story.articles
    )
    assert find(Alignment(Story("s", articles), whole.outlets, whole.passages, whole.rows)) == ()


def test_the_order_of_the_outlets_changes_nothing() -> None:
    bodies = {
        "Post": LONG + FILLER,
        "Echo": "Mayor Ana Rivera said they would “open the upper gates” if needed." + FILLER,
    }
    assert find(table(bodies)) == find(table(dict(reversed(bodies.items()))))


def test_marks_lie_inside_their_passages() -> None:
    bodies = {
        "Post": LONG + FILLER,
        "Echo": "Mayor Ana Rivera said they would “open the upper gates” if needed." + FILLER,
    }
    for finding in find(table(bodies, [{"Post": "“If the river"}])):
        for e in finding.evidence:
            assert all(e.passage.span.begin <= m.begin < m.end <= e.passage.span.end for m in e.marks)


def test_a_pronoun_that_may_mean_another_swaps_no_speakers() -> None:
    bodies = {
        "Post": "“The door of this ministry is open to all teachers,” Mayor Ana Rivera said." + FILLER,
        "Echo": "Tom Okafor, a fisherman, said he left. Education supremo Oskar Vellin was not having it. "
        "“The door of this ministry is open to all teachers,” he said." + FILLER,
    }
    assert "other speaker" not in varieties(bodies)


def test_words_in_a_quotation_without_an_end_are_not_the_outlets_own() -> None:
    bodies = {
        "Post": "“The harbour will be resting over the winter,” Mayor Ana Rivera said." + FILLER,
        "Echo": "“We close the gates tonight. The harbour will be resting over the winter. Nobody is hurt.",
    }
    assert "paraphrased" not in varieties(bodies)


def summaries(first: str, second: str) -> list[str]:
    return [f.summary for f in find(table({"Post": first + FILLER, "Echo": second + FILLER}))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # written otherwise, not said otherwise
        (
            "“I'm gonna keep the harbour open for every crew,” Ana Rivera said.",
            "“I'm going to keep the harbour open for every crew,” Ana Rivera said.",
        ),
        (
            "“My daughter's been hurt by the falling crane again,” Ana Rivera said.",
            "“My daughter has been hurt by the falling crane again,” Ana Rivera said.",
        ),
        (
            "“We stopped the 11th hour rule of the harbour board,” Ana Rivera said.",
            "“We stopped the eleventh-hour rule of the harbour board,” Ana Rivera said.",
        ),
        # titles, and marks that swallow more than was said
        (
            "Ana Rivera wrote “The Long Night of the Dam” last year.",
            "Ana Rivera wrote “The Long Dark Night of the Dam”.",
        ),
    ],
)
def test_what_is_said_alike_is_not_altered(first: str, second: str) -> None:
    assert not [s for s in summaries(first, second) if " has “" in s]


def test_the_rest_word_for_word_elsewhere_is_not_cut() -> None:
    said = "We will open the upper gates of the dam"
    rest = "every family in the valley will be moved by truck tonight"
    first = f"“{said}, and {rest},” Mayor Ana Rivera told reporters."
    assert "cut" in varieties({"Post": first + FILLER, "Echo": f"“{said},” Mayor Ana Rivera said." + FILLER})
    second = f"“{said},” Mayor Ana Rivera said. It is sure that {rest}."
    assert "cut" not in varieties({"Post": first + FILLER, "Echo": second + FILLER})


def test_two_of_one_surname_are_named_in_full_or_not_at_all() -> None:
    named = (
        "Mayor Ana Rivera and Tom Rivera, a farmer, met. Tom Rivera was late. "
        "“The upper gates were rusty for years,” said Tom Rivera, a farmer."
    )
    (finding,) = (s for s in summaries(named, "The gates held.") if s.startswith("Only Post"))
    assert finding.startswith("Only Post quotes Tom Rivera as saying")


def test_the_wife_of_the_one_named_last_is_not_the_one_named_last() -> None:
    text = (
        "Mayor Tom Rivera died on Sunday. Rivera's wife, Ana, told the town. "
        "“The upper gates were his pride for years,” she said."
    )
    (finding,) = (s for s in summaries(text, "The gates held.") if s.startswith("Only Post"))
    assert finding.startswith("Only Post has the quotation")


def test_what_somebody_was_told_is_not_what_he_said() -> None:
    text = (
        "Tom Okafor, a farmer, came. “The upper gates were rusty for years,” Okafor said his uncle told him."
    )
    (finding,) = (s for s in summaries(text, "The gates held.") if s.startswith("Only Post"))
    assert finding.startswith("Only Post has the quotation")


def test_a_standing_phrase_of_the_story_is_nobodys_own() -> None:
    body = (
        "The board counts rare fish and protected birds. Birds and fish are rare. "
        "“We will count the protected rare birds each spring in the valley,” Mayor Ana Rivera said. "
        "“Nobody cares for the protected rare birds but the farmers here,” said Tom Okafor, a farmer."
    )
    assert "other speaker" not in varieties({"Post": body + FILLER, "Echo": "The dam held." + FILLER})


def test_a_few_words_in_marks_are_not_reported_by_a_row() -> None:
    bodies = {
        "Post": "Ana Rivera, the mayor, hopes the dam is rebuilt “quickly with broad support”." + FILLER,
        "Echo": "Ana Rivera, the mayor, said a plan could gain broad support and be passed." + FILLER,
    }
    assert find(table(bodies, [{"Post": "Ana", "Echo": "Ana"}])) == ()


def test_a_part_in_marks_and_the_rest_without_them_is_no_cut() -> None:
    bodies = {
        "Post": LONG + FILLER,
        "Echo": "Mayor Ana Rivera said they would “open the upper gates” and move every family out of the "
        "valley." + FILLER,
    }
    assert "cut" not in varieties(bodies)


def test_a_pronoun_puts_no_words_into_a_second_mouth() -> None:
    body = (
        "Tom Okafor, a farmer, met Mayor Ana Rivera. It is “a temporary blessing of sorts”, Okafor said. "
        "“We see the plan as a temporary blessing with work ahead for the whole town,” she told a reporter."
    )
    assert "other speaker" not in varieties({"Post": body + FILLER, "Echo": "The dam held." + FILLER})


def test_a_broken_name_is_no_speaker() -> None:
    text = (
        "A letter came. “The upper gates were rusty for years,” Brig. Gen. Tom Okafor wrote. Rather than go, "
        "Okafor left."
    )
    (finding,) = (s for s in summaries(text, "The gates held.") if s.startswith("Only Post"))
    assert "quotes Brig as" not in finding
    assert "quotes Rather" not in finding


def test_a_description_that_goes_on_behind_the_source_names_nobody() -> None:
    body = "“The bridge is safe,” said a manager at the state railway." + FILLER
    (voice,) = voices(table({"Post": body}))
    begin = voice.article.body.index("a manager")

    def named(source: str) -> str:
        quotation = replace(voice.quotations[0], source=Span(begin, begin + len(source)), speaker=source)
        (whole,) = utterances(replace(voice, quotations=(quotation,)))
        return speaker(whole, whole)

    assert named("a manager at the state") == UNKNOWN
    assert named("a manager") == "a manager"


def test_seven_words_in_a_row_are_a_cut_and_never_only_in_one() -> None:
    whole = "“We know who did this, and we will answer, but we will not punish the valley for a few,”"
    bodies = {
        "Post": f"Mayor Ana Rivera met the press. {whole} she told reporters." + FILLER,
        "Echo": "Mayor Ana Rivera blamed thieves. “We know who did this, and we will answer,” she said."
        + FILLER,
    }
    found = varieties(bodies)
    assert "cut" in found
    assert "only in one" not in found
