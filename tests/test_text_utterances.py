from compare.model import Passage, Span
from compare.text.utterances import blocks, folded, passage_at, stems, telling


def test_contractions_are_written_out_and_glosses_left_out() -> None:
    text = "We’re sure they don't know [the minister] yet"
    assert [w for w, _ in folded(text, Span(0, len(text)))] == [
        "we",
        "are",
        "sure",
        "they",
        "do",
        "not",
        "know",
        "yet",
    ]


def test_words_slice_back_to_the_text() -> None:
    text = "xx “Nobody was told” yy"
    assert [text[s.begin : s.end] for _, s in folded(text, Span(4, 19))] == ["Nobody", "was", "told"]


def test_telling_words_are_not_function_words() -> None:
    assert telling(["the", "bridge", "was", "closed", "in", "2019"]) == ["bridge", "closed", "2019"]


def test_stems_meet_across_inflections() -> None:
    assert stems(["closing", "bridges"]) & stems(["closed"])


def test_blocks_are_in_order_and_exact() -> None:
    assert blocks(list("abcd"), list("abxd")) == [(0, 0, 2), (3, 3, 1)]


def test_the_passage_at_a_place() -> None:
    passages = [Passage("x", Span(0, 4), "abcd"), Passage("x", Span(6, 9), "efg")]
    assert passage_at(passages, 7) == passages[1]
    assert passage_at(passages, 5) is None
