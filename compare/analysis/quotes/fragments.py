"""A few words in quotation marks whose fuller wording another outlet quotes: words left out inside."""

from collections.abc import Iterator, Sequence

from compare.analysis.quotes.terms import evidence, finding
from compare.model import Evidence, Finding, Span
from compare.text.citing import cited
from compare.text.marks import quoted
from compare.text.utterances import Utterance, Voice, folded, folded_words, passage_at, telling

FEWEST, MOST, LEFT_OUT = 2, 4, 3
LEAST_WORDS = 6
CERTAINTY = 0.8


def fragments(voiced: Sequence[Voice], said: Sequence[Utterance]) -> Iterator[Finding]:
    """One finding a fragment of ``FEWEST`` to ``MOST`` words that stands with up to ``LEFT_OUT`` more words
    in one quotation of another outlet, where both sentences share another telling word.
    """
    long = [u for u in said if len(u.words) >= LEAST_WORDS]
    for voice in voiced:
        for mark in quoted(voice.article.body):
            span = mark.inner
            told = tuple(word for word, _ in folded(voice.article.body, span))
            passage = passage_at(voice.passages, span.begin)
            if passage is None or span.begin < voice.article.headline.end or not FEWEST <= len(told) <= MOST:
                continue
            if not telling(told):
                continue
            others = (u for u in long if u.voice.outlet != voice.outlet)
            fuller = [(u, places) for u in others if (places := _inside(told, u))]
            if len(fuller) != 1:
                continue
            (other, places), own = fuller[0], Evidence(voice.outlet, passage, marks=(span,))
            if _together(passage.text, other.passage.text, told):
                yield _finding(voice, span, other, places, own)


def _inside(told: tuple[str, ...], fuller: Utterance) -> tuple[int, int] | None:
    """Where the words stand in order, with one to ``LEFT_OUT`` others between them: first and last place."""
    for begin, word in enumerate(fuller.words):
        place, found = begin, [begin] if word == told[0] else []
        for wanted in told[1:] if found else ():
            place = next((n for n in range(place + 1, len(fuller.words)) if fuller.words[n] == wanted), -1)
            if place < 0:
                break
            found.append(place)
        if len(found) == len(told) and 0 < found[-1] - begin + 1 - len(told) <= LEFT_OUT:
            return begin, found[-1]
    return None


def _together(one: str, other: str, told: tuple[str, ...]) -> bool:
    shared = set(folded_words(one)) & set(folded_words(other)) - set(told)
    return bool(telling(sorted(shared)))


def _finding(voice: Voice, span: Span, other: Utterance, places: tuple[int, int], own: Evidence) -> Finding:
    body = other.voice.article.body
    fuller = Span(other.spans[places[0]].begin, other.spans[places[1]].end)
    summary = (
        f"{voice.outlet} quotes {cited(voice.article.body[span.begin : span.end])} where "
        f"{other.voice.outlet} quotes {cited(body[fuller.begin : fuller.end])}."
    )
    return finding("altered", summary, [own, evidence(other, [fuller])], CERTAINTY)
