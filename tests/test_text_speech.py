import numpy as np
import pytest

from compare.text import chain, speech
from compare.text.marks import quoted

TEXT = "“We will rebuild,” Mayor Ana Rivera said.\n\nThe council’s lawyers don't agree, say U.S. papers."


def test_probabilities_of_a_token_sum_to_one() -> None:
    found = speech.marginals(TEXT, quoted(TEXT))
    assert found.probability.shape == (len(found.tokens), len(chain.LABELS))
    assert found.probability.sum(axis=1) == pytest.approx(np.ones(len(found.tokens)))


def test_a_verb_of_saying_is_a_cue_and_the_quoted_words_are_content() -> None:
    found = speech.marginals(TEXT, quoted(TEXT))
    likeliest = found.probability.argmax(axis=1)
    best = {text: chain.LABELS[n] for text, n in zip(found.tokens.texts, likeliest, strict=True)}
    assert (best["said"], best["rebuild"], best["Rivera"]) == ("cue", "content", "source")


def test_paragraphs_do_not_see_each_other() -> None:
    alone = speech.marginals("It rained.", [])
    beside = speech.marginals("It rained.\n\n“No,” he said.", quoted("It rained.\n\n“No,” he said."))
    assert beside.probability[: len(alone.tokens)] == pytest.approx(alone.probability)


def test_texts_read_together_are_read_as_if_alone() -> None:
    texts = [TEXT, "", "He denied that it rained. “It", "She said so.\n\n“It did,” he said."]
    marks = [quoted(text) for text in texts]
    for one, text, own in zip(speech.all_marginals(texts, marks), texts, marks, strict=True):
        alone = speech.marginals(text, own)
        assert one.tokens.texts == alone.tokens.texts
        assert (one.probability == alone.probability).all()
