"""Strangers' text on our page: nothing unseen, nothing that cannot wrap, nothing without a glyph."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from compare.report import typeset

LATIN = frozenset(range(0x20, 0x17F))


def test_bidirectional_controls_and_control_characters_go() -> None:
    assert typeset.clean("a\u202eb\u2066c\x00\x1b[31m\ud800d") == "abc[31md"


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_nothing_that_turns_the_text_round_survives(text: str) -> None:
    kept = typeset.clean(text)
    assert not any(
        unicodedata.bidirectional(one) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for one in kept
    )
    assert not any(unicodedata.category(one) == "Cs" for one in kept)


def test_a_tower_of_accents_keeps_three() -> None:
    assert typeset.clean("e" + "\u0301" * 900) == "e" + "\u0301" * 3


@given(st.text(alphabet="ab ", max_size=300))
@settings(max_examples=60)
def test_no_run_is_longer_than_can_wrap_and_no_letter_is_lost(text: str) -> None:
    broken = typeset.breakable(text)
    assert broken.replace("\u200b", "") == text
    assert all(len(run) <= typeset.RUN for part in broken.split() for run in part.split("\u200b"))


def test_characters_without_a_glyph_are_named_and_counted() -> None:
    assert (
        typeset.settable("你好，世界 in Beijing", LATIN) == "[Chinese or Japanese: 5 characters] in Beijing"
    )
    assert typeset.settable("محمد بن met Ω", LATIN) == "[Arabic: 6 characters] met [Greek: 1 character]"
    assert typeset.settable("plain", LATIN) == "plain"


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_all_that_is_left_has_a_glyph(text: str) -> None:
    left = typeset.settable(text.replace("\0", ""), LATIN)
    assert all(ord(one) in LATIN or ord(one) in typeset._SILENT for one in left)
