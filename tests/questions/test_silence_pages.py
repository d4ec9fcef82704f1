"""Silence and written procedure as delegations and the public see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plenary import clock
from plenary.bodies.models import Body
from plenary.decisions.actions.closing import beat, close_due
from plenary.decisions.models import Decision
from plenary.questions.actions.answering import enter_position
from plenary.questions.actions.from_the_room import countersign
from plenary.questions.models import Late, Position, Question
from plenary.record.act import act, door
from plenary.record.models import Head
from tests.client import Page, Site
from tests.world import World, found_world

OPENS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MS = timedelta(milliseconds=1)
ONE = "/proposals/2026/1"
ALD, COR, DEL = "head.ald@example.org", "head.cor@example.org", "head.del@example.org"
REASON = "Our capital cannot seal every stone."
CLOSING = "Thursday 5 March 2026, 09:00 UTC"


@contextmanager
def at(hours: float = 0, *, ms: int = 0) -> Iterator[None]:
    """So many hours after the opening."""
    with clock.pretending(OPENS + timedelta(hours=hours) + ms * MS):
        yield


async def opened(procedure: str = "silence", hours: float = 72, **more: Any) -> World:
    with at(-24):
        world = await found_world(year=2026)
    with at():
        await world.put(procedure=procedure, hours=hours, **more)
    return world


async def said(world: World, stance: str = "object") -> dict[str, str]:
    fields = {"stance": stance, "version": "1", "language": "en", "key": f"k-{stance}"}
    if stance == "object":
        fields |= {"clause": await world.clause(), "explanation": REASON}
    return fields


@door
async def enter(world: World, code: str) -> None:
    """The secretariat enters a position from the room."""
    answer = await world.answer("support", explanation=REASON)
    async with act(by="secretariat") as record:
        proposal = await world.proposal()
        await enter_position(record, proposal, code, answer, entered_by="secretariat")


# --- the proposal ---------------------------------------------------------------------------------


async def test_a_running_silence_names_its_instant_with_the_time_left_beside_it(site: Site) -> None:
    await opened()
    with at(1):
        page = await (await site.browser()).page(ONE)
        home = await (await site.browser()).page("/")
    words = f"Silence procedure: without an objection by {CLOSING} it is adopted (2 days left)"
    assert words in page.words
    assert words in home.words
    assert "No objection standing" not in page.words
    assert "consensus is reached" not in page.words
    assert "Only the Chair can declare" not in page.words


async def test_whoever_agrees_with_a_silence_is_told_to_do_nothing(site: Site) -> None:
    world = await opened()
    with at(71.5):
        page = await (await site.browser(COR)).page(ONE)
        assert "Corvania has not spoken." in page.words
        assert f"If you agree, do nothing. If not, object by {CLOSING}. (30 minutes left)" in (
            page.words
        )
        await world.state("COR", "support")
        assert "has not spoken" not in (await (await site.browser(COR)).page(ONE)).words


async def test_the_first_objection_is_on_the_page_as_what_broke_the_silence(site: Site) -> None:
    world = await opened()
    with at(7):
        await world.object("COR", explanation=REASON)
        public = await (await site.browser()).page(ONE)
        told = await (await site.browser()).get(f"{ONE}.json")
    words = "Silence was broken by Corvania at 16:00 on 2 March 2026. It is not adopted."
    assert f"{words} The Chair decides what follows." in public.words
    question = told.json()["question"]
    assert (question["ended"], question["open"]) == ("broken", False)
    assert question["standing"] == {"name": "blocked", "objectors": ["COR"]}
    assert question["closes"] == "2026-03-05T09:00:00.000Z"
    assert question["closed"] == "2026-03-02T16:00:00.000Z"
    with at(8):
        await world.declare("not_adopted")
        after = await (await site.browser()).page("/decisions/2026/1")
    assert words in after.words
    assert "The Chair decides what follows" not in after.words
    assert "Consensus declared" not in after.words


@pytest.mark.parametrize("rule", ["decided", "never"])
async def test_who_broke_a_silence_is_named_as_far_as_the_rule_lets_it(
    site: Site, rule: str
) -> None:
    world = await opened(publication=rule)
    with at(7):
        await world.object("COR", explanation=REASON)
        browser = await site.browser()
        seen = [(await browser.page(f"{ONE}{path}")).words for path in ("", "/certificate")]
        told = (await browser.get(f"{ONE}/certificate.json")).text
        standing = (await browser.get(f"{ONE}.json")).json()["question"]["standing"]
        chair = await site.browser("chair@example.org")
        file = await chair.get(f"{ONE}/certificate.json")
        assert "broken by Corvania" in (await chair.page(ONE)).words, "whoever must consult"
        await world.declare("no_consensus")
        after = (await browser.page(ONE)).words
        declared = (await browser.get(f"{ONE}/certificate.json")).json()
    named = {"name": "blocked", "objectors": ["COR"]}
    assert (REASON in file.text) is (file.json()["standing"] == named) is (rule == "decided")
    assert standing == {"name": "withheld"}, "a silence that was broken is not decided"
    for text in (*seen, told):
        assert "Corvania" not in text.partition("Roll")[0]
        assert REASON not in text
    assert "Silence was broken" in seen[0]
    assert ("broken by Corvania" in after) is (declared["standing"] == named) is (rule == "decided")


async def test_what_nobody_objected_to_is_adopted_on_the_page_before_any_job_ran(
    site: Site,
) -> None:
    await opened()
    with at(72):
        browser = await site.browser()
        size = (await Head.get(id=1)).size
        before = [await browser.page(path) for path in (ONE, "/", f"{ONE}/certificate")]
        told = (await browser.get(f"{ONE}.json")).json()["question"]
        assert (await Head.get(id=1)).size == size, "reading writes nothing"
        await close_due()
        after = await browser.page(ONE)
        decision = await browser.page("/decisions/2026/1")
    words = f"Adopted under the silence procedure: no objection by {CLOSING}"
    for page in (*before, after, decision):
        assert words in page.words
        assert "declared by the Chair" not in page.words
    assert (told["ended"], told["open"], told["standing"]["name"]) == ("ran_out", False, "carries")
    assert told["closed"] == "2026-03-05T09:00:00.000Z"
    assert "Adopted under the silence procedure on 5 March 2026." in decision.words
    assert "The system declared" not in decision.words


async def test_a_silence_withdrawn_before_its_instant_is_not_adopted_on_any_page(
    site: Site,
) -> None:
    world = await opened()
    with at(5):
        await world.withdraw()
    for hours in (6, 72):
        with at(hours):
            browser = await site.browser()
            page = await browser.page(ONE)
            assert "The proposal was withdrawn before it was decided" in page.words
            assert "Adopted under" not in page.words
            assert (await browser.get(f"{ONE}.json")).json()["question"]["ended"] == "withdrawn"


async def test_a_written_procedure_counts_its_supports_and_says_what_it_lacks(site: Site) -> None:
    world = await opened("written", 20 * 24)
    browser = await site.browser()
    with at(1):
        await world.state("ALD", "support")
        await world.state("BEL", "accept")
        page = await browser.page(ONE)
        told = (await browser.get(f"{ONE}.json")).json()["question"]
    assert "1 support of 2 needed, short by 1" in page.words
    assert "1 more. Only a support counts as one." in page.words
    assert told["standing"] == {
        "name": "short", "by": 1, "needed": 2, "have": 1, "answers": ["support"],
    }  # fmt: skip
    with at(2):
        await world.state("BEL", "support")
        page = await browser.page(ONE)
        told = (await browser.get(f"{ONE}.json")).json()["question"]
    assert "2 supports of 2 needed" in page.words
    assert "short by" not in page.words
    assert told["standing"] == {"name": "pending", "closes": "2026-03-22T09:00:00.000Z"}
    with at(3):
        await world.object("COR")
        blocked = await browser.page(ONE)
    assert "1 Participant objects" in blocked.words
    assert "1 objection has to be lifted before the closing instant." in blocked.words


async def test_a_written_procedure_that_lacks_supports_ends_without_an_adoption(site: Site) -> None:
    world = await opened("written", 20 * 24)
    with at(1):
        await world.state("ALD", "support")
    with at(20 * 24):
        page = await (await site.browser()).page(ONE)
        assert "1 support of 2 needed. It is not adopted. The Chair decides what follows." in (
            page.words
        )
        await close_due()
        chair = await (await site.browser("chair@example.org")).page(ONE)
    assert f"{ONE}/declaration" in chair.links()


# --- the form -------------------------------------------------------------------------------------


async def test_the_form_and_its_check_say_that_an_objection_ends_the_silence(site: Site) -> None:
    world = await opened()
    with at(1):
        browser = await site.browser(COR)
        form = await browser.page(f"{ONE}/position")
        check = Page(await browser.press(form, "/position", **await said(world)))
    assert f"Open until {CLOSING}" in form.words
    assert "cannot be taken back to revive it" in form.words
    assert "Your objection ends the silence at once" in form.words
    assert "This objection ends the silence at once." in check.words
    assert CLOSING in check.words
    with at(1):
        mild = Page(await browser.press(form, "/position", **await said(world, "support")))
        assert "ends the silence at once" not in mild.words
        await browser.press(check, "/position", confirmed="1")
    question = await Question.get(id=(await world.question()).id)
    assert question.ended == "broken"


# An instant is one of three: the last that counts, the closing itself, the one after it.
@pytest.mark.parametrize("ms, late", [(-1, False), (0, True), (412, True)])
@pytest.mark.parametrize("email, code", [(COR, "COR"), (DEL, "DEL")])
async def test_what_arrives_at_the_closing_is_late_and_is_told_so_kindly(
    site: Site, email: str, code: str, ms: int, late: bool
) -> None:
    world = await opened()
    fields = await said(world, "support") | {"confirmed": "1"}
    browser = await site.browser(email)
    with at(72, ms=ms):
        answer = await browser.post(f"{ONE}/position", fields)
    if not late:
        assert answer.status_code == 303
        assert await Late.all().count() == 0
        return
    assert answer.status_code == 409
    page = Page(answer)
    row = await Late.get().prefetch_related("delegation")
    assert row.delegation.code == code
    arrived = f"This arrived at 09:00:00.{ms:03d}; the silence ended at 09:00:00."
    assert arrived in page.words
    assert "It is on the record as late and is not counted." in page.words
    assert "not recorded" not in page.words
    receipt = next(link for link in page.links() if link.startswith("/receipts/"))
    assert "/decisions/2026/1/statements" in page.links()
    with at(73):
        again = await browser.post(f"{ONE}/position", fields)
        assert (again.status_code, again.headers["location"]) == (303, receipt)
        proof = await browser.page(receipt)
        listed = await (await site.browser()).page(f"{ONE}/positions")
        told = (await browser.get(f"{ONE}.json")).json()["question"]
    assert arrived in proof.words
    assert "It is on the record as late and is not counted." in proof.words
    assert "rrived after the end" in listed.words
    assert f"09:00:00.{ms:03d}" in listed.words
    assert [position["delegation"] for position in told["late"]] == (
        [code] if code == "COR" else []
    )
    assert [position["delegation"] for position in told["late_observers"]] == (
        [code] if code == "DEL" else []
    )
    assert told["counts"]["not_stated"] == 3
    assert (await Late.all().count(), await Position.all().count()) == (1, 0)


async def test_nothing_is_recorded_as_late_that_was_not_seen_once_more(site: Site) -> None:
    world = await opened()
    browser = await site.browser(COR)
    with at(71):
        form = await browser.page(f"{ONE}/position")
    with at(72, ms=412):
        answer = await browser.press(form, "/position", **await said(world))
        assert answer.status_code == 409
        page = Page(answer)
        assert "This arrived at 09:00:00.412; the silence ended at 09:00:00." in page.words
        assert "Nothing is on the record yet." in page.words
        assert REASON in page.words
        assert await Late.all().count() == 0
        back = Page(await browser.press(page, "/position", edit="1"))
        assert back.form("/position").fields["explanation"] == REASON
        sent = await browser.press(page, "/position", confirmed="1")
    assert sent.status_code == 409
    assert await Late.all().count() == 1


async def test_after_a_broken_silence_the_form_says_by_what_it_ended(site: Site) -> None:
    world = await opened()
    with at(7):
        await world.object("BEL")
        browser = await site.browser(COR)
        closed = await browser.page(f"{ONE}/position")
        fields = await said(world, "support") | {"confirmed": "1"}
        answer = await browser.post(f"{ONE}/position", fields)
    assert "Silence was broken by Belmark at 16:00" in closed.words
    assert answer.status_code == 409
    assert "the silence was broken at 16:00:00." in Page(answer).words
    assert "You can write to the Chair." in Page(answer).words


@pytest.mark.parametrize("field, value, status", [("version", "99", 409), ("stance", "yes", 422)])
async def test_what_was_not_asked_is_refused_late_as_in_time(
    site: Site, field: str, value: str, status: int
) -> None:
    world = await opened()
    fields = await said(world, "support") | {"confirmed": "1", field: value}
    for hours in (1, 72):
        with at(hours):
            answer = await (await site.browser(COR)).post(f"{ONE}/position", fields)
            assert answer.status_code == status
            assert len(Page(answer).words) > 40
    assert await Late.all().count() == 0


async def test_late_arrivals_stay_behind_the_rule_of_publication(site: Site) -> None:
    world = await opened(publication="never")
    with at(72):
        fields = await said(world, "support") | {"confirmed": "1"}
        await (await site.browser(COR)).post(f"{ONE}/position", fields)
    with at(73):
        for email, seen in (("", False), (ALD, False), (COR, True), ("chair@example.org", True)):
            browser = await site.browser(email)
            page = await browser.page(f"{ONE}/positions")
            assert ("Arrived after the end" in page.words) is seen, email
            told = (await browser.get(f"{ONE}.json")).json()["question"]["late"]
            assert told == [], "a file is passed on"


# --- the certificate ------------------------------------------------------------------------------


async def test_the_certificate_says_what_was_asked_how_and_what_came_of_it(site: Site) -> None:
    world = await opened()
    with at(1):
        await world.state("ALD", "support")
        await world.extend(OPENS + timedelta(hours=96), reason="Two languages came late.")
    with at(96, ms=5):
        fields = await said(world, "support") | {"confirmed": "1"}
        await (await site.browser(COR)).post(f"{ONE}/position", fields)
        browser = await site.browser()
        page = await browser.page(f"{ONE}/certificate/1")
        certificate = (await browser.get(f"{ONE}/certificate/1.json")).json()
    version = certificate["fingerprint"]
    for words in (
        version, "Silence procedure", "3 Participants, speaking for 3 states", "72 hours",
        "Thursday 5 March 2026, 09:00:00 UTC", "to Friday 6 March 2026, 09:00:00 UTC",
        "Two languages came late.", "By the clock", "Support (1) Aldoria.",
        "Corvania 6 March 2026, 09:00:00.005", "KP/2026/Plenary/AD.1", "None of them in the window",
    ):  # fmt: skip
        assert words in page.words, words
    assert certificate["computed"] == "2026-03-05T09:00:00.000Z"
    assert certificate["closes"] == certificate["closed"] == "2026-03-06T09:00:00.000Z"
    assert [(m["why"], m["to"]) for m in certificate["moved"]] == [
        ("extended", certificate["closes"])
    ]
    assert [p["delegation"] for p in certificate["positions"]] == ["ALD"]
    assert [p["delegation"] for p in certificate["late"]] == ["COR"]
    assert certificate["roll"]["delegations"] == ["ALD", "BEL", "COR"]
    assert certificate["decision"] == "KP/2026/Plenary/AD.1"
    assert [act["type"] for act in certificate["record"]] == [
        "question.put", "question.extended", "question.closed", "decision.declared",
    ]  # fmt: skip
    for told in certificate["record"]:
        assert told["leaf"] in page.words
        assert told["leaf"] in (await browser.page(f"/register/{told['entry']}")).words
    assert (await browser.page(f"{ONE}/certificate")).heading == "Certificate: Seals"
    for path in (ONE, "/decisions/2026/1"):
        links = (await browser.page(path)).links()
        assert any(link.startswith(f"{ONE}/certificate") for link in links), path


async def test_an_outage_that_moved_the_closing_stands_on_the_certificate(site: Site) -> None:
    await opened()
    with at(70):
        await beat()
    with at(71):
        await beat()
        page = await (await site.browser()).page(f"{ONE}/certificate")
    assert "The service could not be reached from" in page.words
    assert "to Friday 6 March 2026, 08:00:00 UTC" in page.words


async def test_each_question_on_a_proposal_has_its_own_certificate(site: Site) -> None:
    world = await opened()
    with at(1):
        await world.object("COR")
    with at(2):
        await world.put()  # by consensus, and still open
        browser = await site.browser()
        assert "Silence was broken" in (await browser.page(f"{ONE}/certificate/1")).words
        for path in ("/certificate", "/certificate/2", "/certificate/0", "/certificate/3"):
            missing = await browser.get(ONE + path)
            assert missing.status_code == 404, path
            assert len(Page(missing).words) > 60
        page = await browser.page(ONE)
    assert "No consensus: 1 Participant objects" in page.words
    assert "Silence was broken" not in page.words


async def test_an_earlier_outcome_is_not_taken_for_that_of_the_newest_question(site: Site) -> None:
    with at(-24):
        world = await found_world(year=2026)
        await world.put()
        await world.object("COR")
        await world.declare("no_consensus")
    with at():
        await world.revise()
        await world.put(procedure="silence", hours=72)
        await world.object("BEL")
        page = await (await site.browser()).page(ONE)
        chair = await (await site.browser("chair@example.org")).page(ONE)
    assert "It is not adopted. The Chair decides what follows." in page.words
    assert f"{ONE}/declaration" in chair.links()


async def test_a_closing_is_printed_by_the_clock_of_its_own_seat(site: Site) -> None:
    world = await opened(zone="Asia/Kolkata")
    with at(1):
        page = await (await site.browser()).page(ONE)
    assert "Thursday 5 March 2026, 14:30 Asia/Kolkata (09:00 UTC)" in page.words
    assert (await world.question()).zone == "Asia/Kolkata"
    assert (await Body.get(key="plenary")).zone == "UTC"


async def test_who_did_not_object_is_told_what_that_means_when_it_is_over(site: Site) -> None:
    await opened()
    with at(72):
        await close_due()
        page = await (await site.browser(COR)).page(ONE)
    assert "Corvania did not object, so it is counted as agreeing." in page.words
    assert "/decisions/2026/1/statements" in page.links()
    assert (await Decision.get(register="own")).declared_by == "system"


async def test_what_an_officer_entered_is_marked_until_it_is_countersigned(site: Site) -> None:
    world = await found_world()
    await world.put()
    await enter(world, "COR")
    browser = await site.browser()
    words = "entered by the secretariat, not yet countersigned"
    for path in ("", "/positions"):
        assert words in (await browser.page(f"/proposals/2019/1{path}")).words
    told = (await browser.get("/proposals/2019/1.json")).json()["positions"][0]
    assert (told["entered_by"], told["countersigned"]) == ("secretariat", None)
    entered = await Position.get()
    await countersign("delegation:COR", 2019, 1, entered.entry)
    done = (await Position.get()).countersigned
    assert done
    page = await browser.page("/proposals/2019/1")
    assert f"countersigned on {done:%-d %B %Y at %H:%M}" in page.words
    assert words not in page.words
