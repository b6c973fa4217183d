import pytest

from compare.model import Span
from compare.text.quotation import Quotation
from compare.text.sources import hedges, source_kind


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("The finance ministry", "office"),
        ("the White House", "office"),
        ("two senior officials", "anonymous"),
        ("sources", "anonymous"),
        ("Reuters", "agency"),
        ("the weather", "other"),
    ],
)
def test_sources_without_a_name_are_told_apart(source: str, kind: str) -> None:
    text = f"It rained, {source} said."
    span = Span(11, 11 + len(source))
    assert source_kind(Quotation(Span(0, 9), Span(0, 9), None, span, False, source, False, 0.9), text) == kind


def test_a_person_is_named_and_nobody_is_none() -> None:
    span = Span(0, 1)
    assert source_kind(Quotation(span, span, None, span, False, "Ana Rivera", True, 0.9), "x") == "named"
    assert source_kind(Quotation(span, span, None, None, False, "", False, 0.0), "x") == "none"


def test_doubt_is_marked_where_it_is_the_outlets_own() -> None:
    text = "The so-called truce, allegedly signed, was reported to have failed."
    found = hedges(text, Span(0, len(text)))
    assert [text[h.begin : h.end] for h in found] == ["so-called", "allegedly", "reported to have"]


def test_alleged_doubts_a_noun_but_may_be_a_verb() -> None:
    noun, verb = "The alleged plan failed.", "Prosecutors alleged fraud."
    assert len(hedges(noun, Span(0, len(noun)))) == 1
    assert hedges(verb, Span(0, len(verb))) == []
