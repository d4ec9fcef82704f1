"""What a letter says, to whom, and what it never says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plenary import clock
from plenary.decisions.actions.closing import beat as sign_of_life
from plenary.decisions.actions.follow_ups import Order, open_follow_up
from plenary.decisions.rules import Owner
from plenary.notices.due import queue_follow_ups
from plenary.web import language
from plenary.web.render import environment
from tests.notices.post import BASE, OPENS, Box, at, beat, opened, send
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.anyio
CANARY = "CANARY-explanation"


async def test_it_says_what_the_delegation_itself_has_said_so_far(db: str) -> None:
    world, box = await opened(), Box()
    with at(10):
        await world.state("BEL", "reservation", ad_referendum=True)
    await beat(36, box)
    assert "Aldoria has not spoken. If you agree, do nothing. If not, object by" in box.text(
        "head.ald"
    )
    assert "Belmark on version 1: Reservation (ad referendum)." in box.text("head.bel")
    assert "do nothing" not in box.text("head.bel")


async def test_an_observer_reads_until_when_it_is_heard(db: str) -> None:
    world, box = await opened(), Box()
    await beat(0, box)
    text = box.text("head.del")
    assert "You are heard until Thursday 5 March 2026, 09:00 UTC." in text
    assert "do nothing" not in text
    with at(1):
        await world.hear("DEL", "object")
    await beat(36, box)
    assert "Delmonia on version 1: Opposed." in box.text("head.del")


async def test_the_chair_reads_how_many_have_spoken(db: str) -> None:
    world, box = await opened(), Box()
    with at(10):
        await world.state("BEL")
    await beat(36, box)
    assert "1 of 3 Participants on the roll have spoken." in box.text("chair")
    assert "do nothing" not in box.text("chair")


@pytest.mark.parametrize(
    "hours, ms, left",
    [(36, 0, "36 hours left"), (48, 0, "24 hours left"), (48, 9_000, "24 hours left"),
     (70, 2_000, "2 hours left"), (70, 600_000, "110 minutes left")],
)  # fmt: skip
async def test_the_subject_names_the_proposal_the_procedure_and_what_is_left_when_it_leaves(
    db: str, hours: float, ms: int, left: str
) -> None:
    await opened()
    box = Box()
    await beat(0)
    await beat(hours, box, ms=ms)
    subject = box.to("head.ald")[-1]
    assert subject.startswith(f"[P.1] Silence procedure: {left} / Procédure d’approbation tacite")


async def test_it_is_plain_text_of_72_columns_with_one_address_for_each_language(db: str) -> None:
    await opened()
    box = Box()
    await beat(0, box)
    for mail in box.mails:
        assert (mail.get_content_type(), mail.is_multipart()) == ("text/plain", False)
        lines = mail.get_content().splitlines()
        links = [line for line in lines if "://" in line]
        inside = mail["To"].startswith("head.")  # who may answer comes straight to the form
        form = "/position" if inside else ""
        assert links == [f"{BASE}/proposals/2019/1{form}", f"{BASE}/fr/proposals/2019/1{form}"]
        assert max(len(line) for line in lines) <= 72
        assert not [line for line in lines if "<" in line or "&" in line]
    assert language.current() == "en"


async def test_what_people_typed_stands_as_they_typed_it(db: str) -> None:
    with at(-1):
        first = await found_world()
        world = await first.table_proposal(title={"en": "Seals < 5 & <b>more</b>"})
    with at():
        await world.put(procedure="silence", hours=72)
    box = Box()
    await beat(0, box)
    assert "P.2 · Seals < 5 & <b>more</b>" in box.text("head.ald")


async def test_the_letters_on_one_question_hold_together_and_ask_for_no_answer(db: str) -> None:
    await opened()
    box = Box()
    await beat(0, box)
    await beat(36, box)
    first, second = [mail for mail in box.mails if mail["To"] == "head.bel@example.org"]
    assert first["Message-ID"].endswith("@example.org>")
    assert (first["References"], second["References"]) == (None, first["Message-ID"])
    assert second["In-Reply-To"] == first["Message-ID"]
    assert len({mail["Message-ID"] for mail in box.mails}) == len(box.mails)
    for mail in box.mails:
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["List-Id"] == "<notices.example.org>"


# --- each thing that is told ----------------------------------------------------------------------


async def test_a_moved_closing_says_what_it_was_and_what_it_is(db: str) -> None:
    world, box = await opened(), Box()
    with at(40):
        await world.extend(OPENS + timedelta(hours=96))
    await beat(40, box)
    text = box.text("head.ald")
    assert "The Chair moved the closing. It was Thursday 5 March 2026, 09:00 UTC." in text
    assert "object by Friday 6 March 2026, 09:00 UTC." in text


async def test_an_adoption_by_silence_says_that_whoever_was_silent_agreed(db: str) -> None:
    world, box = await opened(), Box()
    await beat(0, box)
    with at(10):
        await world.state("BEL")
    await beat(72, box)
    assert box.to("head.ald")[-1].startswith("[P.1] Adopted / ")
    assert "P.1 is adopted as KP/2019/Plenary/AD.1." in box.text("head.ald")
    assert "Aldoria did not object, so it is counted as agreeing." in box.text("head.ald")
    assert "counted as agreeing" not in box.text("head.bel") + box.text("head.del")
    assert f"{BASE}/decisions/2019/1 " in box.text("head.ald")


async def test_what_ran_out_short_says_by_how_many(db: str) -> None:
    world, box = await opened("written", 240), Box()
    with at(10):
        await world.state("ALD")
    await beat(240, box)
    assert box.to("chair")[-1].startswith("[P.1] Written procedure: not adopted, short by 1 / ")
    assert "It is not adopted. The Chair decides what follows." in box.text("head.bel")


async def test_the_gavel_is_told_with_its_outcome_and_symbol(db: str) -> None:
    world, box = await opened("vote", 30), Box()
    with at(1):
        for code in ("ALD", "BEL", "COR"):
            await world.state(code, "yes")
    with at(2):
        await world.end()
        await world.declare()
    await beat(2, box)
    text = box.text("head.bel")
    assert "The Chair declared the outcome on Monday 2 March 2026, 11:00 UTC: Adopted," in text
    assert "Belmark on version 1: Yes." in text


async def test_a_follow_up_letter_says_what_is_owed_by_whom_and_when(db: str) -> None:
    with at():
        world = await found_world()
        await world.put()
        decision = await world.declare()
        task = {"en": "Send the list.\nOn paper.", "fr": "Envoyer la liste."}
        order = Order(task, Owner(code="BEL"), due=date(2026, 4, 1))
        await open_follow_up(SECRETARIAT, "own", decision.source_id, order)
    box = Box()
    with clock.pretending(datetime(2026, 3, 30, 8, tzinfo=UTC)):
        await queue_follow_ups()
        await send(box)
    text = box.text("head.bel")
    assert text.startswith("[KP/2019/Plenary/AD.1] Follow-up: due on 1 April 2026 / ")
    assert "Send the list. On paper." in text
    assert "Owed by Belmark. The last day is Wednesday 1 April 2026." in text
    assert f"{BASE}/follow-up/1 " in text


async def test_a_closing_that_an_outage_moved_says_why(db: str) -> None:
    await opened()
    box = Box()
    for hours in (69, 71):
        with at(hours):
            await sign_of_life()
    await beat(71, box)
    text = box.text("head.ald")
    assert text.startswith("[P.1] Silence procedure: the closing has moved / ")
    assert "could not be reached for a time before the closing, so the closing moved" in text
    assert "object by Friday 6 March 2026, 08:00 UTC." in text


async def test_a_withdrawal_under_silence_is_told(db: str) -> None:
    world, box = await opened(), Box()
    with at(10):
        await world.withdraw()
    await beat(10, box)
    assert box.to("head.bel")[-1].startswith("[P.1] The proposal was withdrawn")
    assert "do nothing" not in box.text("head.bel")


async def test_a_vote_that_is_closed_tells_each_its_own_answer(db: str) -> None:
    world, box = await opened("vote", 30), Box()
    with at(1):
        await world.state("BEL", "no")
    await beat(30, box)
    assert box.to("head.bel")[-1].startswith("[P.1] Recorded vote: no more answers are taken / ")
    assert "Belmark on version 1: No." in box.text("head.bel")
    assert "The Chair declares the outcome." in box.text("head.ald")


async def test_where_the_text_moved_on_it_says_what_was_said_of_the_earlier_one(db: str) -> None:
    world, box = await opened("consensus", 72), Box()
    with at(1):
        await world.state("BEL")
        await world.hear("DEL")
        await world.revise()
    await beat(36, box)
    assert "Belmark has no position on version 2. On version 1 it was: Support." in box.text(
        "head.bel"
    )
    assert "Delmonia has not been heard on version 2." in box.text("head.del")
    assert "Answers are taken until Thursday 5 March 2026, 09:00 UTC." in box.text("head.ald")


def test_every_notice_has_its_word_on_the_desk() -> None:
    words = environment().get_template("notices/_words.html").module
    told = (
        "opened", "half", "day", "two_hours", "extended", "outage", "broken", "ran_out", "adopted",
        "closed", "declared", "withdrawn", "fourteen_days", "three_days", "overdue",
    )  # fmt: skip
    said = {name: str(words.notice_word(name)).strip() for name in told}  # type: ignore[attr-defined]
    assert all(said.values()), said
    assert len(set(said.values())) == len(said)


# --- the rule of publication ----------------------------------------------------------------------


def names(box: Box, who: str) -> bool:
    """Whether a reader is told who broke the silence."""
    return "broken by Corvania" in box.text(who)


READERS = ("head.ald", "head.bel", "head.cor", "head.del", "chair", "secretariat")
NAMED = {"now": set(READERS), "decided": set(READERS), "never": set()}


@pytest.mark.parametrize("publication", NAMED)
async def test_who_broke_a_silence_is_named_to_those_who_may_read_names(
    db: str, publication: str
) -> None:
    """Under `never` no letter does: mail goes in clear."""
    world, box = await opened(publication=publication), Box()
    with at(30):
        await world.object("COR", explanation=CANARY)
    await beat(30, box)
    assert {who for who in READERS if names(box, who)} == NAMED[publication]
    assert not [mail for mail in box.mails if CANARY in mail.get_content()]
    for who in READERS:
        assert "Silence was broken" in box.text(who)


@pytest.mark.parametrize("hours, publication", [(36, "never"), (72, "never"), (240, "never")])
async def test_no_letter_to_a_delegation_tells_what_another_said(
    db: str, hours: float, publication: str
) -> None:
    """A world in which Corvania objects looks to Aldoria like one in which Belmark does."""
    world, box = await opened("written", 240, publication=publication), Box()
    with at(1):
        await world.object("COR", explanation=CANARY)
        await world.state("BEL")
    await beat(hours, box)
    for who in ("head.ald", "head.del"):
        assert not [word for word in ("Corvania", "Belmark", CANARY) if word in box.text(who)]


async def test_nobody_outside_is_written_to(db: str) -> None:
    world, box = await opened(publication="decided"), Box()
    with at(30):
        await world.object("COR")
    await beat(30, box)
    assert {mail["To"].partition("@")[0] for mail in box.mails} == set(READERS)
