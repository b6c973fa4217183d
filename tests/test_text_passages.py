"""compare.text.passages: sentences of a text, passages of an article."""

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.model import Article, Span
from compare.text.passages import passages, sentences

GOLDEN = Path(__file__).parent / "golden" / "passages" / "news.txt"
WORDS = (
    "Gen. U.S. a.m. The said “Go home.” ... “ ” ( ) 1. 2) ! ? — No. 5 Mr. x@y.org http://a.org/b. 🙂 :) ***"
)
PIECES = [*WORDS.split(" "), ". . .", "\n", "\n\n", "\u00a0", "He left."]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=60)


def cases() -> list[list[str]]:
    lines = [line for line in GOLDEN.read_text(encoding="utf-8").split("\n") if not line.startswith("#")]
    blocks = "\n".join(lines).strip().split("\n\n")
    return [block.strip().split("\n") for block in blocks]


def split(text: str) -> list[str]:
    return [text[s.begin : s.end] for s in sentences(text)]


def article(body: str, headline: Span | None = None) -> Article:
    return Article("a", "Outlet", "", body, headline or Span(0, 0))


@pytest.mark.parametrize("expected", cases(), ids=lambda case: case[0][:40])
def test_news_sentences_come_apart_where_a_reader_parts_them(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. Army left. It rained.", ["The U.S. Army left.", "It rained."]),
        ("Gen. Holm met Mr. Orr. He left.", ["Gen. Holm met Mr. Orr.", "He left."]),
        ("“We go. We stay,” she said.", ["“We go.", "We stay,” she said."]),
        ("“We go.” She sat.", ["“We go.”", "She sat."]),
        ("He cried “Stop!” and ran.", ["He cried “Stop!” and ran."]),
        ("It was quiet... too quiet.", ["It was quiet... too quiet."]),
        ("Is it so? No. We left.", ["Is it so?", "No.", "We left."]),
        ("See No. 5 here.", ["See No. 5 here."]),
        ("He left at 5 p.m. Mr. Orr stayed.", ["He left at 5 p.m.", "Mr. Orr stayed."]),
        ("At 5 p.m. Mr. Orr left.", ["At 5 p.m. Mr. Orr left."]),
        ("1. Bread 2. Milk 3. Salt", ["1. Bread", "2. Milk", "3. Salt"]),
        ("We met J.D. Harrow. He spoke.", ["We met J.D. Harrow.", "He spoke."]),
        ("It works!! Really?! Yes.", ["It works!!", "Really?!", "Yes."]),
        ("One line\nanother line", ["One line", "another line"]),
        ("It was dropped. . . . The rest stayed.", ["It was dropped.", ". . . The rest stayed."]),
        ("The dam . . . was old.", ["The dam . . . was old."]),
        ("She works at Yahoo! in Lund.", ["She works at Yahoo! in Lund."]),
        ("P.S. I like Lund.", ["P.S. I like Lund."]),
        ("Yes. (Laughter.) We go.", ["Yes.", "(Laughter.)", "We go."]),
        ("He left :) She stayed.", ["He left :)", "She stayed."]),
        ("It rose 5 p.m. EST time.He left.", ["It rose 5 p.m. EST time.", "He left."]),
        ("----- Notice ----- We are open.", ["-----", "Notice", "-----", "We are open."]),
    ],
)
def test_known_traps(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_sentences_are_ordered_trimmed_and_lose_nothing(text: str) -> None:
    found = sentences(text)
    assert all(s.begin < s.end and text[s.begin : s.end].strip() == text[s.begin : s.end] for s in found)
    assert all(a.end <= b.begin for a, b in pairwise(found))
    assert "".join("".join(text[s.begin : s.end].split()) for s in found) == "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_passages_slice_back_and_stay_inside_paragraphs(body: str) -> None:
    for passage in passages(article(body)):
        assert body[passage.span.begin : passage.span.end] == passage.text
        assert any(c.isalnum() for c in passage.text)
        assert "\n" not in passage.text


def test_the_headline_is_one_passage_of_its_own() -> None:
    body = "Dam breaks. Two towns flooded\n\nThe dam broke. Nobody died."
    found = [p.text for p in passages(article(body, Span(0, 29)))]
    assert found == ["Dam breaks. Two towns flooded", "The dam broke.", "Nobody died."]


def test_no_sentence_crosses_a_paragraph() -> None:
    body = "A town that\n\nnobody knew was flooded."
    assert [p.text for p in passages(article(body))] == ["A town that", "nobody knew was flooded."]


def test_an_article_without_words_has_no_passages() -> None:
    assert passages(article("")) == ()
    assert passages(article(" \n\n *** \n\n --")) == ()


def spent(text: str) -> float:
    begin = time.process_time()
    sentences(text)
    return time.process_time() - begin


@pytest.mark.parametrize(
    "piece", [". ", "! ", '."', "a. ", "1. ", "U.S. ", "(", "http://x ", "_", "... A", "word "]
)
def test_time_grows_with_the_line_and_not_with_its_square(piece: str) -> None:
    sentences("Warm up. Now go.")
    assert spent((piece * 20_000)[:20_000]) < 10 * spent((piece * 5_000)[:5_000]) + 0.3


def test_nltk_is_left_as_it_was() -> None:
    """Punkt comes without NLTK's front, and another user of NLTK still gets all of it."""
    code = (
        "import sys; from compare.text.passages import sentences;"
        "assert len(sentences('We sat. He left.')) == 2;"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('nltk', 'scipy', 'sklearn')];"
        "import nltk; assert nltk.tokenize.wordpunct_tokenize('a b') == ['a', 'b']"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_punkt_works_where_nltk_is_imported_already() -> None:
    code = (
        "import nltk; from compare.text.passages import sentences;"
        "assert len(sentences('We sat. He left.')) == 2"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
