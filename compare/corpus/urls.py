"""Two addresses of one page: the form in which they are the same."""

import re
from urllib.parse import quote, urlsplit

_PORTS = {"http": 80, "https": 443}
# courlan's list of trackers is matched anywhere in a name and takes "?cid=5", "?gallery=7" and "?1423" away,
# by which many sites tell their articles apart; two articles would become one.
_TRACKER = re.compile(
    r"(?:utm|pk|mtm|piwik|matomo|hsa|oly|vero|itm|wt)_\w*|at_(?:medium|campaign|custom\d|link\w*|bbc_team|format|ptr\w*)"
    r"|[a-z]{1,6}clid|gclsrc|_ga|_gl|mc_[ce]id|mkt_tok|igshid|ns_(?:campaign|mchannel|source|linkname|fee)"
    r"|cmpid|xtor|smid|ocid|ref_?src|__twitter_impression|guccounter|guce_referr\w*|fb_(?:ref|source|action_\w+)",
    re.I,
)
_SAFE = "/%!$&'()*+,;=:@~-._"


def canonical(url: str) -> str:
    """The address without what does not choose the page: host in lower case, no default port, no fragment.

    Known tracking parameters go too, the others are sorted. "" for what is no web address of one page: no
    http or https, no host, or neither path nor query (a site's front page is no article's address).
    """
    try:
        parts = urlsplit("".join(url.split()))
        port = parts.port
    except ValueError:
        return ""
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in _PORTS or not host:
        return ""
    path = quote(parts.path or "/", safe=_SAFE)
    fields = (one for one in parts.query.split("&") if one and not _tracks(one))
    # Sorted as they are written out: quoting changes the order of some signs.
    query = "&".join(sorted(quote(one, safe=_SAFE + "?") for one in fields))
    if path == "/" and not query:
        return ""
    host = f"[{host}]" if ":" in host else host
    place = f"{host}:{port}" if port not in {None, _PORTS[scheme]} else host
    return f"{scheme}://{place}{path}" + (f"?{query}" if query else "")


def _tracks(field: str) -> bool:
    return bool(_TRACKER.fullmatch(field.partition("=")[0]))
