"""A receipt is found by its code, however it is typed, and its file is told from a forged one."""

import re

import pytest

from plenary.disclosure.receipts import code_in
from plenary.disclosure.removing import remove_words
from tests.client import Site
from tests.disclosure.test_removals import order
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.anyio
SAID = "Which seals are meant?"


@pytest.mark.parametrize(
    "typed",
    ["X2-43-9V-ZS", "x2 43 9v zs", "X2439VZS", "X2–43–9V–ZS", " x2.43.9v.zs ", "X2_43_9V_ZS"],
)
def test_a_code_is_read_whatever_stands_between_its_letters(typed: str) -> None:
    assert code_in(typed) == "X2-43-9V-ZS"


@pytest.mark.parametrize("typed", ["", "X2-43-9V", "X2-43-9V-Z0", "definition", "X2-43-9V-ZS-A"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert code_in(typed) == ""


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_a_receipt_is_found_by_its_code(site: Site, prefix: str) -> None:
    receipt = await (await found_world()).comment(text=SAID)
    browser = await site.browser()
    bare = receipt.code.replace("-", "")
    for typed in (receipt.code, receipt.code.lower(), bare, receipt.code.replace("-", " ")):
        page = await browser.page(f"{prefix}/search?q={typed}")
        assert f"{prefix}/receipts/{receipt.code}" in page.links()
        assert "Nothing found" not in page.words
        assert SAID in (await browser.page(f"{prefix}/receipts/{typed}")).words
    other = "".join("B" if letter == "A" else "A" for letter in bare)
    assert not [
        at for at in (await browser.page(f"/search?q={other}")).links() if "/receipts" in at
    ]


async def test_the_file_of_a_receipt_is_known_also_when_the_record_has_grown(site: Site) -> None:
    world = await found_world()
    receipt = await world.comment(text=SAID)
    browser = await site.browser()
    text = (await browser.get(f"/receipts/{receipt.code}.txt")).text
    for _ in range(3):
        page = await browser.page("/verify")
        for pasted in (text, text.replace("\n", "\r\n") + "\n\n"):
            answer = await browser.press(page, "/verify", text=pasted)
            assert f"Yes. This is the receipt {receipt.code}" in answer.text
        await world.comment(text="Another.")


@pytest.mark.parametrize("line", ["code", "entry", "bytes", "leaf", "size", "root", "path"])
async def test_a_file_in_which_a_line_was_changed_is_not_known(site: Site, line: str) -> None:
    world = await found_world()
    receipt = await world.comment(text=SAID)
    other = await world.comment(text="Another.")
    browser = await site.browser()
    text, theirs = [
        (await browser.get(f"/receipts/{given.code}.txt")).text for given in (receipt, other)
    ]
    if line == "path":
        forged = re.sub(r"\n[0-9a-f]{64}\n", "\n" + "a" * 64 + "\n", text, count=1)
    elif line in ("size", "root"):
        forged = re.sub(rf"{line}: .*", f"{line}: {'7' * (2 if line == 'size' else 64)}", text)
    else:
        [taken] = re.findall(rf"^{line}: .*$", theirs, re.MULTILINE)
        forged = re.sub(rf"^{line}: .*$", lambda _: taken, text, count=1, flags=re.MULTILINE)
    assert forged != text
    answer = await browser.press(await browser.page("/verify"), "/verify", text=forged)
    assert "Yes." not in answer.text
    assert "It may be altered" in answer.text


async def test_a_receipt_of_words_that_were_removed_says_so(site: Site) -> None:
    receipt = await (await found_world()).comment(text=SAID)
    ordered = await remove_words(SECRETARIAT, receipt.entry, order())
    page = await (await site.browser()).page(f"/receipts/{receipt.code}")
    assert (SAID in page.words, "Removed by order" in page.words) == (False, True)
    assert f"/register/{ordered}" in page.links()
    told = await (await site.browser()).page(f"/register/{ordered}")
    assert f"/register/{receipt.entry}" in told.links(), "an order leads to what it is about"


async def test_a_comment_leads_to_its_entry_of_the_record(site: Site) -> None:
    receipt = await (await found_world()).comment(text=SAID)
    page = await (await site.browser()).page("/proposals/2019/1/comments")
    assert f"/register/{receipt.entry}" in page.links()
