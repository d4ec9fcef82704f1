"""The New Delhi sample: real bodies and past decisions, four proposals written for the sample.

Its meeting is in session whenever it is first opened: every date of it is moved by the same span,
so that what the sample calls now is the moment of loading.
"""

from datetime import date, datetime, timedelta
from typing import Any

from plenary import clock
from plenary.bodies.actions.accreditations import enter_accreditation, enter_person
from plenary.bodies.actions.admissions import Admission, enter_delegation
from plenary.bodies.actions.chambers import enter_body
from plenary.bodies.actions.offices import enter_officer
from plenary.bodies.actions.seats import enter_seat
from plenary.bodies.models import Body
from plenary.meetings.actions.calling import enter_meeting
from plenary.procedures.actions import enter_founding
from plenary.procedures.presets import preset
from plenary.proposals.cycles import enter_cycle
from plenary.record.act import Record, act, door
from plenary.registers.actions import enter_register
from plenary.registers.rules import read_register
from plenary.sample.after_the_gavel import beside_events
from plenary.sample.events import Event, events_of
from plenary.sample.files import DATA, pair, rows, toml

REGISTER = "kp"
CYCLE = {"en": "Review and reform", "fr": "Examen et réforme"}
# The Kimberley Process has not published how long its own windows are: these are the sample's.
AUTHORITY = "Kimberley Process (sample · exemple)"  # read in both languages, and marked in both
WINDOWS: dict[str, dict[str, Any]] = {
    "silence": {"window": {"least": {"hours": 24}, "usual": {"hours": 72}}},
    "written": {"window": {"least": {"hours": 24}, "usual": {"days": 20}}},
}
BEFORE = timedelta(days=30)  # the sample's delegations were entered a month before its meeting


async def load() -> bool:
    """Load the sample into an empty database; False where there is a body already."""
    if await Body.exists():
        return False
    meeting = toml("meeting.toml")
    shift = _shift(meeting["now"], clock.now())
    with clock.pretending(meeting["now"] + shift - BEFORE):
        await _found(meeting, shift)
    for event in sorted(events_of(meeting) + beside_events(meeting), key=lambda event: event.at):
        with clock.pretending(event.at + shift):
            await _happen(event)
    return True


def _shift(then: datetime, now: datetime) -> timedelta:
    """By how much everything is moved: whole half hours, and nothing of it lies ahead of now."""
    past = then - _half_hour(then)
    return _half_hour(now - past) - _half_hour(then)


def _half_hour(at: datetime) -> datetime:
    """The half hour that has struck last, so that sittings still begin at :00 and :30."""
    return at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0)


@door
async def _happen(event: Event) -> None:
    async with act(by=event.by) as record:
        await event.happens(record)


@door
async def _found(meeting: dict[str, Any], shift: timedelta) -> None:
    """The standing facts, in one act: who there is, where they sit, what was decided before."""
    async with act(by="system") as record:
        await _enter_bodies(record, meeting)
        await _enter_delegations(record)
        await _enter_cast(record)
        for row in rows("seats.csv"):
            await enter_seat(
                record, row["body"], row["delegation"], row["seat"], source=row["source"]
            )
        await _enter_officers(record)
        register = read_register(
            (DATA / "register.csv").read_bytes(),
            french=(DATA / "register_fr.csv").read_bytes(),
        )
        await enter_register(record, REGISTER, register)
        await _enter_meeting(record, meeting, shift)
        await _adopt(record)
        await enter_cycle(record, "2017-2019", CYCLE, begins=2017, ends=2019)


async def _adopt(record: Record) -> None:
    rules = {key: {**data, **WINDOWS.get(key, {})} for key, data in preset("kimberley").items()}
    await enter_founding(record, "plenary", rules, authority=AUTHORITY)


async def _enter_bodies(record: Record, meeting: dict[str, Any]) -> None:
    for row in rows("bodies.csv"):
        top = row["key"] == "plenary"
        await enter_body(
            record,
            row["key"],
            "KP" if top else row["symbol"],
            pair(row, "name"),
            mandate=pair(row, "task"),
            parent=row["parent"],
            source=row["source"],
            zone=meeting["zone"],
            place=meeting["place"],
            sample=top,
            numbering=meeting["starts"].year if top else None,
            as_of=pair(row, "as_of"),
            organisation={"en": "Kimberley Process", "fr": "Processus de Kimberley"} if top else {},
        )


async def _enter_delegations(record: Record) -> None:
    members = tuple(pair(row, "name") for row in rows("eu_members.csv"))
    for row in rows("participants.csv"):
        if row["status"] == "active":
            await enter_delegation(
                record,
                Admission(
                    kind="participant",
                    represents=int(row["represents"]),
                    since=_since(row),
                    members=members if row["code"] == "EU" else (),
                    **_common(row),
                ),
            )
    for row in rows("observers.csv"):
        await enter_delegation(
            record,
            Admission(kind="observer", constituency=row["constituency"], **_common(row)),
        )


def _common(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"], "slug": row["slug"], "names": pair(row, "name"),
        "admitted": row["admitted"], "note": pair(row, "note"), "source": row["source"],
        "confidence": row["confidence"],
    }  # fmt: skip


def _since(row: dict[str, str]) -> date:
    return date(int(row["admitted"][:4]), 1, 1)


async def _enter_cast(record: Record) -> None:
    """The sample's people: two for each Participant, one for each Observer, the two offices."""
    for row in rows("participants.csv"):
        if row["status"] == "active":
            for role in ("head", "delegate"):
                email = f"{role}.{row['code'].lower()}@example.org"
                name = f"{role.capitalize()} ({row['name_en']})"
                await enter_accreditation(record, row["code"], email, name, role)
    for row in rows("observers.csv"):
        email = f"{row['code'].lower()}@example.org"
        await enter_accreditation(record, row["code"], email, row["name_en"], "head")
    for office in ("chair", "secretariat"):
        await enter_person(record, f"{office}@example.org", office.capitalize())


async def _enter_officers(record: Record) -> None:
    for row in rows("officers.csv"):
        chairs = row["body"] == "plenary" and row["office"] == "chair"
        await enter_officer(
            record,
            row["body"],
            row["office"],
            code=row["delegation"],
            email="chair@example.org" if chairs else "",
            source=row["source"],
            since=date.fromisoformat(row["since"]) if len(row["since"]) == 10 else None,
        )
    await enter_officer(record, "plenary", "secretariat", email="secretariat@example.org")


async def _enter_meeting(record: Record, meeting: dict[str, Any], shift: timedelta) -> None:
    sittings = meeting["sittings"]
    await enter_meeting(
        record,
        slug=meeting["key"],
        names=meeting["name"],
        body=meeting["body"],
        place=meeting["place"],
        zone=meeting["zone"],
        begins=sittings[0]["starts"] + shift,
        ends=sittings[-1]["ends"] + shift,
        agenda=[
            {"item": item["item"], "title": item["title"], "proposal": item.get("proposal")}
            for item in meeting["agenda"]
        ],
        sample=True,
    )
