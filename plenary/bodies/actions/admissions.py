"""Admit a delegation: a Participant, an Observer, an Applicant or a guest of the Chair."""

from dataclasses import dataclass
from datetime import date

from plenary.bodies.actions.naming import named
from plenary.bodies.days import day_of
from plenary.bodies.models import Delegation, Spell, Words
from plenary.bodies.rules import bar_to_more, delegation_path
from plenary.record.act import Record, act, once
from plenary.refusal import Fault, Invalid, Refused, refuse


@dataclass(frozen=True)
class Admission:
    code: str
    slug: str
    kind: str
    names: Words
    constituency: str = ""
    represents: int = 1
    since: date | None = None
    standing: str = "active"
    decision: str = ""
    members: tuple[Words, ...] = ()
    admitted: str = ""
    note: Words | None = None
    source: str = ""
    confidence: str = ""


@once(lambda receipt: Delegation.get(code=receipt.topic))
async def admit(by: str, one: Admission, *, key: str = "") -> Delegation:
    async with act(by=by) as record:
        delegation, entry = await _enter(record, one)
        await record.receipt(entry, topic=one.code, path=delegation_path(one.kind, one.slug))
        return delegation


async def enter_delegation(record: Record, one: Admission) -> Delegation:
    """Put a delegation on the record; used by the secretariat's screen and by the sample."""
    delegation, _ = await _enter(record, one)
    return delegation


async def _enter(record: Record, one: Admission) -> tuple[Delegation, int]:
    await _check(one)
    decides = one.kind == "participant"
    since = one.since or await day_of(record.now)
    names = await named(one.names)
    delegation = await Delegation.create(
        code=one.code,
        slug=one.slug,
        kind=one.kind,
        constituency=one.constituency,
        represents=one.represents,
        names=names,
        members=list(one.members),
        admitted=one.admitted or ("" if one.source else since.isoformat()),
        note=one.note or {},
        source=one.source,
        confidence=one.confidence,
    )
    entry = record.append(
        "delegation.admitted",
        one.code,
        kind=one.kind,
        represents=one.represents,
        value=one.standing if decides else "",
        since=since.isoformat(),
        decision=one.decision,
        payload={"names": names},
    )
    if decides:
        await Spell.create(
            delegation=delegation,
            standing=one.standing,
            since=since,
            decision=one.decision,
            entry=entry,
        )
    return delegation, entry


async def _check(one: Admission) -> None:
    refuse(bar_to_more("delegations", await Delegation.all().count()))
    if await Delegation.filter(code=one.code).exists():
        raise Refused("code_taken", code=one.code)
    if await Delegation.filter(slug=one.slug).exists():
        raise Refused("address_taken", slug=one.slug)
    if one.kind == "observer" and not one.constituency:
        raise Invalid({"constituency": Fault("choose")})
