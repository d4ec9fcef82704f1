"""Symbols and short names: how a text is called. Pure."""

import re

from plenary.refusal import Fault
from plenary.texts.characters import fault_in, latin

# The three styles that live side by side: AD 006-2011, KP/2017/Plenary/…, A/RES/74/268.
_SYMBOL = re.compile(
    r"(AD \d{3}-\d{4}(?=[\s:]|$)|KP/\d{4}/[^:]+?(?=\s*:|$)|A/RES/\d+/\d+[A-Z]?(?=[\s:]|$))"
)

# An official symbol is free in form, but it is an address too: no `..`, nothing invisible.
FORM = re.compile(r"[^\W\d_](?:(?!\.\.|//)[\w ./-])*[\w]")
LONGEST_KEY = 160  # characters
_STROKES = str.maketrans(
    {"\u2044": "/", "\u2215": "/", "\u29f8": "/", "\u2571": "/", "\\": "/", "|": "l"}
    | dict.fromkeys("\u00b7\u2022\u2027\u2219\u22c5", ".")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212_", "-")
)
_FIGURES = str.maketrans({"0": "o", "1": "l", "i": "l"})
# In a key 0 and 1 are written o and l. Whatever is called so is a proposal, or a version of one.
_PROPOSAL = re.compile(r"[^/]+/[2-9ol]{4}/p[.-]?[2-9ol]+(?:/rev[.-]?[2-9ol]+)?(?![a-z])")
_OPENS = re.compile(r"[a-z][\w.-]{0,19} ?/ ?[\doil]{4} ?/ ?\w|ad \d{3}-\d{4}\b|a ?/ ?res ?/ ?\d")


def key_of(symbol: str) -> str:
    """Two symbols with one key look the same: case, blanks, alphabets, 0 and O make none new."""
    plain = latin(symbol.translate(_STROKES)).translate(_STROKES)
    return "".join(plain.split()).translate(_FIGURES)[:LONGEST_KEY]


def is_of_a_proposal(symbol: str) -> bool:
    """KP/2019/P.7 and KP/2019/P.7/Rev.1: only proposals are called so, now or later."""
    return bool(_PROPOSAL.match(key_of(symbol)))


def fault_of_title(title: str) -> Fault | None:
    """Why a text cannot be called so; one that begins like a symbol would be taken for another."""
    plain = re.sub(r"^\W+", "", " ".join(latin(title.translate(_STROKES)).split()))
    if _OPENS.match(plain):
        return Fault("like_a_symbol", symbol=title.split()[0])
    return fault_in(title)


def symbol_in(title: str) -> str:
    """The symbol that a title begins with, if it does."""
    found = _SYMBOL.match(title)
    return found[1].strip() if found else ""


def bare(title: str, symbol: str) -> str:
    """A title without the symbol it begins with, to print beside that symbol."""
    rest = title.removeprefix(symbol).lstrip(" :\u00a0\u202f") if symbol else title
    return rest or title


def revision_in(symbol: str) -> tuple[str, int]:
    """KP/2019/P.1/Rev.2 is version 3 of KP/2019/P.1; without Rev. the newest is meant (0)."""
    name, mark, number = symbol.rpartition("/Rev.")
    if mark and number.isascii() and number.isdigit() and len(number) < 5:
        return name, int(number) + 1
    return symbol, 0
