"""One speaker, one statement, and verbs that stand differently to it."""

from collections.abc import Iterator

from compare.analysis.attribution.statements import Statement, much_shared, same_content
from compare.analysis.attribution.terms import certainty, evidence, finding, name
from compare.analysis.attribution.verbs import STANCES
from compare.model import Finding
from compare.text import cues
from compare.text.mouths import surname
from compare.text.quotation import Quotation
from compare.text.utterances import stems

# "rejected an offer", "discounted those rumours" do something with what others said
_OWNED = frozenset(["his", "her", "its", "their", "the", "a", "an", "of"])
_DENIED = frozenset(["not", "n't", "never", "declined", "refused"])
# deeds rather than ways of saying: the other outlet tells of the apology, or of the court, too
_ACTS = frozenset(["apologize", "apologise", "testify", "attest", "threaten", "continue", "begin"])
_DENYING = frozenset(["deny", "dispute", "disagree"])


def differing_stances(a: Statement, b: Statement) -> Iterator[Finding]:
    """One speaker, one statement, and verbs that stand differently to it."""
    if not (a.quotation and b.quotation and a.quotation.cue and b.quotation.cue):
        return
    cited = ((a, a.quotation.cue), (b, b.quotation.cue))
    said = [s.voice.article.body[cue.begin : cue.end] for s, cue in cited]
    if not _differ(*(cues.verb(one) for one in said)):
        return
    if any(not _plain(one) for one in said) or not _one_speaker(a.quotation, b.quotation):
        return
    if not (same_content(a, b) or much_shared(a, b)):
        return
    used = [_verb_alone(one) for one in said]
    summary = f"For the same statement of {name(a)}, {a.outlet} writes “{used[0]}”, {b.outlet} “{used[1]}”."
    yield finding("stance", summary, [evidence(s, (cue,)) for s, cue in cited], certainty(a, b))


def _differ(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether two verbs, each with its stance, stand differently to a statement, and one not neutrally."""
    stances = {first[1], second[1]}
    if len(stances) < 2 or first[0] == second[0] or not stances & STANCES:
        return False
    return not any(stance == "denied" and lemma not in _DENYING for lemma, stance in (first, second))


def _plain(cue: str) -> bool:
    """Whether a cue is a verb and no more: not "walked back his claim", "spoke of threats"."""
    words = cue.lower().split()
    verbs = [word for word in words if cues.verb(word)[0]]
    if len(verbs) != 1 or _OWNED & set(words) or cues.verb(cue)[0] in _ACTS:
        return False
    return not _DENIED & set(words[: words.index(verbs[0])])


def _verb_alone(cue: str) -> str:
    """A cue up to its verb: "said" of "said during"."""
    verb = cues.verb(cue)[0]
    words = cue.split()
    ends = [n for n, word in enumerate(words, 1) if cues.verb(word)[0] == verb]
    return " ".join(words[: ends[-1]]) if ends else cue


def _one_speaker(a: Quotation, b: Quotation) -> bool:
    if a.person and b.person:
        return surname(a.speaker) == surname(b.speaker)
    return (
        not a.person
        and not b.person
        and bool(stems(a.speaker.lower().split()) & stems(b.speaker.lower().split()))
    )
