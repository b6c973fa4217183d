"""Two quotations that share words: one cut, altered, or spliced."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from compare.analysis.quotes.absence import IN_A_ROW, VERBATIM
from compare.analysis.quotes.alteration import matters, spoken
from compare.analysis.quotes.swapped import swapped
from compare.analysis.quotes.terms import UNKNOWN, evidence, finding, own_words, saying, shown, speaker, sure
from compare.model import Finding, Span
from compare.text.citing import listed
from compare.text.utterances import Utterance, Voice, blocks, folded, same_speaker, telling

MORE = 4  # words of the rest that an outlet has in a row, so that it does not give "only" its cut
ALTERED_SHARED = 3  # telling words that two quotations have to share to be one
_TURNS = frozenset(["but", "not", "never", "no", "unless", "if", "only", "except", "though", "although"])
_ELLIPSIS = ("…", "...", ". . .", "[")


@dataclass(frozen=True, slots=True)
class _Cut:
    """``short`` gives only the words of ``long`` at the places ``kept``."""

    long: Utterance
    short: Utterance
    kept: tuple[int, ...]


def meetings(said: Sequence[Utterance], voiced: Sequence[Voice]) -> Iterator[Finding]:
    """Findings from pairs of quotations that share a content word."""
    cuts: list[_Cut] = []
    swaps: list[tuple[Utterance, Utterance]] = []
    for a, b in _candidates(said):
        if same_speaker(a.quotation, b.quotation) is False:
            swaps.append((a, b))
        elif a.voice.outlet != b.voice.outlet and a.words != b.words:
            long, short = (a, b) if (len(a.words), a.words) >= (len(b.words), b.words) else (b, a)
            found = _compared(long, short)
            if isinstance(found, Finding):
                yield found
            elif found:
                cuts.append(found)
    yield from swapped(swaps, said, voiced)
    yield from _cuts(cuts, said, _texts(voiced))


def _candidates(said: Sequence[Utterance]) -> list[tuple[Utterance, Utterance]]:
    having: dict[str, list[int]] = defaultdict(list)
    for n, utterance in enumerate(said):
        for word in sorted(set(telling(utterance.words))):
            having[word].append(n)
    pairs = sorted({pair for listed in having.values() for pair in combinations(listed, 2)})
    return [(said[i], said[j]) for i, j in pairs]


def _compared(long: Utterance, short: Utterance) -> Finding | _Cut | None:
    found = blocks(long.words, short.words)
    matched = sum(n for _, _, n in found)
    if matched == len(short.words):
        return _contained(long, short, found)
    interior = any(
        min(m, n) >= 2 or (m + n >= 4 and matched >= 6) for (_, _, m), (_, _, n) in pairwise(found)
    )
    said = telling([w for _, y, n in found for w in short.words[y : y + n]])
    enough = matched >= 4 and matched >= 0.6 * len(short.words) and len(said) >= ALTERED_SHARED
    if enough and len(short.words) >= 5 and interior:
        return _altered(long, short, found)
    return _fragment(long, short)


def _contained(long: Utterance, short: Utterance, found: list[tuple[int, int, int]]) -> Finding | _Cut | None:
    """All words of the short quotation stand in the long one, in order."""
    gaps = [x2 - (x + n) for (x, _, n), (x2, _, _) in pairwise(found)]
    text = short.voice.article.body[short.quotation.words.begin : short.quotation.words.end]
    if not gaps or any(mark in text for mark in _ELLIPSIS):
        return _cut(long, short, [x + k for x, _, n in found for k in range(n)])
    if max(gaps) >= 3 and all(n >= 3 for _, _, n in found):
        return _spliced(long, short, found)
    if len(short.words) >= 5 and max(gaps) <= 3:
        return _altered(long, short, found)
    return _fragment(long, short)


def _cut(long: Utterance, short: Utterance, kept: Sequence[int]) -> _Cut | None:
    own = own_words(short)
    known = same_speaker(long.quotation, short.quotation)
    specific = (
        len(own) >= 3 or len(kept) >= VERBATIM or (bool(known) and bool(own) and max(map(len, own)) >= 5)
    )
    left_out = len(long.words) - len(set(kept))
    if left_out < max(4, 0.25 * len(long.words)) or not specific:
        return None
    return _Cut(long, short, tuple(kept))


def _cuts(cuts: Sequence[_Cut], said: Sequence[Utterance], texts: dict[str, str]) -> Iterator[Finding]:
    """One finding for each long quotation and outlet that cuts it, unless that outlet quotes most of the
    rest elsewhere, or has some of it word for word. A short quotation is taken to be cut from the longest one
    of each outlet.
    """
    longest: dict[tuple[int, str], _Cut] = {}
    for cut in cuts:
        key = (id(cut.short), cut.long.voice.outlet)
        known = longest.get(key)
        if not known or _size(cut) > _size(known):
            longest[key] = cut
    groups: dict[tuple[int, str], list[_Cut]] = defaultdict(list)
    found: list[tuple[_Cut, ...]] = []
    for cut in longest.values():
        groups[id(cut.long), cut.short.voice.outlet].append(cut)
    for group in groups.values():
        long, outlet = group[0].long, group[0].short.voice.outlet
        own = [u for u in said if u.voice.outlet == outlet]
        given = {x + k for u in own for x, _, n in blocks(long.words, u.words) if n >= 3 for k in range(n)}
        kept = {place for cut in group for place in cut.kept}
        if len(_verbatim(long.words, texts[outlet]) - kept) >= MORE:
            continue
        given |= kept
        left_out = [w for n, w in enumerate(long.words) if n not in given]
        missing = telling(left_out)
        weighty = len(missing) >= 2 or (missing and _TURNS & set(left_out))
        if len(given) <= 0.8 * len(long.words) and weighty:
            found.append(_kept(group))
    yield from map(_cut_finding, _identical(found))


def _verbatim(said: Sequence[str], text: str) -> set[int]:
    """The places of words that a text has in a row, ``IN_A_ROW`` or more, in quotation marks or not."""
    runs = [(n, f" {' '.join(said[n : n + IN_A_ROW])} ") for n in range(len(said) - IN_A_ROW + 1)]
    return {n + k for n, run in runs if run in text for k in range(IN_A_ROW)}


def _texts(voiced: Sequence[Voice]) -> dict[str, str]:
    """All words of each outlet's articles, folded."""
    out: dict[str, str] = {}
    for voice in voiced:
        out[voice.outlet] = f"{out.get(voice.outlet, '')} {' '.join(voice.wording.words)} |"
    return out


def _size(cut: _Cut) -> tuple[int, str]:
    return len(cut.long.words), cut.long.passage.text


def _kept(group: Sequence[_Cut]) -> tuple[_Cut, ...]:
    """The cuts that give words no longer one gives, the longest first."""
    ordered = sorted(group, key=lambda c: (-len(c.short.words), c.short.quotation.words, c.short.passage))
    kept: list[_Cut] = []
    for cut in ordered:
        if not any(set(cut.kept) <= set(other.kept) for other in kept):
            kept.append(cut)
    return tuple(kept)


def _identical(found: Sequence[tuple[_Cut, ...]]) -> list[list[tuple[_Cut, ...]]]:
    """Cuts of one quotation to the same words, told together: the outlets that cut it, and those that have
    it whole, if each of these is told of the same cutting outlets.
    """
    same: dict[tuple[str, ...], list[tuple[_Cut, ...]]] = defaultdict(list)
    for group in found:
        long = group[0].long
        parts = (shown(cut.short).casefold() for cut in group)
        same[long.voice.outlet, shown(long).casefold(), speaker(long, group[0].short), *parts].append(group)
    told: dict[tuple[str, ...], list[tuple[_Cut, ...]]] = defaultdict(list)
    for key, groups in same.items():
        told[*key[1:], "", *sorted({group[0].short.voice.outlet for group in groups})] += groups
    return list(told.values())


def _cut_finding(groups: Sequence[tuple[_Cut, ...]]) -> Finding:
    ordered = sorted(groups, key=lambda g: (g[0].long.voice.outlet, g[0].short.voice.outlet))
    long, short = ordered[0][0].long, ordered[0][0].short
    whole = {cut.long.voice.outlet: cut.long for group in ordered for cut in group}
    parts = {cut.short.voice.outlet: group for group in ordered for cut in group}
    gives = "give" if len(parts) > 1 else "gives"
    only = " and ".join(shown(cut.short) for cut in ordered[0])
    summary = (
        f"{saying(sorted(whole), speaker(long, short), long)}; {listed(sorted(parts))} {gives} only {only}."
    )
    proof = [evidence(one) for _, one in sorted(whole.items())]
    proof += [evidence(cut.short) for _, group in sorted(parts.items()) for cut in group]
    return finding("cut", summary, proof, min(sure(c.long, c.short) for group in ordered for c in group))


def _fragment(long: Utterance, short: Utterance) -> _Cut | None:
    """A few words drawn together out of a longer utterance of the same speaker, in the same context."""
    if not same_speaker(long.quotation, short.quotation) or not 2 <= len(short.words) <= 4:
        return None
    window = _window(long.words, short.words)
    around = set(telling([w for w, _ in folded(short.passage.text, Span(0, len(short.passage.text)))]))
    around -= {*short.words, *(w.casefold() for w in short.quotation.speaker.split())}
    if not window or not around & set(telling(long.words)):
        return None
    return _cut(long, short, window)


def _window(long: Sequence[str], short: Sequence[str]) -> list[int]:
    """Places of the short sequence's words, in order, where they stand closest; at most three apart."""
    for start in range(len(long) - 1, -1, -1):
        if long[start] != short[0]:
            continue
        places = [start]
        for word in short[1:]:
            following = [i for i in range(places[-1] + 1, min(places[-1] + 4, len(long))) if long[i] == word]
            if not following:
                break
            places.append(following[0])
        if len(places) == len(short):
            return places
    return []


def _altered(a: Utterance, b: Utterance, found: list[tuple[int, int, int]]) -> Finding | None:
    """Different words between the same words; a difference only at the ends is no alteration."""
    left: list[Span] = []
    right: list[Span] = []
    for (x, y, n), (x2, y2, _) in pairwise(found):
        if spoken(a.words[x + n : x2]) != spoken(b.words[y + n : y2]):
            left += a.spans[x + n : x2]
            right += b.spans[y + n : y2]
    body = b.voice.article.body[b.quotation.words.begin : b.quotation.words.end]
    other = a.voice.article.body[a.quotation.words.begin : a.quotation.words.end]
    marked = any(mark in text for mark in _ELLIPSIS for text in (body, other))
    if marked or max(len(left), len(right)) > 6 or not matters(a, left, b, right):
        return None
    first, second = sorted((a, b), key=lambda u: (u.voice.outlet, shown(u)))
    summary = (
        f"{saying([first.voice.outlet], speaker(a, b), first)}; {second.voice.outlet} has {shown(second)}."
    )
    proof = {id(a): evidence(a, left), id(b): evidence(b, right)}
    return finding("altered", summary, [proof[id(first)], proof[id(second)]], sure(a, b))


def _spliced(long: Utterance, short: Utterance, found: list[tuple[int, int, int]]) -> Finding:
    left_out = [span for (x, _, n), (x2, _, _) in pairwise(found) for span in long.spans[x + n : x2]]
    who = speaker(long, short)
    of = "" if who == UNKNOWN else f" of {who}"
    summary = (
        f"{short.voice.outlet} gives {shown(short)} as one quotation{of}; "
        f"in {long.voice.outlet} other words stand between: {shown(long)}."
    )
    return finding("spliced", summary, [evidence(long, left_out), evidence(short)], sure(long, short))
