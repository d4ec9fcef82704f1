"""What /readyz and the doctor find: each check made to fail, and said with what to do about it."""

import asyncio
import smtplib
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plenary import clock, doctor
from plenary import ready as readiness
from plenary.decisions.actions.closing import beat
from plenary.doctor import Finding, examine
from plenary.notices.models import Notice
from plenary.people.models import Person
from plenary.questions.models import Question
from plenary.ready import AWAY, CHECKS, KEPT, LATE, SharedCheck
from plenary.record.writing import noted
from plenary.refusal import Unavailable
from plenary.settings import Settings
from tests.client import BASE, SECRET, Site
from tests.world import World, found_world

MAIL = {"smtp_url": "smtp://mail.example:25", "mail_from": "plenary@example.org"}


def settings(url: str, folder: Path, **more: Any) -> Settings:
    chosen = {"secret_key": SECRET, "base_url": BASE, "data": folder} | more
    return Settings(database_url=url, **chosen)


async def findings(url: str, folder: Path, **more: Any) -> dict[str, Finding]:
    return {finding.name: finding for finding in await examine(settings(url, folder, **more))}


async def checks(site: Site) -> tuple[int, dict[str, str]]:
    answer = await (await site.browser()).get("/readyz")
    assert set(answer.json()["checks"]) == set(CHECKS)
    return answer.status_code, answer.json()["checks"]


# --- the disk ---


class Disk:
    """Counts what is written to it; says what it is told to say."""

    def __init__(self) -> None:
        self.writes, self.found, self.now = 0, "ok", 100.0
        self.gate = asyncio.Event()
        self.gate.set()

    async def write(self) -> str:
        self.writes += 1
        await self.gate.wait()
        return self.found

    def ticks(self) -> float:
        return self.now


async def test_the_disk_is_tried_once_for_all_who_ask_at_a_time_and_shortly_after() -> None:
    disk = Disk()
    kept = SharedCheck(disk.write, disk.ticks)
    disk.gate.clear()
    asking = [asyncio.create_task(kept()) for _ in range(50)]
    await asyncio.sleep(0)
    disk.gate.set()
    assert await asyncio.gather(*asking) == ["ok"] * 50
    disk.now += KEPT - 0.1
    assert (await kept(), disk.writes) == ("ok", 1)
    disk.found = "disk_full"
    disk.now += 0.1
    assert (await kept(), disk.writes) == ("disk_full", 2)
    disk.found = "ok"
    disk.now += KEPT
    assert (await kept(), disk.writes) == ("ok", 3)


async def test_whoever_gives_up_while_the_disk_is_tried_leaves_the_next_one_to_try() -> None:
    disk = Disk()
    kept = SharedCheck(disk.write, disk.ticks)
    disk.gate.clear()
    first, second = asyncio.create_task(kept()), asyncio.create_task(kept())
    await asyncio.sleep(0)
    first.cancel()
    disk.gate.set()
    assert (await second, disk.writes) == ("ok", 2)


async def test_a_stranger_who_asks_in_a_loop_writes_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else is asked anew, so that what is wrong is told at once."""
    await found_world()
    written = []

    async def write() -> None:
        written.append(1)

    monkeypatch.setattr(readiness, "write_nothing", write)
    kept = site.inner.state.ready.keywords
    assert isinstance(kept["writes"], SharedCheck), "as the application is wired"
    kept["writes"] = SharedCheck(readiness.writing, Disk().ticks)
    for _ in range(20):
        assert (await checks(site))[0] == 200
    assert len(written) == 1


async def test_what_an_act_has_met_is_told_while_the_answer_of_the_disk_is_kept(site: Site) -> None:
    await found_world()
    assert (await checks(site))[1]["writing"] == "ok"
    with suppress(Unavailable), noted():
        raise Unavailable("database_full")
    assert (await checks(site))[1]["writing"] == "database_full"
    with noted():
        pass  # an act that succeeds
    assert (await checks(site))[1]["writing"] == "ok"


@pytest.mark.parametrize("name", ["database_busy", "database_full", "database_read_only"])
async def test_a_database_that_cannot_be_written_is_told(
    site: Site, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    await found_world()

    async def fails() -> None:
        raise Unavailable(name)

    monkeypatch.setattr(readiness, "write_nothing", fails)
    status, found = await checks(site)
    assert (status, found["writing"]) == (503, name)
    assert {check for check, word in found.items() if word != "ok"} == {"writing"}
    told = await doctor._writing()
    assert (told.well, told.name) == (False, "writing")
    assert len(told.words) > 20
    assert name not in told.words


def test_the_disk_has_a_line_when_it_runs_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "dialect", lambda: "sqlite")
    for free, well in ((63_000_000, False), (64_000_000, True), (9_000_000_000, True)):
        usage = type("Usage", (), {"free": free})
        monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _, usage=usage: usage)
        (told,) = doctor._room(settings(f"sqlite:///{tmp_path}/x.sqlite3", tmp_path))
        assert (told.name, told.well) == ("disk", well)
        assert f"{free // 1_000_000} MB" in told.words
        assert well or "make room" in told.words


# --- the worker ---


async def overdue_by(world: World, late: timedelta) -> None:
    """A closing that nobody wrote down."""
    await Question.all().update(closes=clock.now() - late)


async def test_closings_that_nobody_writes_down_are_told(site: Site) -> None:
    world = await found_world()
    await world.put(procedure="silence", hours=96)
    assert (await checks(site))[1]["closings"] == "ok"
    await overdue_by(world, LATE - timedelta(seconds=5))
    assert (await checks(site))[1]["closings"] == "ok", "a worker has its time"
    await overdue_by(world, LATE + timedelta(seconds=5))
    status, found = await checks(site)
    assert (status, found["closings"]) == (503, "overdue")
    told = await doctor._service()
    assert not told.well
    assert "plenary serve or worker" in told.words


async def test_the_worker_has_a_line_with_its_last_sign_of_life(db: str) -> None:
    await found_world()
    assert (await doctor._service()).words.startswith("no process serves")
    await beat()
    told = await doctor._service()
    assert told.well
    assert told.words.startswith("last sign of life")
    with clock.pretending(clock.now() + LATE + timedelta(seconds=1)):
        assert "no process serves since" in (await doctor._service()).words


# --- the mail ---


async def letter(world: World, *, due: timedelta, **more: Any) -> Notice:
    """A letter that was due so long ago and has been tried."""
    now = clock.now()
    facts: dict[str, Any] = {"attempts": 1, "failed": "away"} | more
    return await Notice.create(
        question=await world.question(),
        person=await Person.first(),
        key=f"k{due} {more}",
        name="opened",
        due=now - due,
        queued=now - due,
        again=now,
        **facts,
    )


async def test_mail_that_has_not_left_for_an_hour_is_told_while_a_window_runs(site: Site) -> None:
    world = await found_world()
    await world.put(procedure="silence", hours=96)
    late = AWAY + timedelta(minutes=1)
    await letter(world, due=AWAY - timedelta(minutes=1))
    await letter(world, due=late, attempts=0, failed="")
    await letter(world, due=late, ended=clock.now())
    assert (await checks(site))[1]["mail"] == "ok", "nothing has failed for an hour"
    await letter(world, due=late)
    status, found = await checks(site)
    assert (status, found["mail"]) == (503, "failing")
    await letter(world, due=late, sent=clock.now(), failed="")
    assert (await checks(site))[1]["mail"] == "ok", "letters leave again"
    await Notice.filter(sent__isnull=False).delete()
    assert (await checks(site))[1]["mail"] == "failing"
    await Question.all().update(closed=clock.now())
    assert (await checks(site))[1]["mail"] == "ok", "no window runs"


async def test_the_mail_has_a_line_for_each_way_it_fails(
    db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await found_world()
    await world.put(procedure="silence", hours=96)
    none = await doctor._mail(settings(db, tmp_path))
    assert (none.well, "SMTP_URL" in none.words) == (False, True)
    assert (await doctor._mail(settings(db, tmp_path, demo=True))).well
    for error in (OSError("refused"), smtplib.SMTPAuthenticationError(535, b"no")):
        monkeypatch.setattr(doctor, "reach", _raising(error))
        away = await doctor._mail(settings(db, tmp_path, **MAIL))
        assert (away.well, "does not answer" in away.words) == (False, True)
    monkeypatch.setattr(doctor, "reach", lambda url: None)
    assert (await doctor._mail(settings(db, tmp_path, **MAIL))).well
    await letter(world, due=AWAY + timedelta(minutes=1))
    stuck = await doctor._mail(settings(db, tmp_path, **MAIL))
    assert (stuck.well, "no notice has left for an hour" in stuck.words) == (False, True)


def _raising(error: Exception) -> Any:
    def reach(url: str) -> None:
        raise error

    return reach


# --- the proxy ---


async def test_behind_a_proxy_that_is_not_named_everybody_is_one_network(
    database_url: str, tmp_path: Path
) -> None:
    away = await findings(database_url, tmp_path, base_url="https://kp.example")
    assert not away["network"].well
    assert "FORWARDED_ALLOW_IPS" in away["network"].words
    for more in (
        {"base_url": "https://kp.example", "forwarded_allow_ips": "10.0.0.1"},
        {"base_url": "http://127.0.0.1:8000"},
    ):
        assert (await findings(database_url, tmp_path, **more))["network"].well, more


async def test_every_thing_has_one_line_in_the_order_in_which_to_mend_it(
    database_url: str, database_kind: str, tmp_path: Path
) -> None:
    found = [finding.name for finding in await examine(settings(database_url, tmp_path))]
    disk = ["disk"] if database_kind == "sqlite" else []
    assert found == ["settings", "network", "schema", "database", "writing", *disk, "clock",
                     "worker", "mail"]  # fmt: skip
