"""What is looked for is bounded wherever a list takes it: it is folded again for every row."""

from pathlib import Path

import pytest

import plenary
from plenary.web.paging import LONGEST_SOUGHT
from tests.client import Page, Site
from tests.web.house import build

pytestmark = pytest.mark.anyio
CODE = Path(plenary.__file__).parent
LISTS = [
    "/positions/2019", "/search", "/decisions", "/secretariat/delegations", "/secretariat/seats",
    "/secretariat/accreditations", "/secretariat/sessions", "/secretariat/letters",
]  # fmt: skip


def test_no_page_reads_what_is_looked_for_by_itself() -> None:
    readers = {
        str(path.relative_to(CODE))
        for path in CODE.rglob("*.py")
        if '"q"' in path.read_text()
        and ('get("q"' in path.read_text() or '["q"]' in path.read_text())
    }
    assert readers == {"web/paging.py"}


@pytest.mark.parametrize("path", LISTS)
async def test_what_is_looked_for_is_cut_before_it_is_looked_for(site: Site, path: str) -> None:
    await build()
    browser = await site.browser("secretariat@example.org")
    answer = await browser.get(f"{path}?q={'w' * (LONGEST_SOUGHT + 1)}")
    assert answer.status_code == 200
    assert "w" * LONGEST_SOUGHT in answer.text, "the form shows what was looked for"
    assert "w" * (LONGEST_SOUGHT + 1) not in Page(answer).words
    assert f'value="{"w" * (LONGEST_SOUGHT + 1)}' not in answer.text
