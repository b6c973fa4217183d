"""The same utterance in several outlets: cut, altered, spliced, paraphrased, in another mouth, alone.

Quotations meet by the words inside the quotation marks, wherever they stand, and by the rows of the
table. Nothing here depends on the order of outlets or articles.
"""

from compare.analysis.quotes.absence import lonely, paraphrased, unmarked
from compare.analysis.quotes.fragments import fragments
from compare.analysis.quotes.identity import identified
from compare.analysis.quotes.meeting import meetings
from compare.analysis.quotes.sound import sound
from compare.model import Alignment, Finding
from compare.text.utterances import utterances, voices


def find(alignment: Alignment) -> tuple[Finding, ...]:
    """Findings of kind "quote", the weightiest first; varieties are the keys of ``terms.CONFIDENCE``."""
    voiced = identified(voices(alignment))
    said = [utterance for voice in voiced for utterance in utterances(voice) if sound(utterance)]
    found = [
        *meetings(said, voiced),
        *fragments(voiced, said),
        *paraphrased(alignment, voiced, said),
        *unmarked(voiced, said),
        *lonely(alignment, voiced, said),
    ]
    unique = {_key(f): f for f in found}
    return tuple(sorted(unique.values(), key=lambda f: (-f.weight, f.variety, f.summary)))


def _key(finding: Finding) -> tuple[object, ...]:
    """What agrees for findings that say the same: a short quotation may lack its marks in a row, and again
    word for word.
    """
    if finding.variety == "paraphrased":
        return finding.variety, frozenset((e.outlet, e.passage) for e in finding.evidence)
    return finding.variety, finding.summary
