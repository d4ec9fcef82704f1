"""Let a person speak for a delegation from a day to a day, and end it."""

from datetime import date

from plenary.bodies.days import day_of, not_over
from plenary.bodies.models import KEEPS_THE_RECORD, Accreditation, Delegation, Officer
from plenary.bodies.reading import delegation_of
from plenary.bodies.rules import bar_to_more, delegation_path, overlap
from plenary.logs import security
from plenary.mailbox import address_of
from plenary.people.actions import turn_out
from plenary.people.models import Person
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Fault, Invalid, Missing, Refused, refuse


@once(lambda receipt: Accreditation.get(entry=receipt.entry))
async def accredit(
    by: str,
    code: str,
    email: str,
    name: str,
    role: str,
    *,
    language: str = "en",
    since: date | None = None,
    until: date | None = None,
    key: str = "",
) -> Accreditation:
    """Let a person speak for a delegation from a day up to, but without, another."""
    async with act(by=by) as record:
        accreditation = await enter_accreditation(
            record, code, email, name, role, language=language, since=since, until=until
        )
        delegation = await delegation_of(code)
        await record.receipt(accreditation.entry, topic=code, path=_path(delegation))
        return accreditation


async def enter_accreditation(
    record: Record,
    code: str,
    email: str,
    name: str,
    role: str,
    *,
    language: str = "en",
    since: date | None = None,
    until: date | None = None,
) -> Accreditation:
    delegation, since = await delegation_of(code), since or await day_of(record.now)
    if until is not None and until <= since:
        raise Refused("ends_before_it_begins", since=since, until=until)
    person = await enter_person(record, email, name, language)
    await _refuse_secretary(person, since)
    await _make_room(person, delegation, role, since, until)
    running = Accreditation.filter(not_over(since), delegation=delegation)
    refuse(bar_to_more("speakers", await running.count()))
    await turn_out(person.id)
    security("accredited", person=person.id, delegation=delegation.id, role=role)
    entry = record.append(
        "person.accredited",
        code,
        value=role,
        since=since.isoformat(),
        until=until.isoformat() if until else "",
        payload={"person": name},
    )
    return await Accreditation.create(
        person=person, delegation=delegation, role=role, since=since, until=until, entry=entry
    )


async def _refuse_secretary(person: Person, since: date) -> None:
    """Who keeps the record speaks for nobody: one hand would write what is said and by whom."""
    offices = Officer.filter(not_over(since), person=person)
    if await offices.filter(KEEPS_THE_RECORD).exists():
        raise Refused("keeps_the_record", email=person.email)


async def _make_room(
    person: Person, delegation: Delegation, role: str, since: date, until: date | None
) -> None:
    """A person speaks for one delegation at a time, in one role: the newer takes the place."""
    for accreditation in await Accreditation.filter(person=person).prefetch_related("delegation"):
        if not overlap(accreditation.since, accreditation.until, since, until):
            continue
        if accreditation.delegation.id != delegation.id:
            raise Refused("speaks_for_another", email=person.email)
        if (accreditation.role, accreditation.since, accreditation.until) == (role, since, until):
            raise Refused("accreditation_unchanged", email=person.email)
        await Accreditation.filter(id=accreditation.id).update(
            until=max(since, accreditation.since)
        )


async def enter_person(record: Record, email: str, name: str, language: str = "en") -> Person:
    """The person with this address; a name that is spelt anew replaces the old one."""
    address = address_of(email)
    if not address:
        raise Invalid({"email": Fault("not_an_address")})
    person, made = await Person.get_or_create(
        email=address,
        defaults={"name": name, "language": language, "created": record.now},
    )
    if not made and name and person.name != name:
        person.name = name
        await Person.filter(id=person.id).update(name=name)
    return person


@once(its_entry)
async def end_accreditation(by: str, accreditation: int, *, key: str = "") -> int:
    """The person no longer speaks for the delegation; what was said stays the delegation's."""
    async with act(by=by) as record:
        today = await day_of(record.now)
        running = Accreditation.filter(not_over(today))
        ended = await running.get_or_none(id=accreditation).prefetch_related("delegation", "person")
        if ended is None:
            raise Missing("no_such_accreditation")
        # One that was to begin later ends with the day that it never filled.
        await Accreditation.filter(id=ended.id).update(until=max(today, ended.since))
        await turn_out(ended.person.id)
        entry = record.append(
            "person.left",
            ended.delegation.code,
            value=ended.role,
            since=today.isoformat(),
            payload={"person": ended.person.name},
        )
        topic = ended.delegation.code
        await record.receipt(entry, topic=topic, path=_path(ended.delegation))
        return entry


def _path(delegation: Delegation) -> str:
    return delegation_path(delegation.kind, delegation.slug)
