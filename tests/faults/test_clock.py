"""A clock that is off by 400 days, before and behind: nothing of it is ever put on the record."""

import asyncio
import html
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from plenary import clock
from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.people.actions import open_session
from plenary.people.models import Person
from plenary.questions.models import Question
from plenary.record.models import Entry
from plenary.settings import MODELS
from plenary.web.identity import Cookies
from tests.client import SECRET
from tests.faults.speakers import FRENCH, NOTHING
from tests.served import ROOT, free_port, start
from tests.world import found_world

DAYS = 400
JUMPS = [DAYS, -DAYS]
HOMES = {DAYS: "", -DAYS: "/fr"}  # where somebody speaks meanwhile
EXPLAINED = "Kept, whatever time it is."
SHOWN = 2.5  # seconds for which the clock is wrong
IN_DOUBT = (
    "The clock of the server is in doubt: it jumped, or nobody knows how long the service stood"
    " still. Until whoever runs it confirms the time, nothing is recorded, nothing closes and no"
    " deadline moves."
)


@dataclass
class House:
    """Two processes on one database: one keeps the time, the other's clock can be set."""

    url: str
    folder: Path
    right: str = ""
    wrong: str = ""

    @property
    def off(self) -> Path:
        return self.folder / "off"

    @property
    def settings(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.url, "SECRET_KEY": SECRET, "PLENARY_DATA": str(self.folder),
            "BASE_URL": "http://127.0.0.1:1",
        }  # fmt: skip

    def set(self, days: float) -> None:
        self.off.write_text(str(days * 86_400))

    def doctor(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """By the clock that can be set."""
        return subprocess.run(
            [sys.executable, "-m", "tests.faults.jumping", str(self.off), "doctor", *words],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", **self.settings},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @contextmanager
    def serving(self) -> Iterator[None]:
        with ExitStack() as stack:
            for name in ("right", "wrong"):
                port, log = free_port(), self.folder / f"{name}.log"
                words = ["tests.faults.jumping", str(self._offset(name)), "serve"]
                served = start(words, self.settings, port, log)
                stack.callback(served.kill)
                setattr(self, name, served.base)
            yield

    def _offset(self, name: str) -> Path:
        if name == "wrong":
            return self.off
        right = self.folder / "right.off"
        right.write_text("0")
        return right


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> House:
    """A silence on a proposal that closes in five days."""
    wire()
    await connect(database_url, MODELS)
    try:
        with clock.pretending(clock.now() - timedelta(days=30)):
            world = await found_world()
        with clock.pretending(clock.now() - timedelta(days=1)):
            await world.put(procedure="silence", hours=144)
    finally:
        await disconnect()
    made = House(database_url, tmp_path)
    made.set(0)
    return made


async def kept(url: str) -> tuple[list[object], list[str], datetime]:
    """The closing instants, the types of entries, and the time of the last one."""
    await connect(url, MODELS)
    try:
        rows = await Question.all().order_by("id").values_list("closes", "closed")
        entries = await Entry.all().order_by("n")
        return [*rows], [entry.type for entry in entries], entries[-1].at
    finally:
        await disconnect()


def asked(base: str, path: str) -> httpx2.Response:
    return httpx2.get(base + path, trust_env=False, timeout=30)


def checks(base: str) -> dict[str, str]:
    found: dict[str, str] = asked(base, "/readyz").json()["checks"]
    return found


@pytest.mark.parametrize("days", JUMPS)
async def test_a_clock_that_jumps_while_two_processes_serve_moves_and_closes_nothing(
    house: House, days: int
) -> None:
    head, before = await signed_in(house.url), await kept(house.url)
    with house.serving():
        assert checks(house.wrong)["clock"] == "ok"
        house.set(days)
        await asyncio.sleep(SHOWN)
        answer = asked(house.wrong, "/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["clock"] == ("jumped" if days > 0 else "behind_the_record")
        assert asked(house.wrong, "/").status_code == 200, "what is kept can be read"
        told_of_doubt(spoken(house, head, HOMES[days]), french=HOMES[days] == "/fr")
        assert await kept(house.url) == before
        assert checks(house.right)["clock"] == "ok", "the other process goes on"
        house.set(0)
        assert checks(house.wrong)["clock"] == "ok", "and so does this one, when it is right again"
        assert spoken(house, head, HOMES[days]).status_code == 303
    closings, types, _ = await kept(house.url)
    assert (closings, types) == (before[0], [*before[1], "position.stated"])


def spoken(house: House, head: str, home: str) -> httpx2.Response:
    """The answer of the process whose clock can be set; always to the same form."""
    form = {"stance": "accept", "version": "1", "confirmed": "1", "language": "en"}
    form |= {"explanation": EXPLAINED, "key": "in-doubt"}
    return httpx2.post(
        f"{house.wrong}{home}/proposals/2019/1/position",
        data=form,
        trust_env=False,
        timeout=30,
        headers={"Cookie": head, "Sec-Fetch-Site": "same-origin"},
    )


def told_of_doubt(refused: httpx2.Response, *, french: bool) -> None:
    """It says in the reader's language what is wrong, and what was typed is kept."""
    text, words = html.unescape(refused.text), FRENCH if french else str
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5"), text[-2000:]
    assert all(words(language) in text for language in (IN_DOUBT, NOTHING)), text[-3000:]
    assert EXPLAINED in text


async def signed_in(url: str) -> str:
    """The cookie of Belmark's head."""
    await connect(url, MODELS)
    try:
        opened = await open_session(await Person.get(email="head.bel@example.org"), agent="test")
    finally:
        await disconnect()
    cookies = Cookies(SECRET, secure=False)
    return f"{cookies.session}={cookies.signer.sign(opened.token).decode()}"


async def test_a_server_that_starts_with_a_false_clock_waits_until_an_operator_answers(
    house: House,
) -> None:
    with house.serving():
        assert checks(house.right)["life"] == "ok"
    before = await kept(house.url)
    house.set(DAYS)
    with house.serving():
        assert checks(house.wrong)["clock"] == "jumped"
        told = house.doctor()
        assert told.returncode == 1
        assert "--confirm-clock" in told.stdout
        assert await kept(house.url) == before
        confirmed = house.doctor("--confirm-clock")
        assert "Confirmed: entry" in confirmed.stdout, confirmed.stderr
        assert checks(house.wrong)["clock"] == "ok"
        assert checks(house.right)["clock"] != "ok", "now it is the other one that is off"
    _, types, _ = await kept(house.url)
    since = types[len(before[1]) :]
    assert since[0] == "clock.confirmed", since


async def test_a_clock_behind_the_record_cannot_be_confirmed(house: House) -> None:
    house.set(-DAYS)
    told = house.doctor("--confirm-clock")
    assert told.returncode == 1
    assert "behind the record" in told.stderr
    assert "Traceback" not in told.stderr
