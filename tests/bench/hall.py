"""Who states positions here: 55 Participants of a Plenary, each with a head who is signed in."""

import random
from datetime import date
from itertools import count, cycle, islice
from urllib.parse import urlencode

from plenary.bodies.actions.accreditations import enter_accreditation
from plenary.bodies.actions.admissions import Admission, enter_delegation
from plenary.bodies.actions.chambers import enter_body
from plenary.bodies.actions.offices import enter_officer
from plenary.bodies.actions.seats import enter_seat
from plenary.people.actions import open_session
from plenary.people.models import Person
from plenary.procedures.actions import enter_founding
from plenary.procedures.presets import preset
from plenary.record.act import Record, act, door
from plenary.web.identity import Cookies
from tests.bench.client import post
from tests.world import SEAT, World

MANY = 55  # Participants of the Kimberley Process, the European Union being one of them
CODES = [f"P{n:02}" for n in range(1, MANY + 1)]
SINCE = date.fromisoformat(SEAT)
OBJECTIONS = 10  # every tenth position is one
WORDS = "Our mines are small and far apart, and no two of them seal a parcel in the same way. " * 4
_keys = count(1)


async def fill() -> World:
    """The hall with a consensus question put. Wants a connected, empty database."""
    await _found(by="system")
    world = await World(2019, 0).table_proposal(by="delegation:P01")
    await world.put()
    return world


@door
async def _found(*, by: str) -> None:
    async with act(by=by) as record:
        await enter_body(
            record, "plenary", "KP", {"en": "Plenary"}, zone="Asia/Kolkata", numbering=2019
        )
        await enter_founding(record, "plenary", preset("kimberley"))
        for code in CODES:
            await _seat(record, code)
        await enter_officer(
            record, "plenary", "chair", email="chair@example.org", name="Chair", since=SINCE
        )


async def _seat(record: Record, code: str) -> None:
    admission = Admission(code, code.lower(), "participant", {"en": f"Land {code}"}, since=SINCE)
    await enter_delegation(record, admission)
    await enter_seat(record, "plenary", code, "member", since=SINCE)
    await enter_accreditation(record, code, _email(code), f"Head {code}", "head", since=SINCE)


async def sign_in(secret: str) -> dict[str, str]:
    """The cookie of each head, by code."""
    cookies = Cookies(secret, secure=False)
    signed = {}
    for code in CODES:
        opened = await open_session(await Person.get(email=_email(code)), agent="bench")
        signed[code] = f"{cookies.session}={cookies.signer.sign(opened.token).decode()}"
    return signed


async def statements(world: World, signed: dict[str, str], host: str, many: int) -> list[bytes]:
    """That many confirmed forms as a browser sends them, delegation after delegation."""
    version, clause = await world.newest(), await world.clause()
    path = f"/proposals/{world.year}/{world.number}/position"
    requests = []
    for number, code in enumerate(islice(cycle(random.Random(2019).sample(CODES, MANY)), many), 1):
        objects = number % OBJECTIONS == 0
        form = {
            "stance": "object" if objects else "support", "version": version, "language": "en",
            "explanation": WORDS, "clause": clause if objects else "",
            "would_join": "If a seal may be of lead." if objects else "", "confirmed": 1,
            "key": f"bench-{next(_keys)}",
        }  # fmt: skip
        requests.append(post(path, host, signed[code], urlencode(form).encode()))
    return requests


def _email(code: str) -> str:
    return f"head.{code.lower()}@example.org"
