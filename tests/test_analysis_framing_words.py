"""compare.analysis.labels, .wording and .loaded: what two outlets word differently, with evidence."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from compare.analysis import labels, loaded, wording
from compare.model import Alignment, Article, Cell, Finding, Passage, Row, Span, Story


def table(rows: list[tuple[str, str]]) -> Alignment:
    """Two outlets' sentences side by side; "" where one has nothing."""
    outlets = ("Lode", "Bode")
    articles, columns = [], []
    for n, outlet in enumerate(outlets):
        body = "\n\n".join(row[n] for row in rows if row[n])
        articles.append(Article(outlet.lower(), outlet, "", body, Span(0, 0)))
        begin, passages = 0, {}
        for k, row in enumerate(rows):
            if row[n]:
                passages[k] = Passage(outlet.lower(), Span(begin, begin + len(row[n])), row[n])
                begin += len(row[n]) + 2
        columns.append(passages)
    made = [
        Row(
            tuple(
                Cell((c[k],) if k in c else (), None, 1.0, "reported" if k in c else "absent")
                for c in columns
            )
        )
        for k in range(len(rows))
    ]
    story = Story("s", tuple(articles))
    return Alignment(story, outlets, tuple(tuple(c.values()) for c in columns), tuple(made))


def mirrored(alignment: Alignment) -> Alignment:
    rows = tuple(Row(row.cells[::-1]) for row in alignment.rows)
    story = Story(alignment.story.id, alignment.story.articles[::-1])
    return Alignment(story, alignment.outlets[::-1], alignment.passages[::-1], rows)


def marks(finding: Finding, alignment: Alignment) -> list[tuple[str, str]]:
    bodies = {article.outlet: article.body for article in alignment.story.articles}
    return [(e.outlet, bodies[e.outlet][m.begin : m.end]) for e in finding.evidence for m in e.marks]


LABELS = [
    ("The mayor of Kiev, Ana Bond, spoke.", "Ana Bond spoke in Kyiv on Monday."),
    ("Fourteen rioters were detained in the old town.", "Fourteen protesters were detained in the town."),
    ("He fears the war in Ukraine.", "Others wrote about grain."),
    ("", "The Ukraine conflict goes on."),
    ("Russian President Ivan Orlov came.", "Ivan Orlov, the Russian president, came."),
    ("The Kremlin leader smiled.", ""),
    ("Orlov left.", "Orlov left."),
    ("", "The Russian president smiled."),
]
WORDS = [
    (
        "The port is open to any ship from abroad, he said.",
        "The port is open to virtually any ship from abroad.",
    ),
    ("The minister declined the offer of the union.", "The minister spurned the offer of the union."),
]
LOADED = [
    (
        "Heartless thieves of the night took the files of the clinic.",
        "Thieves took the files of the clinic at night.",
    ),
    ("The bank is said to have lost the money in May.", "The bank lost the money in May."),
]
ROOMS: list[tuple[Callable[[Alignment], tuple[Finding, ...]], list[tuple[str, str]]]] = [
    (labels.find, LABELS),
    (wording.find, WORDS),
    (loaded.find, LOADED),
]


def found(
    room: Callable[[Alignment], tuple[Finding, ...]], rows: list[tuple[str, str]]
) -> dict[str, list[str]]:
    alignment = table(rows)
    return {finding.variety: [text for _, text in marks(finding, alignment)] for finding in room(alignment)}


def test_labels_of_a_place_a_group_a_war_and_a_person() -> None:
    alignment = table(LABELS)
    said = {frozenset(text for _, text in marks(f, alignment)): f.variety for f in labels.find(alignment)}
    assert said[frozenset({"Kiev", "Kyiv"})] == "spelling"
    assert said[frozenset({"rioters", "protesters"})] == "label"
    assert said[frozenset({"war in Ukraine", "Ukraine conflict"})] == "label"
    assert said[frozenset({"The Kremlin leader", "the Russian president"})] == "description"


def test_label_summary_counts_and_takes_no_side() -> None:
    (finding,) = labels.find(table([("Kiev. He left Kiev.", "He reached Kyiv by noon.")]))
    assert finding.summary == "Lode (twice) writes “Kiev”, Bode (once) “Kyiv”."


def test_label_inside_a_quotation_is_the_speakers() -> None:
    rows = [
        ("“The rioters were detained in the town,” she said.", "The protesters were detained in the town.")
    ]
    assert labels.find(table(rows)) == ()


def test_same_labels_make_no_finding() -> None:
    rows = [("Protesters were detained in Kyiv.", "Police detained protesters in Kyiv.")]
    assert labels.find(table(rows)) == ()


def test_places_that_a_text_calls_one_are_one() -> None:
    stated = [("They met in Presk, known in Talvia as Wolgova.", ""), ("", "They met in Wolgova.")]
    unstated = [("They met in Presk.", ""), ("", "They met in Wolgova.")]
    assert [c.counts("Bode") for c in labels.table(table(stated))] == [{"Wolgova": 1}]
    assert labels.table(table(unstated)) == ()


def test_table_holds_counts_for_the_report() -> None:
    concepts = labels.table(table(LABELS))
    city = next(c for c in concepts if "Kiev" in c.counts("Lode"))
    assert city.counts("Bode") == {"Kyiv": 1}


def test_added_hedge_and_stronger_verb() -> None:
    assert found(wording.find, WORDS) == {
        "hedge": ["any ship", "virtually any ship"],
        "verb": ["declined", "spurned"],
    }


def test_unlike_sentences_are_not_compared_word_by_word() -> None:
    assert (
        wording.find(table([("The minister declined tea.", "Snow fell, and the union spurned a pay deal.")]))
        == ()
    )


def test_loaded_and_unsourced_words_beside_the_plain_telling() -> None:
    assert found(loaded.find, LOADED) == {"loaded": ["Heartless", "Thieves"], "unsourced": ["is said to"]}


def test_quoted_loaded_words_are_the_speakers() -> None:
    rows = [
        (
            "“Heartless thieves took the files of the clinic,” she said.",
            "Thieves took the files of the clinic.",
        )
    ]
    assert loaded.find(table(rows)) == ()


@pytest.mark.parametrize(("room", "rows"), ROOMS)
def test_evidence_is_verbatim_and_on_both_sides(
    room: Callable[[Alignment], tuple[Finding, ...]], rows: list[tuple[str, str]]
) -> None:
    alignment = table(rows)
    bodies = {article.outlet: article.body for article in alignment.story.articles}
    findings = room(alignment)
    assert findings
    for finding in findings:
        assert len({e.outlet for e in finding.evidence}) > 1
        for e in finding.evidence:
            assert bodies[e.outlet][e.passage.span.begin : e.passage.span.end] == e.passage.text
            assert all(e.passage.span.begin <= m.begin < m.end <= e.passage.span.end for m in e.marks)


@pytest.mark.parametrize(("room", "rows"), ROOMS)
def test_swapping_the_outlets_mirrors_the_findings(
    room: Callable[[Alignment], tuple[Finding, ...]], rows: list[tuple[str, str]]
) -> None:
    def essence(alignment: Alignment) -> set[tuple[str, frozenset[tuple[str, str]]]]:
        return {(f.variety, frozenset(marks(f, alignment))) for f in room(alignment)}

    assert essence(table(rows)) == essence(mirrored(table(rows)))


@pytest.mark.parametrize(
    ("hedged", "plain"),
    [
        ("The guards allegedly opened the old gate.", "Police say the guards opened the old gate."),
        ("The port fears a possible grain strike in May.", "The port fears a grain strike in May."),
        ("The council could close the old bridge.", "The council threatened to close the old bridge."),
    ],
)
def test_a_hedge_that_the_other_has_in_other_words_is_none(hedged: str, plain: str) -> None:
    assert wording.find(table([(hedged, plain)])) == ()


def test_a_qualifier_of_ones_own_is_no_lack_of_one() -> None:
    rows = [("They saw a staggering number of ships.", "They saw an exceptional number of ships.")]
    assert wording.find(table(rows)) == ()


def test_a_headline_leaves_out_nobody_who_says_so() -> None:
    """A headline is short: only beside another headline does what it lacks tell."""
    alignment = table(LOADED[1:])
    assert [f.variety for f in loaded.find(alignment)] == ["unsourced"]
    heads = tuple(replace(a, headline=Span(0, len(a.body))) for a in alignment.story.articles)
    both = replace(alignment, story=Story("s", heads))
    assert [f.variety for f in loaded.find(both)] == ["unsourced"]
    one = replace(alignment, story=Story("s", (alignment.story.articles[0], heads[1])))
    assert loaded.find(one) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "“We may get some virtually good ships for the port in spring,” she said.",
            "“We may get some good ships for the port by the summer,” she said.",
        ),
        (
            "Ships for us. We may get some virtually good ships for the port in spring,” she said.",
            "“We may get some good ships for the port by the summer,” she said.",
        ),
        (
            "Guards Impeach the Entire Wolgova Harbour Board Again on Friday",
            "Wolgova votes to impeach the harbour guards on Friday",
        ),
        (
            "The gang will probably show up in the port of Lund next week, he said.",
            "They expect the gang to show up in the port of Lund next week, he said.",
        ),
        ("Lund Elects Its First Openly Blind Mayor", "Lund Elects Its First Proudly Blind Mayor"),
    ],
    ids=[
        "two utterances",
        "an utterance that began before",
        "a name that goes on",
        "a guess",
        "openly, proudly",
    ],
)
def test_what_is_no_outlets_choice_of_words_is_not_compared(one: str, other: str) -> None:
    assert wording.find(table([(one, other)])) == ()


def test_a_hedge_is_shown_beside_the_word_it_stands_for() -> None:
    rows = [("Lund’s council will vote on the port tax.", "Lund’s council may vote on the port tax.")]
    (finding,) = wording.find(table(rows))
    assert finding.summary == "Lode writes “will vote”, Bode “may vote”."


@pytest.mark.parametrize(
    "rows",
    [
        # a month, a verb, an outlet of both labels, a charge, what did not happen, another event
        [("The strike began in March at the port.", "The protest began in spring at the port.")],
        [("Police ended the port siege by shooting the guard.", "Police ended the attack at the port.")],
        [
            (
                "Rivera protests with dockers at the port.",
                "Rivera joined a demonstration of dockers at the port.",
            )
        ],
        [
            ("Fourteen rioters were held in the town.", "Fourteen protesters were held in the town."),
            ("", "A shop of the rioters burned."),
        ],
        [
            (
                "The guard is charged with assault at the port gate.",
                "The guard is blamed for the attack at the port gate.",
            )
        ],
        [("Guards prevented a massacre at the port gate.", "Guards told of the shooting at the port gate.")],
        [("He told a campaign rally of the dockers.", "He told of the protests of the dockers.")],
        [
            (
                "The Committee on Global Warming met in Presk.",
                "The committee on climate change met in Presk.",
            ),
        ],
    ],
)
def test_what_names_no_event_of_both_is_no_label(rows: list[tuple[str, str]]) -> None:
    assert [f for f in labels.find(table(rows)) if f.variety == "label"] == []


def test_a_letter_with_a_combining_mark_is_no_other_spelling() -> None:
    rows = [("Ana Barre\u0301 spoke in Presk.", "Ana Barré spoke in Presk.")]
    assert labels.find(table(rows)) == ()


def test_labels_are_told_of_outlets_that_share_none() -> None:
    (finding,) = labels.find(table(LABELS[1:2]))
    assert finding.summary == "Lode writes “rioters”, Bode “protesters”."


def test_a_noun_that_belongs_to_somebody_else_is_another_thing() -> None:
    one = "The union gave its money to Orlov’s heartless rival in the race for the port on Friday."
    other = "The union gave its money to Bond’s rival in the race for the port on Friday."
    assert loaded.find(table([(one, other)])) == ()
    assert len(loaded.find(table([(one, other.replace("Bond", "Orlov"))]))) == 1


@pytest.mark.parametrize(
    "rows",
    [
        # a verb, one side and the other, children and all, an event that was only asked for, an opinion
        [("Crowds march in the port of Presk.", "The protest in the port of Presk goes on.")],
        [("Right-wing protesters met at the port.", "An antifa mob met at the port.")],
        [("The policy on illegal immigrants at the port.", "The policy on migrant children at the port.")],
        [("They called for violent insurrection at the port.", "They told of the protests at the port.")],
        [("Police treat the port fire as act of terrorism.", "Police call the port fire a shooting.")],
        # twice each, but of nothing that is the same
        [
            ("The riot of May was long. A riot is loud.", ""),
            ("", "A choir sings at the rally. No rally is free of rain."),
        ],
    ],
)
def test_unlike_people_and_events_are_no_labels(rows: list[tuple[str, str]]) -> None:
    assert [f for f in labels.find(table(rows)) if f.variety == "label"] == []


def test_a_verb_before_the_same_words_is_no_qualifier_of_its_own() -> None:
    rows = [
        (
            "The port is ready to take any ship from abroad, he said.",
            "The port is open to virtually any ship from abroad.",
        )
    ]
    assert [f.variety for f in wording.find(table(rows))] == ["hedge"]


def test_who_named_somebody_is_not_spelled_like_him() -> None:
    rows = [("The Lantern Awards named Talvian singers.", ""), ("", "The Talvian singers came.")]
    assert [f for f in labels.find(table(rows)) if f.variety == "spelling"] == []


@pytest.mark.parametrize(
    "rows",
    [
        # says as much in another sentence, or hedges only once
        [
            (
                "The council must train guards for the port.",
                "The council must fully train guards for the port.",
            ),
            ("Fully trained guards cost more.", ""),
        ],
        [
            ("The union signed the deal of the port.", "The union reportedly signed the deal of the port."),
            ("", "The union signed the deal, its paper writes."),
        ],
        # the plain sentence has an own adjective, the same hedge in another place, a verb in the passive
        [("They met to protest harsh port fees in Presk.", "They met over huge port fees in Presk.")],
        [
            (
                "While the wind has generally eased, fees rise.",
                "While the wind generally has eased, fees rise.",
            )
        ],
        [("A guard was shot at the port of Presk.", "A thief allegedly shot at the port of Presk.")],
        # a question, a hint, a longer noun, a quoted plain word
        [("The council will shut the port?", "The council may shut the port.")],
        [("He suggested that he will shut the port.", "He signalled that he may shut the port.")],
        [
            (
                "The minimum port fees were told to all.",
                "The dramatic minimum port fee rises were told to all.",
            )
        ],
        [
            (
                "“The council trained guards for the port,” he said.",
                "The council fully trained guards for the port.",
            )
        ],
        # the strong verb stands elsewhere in the plainer text
        [
            ("The minister declined the offer of the union.", "The minister spurned the offer of the union."),
            ("He had spurned another.", ""),
        ],
    ],
)
def test_no_choice_of_words_where_an_outlet_says_as_much_elsewhere(rows: list[tuple[str, str]]) -> None:
    assert wording.find(table(rows)) == ()


def test_a_qualifier_that_somebody_is_quoted_with_is_shown_as_quoted() -> None:
    rows = [
        ("The port is open to any ship from abroad.", "The port is open to “virtually any ship” from abroad.")
    ]
    (finding,) = wording.find(table(rows))
    assert finding.summary == "Lode writes “any ship”, Bode “virtually any ship” (quoted)."


def test_a_figure_keeps_its_unit() -> None:
    rows = [("Fees of the port hit 14.7% in April.", "Fees of the port hit a staggering 14.7% in April.")]
    (finding,) = wording.find(table(rows))
    assert finding.summary == "Lode writes “14.7%”, Bode “staggering 14.7%”."


RIVAL = "The union gave its money to a heartless rival in the race for the port on Friday."


@pytest.mark.parametrize(
    "other",
    [
        RIVAL.replace("heartless", "big"),
        RIVAL.replace("heartless rival", "rival crew"),
        "The rival in the race for the port got the money of the union on Friday.",
    ],
    ids=["an own adjective", "another noun", "pointing back"],
)
def test_a_noun_with_a_modifier_of_its_own_is_no_plain_one(other: str) -> None:
    assert loaded.find(table([(RIVAL, other)])) == ()


def test_a_noun_that_is_coloured_elsewhere_is_no_plain_one() -> None:
    rows = [(RIVAL, RIVAL.replace("heartless ", ""))]
    (finding,) = loaded.find(table(rows))
    assert finding.summary == "Lode writes “heartless rival”, Bode “rival”."
    assert loaded.find(table([*rows, ("", "Nobody forgets a brutal rival.")])) == ()


def test_a_claim_that_an_outlet_sources_elsewhere_is_not_called_unsourced_against_it() -> None:
    rows = [("The bank is said to have lost the money in May.", "The bank lost the money in May.")]
    assert len(loaded.find(table(rows))) == 1
    assert loaded.find(table([*rows, ("", "The paper has this according to a clerk.")])) == ()


@pytest.mark.parametrize(
    "rows",
    [
        # the same by another word, who acts and who suffers, two states, a rally to come, a charge
        [("The French government met the union.", "The French authorities met the union.")],
        [("The protesters left the port.", "The demonstrators left the port.")],
        [("They fear Iranian aggression at the port.", "They fear a crisis with Iran at the port.")],
        [
            ("A law of Ohio lets illegal immigrants use the port.", ""),
            ("", "A law of Texas lets undocumented immigrants use the port."),
        ],
        [("The riots at the port were long.", "The union announced new rallies at the port.")],
        [("He is guilty of first-degree assault at the port.", "He spoke of the massacre at the port.")],
    ],
)
def test_labels_that_mean_the_same_or_other_things_are_not_told(rows: list[tuple[str, str]]) -> None:
    assert [f for f in labels.find(table(rows)) if f.variety == "label"] == []


def test_what_two_armies_are_said_to_do_is_one_thing_under_two_labels() -> None:
    rows = [("The Turkish military operation began.", "The Turkish offensive began.")]
    (finding,) = labels.find(table(rows))
    assert finding.summary == "Lode writes “Turkish military operation”, Bode “Turkish offensive”."


def test_a_surname_is_one_name_under_two_spellings_beside_the_same_first_name() -> None:
    (finding,) = labels.find(table([("Anna Raite fell from the quay.", "Anna Rait fell from the quay.")]))
    assert finding.summary == "Lode writes “Raite”, Bode “Rait”."
    assert labels.find(table([("Anna Raite fell.", "Doris Rait fell.")])) == ()
    assert labels.find(table([("Anna Raite fell.", "Anna Riddle fell.")])) == ()
