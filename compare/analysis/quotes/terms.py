"""How a finding on quotations is put together: its words, its evidence and how sure it is."""

import re
from collections.abc import Sequence

from compare.model import Evidence, Finding, Passage, Span
from compare.text.citing import listed
from compare.text.cues import is_role, words
from compare.text.mouths import last_named, named_between, surname
from compare.text.utterances import Utterance, passage_at, same_speaker, telling

# The shares upheld in the reading that docs/reliability.md describes; spliced and other speaker are too few
# to measure and set lower.
CONFIDENCE = {
    "cut": 0.85,
    "altered": 0.85,
    "spliced": 0.75,
    "paraphrased": 0.92,
    "other speaker": 0.6,
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
_NOUN = re.compile(r" ([a-z]{3,}(?<!ing)(?<!ed)(?<!ly))\b")
_DETERMINERS = frozenset(["the", "a", "an", "another", "one", "some", "several"])
_KIN = frozenset(
    ["wife", "husband", "mother", "father", "son", "daughter", "brother", "sister", "widow", "family", "aide"]
)
# a name that began before it, or was cut off behind a rank
_BROKEN = re.compile(
    r"^(?:Rather|Instead|While|When|After|Before|Although|Since|But|And|If|Despite|Even|Only|Meanwhile)\b"
    r"|^(?:Brig|Gen|Lt|Sgt|Col|Capt|Maj|Sen|Rep|Gov|Dr|Mrs?|Ms|Adm)$"
)
_HEARSAY = re.compile(
    r" (?:sa(?:id|ys) )?(?:that )?(?:his|her|their|the|an?|one) [\w-]+(?: [\w-]+)? (?:told|said|asked)\b"
    r"|,? quoting\b"
)
_PRONOUNS = frozenset(
    [
        "as",
        "by",
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
    if _heard(first) or _BROKEN.search(first.quotation.speaker):
        return UNKNOWN
    if first.quotation.person:
        return _in_full(first) if beyond_doubt(first) else UNKNOWN
    if second.quotation.person and same_speaker(first.quotation, second.quotation):
        return second.quotation.speaker
    if _cut_off(first):
        return UNKNOWN
    said = first.quotation.speaker.split(",")[0].strip()
    first_word = said.split()[0].lower() if said else ""
    said = _DAY.sub("", said)
    if first_word in _DETERMINERS:
        said = said[0].lower() + said[1:]
    plain = said and len(said.split()) <= LONGEST_SOURCE and first_word not in _PRONOUNS
    return said if plain else UNKNOWN


def _cut_off(utterance: Utterance) -> bool:
    """Whether a description seems to go on behind the source: "a manager at the state" before "railway"."""
    source, body = utterance.quotation.source, utterance.voice.article.body
    following = _NOUN.match(body, source.end) if source else None
    return bool(following and following[1] not in words())


def saying(outlets: Sequence[str], who: str, utterance: Utterance) -> str:
    """Who quotes whom as saying what, or only that they quote it where nobody can be named."""
    verb = "quotes" if len(outlets) == 1 else "quote"
    by = "" if who == UNKNOWN else f" {who} as saying"
    return f"{listed(outlets)} {verb}{by} {shown(utterance)}"


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
    body, who = utterance.voice.article.body, utterance.quotation.speaker
    return last_named(body, source.begin) == surname(who) and not _somebody_of(body[: source.begin], who)


def _somebody_of(before: str, who: str) -> bool:
    """Whether this person was named last only to name another: "Rivera's wife told them ... she said"."""
    name = who.rsplit(maxsplit=1)[-1]
    owned = re.match(r"['’]s? ((?:[\w-]+ ?){1,3})", before[before.rfind(name) + len(name) :])
    return owned is not None and any(w in _KIN or is_role(w) for w in owned.group(1).casefold().split())


def _in_full(utterance: Utterance) -> str:
    """A speaker's name, or as the source itself has it where the text has two of that surname; ``UNKNOWN``
    where the source does not tell which of the two.
    """
    name = utterance.quotation.speaker
    if " " in name:
        return _tidy(name)
    body, source = utterance.voice.article.body, utterance.quotation.source
    given = re.compile(
        rf"\b(?!(?:The|And|But|When|As|If|For|Mrs?|Ms)\b)([A-Z][\w’'-]+\.? (?:[A-Z]\.? )?){re.escape(name)}\b"
    )
    head = body[source.begin : source.end].split(",")[0] if source else ""
    own = [m for m in given.finditer(head) if not _is_office(m)]
    if own:
        return _tidy(own[0].group())
    named = {m.group(1).split()[0] for m in given.finditer(body) if not _is_office(m)}
    return UNKNOWN if len(named) > 1 else name


def _is_office(named: re.Match[str]) -> bool:
    return is_role(named.group(1).split()[0].casefold().rstrip("."))


def _heard(utterance: Utterance) -> bool:
    """Whether the source only tells what somebody else said to it ("Rivera said his uncle told him")."""
    ends = [s.end for s in (utterance.quotation.source, utterance.quotation.cue) if s]
    return any(_HEARSAY.match(utterance.voice.article.body, end) for end in ends)


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
