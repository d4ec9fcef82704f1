"""An e-mail address: what is taken as one, and the one form in which it is kept. Pure.

Stricter than RFC 5322, which allows comments, quotes and lists where a person types an address:
whatever passes here is one recipient in a header, and the same recipient everywhere.
"""

import re
from email.utils import parseaddr

import idna

MOST = 254  # characters of an address (RFC 5321)
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def address_of(text: str) -> str:
    """The address that a text is, in small letters and its domain in ASCII; empty if it is none.

    An ASCII dot-atom before the @, a domain of two labels or more behind it; an international
    domain is encoded by IDNA 2008.
    """
    local, at, domain = text.strip().lower().partition("@")
    host = _host(domain)
    whole = f"{local}@{host}"
    sound = at and host and len(local) <= 64 and _LOCAL.fullmatch(local) and len(whole) <= MOST
    return whole if sound else ""


def sender_of(text: str) -> str:
    """The address in `Plenary <notices@example.org>`, or in a bare one; empty if there is none."""
    if any(ord(letter) < 32 for letter in text) or "," in text:
        return ""
    bare = address_of(text)
    return bare or (address_of(parseaddr(text)[1]) if text.strip().endswith(">") else "")


def _host(domain: str) -> str:
    try:
        host = idna.encode(domain, uts46=True).decode() if not domain.isascii() else domain
    except (idna.IDNAError, UnicodeError):
        return ""
    labels = host.split(".")
    sound = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    return host if sound and not labels[-1].isdigit() else ""
