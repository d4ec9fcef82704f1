"""Where to go on after signing in: a path of ours, or nowhere."""

import re
from urllib.parse import quote, urlsplit

from plenary.web.language import split

PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")  # not //elsewhere, not /\elsewhere


def local(path: str) -> str:
    """A path of this site without its language and anchor; anything else is nothing."""
    if not PATH.fullmatch(path) or len(path) > 500:
        return ""
    parts = urlsplit(path)
    found = quote(split(parts.path)[1], safe="/%~.:@!$'()*+,;=-_")
    if not PATH.fullmatch(found) or found.startswith(("/sign-in", "/sign-out")):
        return ""
    return f"{found}?{quote(parts.query, safe='/%~.:@!$()*+,;=&-_?')}" if parts.query else found
