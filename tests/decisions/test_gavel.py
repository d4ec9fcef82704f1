"""The gavel falls on one text, with everything in sight: what moved since is looked at again."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from plenary import clock
from plenary.bodies.actions.standings import set_standing
from plenary.decisions.models import Decision
from plenary.decisions.reading import Sight, sight_of
from plenary.record.models import Head
from plenary.refusal import Refused
from tests.client import Browser, Page, Site
from tests.mandate import mandate
from tests.world import SECRETARIAT, World, found_world

ONE = "/proposals/2019/1"
Deed = Callable[[World], Awaitable[Any]]
# Whatever happens between the Chair's look and the Chair's press.
MEANWHILE: dict[str, Deed] = {
    "a new text": lambda world: world.revise(),
    "an objection": lambda world: world.object("COR"),
    "a support": lambda world: world.state("BEL"),
    "another position of the same delegation": lambda world: world.state("ALD", "accept"),
    "an Observer": lambda world: world.hear("DEL", "support"),
    "another title": lambda world: world.revise(
        "Die Plenarversammlung,\n\nEingedenk ihres Mandats,\n\n1. Beschließt es [vorher].\n\n"
        "2. Bittet das Sekretariat.\n".replace("Die", "La"),
        language="fr", title="Les scellés",
    ),
}  # fmt: skip


async def asked() -> World:
    world = await found_world()
    await world.put()
    await world.state("ALD")
    return world


async def sight(world: World) -> Sight:
    return await sight_of(await world.question(), await world.proposal())


async def test_what_was_in_sight_is_what_is_declared(db: str) -> None:
    world = await asked()
    decision = await world.declare(sight=await sight(world))
    assert (decision.outcome, decision.version) == ("adopted", 1)


@pytest.mark.parametrize("name", MEANWHILE)
@pytest.mark.parametrize("outcome", ["adopted", "deferred"])
async def test_whatever_moves_meanwhile_holds_the_gavel(db: str, name: str, outcome: str) -> None:
    world = await asked()
    seen = await sight(world)
    await MEANWHILE[name](world)
    before = (await Head.get(id=1)).size
    with pytest.raises(Refused, match="moved_since_seen"):
        await world.declare(outcome, sight=seen)
    assert ((await Head.get(id=1)).size, await Decision.all().count()) == (before, 0)
    assert await sight(world) != seen


# --- the page ---


async def chair_of(site: Site) -> tuple[World, Browser]:
    return await asked(), await site.browser("chair@example.org")


async def test_nothing_is_declared_by_the_first_press_and_the_page_shows_everything(
    site: Site,
) -> None:
    world, chair = await chair_of(site)
    await world.state("BEL", "reservation")
    await world.hear("DEL", "object")
    before = (await Head.get(id=1)).size
    form = await chair.page(f"{ONE}/declaration")
    page = Page(await chair.press_once(form, "/declaration", outcome="adopted", note="At once."))
    assert (await Head.get(id=1)).size == before
    seen = page.form("/declaration").fields
    assert (seen["version"], seen["outcome"], seen["note"]) == ("1", "adopted", "At once.")
    assert len(seen["fingerprint"]) == 64
    for words in (
        "Nothing has happened yet", "version 1", "No bracket is open", "sealed before", "Belmark",
        "Have not spoken on this version", "Corvania", "Delmonia", "At once.",
    ):  # fmt: skip
        assert words in page.words, words
    done = await chair.post(f"{ONE}/declaration", seen | {"confirmed": "1"})
    assert done.status_code == 303
    assert (await Decision.get()).note == "At once."


async def test_the_check_page_leads_back_to_the_form_as_it_was_filled_in(site: Site) -> None:
    _, chair = await chair_of(site)
    form = await chair.page(f"{ONE}/declaration")
    answer = await chair.press_once(form, "/declaration", outcome="deferred", note="An hour’s work")
    seen = Page(answer).form("/declaration").fields
    again = Page(await chair.post(f"{ONE}/declaration", seen | {"edit": "1"}))
    typed = again.form("/declaration").fields
    assert (typed["outcome"], typed["note"]) == ("deferred", "An hour’s work")


async def test_what_moved_since_is_shown_anew_and_then_declared(site: Site) -> None:
    world, chair = await chair_of(site)
    form = await chair.page(f"{ONE}/declaration")
    checked = Page(await chair.press_once(form, "/declaration", outcome="adopted", note="Now."))
    await world.revise()
    before = (await Head.get(id=1)).size
    seen = checked.form("/declaration").fields | {"confirmed": "1"}
    held = await chair.post(f"{ONE}/declaration", seen)
    page = Page(held)
    assert (held.status_code, (await Head.get(id=1)).size) == (409, before)
    assert "Something changed after you looked" in page.words
    assert "every year" in page.words  # the new text
    assert page.title.startswith("Error")
    anew = page.form("/declaration").fields
    assert (anew["version"], anew["note"]) == ("2", "Now.")
    done = await chair.post(f"{ONE}/declaration", anew | {"confirmed": "1"})
    assert done.status_code == 303
    assert (await Decision.get()).version == 2


async def test_where_the_rule_no_longer_allows_it_the_form_comes_back(site: Site) -> None:
    world, chair = await chair_of(site)
    form = await chair.page(f"{ONE}/declaration")
    checked = Page(await chair.press_once(form, "/declaration", outcome="adopted", note="Now."))
    await world.object("COR")
    seen = checked.form("/declaration").fields | {"confirmed": "1"}
    held = await chair.post(f"{ONE}/declaration", seen)
    page = Page(held)
    assert held.status_code == 409
    assert "Something changed after you looked" in page.words
    assert page.by_id("o-no_consensus") is not None
    assert page.by_id("o-adopted") is None
    assert page.form("/declaration").fields["note"] == "Now."


async def test_a_program_that_has_seen_nothing_declares_nothing(site: Site) -> None:
    _, chair = await chair_of(site)
    blind = {"outcome": "adopted", "confirmed": "1"}
    answer = await chair.post(f"{ONE}/declaration", blind)
    assert answer.status_code == 409
    assert Page(answer).by_id("check") is not None
    assert await Decision.all().count() == 0
    for wrong in ({"version": "x"}, {"fingerprint": "0" * 64}, {"seen": "0" * 32}):
        seen = Page(answer).form("/declaration").fields | blind | wrong
        assert (await chair.post(f"{ONE}/declaration", seen)).status_code in (409, 422)
    assert await Decision.all().count() == 0


async def test_the_check_page_says_what_notice_ran_and_since_when_somebody_is_off_the_roll(
    site: Site,
) -> None:
    world = await found_world()
    await set_standing(
        SECRETARIAT,
        "COR",
        "suspended",
        since=date(2019, 3, 3),
        until=date(2035, 1, 1),
        basis=(cited := await mandate()),
    )
    await world.put()
    # Its roll is frozen: what comes later takes nobody off it.
    await set_standing(SECRETARIAT, "BEL", "suspended", since=clock.now().date(), basis=cited)
    chair = await site.browser("chair@example.org")
    form = await chair.page(f"{ONE}/declaration")
    check = Page(await chair.press_once(form, "/declaration", outcome="adopted"))
    assert (
        "1 Participant is off the roll: Corvania since 3 March 2019 "
        f"({cited.decision}, until 1 January 2035)." in check.words
    )
    assert "Of the question: 0 minutes. Of this text: 0 minutes." in check.words
    assert "no letter goes out" in check.words
