import numpy as np
import pytest

from compare.text import chain, speech
from compare.text.marks import quoted

TEXT = "“We will rebuild,” Mayor Ana Rivera said.\n\nThe council’s lawyers don't agree, say U.S. papers."


def test_tokens_slice_back_and_know_their_paragraph() -> None:
    found = speech.tokens(TEXT)
    assert all(TEXT[t.span.begin : t.span.end] == t.text for t in found)
    assert {t.paragraph for t in found} == {0, 1}
    assert {"don't", "U.S.", "’s"} <= {t.text for t in found}


def test_the_first_token_of_a_sentence_opens_it() -> None:
    found = speech.tokens("It rained. She left.\n\nNobody came.")
    assert [t.text for t in found if t.opens] == ["It", "She", "Nobody"]


def test_probabilities_of_a_token_sum_to_one() -> None:
    found = speech.marginals(TEXT, quoted(TEXT))
    assert found.probability.shape == (len(found.tokens), len(chain.LABELS))
    assert found.probability.sum(axis=1) == pytest.approx(np.ones(len(found.tokens)))


def test_a_verb_of_saying_is_a_cue_and_the_quoted_words_are_content() -> None:
    found = speech.marginals(TEXT, quoted(TEXT))
    best = {
        t.text: chain.LABELS[int(p.argmax())] for t, p in zip(found.tokens, found.probability, strict=True)
    }
    assert (best["said"], best["rebuild"], best["Rivera"]) == ("cue", "content", "source")


def test_paragraphs_do_not_see_each_other() -> None:
    alone = speech.marginals("It rained.", [])
    beside = speech.marginals("It rained.\n\n“No,” he said.", quoted("It rained.\n\n“No,” he said."))
    assert beside.probability[: len(alone.tokens)] == pytest.approx(alone.probability)
