"""What tokens show, held against the same told token by token."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.text import attributes
from compare.text.marks import quoted
from compare.text.tokens import tokens
from compare.text.weights import TOGETHER, Shown

WORDS = [
    "Rivera",
    "said",
    "that",
    ",",
    "the",
    "bridge",
    "to",
    "according",
    "denied",
    "was",
    "“",
    "”",
    ".",
    "-",
]


def names(text: str) -> list[set[str]]:
    """The attributes of each token of a text."""
    stream = tokens(text)
    quotes = attributes.inside(stream, quoted(text))
    return [set(row) for row in unfolded(attributes.shown(stream.texts, stream.opens, quotes), len(stream))]


def unfolded(shown: list[Shown], size: int) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(size)]
    for part in shown:
        places = range(size) if part.places is None else part.places.tolist()
        for place, which in zip(places, part.which.tolist(), strict=True):
            rows[place] += [name for kind in which for name in part.kinds[kind].split(TOGETHER)]
    return rows


def test_a_word_shows_its_class_its_form_and_its_suffix() -> None:
    found = names("She denied a breakage.")
    assert {"v-denied", "w=deny", "form=ed", "pron>v-ed"} <= found[1]
    assert {"low", "unknown:low", "-"} <= found[3]
    assert "-ly" in names("It ended frantically.")[2]
    assert "-y" in names("It was a holy day.")[3]  # too short for "-ly"


def test_quoted_words_say_how_long_the_quotation_is_and_where_it_ends() -> None:
    found = names("“No,” she said. He called it “a very long and sorry affair”.")
    assert [{n for n in row if n.startswith("q")} for row in found[:4]] == [{"q1("}, {"q1"}, {"q1"}, {"q1)"}]
    assert any("q3(" in row for row in found[7:])
    assert "sentence plain" in found[4]
    assert "sentence quotes" in found[-1]


def test_a_sentence_without_quotations_says_so() -> None:
    found = names("It rained. “We will rebuild all of it,” she said.")
    assert all("sentence plain" in row for row in found[:3])
    assert all("sentence quotes" in row for row in found[3:])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=24).map(" ".join))
def test_the_nearest_words_of_reporting_are_those_that_counting_finds(text: str) -> None:
    stream = tokens(text)
    if not len(stream):
        return
    quotes = attributes.inside(stream, quoted(text))
    strengths = [attributes._strength(t.lower()) * (not q) for t, q in zip(stream.texts, quotes, strict=True)]
    found = names(text)
    for i in range(len(stream)):
        sentence = max(n for n in range(i + 1) if stream.opens[n])
        before = [n for n in range(sentence, i) if strengths[n]]
        if not before:
            assert "@after 0" in found[i]
            continue
        between = stream.texts[before[-1] + 1 : i]
        far = "9" if len(between) > 8 else "4" if len(between) > 3 else "1"
        turned = bool({"that", "to", "whether"} & set(between))
        told = f"@after {strengths[before[-1]]}"
        assert {
            told, f"{told} {far}", f"{told} commas={min(between.count(','), 2)} that={turned:d}"
        } <= found[i]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=24).map(" ".join))
def test_a_step_tells_the_marks_of_both_its_tokens(text: str) -> None:
    stream = tokens(text)
    shown = attributes.steps(stream.texts, stream.opens, attributes.inside(stream, quoted(text)))
    rows = unfolded([shown], len(stream))
    for i, row in enumerate(rows):
        assert ("opens" in row) == bool(stream.opens[i])
        assert ("now m=," in row) == (stream.texts[i] == ",")
        assert i == 0 or ("last m=," in row) == (stream.texts[i - 1] == ",")


def test_no_token_sees_what_stands_in_another_sentence() -> None:
    alone, together = names("It rained."), names("It rained. Rivera said so.")
    assert together[: len(alone)] == alone
    assert np.array_equal(tokens("It rained.").opens, [True, False, False])
