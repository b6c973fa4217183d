"""Who did it, in an active sentence: the noun phrase right before the verb, whatever its nouns.

Read off word forms and order alone: a determiner or a name opens the phrase, the verb follows, but for
auxiliaries and adverbs, and what is acted upon comes right after. What is not as plain is left out.
"""

import re
from functools import lru_cache

from compare.model import Span
from compare.text.agents import TOKEN, Deed, past, stems
from compare.text.cues import is_closed

_BETWEEN = re.compile(r"has|have|had|also|already|now|later|then|once|again")
_DETERMINERS = re.compile(r"the|a|an|his|her|its|their|two|three|four|five|several|some|many")
_DAYS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|(?:year|month|week|day|morning|night|time)s?$"
)
_PREPOSITION = re.compile(
    r"of|in|at|for|with|by|from|on|to|about|against|over|after|before|near|into|than|between|under"
    r"|through|during|as|per|without"
)
_NO_SUBJECT = re.compile(
    rf"that|this|these|those|which|who|he|she|it|they|we|you|i|and|or|but|not|ago|{_PREPOSITION.pattern}"
)
_ENDS = frozenset(
    ["was", "were", "is", "are", "that", "and", "or", "but", "who", "which", "when", "while", "because"]
)
# those who act together and are written of without an article
_BARE = re.compile(
    r"police|prosecutors|authorities|officials|officers|investigators|rescuers|protesters|soldiers"
    r"|troops|gunmen|militants|rebels|pirates|voters|lawmakers|federal|state|firefighters|thieves"
    r"|judges|doctors|workers|residents"
)
LONGEST_ACTOR, LONGEST_OBJECT = 6, 7


@lru_cache(maxsize=2048)
def deeds(sentence: str) -> tuple[Deed, ...]:
    """The plain deeds of a sentence, in order, each from its actor to what is acted upon."""
    tokens = list(TOKEN.finditer(sentence))
    found = (_deed(sentence, tokens, at) for at in range(1, len(tokens)))
    return tuple(deed for deed in found if deed)


def _deed(sentence: str, tokens: list[re.Match[str]], at: int) -> Deed | None:
    verb = past(tokens[at].group())
    if not verb:
        return None
    end = at
    while end > 0 and (_BETWEEN.fullmatch(tokens[end - 1].group()) or tokens[end - 1].group().endswith("ly")):
        end -= 1
    begin = _subject(tokens, end)
    last = _object(tokens, at + 1)
    if begin is None or last == at + 1:
        return None
    actor = sentence[tokens[begin].start() : tokens[end - 1].end()]
    patient = sentence[tokens[at + 1].start() : tokens[last - 1].end()]
    return Deed(verb, Span(tokens[begin].start(), tokens[last - 1].end()), actor, stems(patient))


def _subject(tokens: list[re.Match[str]], end: int) -> int | None:
    """Where the noun phrase before ``end`` begins, or None where there is no plain one."""
    begin = end
    while begin > 0 and end - begin < LONGEST_ACTOR:
        word = tokens[begin - 1].group()
        if _DETERMINERS.fullmatch(word.lower()):
            begin -= 1
            break
        if not word[0].isalnum() or is_closed(word.lower()) or _NO_SUBJECT.fullmatch(word.lower()):
            break
        begin -= 1
    if begin == end or _DAYS.search(tokens[end - 1].group()):
        return None
    opens = tokens[begin].group()
    if not (opens[0].isupper() or _DETERMINERS.fullmatch(opens.lower()) or _BARE.fullmatch(opens.lower())):
        return None
    before = tokens[begin - 1].group().lower() if begin else ""
    return None if _PREPOSITION.fullmatch(before) or before in ("and", "or", ",") else begin


def _object(tokens: list[re.Match[str]], start: int) -> int:
    """The end of the words right after a verb, up to the next preposition, verb of being or mark."""
    end = start
    while end < len(tokens) and end - start < LONGEST_OBJECT:
        word = tokens[end].group()
        if not word[0].isalnum() or word in _ENDS or _PREPOSITION.fullmatch(word.lower()):
            break
        end += 1
    return end
