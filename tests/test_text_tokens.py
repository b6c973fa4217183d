from hypothesis import given, settings
from hypothesis import strategies as st

from compare.model import Span
from compare.text.tokens import extent, tokens

TEXT = "“We will rebuild,” Mayor Ana Rivera said.\n\nThe council’s lawyers don't agree, say U.S. papers."


def test_words_keep_their_short_forms_and_initials() -> None:
    assert {"don't", "U.S.", "’s", "lawyers"} <= set(tokens(TEXT).texts)


def test_line_breaks_part_paragraphs() -> None:
    found = tokens(TEXT)
    said = found.texts.index("said")
    assert set(found.paragraphs[: said + 2]) == {0}
    assert set(found.paragraphs[said + 2 :]) == {1}


def test_the_first_token_of_a_sentence_or_paragraph_opens_it() -> None:
    found = tokens("It rained. She left.\n\nNobody came.")
    assert [t for t, opens in zip(found.texts, found.opens, strict=True) if opens] == ["It", "She", "Nobody"]


def test_a_span_reaches_from_its_first_token_to_behind_its_last() -> None:
    begins = tokens("one two three four").begins.tolist()
    assert extent(begins, Span(4, 13)) == (1, 3)
    assert extent(begins, Span(5, 6)) == (2, 2)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab “”'’.,\n-1X", max_size=60))
def test_tokens_slice_back_and_only_white_space_is_between(text: str) -> None:
    found = tokens(text)
    assert [text[b:e] for b, e in zip(found.begins, found.ends, strict=True)] == found.texts
    assert "".join(found.texts) == "".join(text.split())
    assert list(found.paragraphs) == sorted(found.paragraphs)
    assert bool(found.opens[:1].all())
