"""Sending: once where it can be, at least once where it cannot, and in nobody's way."""

import asyncio
import socket
import threading
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from plenary import notices
from plenary.bodies.actions.accreditations import end_accreditation
from plenary.bodies.models import Accreditation
from plenary.notices.mail import domain_of, post
from plenary.notices.models import Notice
from plenary.notices.sending import PAUSES
from plenary.people.mail import Unsent
from plenary.record.act import drain
from plenary.settings import Settings
from tests.client import SECRET, Site
from tests.notices.post import BASE, EVERYBODY, Box, at, beat, opened, send
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.anyio
ALL = len(EVERYBODY)


async def test_each_letter_leaves_once(db: str) -> None:
    await opened()
    box = Box()
    for hours in (0, 0.1, 1, 24):
        await beat(hours, box)
    assert sorted(mail["To"] for mail in box.mails) == sorted(EVERYBODY)
    assert await Notice.filter(sent=None).count() == 0


async def test_a_server_that_is_away_is_tried_again_after_a_pause_that_grows(db: str) -> None:
    await opened()
    box = Box(away=True)
    await beat(0, box)
    assert box.tried == 1  # the others wait for the next time, and not for one time-out each
    for _ in range(20):
        await beat(0.01, box)
    assert box.tried == ALL  # each had its first
    minutes = 0.6
    for n, pause in enumerate((*PAUSES, PAUSES[-1], PAUSES[-1])):
        minutes += pause / timedelta(minutes=1)
        for _ in range(20):
            await beat(minutes / 60, box)
        assert box.tried == ALL * (n + 2)


async def test_what_the_server_took_later_is_sent_then(db: str) -> None:
    await opened()
    box = Box(away=True)
    await beat(0, box)
    box.away = False
    await beat(0.2, box)
    assert len(box.mails) == ALL


async def test_a_process_that_dies_after_sending_sends_the_same_letter_again(db: str) -> None:
    """At least once: and the second has the Message-ID of the first."""
    await opened()
    box = Box()

    async def dying(mail: EmailMessage) -> None:
        await box(mail)
        raise RuntimeError("the process is gone")

    await beat(0)
    with at(0), pytest.raises(RuntimeError):
        await notices.sending.send_due(dying, base_url=BASE, sender="notices@example.org")
    assert len(box.mails) == 1
    await beat(0.05, box)
    assert len(box.mails) == ALL
    await beat(0.2, box)
    twice = [mail for mail in box.mails if mail["To"] == box.mails[0]["To"]]
    assert len(twice) == 2
    assert twice[0]["Message-ID"].partition("@")[0] == twice[1]["Message-ID"].partition("@")[0]


async def test_a_reminder_that_did_not_leave_in_time_is_not_sent_when_it_is_over(db: str) -> None:
    world, box = await opened(), Box()
    await beat(36)
    with at(37):
        await world.object()
    await beat(37, box)
    assert {mail["Subject"].partition(" /")[0] for mail in box.mails} == {
        "[P.1] Silence was broken"
    }
    assert await Notice.filter(name__in=["opened", "half"], sent=None).count() == 2 * ALL
    tried = box.tried
    await beat(60, box)
    assert box.tried == tried


async def test_of_two_reminders_that_waited_only_the_newest_leaves(db: str) -> None:
    await opened()
    box = Box()
    await beat(36)
    await beat(48)
    await beat(48.1, box)
    assert [subject.partition(" /")[0] for subject in box.to("head.ald")] == [
        "[P.1] Silence procedure opened: 23 hours left",
        "[P.1] Silence procedure: 23 hours left",
    ]


async def test_whose_accreditation_ended_meanwhile_gets_no_letter(db: str) -> None:
    await opened()
    box = Box()
    await beat(1)
    head = await Accreditation.get(person__email="head.bel@example.org")
    with at(2):
        await end_accreditation(SECRETARIAT, head.id)
    await beat(24, box)
    assert box.to("head.bel") == []
    assert len(box.mails) == ALL - 1


async def test_a_mail_server_that_hangs_delays_no_act_and_no_closing(db: str) -> None:
    world, hangs, reached = await opened(), asyncio.Event(), asyncio.Event()

    async def hanging(mail: EmailMessage) -> None:
        reached.set()
        await hangs.wait()

    await beat(0)
    with at(1):
        sending = asyncio.create_task(
            notices.sending.send_due(hanging, base_url=BASE, sender="notices@example.org")
        )
        await reached.wait()
        await asyncio.wait_for(world.state("BEL"), 5)
    assert await asyncio.wait_for(beat(72), 5) == ["adopted"]
    sending.cancel()
    hangs.set()
    await drain()
    assert await Notice.filter(sent__isnull=False).count() == 1  # what was under way was marked


async def test_without_a_mail_server_notices_are_queued_and_nothing_is_tried(
    tmp_path: Path,
) -> None:
    bare = Settings("sqlite:///x", SECRET, BASE, tmp_path)
    full = Settings(
        "sqlite:///x", SECRET, BASE, tmp_path, smtp_url="smtp://localhost", mail_from="a@b.org"
    )
    assert [do.__name__ for _, do in notices.chores(bare)] == [
        "queue_questions",
        "queue_follow_ups",
        "queue_entries",
    ]
    assert [do.__name__ for _, do in notices.chores(full)][-1] == "notices"
    with pytest.raises(Unsent):
        await post("", "")(EmailMessage())


def test_the_domain_of_a_sender_with_a_name_is_the_addresss() -> None:
    assert domain_of("The Secretariat <notices@kp.example>") == "kp.example"
    assert domain_of("notices@kp.example") == "kp.example"
    assert domain_of("") == "localhost"


# --- over a socket --------------------------------------------------------------------------------


def a_mail_server(listening: socket.socket, heard: list[str]) -> None:
    """Just enough of SMTP for one letter."""
    talk, _ = listening.accept()
    with talk, talk.makefile("rwb") as lines:

        def say(words: str) -> None:
            lines.write(f"{words}\r\n".encode())
            lines.flush()

        say("220 here")
        data = False
        for raw in lines:
            line = raw.decode().rstrip("\r\n")
            heard.append(line)
            if data:
                data = line != "."
                if not data:
                    say("250 taken")
            elif line.upper().startswith("QUIT"):
                say("221 bye")
                return
            else:
                data = line.upper() == "DATA"
                say("354 go on" if data else "250 fine")


async def test_a_letter_goes_over_the_wire_to_one_person_in_plain_text(db: str) -> None:
    await opened()
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=a_mail_server, args=(listening, heard), daemon=True)
        server.start()
        send_it = post(f"smtp://127.0.0.1:{listening.getsockname()[1]}", "P <notices@example.org>")
        await beat(0)
        first = await Notice.all().order_by("id").first()
        assert first
        with at(0):
            await Notice.exclude(id=first.id).delete()
            await notices.sending.send_due(send_it, base_url=BASE, sender="P <notices@example.org>")
        await asyncio.to_thread(server.join, 5)
    assert [line for line in heard if line.startswith("rcpt TO")] == [
        "rcpt TO:<head.ald@example.org>"
    ]
    assert "mail FROM:<notices@example.org>" in heard[1]
    assert "From: P <notices@example.org>" in heard
    assert await Notice.filter(sent__isnull=False).count() == 1


async def test_a_server_that_is_not_there_is_a_letter_unsent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(Unsent):
        await post(f"smtp://127.0.0.1:{port}", "a@example.org")(EmailMessage())


# --- on the desk ----------------------------------------------------------------------------------


async def test_the_desk_shows_the_newest_notices_sent_or_not(site: Site) -> None:
    world = await found_world()
    await world.put(procedure="silence", hours=96)
    await notices.queue_questions()
    browser = await site.browser("head.bel@example.org")
    page = await browser.page("/desk")
    assert "The question was put" in page.words
    assert "not sent by mail" in page.words
    await send(Box())
    assert "sent by mail" in (await browser.page("/desk")).words
    assert "not sent by mail" not in (await browser.page("/desk")).words
    other = await (await site.browser("head.cor@example.org")).page("/desk")
    assert "The question was put" in other.words
