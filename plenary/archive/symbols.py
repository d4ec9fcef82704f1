"""Symbols and short names: how a text is called. Pure."""

import re
import unicodedata

# The three styles that live side by side: AD 006-2011, KP/2017/Plenary/…, A/RES/74/268.
_SYMBOL = re.compile(
    r"(AD \d{3}-\d{4}(?=[\s:]|$)|KP/\d{4}/[^:]+?(?=\s*:|$)|A/RES/\d+/\d+[A-Z]?(?=[\s:]|$))"
)


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


def slug(text: str, most: int = 80) -> str:
    """A stable short name: Périodic review! → periodic-review; cut between words."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return name if len(name) <= most else name[: most + 1].rpartition("-")[0] or name[:most]
