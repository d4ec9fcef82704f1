"""The desk, delegations and groups: what they show, to whom."""

from datetime import UTC, date, datetime

import pytest

from plenary import clock
from plenary.bodies.actions.accreditations import accredit, end_accreditation
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.models import Body, Seat
from tests.client import Page, Site
from tests.meetings.test_pages import call
from tests.world import ALD, BEL, SECRETARIAT, World, found_world

HEAD = "head.ald@example.org"


async def asked() -> World:
    world = await found_world()
    await world.put()
    return world


async def test_the_desk_is_for_those_who_sign_in_and_says_where(site: Site) -> None:
    await found_world()
    answer = await (await site.browser()).get("/fr/desk")
    assert (answer.status_code, answer.headers["location"]) == (303, "/fr/sign-in?next=/desk")


async def test_the_desk_shows_what_waits_until_it_is_said(site: Site) -> None:
    world = await asked()
    browser = await site.browser(HEAD)
    link = f"/proposals/{world.year}/{world.number}/position"
    assert link in (await browser.page("/desk")).links()
    receipt = await world.state("ALD")
    page = await browser.page("/desk")
    assert link not in page.links()
    assert receipt.code in page.words
    await world.revise()
    page = await browser.page("/desk")
    assert link in page.links()
    assert "The text changed after you spoke" in page.words
    await world.state("ALD")
    await world.declare()
    assert "Nothing needs your delegation" in (await browser.page("/desk")).words


async def test_an_observer_is_asked_to_be_heard(site: Site) -> None:
    world = await asked()
    browser = await site.browser("head.del@example.org")
    assert "Be heard" in (await browser.page("/desk")).words
    await world.hear()
    assert "Nothing needs your delegation" in (await browser.page("/desk")).words


async def test_a_delegate_is_told_who_may_state_the_position(site: Site) -> None:
    await asked()
    await accredit(SECRETARIAT, "ALD", "ada@example.org", "Ada", "delegate")
    page = await (await site.browser("ada@example.org")).page("/desk")
    assert not [link for link in page.links() if link.endswith("/position")]
    assert "Only a head of delegation" in page.words


async def test_somebody_without_a_delegation_reads_a_plain_desk_and_can_leave(site: Site) -> None:
    await found_world()
    accreditation = await accredit(SECRETARIAT, "ALD", "ada@example.org", "Ada", "delegate")
    await end_accreditation(SECRETARIAT, accreditation.id)
    browser = await site.browser("ada@example.org")
    assert "speak for no delegation today" in (await browser.page("/desk")).words
    assert (await browser.press(await browser.page("/sign-out"))).status_code == 303


async def test_drafts_stand_on_the_desk_of_those_who_wrote_them(site: Site) -> None:
    world = await found_world()
    await world.table_proposal(by=BEL, draft=True, title={"en": "Belmark’s secret"})
    assert (
        "Belmark’s secret"
        in (await (await site.browser("head.bel@example.org")).page("/desk")).words
    )
    assert "Belmark’s secret" not in (await (await site.browser(HEAD)).page("/desk")).words


async def test_ones_own_sessions_are_ended_and_nobody_elses(site: Site) -> None:
    await found_world()
    here, there, third = [await site.browser(HEAD) for _ in range(3)]
    other = await site.browser("head.bel@example.org")
    page = await here.page("/desk")
    ends = [form.action for form in page.forms if form.action.endswith("/end")]
    assert len(ends) == 3  # two others, and all others
    for nobodys in (ends[0], f"/desk/sessions/{10**30}/end", "/desk/sessions/0/end"):
        assert (await other.post(nobodys)).status_code == 404
    assert (await here.post(ends[0])).status_code == 303
    left = [b for b in (there, third) if (await b.get("/desk")).status_code == 200]
    assert len(left) == 1
    assert (await here.post("/desk/sessions/end")).status_code == 303
    assert (await left[0].get("/desk")).status_code == 303
    assert (await here.get("/desk")).status_code == 200
    assert (await other.get("/desk")).status_code == 200


async def test_names_of_persons_are_for_those_in_the_room(site: Site) -> None:
    await found_world()
    public, inside = await site.browser(), await site.browser(HEAD)
    path = "/participants/belmark"
    assert "Head (Belmark)" not in (await public.page(path)).source
    assert "Head (Belmark)" in (await inside.page(path)).words
    assert "Head (" not in (await inside.get(f"{path}.json")).text
    for page in ("/groups/plenary", "/groups", "/meetings"):
        assert "head.bel@example.org" not in (await inside.page(page)).source


@pytest.mark.parametrize(
    "publication,public,room", [("now", 1, 1), ("decided", 0, 1), ("never", 0, 0)]
)
async def test_a_position_is_read_as_the_rule_of_publication_allows(
    site: Site, publication: str, public: int, room: int
) -> None:
    world = await found_world()
    await world.put(publication)
    await world.object("COR", explanation="A reason of Corvania’s own.")
    await world.hear("DEL", explanation="A reason of Delmonia’s own.")
    readers = {"": public, "head.bel@example.org": room, "chair@example.org": 1}
    for who, reads in readers.items():
        browser = await site.browser(who)
        for path in ("/participants/corvania", "/observers/delmonia"):
            observed = path.startswith("/observers")  # which spoke in public
            sees = reads or observed
            assert ("A reason of" in (await browser.page(path)).source) == bool(sees), (who, path)
            said = await browser.get(f"{path}.json")
            passed_on = observed or (bool(sees) and publication != "never")
            assert ("A reason of" in said.text) == passed_on
            assert said.json()["positions"][0]["published"] == passed_on
            words = (await browser.page(path)).words
            assert "Not stated" not in words, "what is withheld is not said to be missing"
            assert "Not heard" not in words
    own = await site.browser("head.cor@example.org")
    assert "A reason of" in (await own.page("/participants/corvania")).words


async def test_a_delegations_page_keeps_what_it_said_before(site: Site) -> None:
    world = await asked()
    await world.object("COR", explanation="First reason.")
    await world.state("COR", "support")
    await world.revise()
    page = await (await site.browser()).page("/participants/corvania")
    assert "Before, on version 1: Object" in page.words
    assert "on version 2 nothing is stated" in page.words
    said = (await (await site.browser()).get("/participants/corvania.json")).json()
    assert said["positions"][0]["now"]["stance"] == "support"
    assert [position["stance"] for position in said["positions"][0]["earlier"]] == ["object"]


async def test_comments_and_sponsors_of_drafts_stay_with_those_in_the_room(site: Site) -> None:
    world = await found_world()
    draft = await world.table_proposal(by=ALD, draft=True, title={"en": "Draft of Aldoria"})
    await draft.comment("ALD", "A word on the draft.")
    await world.comment("ALD", "A word on the proposal.")
    for who, sees in (("", False), ("head.del@example.org", False), ("head.bel@example.org", True)):
        browser = await site.browser(who)
        for path in ("/participants/aldoria", "/participants/aldoria.json", "/groups/plenary"):
            answer = await browser.get(path)
            assert "A word on the draft." not in answer.text or sees
            assert "Draft of Aldoria" not in answer.text or sees
        assert "A word on the proposal." in (await browser.page("/participants/aldoria")).words


async def test_the_lists_name_everyone_with_standing_and_states(site: Site) -> None:
    await found_world()
    await set_standing(SECRETARIAT, "COR", "suspended", since=datetime.now(UTC).date())
    browser = await site.browser()
    page = await browser.page("/participants")
    assert "2 Participants decide, speaking for 2 states" in page.words
    assert "Suspended" in page.words
    listed = (await browser.get("/participants.json")).json()
    assert (listed["total"], listed["deciding"]) == (3, 2)
    assert [item["code"] for item in listed["items"]] == ["ALD", "BEL", "COR"]
    assert [item["standing"] for item in listed["items"]] == ["active", "active", "suspended"]
    heard = (await browser.get("/observers.json")).json()
    assert [item["code"] for item in heard["items"]] == ["DEL"]
    assert "Delmonia" in (await browser.page("/observers")).words


@pytest.mark.parametrize(
    "path",
    [
        *("/participants/delmonia", "/observers/aldoria", "/participants/x.json", "/groups/x"),
        *(
            f"/{kind}/{slug}"
            for kind in ("participants", "observers", "groups", "meetings")
            for slug in ("x" * 500, "%00", "é", "A", "a%0Ab", "💎")
        ),
    ],
)
async def test_what_is_not_there_is_said_so(site: Site, path: str) -> None:
    await found_world()
    assert (await (await site.browser()).get(path)).status_code == 404


async def test_a_group_says_that_an_observer_presides_without_deciding(site: Site) -> None:
    world = await found_world()
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Diamond Experts"})
    await appoint(SECRETARIAT, "experts", "chair", code="DEL")
    browser = await site.browser()
    page = await browser.page("/groups/experts")
    assert "An Observer presides here. Presiding gives no right to decide." in page.words
    assert "Diamond Experts" in (await browser.page("/groups")).words
    assert f"P.{world.number}" in (await browser.page("/groups/plenary")).words


async def test_a_seat_ends_with_the_day_at_the_seat(site: Site) -> None:
    """Half past one in the night there, and still the day before in UTC."""
    await found_world()
    await Body.filter(key="plenary").update(zone="Asia/Kolkata")
    await Seat.filter(delegation__code="BEL").update(until=date(2031, 3, 2))
    browser = await site.browser()
    for hour, seated in ((18, True), (20, False)):
        with clock.pretending(datetime(2031, 3, 1, hour, 0, tzinfo=UTC)):
            there = (await browser.get("/participants/belmark.json")).json()["seats"]
            words = (await browser.page("/groups/plenary")).words
        assert (bool(there), "Belmark" in words) == (seated, seated)


async def test_every_page_is_read_in_french(site: Site) -> None:
    await asked()
    await call()
    browser = await site.browser("secretariat@example.org")
    paths = ["/sign-in", "/desk", "/participants", "/participants/aldoria", "/observers/delmonia"]
    paths += ["/groups", "/groups/plenary", "/meetings", "/meetings/kigali", "/secretariat"]
    for path in paths:
        answer = await browser.get(f"/fr{path}")
        assert answer.status_code == 200
        assert 'lang="fr"' in answer.text
        assert len(Page(answer).all("h1")) == 1


async def test_the_chairs_desk_lists_the_questions_it_presides_over(site: Site) -> None:
    world = await found_world()
    chair, head = (
        await site.browser("chair@example.org"),
        await site.browser("head.ald@example.org"),
    )
    assert "Questions you preside over" not in (await chair.page("/desk")).words
    await world.put()
    await world.object()
    page = await chair.page("/desk")
    assert "1 Participant objects" in page.words
    assert "/proposals/2019/1/declaration" in page.links()
    assert "Questions you preside over" not in (await head.page("/desk")).words
    await world.declare("no_consensus")
    assert "Questions you preside over" not in (await chair.page("/desk")).words
