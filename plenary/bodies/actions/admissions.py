"""Admit a delegation: a Participant, an Observer, an Applicant or a guest of the Chair."""

from dataclasses import dataclass
from datetime import date

from plenary.bodies.actions.measures import footing_for, keep_measure
from plenary.bodies.actions.naming import named
from plenary.bodies.days import day_of
from plenary.bodies.measures import ADMISSION, Basis, Footing
from plenary.bodies.models import Delegation, Spell, Words
from plenary.bodies.rules import KEPT_SLUGS, bar_to_more, delegation_path
from plenary.record.act import Record, act, once
from plenary.refusal import Fault, Invalid, Refused, refuse

ADMITTED = ("participant", "observer")  # by the body: guests are invited, Applicants apply
SYMBOL = 120  # characters: the measure has it whole


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
    decision: str = ""  # by its symbol or its address; nothing at the founding
    members: tuple[Words, ...] = ()
    admitted: str = ""
    note: Words | None = None
    source: str = ""
    confidence: str = ""


@once(lambda receipt: Delegation.get(code=receipt.topic))
async def admit(by: str, admission: Admission, *, key: str = "") -> Delegation:
    """Participants and Observers are admitted by a decision of the body, or at the founding."""
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
    value, basis = admission.standing if decides else "", Basis(admission.decision)
    footing = Footing()
    if admission.kind in ADMITTED:
        footing = await footing_for(record, basis, delegation, ADMISSION, value, since, None)
    entry = record.append(
        "delegation.admitted",
        admission.code,
        kind=admission.kind,
        represents=admission.represents,
        value=value,
        since=since.isoformat(),
        **footing.facts,
        payload={"names": names},
    )
    if admission.kind in ADMITTED:
        await keep_measure(record, entry, delegation, ADMISSION, value, since, None, basis, footing)
    if decides:
        await Spell.create(
            delegation=delegation,
            standing=admission.standing,
            since=since,
            decision=footing.decision[:SYMBOL],
            entry=entry,
        )
    return delegation, entry


async def _check(admission: Admission) -> None:
    refuse(bar_to_more("delegations", await Delegation.all().count()))
    if await Delegation.filter(code=admission.code).exists():
        raise Refused("code_taken", code=admission.code)
    taken = admission.slug in KEPT_SLUGS or await Delegation.exists(slug=admission.slug)
    if taken:
        raise Refused("address_taken", slug=admission.slug)
    if admission.kind == "observer" and not admission.constituency:
        raise Invalid({"constituency": Fault("choose")})
