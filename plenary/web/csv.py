"""Tables to keep: RFC 4180, with nothing in them that a spreadsheet would run.

The one writer of every CSV file. With `?for=excel` a mark comes first, by which Excel knows UTF-8;
nothing else changes.
"""

import csv
import io
import unicodedata
from collections.abc import AsyncIterator, Iterable, Sequence

from starlette.requests import Request
from starlette.responses import Response

from plenary.texts.characters import tidy
from plenary.web.answers import as_file, as_stream

MARK = "\ufeff"
FORMULA = frozenset("=+-@\u2212\u2010\u2011")  # a spreadsheet would run what begins so
_BEFORE = " '\"`\u2018\u2019\u201c\u201d\u00ab\u00bb"  # what may stand before it all the same


Row = Iterable[object]


def as_csv(request: Request, name: str, columns: Sequence[str], rows: Iterable[Row]) -> Response:
    """A file of this name with a header row; empty cells for what is None."""
    return as_file(_mark(request) + written([columns, *rows]), "text/csv", name)


def as_long_csv(
    request: Request, name: str, columns: Sequence[str], portions: AsyncIterator[Sequence[Row]]
) -> Response:
    """The same file, sent as its portions are made: one that is too long to be held whole."""
    return as_stream(_parts(_mark(request), columns, portions), "text/csv", name)


async def _parts(
    mark: str, columns: Sequence[str], portions: AsyncIterator[Sequence[Row]]
) -> AsyncIterator[str]:
    yield mark + written([columns])
    async for rows in portions:
        yield written(rows)


def _mark(request: Request) -> str:
    return MARK if request.query_params.get("for") == "excel" else ""


def written(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guarded(_cell(cell)) for cell in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def guarded(cell: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula, however it is disguised.

    By invisible characters, blanks or quotes before it, or by full-width signs.
    """
    bare = unicodedata.normalize("NFKC", tidy(cell)).lstrip(_BEFORE)
    runs = cell[:1] in ("\t", "\r", "\n") or bare.lstrip()[:1] in FORMULA
    return f"'{cell}" if runs and bare.strip() else cell
