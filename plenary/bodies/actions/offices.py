"""Fill an office of a body, for a delegation, a person, or both. It gives no right to decide."""

from datetime import date

from plenary.bodies.actions.accreditations import enter_person
from plenary.bodies.days import day_of, not_over
from plenary.bodies.models import Accreditation, Body, Delegation, Officer
from plenary.bodies.reading import body_of, delegation_of
from plenary.bodies.rules import SINGLE_OFFICES, bar_to_more
from plenary.mailbox import address_of
from plenary.people.actions import turn_out
from plenary.people.models import Person
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Fault, Invalid, Missing, Refused, refuse


@once(lambda receipt: Officer.get(entry=receipt.entry))
async def appoint(
    by: str,
    body: str,
    office: str,
    *,
    code: str = "",
    email: str = "",
    name: str = "",
    since: date | None = None,
    source: str = "",
    key: str = "",
) -> Officer:
    """Fill an office of a body; whoever held it before leaves it."""
    async with act(by=by) as record:
        officer = await enter_officer(
            record, body, office, code=code, email=email, name=name, since=since, source=source
        )
        await record.receipt(officer.entry, topic=body, path=f"/groups/{body}")
        return officer


async def enter_officer(
    record: Record,
    body: str,
    office: str,
    *,
    code: str = "",
    email: str = "",
    name: str = "",
    since: date | None = None,
    source: str = "",
) -> Officer:
    """Without a person the office is held by whoever speaks for the delegation."""
    if not code and not email:
        raise Invalid({"code": Fault("nobody_named")})
    chamber = await body_of(body)
    delegation = await delegation_of(code) if code else None
    person = await _person(record, email, name) if email else None
    since = since or await day_of(record.now)
    if office == "secretariat" and chamber.parent_id is None:
        await _refuse_delegate(delegation, person, since)
    holders = Officer.filter(not_over(since), body=chamber, office=office)
    if await holders.filter(delegation=delegation, person=person, until=None).exists():
        raise Refused("office_unchanged")
    held = Officer.filter(not_over(since), body=chamber)
    refuse(bar_to_more("offices", await held.count()))
    if person is not None:
        await turn_out(person.id)
    if office in SINGLE_OFFICES:
        for holder in await holders:
            await Officer.filter(id=holder.id).update(until=max(since, holder.since))
    entry = record.append(
        "office.filled",
        body,
        office=office,
        delegation=code,
        since=since.isoformat(),
        payload={"person": person.name} if person else None,
    )
    return await Officer.create(
        body=chamber,
        office=office,
        delegation=delegation,
        person=person,
        since=since,
        source=source,
        entry=entry,
    )


@once(its_entry)
async def leave_office(by: str, officer: int, *, key: str = "") -> int:
    """Whoever holds the office leaves it today. The last secretary of the Plenary stays."""
    async with act(by=by) as record:
        today = await day_of(record.now)
        holds = Officer.filter(not_over(today))
        held = await holds.get_or_none(id=officer).prefetch_related("body", "delegation")
        if held is None:
            raise Missing("no_such_office")
        await _keep_one_secretary(held.body, held)
        await Officer.filter(id=held.id).update(until=max(today, held.since))
        if held.person_id:
            await turn_out(held.person_id)
        entry = record.append(
            "office.left",
            held.body.key,
            office=held.office,
            since=today.isoformat(),
            delegation=held.delegation.code if held.delegation else "",
        )
        await record.receipt(entry, topic=held.body.key, path=f"/groups/{held.body.key}")
        return entry


async def _refuse_delegate(
    delegation: Delegation | None, person: Person | None, since: date
) -> None:
    """The record is kept by a person, and by nobody who speaks for a delegation."""
    if delegation is not None or person is None:
        raise Refused("secretary_is_a_person")
    accredited = Accreditation.filter(not_over(since), person=person)
    if await accredited.exists():
        raise Refused("speaks_for_a_delegation", email=person.email)


async def _keep_one_secretary(body: Body, officer: Officer) -> None:
    """Nobody else could ever fill an office again."""
    if officer.office != "secretariat" or body.key != "plenary":
        return
    others = Officer.filter(body=body, office="secretariat", until=None).exclude(id=officer.id)
    if not await others.exists():
        raise Refused("last_secretary")


async def _person(record: Record, email: str, name: str) -> Person:
    known = await Person.get_or_none(email=address_of(email))
    if known is None and not name:
        raise Invalid({"name": Fault("person_unknown")})
    return known or await enter_person(record, email, name)
