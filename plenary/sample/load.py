"""The New Delhi sample: real bodies and past decisions, four proposals written for the sample.

Its meeting is in session whenever it is first opened: every date of it is moved by the same span,
so that what the sample calls now is the moment of loading.
"""

import csv
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from plenary import clock
from plenary.archive.actions import enter_register
from plenary.archive.rules import read_register
from plenary.bodies import actions as bodies
from plenary.bodies.models import Body
from plenary.decisions import actions as decisions
from plenary.decisions.rules import Outcome, Stance
from plenary.meetings.actions import enter_meeting
from plenary.proposals import actions as proposals
from plenary.proposals import clauses
from plenary.proposals.cycles import enter_cycle
from plenary.proposals.models import Proposal, Version
from plenary.record.act import Record, act, door

DATA = Path(__file__).parent / "data"
REGISTER = "kp"
CYCLE = {"en": "Review and reform", "fr": "Examen et réforme"}
BEFORE = timedelta(days=30)  # the sample's delegations were entered a month before its meeting


@dataclass(frozen=True)
class Event:
    """Something that happened in the sample meeting, at a moment, in someone's name."""

    at: datetime
    by: str
    happens: Callable[[Record], Awaitable[Any]]


async def load() -> bool:
    """Load the sample into an empty database; False where there is a body already."""
    if await Body.exists():
        return False
    meeting = _toml("meeting.toml")
    shift = _half_hour(clock.now()) - meeting["now"]
    with clock.pretending(meeting["now"] + shift - BEFORE):
        await _found(meeting, shift)
    for event in sorted(_events(meeting), key=lambda event: event.at):
        with clock.pretending(event.at + shift):
            await _happen(event)
    return True


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
        for row in _rows("seats.csv"):
            await bodies.enter_seat(
                record, row["body"], row["delegation"], row["seat"], source=row["source"]
            )
        await _enter_officers(record)
        register = read_register(
            (DATA / "register.csv").read_bytes(),
            french=(DATA / "register_fr.csv").read_bytes(),
        )
        await enter_register(record, REGISTER, register)
        await _enter_meeting(record, meeting, shift)
        await enter_cycle(record, "2017-2019", CYCLE, begins=2017, ends=2019)


async def _enter_bodies(record: Record, meeting: dict[str, Any]) -> None:
    for row in _rows("bodies.csv"):
        top = row["key"] == "plenary"
        await bodies.enter_body(
            record, row["key"], "KP" if top else row["symbol"], _pair(row, "name"),
            mandate=_pair(row, "task"), parent=row["parent"], source=row["source"],
            zone=meeting["zone"], place=meeting["place"], sample=top,
            numbering=meeting["starts"].year if top else None, as_of=_pair(row, "as_of"),
            organisation={"en": "Kimberley Process", "fr": "Processus de Kimberley"} if top else {},
        )  # fmt: skip


async def _enter_delegations(record: Record) -> None:
    members = tuple(_pair(row, "name") for row in _rows("eu_members.csv"))
    for row in _rows("participants.csv"):
        if row["status"] == "active":
            await bodies.enter_delegation(
                record,
                bodies.Admission(
                    kind="participant", represents=int(row["represents"]), since=_since(row),
                    members=members if row["code"] == "EU" else (), **_common(row),
                ),
            )  # fmt: skip
    for row in _rows("observers.csv"):
        await bodies.enter_delegation(
            record,
            bodies.Admission(kind="observer", constituency=row["constituency"], **_common(row)),
        )


def _common(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"], "slug": row["slug"], "names": _pair(row, "name"),
        "admitted": row["admitted"], "note": _pair(row, "note"), "source": row["source"],
        "confidence": row["confidence"],
    }  # fmt: skip


def _since(row: dict[str, str]) -> date:
    return date(int(row["admitted"][:4]), 1, 1)


async def _enter_cast(record: Record) -> None:
    """The sample's people: two for each Participant, one for each Observer, the two offices."""
    for row in _rows("participants.csv"):
        if row["status"] == "active":
            for role in ("head", "delegate"):
                email = f"{role}.{row['code'].lower()}@example.org"
                name = f"{role.capitalize()} ({row['name_en']})"
                await bodies.enter_accreditation(record, row["code"], email, name, role)
    for row in _rows("observers.csv"):
        email = f"{row['code'].lower()}@example.org"
        await bodies.enter_accreditation(record, row["code"], email, row["name_en"], "head")
    for office in ("chair", "secretariat"):
        await bodies.enter_person(record, f"{office}@example.org", office.capitalize())


async def _enter_officers(record: Record) -> None:
    for row in _rows("officers.csv"):
        chairs = row["body"] == "plenary" and row["office"] == "chair"
        await bodies.enter_officer(
            record, row["body"], row["office"], code=row["delegation"],
            email="chair@example.org" if chairs else "", source=row["source"],
            since=date.fromisoformat(row["since"]) if len(row["since"]) == 10 else None,
        )  # fmt: skip
    await bodies.enter_officer(record, "plenary", "secretariat", email="secretariat@example.org")


async def _enter_meeting(record: Record, meeting: dict[str, Any], shift: timedelta) -> None:
    sittings = meeting["sittings"]
    await enter_meeting(
        record, slug=meeting["key"], names=meeting["name"], body=meeting["body"],
        place=meeting["place"], zone=meeting["zone"],
        begins=sittings[0]["starts"] + shift, ends=sittings[-1]["ends"] + shift,
        agenda=[
            {"item": one["item"], "title": one["title"], "proposal": one.get("proposal")}
            for one in meeting["agenda"]
        ],
        sample=True,
    )  # fmt: skip


def _events(meeting: dict[str, Any]) -> list[Event]:
    """Everything that happened with the four proposals, in no order yet."""
    year = meeting["starts"].year
    found: list[Event] = []
    for one in _toml("proposals.toml")["proposals"]:
        found += _texts(one, year) + _said(one, year)
    return found


def _texts(one: dict[str, Any], year: int) -> list[Event]:
    chair, number, events = f"chair:{one['prepared_by']}", one["number"], []
    for version in one["versions"]:
        # The proposals of one morning keep their order by seconds.
        at = version["issued"] + timedelta(seconds=number)
        events.append(Event(at, chair, _issuing(one, version, year)))
        words = version.get("clauses_fr") or [d.text for d in clauses.parse(version["text_fr"])]
        translated = at + timedelta(minutes=20)
        events.append(Event(translated, "secretariat", _translating(number, year, version, words)))
    if decision := one.get("decision"):
        events.append(Event(decision["declared_at"], "chair:plenary", _deciding(one, year)))
    return events


def _said(one: dict[str, Any], year: int) -> list[Event]:
    number, positions = one["number"], one["positions"]
    first = min(said["at"] for said in positions + one["observers"])
    events = [Event(first - timedelta(minutes=5), "chair:plenary", _putting(number, year))]
    ways = ((positions, "delegation", _stating), (one["observers"], "observer", _hearing),
            (one["comments"], "by", _commenting))  # fmt: skip
    return events + [
        Event(said["at"], f"delegation:{said[who]}", way(number, year, said))
        for rows, who, way in ways
        for said in rows
    ]


def _issuing(one: dict[str, Any], version: dict[str, Any], year: int) -> Any:
    async def happens(record: Record) -> None:
        if version["number"] > 1:
            proposal = await proposals.load(year, one["number"])
            await proposals.issue(record, proposal, version["text_en"], note=version["note"])
            return
        tabled = proposals.Tabled(
            title=one["title"], sense=one["sense"], theme=one["theme"], body=one["body"],
            language=one["original"], text=version["text_en"], sample=True,
            note=version["note"],
        )  # fmt: skip
        await proposals.enter_proposal(record, tabled, draft=False)

    return happens


def _translating(number: int, year: int, version: dict[str, Any], words: list[str]) -> Any:
    async def happens(record: Record) -> None:
        proposal = await proposals.load(year, number)
        row = await Version.get(proposal=proposal, number=version["number"])
        keys = [clause.key for clause in await proposals.clauses_of(row)]
        done = {k: clauses.parse(w)[0].text for k, w in zip(keys, words, strict=True) if w}
        await proposals.enter_translation(record, proposal, row, "fr", done)

    return happens


def _putting(number: int, year: int) -> Any:
    async def happens(record: Record) -> None:
        proposal = await proposals.load(year, number)
        await decisions.enter_question(record, proposal, decisions.Put(version=proposal.newest))

    return happens


def _stating(number: int, year: int, said: dict[str, Any]) -> Any:
    async def happens(record: Record) -> None:
        proposal = await proposals.load(year, number)
        answer = await _answer(proposal, said)
        await decisions.enter_position(record, proposal, said["delegation"], answer)

    return happens


def _hearing(number: int, year: int, said: dict[str, Any]) -> Any:
    async def happens(record: Record) -> None:
        proposal = await proposals.load(year, number)
        answer = await _answer(proposal, said)
        await decisions.enter_view(record, proposal, said["observer"], answer)

    return happens


async def _key(proposal: Proposal, said: dict[str, Any]) -> str:
    """The key of the clause that the sample names by its number in a version: p3, or nothing."""
    named = str(said.get("clause", ""))
    version = await Version.get(proposal=proposal, number=said["version"])
    found = {f"p{c.number}": c.key for c in await proposals.clauses_of(version) if c.number}
    return found.get(named, named)


async def _answer(proposal: Proposal, said: dict[str, Any]) -> decisions.Answer:
    explanation = said.get("explanation", {})
    language = next(iter(explanation), "en")
    return decisions.Answer(
        stance=Stance(said["stance"]), version=said["version"], clause=await _key(proposal, said),
        explanation=explanation.get(language, ""), would_join=said.get("would_join", ""),
        language=language, ad_referendum=said.get("ad_referendum", False),
    )  # fmt: skip


def _commenting(number: int, year: int, said: dict[str, Any]) -> Any:
    async def happens(record: Record) -> None:
        proposal = await proposals.load(year, number)
        remark = proposals.Remark(
            text=said["text"], language=said["language"], clause=await _key(proposal, said),
            version=said["version"],
        )  # fmt: skip
        await proposals.enter_comment(record, proposal, remark)

    return happens


def _deciding(one: dict[str, Any], year: int) -> Any:
    async def happens(record: Record) -> None:
        proposal: Proposal = await proposals.load(year, one["number"])
        said = decisions.Declaration(
            outcome=Outcome(one["decision"]["outcome"]), symbol=one["decision"]["symbol"],
            note=one["decision"]["effective_note"]["en"], place="New Delhi",
            meeting="2019-new-delhi",
        )  # fmt: skip
        await decisions.enter_decision(record, proposal, said)

    return happens


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _pair(row: dict[str, str], name: str) -> dict[str, str]:
    found = {language: row.get(f"{name}_{language}", "") for language in ("en", "fr")}
    return {language: text for language, text in found.items() if text}
