"""Which quotations are compared at all: words that somebody said, between marks that hold nothing else."""

import re

from compare.text.utterances import Utterance, telling

_SWALLOWED = re.compile(r"[“”\"«»]|\b(?:said|says|told)\b[^.!?]{0,40}\b(?:statement|release|reporters)\W*$")
LONGEST_TITLE = 10


def sound(utterance: Utterance) -> bool:
    """Whether a quotation is no title and has not run over the end of what was said."""
    words = utterance.quotation.words
    text = utterance.voice.article.body[words.begin : words.end]
    return not _SWALLOWED.search(text) and not _is_title(utterance)


def _is_title(utterance: Utterance) -> bool:
    """Whether all words of content have capitals, as in "The Long Way Home"."""
    if not 2 <= len(utterance.words) <= LONGEST_TITLE:
        return False
    body = utterance.voice.article.body
    content = set(telling(utterance.words))
    pairs = zip(utterance.words, utterance.spans, strict=True)
    initials = [body[span.begin] for word, span in pairs if word in content]
    return len(initials) > 1 and not any(letter.islower() for letter in initials)
