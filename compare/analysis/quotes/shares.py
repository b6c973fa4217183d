"""How many words of a story stand in quotation marks, by speaker and by outlet."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from compare.analysis.quotes.identity import identified
from compare.analysis.quotes.terms import UNKNOWN, speaker
from compare.model import Alignment
from compare.text.cues import is_for_people
from compare.text.mouths import surname
from compare.text.utterances import Utterance, utterances, voices

UNRESOLVED = "speaker not resolved"


@dataclass(frozen=True, slots=True)
class Share:
    """One speaker's quoted words. ``words`` and ``quotations`` are counts in the order of the outlets.

    ``person`` is true for somebody named; else ``speaker`` is how a text describes the source, or
    ``UNRESOLVED``.
    """

    speaker: str
    person: bool
    words: tuple[int, ...]
    quotations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """Quoted words of a story; ``lengths`` are all words of each outlet's articles, the base of a share.

    ``speakers`` come by falling count over all outlets, the unresolved last.
    """

    outlets: tuple[str, ...]
    lengths: tuple[int, ...]
    speakers: tuple[Share, ...]

    @property
    def quoted(self) -> tuple[int, ...]:
        """All quoted words of each outlet."""
        return tuple(sum(one.words[n] for one in self.speakers) for n in range(len(self.outlets)))


def shares(alignment: Alignment) -> Shares:
    """Direct quotations outside headlines, counted by speaker (people by surname) and outlet."""
    every = [utterance for voice in identified(voices(alignment)) for utterance in utterances(voice)]
    people = {surname(one.quotation.speaker) for one in every if _named(one)}
    said: dict[tuple[bool, str], list[Utterance]] = defaultdict(list)
    for utterance in every:
        said[_key(utterance, people)].append(utterance)
    outlets = tuple(sorted(alignment.outlets, key=lambda name: (name.casefold(), name)))
    articles = alignment.story.articles
    lengths = [sum(len(a.body.split()) for a in articles if a.outlet == outlet) for outlet in outlets]
    found = [_share(key, listed, outlets) for key, listed in said.items()]
    return Shares(outlets, tuple(lengths), tuple(sorted(found, key=_order)))


def _named(utterance: Utterance) -> bool:
    return utterance.quotation.person and speaker(utterance, utterance) != UNKNOWN


def _key(utterance: Utterance, people: Set[str]) -> tuple[bool, str]:
    """A person's surname; a description that has one ("Nims of the port") is that person."""
    name = speaker(utterance, utterance)
    if name == UNKNOWN:
        return False, UNRESOLVED
    if utterance.quotation.person:
        return True, surname(name)
    told = name.split()
    # "fighting the government" says what somebody does, and not who
    if told[0].endswith("ing") or not any(word[0].isupper() or is_for_people(word.lower()) for word in told):
        return False, UNRESOLVED
    within = sorted({surname(word) for word in name.split() if word[0].isupper()} & people)
    return (True, within[0]) if len(within) == 1 else (False, name.casefold())


def _share(key: tuple[bool, str], said: Sequence[Utterance], outlets: Sequence[str]) -> Share:
    own = [[_length(one) for one in said if one.voice.outlet == outlet] for outlet in outlets]
    return Share(_name(key, said), key[0], tuple(map(sum, own)), tuple(map(len, own)))


def _name(key: tuple[bool, str], said: Sequence[Utterance]) -> str:
    """How a text names the speaker: of two words rather than one, and without an office before them."""
    if key == (False, UNRESOLVED):
        return UNRESOLVED
    names = {speaker(one, one) for one in said if one.quotation.person == key[0]}
    return min(names, key=lambda name: (" " not in name, len(name), name))


def _length(utterance: Utterance) -> int:
    span = utterance.quotation.words
    return len(utterance.voice.article.body[span.begin : span.end].split())


def _order(one: Share) -> tuple[bool, int, str]:
    return one.speaker == UNRESOLVED, -sum(one.words), one.speaker
