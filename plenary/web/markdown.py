"""Markdown from users to HTML that is safe to print, and words in brackets marked as such.

Raw HTML shows as text; nh3 then keeps a short list of elements. No id or class comes from a
user, and only absolute https: and mailto: links live. Control characters are dropped.

A text that takes more work than its length allows (`budget.py`) is printed as it was typed.
"""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

import markdown
import nh3

from plenary.web.budget import Meter, TooMuchWork

_BLOCKS = {"p", "br", "hr", "pre", "blockquote", "ul", "ol", "li", "h4", "h5", "h6"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_WORDS = {"em", "strong", "code", "sup", "a"}
_ABSOLUTE = re.compile(r"(?:https://|mailto:)[^\s/]\S*", re.IGNORECASE)
# What is put in before Markdown and taken out after cleaning lives on the planes 15 and 16,
# which hold no text; a user's own characters from there are dropped first. Every bracket has
# its own pair, so that nothing Markdown moves (a footnote) can change a number.
_OURS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\U000f0000-\U0010ffff]")
# Markdown never sees any other bracket than those of a link or a footnote: it tries each `[`
# against the whole rest of the text (20,000 of them: 40 seconds). Nor an ampersand: `&#91;`
# would print a bracket that nobody counted.
_OPEN, _CLOSE = 0xF0000, 0x100000
_AND, _LEFT, _RIGHT = "\U0010fffd", "\U0010fffb", "\U0010fffc"
_BACK = str.maketrans({_AND: "&amp;", _LEFT: "[", _RIGHT: "]"})
_MOST_BRACKETS = 60_000
_SUB_ITEM = re.compile(r"\n(?=[ ]*\((?:[a-z]{1,2}|[ivxl]{1,5})\)\s)", re.IGNORECASE)
_STARS = re.compile(r"(?<!\\)(\*{1,3})(?![\s*])([^*]*[^\s*\\])\1")
_LINES = re.compile(r"(?<![\w\\])(_{1,3})(?![\s_])([^_]*[^\s_\\])\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!-])")
_DEAD_LINK = re.compile(r'<a rel="nofollow noopener">(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-6])>")

Label = Callable[[int], str]


@dataclass(frozen=True)
class SafeText:
    """A text made safe to print; `typed` when it is printed as it was typed."""

    html: str
    typed: bool = False


def prose(text: str) -> SafeText:
    """A comment, a paper, a mandate: blocks allowed, headings no higher than h4."""
    source = _TOKEN.sub(_kept_out, _OURS.sub("", text))
    try:
        return SafeText(_rendered(source).translate(_BACK))
    except TooMuchWork:
        return SafeText(_as_text(source.replace("&", _AND)).translate(_BACK), typed=True)


def to_html(text: str) -> str:
    return prose(text).html


def inline_html(text: str) -> str:
    """One clause. A single paragraph comes without its `<p>`; lists and tables stay."""
    return _unwrapped(to_html(text))


def clause(text: str) -> SafeText:
    """One clause with a character of our own for each bracket: what `numbered` finishes.

    Where emphasis or a paragraph straddles a bracket, emphasis is left out, and if need be all
    Markdown.
    """
    marked = _placed(_OURS.sub("", text))
    try:
        for change in (str, _without_emphasis):
            html = _unwrapped(_rendered(change(marked)))
            if _nests(html, marked):
                return SafeText(html)
    except TooMuchWork:
        return SafeText(_as_text(marked), typed=True)
    return SafeText(_as_text(_without_emphasis(marked)))


def _without_emphasis(text: str) -> str:
    return _LINES.sub(r"\2", _STARS.sub(r"\2", _STARS.sub(r"\2", text)))


def clause_html(text: str, first_bracket: int, label: Label) -> str:
    """One clause with its brackets marked and numbered from `first_bracket` in reading order.

    `label(n)` names bracket n for those who hear the page.
    """
    return numbered(clause(text).html, first_bracket, label)


# --- Markdown ------------------------------------------------------------------------------------


def _rendered(text: str) -> str:
    text = _SUB_ITEM.sub("  \n", text.replace("&", _AND))
    parser = _parser().reset()
    try:
        _kept.meter.begin(text)
        html = parser.convert(text)
    except (TooMuchWork, RecursionError) as error:  # quotes inside each other, without end
        del _kept.parser  # it stopped half-way and would go on from there with the next text
        raise TooMuchWork from error
    html = _HEADING.sub(lambda tag: f"<{tag[1]}h{min(6, int(tag[2]) + 3)}>", html)
    return _DEAD_LINK.sub(r"\1", _cleaner.clean(html))


def _unwrapped(html: str) -> str:
    single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return html[3:-4] if single else html


def _as_text(text: str) -> str:
    """What was typed, with line breaks where paragraphs and lettered items begin."""
    shown = escape(_SUB_ITEM.sub("\n\n", text.replace(_AND, "&")))
    return _ESCAPED.sub(r"\1", re.sub(r"\n\s*\n", "<br>\n", shown))


def _live(tag: str, name: str, value: str) -> str | None:
    return value if (tag, name) != ("a", "href") or _ABSOLUTE.fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags=_BLOCKS | _TABLES | _WORDS,
    attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
    attribute_filter=_live,
    link_rel="nofollow noopener",
    url_schemes={"https", "mailto"},
)
_kept = (
    threading.local()
)  # a parser, and its meter, take 1.6 ms to make and serve one thread at a time


def _parser() -> markdown.Markdown:
    if not hasattr(_kept, "parser"):
        _kept.parser = _new_parser()
    parser: markdown.Markdown = _kept.parser
    return parser


def _new_parser() -> markdown.Markdown:
    parser = markdown.Markdown(
        extensions=["tables", "sane_lists", "footnotes"],
        extension_configs={"footnotes": {"BACKLINK_TEXT": ""}},
    )
    parser.preprocessors.deregister("html_block")
    for name in ("code", "reference"):  # no code by indentation; `[a]: b` swallows its line
        parser.parser.blockprocessors.deregister(name)
    _kept.meter = Meter(parser.parser)
    parser.parser.blockprocessors.register(_kept.meter, "meter", 1_000)
    for name in ("html", "entity", "image_link", "image_reference", "short_image_ref"):
        parser.inlinePatterns.deregister(name)
    return parser


# --- brackets ------------------------------------------------------------------------------------

# The same tokens as in plenary/texts/clauses.py, which this layer may not import;
# test_markdown.py holds the two together.
_TOKEN = re.compile(
    r"""\\.                                             # escaped
    | <(?:https?://|mailto:)[^\s<>]*>                   # a bare address
    | \[(?:\\.|[^\[\]\\\n]|\n(?!\s*\n))*\]              # a link: words,
      \((?:[a-z][a-z0-9+.-]*:|[/\#])(?:[^\s()]|\([^\s()]*\))*(?:[ ]"[^"\n]*")?\)  # address, title
    | \[\^[^\s\[\]]+\]                                  # a footnote
    | (?P<open>\[) | (?P<close>\])""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def _kept_out(token: re.Match[str]) -> str:
    return _LEFT if token["open"] else _RIGHT if token["close"] else token[0]


def _placed(text: str) -> str:
    """The text with a character of its own for each bracket that has its partner."""
    pairs, waiting = [], []
    for token in _TOKEN.finditer(text):
        if token["open"]:
            waiting.append(token.start())
        elif token["close"] and waiting:
            pairs.append((waiting.pop(), token.start()))
    characters = list(_TOKEN.sub(_kept_out, text))
    for index, (start, end) in enumerate(sorted(pairs)[:_MOST_BRACKETS]):
        characters[start], characters[end] = chr(_OPEN + index), chr(_CLOSE + index)
    return "".join(characters)


_MARK = re.compile("[\U000f0000-\U0010fff0]")
_STEP = re.compile(rf"""<(/?)([a-z0-9]+)(?:\s[a-z]+="[^"]*")*>|({_MARK.pattern})""")


def _nests(html: str, marked: str) -> bool:
    """Whether each bracket of the source stands once, in text, and closes where it opened."""
    if sorted(_MARK.findall(html)) != sorted(_MARK.findall(marked)):
        return False
    seen, open_now = 0, list[str]()
    for step in _STEP.finditer(html):
        seen += bool(step[3])
        for closes, name in _moves(step):
            if not closes:
                open_now.append(name)
            elif not open_now or open_now.pop() != name:
                return False
    return seen == len(_MARK.findall(marked))


def _moves(step: re.Match[str]) -> Iterator[tuple[bool, str]]:
    if mark := step[3]:
        yield ord(mark) >= _CLOSE, str(ord(mark) % (_CLOSE - _OPEN))
    elif step[2] not in ("br", "hr"):
        yield bool(step[1]), step[2]


def numbered(html: str, first: int, label: Label) -> str:
    """A clause with each bracket's number, from `first` on, and its name for those who hear it."""

    def mark(found: re.Match[str]) -> str:
        place = ord(found[0])
        if place < _CLOSE:
            return f'<span class="br" id="b{first + place - _OPEN}"><b>[</b>'
        number = first + place - _CLOSE
        name = escape(label(number))
        return f'<b>]</b><sup><a href="#b{number}" aria-label="{name}">{number}</a></sup></span>'

    return _MARK.sub(mark, html).translate(_BACK)
