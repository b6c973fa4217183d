"""How a finding on quotations is put together: its words, its evidence and how sure it is."""

import re
from collections.abc import Sequence

from compare.model import Evidence, Finding, Passage, Span
from compare.text.cues import is_role
from compare.text.mouths import last_named, named_between, surname
from compare.text.utterances import Utterance, passage_at, same_speaker, telling

# The shares upheld in the reading that docs/reliability.md describes; spliced and other speaker are too few
# to measure and set lower.
CONFIDENCE = {
    "cut": 0.95,
    "altered": 0.85,
    "spliced": 0.75,
    "paraphrased": 0.92,
    "other speaker": 0.7,
    "only in one": 0.92,
}
WEIGHT = {
    "cut": 0.6, "altered": 0.8, "spliced": 0.75, "paraphrased": 0.5, "other speaker": 0.8, "only in one": 0.4
}  # fmt: skip
LONGEST, UNSURE, LONGEST_SOURCE = 280, 0.5, 5
LONGEST_PASSAGE = 900
UNKNOWN = "its source"
_BESIDE = frozenset(["than", "as", "to", "of", "with", "from", "about", "for", "like"])
_DAY = re.compile(r" (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_PRONOUNS = frozenset(
    [
        "as",
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "who",
        "which",
        "that",
        "this",
        "these",
        "her",
        "his",
        "their",
        "its",
    ]
)


def finding(variety: str, summary: str, proof: Sequence[Evidence], certainty: float = 1.0) -> Finding:
    """A finding of kind "quote"; ``certainty`` in [0, 1] lowers what the variety is worth."""
    confidence = round(CONFIDENCE[variety] * min(1.0, certainty), 4)
    return Finding("quote", variety, summary, tuple(proof), confidence, WEIGHT[variety])


def own_words(utterance: Utterance) -> list[str]:
    """The telling words of a quotation that are no names."""
    body = utterance.voice.article.body
    pairs = zip(utterance.words, utterance.spans, strict=True)
    return telling([w for w, s in pairs if body[s.begin].islower()])


def evidence(utterance: Utterance, spans: Sequence[Span] = ()) -> Evidence:
    """The passage of a quotation, with the given words marked, or else all its words there."""
    passage = _whole(utterance, spans)
    marked = _joined(spans) if spans else [utterance.quotation.words]
    clipped = [
        Span(max(m.begin, passage.span.begin), min(m.end, passage.span.end))
        for m in marked
        if m.begin < passage.span.end and m.end > passage.span.begin
    ]
    return Evidence(utterance.voice.outlet, passage, "says", tuple(clipped))


def _whole(utterance: Utterance, spans: Sequence[Span]) -> Passage:
    """The sentences that the quoted words run through, from the first to the last, as one passage."""
    said, passages = utterance.quotation.words, utterance.voice.passages
    begin = min([said.begin, *(span.begin for span in spans)])
    end = max([said.end, *(span.end for span in spans)]) - 1
    first = passage_at(passages, begin) or utterance.passage
    last = passage_at(passages, end) or first
    if not 0 < last.span.end - first.span.begin <= LONGEST_PASSAGE:
        return first
    span = Span(first.span.begin, max(first.span.end, last.span.end))
    return Passage(first.article, span, utterance.voice.article.body[span.begin : span.end])


def _joined(spans: Sequence[Span]) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        if out and span.begin - out[-1].end <= 1:
            out[-1] = Span(out[-1].begin, max(span.end, out[-1].end))
        else:
            out.append(span)
    return out


def speaker(first: Utterance, second: Utterance) -> str:
    """How to name the speaker of the first: as its own text does, or as the second's where it has no name."""
    if first.quotation.certainty < UNSURE:
        return UNKNOWN
    if first.quotation.person:
        return _tidy(first.quotation.speaker) if beyond_doubt(first) else UNKNOWN
    if second.quotation.person and same_speaker(first.quotation, second.quotation):
        return second.quotation.speaker
    said = first.quotation.speaker.split(",")[0].strip()
    first_word = said.split()[0].lower() if said else ""
    said = _DAY.sub("", said)
    plain = said and len(said.split()) <= LONGEST_SOURCE and first_word not in _PRONOUNS
    return said if plain else UNKNOWN


def named_here(utterance: Utterance) -> bool:
    """Whether the source that the text gives for an utterance has the speaker's surname in it."""
    source, name = utterance.quotation.source, utterance.quotation.speaker.split()
    said = utterance.voice.article.body[source.begin : source.end] if source else ""
    beside = said.split(" ")[0].casefold() in _BESIDE
    return bool(name) and utterance.quotation.person and not beside and name[-1].casefold() in said.casefold()


def named_before(utterance: Utterance) -> bool:
    """Whether the speaker is named in the source, or is "he" or "she" where the same sentence and the one
    before name no other person.
    """
    if named_here(utterance):
        return True
    voice, source = utterance.voice, utterance.quotation.source
    if not source or voice.article.body[source.begin : source.end].casefold() not in ("he", "she"):
        return False
    at = voice.passages.index(utterance.passage)
    begin = voice.passages[max(0, at - 1)].span.begin
    named = named_between(voice.article.body, begin, utterance.passage.span.end)
    return named == {surname(utterance.quotation.speaker)}


def beyond_doubt(utterance: Utterance) -> bool:
    """Whether a speaker is named in the source itself, or is the person named last before a pronoun."""
    if named_here(utterance):
        return True
    source = utterance.quotation.source or utterance.quotation.content
    return last_named(utterance.voice.article.body, source.begin) == surname(utterance.quotation.speaker)


def _tidy(name: str) -> str:
    """A name without the office that was taken into it ("Manager A. J. Smith")."""
    parts = name.split()
    while len(parts) > 2 and is_role(parts[0].casefold().rstrip(".")):
        del parts[0]
    return " ".join(parts)


def shown(utterance: Utterance) -> str:
    """The quoted words between curly marks, shortened."""
    span = utterance.quotation.words
    return f"“{shortened(utterance.voice.article.body[span.begin : span.end]).rstrip('.')}”"


def shortened(text: str) -> str:
    """A text on one line, cut at a word where it is longer than ``LONGEST`` characters."""
    flat = " ".join(text.split()).strip(" ,")
    return flat if len(flat) <= LONGEST else flat[: flat.rfind(" ", 0, LONGEST)].rstrip(" ,;:") + "…"


def sure(a: Utterance, b: Utterance) -> float:
    """How sure the sources of two quotations are, in [0.5, 1]."""
    return min(1.0, 0.5 + 0.5 * min(a.quotation.certainty, b.quotation.certainty))
