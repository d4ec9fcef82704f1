"""On what an act on a roll rests, asked under the lock; and the measure that is kept of it."""

from datetime import date

from plenary.bodies.authority import authority_of, is_founding
from plenary.bodies.days import day_of, not_over
from plenary.bodies.measures import (
    SEAT,
    SEAT_ENDED,
    STANDING,
    Basis,
    Footing,
    bar_to_interim,
    bar_to_office,
    fault_of_span,
    footing_of,
)
from plenary.bodies.models import Body, Delegation, Measure
from plenary.bodies.reading import root
from plenary.bodies.rules import Standing, bar_to_cite_for
from plenary.record.act import Record
from plenary.refusal import Refused, refuse

OFF = {STANDING: ("suspended", "provisional"), SEAT_ENDED: ("",)}  # what of a kind takes a place


async def footing_for(
    record: Record,
    basis: Basis,
    delegation: Delegation,
    kind: str,
    value: str,
    since: date,
    until: date | None,
    body: Body | None = None,
) -> Footing:
    """The decision that is cited, the office whose interim measure it is, or the founding.

    Refused: decision_needed, unknown_decision, decision_not_adopted, interim_too_long.
    """
    if basis.decision.strip():
        cited = await authority_of(basis.decision)
        refuse(bar_to_cite_for(cited, delegation.code))
        return footing_of(cited)
    interim = basis.is_interim
    if (until is None or not interim) and await is_founding():
        return Footing()
    if not interim:
        raise Refused("decision_needed")
    refuse(bar_to_office(record.by))
    refuse(fault_of_span(until))
    assert until is not None  # else it was refused
    earlier = await _interim(delegation, kind, value, body)
    most = (body or await root()).interim_days
    refuse(bar_to_interim(since, until, await day_of(record.now), earlier, most))
    return Footing(office=record.by)


async def _interim(
    delegation: Delegation, kind: str, value: str, body: Body | None
) -> list[Standing]:
    """The interim measures of this kind on a delegation: those that take off its place are one."""
    taking = OFF.get(kind, ())
    alike = taking if value in taking else (value,)
    rows = Measure.filter(delegation=delegation, kind=kind, body=body, value__in=alike)
    found = await rows.exclude(office="").filter(decision="")
    return [Standing(row.value, row.since, row.until) for row in found]


async def bar_to_give_back(body: Body, delegation: Delegation, day: date) -> None:
    """No office gives back, by a measure of its own, a seat that a decision has ended."""
    rows = Measure.filter(not_over(day), body=body, delegation=delegation)
    newest = await rows.filter(kind__in=(SEAT, SEAT_ENDED)).order_by("-entry").first()
    if newest is not None and newest.kind == SEAT_ENDED and newest.decision:
        raise Refused("decision_needed")


async def keep_measure(
    record: Record,
    entry: int,
    delegation: Delegation,
    kind: str,
    value: str,
    since: date,
    until: date | None,
    basis: Basis,
    footing: Footing,
    body: Body | None = None,
    meeting: str = "",
) -> Measure:
    """What is read of the act afterwards, beside its entry."""
    return await Measure.create(
        delegation=delegation,
        body=body,
        kind=kind,
        value=value,
        meeting=meeting,
        since=since,
        until=until,
        decision=footing.decision,
        path=footing.path,
        office=footing.office,
        ground=basis.ground,
        language=basis.language,
        by=record.by,
        at=record.now,
        entry=entry,
    )


def said_of(basis: Basis) -> dict[str, str] | None:
    """The ground, as the payload of the act's entry."""
    return {"ground": basis.ground, "language": basis.language} if basis.ground else None
