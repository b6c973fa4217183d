"""Which words of a text cue an attribution, name its source, or are its content.

Attribution is seen as PolNeAR defines it (Newell and others 2018, LREC, "An Attribution Relations
Corpus for Political News"): not only speech but also thoughts, intentions and attitudes that the
text puts down to somebody. A linear chain (``chain``) reads each paragraph: every token shows
attributes of our own design (``attributes``), seen through a window of neighbours.
``benchmarks/fit_quotes.py`` fitted the weights in ``lexicons/speech.json``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from compare.text import attributes, chain
from compare.text.marks import Quoted
from compare.text.tokens import Stream, tokens
from compare.text.weights import Array


@dataclass(frozen=True, slots=True, eq=False)
class Marginals:
    """For each token of a text the probability of each of ``chain.LABELS``: shape (tokens, 4)."""

    tokens: Stream
    probability: Array


def marginals(text: str, marks: list[Quoted]) -> Marginals:
    """The probability of each label for each token of ``text``."""
    return all_marginals([text], [marks])[0]


def all_marginals(texts: Sequence[str], marks: Sequence[list[Quoted]]) -> list[Marginals]:
    """``marginals`` of several texts, read in one go, which is far cheaper and changes nothing."""
    streams = [tokens(text) for text in texts]
    words = [word for stream in streams for word in stream.texts]
    if not words:
        return [Marginals(stream, np.zeros((0, len(chain.LABELS)))) for stream in streams]
    opens = np.concatenate([stream.opens for stream in streams])
    quotes = np.concatenate([attributes.inside(*one) for one in zip(streams, marks, strict=True)])
    found = chain.marginals(
        attributes.shown(words, opens, quotes), attributes.steps(words, opens, quotes), _paragraphs(streams)
    )
    cuts = pairwise(accumulate(map(len, streams), initial=0))
    return [Marginals(stream, found[a:b]) for stream, (a, b) in zip(streams, cuts, strict=True)]


def _paragraphs(streams: Sequence[Stream]) -> Array:
    """The number of each token's paragraph among those of all texts."""
    firsts = np.concatenate([np.diff(s.paragraphs, prepend=-1) > 0 for s in streams])
    return np.cumsum(firsts)
