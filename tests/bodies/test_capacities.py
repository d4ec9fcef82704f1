"""In which capacity: who writes before which body, and in what standing; the table whole."""

from datetime import date

import pytest

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.powers import Capacity, bar_to_author
from plenary.proposals.models import Proposal
from plenary.record.models import Head
from tests.client import Browser, Page, Site
from tests.world import SEAT, SECRETARIAT, TEXT, World, found_world

SINCE = date.fromisoformat(SEAT)
BODIES = ("plenary", "monitoring", "experts")
STANDINGS = ("active", "provisional", "suspended", "none")

# --- the rule, whole: who × standing × body ---

EVERYWHERE = ("chair:plenary", "secretariat", "system")
DELEGATIONS = [
    Capacity(f"delegation:{kind[:3].upper()}", kind, standing)
    for kind in ("participant", "observer", "applicant", "guest")
    for standing in STANDINGS
]
OFFICES = [Capacity(actor) for actor in (*EVERYWHERE, "chair:monitoring", "chair:experts", "")]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("who", [*DELEGATIONS, *OFFICES], ids=str)
def test_who_writes_before_which_body(who: Capacity, body: str) -> None:
    writes = bar_to_author(who, body) is None
    deciding = who.kind == "participant" and who.standing == "active"
    assert writes == (deciding or who.actor in (*EVERYWHERE, f"chair:{body}"))


# --- the same by form post: who × act × body × standing ---

CHAIR, OBSERVER_CHAIR, GROUP_CHAIR = "chair@example.org", "head.del@example.org", "g@example.org"
ALD, BEL, COR = "head.ald@example.org", "head.bel@example.org", "head.cor@example.org"
WRITES = {  # before the Plenary, before the group on monitoring, before the experts
    CHAIR: (True, True, True), "secretariat@example.org": (True, True, True),
    GROUP_CHAIR: (False, True, False),
    OBSERVER_CHAIR: (False, False, True),
    ALD: (True, True, True),
    BEL: (False, False, False),  # suspended
    COR: (False, False, False),  # provisional
}  # fmt: skip


async def _bodies() -> World:
    """A chair of its own for one group, an Observer as the other's, two Participants not active."""
    world = await found_world()
    for key in ("monitoring", "experts"):
        await form_body(SECRETARIAT, key, key[:3].upper(), {"en": key.title()})
    await appoint(SECRETARIAT, "monitoring", "chair", email=GROUP_CHAIR, name="G", since=SINCE)
    await appoint(SECRETARIAT, "experts", "chair", code="DEL", since=SINCE)
    for code, standing in (("BEL", "suspended"), ("COR", "provisional")):
        await set_standing(SECRETARIAT, code, standing, since=SINCE)
    return world


def at(world: World) -> str:
    return f"/proposals/{world.year}/{world.number}"


def _proposal(body: str, title: str) -> dict[str, str]:
    return {"title": title, "sense": "It seals.", "body": body, "language": "en", "text": TEXT}


@pytest.mark.parametrize("email", WRITES)
async def test_a_text_is_handed_in_by_exactly_those_who_may_before_that_body(
    site: Site, email: str
) -> None:
    await _bodies()
    browser, made = await site.browser(email), []
    letter = {"for": "ALD", "letter_day": "2019-03-03", "letter": "NV 14"}  # of the secretariat
    for body in BODIES:
        answer = await browser.post("/proposals", _proposal(body, f"By {body}") | letter)
        titles = await Proposal.filter(body__key=body).values_list("title", flat=True)
        there = {"en": f"By {body}"} in titles
        assert answer.status_code == (303 if there else 403), (email, body, answer.text[:200])
        made.append(there)
    assert tuple(made) == WRITES[email]
    form = await browser.get("/proposals/new")
    assert form.status_code == (200 if any(made) else 403)
    if any(made):
        offered = {tag["value"] for tag in Page(form).all("option")} & set(BODIES)
        assert offered == {body for body, may in zip(BODIES, made, strict=True) if may}


async def test_nothing_moves_by_a_hand_that_is_not_this_bodys_or_not_in_standing(
    site: Site,
) -> None:
    """Table, revise, sponsor, refer, put, declare: on a text of Belmark's before each body."""
    world = await _bodies()
    await set_standing(SECRETARIAT, "BEL", "active", since=SINCE)
    texts = {body: await world.table_proposal(by="delegation:BEL", body=body) for body in BODIES}
    drafts = {
        body: await world.table_proposal(by="delegation:BEL", body=body, draft=True)
        for body in BODIES
    }
    await set_standing(SECRETARIAT, "BEL", "suspended", since=SINCE)
    size = (await Head.get(id=1)).size
    outsiders = {
        OBSERVER_CHAIR: ("plenary", "monitoring"), GROUP_CHAIR: ("plenary", "experts"),
        BEL: BODIES, COR: BODIES,
    }  # fmt: skip
    for email, where in outsiders.items():
        browser = await site.browser(email)
        for body in where:
            for act, status in (await _tried(browser, texts[body], drafts[body])).items():
                assert status in (403, 404), (email, body, act, status)
    assert (await Head.get(id=1)).size == size


async def _tried(browser: Browser, text: World, draft: World) -> dict[str, int]:
    acts = {
        f"{at(draft)}/tabling": {}, f"{at(text)}/sponsors": {"confirmed": "1"},
        f"{at(text)}/versions": {"text": TEXT + "\n\nMore.", "language": "en", "base": "1"},
        f"{at(text)}/referral": {"body": "plenary"},
        f"{at(text)}/question": {"procedure": "consensus", "version": "1", "confirmed": "1"},
        f"{at(text)}/declaration": {"outcome": "noted", "confirmed": "1"},
    }  # fmt: skip
    return {path: (await browser.post(path, fields)).status_code for path, fields in acts.items()}


async def test_a_groups_chair_reads_the_drafts_that_it_is_shown_and_no_others(site: Site) -> None:
    world, group = await _bodies(), "chair:monitoring"
    secret = await world.table_proposal(draft=True, body="monitoring", title={"en": "Secret seals"})
    own = await world.table_proposal(draft=True, shown=(group,), title={"en": "Known locks"})
    browser = await site.browser(GROUP_CHAIR)
    assert (await browser.get(at(secret))).status_code == 404
    assert (await browser.get(at(own))).status_code == 200
    for path in ("/", "/proposals", "/proposals/2019", "/changes", "/search?q=seals", "/register",
                 "/register.json", "/participants/aldoria", "/positions/2019"):  # fmt: skip
        assert "Secret seals" not in (await browser.get(path)).text, path
    assert "Known locks" in (await browser.get("/proposals")).text
    assert "Secret seals" in (await (await site.browser(ALD)).get("/proposals")).text


async def test_a_communique_in_draft_is_not_for_the_chairs_of_other_bodies(site: Site) -> None:
    from tests.web.house import WHO, build

    await build()
    for email, status in ((WHO["group_chair"], 404), (WHO["chair"], 200), (WHO["head"], 200)):
        answer = await (await site.browser(email)).get("/meetings/autumn/communique")
        assert answer.status_code == status, email


OFFERS = ("/proposals/new", "/sponsors#yours", "/versions", "/tabling")


async def test_a_page_offers_only_what_is_granted(site: Site) -> None:
    """Whoever is not in standing is led to no form that would turn them back."""
    world = await found_world()
    theirs = await world.table_proposal(by="delegation:BEL")
    shown = ("chair:plenary",)
    draft = await world.table_proposal(by="delegation:BEL", draft=True, shown=shown)
    pages = ("/", "/proposals", "/desk", at(world), at(theirs), at(draft))
    browser = await site.browser(BEL)
    assert await offered(browser, pages) == set(OFFERS)
    for standing in ("suspended", "provisional"):
        await set_standing(SECRETARIAT, "BEL", standing, since=SINCE)
        browser = await site.browser(BEL)
        assert await offered(browser, pages) == set(), standing
    # A delegation's draft is tabled by its author.
    offers = set(OFFERS) - {"/sponsors#yours", "/tabling"}
    assert await offered(await site.browser(CHAIR), pages) == offers


async def offered(browser: Browser, pages: tuple[str, ...]) -> set[str]:
    found = set()
    for path in pages:
        page = await browser.page(path)
        led = [*page.links(), *(form.action for form in page.forms)]
        found |= {offer for offer in OFFERS if any(offer in addresses for addresses in led)}
    return found
