"""Comments stand in pages, in their order; every address of one leads to where it stands."""

import pytest

from plenary.proposals.models import Comment
from plenary.proposals.rules import COMMENTS_ON_A_PAGE, comment_path
from tests.client import Site
from tests.world import World, found_world

MANY = 2 * COMMENTS_ON_A_PAGE + 3
COMMENTS = "/proposals/2019/1/comments"


async def discussed() -> World:
    """Many comments, every third on paragraph 1."""
    world = await found_world()
    clause = await world.clause()
    for n in range(1, MANY + 1):
        on = clause if n % 3 == 0 else ""
        await world.comment(("BEL", "COR")[n % 2], f"Comment number {n}.", clause=on)
    return world


async def test_the_pages_hold_every_comment_once_and_say_how_many_there_are(site: Site) -> None:
    world = await discussed()
    browser = await site.browser()
    seen: list[str] = []
    for page in (1, 2, 3):
        shown = await browser.page(f"{COMMENTS}?page={page}")
        seen += [tag["id"] for tag in shown.tags if tag.name == "article"]
        assert f" of {MANY}, in the order" in shown.words
    assert sorted(seen) == sorted(f"c{n}" for n in range(1, MANY + 1))
    clause = await world.clause()
    shown = await browser.page(f"{COMMENTS}?on={clause}")
    assert f"{MANY // 3} comments on this paragraph." in shown.words
    assert (
        f"{COMMENTS}?on={clause}#on-{clause}" in (await browser.page("/proposals/2019/1")).links()
    )


@pytest.mark.parametrize("number", [1, COMMENTS_ON_A_PAGE, COMMENTS_ON_A_PAGE + 1, MANY])
async def test_the_address_of_a_comment_leads_to_its_page(site: Site, number: int) -> None:
    await discussed()
    path, _, anchor = comment_path(2019, 1, number).partition("#")
    browser = await site.browser()
    shown = await browser.page(path)
    assert [tag for tag in shown.tags if tag.name == "article" and tag["id"] == anchor]
    log = await browser.page("/changes")
    assert comment_path(2019, 1, MANY) in log.links()


async def test_a_new_comment_is_shown_where_it_stands_with_its_receipt(site: Site) -> None:
    await discussed()
    browser = await site.browser("head.bel@example.org")
    form = await browser.page(COMMENTS)
    answer = await browser.press(form, "/comments", text="And this one.", language="en")
    assert answer.headers["location"].startswith(f"{COMMENTS}?page=3&receipt=")
    page = await browser.page(answer.headers["location"])
    assert "And this one." in page.words
    assert "Your comment is on the record" in page.words
    assert await Comment.all().count() == MANY + 1
