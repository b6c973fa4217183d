"""How a text labels people, places, groups and events: spellings, nouns, descriptions of persons.

A use says which concept a stretch of text names, and by which label. Nouns come from
``lexicons/labels.toml``. Whether a use stands in somebody's quoted words is for the caller to tell.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal
from unicodedata import combining

from compare.model import Span
from compare.text import lexicons
from compare.text.names import Name, fold, names
from compare.text.people import People
from compare.text.phrases import places, stem

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?(?=\W|$)|[^\W_]+")
_RUN = re.compile(r"\w+")
_SHORTEST_NAME = 4
_ALIKE = 0.6
_ALIAS = re.compile(
    r"\b([A-Z]\w{3,})(?:,? \(?(?:also |still |formerly |once |better )?known"
    r"|(?:, | \(| is | was )(?:now |also |still |formerly |once )?(?:called|named|spelled))"
    r"(?: (?:in|to|by|until|by the) (?:the )?\w+)?(?: as)? ([A-Z]\w{3,})\b"
)
_ENDING = re.compile(r"(?:ence|ance|tion|ment|ity|ist|ism|ing|ed|er|s)$")  # of words that are no places
_AT = re.compile(r"\b(?:in|at|near|from|outside|around|to|of|town|city|village)\W$", re.IGNORECASE)
_NEAR = 10  # no word of ``_AT`` is longer
_BEFORE, _AFTER = 3, 4
_LINKS = frozenset({"in", "of", "on", "against", "with", "between", "and", "the", "over"})
_HEADS = ("president", "minister", "king", "chancellor", "emir", "prince", "premier")
CHARGED = frozenset(("ruler", "strongman", "dictator", "autocrat", "despot", "tyrant"))
_OFFICES = "[Pp]resident|[Pp]rime [Mm]inister|[Pp]remier|[Kk]ing|[Cc]hancellor|[Ee]mir|[Ll]eader|" + "|".join(
    sorted(CHARGED)
)
_HEAD = re.compile(
    r"\b([Tt]he )?((?:[\w.’'-]+ ){1,3}?)(" + _OFFICES + r")\b(?: ((?:[A-Z][\w’'-]+ ?){1,3}))?(?![\w-])"
)

# "to attack", "a heart attack", "a terrorist group", "a protest vote" are other things than the noun says.
_NO_NOUN_AFTER = re.compile(
    r"\b(?:\w+-degree|to|will|would|could|can|may|might|must|did|not|who|he|she|they|we|heart|panic|asthma|trade|culture"
    r"|hunger|unauthori[sz]ed|aggravated|domestic|sexual|indecent|common"
    r"|(?:is|was|be|been|are|were|as)(?: \w+)? an?|police|officer-involved|hush[- ]money|an? act of"
    r"|(?:counts?|charges?|charged|accused|suspicion|convicted|guilty) (?:of|with|in)(?: \w+)?"
    r"|(?:prevent|avert|foil|thwart|stop|avoid)(?:s|ed|ing|ted|ping|ped)?(?: \w+){0,3}"
    r"|(?:call|declar|deem|label|term|describ)\w* (?:\S+ ){1,12}an?)\W$",
    re.IGNORECASE,
)
_NO_NOUN_BEFORE = re.compile(
    r" (?:groups?|organi[sz]ations?|cells?|votes?|crimes?|powers?|on drugs|on terror|rifles?|weapons?"
    r"|police|squads?|gear|shields?|spree|down|fighters?|militants?|gunmen)\b|-",
    re.IGNORECASE,
)

# What shuts out a word where it stands right before it, and right after it.
_NOTHING = re.compile(r"(?!)")
_CROWDS = re.compile(
    r"\b(?:political|campaign|election|re-election|market|stock|relief|victory|Trump|Republican|Democratic)\s$",
    re.IGNORECASE,
)
_ACTED = re.compile(r" (?:with|alongside|against|behind|around|his|her|their|the|what|over) ")
_MONTH = re.compile(
    r"\b(?:in|on|since|until|till|by|of|from|to|through|early|late|mid|last|this|next|\d{1,2})[\s-]$",
    re.IGNORECASE,
)
_NEVER = {
    "protest": (re.compile(r"\b(?:in|to|[A-Za-z]*[^\Ws]s) $", re.IGNORECASE), _ACTED),
    "protests": (_NOTHING, _ACTED),
    "march": (re.compile(rf"{_MONTH.pattern}|\b[a-z]*[^\Ws]s $", re.IGNORECASE), re.compile(r" \d")),
    "rally": (_CROWDS, re.compile(r" (?:behind|around) ")),
    **dict.fromkeys(["act of terrorism", "act of terror"], (re.compile(r"\b(?:as|an) $"), _NOTHING)),
    "rallies": (_CROWDS, re.compile(r" (?:behind|around|against|in|with) ")),
    "shooting": (_NOTHING, re.compile(r" (?:the|an?|at|him|her|them|his|two|three|four|five|dead|up|down) ")),
}
_SIDE = re.compile(r"(?:(?:pro|anti|counter)-?\w*|(?:right|left|far)-\w+|antifa|white|black)$")
_OF = re.compile(r"\sof ([\w-]+)")
_YOUNG = re.compile(
    r" (?:child(?:ren)?|kids?|famil(?:y|ies)|minors?|girls?|boys?|teens?|teenagers?|women|parents)\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"(?:\b(?:new|more|further|another|fresh|planned) |\b(?:agitat\w+|call(?:s|ed|ing)?|hop(?:e|es|ed|ing)"
    r"|ready|plan\w*|urg\w+) for (?:an? )?(?:\w+ )?)$",
    re.IGNORECASE,
)
_IN_A_NAME = re.compile(
    r"\b(?:Committee|Department|Ministry|Office|Panel|Act|Center|Centre|Institute)"
    r"(?: [A-Z][\w’'-]+,?| on| of| for| and| the)* $"
)

Kind = Literal["spelling", "noun", "description", "title"]


@dataclass(frozen=True, slots=True)
class Use:
    """One label in a text. ``concept`` agrees for all labels of one thing, and ``shown`` names that thing
    for a reader; ``label`` agrees for the forms of one label, and ``span`` covers the whole phrase.
    ``anchored`` tells labels that name the same thing wherever in the story they stand.
    """

    kind: Kind
    concept: str
    shown: str
    label: str
    span: Span
    anchored: bool = True


def spellings(body: str) -> list[Use]:
    """The words of an article's proper names, as they are spelled."""
    found = []
    for name in names(body):
        for match in _WORD.finditer(name.text):
            word = match.group().rstrip(".")
            if len(word) >= _SHORTEST_NAME and word.isalpha() and word[0].isupper() and not word.isupper():
                begin = name.span.begin + match.start()
                span = Span(begin, begin + len(word))
                if combining(body[span.end : span.end + 1] or " "):
                    continue
                found.append(Use("spelling", fold(word), word, word, span))
        found += _of_two(name)
    return found


def _of_two(name: Name) -> list[Use]:
    """The words of a first name and a surname, each beside the other: "Wladimir Klein" and "Vladimir Klein"
    are one person's, and so are "Anna Raite" and "Anna Rait".
    """
    words = name.text.split()
    if len(words) != 2 or not all(w.isalpha() and len(w) >= _SHORTEST_NAME for w in words):
        return []
    # Vowels change between the languages a name is spelled after; its consonants mostly stay.
    bones = [re.sub(r"[aeiouy]", "", fold(word)) for word in words]
    keys = f"{bones[0]} {fold(words[1])}", f"{fold(words[0])} + {bones[1]}"
    begins = name.span.begin, name.span.end - len(words[1])
    found = [one for one in zip(keys, words, begins, strict=True) if one[0][-1] != " "]
    return [Use("spelling", key, name.text, w, Span(at, at + len(w))) for key, w, at in found]


def aliases(body: str) -> list[tuple[str, str]]:
    """Pairs of spelling concepts that the text itself calls one: "Brno, known in German as Bruenn"."""
    return [(fold(m.group(1)), fold(m.group(2))) for m in _ALIAS.finditer(body)]


def same_place(a: Use, b: Use, body_a: str, body_b: str) -> bool:
    """Whether two unlike words may be two names of one place ("Pressburg" no, "Lwow" and "Lviv" yes).

    They begin alike and share most letters, neither is only the other with an ending (a place and its
    people), and each stands right behind a word of place. Not enough by itself: the caller sees to it
    that neither outlet uses the other's word and that both stand in one row.
    """
    x, y = a.label.lower(), b.label.lower()
    shared = next((n for n, (c, d) in enumerate(zip(x, y, strict=False)) if c != d), min(len(x), len(y)))
    if not 2 <= shared < min(len(x), len(y)) - 1 or not (_at(a, body_a) and _at(b, body_b)):
        return False
    if places([a.label]) or places([b.label]) or _also_small(a.label, body_a) or _also_small(b.label, body_b):
        return False
    return SequenceMatcher(None, min(x, y), max(x, y)).ratio() >= _ALIKE


def _at(use: Use, body: str) -> bool:
    """Whether a use stands right behind a word of place."""
    return _AT.search(body, max(0, use.span.begin - _NEAR), use.span.begin) is not None


@lru_cache(maxsize=8192)
def _also_small(word: str, body: str) -> bool:
    return re.search(rf"\b{re.escape(word.lower())}\b", body) is not None or bool(_ENDING.search(word))


def nouns(text: str) -> list[Use]:
    """The nouns of ``labels.toml``; anchored ones once for each place that they are tied to."""
    found: list[Use] = []
    # the many forms are dear to look for in passages that have no word of them
    if _starts().isdisjoint(_RUN.findall(text.lower())):
        return found
    for match in _pattern().finditer(text):
        span = Span(match.start(), match.end())
        before = text[: span.begin]
        if _NO_NOUN_AFTER.search(before) or _NO_NOUN_BEFORE.match(text, span.end) or _no_event(text, match):
            continue
        for thing, label, anchored in _labels()[_plain(match.group())]:
            if not anchored:
                young = bool(_YOUNG.match(text, span.end) or text[: span.begin].endswith(" child "))
                of = f"{thing} (families)" if young else thing
                found.append(Use("noun", of, of, label, span, anchored=False))
                continue
            for country, whole in _anchors(text, span):
                by = "/by" if label in _deeds() and _of_people(text[whole.begin : span.begin]) else ""
                shown = f"{thing}, {country}"
                found.append(Use("noun", f"{thing}/{country}{by}", shown, label, whole))
    return found


def side(text: str, span: Span) -> str:
    """On which side those stand whom a label means, by the words beside it: "right-wing", "antifa", or ""."""
    before = text[: span.begin].casefold().split()[-2:]
    after = _OF.match(text.casefold(), span.end)
    return next(
        (word for word in (*reversed(before), *(after.groups() if after else ())) if _SIDE.match(word)), ""
    )


def alike(label: str) -> str:
    """What agrees for labels of one thing that tell nothing where they are exchanged for each other."""
    return _alike().get(label, label)


def _no_event(text: str, match: re.Match[str]) -> bool:
    """Whether a word that may name an event does not here: "in protest", "in March", "a campaign rally",
    "police shooting the man", "Rivera protests with the crews", "the Committee on Global Warming".
    """
    before, after = text[: match.start()], text[match.end() :]
    shut = _NEVER.get(match.group().casefold())
    if shut and (shut[0].search(before) or shut[1].match(after)):
        return True
    named = match.group()[0].isupper() and bool(_IN_A_NAME.search(before))
    return named or bool(_WISHED.search(before))


def descriptions(text: str, known: Callable[[], People]) -> list[Use]:
    """Phrases such as "the French leader", or "French leader" before a name, for the head of a state; who is
    who is asked only where there is one.
    """
    found = []
    for match in _HEAD.finditer(text):
        words = match.group(2).split()
        named = places(words)
        if not named or named[-1].end != len(words):
            continue
        first = named[-1].begin
        label = " ".join([*words[first:], match.group(3)])
        before_name, people = bool(match.group(4)), known()
        if before_name:
            who = people.person(match.group(4).split())
            begin = match.start(2) + len(" ".join(words[:first])) + bool(first)
        else:
            who = _holder(match.group(3), named[-1].country, people) if match.group(1) else ""
            begin = match.start()
        if who:
            kind: Kind = "title" if before_name else "description"
            found.append(Use(kind, who, who.title(), label, Span(begin, match.end(3))))
    return found


def _holder(role: str, country: str, people: People) -> str:
    """Who holds an office; whoever heads a state may be called its leader, whatever the office."""
    roles = _HEADS if role.lower() in CHARGED or role.lower() == "leader" else (role,)
    return next((who for who in (people.holder(office, country) for office in roles) if who), "")


def _anchors(text: str, span: Span) -> list[tuple[str, Span]]:
    """The places that a noun is tied to, each with the stretch from place to noun."""
    before = [(m.group(), m.start()) for m in _WORD.finditer(text, 0, span.begin)][-_BEFORE:]
    after = [(m.group(), _end(m)) for m in _WORD.finditer(text, span.end)][: _AFTER + 1]
    found = []
    if "." not in text[before[0][1] : span.begin].replace("U.S.", "") if before else False:
        words = [word for word, _ in before]
        for place in places(words):
            if place.end == len(words):
                found += [(place.country, Span(before[place.begin][1], span.end))]
    if after and after[0][0].lower() in _LINKS - {"and", "the"} and text[span.end : span.end + 1] == " ":
        words = [word for word, _ in after]
        for place in places(words):
            if all(word.lower() in _LINKS for word in words[: place.begin]):
                found += [(place.country, Span(span.begin, after[place.end - 1][1]))]
    return list(dict.fromkeys(found))


def _end(word: re.Match[str]) -> int:
    """Where a word ends, without the full stop of its sentence."""
    stops = word.group().count(".")
    return word.end() - (stops == 1 and word.group().endswith("."))


def _plain(label: str) -> str:
    return label.lower().replace("’", "'").replace("-", " ")


@cache
def _labels() -> dict[str, list[tuple[str, str, bool]]]:
    """Every form of every label: its things, the label it belongs to, and whether it needs a place."""
    table: dict[str, list[tuple[str, str, bool]]] = {}
    for thing, entry in lexicons.load("labels")["things"].items():
        for label in entry["labels"]:
            forms = label.split("|")
            for form in forms:
                use = (thing, forms[0], entry.get("anchored", False))
                known = table.setdefault(_plain(form), [])
                if use not in known:
                    known.append(use)
    return table


@cache
def _alike() -> dict[str, str]:
    lines = [line.split("|") for line in lexicons.load("labels")["alike"]["labels"]]
    return {label: line[0] for line in lines for label in line}


@cache
def _deeds() -> frozenset[str]:
    return frozenset(lexicons.load("labels")["deeds"]["labels"])


def _of_people(place: str) -> bool:
    """Whether a place is named by its people's word: "Iranian aggression" is no "crisis with Iran"."""
    return not _peoples().isdisjoint(_RUN.findall(place)[-1:])


@cache
def _peoples() -> frozenset[str]:
    return frozenset(
        name.split()[-1] for entry in lexicons.load("places").values() for name in entry.get("people", ())
    )


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_labels(), key=lambda form: (-len(form), form))
    body = "|".join(re.escape(form).replace("'", "['’]").replace("\\ ", "[ -]") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE)


@cache
def _starts() -> frozenset[str]:
    """The first word of each form of ``_pattern``."""
    return frozenset(_RUN.findall(form)[0] for form in _labels())


def role_of(label: str) -> tuple[str, str]:
    """What tells one description from another: the office, and the house where one stands for the state."""
    words = label.split()
    return stem(words[-1]), next((word for word in words if word in _houses()), "")


@cache
def _houses() -> frozenset[str]:
    return frozenset(
        name
        for entry in lexicons.load("places").values()
        for name in entry.get("seats", ())
        if " " not in name
    )
