"""Which characters a text may hold, and when two texts look the same. Pure.

The one rule for forms, imports, commands and the sample. What nobody can see is taken out, and
what only looks different is written as it looks; control characters and marks that turn the
direction of reading are refused, with their place.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from plenary.refusal import Fault
from plenary.texts.lookalikes import ALIKE

# Whatever Unicode lets a reader's screen leave out: soft hyphens, zero-width spaces and joiners,
# fillers, variation selectors, tags. (Default_Ignorable_Code_Point, and the interlinear marks.)
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065"
    "\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")  # as wide as may be
_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_GLYPHS = re.compile("[\u0132\u0133\ufb00-\ufb4f\ufb50-\ufdff\ufe70-\ufefc]")  # ﬁ for fi
# Lone surrogates cannot be written as UTF-8; private characters look different on every machine.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
# Embeddings, overrides and isolates make a text read otherwise than it is stored.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKS = "\u061c\u200e\u200f"  # what a text that is read from the right may need
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"
# Scripts in which a joiner is a matter of spelling.
_JOINED = frozenset(
    [
        "ARABIC",
        "SYRIAC",
        "THAANA",
        "DEVANAGARI",
        "BENGALI",
        "GURMUKHI",
        "GUJARATI",
        "ORIYA",
        "TAMIL",
        "TELUGU",
        "KANNADA",
        "MALAYALAM",
        "SINHALA",
        "KHMER",
        "MYANMAR",
        "MONGOLIAN",
    ]
)
# Scripts that stand beside any other within a word and are taken for none: 第A条.
_BESIDE = frozenset(["CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"])
_WORD = re.compile(r"[^\W\d_]+")
_FIGURES = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l"})  # O and 0, I and l and 1


@dataclass(frozen=True)
class Strange:
    """The first character of a text that nobody may write: what it is, and where it stands."""

    fault: str  # control_character, bidi_character
    line: int  # from one
    place: int  # in its line, from one
    character: str  # U+202E


def strange(text: str, *, lines: bool = False) -> Strange | None:
    """The first control or direction character; `lines` allows line ends and tabs."""
    for number, line in enumerate(_BREAK.sub("\n", text).split("\n") if lines else [text], 1):
        checked = line.replace("\t", " ") if lines else line
        for fault, pattern in (("control_character", _CONTROL), ("bidi_character", _BIDI)):
            if found := pattern.search(checked):
                return Strange(fault, number, found.start() + 1, f"U+{ord(found[0]):04X}")
    return None


def fault_in(text: str, *, lines: bool = False) -> Fault | None:
    """Why this cannot be written. In a line, which names something, no word passes for another."""
    if found := strange(text, lines=lines):
        where = {"line": found.line} if lines else {}
        return Fault(found.fault, **where, place=found.place, character=found.character)
    word = "" if lines else mixed(text)
    return Fault("mixed_letters", word=word) if word else None


def tidy(text: str) -> str:
    """The text as it is kept: NFC, \\n at the end of lines, nothing in it that cannot be seen."""
    text = _BLANK.sub(" ", _BREAK.sub("\n", text))
    if _UNSEEN.search(text):
        right = any(unicodedata.bidirectional(x) in ("R", "AL") for x in text if x.isalpha())
        text = _UNSEEN.sub(lambda found: _needed(found, right=right), text)
    text = _GLYPHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """The same for a name, a title or a symbol: on one line, without blanks around it."""
    return tidy(text).replace("\n", " ").strip()


def _needed(found: re.Match[str], *, right: bool) -> str:
    """A character that cannot be seen, where the writing of its neighbours needs it; or nothing."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    if found[0] in _MARKS:
        return found[0] if right else ""
    if found[0] in _JOINERS and before and after:
        joined = _script(before) in _JOINED and _script(after) in _JOINED
        picture = _pictured(before) or before in _SELECTORS
        return found[0] if joined or (picture and _pictured(after)) else ""
    return found[0] if found[0] in _SELECTORS and _pictured(before) else ""


def _pictured(letter: str) -> bool:
    """Part of an emoji: 👩🏽‍⚖️ is six characters."""
    return letter > "\u2000" and unicodedata.category(letter) in ("So", "Sk")


def _script(letter: str) -> str:
    """LATIN, CYRILLIC…: Python knows no scripts, but each name begins with its script's."""
    return unicodedata.name(letter, "").partition(" ")[0]


def mixed(text: str) -> str:
    """The first word that mixes alphabets so that one letter passes for another's; else nothing.

    Botswana with a Cyrillic о is such a word; Ботсвана, 第A条 and μm are not.
    """
    for word in _WORD.findall(_bare(unicodedata.normalize("NFKD", text))):
        if word.isascii():
            continue
        scripts = {_script(letter) for letter in word} - _BESIDE
        foreign = (letter for letter in word if _script(letter) != "LATIN")
        if len(scripts) > 1 and any(letter in ALIKE for letter in foreign):
            return str(word)
    return ""


def latin(text: str) -> str:
    """What a text looks like in plain Latin letters: without accents, case and foreign alphabets.

    Letters that look like no Latin one stay themselves. Figures of any script become ours.
    """
    apart = _bare(unicodedata.normalize("NFKD", tidy(text)))
    looks = "".join(_looks(letter) for letter in apart)
    return _bare(unicodedata.normalize("NFKD", looks.casefold()))


def _looks(letter: str) -> str:
    if letter.isascii():
        return letter
    figure = unicodedata.decimal(letter, None)
    return ALIKE.get(letter, letter) if figure is None else str(figure)


def _bare(text: str) -> str:
    """Without marks that stand on another character, or that nobody sees."""
    return "".join(letter for letter in text if letter.isascii() or not _on_another(letter))


def _on_another(letter: str) -> bool:
    """An accent, a ring around it; the vowels of Indian scripts are no accents."""
    return bool(unicodedata.combining(letter)) or unicodedata.category(letter) in ("Me", "Cf")


@lru_cache(4096)
def skeleton(name: str) -> str:
    """Two names with one skeleton look the same: letters and figures alone, O as 0, I and l as 1.

    Empty where a name has neither.
    """
    written = (letter for letter in latin(name) if unicodedata.category(letter)[0] in "LMN")
    shape = "".join(written).translate(_FIGURES)
    return shape.replace("rn", "m").replace("vv", "w")
