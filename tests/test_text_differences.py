"""compare.text.differences: where two passages differ."""

from hypothesis import given, settings
from hypothesis import strategies as st

from compare.text.differences import Change, changes, differing

TEXT = st.lists(
    st.sampled_from(["a", "b", "c", "the,", "Rome.", "not", "1,200", "%", "l’eau"]), max_size=12
).map(" ".join)


def marked(a: str, b: str) -> tuple[list[str], list[str]]:
    left, right = differing(a, b)
    return [a[s.begin : s.end] for s in left], [b[s.begin : s.end] for s in right]


def test_same_text_has_no_difference() -> None:
    assert differing("The port reopened.", "the port reopened!") == ((), ())


def test_added_and_exchanged_words_are_marked() -> None:
    a = "The mayor is open to any offer, her office said on Monday."
    b = "The mayor is open to virtually any offer, her office said on Tuesday."
    assert marked(a, b) == (["Monday"], ["virtually", "Tuesday"])


def test_moved_words_are_not_a_difference() -> None:
    assert marked("On Monday the dam broke near Lund", "The dam broke near Lund on Monday") == ([], [])


def test_neighbouring_words_make_one_mark() -> None:
    assert marked("The river rose", "The swollen, muddy river rose")[1] == ["swollen, muddy"]


def test_numbers_are_whole_words() -> None:
    assert marked("about 1,200 people", "about 1,300 people") == (["1,200"], ["1,300"])


def test_change_knows_its_context() -> None:
    a, b = "if it was fitting to go", "if fitting to go"
    (change,) = changes(a, b)
    assert a[change.a.begin : change.a.end] == "it was"
    assert change.b.begin == change.b.end
    assert (change.before, change.after) == (1, 3)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_swapping_mirrors(a: str, b: str) -> None:
    """The order of the texts changes nothing but the order of the answer."""
    assert differing(a, b) == differing(b, a)[::-1]
    assert changes(a, b) == tuple(Change(c.b, c.a, c.before, c.after) for c in changes(b, a))


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_marks_lie_in_the_text_and_do_not_overlap(a: str, b: str) -> None:
    for text, spans in zip((a, b), differing(a, b), strict=True):
        places = [0] + [p for s in spans for p in (s.begin, s.end)] + [len(text)]
        assert places == sorted(places)
        assert all(s.begin < s.end for s in spans)


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_text_against_nothing_is_marked_whole(a: str) -> None:
    spans, none = differing(a, "")
    assert none == ()
    outside = "".join(c for k, c in enumerate(a) if not any(s.begin <= k < s.end for s in spans))
    assert not any(c.isalnum() for c in outside)


def test_an_abbreviation_with_points_is_one_word() -> None:
    marks = differing("It begins at 10 a.m. in Ulmen.", "It begins at 10 p.m. in Ulmen.")
    assert [
        text[m.begin : m.end]
        for text, (m,) in zip(
            ("It begins at 10 a.m. in Ulmen.", "It begins at 10 p.m. in Ulmen."), marks, strict=True
        )
    ] == ["a.m.", "p.m."]
