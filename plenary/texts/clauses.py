"""Clauses: how a typed text becomes paragraphs one can point at, and how they stay themselves."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal

from plenary.texts import characters
from plenary.texts.matching import Matcher

Kind = Literal["heading", "preambular", "operative"]

MOST_CHARACTERS = 200_000
MOST_IN_A_CLAUSE = 20_000
MOST_CLAUSES = 2_000
DEEPEST = 10  # brackets inside each other; the words of each are copied out
MOST_PROBLEMS = 50  # a pasted binary file has thousands; nobody reads past the first ones

# --- the words -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """One clause as typed: Markdown source without its leading number or heading mark."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Clause:
    """A paragraph of one version. `key` survives versions; `number` is what this version prints."""

    key: str
    kind: Kind
    number: int | None
    text: str


@dataclass(frozen=True, init=False)
class Problem:
    """Why a text cannot be taken: a name and facts. Templates hold the words."""

    name: str
    facts: Mapping[str, int | str] = field(hash=False)

    def __init__(self, name: str, **facts: int | str) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "facts", facts)


@dataclass(frozen=True)
class Bracket:
    """Words not agreed: `text[start:end]` of the clause, brackets included; `words` without."""

    number: int
    clause: str
    start: int
    end: int
    words: str
    holders: tuple[str, ...]


# --- reading a typed text ------------------------------------------------------------------------

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
# Three digits at most, so that a wrapped line beginning "2019. The …" is no clause.
_NUMBER = re.compile(r" {0,3}(\[?)(?:§\s?\d{1,3}[.)]?|\d{1,3}[.)])(?:\s+|$)")
_SUB_ITEM = re.compile(r"\s*(?:\((?:[a-z]{1,2}|[ivxl]{1,5})\)|[a-z]\))\s", re.I)
_CALL = re.compile(r"\[\^[^\s\[\]]+\]")
_FOOTNOTE = re.compile(rf"\s*({_CALL.pattern}):")


def parse(text: str) -> tuple[Draft, ...]:
    """The clauses of a typed text.

    A blank line, a numbered line (`1.`, `1)`, `§1`) or a heading (`# …`) begins a new clause.
    Lettered items `(a)` and footnotes `[^1]: …` stay in theirs, also after a blank line.
    Unnumbered clauses are preambular; where nothing is numbered, all are operative.
    """
    return tuple(Draft(block.kind, block.text) for block in _blocks(characters.tidy(text)))


def source(clauses: Iterable[Clause]) -> str:
    """The Markdown to put into an edit form: `parse(source(x))` gives the clauses of x again."""
    return "".join(f"{_mark(clause)}{clause.text}\n\n" for clause in clauses)


def _mark(clause: Clause) -> str:
    if clause.kind == "heading":
        return "# "
    return "" if clause.number is None else f"{clause.number}. "


@dataclass
class _Block:
    kind: Kind
    lines: list[tuple[int, str]]  # with their line numbers, for messages

    @property
    def raw(self) -> str:
        return "\n".join(line for _, line in self.lines)

    @property
    def text(self) -> str:
        return self.raw.strip()


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    current: _Block | None = None
    callers: dict[str, _Block] = {}  # the last clause that calls each footnote
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            current = None
            continue
        current = _take(blocks, current or _host(blocks, callers, line), number, line)
        callers.update(dict.fromkeys(_CALL.findall(line), current or blocks[-1]))
    blocks = [block for block in blocks if block.text]
    if not any(block.kind == "operative" for block in blocks):
        for block in blocks:
            block.kind = "heading" if block.kind == "heading" else "operative"
    return blocks


def _take(blocks: list[_Block], host: _Block | None, number: int, line: str) -> _Block | None:
    """Put one line where it belongs; the block that the next line may continue."""
    line = line if host else line.lstrip()  # indentation means something only inside a clause
    if heading := _HEADING.match(line):
        blocks.append(_Block("heading", [(number, _without_closing_marks(heading[1]))]))
        return None
    if numbered := _NUMBER.match(line):
        blocks.append(_Block("operative", [(number, numbered[1] + line[numbered.end() :])]))
        return blocks[-1]
    if host is None:
        blocks.append(_Block("preambular", [(number, line)]))
        return blocks[-1]
    if number > host.lines[-1][0] + 1:
        host.lines.append((number, ""))  # it came after a blank line and keeps its distance
    host.lines.append((number, line))
    return host


def _without_closing_marks(heading: str) -> str:
    """`# Title #` is Title, yet `# C#` is C#."""
    text = heading.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else text


def _host(blocks: list[_Block], callers: Mapping[str, _Block], line: str) -> _Block | None:
    """The earlier clause that a lettered item or a footnote belongs to, after a blank line."""
    last = blocks[-1] if blocks and blocks[-1].kind != "heading" else None
    if footnote := _FOOTNOTE.match(line):
        return callers.get(footnote[1], last)
    return last if _SUB_ITEM.match(line) else None


# --- what is wrong with it -----------------------------------------------------------------------


def problems(text: str) -> tuple[Problem, ...]:
    """Why this text cannot become a version; nothing when it can. `line` counts from one."""
    text = characters.tidy(text)
    if len(text) > MOST_CHARACTERS:
        return (_too_long("text", 1, len(text), MOST_CHARACTERS),)
    blocks = _blocks(text)
    found = chain(_extent(blocks), _characters(text), *map(_unbalanced, blocks))
    return tuple(islice(found, MOST_PROBLEMS))


def _too_long(part: str, line: int, characters: int, most: int) -> Problem:
    return Problem("too_long", part=part, line=line, characters=characters, most=most)


def _extent(blocks: list[_Block]) -> Iterator[Problem]:
    if all(block.kind == "heading" for block in blocks):
        yield Problem("empty")
    if len(blocks) > MOST_CLAUSES:
        yield Problem("too_many_clauses", clauses=len(blocks), most=MOST_CLAUSES)
    for block in blocks:
        if len(block.text) > MOST_IN_A_CLAUSE:
            yield _too_long("clause", block.lines[0][0], len(block.text), MOST_IN_A_CLAUSE)


def _characters(text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if found := characters.strange(line, lines=True):
            yield Problem(found.fault, line=number, place=found.place, character=found.character)


def _unbalanced(block: _Block) -> Iterator[Problem]:
    """A bracket closes in the clause where it opened: it has to be held by somebody somewhere."""
    _, unclosed, unopened, deep = _pairs(block.raw)
    names = ("bracket_unclosed", "bracket_unopened", "bracket_too_deep")
    for name, places in zip(names, (unclosed, unopened, deep), strict=True):
        for place in places:
            yield Problem(name, line=block.lines[block.raw.count("\n", 0, place)][0])


# --- the same clause in the next version ---------------------------------------------------------

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_ALIKE = 0.5
_ALL_PAIRS = 20_000  # above this many pairs, only candidates that share a rare word or a place
_RARE = 30
_COMPARED = 100  # comparisons for each clause, while looking for those that stayed in place
_PART = 6  # fewer words prove nothing when one clause is only a piece of another


def number_first(drafts: Iterable[Draft]) -> tuple[Clause, ...]:
    """Keys for a first version: p1, p2, … operative; pp1, pp2, … preambular and headings."""
    return carry((), tuple(drafts), ())


def carry(old: Sequence[Clause], new: Sequence[Draft], used: Collection[str]) -> tuple[Clause, ...]:
    """Give each new draft the key of the clause it continues, or one never used before.

    `used` holds every key the proposal ever had. Identical words come first (in place, then
    moved, then as another kind), then the most alike. Of a split clause the longer part goes on
    under its key, of two equal parts the first; a merged clause goes on under that of its
    longer part. A key keeps the prefix of its birth.
    """
    heirs: dict[int, int] = {}
    _identical(old, new, heirs)
    _alike(old, new, heirs)
    fresh = _fresh_keys({*used, *(clause.key for clause in old)})
    clauses, number = [], 0
    for place, draft in enumerate(new):
        number += draft.kind == "operative"
        key = old[heirs[place]].key if place in heirs else next(fresh[_prefix(draft.kind)])
        shown = number if draft.kind == "operative" else None
        clauses.append(Clause(key, draft.kind, shown, draft.text))
    return tuple(clauses)


def _prefix(kind: Kind) -> str:
    return "p" if kind == "operative" else "pp"


def _fresh_keys(used: Collection[str]) -> dict[str, Iterator[str]]:
    def after_the_last(prefix: str) -> Iterator[str]:
        born = [int(key[len(prefix) :]) for key in used if re.fullmatch(rf"{prefix}\d+", key)]
        number = max(born, default=0)
        while True:
            number += 1
            yield f"{prefix}{number}"

    return {prefix: after_the_last(prefix) for prefix in ("p", "pp")}


def _identical(old: Sequence[Clause], new: Sequence[Draft], heirs: dict[int, int]) -> None:
    before = [(clause.kind, clause.text) for clause in old]
    after = [(draft.kind, draft.text) for draft in new]
    for block in Matcher(before, after, _COMPARED * (len(old) + len(new))).get_matching_blocks():
        heirs.update((block.b + step, block.a + step) for step in range(block.size))
    for whole in (True, False):  # moved as it was, then moved with another kind
        homes: dict[object, list[int]] = {}
        for place in _left(len(old), heirs.values()):
            homes.setdefault(before[place] if whole else old[place].text, []).append(place)
        for place in _left(len(new), heirs):
            if same := homes.get(after[place] if whole else new[place].text):
                heirs[place] = same.pop(0)


def _left(count: int, taken: Iterable[int]) -> list[int]:
    return sorted(set(range(count)) - set(taken))


def _alike(old: Sequence[Clause], new: Sequence[Draft], heirs: dict[int, int]) -> None:
    """Best first: most alike, most words shared, same kind, earliest in the new text."""
    olds, news = _left(len(old), heirs.values()), _left(len(new), heirs)
    before = {place: _words(old[place].text) for place in olds}
    after = {place: _words(new[place].text) for place in news}
    ranked = []
    for place, home in _candidates(before, after):
        score, shared = _likeness(before[home], after[place])
        if score:
            other = old[home].kind != new[place].kind
            ranked.append((-score, -shared, other, place, abs(home - place), home))
    taken: set[int] = set()
    for *_, place, _, home in sorted(ranked):
        if place not in heirs and home not in taken:
            heirs[place] = home
            taken.add(home)


@dataclass(frozen=True)
class _Words:
    """The words of a clause, counted once for all the clauses that it is compared with."""

    all: tuple[str, ...]
    counts: Counter[str]
    joined: str


def _words(text: str) -> _Words:
    words = tuple(_WORD.findall(text.casefold()))
    return _Words(words, Counter(words), f" {' '.join(words)} ")


def counted(text: str) -> Counter[str]:
    """The words of a clause, and how often each of them stands in it."""
    return _words(text).counts


def _candidates(
    before: Mapping[int, _Words], after: Mapping[int, _Words]
) -> Iterator[tuple[int, int]]:
    """Pairs (new place, old place) worth comparing: all of them, unless they are too many."""
    olds = list(before)
    if len(before) * len(after) <= _ALL_PAIRS:
        yield from ((place, home) for place in after for home in olds)
        return
    homes: dict[str, list[int]] = {}
    for home, words in before.items():
        for word in words.counts:
            homes.setdefault(word, []).append(home)
    rare = {word: places for word, places in homes.items() if len(places) <= _RARE}
    for rank, (place, words) in enumerate(after.items()):
        shared = Counter(home for word in words.counts for home in rare.get(word, ()))
        middle = rank * len(olds) // len(after)
        near = olds[max(0, middle - 3) : middle + 4]
        for home in dict.fromkeys([*(home for home, _ in shared.most_common(12)), *near]):
            yield place, home


def _likeness(before: _Words, after: _Words) -> tuple[float, int]:
    """How alike (0 when another clause) and how many words are shared."""
    shared = (before.counts & after.counts).total()
    score = 2 * shared / max(1, len(before.all) + len(after.all))
    if score >= _ALIKE:
        return score, shared
    part, whole = sorted((before, after), key=lambda words: len(words.all))
    if len(part.all) >= _PART and part.joined in whole.joined:
        return score / 2, shared  # a small piece of it, word for word: weaker than any likeness
    return 0.0, shared


# --- brackets ------------------------------------------------------------------------------------

# The same tokens stand in plenary/web/markdown.py, which may import no concept;
# a test there holds the two together.
_TOKEN = re.compile(
    r"""\\.                                             # escaped
    | <(?:https?://|mailto:)[^\s<>]*>                   # a bare address
    | \[(?:\\.|[^\[\]\\\n]|\n(?!\s*\n))*\]              # a link: words,
      \((?:[a-z][a-z0-9+.-]*:|[/\#])(?:[^\s()]|\([^\s()]*\))*(?:[ ]"[^"\n]*")?\)  # address, title
    | \[\^[^\s\[\]]+\]                                  # a footnote
    | (?P<open>\[) | (?P<close>\])""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def brackets(clauses: Iterable[Clause], holders_known: Collection[str] = ()) -> tuple[Bracket, ...]:
    """The brackets of a text, numbered in reading order, an outer one before those inside it.

    `[Aldoria, Belmark: words]` is held by both when both names are known; where a name has a
    comma in it, semicolons part the names.
    """
    known = {name.casefold(): name for name in holders_known}
    found: list[Bracket] = []
    for clause in clauses:
        for start, end in _pairs(clause.text)[0]:
            holders, words = _attributed(clause.text[start + 1 : end - 1], known)
            found.append(Bracket(len(found) + 1, clause.key, start, end, words, holders))
    return tuple(found)


def _pairs(text: str) -> tuple[list[tuple[int, int]], list[int], list[int], list[int]]:
    """Spans of the brackets in reading order; places of those unclosed, unopened, too deep."""
    pairs, waiting, unopened, deep = [], [], [], []
    for token in _TOKEN.finditer(text):
        if token["open"]:
            waiting.append(token.start())
            deep += [token.start()] if len(waiting) == DEEPEST + 1 else []
        elif token["close"] and waiting:
            pairs.append((waiting.pop(), token.end()))
        elif token["close"]:
            unopened.append(token.start())
    return sorted(pairs), waiting, unopened, deep


def _attributed(words: str, known: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    head, colon, rest = words.partition(":")
    whole = [head.strip()] if head.strip().casefold() in known else None
    names = whole or [name.strip() for name in re.split("[;]" if ";" in head else "[,]", head)]
    if not colon or not all(name.casefold() in known for name in names):
        return (), words
    return tuple(dict.fromkeys(known[name.casefold()] for name in names)), rest.strip()


# --- what is signed and translated ---------------------------------------------------------------

_STARS = re.compile(r"(?<!\\)(\*{1,3})(?![\s*])([^*]*[^\s*\\])\1")
_LINES = re.compile(r"(?<![\w\\])(_{1,3})(?![\s_])([^_]*[^\s_\\])\1(?!\w)")


def plain(clauses: Iterable[Clause]) -> str:
    """The canonical text, of which the fingerprint is taken.

    Clauses in reading order, a blank line between two, one newline at the end. A heading and a
    preambular clause stand as they are, an operative one after its number: `1. Decides …`.
    Marks of emphasis (`*`, `_`) are taken out, spaces at the ends of lines too; everything else
    stays as typed: brackets, links, letters of sub-items, backslashes.
    """
    shown = (_unmarked(clause) for clause in clauses)
    return "\n\n".join(shown).strip("\n") + "\n"


def _unmarked(clause: Clause) -> str:
    text = clause.text
    for _ in range(3):  # emphasis inside emphasis: the innermost goes first
        text = _LINES.sub(r"\2", _STARS.sub(r"\2", text))
    number = "" if clause.number is None else f"{clause.number}. "
    return number + "\n".join(line.rstrip() for line in text.split("\n"))


def fingerprint(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def aligned(
    original: Sequence[Clause], translation: Sequence[Draft]
) -> tuple[tuple[str, str], ...] | Problem:
    """The translation clause by clause, as (key, text), or why that cannot be told."""
    if len(original) != len(translation):
        counts = {"original": len(original), "translation": len(translation)}
        return Problem("translation_clause_count", **counts)
    pairs = zip(original, translation, strict=True)
    return tuple((clause.key, draft.text) for clause, draft in pairs)
