"""Whether two quotations differ in what was said, and not only in how it is written."""

from collections.abc import Sequence

from compare.model import Span
from compare.text.utterances import Utterance, plainly, telling

_NEGATIONS = frozenset(["not", "never", "no"])
_AS_SPOKEN = {
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "cannot": "can not",
    "em": "them",
    "til": "until",
    "ok": "okay",
    # "my daughter's been hurt": the short form is always written out as "is"
    "has": "is",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "5th": "fifth",
    "6th": "sixth",
    "7th": "seventh",
    "8th": "eighth",
    "9th": "ninth",
    "10th": "tenth",
    "11th": "eleventh",
    "12th": "twelfth",
}


def spoken(said: Sequence[str]) -> list[str]:
    """Words as they are said, however they are written: "gonna", "11th", "daughter's" for "daughter has"."""
    parts = " ".join(said).replace("-", " ").split()
    return [part for word in parts for part in _AS_SPOKEN.get(word, word).split()]


def matters(a: Utterance, left: list[Span], b: Utterance, right: list[Span]) -> bool:
    """Whether words of content or a negation differ, and not only how they are written."""
    texts = [
        u.voice.article.body[s.begin : s.end].casefold()
        for u, spans in ((a, left), (b, right))
        for s in spans
    ]
    parts = (texts[: len(left)], texts[len(left) :])
    letters = ["".join(plainly(t) for t in part) for part in parts]
    rest = [w for part, other in (parts, parts[::-1]) for w in part if plainly(w) not in map(plainly, other)]
    return letters[0] != letters[1] and bool(telling(rest) or _NEGATIONS & set(rest))
