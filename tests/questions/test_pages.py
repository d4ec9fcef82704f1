"""Questions, positions and the gavel in the browser."""

from plenary.decisions.models import Decision
from plenary.questions.models import Position, View
from plenary.record.models import Head
from tests.client import Page, Site
from tests.world import AMENDED, found_world

ALD, COR, DEL = "head.ald@example.org", "head.cor@example.org", "head.del@example.org"
CHAIR = "chair@example.org"
ONE = "/proposals/2019/1"
REASON = "Our capital cannot seal every stone, and says so at length."


async def test_a_position_is_seen_once_more_before_it_goes_on_the_record(site: Site) -> None:
    world = await found_world()
    await world.put()
    browser = await site.browser(COR)
    form = await browser.page(f"{ONE}/position")
    said = {"stance": "object", "clause": await world.clause(), "explanation": REASON}
    check = Page(await browser.press(form, "/position", **said))
    assert check.heading == "Check before it is recorded"
    assert REASON in check.words
    assert await Position.all().count() == 0
    back = Page(await browser.press(check, "/position", edit="1"))
    assert back.form("/position").fields["explanation"] == REASON
    first = await browser.press(check, "/position", confirmed="1")
    again = await browser.press(check, "/position", confirmed="1")
    assert first.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert first.headers["location"].startswith("/receipts/")
    assert await Position.all().count() == 1
    receipt = await browser.page(first.headers["location"])
    assert first.headers["location"].removeprefix("/receipts/") in receipt.words
    public = await (await site.browser()).page(f"{ONE}/positions")
    assert REASON in public.words


async def test_one_press_says_the_same_on_the_new_version(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR", explanation=REASON)
    await world.revise(AMENDED)
    browser = await site.browser(COR)
    page = await browser.page(ONE)
    assert "Corvania has no position on version 2" in page.words
    first = await browser.press(page, "/position")
    again = await browser.press(page, "/position")
    assert first.headers["location"] == again.headers["location"]
    answer = (await browser.get(f"{ONE}.json")).json()
    assert [(p["delegation"], p["version"], p["explanation"]) for p in answer["positions"]] == [
        ("COR", 2, REASON)
    ]
    assert answer["question"]["standing"] == {"name": "blocked", "objectors": ["COR"]}


async def test_a_position_on_a_text_that_moved_is_kept_on_the_page(site: Site) -> None:
    world = await found_world()
    await world.put()
    browser = await site.browser(COR)
    form = await browser.page(f"{ONE}/position")
    await world.revise(AMENDED)
    said = {"stance": "reservation", "explanation": REASON}
    for confirmed in ({}, {"confirmed": "1"}):
        answer = await browser.press(form, "/position", **said, **confirmed)
        assert answer.status_code == 409
        page = Page(answer)
        assert "the question is now on version 2, and you answered version 1" in page.words
        assert REASON in page.words


async def test_after_the_gavel_a_position_is_refused_and_kept(site: Site) -> None:
    world = await found_world()
    await world.put()
    browser = await site.browser(COR)
    form = await browser.page(f"{ONE}/position")
    check = Page(await browser.press(form, "/position", stance="reservation", explanation=REASON))
    other = await site.browser(ALD)
    seen = await other.page(f"{ONE}/position")
    sent = Page(await other.press(seen, "/position", stance="support"))
    recorded = await other.press(sent, "/position", confirmed="1")
    await world.declare()
    size = (await Head.get(id=1)).size
    late = await browser.press(check, "/position", confirmed="1")
    assert late.status_code == 409
    assert "The question is closed" in Page(late).words
    assert REASON in Page(late).words
    # Whoever was recorded before, and did not see the answer, gets it now.
    again = await other.press(sent, "/position", confirmed="1")
    assert (again.status_code, again.headers["location"]) == (303, recorded.headers["location"])
    assert (await Head.get(id=1)).size == size
    closed = await browser.page(f"{ONE}/position")
    assert "The question is closed" in closed.words


async def test_an_observer_is_heard_by_the_same_form_and_counts_for_nothing(site: Site) -> None:
    world = await found_world()
    await world.put()
    browser = await site.browser(DEL)
    form = await browser.page(f"{ONE}/position")
    assert form.heading == "Be heard on this text"
    said = {"stance": "object", "clause": await world.clause(), "explanation": REASON}
    check = Page(await browser.press(form, "/position", **said))
    assert (await browser.press(check, "/position", confirmed="1")).status_code == 303
    answer = (await browser.get(f"{ONE}.json")).json()
    assert answer["question"]["counts"]["object"] == 0
    assert answer["question"]["standing"] == {"name": "carries", "ad_referendum": []}
    assert [(o["delegation"], o["constituency"]) for o in answer["observers"]] == [
        ("DEL", "industry")
    ]
    assert (await Position.all().count(), await View.all().count()) == (0, 1)


async def test_only_a_head_states_a_position_and_the_others_are_told_who(site: Site) -> None:
    from plenary.bodies.actions.accreditations import accredit

    world = await found_world()
    await world.put()
    await accredit("secretariat", "COR", "delegate.cor@example.org", "Delegate", "delegate")
    for email in ("delegate.cor@example.org", CHAIR, "secretariat@example.org", ""):
        browser = await site.browser(email)
        answer = await browser.post(f"{ONE}/position", {"stance": "support", "explanation": REASON})
        assert answer.status_code == 403
        assert len(Page(answer).words) > 60
        if email:
            assert "head of delegation" in Page(answer).words
    assert await Position.all().count() == 0


async def test_the_chair_puts_the_question_and_declares_what_the_rule_allows(site: Site) -> None:
    world = await found_world()
    chair = await site.browser(CHAIR)
    form = await chair.page(f"{ONE}/question")
    assert "3 active Participants" in form.words
    assert (await chair.press(form, "/question", publication="decided")).status_code == 303
    twice = await chair.press(form, "/question")
    assert twice.status_code == 409
    assert "A question on this proposal is open" in Page(twice).words
    await world.object("COR")
    form = await chair.page(f"{ONE}/declaration")
    offered = {tag["value"] for tag in form.all("input") if tag["name"] == "outcome"}
    assert "no_consensus" in offered
    assert not offered & {"adopted", "adopted_ad_referendum"}
    refused = await chair.press(form, "/declaration", outcome="adopted", note="An hour’s work.")
    assert refused.status_code == 409
    page = Page(refused)
    assert "1 Participant objects (Corvania)" in page.words
    assert "An hour’s work." in page.words
    assert await Decision.all().count() == 0
    await world.state("COR", "accept")
    form = await chair.page(f"{ONE}/declaration")
    assert (await chair.press(form, "/declaration", outcome="no_consensus")).status_code == 409
    done = await chair.press(form, "/declaration", outcome="adopted")
    assert done.headers["location"] == "/decisions/2019/1"
    twice = await chair.press(form, "/declaration", outcome="adopted")
    assert twice.status_code == 409
    assert await Decision.all().count() == 1


async def test_a_symbol_that_is_taken_is_refused_by_name(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.declare(symbol="KP/X")
    other = await world.table_proposal()
    await other.put()
    chair = await site.browser(CHAIR)
    form = await chair.page("/proposals/2019/2/declaration")
    answer = await chair.press(form, "/declaration", outcome="adopted", symbol="KP/X")
    assert answer.status_code == 409
    assert "KP/X cannot be told from KP/X, which is taken" in Page(answer).words


async def test_the_question_of_a_text_that_was_overtaken_is_not_put(site: Site) -> None:
    world = await found_world()
    chair = await site.browser(CHAIR)
    form = await chair.page(f"{ONE}/question")
    await world.revise(AMENDED)
    answer = await chair.press(form, "/question")
    assert answer.status_code == 409
    assert "Version 2 came in" in Page(answer).words


async def test_there_is_nothing_to_answer_before_a_question(site: Site) -> None:
    await found_world()
    browser = await site.browser(ALD)
    answer = await browser.get(f"{ONE}/position")
    assert answer.status_code == 409
    assert "No question has been put" in Page(answer).words


async def test_the_matrix_is_filtered_and_guarded(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR", explanation="=HYPERLINK(1)")
    public = await site.browser()
    page = await public.page("/positions/2019?show=object")
    assert page.by_id("corvania") is not None
    assert page.by_id("aldoria") is None
    assert "'=HYPERLINK" in (await public.get("/positions/2019.csv")).text
    for odd in ("?show=nothing&q=%3Cb%3E", "?only=x,99", "?q=zzz"):
        assert (await public.get("/positions/2019" + odd)).status_code == 200
    assert (await public.get("/positions/1999")).status_code == 200
