"""The main job by hand: tabled, positions, Observers heard, decided, read. Without script too."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PageAt
from tests.browser.harness import Site, complaints, new_page, sign_in

TEXT = """*The Plenary,*

*Recalling* its earlier decisions,

1. *Decides* to meet [twice] a year;

2. *Requests* the secretariat to report."""


@pytest.mark.parametrize("javascript", [True, False], ids=("with script", "without script"))
def test_a_proposal_is_tabled_objected_to_revised_and_adopted(
    site: Site, page_at: PageAt, javascript: bool
) -> None:
    head, chair, observer, reader = (page_at(javascript=javascript) for _ in range(4))
    sign_in(head, site.base, "head.ca@example.org")
    sign_in(chair, site.base, "chair@example.org")
    sign_in(observer, site.base, "csc@example.org")

    address = _table(head, site)
    _put_the_question(chair, address)
    _object(head, address)
    _be_heard(observer, address)
    _declaring_adoption_is_not_offered(chair, address)
    _revise(chair, address)
    _support_after_all(head, address)
    decision = _declare(chair, address)

    reader.goto(decision)
    expect(reader.locator("h1")).to_have_text("Meet twice a year")
    expect(reader.locator("main")).to_contain_text("Adopted by consensus")
    expect(reader.locator("main")).to_contain_text("Civil Society Coalition")
    reader.goto(address + "/history")
    expect(reader.locator("#milestones li")).to_have_count(6)
    # Chromium itself notes the 422 of the form that was sent back.
    said = [*complaints(head), *complaints(chair), *complaints(observer)]
    assert [text for text in said if "status of 422" not in text] == []


def _table(page: Page, site: Site) -> str:
    page.goto(site.url("/proposals/new"))
    page.get_by_label("Title").fill("Meet twice a year")
    page.get_by_label("In one sentence").fill("Would hold two meetings a year.")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Save as draft").click()
    expect(page.locator("main")).to_contain_text("those they show it to can read this draft")
    page.get_by_role("button", name="Table this draft").click()
    expect(page.locator("main")).not_to_contain_text("those they show it to can read this draft")
    return re.sub(r"[?#].*", "", page.url)


def _put_the_question(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Put the question").click()
    expect(page.locator("main")).to_contain_text("55 active Participants")
    page.get_by_role("button", name="Check and continue").click()
    expect(page.locator("main")).to_contain_text("55 Participants on the roll")
    page.get_by_role("button", name="Put the question").click()
    expect(page.locator("#consensus")).to_contain_text("Nobody has spoken yet")


def _object(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="State a position").click()
    page.get_by_label("Object").check()
    page.get_by_role("button", name="Check and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("an objection needs one")
    expect(page.get_by_label("Object")).to_be_checked()
    page.get_by_label("What would let you join?", exact=True).fill("Without the bracket.")
    page.get_by_role("checkbox", name=re.compile("^Paragraph 1:")).check()
    page.get_by_label("Explanation of position", exact=True).fill("The word twice is not agreed.")
    page.get_by_role("button", name="Check and continue").click()
    expect(page.locator("h1")).to_have_text("Check before it is recorded")
    page.get_by_role("button", name="Object").click()
    expect(page).to_have_url(re.compile(r"/receipts/"))


def _be_heard(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Be heard").click()
    page.get_by_label("In favour").check()
    page.get_by_label("Explanation of position", exact=True).fill("Two meetings are better.")
    page.get_by_role("button", name="Check and continue").click()
    page.get_by_role("button", name="Put it on the record").click()
    expect(page).to_have_url(re.compile(r"/receipts/"))


def _declaring_adoption_is_not_offered(page: Page, address: str) -> None:
    page.goto(address + "/declaration")
    expect(page.get_by_label("No consensus")).to_be_visible()
    expect(page.get_by_label("Adopted", exact=True)).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Without the bracket.")


def _revise(page: Page, address: str) -> None:
    page.goto(address + "/versions")
    page.get_by_label("Text", exact=True).fill(TEXT.replace("[twice]", "twice"))
    page.get_by_role("button", name="Issue version 2").click()
    page.goto(address + "/v1..v2")
    expect(page.locator(".cl del")).to_have_count(2)


def _support_after_all(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#you")).to_contain_text("has no position on version 2")
    page.get_by_role("link", name="State a position").click()
    expect(page.locator("main")).to_contain_text("The text changed after you spoke")
    page.get_by_label("Support", exact=True).check()
    page.get_by_role("button", name="Check and continue").click()
    page.get_by_role("button", name="Put it on the record").click()


def _declare(page: Page, address: str) -> str:
    page.goto(address + "/declaration")
    page.get_by_label("Adopted", exact=True).check()
    # The room of the sample is in session, and the text is new: the Chair may waive the notice.
    page.get_by_label("I waive the notice").check()
    page.get_by_role("button", name="Check and continue").click()
    expect(page.locator("h1")).to_have_text("Check before you declare")
    page.get_by_role("button", name="Declare: adopted").click()
    expect(page).to_have_url(re.compile(r"/decisions/2019/\d+"))
    return page.url


def test_a_position_is_stated_by_keyboard_alone(site: Site, chromium: Browser) -> None:
    page = new_page(chromium, 1280)
    sign_in(page, site.base, "head.sg@example.org")
    page.goto(site.url("/proposals/2019/2/position"))
    _tab_to(page, "p-support")
    page.keyboard.press("Space")
    _tab_to(page, "Check and continue")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Check before it is recorded")
    _tab_to(page, "Put it on the record")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/receipts/"))
    page.context.close()


def test_on_a_phone_a_support_is_checked_and_recorded_without_scrolling(
    site: Site, page_at: PageAt
) -> None:
    page = page_at(width=390)
    sign_in(page, site.base, "head.bw@example.org")
    page.goto(site.url("/proposals/2019/1/position"))
    page.get_by_label("Support", exact=True).check()
    page.get_by_role("button", name="Check and continue").click()
    expect(page.locator("h1")).to_have_text("Check before it is recorded")
    expect(page.get_by_role("button", name="Put it on the record")).to_be_in_viewport(ratio=1)


def _tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element with this id or these words has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate("[document.activeElement.id, document.activeElement.textContent]")
        if wanted == found[0] or wanted == (found[1] or "").strip():
            return
    raise AssertionError(f"the keyboard never reached {wanted}")
