"""Give a delegation a seat in a body, or take note that it left."""

from datetime import date

from plenary.bodies.days import day_of
from plenary.bodies.models import Seat
from plenary.bodies.reading import body_of, delegation_of
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Refused


@once(lambda receipt: Seat.get(entry=receipt.entry))
async def seat(
    by: str,
    body: str,
    code: str,
    kind: str,
    *,
    since: date | None = None,
    source: str = "",
    key: str = "",
) -> Seat:
    """Give a delegation a seat in a body, or another kind of seat than it had."""
    async with act(by=by) as record:
        given = await enter_seat(record, body, code, kind, since=since, source=source)
        await record.receipt(given.entry, topic=body, path=f"/groups/{body}")
        return given


async def enter_seat(
    record: Record, body: str, code: str, kind: str, *, since: date | None = None, source: str = ""
) -> Seat:
    chamber, delegation = await body_of(body), await delegation_of(code)
    if kind == "member" and delegation.kind not in ("participant", "observer"):
        raise Refused("guests_take_no_seat", code=code)
    since = since or await day_of(record.now)
    held = await Seat.get_or_none(body=chamber, delegation=delegation, until=None)
    if held is not None and held.kind == kind:
        raise Refused("seat_unchanged", code=code)
    if held is not None:
        await Seat.filter(id=held.id).update(until=max(since, held.since))
    entry = record.append("seat.given", body, delegation=code, value=kind, since=since.isoformat())
    return await Seat.create(
        body=chamber, delegation=delegation, kind=kind, since=since, source=source, entry=entry
    )


@once(its_entry)
async def unseat(by: str, body: str, code: str, *, key: str = "", seen: int | None = None) -> int:
    """A delegation leaves a body today; rolls that were frozen before stay as they are.

    `seen`: the entry of the seat that whoever acts had in sight; it may be another by now.
    """
    async with act(by=by) as record:
        chamber, delegation = await body_of(body), await delegation_of(code)
        today = await day_of(record.now)
        held = await Seat.get_or_none(body=chamber, delegation=delegation, until=None)
        if held is None:
            raise Refused("no_such_seat", code=code)
        if seen is not None and seen != held.entry:
            raise Refused("moved_since_seen")
        # A seat that was to begin later ends with the day that it never filled.
        await Seat.filter(id=held.id).update(until=max(today, held.since))
        entry = record.append("seat.left", body, delegation=code, since=today.isoformat())
        await record.receipt(entry, topic=body, path=f"/groups/{body}")
        return entry
