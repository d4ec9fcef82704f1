"""Tables as people save them."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.refusal import Refused
from plenary.texts.tables import read_table

ROWS = [["Côte d’Ivoire", 'two\nlines; "quoted"'], ["Perú", "a, b"]]


def saved(
    separator: str = ",", encoding: str = "utf-8", end: str = "\r\n", before: str = ""
) -> bytes:
    out = io.StringIO()
    write = csv.writer(out, delimiter=separator, lineterminator=end).writerow
    for row in (["Name ", "what"], *ROWS):
        write(row)
    return (before + out.getvalue()).encode(encoding)


def cells(content: bytes, **columns: object) -> list[list[str]]:
    return [list(row.cells.values()) for row in read_table(content, "a.csv", **columns)]  # type: ignore[arg-type]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_whoever_saved_it(separator: str, encoding: str, end: str) -> None:
    content = saved(separator, encoding, end)
    assert cells(content) == ROWS
    assert cells(content, needed=("name", "what"), more=()) == ROWS
    plain = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    assert cells(content + f"{separator}{end}{separator}{end}{end}".encode(plain)) == ROWS


def test_what_excel_writes_before_a_table_names_its_separator() -> None:
    assert cells(saved(";", before="sep=;\r\n")) == ROWS
    rows = read_table(saved(";", before="sep=;\r\n"), "a.csv")
    assert [row.line for row in rows] == [3, 5]


def test_empty_columns_and_rows_beside_a_table_are_no_part_of_it() -> None:
    assert cells(b"name,what,,\r\na,b,,\r\n,,,\r\n\r\n") == [["a", "b"]]


@pytest.mark.parametrize(
    "content, line, column, fault",
    [
        (b"", 1, "", "not_csv"), (b"name\n", 1, "what", "column_missing"),
        (b"name,what,which\n", 1, "which", "column_unknown"),
        (b"name,name,what\n", 1, "name", "column_unknown"),
        (b'name,what\n"a\nb",c\nd\n', 4, "", "columns"), (b'name,what\n"a,b\n', 2, "", "not_csv"),
        ("name,what\né,".encode() + b"\xff\n", 2, "", "not_utf8"),
        (b"name,what\n\x81,a\n", 2, "", "not_utf8"),
        (b"name,what\na,b,c\n", 2, "", "columns"), (b"\xff\xfea", 1, "", "not_utf8"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_file_line_column_and_reason(
    content: bytes, line: int, column: str, fault: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_table(content, "a.csv", ("name", "what"), ())
    facts = refused.value.facts
    assert (facts["file"], facts["line"], facts["column"]) == ("a.csv", line, column)
    assert facts["fault"].name == fault  # type: ignore[attr-defined]


@given(st.binary())
def test_whatever_bytes_come_are_a_table_or_refused(content: bytes) -> None:
    with suppress(Refused):
        assert all(row.line >= 1 for row in read_table(content, "a.csv"))
