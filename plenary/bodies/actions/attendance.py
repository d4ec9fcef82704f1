"""A delegation comes into the room of a meeting and leaves it; the room is closed for the day.

A delegation reports itself; the chair of the body, the Chair of the Plenary and the secretariat
report anyone. It is what the room saw and gives no right: a quorum counts the roll.
"""

from collections.abc import Iterable
from datetime import datetime

from plenary.bodies.days import day_of, holding
from plenary.bodies.models import Body, Delegation, Presence, Seat
from plenary.bodies.reading import body_of
from plenary.bodies.rules import Room, bar_to_enter, bar_to_keep
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Missing, Refused, refuse


@once(its_entry)
async def arrive(by: str, room: Room, codes: Iterable[str], *, key: str = "") -> int:
    """Delegations come into the room; the number of the first entry. Who is there stays there."""
    async with act(by=by) as record:
        refuse(bar_to_enter(room, record.now))
        first = await enter_presence(record, room.body, room.meeting, codes)
        await record.receipt(first, topic=room.body, path=room.path)
        return first


async def enter_presence(record: Record, body: str, meeting: str, codes: Iterable[str]) -> int:
    chamber, coming = await body_of(body), await _named(record, body, codes)
    if own := _own(record.by):
        await _check_seated(chamber, own, record.now)
    there = {presence.delegation.id for presence in await _inside(meeting)}
    coming = [delegation for delegation in coming if delegation.id not in there]
    if not coming:
        raise Refused("in_the_room_already")
    entries = [
        record.append("room.entered", body, meeting=meeting, delegation=delegation.code)
        for delegation in coming
    ]
    await Presence.bulk_create(
        [
            Presence(
                body=chamber,
                meeting=meeting,
                delegation=delegation,
                arrived=record.now,
                entry=entry,
            )
            for delegation, entry in zip(coming, entries, strict=True)
        ]
    )
    return entries[0]


@once(its_entry)
async def leave(by: str, room: Room, codes: Iterable[str], *, key: str = "") -> int:
    """Delegations leave the room; the number of the first entry."""
    async with act(by=by) as record:
        first = await enter_absence(record, room.body, room.meeting, codes)
        await record.receipt(first, topic=room.body, path=room.path)
        return first


async def enter_absence(record: Record, body: str, meeting: str, codes: Iterable[str]) -> int:
    going = {delegation.id for delegation in await _named(record, body, codes)}
    return await _left(
        record,
        body,
        [presence for presence in await _inside(meeting) if presence.delegation.id in going],
    )


@once(its_entry)
async def close_room(by: str, room: Room, *, key: str = "") -> int:
    """The room is closed for the day: whoever is in it leaves it now."""
    async with act(by=by) as record:
        refuse(bar_to_keep(record.by, room.body))
        first = await _left(record, room.body, await _inside(room.meeting), how="closed")
        await record.receipt(first, topic=room.body, path=room.path)
        return first


async def _left(record: Record, body: str, going: list[Presence], how: str = "") -> int:
    if not going:
        raise Refused("nobody_in_the_room")
    entries = [
        record.append(
            "room.left",
            body,
            meeting=presence.meeting,
            delegation=presence.delegation.code,
            value=how,
        )
        for presence in going
    ]
    await Presence.filter(id__in=[presence.id for presence in going]).update(left=record.now)
    return entries[0]


async def _inside(meeting: str) -> list[Presence]:
    """Those whose leaving is not recorded, in the order of their codes."""
    there = Presence.filter(meeting=meeting, left=None).order_by("delegation__code")
    return await there.prefetch_related("delegation")


async def _named(record: Record, body: str, codes: Iterable[str]) -> list[Delegation]:
    """The delegations of an act, each once; a delegation names itself only."""
    wanted = sorted(set(codes))
    if wanted != [_own(record.by)]:
        refuse(bar_to_keep(record.by, body))
    found = {
        delegation.code: delegation
        for delegation in await Delegation.filter(code__in=wanted or [""])
    }
    for code in wanted:
        if code not in found:
            raise Missing("unknown_delegation", code=code)
    return [found[code] for code in wanted]


def _own(by: str) -> str:
    """The code of the delegation that acts; nothing where an office does."""
    return by.removeprefix("delegation:") if by.startswith("delegation:") else ""


async def _check_seated(chamber: Body, code: str, now: datetime) -> None:
    """A guest without a seat is reported by those who invited it."""
    day = await day_of(now)
    held = Seat.filter(holding(day), body=chamber)
    if not await held.filter(delegation__code=code).exists():
        raise Refused("no_seat_here", body=chamber.key)
