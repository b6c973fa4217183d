"""The people of one story, as its texts name them: by surname, first name, office and description.

Nobody is looked up anywhere. That "Rivera" is a person shows where the texts write "Ms. Rivera" or
"President Ana Rivera"; that "the mayor of Lund" is she, where they write "the mayor of Lund, Ana
Rivera". One surname is one person, so two of one name in one story count as one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile

from compare.text.phrases import FUNCTION, HONORIFICS, is_group, is_role, places, stem, tokens

_NO_NAMES = (
    "institute university center centre times post news journal inc corp foundation street tower college "
    "church act treaty agreement law war day january february march april may june july august september "
    "october november december monday tuesday wednesday thursday friday saturday sunday"
)
_NO_PERSON = frozenset(_NO_NAMES.split())
_LOOK_BACK, _LOOK_AHEAD = 6, 9


class People:
    """Who is who in ``documents``: sentences of each document by the document's name."""

    def __init__(self, documents: Mapping[str, Sequence[str]]) -> None:
        self._documents = {
            name: [tokens(sentence) for sentence in sentences] for name, sentences in documents.items()
        }
        self._common = self._lower_case_words()
        # of every sentence, once: each is read for surnames and again for roles
        self._runs = [
            (name, words, self.runs(words)) for name, told in self._documents.items() for words in told
        ]
        self._evidence: Counter[str] = Counter()
        self._first: dict[str, Counter[str]] = defaultdict(Counter)
        self._roles: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self._held: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.ties: dict[str, Counter[str]] = defaultdict(Counter)
        self.mentions: Counter[str] = Counter()
        self._weigh_surnames()
        self._read_roles()

    def runs(self, words: list[str]) -> list[tuple[int, int]]:
        """Stretches of capitalised tokens that are neither places nor words the texts also write small."""
        taken = {k for place in places(words) for k in range(place.begin, place.end)}
        found: list[tuple[int, int]] = []
        for k, word in enumerate(words):
            if not word[0].isupper() or k in taken or not self._may_be_name(word):
                continue
            if found and found[-1][1] == k:
                found[-1] = (found[-1][0], k + 1)
            else:
                found.append((k, k + 1))
        return found

    def person(self, words: Sequence[str]) -> str:
        """The surname, in lower case, of the person whom a run of capitalised words names, or ""."""
        low = [word.lower() for word in words]
        ranked = [(self._evidence[word], -k) for k, word in enumerate(low) if self._evidence[word] > 1]
        if ranked:
            return low[-max(ranked)[1]]
        if len(low) == 1 and self._first.get(low[0]):
            return _most(self._first[low[0]])[0]
        return ""

    def described(self, words: list[str], sentence: str, document: str) -> str:
        """The person whom a description ("the French president") means, or "".

        A name beside it in the sentence decides; else whoever the story calls by that office, of that
        country where one is named, in more than half of the cases (the document counts fourfold).
        """
        beside = self._beside(words, tokens(sentence))
        if beside:
            return beside
        role = stem(next((word for word in reversed(words) if is_role(word)), ""))
        countries = [place.country for place in places(words)]
        counts = Counter(self._roles.get((role, *countries[:1]), {}))
        if not countries:
            for who, n in self._roles.get((role, "", document), {}).items():
                counts[who] += 3 * n
        if not counts:
            return ""
        who, n = _most(counts)
        return who if n > counts.total() / 2 else ""

    def holder(self, role: str, country: str) -> str:
        """The one person whom the texts introduce by that office of that country, or "": as in "French
        President Anne Roche" or "Anne Roche, the French president"; "" also where there are two.
        """
        counts = self._held.get((stem(role), country), Counter())
        return next(iter(counts)) if len(counts) == 1 else ""

    def country(self, who: str) -> str:
        """The country that the texts most often tie a person to, or ""."""
        ties = Counter({tie: n for tie, n in self.ties.get(who, {}).items() if tie.startswith("@")})
        return _most(ties)[0][1:] if ties else ""

    def _lower_case_words(self) -> frozenset[str]:
        small: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for words in self._sentences():
            small.update(word for word in words if word[0].islower())
            capital.update(word.lower() for word in words[1:] if word[0].isupper())
        return frozenset(w for w, n in small.items() if 3 * n >= capital[w] and not is_role(w))

    def _sentences(self) -> list[list[str]]:
        return [words for sentences in self._documents.values() for words in sentences]

    def _may_be_name(self, word: str) -> bool:
        low = word.lower()
        return low not in FUNCTION and low.rstrip(".") not in HONORIFICS and low not in self._common

    def _weigh_surnames(self) -> None:
        full, alone = [], Counter[str]()
        for _, words, runs in self._runs:
            for begin, end in runs:
                start = begin + sum(1 for _ in takewhile(is_role, words[begin:end]))
                name = [word.lower() for word in words[start:end]]
                if not name or name[-1] in _NO_PERSON or is_group(name[-1]):
                    continue
                before = words[start - 1].lower() if start else ""
                if before in HONORIFICS:
                    self._evidence[name[-1]] += 3
                elif is_role(before) and len(name) <= 2:
                    self._evidence[name[-1]] += 3 - len(name)
                full.append(name)
                alone[name[0]] += len(name) == 1
        for name in full:
            if 2 <= len(name) <= 4 and alone[name[-1]]:
                self._evidence[name[-1]] += 1
        for name in full:
            who = self.person(name) if len(name) > 1 else ""
            for word in name if who else ():
                self._first[word][who] += word != who

    def _read_roles(self) -> None:
        for document, words, runs in self._runs:
            for begin, end in runs:
                who = self.person(words[begin:end])
                if who:
                    self.mentions[who] += 1
                    self._read_role(who, document, words, begin, end)

    def _read_role(self, who: str, document: str, words: list[str], begin: int, end: int) -> None:
        before = words[max(0, begin - _LOOK_BACK) : begin]
        self._read_introduction(who, words, begin, end)
        if before[-1:] == [","]:
            before.pop()
        title = list(takewhile(lambda word: word != "," and word.lower() not in FUNCTION, reversed(before)))
        apposition = _apposition(words[end : end + _LOOK_AHEAD])
        near = title + apposition
        roles = {stem(word) for word in [*words[begin:end], *near] if is_role(word)}
        if not roles:
            return
        countries = {p.country for part in (before, apposition) for p in places(part)}
        self.ties[who].update(
            stem(w) for w in near if w.lower() not in FUNCTION and not is_role(w) and w != ","
        )
        self.ties[who].update("@" + country for country in countries)
        for role in roles:
            self._roles[role,][who] += 1
            self._roles[role, "", document][who] += 1
            for country in countries:
                self._roles[role, country][who] += 1

    def _read_introduction(self, who: str, words: list[str], begin: int, end: int) -> None:
        """Note the office and country right before the name, or in the apposition right after it."""
        start = begin
        while start and (is_role(words[start - 1]) or words[start - 1][0].islower()) and begin - start < 3:
            start -= 1
        lead = words[max(0, start - 2) : start]
        title = [*words[start:begin], *takewhile(is_role, words[begin:end])]
        apposition = words[end + 1 : end + 6] if words[end : end + 1] == [","] else []
        apposition = apposition[1:] if apposition[:1] in (["the"], ["a"]) else apposition
        named = [p.country for p in places(lead) if p.end == len(lead)] if title else []
        after = [p for p in places(apposition) if p.begin == 0]
        for country in named:
            for role in filter(is_role, title[-1:]):
                self._held[stem(role), country][who] += 1
        for place in after:
            for role in filter(is_role, apposition[place.end : place.end + 1]):
                self._held[stem(role), place.country][who] += 1

    def _beside(self, words: list[str], sentence: list[str]) -> str:
        size = len(words)
        for at in range(len(sentence) - size + 1):
            if sentence[at : at + size] != words:
                continue
            after = at + size + (sentence[at + size : at + size + 1] == [","])
            for begin, end in self.runs(sentence):
                if begin == after or (end == at - 1 and sentence[at - 1] == ","):
                    return self.person(sentence[begin:end])
            return ""
        return ""


def _apposition(after: list[str]) -> list[str]:
    """The words of ", the mayor of Lund," or "of Sweden" right after a name."""
    if after[:1] == [","]:
        return list(takewhile(lambda word: word != ",", after[1:]))
    return after[1:4] if after[:1] == ["of"] else []


def _most(counts: Counter[str]) -> tuple[str, int]:
    return min(counts.items(), key=lambda item: (-item[1], item[0]))
