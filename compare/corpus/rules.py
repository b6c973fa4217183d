"""The lines that are furniture of a page and not part of a report, each kind by its name.

A rule sees one short line (``LONGEST`` characters at most), so that no pattern can be slow and no
paragraph of a report is lost to one.
"""

import re

LONGEST = 300


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


_SHARE = (
    r"(?:share|tweet|print|e-?mail|save|copy link|pin it|whatsapp|facebook|twitter|telegram|linkedin|reddit"
    r")"
)
_CREDIT = r"(?:additional )?(?:reporting|writing|editing|edited|written|compiled|translated)"
_PAPER = r"(?:article|story|content|report|piece|page)"

PAYWALL = _any(
    r"(?:please )?(?:subscribe|sign (?:in|up)|log ?in|register|join|become a (?:member|subscriber)|upgrade)\b"
    r"[^.]{0,60}\b(?:to|and) (?:continue|keep|read|unlock|access|finish|get (?:full|unlimited))\b.*",
    rf"(?:this|the rest of this|the full) {_PAPER} is (?:only |exclusively )?(?:for|available to|reserved for"
    r"|exclusive to|open to|behind)\b[^.]{0,40}\b(?:subscribers?|members?|paywall|readers)\b.*",
    rf"(?:to )?(?:continue|keep) reading\b.{{0,20}}(?:{_PAPER}|subscribe|with|for free|for just|$).*",
    rf"(?:to )?(?:read|unlock|access|view)"
    rf" (?:the (?:full|rest of (?:the|this))|this|the complete) {_PAPER}\b.*",
    r"(?:already|not yet) an? (?:subscriber|member)\b.*",
    r"you(?:'|’)?(?: ha)?ve (?:reached|used|read)\b.{0,40}\bfree (?:articles?|stories|limit)\b.*",
    r"(?:this is |for )?(?:subscribers?|members?)[ -]only(?: (?:article|story|content))?\.?",
    r"(?:start|claim|get) your (?:\w+ )?free trial\b.*",
    r"subscribe (?:now|today)(?: for\b.*| from\b.*|[.!]?)",
)
COMMENTS = _any(
    r"leave a (?:reply|comment)\b.{0,60}",
    r"(?:post|add|write|submit)(?: a| your)? comments?\b.{0,20}",
    r"your email address will not be published\b.*",
    r"required fields are marked\b.*",
    r"(?:\d+ )?(?:comments?|responses)(?: \(?\d+\)?| are closed\.?| section)?:?",
    r"(?:join|view|show) (?:the )?(?:conversation|comments|all comments)\b.{0,20}",
    r"save my name, email\b.*",
    r"(?:name|email|website) ?\*?",
    r"you must be logged in to (?:post a )?comment\b.*",
)
RELATED_LIST = _any(
    r"(?:more|latest|other|top|related|recommended|trending|popular|further)"
    r" (?:articles?|stories|news|posts?|reading|topics?|coverage|content|videos?|for you)\s*:?",
    r"more (?:from|on|about) .{2,60}",
    r"you (?:may|might) (?:also )?(?:like|be interested in)\b.{0,20}",
    r"(?:most (?:read|popular|viewed|shared)|editors?['’]?s? picks?|in case you missed it|what to read next"
    r"|don(?:'|’)t miss|up next|next article|previous article|read next|related|see also|also read)\s*:?",
)

_WALL = re.compile(r"\b(?:reading|article|story)\b", re.I)

RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "breadcrumb",
        _any(
            r"(?:home(?:page)?|news|start|main|front page)\s*[>»›/|→].{0,200}[^.!?]",
            r"[^>»›→.!?]{1,40}(?:\s[>»›→]\s[^>»›→.!?]{1,80}){2,8}",
        ),
    ),
    (
        "address",
        _any(
            r"(?:original (?:url|link|article|source)|source|url|link|permalink|via|short ?link|from)\s*:"
            r"\s*(?:<?(?:https?://|www\.)\S+>?)?",
            r"<?(?:https?://|www\.)\S+>?",
            r"\[[^\[\]]{1,40}\]:\s*<?(?:https?://|www\.|/|#)\S*(?:\s.{0,100})?",
        ),
    ),
    (
        "related article",
        _any(
            r"(?:related(?: (?:articles?|stor(?:y|ies)|news|posts?|coverage|topics?|content|links?))?"
            r"|read (?:more|also|next)|also read|see (?:also|more)|more on this|recommended|watch(?: now)?"
            r"|don(?:'|’)t miss|explainer|in pictures|video)\s*(?::|\||>|»|–|—)\s*\S.{0,200}",
            r"read (?:more|also|next|the full story)(?: (?:here|about this|about it))?\s*[.:…>»]*",
        ),
    ),
    (
        "newsletter or sharing",
        _any(
            rf"{_SHARE}(?:[ ,|/•·]+(?:{_SHARE}|x|on|this|via|story|article|page|link)){{0,12}}\s*:?",
            r"(?:sign up|subscribe|register|join)\b.{0,80}\b(?:newsletters?|inbox|alerts?|channel|whatsapp"
            r"|telegram|updates|mailing list|podcast)\b.{0,150}",
            r"(?:get|receive) .{0,80}\b(?:in|to) your inbox\b.{0,100}",
            r"(?:enter|type) your e-?mail\b.{0,80}",
            r"(?:follow|like|find) us on .{2,100}",
            r"(?:download|get) (?:our|the) (?:free )?app\b.{0,100}",
            r"click here (?:to|for) .{2,120}",
            r"(?:support|donate to) (?:us|our (?:journalism|work))\b.{0,150}",
            r".{0,150}\b(?:become a (?:member|supporter|subscriber)"
            r"|support our (?:work|journalism|reporting))\W*",
        ),
    ),
    (
        "photo credit",
        _any(
            r"(?:(?:file |stock )?(?:photo|photograph|image|picture|pic|illustration|graphic|video|map)s?"
            r"(?: (?:by|credit|courtesy(?: of)?|source|caption|copyright))?|credits?|caption|getty images"
            r"|copyright|screengrab|screenshot|handout|photo taken)\s*(?::|/|©|–|—)\s*.{0,250}",
            r"(?:photo(?:graph)?|image|picture|illustration)s? (?:by|courtesy(?: of)?|credit) .{2,80}",
            r".{0,250}[(\[](?:file )?(?:photo|image|picture|credit|ap photo|illustration|screenshot)\b"
            r"[^()\[\]]{0,100}[)\]]\.?",
            r".{0,250}[(\[][^()\[\]]{2,60}/(?:ap|afp|reuters|getty(?: images)?|epa|file|handout|pool)"
            r"[^()\[\]]{0,40}[)\]]\.?",
            r".{0,250}(?:©|\(c\)) ?[^.]{2,60}",
            r".{0,250}\b(?:via )?(?:getty images|shutterstock|istock|unsplash|flickr|wikimedia commons)",
            r".{0,250}\S (?:/|\|) (?:[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,3}|flickr|pool|handout|file)",
            r"(?:an? )?(?:file|undated|handout) (?:photo|image|picture)\b.{0,200}",
        ),
    ),
    (
        "cookie or legal notice",
        _any(
            r"(?:we|(?:this|our) (?:web)?site|our partners)(?: and our partners)? uses? cookies\b.{0,250}",
            r"(?:accept|reject|manage|allow)(?: all)?(?: cookies| preferences| settings)?"
            r"(?: (?:accept|reject|manage)(?: all)?)?\.?",
            r"(?:cookie|privacy) (?:policy|settings|preferences|notice|statement)\b.{0,60}",
            r"(?:terms (?:of (?:use|service)|and conditions)|privacy policy)\b.{0,80}",
            r".{0,80}\ball rights reserved\b.{0,120}",
            r"(?:copyright (?:©|\(c\)|\d{4}|by)|©|\(c\)).{0,240}",
            r"(?:this material|reproduction)\b.{0,60}\b(?:may not be|without|is prohibited)\b.{0,150}",
        ),
    ),
    (
        "advertisement",
        _any(
            r"(?:article |story )?continues? (?:after|below)(?: (?:this|the))?(?: advert(?:isement)?| ad)?",
            r"(?:story|article) continues below(?: advertisement)?",
            r"(?:advert(?:isement|orial)?|sponsored(?: content)?|promoted(?: content)?|ad|paid content)",
            r"(?:skip|jump) (?:to|past) (?:the )?(?:main )?"
            r"(?:content|navigation|newsletter promotion|advertisement)\b.{0,40}",
            r"(?:main |toggle )?(?:menu|search|navigation|log ?in|sign in|subscribe|back to top|home)",
        ),
    ),
    (
        "reading aid",
        _any(
            r"(?:reading time:? )?(?:about )?\d{1,2}[ -]min(?:ute)?s?(?: read| reading time)?",
            r"reading time\b.{0,30}",
            r"(?:published |updated |about )?(?:\d{1,2}|an?) (?:minute|hour|day|week|month)s? ago",
            r"published|updated",
            r"listen to (?:this )?(?:article|story)\b.{0,40}",
            r"(?:estimated|average) read(?:ing)? time\b.{0,30}",
            r"(?:font size|text size|listen|play|pause|loading|show more|show less|read aloud)\W{0,3}",
            r"(?:breaking(?: news)?|exclusive|live|developing|world news|local news|top stories)\s*[:!]?",
        ),
    ),
    (
        "embedded post",
        _any(
            r"[—–-]+ ?.{1,80}\(@\w{1,30}\).{0,40}",
            r"pic\.(?:twitter|x)\.com/\w+",
            r"(?:view|see) (?:this|more) (?:post|posts|photos?) on \w+\b.{0,40}",
            r"a post shared by .{2,100}",
        ),
    ),
    (
        "tags",
        _any(r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|in this story)\s*:\s*\S.{0,200}"),
    ),
    (
        "contributors",
        _any(
            rf"(?:\w[\w .,’'-]{{0,80}} )?contributed (?:reporting|to (?:this|the) {_PAPER})\b[^.]{{0,80}}\.?",
            rf"[(\[]{_CREDIT} by .{{2,250}}[)\]]\.?",
            rf"{_CREDIT} by (?!.*\b(?:has|have|had|is|was|were|that|shows?|showed|found|led)\b).{{2,200}}",
            r"(?:with (?:files|reporting|inputs?|additional reporting) (?:from|by)) [^.]{2,200}\.?",
            rf"[(\[]?this (?:{_PAPER}|version) (?:has (?:not )?been|was|is)\b.{{0,40}}"
            r"\b(?:edited|updated|corrected|published|auto-generated|written by)\b.{0,160}",
        ),
    ),
)


def walled(line: str) -> bool:
    """Whether a line outside the text says that the text stops here: a paywall, not a sign-in link."""
    return len(line) <= LONGEST and bool(PAYWALL.fullmatch(line) and _WALL.search(line))


def rule_for(line: str) -> str:
    """The name of the rule that a whole line falls under, or "" for a line that stays."""
    if len(line) > LONGEST:
        return ""
    for name, pattern in RULES:
        if pattern.fullmatch(line):
            return name
    return ""
