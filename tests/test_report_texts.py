"""Every article stands on the screen once and whole, and every shown passage begins at a place in it."""

import report_samples as samples

from compare.model import Evidence, Finding
from compare.report import texts
from compare.report.brief import compose
from compare.report.typeset import LONGEST


def test_each_article_once_and_whole() -> None:
    brief = samples.week()
    told = texts.texts(brief)
    assert [text.source for text in told] == [listing.source for listing in brief.sources]
    for text in told:
        joined = "\n\n".join("".join(one.text for one in paragraph) for paragraph in text.paragraphs)
        assert joined == text.source.article.body


def test_every_shown_passage_is_whole_stretches_from_its_anchor_to_its_end() -> None:
    """Also where one shown passage is a part of another."""
    table, found = samples.story()
    part = Evidence("Gull", samples.passage(table.story.articles[0], "moved to Friday"))
    brief = compose([(table, [Finding("quote", "x", "y", (part,), 0.9, 0.9), *found])])
    by_source = {text.source.number: text for text in texts.texts(brief)}
    shown = list(texts.exhibits_of(brief.sections))
    assert len(shown) > 10
    for exhibit in shown:
        stretches = [s for paragraph in by_source[exhibit.source.number].paragraphs for s in paragraph]
        span = exhibit.passage.span
        inside = [one for one in stretches if span.begin <= one.begin < span.end]
        assert inside[0].anchor == texts.anchor(exhibit.source, span.begin)
        assert "".join(one.text for one in inside) == exhibit.passage.text


def test_no_stretch_is_longer_than_a_page_takes_in_one_piece() -> None:
    """Else its end would be cut off with an ellipsis."""
    brief = compose([samples.story(title="x" * (3 * LONGEST + 1))])
    sizes = [len(s.text) for text in texts.texts(brief) for paragraph in text.paragraphs for s in paragraph]
    assert max(sizes) == LONGEST


def test_offsets_name_their_places() -> None:
    for text in texts.texts(samples.brief()):
        body = text.source.article.body
        for paragraph in text.paragraphs:
            assert all(body.startswith(stretch.text, stretch.begin) for stretch in paragraph)
