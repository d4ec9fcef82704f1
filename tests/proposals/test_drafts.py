"""A draft is seen by its authors and those they choose, and by no office beside."""

import pytest

from plenary.proposals.drafts import bar_to_hide, bar_to_show
from plenary.proposals.models import Comment
from plenary.proposals.rules import Stage
from plenary.record.models import Entry
from plenary.refusal import Forbidden, Missing, Refused
from tests.client import Site
from tests.world import ALD, BEL, CHAIR, COR, DEL, SECRETARIAT, World, found_world

DB = pytest.mark.usefixtures("db")
EMAILS = {
    ALD: "head.ald@example.org", BEL: "head.bel@example.org", COR: "head.cor@example.org",
    DEL: "head.del@example.org", CHAIR: "chair@example.org",
    SECRETARIAT: "secretariat@example.org",
}  # fmt: skip
TITLE = {"en": "Kumquat seals"}


def at(world: World) -> str:
    return f"/proposals/{world.year}/{world.number}"


async def draft(*shown: str) -> World:
    world = await found_world()
    return await world.table_proposal(draft=True, title=TITLE, shown=shown)


def test_a_draft_is_shown_while_it_is_one_and_never_hidden_from_an_author() -> None:
    for stage in Stage:
        shown = bar_to_show(stage, BEL, {ALD})
        hidden = bar_to_hide(stage, BEL, {ALD, BEL}, {ALD})
        assert (shown is None, hidden is None) == (stage is Stage.DRAFT,) * 2
    bars = [
        bar_to_show(Stage.DRAFT, BEL, {BEL}),
        bar_to_hide(Stage.DRAFT, ALD, {ALD}, {ALD}),
        bar_to_hide(Stage.DRAFT, BEL, {ALD}, {ALD}),
    ]
    assert [bar and bar.reason for bar in bars] == ["reads_already", "author_reads", "reads_not"]


@pytest.mark.parametrize("shown", [(), (BEL,), (SECRETARIAT,), (CHAIR, DEL)], ids=str)
async def test_exactly_those_who_are_shown_it_find_it_anywhere(
    site: Site, shown: tuple[str, ...]
) -> None:
    world = await draft(*shown)
    lists = ("/proposals", "/proposals/2019", "/search?q=kumquat", "/changes", "/desk")
    for actor, email in EMAILS.items():
        browser, reads = await site.browser(email), actor in (ALD, *shown)
        for path in ("", ".json", "/v1", "/comments", "/history", "/sponsors"):
            status = (await browser.get(at(world) + path)).status_code
            assert status == (200 if reads else 404), (actor, path)
        for path in lists:
            assert ("Kumquat" in (await browser.get(path)).text) == reads, (actor, path)


async def test_its_author_shows_it_on_its_page_and_takes_it_from_sight_again(site: Site) -> None:
    world = await draft()
    author, other = await site.browser(EMAILS[ALD]), await site.browser(EMAILS[BEL])
    page = await author.page(f"{at(world)}/readers")
    answer = await author.press(page, "/readers", reader=BEL)
    assert answer.status_code == 303
    assert "Receipt" in (await author.page(answer.headers["location"])).words
    assert (await other.get(at(world))).status_code == 200
    assert "shown to you by its authors" in (await other.page("/desk")).words
    assert (await other.get(f"{at(world)}/readers")).status_code == 403
    page = await author.page(f"{at(world)}/readers")
    assert (await author.press(page, "/readers/end")).status_code == 303
    assert (await other.get(at(world))).status_code == 404
    wrong = await author.press(await author.page(f"{at(world)}/readers"), "/readers", reader="")
    assert wrong.status_code == 422


async def test_tabling_opens_the_text_and_not_whom_it_was_shown_to(site: Site) -> None:
    world = await draft(BEL, SECRETARIAT)
    await world.hide(SECRETARIAT)
    await world.table()
    shown = await Entry.filter(type="draft.shown").order_by("n")
    for actor, email in {"": "", **EMAILS}.items():
        browser = await site.browser(email)
        told = ["draft.shown" in (await browser.get(f"/register/{e.n}")).text for e in shown]
        assert told == [actor in (ALD, BEL), actor == ALD], actor
        assert "was shown to" not in (await browser.get("/changes.atom")).text
        assert ("was shown to" in (await browser.get("/changes")).text) == (actor in (ALD, BEL))


@DB
async def test_nobody_shows_the_draft_of_another_nor_acts_on_what_they_are_not_shown() -> None:
    world = await draft(BEL)
    for other in (BEL, COR, CHAIR, SECRETARIAT):
        with pytest.raises(Forbidden, match="not_the_author"):
            await world.show(COR, by=other)
    with pytest.raises(Missing, match="unknown_delegation"):
        await world.show("delegation:XXX")
    with pytest.raises(Missing, match="unknown_body"):
        await world.show("chair:nowhere")
    await world.comment("BEL")
    await world.hide(BEL)
    for deed in (world.comment, world.ask):
        with pytest.raises(Missing, match="unknown_proposal"):
            await deed("BEL")
    with pytest.raises(Missing, match="unknown_proposal"):
        await world.revise(by=SECRETARIAT, language="fr")
    await world.table()
    with pytest.raises(Refused, match="no_draft_any_more"):
        await world.show(COR)
    assert await Comment.filter(readers=":chosen").count() == 1


@DB
async def test_whoever_is_shown_a_draft_may_become_its_author_and_then_reads_on() -> None:
    world = await draft(BEL)
    await world.join("BEL", role="author")
    with pytest.raises(Refused, match="author_reads"):
        await world.hide(BEL)
    await world.table(by=BEL)
    assert (await world.proposal()).tabled is not None
