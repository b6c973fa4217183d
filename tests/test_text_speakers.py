from compare.model import Span
from compare.text import speakers, speech
from compare.text.marks import quoted

TEXT = (
    "Mayor Ana Rivera met the press. “The bridge is safe,” she said. "
    "Tom Okafor, a fisherman, replied: “Nobody believes that.”"
)


def source(words: str) -> str:
    quotes = quoted(TEXT)
    view = speakers.reading(speech.marginals(TEXT, quotes), quotes)
    begin = TEXT.index(words)
    found = speakers.source(view, Span(begin, begin + len(words)))
    assert found is not None
    span = speakers.trimmed(view, found[0])
    assert 0 < found[1] <= 1
    return TEXT[span.begin : span.end]


def test_the_source_beside_the_cue_is_taken() -> None:
    assert source("“The bridge is safe,”") == "she"
    assert source("“Nobody believes that.”").startswith("Tom Okafor")


def test_a_source_is_never_inside_its_content() -> None:
    quotes = quoted(TEXT)
    view = speakers.reading(speech.marginals(TEXT, quotes), quotes)
    for quote in quotes:
        first, last = speakers.ends(view, quote.outer)
        assert all(c.last < first or c.first > last for c in speakers.near(view, quote.outer))


def test_a_text_without_candidates_has_no_source() -> None:
    view = speakers.reading(speech.marginals("It rained.", []), [])
    assert speakers.source(view, Span(0, 10)) is None
