"""Tables as people save them: CSV as RFC 4180 has it, and as spreadsheets write it. Pure.

The one reader of every table that comes in. UTF-8 with or without a mark, UTF-16 with one, or
Windows-1252; commas, semicolons or tabs; line breaks within quotes; empty rows at the end.
"""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from plenary.refusal import Fault, Refused

SEPARATORS = ",;\t"
_SPREADSHEET = "sep="  # what Excel takes for the separator of what follows
csv.field_size_limit(1_000_000)  # a longer cell is a quotation mark that was not closed


@dataclass(frozen=True)
class TableRow:
    """One row, with the line of the file that it begins in."""

    line: int
    cells: dict[str, str]  # by column


def bad_row(file: str, line: int, column: str, fault: str, /, **facts: object) -> Refused:
    """Why a file is refused: where, and what for."""
    return Refused("register_row", file=file, line=line, column=column, fault=Fault(fault, **facts))


def read_table(
    content: bytes, file: str, needed: Collection[str] = (), more: Collection[str] | None = None
) -> list[TableRow]:
    """The rows under a header that has every needed column and, where `more` is given, no others.

    Refused, with file, line and column, where it is no such table. Rows without any words are left
    out.
    """
    text = decoded(content, file)
    lines, first = text, 1
    if text[:4].lower() == _SPREADSHEET:
        said, _, lines = text.partition("\n")
        separator, first = said[4:5], 2
    else:
        separator = _separator(text, {*needed, *(more or ())})
    records = list(_records(lines, separator, file, first))
    if not records:
        raise bad_row(file, 1, "", "not_csv")
    header = _header(file, *records[0], needed, more)
    rows = (_row(file, line, header, cells) for line, cells in records[1:])
    return [row for row in rows if any(cell.strip() for cell in row.cells.values())]


def decoded(content: bytes, file: str) -> str:
    """The text of a file, in whichever of the usual encodings it was saved."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        broken = content.decode("utf-8-sig", "ignore")
        # A file that is UTF-8 but for some bytes is damaged; taken for Windows-1252, each of its
        # letters would be two.
        encodings = ["utf-8-sig"] if not broken.isascii() else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            start = error.start
    raise bad_row(file, content[:start].count(b"\n") + 1, "", "not_utf8")


def _separator(text: str, known: set[str]) -> str:
    """The one that finds most of the columns that are known; else the one that parts most."""
    header = next((line for line in text.splitlines() if line.strip()), "")

    def parts(separator: str) -> tuple[int, int]:
        names = [_name(cell) for cell in next(csv.reader([header], delimiter=separator), [])]
        return len(known & set(names)), len(names)

    return max(SEPARATORS, key=parts)


def _records(text: str, separator: str, file: str, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or ",", strict=True)
    begins = 0
    try:
        for cells in reader:
            if cells:
                yield begins + first, cells
            begins = reader.line_num
    except csv.Error:
        raise bad_row(file, begins + first, "", "not_csv")


def _name(cell: str) -> str:
    return cell.strip().casefold().replace(" ", "_")


def _header(
    file: str, line: int, cells: list[str], needed: Collection[str], more: Collection[str] | None
) -> list[str]:
    names = [_name(cell) for cell in cells]
    while names and not names[-1]:  # spreadsheets save the empty columns beside a table too
        names.pop()
    for name in needed:
        if name not in names:
            raise bad_row(file, line, name, "column_missing")
    for name in names:
        if names.count(name) > 1 or (more is not None and name not in {*needed, *more}):
            raise bad_row(file, line, name, "column_unknown")
    return names


def _row(file: str, line: int, header: list[str], cells: list[str]) -> TableRow:
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    if any(cell.strip() for cell in cells) and len(cells) != len(header):
        raise bad_row(file, line, "", "columns", found=len(cells), wanted=len(header))
    return TableRow(line, dict(zip(header, cells, strict=False)))
