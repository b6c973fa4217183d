"""What kind of source a statement has, for the purpose of telling two of them apart."""

import re

from compare.analysis.attribution.statements import Statement
from compare.analysis.attribution.terms import name
from compare.text.sources import source_kind

Kind = str
SHOWN: dict[Kind, str] = {
    "named": "a named person",
    "office": "an office",
    "anonymous": "unnamed sources",
    "agency": "a news agency or outlet",
    "reports": "reports by others",
    "document": "a document",
}
_PERSON = re.compile(
    r"^[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+, (?:the |a )?[a-z]|, [A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+$"
)
_REPORTS = re.compile(r"^(?:(?:\w+ ){0,3})(?:reports|news reports|media reports)$", re.IGNORECASE)
_UNNAMED = re.compile(
    r"^(?:(?:a|an|one|two|three|four|five|six|several|multiple|other|some|many|senior|top|former|current"
    r"|U\.?S\.?|[A-Z][a-z]+an|[A-Z][a-z]+ese|British|French|Turkish|Western|administration|intelligence"
    r"|law[- ]enforcement|government|White House)\s)*"
    r"(?:people|persons?|sources?|officials?|aides?|insiders?|advisers?|diplomats?|lawmakers?)"
    r"(?:\s(?:familiar|close|briefed|with (?:direct )?knowledge|who|in|at|on|involved)\b.*)?$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:data|figures|filings?|documents?|records?|papers|statistics|statement|complaint"
    r"|a (?:new |recent )?(?:report|study|survey|poll)"
    r"|affidavit|indictment|lawsuit|transcript|memo|letter|count|tally)\b"
)
_OUTLET = re.compile(
    r"\b(?:Axios|Politico|POLITICO|Bloomberg|Reuters|CNN|NBC|CBS|ABC|BBC|NPR|Fox News|The Intercept"
    r"|Al Jazeera|\w+ (?:Times|Post|Journal|Herald|Gazette|Tribune|Guardian|Telegraph))\b"
)


def kind(s: Statement) -> Kind:
    """A key of ``SHOWN``, "none", or "other" for what is not known well enough to build on."""
    if not s.quotation:
        return "none"
    known = source_kind(s.quotation, s.voice.article.body)
    source = name(s).strip("“”")
    # "federal authorities" give no name, but hide behind none either
    if known == "anonymous" and source.lower().endswith("authorities"):
        return "office"
    if known == "office" and _PERSON.search(source):
        return "named"
    if known != "other":
        return known
    return _by_words(source)


def _by_words(source: str) -> Kind:
    if _REPORTS.match(source):
        return "reports"
    if _UNNAMED.match(source):
        return "anonymous"
    if _OUTLET.search(source):
        return "agency"
    return "document" if _DOCUMENT.search(source) else "other"
