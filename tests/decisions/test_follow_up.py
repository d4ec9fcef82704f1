"""Follow-up of decisions: who owes what by when, who reports, what is overdue."""

import csv
import io
from datetime import date, timedelta

import pytest

from plenary import clock
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.days import day_of
from plenary.decisions.actions.follow_ups import Order, Report, open_follow_up, report_progress
from plenary.decisions.annexes import due_follow_ups
from plenary.decisions.models import Decision, FollowUp, Progress
from plenary.decisions.rules import Owner, Status, Task, bar_to_report, overdue, stage_of
from plenary.record.models import Head, Receipt
from plenary.refusal import Forbidden, Invalid
from plenary.registers.actions import import_register
from tests.client import Page, Site
from tests.registers.registers import SEALS, register
from tests.world import ALD, BEL, CHAIR, COR, DEL, SECRETARIAT, World, found_world

PATH = "/decisions/2019/1"
DAY = date(2019, 11, 20)
TASK = {"en": "Send the list of seals.", "fr": "Envoyer la liste des scellés."}
GROUP = "chair:monitoring"


async def decided() -> World:
    world = await found_world()
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Working Group on Monitoring"})
    await appoint(
        SECRETARIAT, "monitoring", "chair", email="chair.monitoring@example.org", name="Group"
    )
    await world.put()
    await world.state("ALD")
    await world.declare()
    return world


async def ask(code: str = "BEL", **more: object) -> Receipt:
    owner = Owner(code=code) if code.isupper() else Owner(body=code)
    order = Order(**{"text": TASK, "owner": owner} | more)  # type: ignore[arg-type]
    return await open_follow_up(SECRETARIAT, "own", "2019/1", order)


async def tell(by: str, status: str = "under_way", note: str = "Begun.", id: int = 1) -> Receipt:
    return await report_progress(by, id, Report(Status(status), note))


async def today() -> date:
    return await day_of(clock.now())


# --- the rules ---


@pytest.mark.parametrize("days, stage", [
    (-400, "overdue"), (-1, "overdue"), (0, "three_days"), (3, "three_days"),
    (4, "fourteen_days"), (14, "fourteen_days"), (15, ""),
])  # fmt: skip
def test_a_reminder_has_three_stages_and_the_last_day_is_not_overdue(days: int, stage: str) -> None:
    due = DAY + timedelta(days=days)
    assert stage_of("open", due, DAY) == stage_of("under_way", due, DAY) == stage
    assert stage_of("done", due, DAY) == stage_of("dropped", due, DAY) == ""
    assert stage_of("open", None, DAY) == ""
    assert overdue("open", due, DAY) == (stage == "overdue")
    assert not overdue("done", due, DAY)


@pytest.mark.parametrize("owner", [Owner(code="BEL"), Owner(body="monitoring")])
@pytest.mark.parametrize("by", [BEL, ALD, GROUP, "chair:experts", CHAIR, SECRETARIAT])
@pytest.mark.parametrize("now", Status)
@pytest.mark.parametrize("to", Status)
def test_the_owner_reports_and_only_the_chair_and_the_secretariat_drop(
    owner: Owner, by: str, now: str, to: str
) -> None:
    bar = bar_to_report(by, owner, now=now, to=to)
    keeper, mine = by in (CHAIR, SECRETARIAT), by == owner.actor
    dropping = now != to and "dropped" in (now, to)
    assert (bar is None) == (keeper or (mine and not dropping))


# --- the acts ---


async def test_the_secretariat_enters_what_is_to_be_done_and_nobody_else(db: None) -> None:
    await decided()
    await ask("BEL", due=DAY)
    await ask("monitoring", kind=Task.RECOMMENDATION)
    found = await FollowUp.all().order_by("number").prefetch_related("delegation", "body")
    assert [
        (follow_up.number, follow_up.kind, follow_up.status, follow_up.due) for follow_up in found
    ] == [
        (1, "action", "open", DAY),
        (2, "recommendation", "open", None),
    ]
    for by in (ALD, CHAIR, GROUP):
        with pytest.raises(Forbidden):
            await open_follow_up(by, "own", "2019/1", Order(TASK, Owner(code="BEL")))
    assert await FollowUp.all().count() == 2


async def test_every_report_stays_and_the_newest_is_the_status(db: None) -> None:
    await decided()
    await ask("BEL")
    await tell(BEL, "under_way")
    await tell(BEL, "under_way", "Half of it.")
    await tell(SECRETARIAT, "done", "")
    assert (await FollowUp.get(id=1)).status == "done"
    told = await Progress.all().order_by("id")
    assert [(report.by, report.status, report.note) for report in told] == [
        (BEL, "under_way", "Begun."),
        (BEL, "under_way", "Half of it."),
        (SECRETARIAT, "done", ""),
    ]


async def test_a_report_that_says_nothing_is_not_taken(db: None) -> None:
    await decided()
    await ask("BEL")
    for status in ("open", "dropped"):
        with pytest.raises(Invalid) as invalid:
            await tell(CHAIR, status, "  ")
        assert invalid.value.errors["note"].name == "needed"
    assert await Progress.all().count() == 0


async def test_what_a_body_owes_its_chair_reports_on(db: None) -> None:
    await decided()
    await ask("monitoring")
    with pytest.raises(Forbidden):
        await tell(BEL)
    await tell(GROUP)
    assert (await FollowUp.get(id=1)).status == "under_way"
    with pytest.raises(Forbidden) as forbidden:
        await tell(GROUP, "dropped", "Too much.")
    assert forbidden.value.reason == "not_yours_to_drop"


async def test_an_observer_can_owe_a_follow_up_too(db: None) -> None:
    await decided()
    await ask("DEL")
    await tell(DEL, "done")
    assert (await FollowUp.get(id=1)).status == "done"


async def test_an_imported_decision_has_follow_up_and_no_statements(site: Site) -> None:
    await decided()
    await import_register(SECRETARIAT, "kp", register(SEALS))
    old = await Decision.get(register="kp")
    order = Order(TASK, Owner(code="COR"), kind=Task.RECOMMENDATION)
    await open_follow_up(SECRETARIAT, "kp", old.source_id, order)
    browser = await site.browser()
    page = await browser.page(f"/decisions/kp/{old.source_id}")
    assert TASK["en"] in page.words
    assert TASK["en"] in (await browser.page(f"/decisions/kp/{old.source_id}/follow-up")).words
    decision = (await browser.get(f"/decisions/kp/{old.source_id}.json")).json()
    assert [(f["kind"], f["owner"]["delegation"]) for f in decision["follow_up"]] == [
        ("recommendation", "COR")
    ]
    assert (await browser.get(f"/decisions/kp/{old.source_id}/statements")).status_code == 404
    assert "Follow-up 1 of" in (await browser.page("/changes")).words
    form = await (await site.browser("secretariat@example.org")).page(
        f"/decisions/kp/{old.source_id}/follow-up"
    )
    keeper = await site.browser("secretariat@example.org")
    done = await keeper.press(form, "/follow-up", text_en="Report.", owner="chair:plenary")
    assert done.status_code == 303


async def test_reminders_are_due_for_what_is_unfinished_and_near_or_past_its_day(db: None) -> None:
    await decided()
    now = await today()
    for days in (20, 14, 2, -3):
        await ask("BEL", due=now + timedelta(days=days))
    await ask("BEL")
    await ask("BEL", due=now)
    await tell(BEL, "done", id=6)
    assert [follow_up.number for follow_up in await due_follow_ups(now)] == [4, 3, 2]


# --- on the pages ---


async def test_the_list_has_the_soonest_first_and_says_overdue_in_words(site: Site) -> None:
    await decided()
    now = await today()
    await ask("BEL", text={"en": "Later."}, due=now + timedelta(days=9))
    await ask("COR", text={"en": "Past."}, due=now - timedelta(days=1))
    await ask("monitoring", text={"en": "Some day."})
    await ask("COR", text={"en": "=Finished."}, due=now - timedelta(days=9))
    await tell(COR, "done", id=4)
    browser = await site.browser()
    page = await browser.page("/follow-up")
    places = [page.words.index(w) for w in ("Past.", "Later.", "Some day.", "=Finished.")]
    assert places == sorted(places)
    assert page.words.count("overdue: the last day was") == 1
    for query, wanted in (
        ("status=overdue", [2]), ("status=done", [4]), ("owner=delegation:COR", [2, 4]),
        ("owner=chair:monitoring", [3]), ("status=nonsense", [2, 1, 3, 4]), ("owner=x", []),
        ("page=99999999", [2, 1, 3, 4]),
    ):  # fmt: skip
        answer = (await browser.get(f"/follow-up.json?{query}")).json()
        assert [follow_up["number"] for follow_up in answer["items"]] == wanted, query
        assert (answer["total"], answer["page"], answer["pages"]) == (len(wanted), 1, 1)
        assert (await browser.get(f"/follow-up?{query}")).status_code == 200
    rows = list(csv.DictReader(io.StringIO((await browser.get("/follow-up.csv")).text)))
    assert [row["text"] for row in rows] == ["Past.", "Later.", "Some day.", "'=Finished."]
    assert [row["overdue"] for row in rows] == ["true", "false", "false", "false"]


async def test_the_secretariat_enters_it_and_the_owner_finds_it_on_its_desk(site: Site) -> None:
    world = await decided()
    keeper = await site.browser("secretariat@example.org")
    form = await keeper.page(f"{PATH}/follow-up")
    typed = {"text_en": "Send the list.", "owner": "delegation:BEL", "due": "2019-11-20",
             "clause": await world.clause(2)}  # fmt: skip
    wrong = await keeper.press(form, "/follow-up", **typed | {"due": "soon", "owner": ""})
    assert wrong.status_code == 422
    assert Page(wrong).form("/follow-up").fields["text_en"] == "Send the list."
    done = await keeper.press(form, "/follow-up", **typed)
    again = await keeper.press(form, "/follow-up", **typed)
    assert (done.status_code, done.headers["location"]) == (303, again.headers["location"])
    assert await FollowUp.all().count() == 1
    owner = await site.browser("head.bel@example.org")
    desk = await owner.page("/desk")
    assert "Send the list." in desk.words
    assert "overdue: the last day was 20 November 2019" in desk.words
    assert "/follow-up/1" in desk.links()
    assert (
        "Send the list."
        not in (await (await site.browser("head.cor@example.org")).page("/desk")).words
    )
    page = await owner.page("/follow-up/1")
    assert {tag["value"] for tag in page.all("option")} >= {"open", "under_way", "done"}
    assert "dropped" not in {tag["value"] for tag in page.all("option")}
    told = await owner.press(page, "/follow-up/1", status="done", note="Sent to all.")
    assert told.status_code == 303
    public = await (await site.browser()).page("/follow-up/1")
    assert "Belmark: done." in public.words
    assert "Sent to all." in public.words
    assert not public.forms
    assert "Send the list." not in (await owner.page("/desk")).words
    decision = (await owner.get(f"{PATH}.json")).json()
    assert [(f["status"], f["overdue"], f["due"]) for f in decision["follow_up"]] == [
        ("done", False, "2019-11-20")
    ]


async def test_a_group_chair_finds_what_the_group_owes_on_the_desk(site: Site) -> None:
    await decided()
    await ask("monitoring")
    browser = await site.browser("chair.monitoring@example.org")
    assert TASK["en"] in (await browser.page("/desk")).words
    page = await browser.page("/follow-up/1")
    assert (await browser.press(page, "/follow-up/1", status="under_way")).status_code == 303


async def test_who_owes_nothing_here_is_told_who_does(site: Site) -> None:
    await decided()
    await ask("BEL")
    size = (await Head.get(id=1)).size
    typed = {"status": "done", "note": "Done.", "language": "en"}
    for email in ("head.ald@example.org", "head.del@example.org", "chair.monitoring@example.org"):
        browser = await site.browser(email)
        answer = await browser.post("/follow-up/1", typed)
        assert answer.status_code == 403
        assert "Only who owes this follow-up reports on it" in Page(answer).words
        assert not (await browser.page("/follow-up/1")).forms
        added = await browser.post(f"{PATH}/follow-up", {"text_en": "x", "owner": "delegation:ALD"})
        assert added.status_code == 403
    for path in ("/follow-up/99", "/decisions/2019/9/follow-up", "/decisions/kp/nothing/follow-up"):
        assert (await (await site.browser()).get(path)).status_code == 404
    assert (await Head.get(id=1)).size == size


async def test_the_chair_drops_it_with_a_reason_and_the_owner_cannot_take_it_up(site: Site) -> None:
    await decided()
    await ask("BEL")
    chair = await site.browser("chair@example.org")
    page = await chair.page("/follow-up/1")
    assert (await chair.press(page, "/follow-up/1", status="dropped")).status_code == 422
    done = await chair.press(page, "/follow-up/1", status="dropped", note="Overtaken by AD.2.")
    assert done.status_code == 303
    owner = await site.browser("head.bel@example.org")
    assert not (await owner.page("/follow-up/1")).forms
    again = await owner.post("/follow-up/1", {"status": "open", "note": "x", "language": "en"})
    assert again.status_code == 403
    page = await owner.page("/changes")
    assert "Follow-up 1 of KP/2019/Plenary/AD.1 was dropped by the Chair." in page.words
