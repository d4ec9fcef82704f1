"""How a register of past decisions is read: every cell checked, every row named. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from plenary.decisions.rules import GROUPS, OWN
from plenary.refusal import Fault, Refused
from plenary.registers import words
from plenary.texts.characters import fault_in, one_line, tidy
from plenary.texts.dates import loose_date
from plenary.texts.folding import slug
from plenary.texts.symbols import FORM, symbol_in
from plenary.texts.tables import bad_row, read_table

NEEDED = (
    "date", "place", "meeting", "kind", "title", "summary", "source", "procedure", "confidence",
)  # fmt: skip
OPTIONAL = ("id", "title_fr", "summary_fr", "symbol")
MOST = {
    "place": 120, "meeting": 160, "kind": 60, "title": 2_000, "summary": 10_000, "source": 2_000,
    "procedure": 120, "confidence": 80, "id": 90, "symbol": 120, "title_fr": 2_000,
    "summary_fr": 10_000,
}  # fmt: skip
TEXTS = ("summary", "summary_fr")  # cells of several lines
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:/-]*[A-Za-z0-9])?")
_KEY = re.compile(r"[a-z][a-z0-9-]{1,23}")
_FORMATS = (".json", ".txt", ".md", ".csv", ".atom")  # an id that ends like a file hides its page


@dataclass(frozen=True)
class ImportedRow:
    """One past decision as its source states it."""

    line: int
    date: str
    place: str
    meeting: str
    kind: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    source: str
    procedure: str
    confidence: str
    symbol: str
    id: str  # the source's, or made of date and title

    @property
    def year(self) -> int:
        return int(self.date[:4])


@dataclass(frozen=True)
class Register:
    """A file of past decisions: its name, its SHA-256 and its rows in their order."""

    file: str
    digest: str
    rows: tuple[ImportedRow, ...]


def bar_to_register(key: str) -> Refused | None:
    """A register's short name stands in addresses, where `own` and years mean something else."""
    if _KEY.fullmatch(key) and key not in (OWN, GROUPS):
        return None
    return Refused("register_name", key=key)


def read_register(
    content: bytes, file: str = "register.csv", *, french: bytes | None = None
) -> Register:
    """Every row of a CSV file, or Refused with file, line, column and fault of the first bad one.

    `french` is a second file (row,title_fr,summary_fr) that counts the rows of the first from 1.
    """
    rows = read_table(content, file, NEEDED, OPTIONAL)
    told = _in_french(french) if french is not None else {}
    found, taken, lines = [], set[str](), dict[tuple[str, ...], int]()
    for number, (line, cells) in enumerate(((row.line, row.cells) for row in rows), 1):
        row = _row(file, line, cells | told.get(number, {}), taken)
        if (first := lines.setdefault(_said(row), line)) != line:
            raise bad_row(file, line, "", "row_twice", first=first)
        taken.add(row.id)
        found.append(row)
    return Register(file, sha256(content).hexdigest(), tuple(found))


def _said(row: ImportedRow) -> tuple[str, ...]:
    """All that a row says: two rows that say the same are one, entered twice."""
    stated = (row.date, row.place, row.meeting, row.kind, row.source, row.procedure, row.symbol)
    return (*stated, row.confidence, *row.title.values(), *row.summary.values())


def _in_french(content: bytes) -> dict[int, dict[str, str]]:
    """The French of each row that is told apart, by its number."""
    rows = read_table(content, "french", ("row", "title_fr", "summary_fr"))
    return {
        int(row.cells["row"]): {name: row.cells[name] for name in ("title_fr", "summary_fr")}
        for row in rows
    }


def _row(file: str, line: int, cells: Mapping[str, str], taken: set[str]) -> ImportedRow:
    cell = {name: _cell(file, line, name, text) for name, text in cells.items()}
    for name, text in cell.items():
        _check(file, line, name, text)
    symbol = cell.get("symbol") or symbol_in(cell["title"])
    return ImportedRow(
        line=line,
        id=_identity(file, line, cell, taken),
        symbol=symbol,
        title=_words(cell, "title"),
        summary=_words(cell, "summary"),
        **{name: cell[name] for name in NEEDED if name not in ("title", "summary")},
    )


def _cell(file: str, line: int, column: str, text: str) -> str:
    """What a cell says, by the rules of a form: only a summary has several lines."""
    lines = column in TEXTS
    text = text.strip(" \t\r\n") if lines else " ".join(re.split(r"[\t\r\n]+", text)).strip()
    if fault := fault_in(text, lines=lines):
        raise bad_row(file, line, column, fault.name, **fault.facts)
    kept = tidy(text) if lines else one_line(text)
    return _dated(file, line, kept) if column == "date" and kept else kept


def _dated(file: str, line: int, text: str) -> str:
    day = loose_date(text)
    if isinstance(day, Fault):
        raise bad_row(file, line, "date", day.name, **day.facts)
    return day


def _check(file: str, line: int, column: str, text: str) -> None:
    """Refuse the first thing that is wrong with a cell."""
    if column in ("date", "title", "kind") and not text:
        raise bad_row(file, line, column, "needed")
    if len(text) > MOST.get(column, 10):
        over = len(text) - MOST.get(column, 10)
        raise bad_row(file, line, column, "too_long", over=over)
    if column == "kind" and not words.outcome_of(text, ""):
        raise bad_row(file, line, column, "unknown_kind", value=text)
    if column == "id" and text and (not _ID.fullmatch(text) or text.endswith(_FORMATS)):
        raise bad_row(file, line, column, "not_an_id", value=text)
    if column == "symbol" and text and not FORM.fullmatch(text):
        raise bad_row(file, line, column, "symbol_form")


def _identity(file: str, line: int, cell: Mapping[str, str], taken: set[str]) -> str:
    """The source's id; else date and title, numbered where two rows share both."""
    if given := cell.get("id", ""):
        if given in taken:
            raise bad_row(file, line, "id", "taken_twice", value=given)
        return given
    made = slug(f"{cell['date']} {cell['title']}")
    name, count = made, 1
    while name in taken:
        count += 1
        name = f"{made}-{count}"
    return name


def _words(cell: Mapping[str, str], name: str) -> dict[str, str]:
    texts = {"en": cell[name], "fr": cell.get(f"{name}_fr", "")}
    return {language: text for language, text in texts.items() if text}
