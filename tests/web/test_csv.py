"""Tables to keep: read by any program, run by none."""

import ast
import csv
import io
from pathlib import Path

import pytest

from plenary.web.csv import guarded, written
from tests.client import Site
from tests.world import found_world

CODE = Path(__file__).parents[2] / "plenary"
RUNS = (
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "\ufeff=1",
    "\u00ad+1", "\u2060@x", "＝1+1", "＋1", "－1", "＠x", "﹦1", '"=1', "'=1", "“=1", "\u00a0=1",
    "\u3164=1", "\u202f-1",
    "−1", "\tx", " \u200b '=cmd|' /C calc'!A0", "\U000e0041=1",
)  # fmt: skip
RUNS_NOT = (
    "",
    "1-1",
    "a=b",
    "Seals",
    "2019-11-20",
    "'quoted'",
    "“Yes”",
    "\u200b",
    "Пломбы",
    "¬x",
    " ",
)
FILES = ("/decisions.csv", "/positions/2019.csv", "/follow-up.csv")


@pytest.mark.parametrize("cell", RUNS)
def test_a_spreadsheet_runs_nothing_however_it_is_disguised(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", RUNS_NOT)
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert guarded(cell) == cell


def test_every_line_is_one_of_rfc_4180() -> None:
    text = written([("a", "b"), ('x, "y"', "one\ntwo"), (None, True), (1, "")])
    assert text == 'a,b\r\n"x, ""y""","one\ntwo"\r\n,true\r\n1,\r\n'
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 4


@pytest.mark.parametrize("path", FILES)
async def test_for_excel_a_mark_comes_first_and_nothing_else_changes(site: Site, path: str) -> None:
    await found_world()
    browser = await site.browser()
    plain = await browser.get(path)
    marked = await browser.get(f"{path}?for=excel")
    assert marked.content == b"\xef\xbb\xbf" + plain.content
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    for answer in (plain, marked):
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        name = path.strip("/").replace("/", "-")
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_no_other_file_writes_or_reads_a_table() -> None:
    """A second writer would be a second guard, and one of them would be forgotten."""
    for path in CODE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        ours = path.relative_to(CODE).as_posix() in ("web/csv.py", "texts/tables.py")
        assert ours or "csv" not in named, path
