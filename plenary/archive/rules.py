"""How a register of past decisions is read: every cell checked, every row named. Pure."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from plenary.archive import words
from plenary.refusal import Fault, Refused
from plenary.texts.folding import slug
from plenary.texts.symbols import symbol_in

NEEDED = (
    "date", "place", "meeting", "kind", "title", "summary", "source", "procedure", "confidence",
)  # fmt: skip
OPTIONAL = ("id", "title_fr", "summary_fr", "symbol")
MOST = {
    "place": 120, "meeting": 160, "kind": 60, "title": 2_000, "summary": 10_000, "source": 2_000,
    "procedure": 120, "confidence": 80, "id": 90, "symbol": 120, "title_fr": 2_000,
    "summary_fr": 10_000,
}  # fmt: skip
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:/-]*[A-Za-z0-9])?")
_KEY = re.compile(r"[a-z][a-z0-9-]{1,23}")
_FORMATS = (".json", ".txt", ".md", ".csv", ".atom")  # an id that ends like a file hides its page


@dataclass(frozen=True)
class Row:
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
    rows: tuple[Row, ...]


def bar_to_register(key: str) -> Refused | None:
    """A register's short name stands in addresses, where `own` and years mean something else."""
    if _KEY.fullmatch(key) and key != "own":
        return None
    return Refused("register_name", key=key)


def read_register(
    content: bytes, file: str = "register.csv", *, french: bytes | None = None
) -> Register:
    """Every row of a CSV file, or Refused with file, line, column and fault of the first bad one.

    `french` is a second file (row,title_fr,summary_fr) that counts the rows of the first from 1.
    """
    rows = list(_records(content, file))
    if french is not None:
        rows = [(line, cells | more) for (line, cells), more in _paired(rows, french)]
    found, taken = [], set[str]()
    for line, cells in rows:
        row = _row(file, line, cells, taken)
        taken.add(row.id)
        found.append(row)
    return Register(file, sha256(content).hexdigest(), tuple(found))


def _records(content: bytes, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each record with the line it begins in, the header checked first."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise bad_row(file, line, "", "not_utf8")
    reader, begins = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    header: list[str] = []
    try:
        for cells in reader:
            if not header:
                header = _header(file, cells)
            elif cells:
                if len(cells) != len(header):
                    raise bad_row(file, begins, "", "columns", found=len(cells), wanted=len(header))
                yield begins, dict(zip(header, cells, strict=True))
            begins = reader.line_num + 1
    except csv.Error:
        raise bad_row(file, begins, "", "not_csv")
    if not header:
        raise bad_row(file, 1, "", "not_csv")


def _header(file: str, cells: list[str]) -> list[str]:
    for name in NEEDED:
        if name not in cells:
            raise bad_row(file, 1, name, "column_missing")
    for name in cells:
        if name not in NEEDED + OPTIONAL or cells.count(name) > 1:
            raise bad_row(file, 1, name, "column_unknown")
    return cells


def _paired(
    rows: list[tuple[int, dict[str, str]]], french: bytes
) -> Iterator[tuple[tuple[int, dict[str, str]], dict[str, str]]]:
    told = {one["row"]: one for one in csv.DictReader(io.StringIO(french.decode("utf-8-sig")))}
    for number, row in enumerate(rows, 1):
        one = told.get(str(number), {})
        yield row, {name: one.get(name, "") for name in ("title_fr", "summary_fr")}


def _row(file: str, line: int, cells: Mapping[str, str], taken: set[str]) -> Row:
    cell = {name: unicodedata.normalize("NFC", text.strip()) for name, text in cells.items()}
    for name, text in cell.items():
        _check(file, line, name, text)
    symbol = cell.get("symbol") or symbol_in(cell["title"])
    return Row(
        line=line, id=_identity(file, line, cell, taken), symbol=symbol,
        title=_words(cell, "title"), summary=_words(cell, "summary"),
        **{name: cell[name] for name in NEEDED if name not in ("title", "summary")},
    )  # fmt: skip


def _check(file: str, line: int, column: str, text: str) -> None:
    """Refuse the first thing that is wrong with a cell."""
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise bad_row(file, line, column, "control_character")
    if column in ("date", "title", "kind") and not text:
        raise bad_row(file, line, column, "needed")
    if len(text) > MOST.get(column, 10):
        over = len(text) - MOST.get(column, 10)
        raise bad_row(file, line, column, "too_long", over=over)
    if column == "date" and not _is_date(text):
        raise bad_row(file, line, column, "not_a_loose_date")
    if column == "kind" and not words.outcome_of(text, ""):
        raise bad_row(file, line, column, "unknown_kind", value=text)
    if column == "id" and text and (not _ID.fullmatch(text) or text.endswith(_FORMATS)):
        raise bad_row(file, line, column, "not_an_id", value=text)


def _is_date(text: str) -> bool:
    """2019, 2019-11 or 2019-11-20: as exact as the source."""
    if not _DATE.fullmatch(text) or not text.isascii():
        return False
    try:
        date.fromisoformat("-".join([*text.split("-"), "01", "01"][:3]))
    except ValueError:
        return False
    return 1800 <= int(text[:4]) <= 2200


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


def bad_row(file: str, line: int, column: str, fault: str, **facts: object) -> Refused:
    return Refused("register_row", file=file, line=line, column=column, fault=Fault(fault, **facts))
