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
async def admit(by: str, admission: Admission, *, key: str = "") -> Delegation:
    async with act(by=by) as record:
        delegation, entry = await _enter(record, admission)
        await record.receipt(
            entry, topic=admission.code, path=delegation_path(admission.kind, admission.slug)
        )
        return delegation


async def enter_delegation(record: Record, admission: Admission) -> Delegation:
    """Put a delegation on the record; used by the secretariat's screen and by the sample."""
    delegation, _ = await _enter(record, admission)
    return delegation


async def _enter(record: Record, admission: Admission) -> tuple[Delegation, int]:
    await _check(admission)
    decides = admission.kind == "participant"
    since = admission.since or await day_of(record.now)
    names = await named(admission.names)
    delegation = await Delegation.create(
        code=admission.code,
        slug=admission.slug,
        kind=admission.kind,
        constituency=admission.constituency,
        represents=admission.represents,
        names=names,
        members=list(admission.members),
        admitted=admission.admitted or ("" if admission.source else since.isoformat()),
        note=admission.note or {},
        source=admission.source,
        confidence=admission.confidence,
    )
    entry = record.append(
        "delegation.admitted",
        admission.code,
        kind=admission.kind,
        represents=admission.represents,
        value=admission.standing if decides else "",
        since=since.isoformat(),
        decision=admission.decision,
        payload={"names": names},
    )
    if decides:
        await Spell.create(
            delegation=delegation,
            standing=admission.standing,
            since=since,
            decision=admission.decision,
            entry=entry,
        )
    return delegation, entry


async def _check(admission: Admission) -> None:
    refuse(bar_to_more("delegations", await Delegation.all().count()))
    if await Delegation.filter(code=admission.code).exists():
        raise Refused("code_taken", code=admission.code)
    if await Delegation.filter(slug=admission.slug).exists():
        raise Refused("address_taken", slug=admission.slug)
    if admission.kind == "observer" and not admission.constituency:
        raise Invalid({"constituency": Fault("choose")})
