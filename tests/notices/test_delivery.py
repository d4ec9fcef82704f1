"""Delivery: sending goes on while a right runs, and whom the opening reached is a fact for all."""

from datetime import date, datetime

import pytest

from plenary.bodies.actions.accreditations import accredit, end_accreditation
from plenary.bodies.models import Accreditation
from plenary.notices.delivery import delivery_of
from plenary.notices.due import queue_questions
from plenary.notices.letter_book import send_again
from plenary.notices.models import Installation, Notice
from plenary.notices.sending import send_due
from plenary.questions.models import Question
from tests.client import Page, Site
from tests.notices.post import BASE, EVERYBODY, SENDER, Box, at, beat, opened, send
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.anyio
ALL = len(EVERYBODY)
STEPS = [minutes / 60 for minutes in range(1, 321, 4)]  # 5 h 20


async def reached() -> dict[str, tuple[str, str]]:
    """By code of the Participants on the roll: by which road, or why not."""
    question = await Question.all().order_by("-id").first()
    assert question
    found = await delivery_of(question)
    assert found
    return {delivered.party.code: (delivered.road, delivered.why) for delivered in found.roll}


async def test_after_an_outage_of_five_hours_every_opening_leaves_when_the_mail_is_back(
    db: str,
) -> None:
    await opened()
    box = Box(away=True)
    for hours in STEPS:
        await beat(hours, box)
    assert set(await reached()) == {"ALD", "BEL", "COR"}
    assert all(road == "" for road, _ in (await reached()).values())
    box.away = False
    for n in range(4):
        await beat(5.34 + 0.1 * n, box)
    assert sorted(mail["To"] for mail in box.mails) == sorted(EVERYBODY)
    assert set((await reached()).values()) == {("mail", "")}


async def test_sending_goes_on_for_the_whole_of_a_long_window(db: str) -> None:
    await opened("written", 24 * 20)
    box = Box(away=True)
    for day in range(1, 16):
        await beat(24 * day, box)
    box.away = False
    for n in range(4):
        await beat(24 * 16 + n, box)
    subjects = [subject.partition(" /")[0] for subject in box.to("head.ald")]
    assert "[P.1] Written procedure opened: 4 days left" in subjects


async def test_it_ends_with_the_window_and_says_so(db: str) -> None:
    await opened()
    box = Box(away=True)
    await beat(1, box)
    for n in range(12):
        await beat(72.1 + n, box)
    assert await Notice.filter(name="opened", ended=None).count() == 0
    tried = box.tried
    for _ in range(3):
        await beat(72 + 24 * 8, box)
    assert await Notice.filter(sent=None, ended=None).count() == 0
    assert box.tried == tried


async def test_an_address_that_is_refused_keeps_nobody_else_from_a_letter(db: str) -> None:
    await opened()
    box = Box(unknown="head.bel@example.org")
    await beat(0)
    with at(0.01):
        await send(box)
    assert len(box.mails) == ALL - 1
    assert (await reached())["BEL"] == ("", "refused")
    with at(0.02):
        box.unknown = ""
        assert await send_again() == 1
        await send(box)
    assert (await reached())["BEL"] == ("mail", "")


async def test_each_delegation_is_told_or_not_and_why(db: str) -> None:
    world = await opened()
    box = Box(away=True)
    for _ in range(ALL):
        await beat(0.01, box)
    with at(1):
        await world.state("ALD")
        head = await Accreditation.get(person__email="head.cor@example.org")
        await end_accreditation(SECRETARIAT, head.id)
    await beat(2, box)
    assert await reached() == {"ALD": ("answer", ""), "BEL": ("", "away"), "COR": ("", "away")}


async def test_who_is_accredited_while_it_runs_is_told_too(db: str) -> None:
    await opened()
    box = Box()
    await beat(1, box)
    with at(2):
        await accredit(SECRETARIAT, "BEL", "new@example.org", "New", "alternate")
    for hours in (3, 4, 20):
        await beat(hours, box)
    assert [subject.partition(" /")[0] for subject in box.to("new")] == [
        "[P.1] Silence procedure opened: 2 days left"
    ]
    assert len(box.mails) == ALL + 1


async def test_who_speaks_from_a_later_day_is_told_on_that_day(db: str) -> None:
    """Red while only a new entry made anybody look again."""
    await opened()
    box = Box()
    with at(1):
        tomorrow = date(2026, 3, 3)
        await accredit(SECRETARIAT, "BEL", "new@example.org", "New", "alternate", since=tomorrow)
    await beat(2, box)
    assert box.to("new") == []
    await beat(24, box)
    assert len(box.to("new")) == 1


async def test_a_newcomer_is_told_where_the_first_insert_failed(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red while the process remembered that it had looked, and not that it had written."""
    await opened()
    box = Box()
    await beat(1, box)
    with at(2):
        await accredit(SECRETARIAT, "BEL", "new@example.org", "New", "alternate")
    with monkeypatch.context() as away:
        away.setattr(Notice, "bulk_create", None)
        with pytest.raises(TypeError):
            await beat(3, box)
    await beat(4, box)
    assert len(box.to("new")) == 1


async def test_a_newcomers_letter_is_tried_until_the_window_ends_and_counts(db: str) -> None:
    await opened()
    box = Box(away=True)
    with at(1):
        head = await Accreditation.get(person__email="head.bel@example.org")
        await end_accreditation(SECRETARIAT, head.id)
    await beat(2, box)
    assert (await reached())["BEL"] == ("", "nobody")
    with at(30):
        await accredit(SECRETARIAT, "BEL", "new@example.org", "New", "head")
    for hours in (31, 40, 50, 60, 70):
        for _ in range(ALL + 1):
            await beat(hours, box)
    assert (await reached())["BEL"] == ("", "away")
    box.away = False
    await beat(71.9, box)
    assert (
        len([subject for subject in box.to("new") if " opened: 6 minutes left /" in subject]) == 1
    )
    assert (await reached())["BEL"] == ("mail", "")


# --- what the letters say ---


async def test_who_was_never_told_is_not_just_counted_as_agreeing(db: str) -> None:
    await opened()
    box = Box(away=True)
    await beat(1, box)
    await beat(72, box)
    box.away = False
    for n in range(3):
        await beat(72.3 + n, box)
    text = box.text("head.bel")
    assert "counted as agreeing. It can add" not in text
    assert "no notice of this question had reached it by mail before the closing" in text
    assert "The opening had not reached 3 Participants on the roll: Aldoria," in box.text("chair")


async def test_a_letter_names_its_installation_its_date_and_who_answers(db: str) -> None:
    await opened()
    box = Box()
    await beat(0)
    with at(0.01):
        await send_due(box, base_url=BASE, sender=SENDER, reply_to="desk@example.org")
    key = (await Installation.get(id=1)).key
    assert len(key) == 32
    for mail in box.mails:
        assert mail["Reply-To"] == "desk@example.org"
        assert mail["Date"]
        assert mail["List-Unsubscribe"] is None
        assert "One cannot unsubscribe" in " ".join(mail.get_content().split())


async def test_a_rehearsal_at_another_address_has_other_message_ids(db: str) -> None:
    await opened()
    ids = []
    for base in (BASE, "https://rehearsal.example.org"):
        box = Box()
        await beat(0)
        await Notice.all().update(sent=None, again=(await Notice.all())[0].queued)
        with at(0.01):
            await send_due(box, base_url=base, sender=SENDER)
        ids.append({mail["Message-ID"] for mail in box.mails})
    assert len(ids[0]) == ALL
    assert not ids[0] & ids[1]


# --- where it is seen ---


async def put_and_lost(site: Site) -> None:
    """A silence that runs, on the clock of the wall, with no mail server there."""
    await (await found_world()).put(procedure="silence", hours=96)
    await queue_questions()
    await send(Box(away=True))


PROPOSAL = "/proposals/2019/1"


@pytest.mark.parametrize("reader, shown", [
    ("chair@example.org", True), ("secretariat@example.org", True), ("", False),
    ("head.bel@example.org", False),
])  # fmt: skip
async def test_chair_and_secretariat_see_on_the_question_who_was_told(
    site: Site, reader: str, shown: bool
) -> None:
    await put_and_lost(site)
    page = await (await site.browser(reader)).page(PROPOSAL)
    assert ("The opening has not reached 3 of those on the roll." in page.words) is shown


async def test_the_declaration_and_the_certificate_say_who_was_not_told(site: Site) -> None:
    await put_and_lost(site)
    chair, public = await site.browser("chair@example.org"), await site.browser()
    page = await chair.page(f"{PROPOSAL}/declaration")
    assert "Who was not told cannot have agreed by silence" in page.words
    page = await public.page(f"{PROPOSAL}/certificate")
    assert "not told: no mail server answered" in page.words
    told = (await public.get(f"{PROPOSAL}/certificate.json")).json()["told"]
    assert [delivered["delegation"] for delivered in told] == ["ALD", "BEL", "COR"]
    assert {delivered["why"] for delivered in told} <= {"away", "waiting"}


async def test_the_secretariat_reads_the_letters_and_has_one_tried_again(site: Site) -> None:
    await put_and_lost(site)
    browser = await site.browser("secretariat@example.org")
    page = await browser.page("/secretariat/letters")
    for words in ("Letters", "Tried: no mail server answered", "Waiting", "KP/2019/P.1"):
        assert words in page.words, words
    assert "/secretariat/letters" in (await browser.page("/secretariat")).links()
    answer = await browser.press(page, "/secretariat/letters/again")
    assert answer.status_code == 303
    assert (
        "What waited is tried again at once."
        in Page(await browser.get(answer.headers["location"])).words
    )
    letters = await browser.page("/secretariat/letters?state=away&q=head.ald")
    assert "head.bel@example.org" not in letters.words
    for reader in ("", "chair@example.org", "head.bel@example.org"):
        refused = await (await site.browser(reader)).get("/secretariat/letters")
        assert refused.status_code == 403


async def test_a_letter_that_is_none_is_not_there_and_nothing_is_tried_again(site: Site) -> None:
    """What names no letter named all of them once."""
    await put_and_lost(site)
    browser, again = await site.browser("secretariat@example.org"), "/secretariat/letters/again"
    before = await waiting()
    known = (await Notice.filter(failed="away").order_by("id"))[0].id
    for typed in (
        f"{max(before) + 1}",
        "0",
        "",
        "abc",
        "-1",
        "9" * 30,
        f"{known} ",
        "1e3",
        "\u0661",
    ):
        answer = await browser.post(again, {"id": typed})
        assert answer.status_code == 404, typed
        assert "nothing was tried again" in Page(answer).words
        assert await waiting() == before, typed
    assert (await browser.post(again, {"id": f"{known}"})).status_code == 303
    now = await waiting()
    assert [key for key in now if now[key] != before[key]] == [known]


async def waiting() -> dict[int, datetime]:
    """Each letter, and before when it is not tried again."""
    return dict(await Notice.all().order_by("id").values_list("id", "again"))
