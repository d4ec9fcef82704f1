"""The Chair's side of every procedure in the browser: put, extend, end, declare."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from plenary import clock
from plenary.bodies.actions.attendance import arrive
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.holidays import set_holidays
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import seat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.models import Body
from plenary.bodies.rules import Room
from plenary.decisions.actions.closing import close_due
from plenary.decisions.models import Decision
from plenary.procedures.terms import STANDARD
from plenary.questions.models import Question
from plenary.record.models import Head
from tests.client import Browser, Page, Site
from tests.world import PARTICIPANTS, SECRETARIAT, TEXT, World, adopt, found_world

ALD, DEL = "head.ald@example.org", "head.del@example.org"
CHAIR, KEEPER = "chair@example.org", "secretariat@example.org"
ONE = "/proposals/2019/1"
OPENS = datetime(2019, 11, 18, 9, 0, tzinfo=UTC)  # a Monday
KOLKATA = "Asia/Kolkata"


@contextmanager
def at(hours: float) -> Iterator[None]:
    with clock.pretending(OPENS + timedelta(hours=hours)):
        yield


async def _opened(hours: float = 0) -> World:
    with at(hours):
        return await found_world()


async def _size() -> int:
    return (await Head.get(id=1)).size


async def _put(chair: Browser, **typed: str) -> Page:
    """Fill in the form and send it; the question must have been put."""
    answer = await chair.press(await chair.page(f"{ONE}/question"), "/question", **typed)
    assert answer.status_code == 303, Page(answer).words
    return await chair.page(ONE)


def _offered(page: Page) -> set[str]:
    return {tag["value"] for tag in page.all("input") if tag["name"] == "outcome"}


# --- the form ---


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_the_form_offers_every_procedure_and_leads_to_how_it_works(
    site: Site, prefix: str
) -> None:
    await found_world()
    chair = await site.browser(CHAIR)
    page = await chair.page(f"{prefix}{ONE}/question")
    ways = {tag["value"] for tag in page.all("input") if tag["name"] == "procedure"}
    assert ways == set(STANDARD)
    assert page.form("/question").fields["procedure"] == "consensus"
    for key in STANDARD:
        assert f"{prefix}/procedures/plenary/{key}" in page.links()
        hint = page.by_id(f"w-{key}-h")
        assert hint is not None
        assert len(hint.text.split()) > 10


async def test_an_empty_closing_is_the_usual_one_and_the_form_says_so(site: Site) -> None:
    world = await _opened()
    with at(0):
        chair = await site.browser(CHAIR)
        form = await chair.page(f"{ONE}/question")
        assert "Open for at least 72 hours" in form.words
        shown = "Saturday 23 November 2019, 09:00 UTC"
        assert f"If you leave the closing empty: {shown}" in form.words
        page = await _put(chair, procedure="silence")
        assert shown in page.words
    question = await world.question()
    assert question.closes == OPENS + timedelta(days=5)
    assert question.procedure["kind"] == "silence"


@pytest.mark.parametrize("typed", ["2019-11-25T18:00", "2019-11-25T18:00:00", "2019-11-25 18:00"])
async def test_a_local_time_is_an_instant_with_weekday_place_and_utc(
    site: Site, typed: str
) -> None:
    world = await _opened()
    with at(0):
        chair = await site.browser(CHAIR)
        page = await _put(chair, procedure="silence", closes=typed, zone=KOLKATA)
        assert "Monday 25 November 2019, 18:00 Asia/Kolkata (12:30 UTC)" in page.words
        french = await chair.page("/fr" + ONE)
        assert "lundi 25 novembre 2019, 18:00 Asia/Kolkata (12:30 UTC)" in french.words
    assert (await world.question()).closes == datetime(2019, 11, 25, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_a_window_that_is_too_short_is_refused_with_the_earliest_that_would_do(
    site: Site, prefix: str
) -> None:
    await _opened()
    with at(0):
        chair = await site.browser(CHAIR)
        size = await _size()
        typed = {"procedure": "silence", "closes": "2019-11-20T18:00", "zone": KOLKATA,
                 "publication": "decided"}  # fmt: skip
        answer = await chair.press(
            await chair.page(f"{prefix}{ONE}/question"), "/question", **typed
        )
        assert answer.status_code == 409
        page = Page(answer)
        beside = page.by_id("f-closes-e")
        assert beside is not None
        assert "21 novem" in beside.text.lower()  # November, novembre
        assert "14:30 Asia/Kolkata (09:00 UTC)" in beside.text
        fields = page.form("/question").fields
        assert {name: fields[name] for name in typed} == typed
        assert await _size() == size


async def test_a_closing_in_the_past_or_next_century_is_refused_beside_its_field(
    site: Site,
) -> None:
    await _opened()
    with at(0):
        chair = await site.browser(CHAIR)
        form = await chair.page(f"{ONE}/question")
        for closes, words in (("2018-11-21T18:00", "passed already"), ("2119-11-21T18:00", "400")):
            answer = await chair.press(form, "/question", procedure="silence", closes=closes)
            assert answer.status_code == 409
            beside = Page(answer).by_id("f-closes-e")
            assert beside is not None
            assert words in beside.text


async def test_a_time_that_the_clocks_jump_over_is_named_with_the_first_after_it(
    site: Site,
) -> None:
    await _opened()
    with at(0):
        chair = await site.browser(CHAIR)
        form = await chair.page(f"{ONE}/question")
        typed = {"closes": "2020-03-29T02:30", "zone": "Europe/Berlin"}
        answer = await chair.press(form, "/question", procedure="silence", **typed)
    assert answer.status_code == 422
    beside = Page(answer).by_id("f-closes-e")
    assert beside is not None
    assert "2020-03-29T03:00" in beside.text


async def test_a_term_that_the_procedure_has_fixed_is_refused_by_name(site: Site) -> None:
    await found_world()
    chair = await site.browser(CHAIR)
    form = await chair.page(f"{ONE}/question")
    answer = await chair.press(form, "/question", procedure="consensus", threshold="2/3")
    assert answer.status_code == 422
    page = Page(answer)
    beside = page.by_id("f-threshold-e")
    assert beside is not None
    assert "has fixed this" in beside.text
    assert page.form("/question").fields["threshold"] == "2/3"
    assert (await chair.press(form, "/question", procedure="consensus")).status_code == 303


async def test_what_the_procedure_leaves_open_is_kept_with_the_question(site: Site) -> None:
    world = await found_world()
    chair = await site.browser(CHAIR)
    await _put(chair, procedure="vote", threshold="2/3", base="roll")
    carries = (await world.question()).procedure["rule"]["carries"]
    assert carries["at_least"] == "2/3"
    assert carries["of"] == {"among": "roll"}


async def test_the_least_number_of_supports_is_a_number_or_a_share(site: Site) -> None:
    world = await found_world()
    chair = await site.browser(CHAIR)
    form = await chair.page(f"{ONE}/question")
    wrong = await chair.press(form, "/question", procedure="written", min_support="most")
    assert wrong.status_code == 422
    await _put(chair, procedure="written", min_support="2")
    assert (await world.question()).procedure["min_support"] == 2


async def test_the_party_concerned_is_one_of_the_roll_and_is_left_out(site: Site) -> None:
    world = await (await found_world()).table_proposal(matter="standing", party="COR")
    address, chair = "/proposals/2019/2", await site.browser(CHAIR)
    form = await chair.page(f"{address}/question")
    other = await chair.press(form, "/question", procedure="consensus_minus", without="BEL")
    assert other.status_code == 409
    assert "this one does not name BEL" in Page(other).words
    taken = await chair.press(form, "/question", procedure="consensus_minus", without="COR")
    assert taken.status_code == 303
    await world.object("COR")
    page = await chair.page(f"{address}/declaration")
    assert "adopted" in _offered(page)
    await world.object("BEL")
    assert "adopted" not in _offered(await chair.page(f"{address}/declaration"))


async def _usually_three_days() -> None:
    window = {"least": {"working_days": 2}, "usual": {"working_days": 3}}
    await adopt(
        "silence",
        {**STANDARD["silence"], "kind": "silence", "window": window},
        names={"en": "Silence"},
    )


async def test_the_holidays_of_the_window_stand_on_the_form(site: Site) -> None:
    await _opened()
    with at(0):
        await set_holidays(SECRETARIAT, "plenary", {date(2019, 11, 20): {"en": "Day of rest"}})
        await _usually_three_days()
        chair = await site.browser(CHAIR)
        words = (await chair.page(f"{ONE}/question")).words
    assert "If you leave the closing empty: Friday 22 November 2019, 09:00 UTC" in words
    assert "Holidays in that time: 20 November 2019." in words


async def test_a_holiday_that_is_over_at_the_seat_is_none_of_the_window(site: Site) -> None:
    """Half past one in the night there, and still the holiday before in UTC."""
    await _opened()
    await Body.filter(key="plenary").update(zone=KOLKATA)
    with at(11):
        await set_holidays(SECRETARIAT, "plenary", {date(2019, 11, 18): {"en": "Day of rest"}})
        await _usually_three_days()
        chair = await site.browser(CHAIR)
        words = (await chair.page(f"{ONE}/question")).words
    assert "If you leave the closing empty: Friday 22 November 2019" in words
    assert "Holidays in that time" not in words


async def test_a_language_that_lags_is_named_and_a_reason_lets_it_pass(site: Site) -> None:
    world = await found_world()
    french = TEXT.replace("Decides that", "Décide que")
    await world.revise(french, by=SECRETARIAT, language="fr", base=1, authentic=True)
    await world.revise()
    chair = await site.browser(CHAIR)
    form = await chair.page(f"{ONE}/question")
    assert "Behind the original: French." in form.words
    answer = await chair.press(form, "/question", procedure="silence")
    assert answer.status_code == 409
    page = Page(answer)
    assert page.by_id("f-uneven-e") is not None
    assert page.form("/question").fields["procedure"] == "silence"
    done = await chair.press(page, "/question", uneven="The translator is ill.")
    assert done.status_code == 303
    assert (await world.question()).uneven == "The translator is ill."


async def test_whoever_is_not_on_the_roll_stands_at_the_foot_with_the_reason(site: Site) -> None:
    await found_world()
    await set_standing(SECRETARIAT, "COR", "suspended", since=clock.now().date())
    chair = await site.browser(CHAIR)
    page = await chair.page(f"{ONE}/question")
    foot = page.by_id("absent")
    assert foot is not None
    assert "Corvania" in foot.text
    assert "Suspended" in foot.text
    assert "Delmonia" not in page.words  # an Observer is on no roll, and nobody looks for it there


async def test_a_rung_of_the_ladder_is_open_once_the_one_before_it_has_failed(site: Site) -> None:
    world = await found_world()
    await adopt(
        "vote",
        {**STANDARD["vote"], "kind": "vote", "after": "consensus"},
        names={"en": "Vote of last resort"},
    )
    chair = await site.browser(CHAIR)
    form = await chair.page(f"{ONE}/question")
    assert "Only after this has failed: Consensus." in form.words
    answer = await chair.press(form, "/question", procedure="vote")
    assert answer.status_code == 409
    page = Page(answer)
    assert page.by_id("f-procedure-e") is not None
    assert page.form("/question").fields["procedure"] == "vote"
    await world.put()
    await world.object("COR")
    waiting = await chair.page(f"{ONE}/declaration")
    assert "next step of the ladder is open: Vote of last resort" in waiting.words
    await world.declare("no_consensus")
    over = await chair.page(f"{ONE}/declaration")
    assert f"{ONE}/question?procedure=vote" in over.links()
    begun = await chair.page(f"{ONE}/question?procedure=vote")
    assert begun.form("/question").fields["procedure"] == "vote"
    assert (await chair.press(begun, "/question")).status_code == 303


@pytest.mark.parametrize("part", ["question", "question/extension", "question/end"])
async def test_nobody_but_the_chair_asks_moves_or_ends(site: Site, part: str) -> None:
    world = await found_world()
    await world.put(procedure="silence")
    size = await _size()
    for email in (ALD, DEL, KEEPER, ""):
        browser = await site.browser(email)
        answer = await browser.post(f"{ONE}/{part}", {"version": "1", "reason": "Because."})
        assert answer.status_code == 403, email
    assert await _size() == size


async def test_the_chair_of_a_group_asks_its_own_group_and_no_other(site: Site) -> None:
    await found_world()
    await form_body(SECRETARIAT, "experts", "WGE", {"en": "Experts"})
    email = "chair.experts@example.org"
    await appoint(SECRETARIAT, "experts", "chair", email=email, name="Chair of experts")
    for code in PARTICIPANTS:
        await seat(SECRETARIAT, "experts", code, "member")
    group = await World(2019, 0).table_proposal(by="chair:experts", body="experts")
    chair = await site.browser(email)
    path = f"/proposals/2019/{group.number}/question"
    form = await chair.page(path)
    assert (await chair.press(form, "/question", procedure="silence")).status_code == 303
    assert (await chair.get(f"{ONE}/question")).status_code == 403


# --- a later closing ---


async def test_a_closing_is_moved_to_a_later_time_as_often_as_the_rule_lets_it(
    site: Site,
) -> None:
    world = await _opened()
    with at(0):
        await world.put(procedure="silence", hours=96)
        chair = await site.browser(CHAIR)
        form = await chair.page(f"{ONE}/question/extension")
        assert "Friday 22 November 2019, 09:00 UTC" in form.words
        assert "It can be moved 1 more time." in form.words
        early = await chair.press(
            form, "/extension", closes="2019-11-21T09:00", reason="A holiday nobody knew of."
        )
        assert early.status_code == 409
        page = Page(early)
        beside = page.by_id("f-closes-e")
        assert beside is not None
        assert "Friday 22 November 2019, 09:00 UTC" in beside.text
        assert page.form("/extension").fields["reason"] == "A holiday nobody knew of."
        done = await chair.press(page, "/extension", closes="2019-11-25T14:30", zone=KOLKATA)
        assert done.status_code == 303
        assert (await world.question()).closes == datetime(2019, 11, 25, 9, 0, tzinfo=UTC)
        again = await chair.page(f"{ONE}/question/extension")
        assert "as often as the rule allows" in again.words
        assert not [form for form in again.forms if form.action.endswith("/extension")]
        assert "Extended from" in again.words
        typed = {"closes": "2019-11-27T09:00", "reason": "Once more."}
        refused = await chair.twice(f"{ONE}/question/extension", typed)
        assert refused.status_code == 409
        assert "It stays where it is" in Page(refused).words
        told = await (await site.browser()).page(f"{ONE}/history")
        assert "Closing moved to Monday 25 November 2019, 09:00 UTC by the Chair" in told.words
        log = await (await site.browser()).page("/changes")
        assert "was moved to Monday 25 November 2019" in log.words


async def test_there_is_no_closing_to_move_before_or_after_a_window(site: Site) -> None:
    world = await _opened()
    with at(0):
        chair = await site.browser(CHAIR)
        assert (await chair.get(f"{ONE}/question/extension")).status_code == 409
        await world.put(procedure="silence", hours=96)
    with at(96):
        chair = await site.browser(CHAIR)
        answer = await chair.get(f"{ONE}/question/extension")
        assert answer.status_code == 409
        assert "no closing that is still to come" in Page(answer).words


# --- the end of the answering ---


async def test_a_vote_is_ended_then_declared_with_its_exact_numbers(site: Site) -> None:
    world = await found_world()
    chair = await site.browser(CHAIR)
    await _put(chair, procedure="vote", threshold="2/3")
    await world.state("ALD", "yes")
    await world.state("BEL", "no")
    form = await chair.page(f"{ONE}/declaration")
    assert "1 of 2; 2 needed" in form.words
    assert "Short by 1" in form.words
    assert _offered(form) == {"not_adopted", "noted", "deferred", "referred_back"}
    answer = await chair.press(form, "/question/end")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ONE}/declaration")
    closed = await chair.page(f"{ONE}/declaration")
    assert "The Chair ended the answering at" in closed.words
    assert not [form for form in closed.forms if form.action.endswith("/question/end")]
    refused = await chair.press(closed, "/declaration", outcome="adopted", note="An hour of work.")
    assert refused.status_code == 409
    assert "1 more is needed (1 of 2)" in Page(refused).words
    assert "An hour of work." in Page(refused).words
    wrong = await chair.press(closed, "/declaration", outcome="no_consensus")
    assert wrong.status_code == 409
    assert "Nobody sought consensus" in Page(wrong).words
    assert (await chair.press(closed, "/declaration", outcome="not_adopted")).status_code == 303
    assert (await chair.twice(f"{ONE}/question/end")).status_code == 409


async def test_a_vote_that_carries_is_declared_while_it_is_open(site: Site) -> None:
    world = await found_world()
    await world.put(procedure="vote", chosen={"threshold": "2/3", "base": "roll"})
    await world.state("ALD", "yes")
    await world.state("BEL", "yes")
    chair = await site.browser(CHAIR)
    form = await chair.page(f"{ONE}/declaration")
    assert "2 of 3; 2 needed" in form.words
    assert (await chair.press(form, "/declaration", outcome="adopted")).status_code == 303
    assert (await Decision.all().first()) is not None


async def test_only_what_the_chair_declares_can_be_ended_by_hand(site: Site) -> None:
    world = await found_world()
    chair = await site.browser(CHAIR)
    await world.put()
    answer = await chair.twice(f"{ONE}/question/end")
    assert answer.status_code == 409
    assert "until you declare an outcome" in Page(answer).words
    other = await world.table_proposal()
    await other.put(procedure="silence")
    answer = await chair.twice("/proposals/2019/2/question/end")
    assert answer.status_code == 409
    assert "The window is still running" in Page(answer).words


# --- the declaration, under the clock ---


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_nothing_is_offered_while_a_silence_runs_and_the_page_says_until_when(
    site: Site, prefix: str
) -> None:
    world = await _opened()
    with at(0):
        await world.put(procedure="silence", hours=96)
        chair = await site.browser(CHAIR)
        page = await chair.page(f"{prefix}{ONE}/declaration")
        assert _offered(page) == set()
        assert "22 novem" in page.words.lower()
        assert f"{prefix}{ONE}/question/extension" in page.links()
        answer = await chair.post(f"{prefix}{ONE}/declaration", {"outcome": "adopted"})
        assert answer.status_code == 409
        assert "09:00 UTC" in Page(answer).words
    assert await Decision.all().count() == 0


async def test_a_broken_silence_is_never_adopted_and_leads_to_the_next_rung(site: Site) -> None:
    world = await _opened()
    with at(0):
        await world.put(procedure="silence", hours=96)
    with at(30.2):
        await world.object("COR")
        chair = await site.browser(CHAIR)
        page = await chair.page(f"{ONE}/declaration")
        assert "An objection ended it at Tuesday 19 November 2019, 15:12:00 UTC." in page.words
        assert "Corvania" in page.words
        assert _offered(page) & {"adopted", "adopted_ad_referendum"} == set()
        assert "no_consensus" in _offered(page)
        assert f"{ONE}/question?procedure=consensus" in page.links()
        answer = await chair.press(page, "/declaration", outcome="adopted")
        assert answer.status_code == 409
        told = await chair.page(f"{ONE}/history")
        assert "An objection ended the silence." in told.words
        assert (await chair.press(page, "/declaration", outcome="not_adopted")).status_code == 303


async def test_a_written_procedure_that_fell_short_says_by_how_many(site: Site) -> None:
    world = await _opened()
    with at(0):
        await world.put(procedure="written", hours=11 * 24)
        await world.state("ALD", "support")
    with at(12 * 24):
        chair = await site.browser(CHAIR)
        page = await chair.page(f"{ONE}/declaration")  # no job has run
        assert "1 of 3; 2 needed" in page.words
        assert "It ended at its closing instant, Friday 29 November 2019, 09:00 UTC." in page.words
        assert "It is short by 1" in page.words
        assert "adopted" not in _offered(page)
        refused = await chair.press(page, "/declaration", outcome="adopted")
        assert refused.status_code == 409
        assert "1 more is needed (1 of 2)" in Page(refused).words
        assert (await chair.press(page, "/declaration", outcome="no_consensus")).status_code == 303


async def test_a_silence_that_ran_out_unbroken_is_the_clocks_and_not_the_chairs(
    site: Site,
) -> None:
    world = await _opened()
    with at(0):
        await world.put(procedure="silence", hours=96)
    with at(97):
        chair = await site.browser(CHAIR)
        page = await chair.page(f"{ONE}/declaration")
        assert _offered(page) == set()
        answer = await chair.post(f"{ONE}/declaration", {"outcome": "not_adopted"})
        assert answer.status_code == 409
        await close_due()
    question = await world.question()
    assert (await Decision.get(question=question)).outcome == "adopted"


async def test_without_a_quorum_a_question_can_only_be_put_off(site: Site) -> None:
    world = await found_world()
    await adopt(
        "vote",
        {**STANDARD["vote"], "kind": "vote", "quorum": "2/3"},
        names={"en": "Vote"},
    )
    opens = clock.now() - timedelta(hours=1)
    room = Room("plenary", "autumn", opens, opens + timedelta(days=1))
    await arrive(SECRETARIAT, room, ["ALD"])
    await world.put(procedure="vote", meeting="autumn")
    await world.state("ALD", "yes")
    chair = await site.browser(CHAIR)
    page = await chair.page(f"{ONE}/declaration")
    assert _offered(page) == {"deferred", "referred_back"}
    assert "1 of 2 that are needed are in the room" in page.words
    refused = await chair.press(page, "/declaration", outcome="adopted")
    assert refused.status_code == 409
    assert "There is no quorum: 1 of 2" in Page(refused).words


async def test_reading_the_chairs_pages_changes_nothing(site: Site) -> None:
    world = await _opened()
    with at(0):
        await world.put(procedure="silence", hours=96)
    with at(200):
        size, chair = await _size(), await site.browser(CHAIR)
        for part in ("question", "question/extension", "declaration"):
            for read in (chair.get, chair.head):
                await read(f"{ONE}/{part}")
        assert await _size() == size
    assert (await Question.get(id=(await world.question()).id)).closed is None
