"""Nobody decides unseen: who keeps the record speaks for nobody, and sessions end for good."""

from datetime import date, timedelta

import pytest

from plenary import clock
from plenary.bodies.actions.accreditations import accredit, end_accreditation
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.models import Accreditation
from plenary.people.actions import new_link
from plenary.people.models import Person, Session
from plenary.record.models import Entry, Head
from plenary.refusal import Refused
from tests.client import Page, Site
from tests.world import SEAT, SECRETARIAT, found_world

SINCE = date.fromisoformat(SEAT)
SECRETARY, HEAD = "secretariat@example.org", "head.ald@example.org"


@pytest.mark.usefixtures("db")
async def test_whoever_keeps_the_record_is_accredited_for_nobody() -> None:
    await found_world()
    with pytest.raises(Refused, match="keeps_the_record"):
        await accredit(SECRETARIAT, "ALD", f" {SECRETARY.upper()} ", "S", "head")
    later = clock.now().date() + timedelta(days=30)
    with pytest.raises(Refused, match="keeps_the_record"):  # nor from a later day on
        await accredit(SECRETARIAT, "ALD", SECRETARY, "S", "adviser", since=later)
    assert not await Accreditation.filter(person__email=SECRETARY).exists()


@pytest.mark.usefixtures("db")
async def test_whoever_speaks_for_a_delegation_and_no_delegation_keeps_the_record() -> None:
    await found_world()
    for who, reason in (
        ({"email": HEAD}, "speaks_for_a_delegation"),
        ({"code": "ALD"}, "secretary_is_a_person"),
        ({"code": "ALD", "email": "new@example.org", "name": "N"}, "secretary_is_a_person"),
    ):
        with pytest.raises(Refused, match=reason):
            await appoint(SECRETARIAT, "plenary", "secretariat", **who)
    await form_body(SECRETARIAT, "experts", "EXP", {"en": "Experts"})
    await appoint(SECRETARIAT, "experts", "secretariat", email=HEAD)  # it administers nothing


async def test_a_secretary_who_accredits_herself_is_told_why_not(site: Site) -> None:
    await found_world()
    secretary = await site.browser(SECRETARY)
    page = await secretary.page("/secretariat/accreditations")
    answer = await secretary.press(
        page, "/accreditations", delegation="ALD", email=SECRETARY, name="Me", role="head"
    )
    assert answer.status_code == 409
    assert "whoever keeps the record speaks for no delegation" in Page(answer).words


async def test_a_stolen_cookie_does_not_come_back_with_the_accreditation(site: Site) -> None:
    await found_world()
    thief = await site.browser(HEAD)
    assert (await thief.get("/desk")).status_code == 200
    accreditation = await Accreditation.get(person__email=HEAD)
    await end_accreditation(SECRETARIAT, accreditation.id)
    assert (await thief.get("/desk")).status_code == 303
    await accredit(SECRETARIAT, "ALD", HEAD, "Head (Aldoria)", "head")
    assert (await thief.get("/desk")).status_code == 303
    assert (await (await site.browser(HEAD)).get("/desk")).status_code == 200


async def test_a_cookie_from_before_a_right_has_nothing_of_it(site: Site) -> None:
    """Whatever is given or taken: an accreditation that ran out and is renewed, an office."""
    await found_world()
    person = await Person.get(email=HEAD)
    link = await new_link(person)
    for gain in (
        lambda: accredit(SECRETARIAT, "ALD", HEAD, "Head (Aldoria)", "alternate"),
        lambda: appoint(SECRETARIAT, "plenary", "vice_chair", email=HEAD),
    ):
        before = await site.browser(HEAD)
        await gain()
        assert (await before.get("/desk")).status_code == 303
    assert (await (await site.browser()).post(f"/sign-in/{link}")).status_code == 409


async def test_the_secretariat_ends_somebodys_sessions_by_two_presses_on_the_record(
    site: Site,
) -> None:
    await found_world()
    thief, secretary = await site.browser(HEAD), await site.browser(SECRETARY)
    size = (await Head.get(id=1)).size
    listed = await secretary.page("/secretariat/sessions?q=head.ald")
    check = Page(await secretary.press(listed, "/sessions"))
    assert "Every session and every unused sign-in link of Head (Aldoria)" in check.words
    assert (await Head.get(id=1)).size == size, "the first press changes nothing"
    assert (await thief.get("/desk")).status_code == 200
    without = await secretary.press(check, "/sessions", confirmed="1")
    assert without.status_code == 422
    reason = {"confirmed": "1", "reason": "A telephone was lost."}
    done = await secretary.press(Page(without), "/sessions", **reason)
    assert done.status_code == 303
    assert (await thief.get("/desk")).status_code == 303
    assert (
        "sessions of Head (Aldoria) are ended"
        in (await secretary.page(done.headers["location"])).words
    )
    entry = await Entry.get(type="sessions.ended")
    assert (entry.topic, entry.actor) == ("ALD", "secretariat")
    public = await (await site.browser()).get(f"/register/{entry.n}")
    assert "telephone" not in public.text
    assert "Head (Aldoria)" not in public.text


@pytest.mark.parametrize("email", ["", HEAD, "chair@example.org", "head.del@example.org"])
async def test_nobody_else_ends_the_sessions_of_others(site: Site, email: str) -> None:
    await found_world()
    await site.browser("head.bel@example.org")
    person = await Person.get(email="head.bel@example.org")
    browser = await site.browser(email)
    fields = {"id": str(person.id), "reason": "x", "confirmed": "1"}
    assert (await browser.post("/secretariat/sessions", fields)).status_code == 403
    assert await Session.filter(person=person, revoked=None).count() == 1
