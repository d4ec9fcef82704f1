"""Give a delegation a seat in a body, change it, or end it; or a delegation leaves of its own."""

from datetime import date

from plenary.bodies.actions.measures import bar_to_give_back, footing_for, keep_measure, said_of
from plenary.bodies.days import day_of, not_over
from plenary.bodies.measures import SEAT, SEAT_ENDED, UNSAID, Basis
from plenary.bodies.models import Body, Delegation, Seat
from plenary.bodies.reading import body_of, delegation_of
from plenary.bodies.rules import Standing, left_of
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Forbidden, Refused


@once(lambda receipt: _given(receipt.entry))
async def seat(
    by: str,
    body: str,
    code: str,
    kind: str,
    *,
    since: date | None = None,
    until: date | None = None,
    source: str = "",
    basis: Basis = UNSAID,
    key: str = "",
    seen: int | None = None,
) -> Seat:
    """Give a delegation a seat in a body, or another kind of seat than it had; see `enter_seat`.

    `seen`: the entry of the seat that it had, as whoever acts saw it; 0 for none.
    """
    async with act(by=by) as record:
        if seen is not None and seen != await _entry_of_seat(record, body, code):
            raise Refused("moved_since_seen")
        given = await enter_seat(
            record, body, code, kind, since=since, until=until, source=source, basis=basis
        )
        await record.receipt(given.entry, topic=body, path=f"/groups/{body}")
        return given


async def _given(entry: int) -> Seat:
    """The seat that an entry gave; what an interim measure left of it has the same entry."""
    given = await Seat.filter(entry=entry).order_by("id").first()
    assert given is not None  # a receipt was given for it
    return given


async def enter_seat(
    record: Record,
    body: str,
    code: str,
    kind: str,
    *,
    since: date | None = None,
    until: date | None = None,
    source: str = "",
    basis: Basis = UNSAID,
) -> Seat:
    """By a decision, at the founding, or as an interim measure until a day: then the seat that it
    had before is its seat again."""
    chamber, delegation = await body_of(body), await delegation_of(code)
    if kind == "member" and delegation.kind not in ("participant", "observer"):
        raise Refused("guests_take_no_seat", code=code)
    since = since or await day_of(record.now)
    if until is not None and until <= since:
        raise Refused("ends_before_it_begins", since=since, until=until)
    held = await seat_of(chamber, delegation, since)
    if held is not None and held.kind == kind and held.until is None:
        raise Refused("seat_unchanged", code=code)
    footing = await footing_for(record, basis, delegation, SEAT, kind, since, until, chamber)
    if footing.office:
        await bar_to_give_back(chamber, delegation, since)
    entry = record.append(
        "seat.given",
        body,
        delegation=code,
        value=kind,
        since=since.isoformat(),
        **({"until": until.isoformat()} if until else {}),
        **footing.facts,
        payload=said_of(basis),
    )
    await _lay_over(chamber, delegation, Standing(kind, since, until))
    await keep_measure(record, entry, delegation, SEAT, kind, since, until, basis, footing, chamber)
    return await Seat.create(
        body=chamber,
        delegation=delegation,
        kind=kind,
        since=since,
        until=until,
        source=source,
        entry=entry,
    )


@once(its_entry)
async def unseat(
    by: str,
    body: str,
    code: str,
    *,
    until: date | None = None,
    basis: Basis = UNSAID,
    key: str = "",
    seen: int | None = None,
) -> int:
    """An office ends a delegation's seat in a body today: by a decision, or until a day.

    Rolls that were frozen before stay as they are. `seen`: the entry of the seat that whoever acts
    had in sight; it may be another by now.
    """
    async with act(by=by) as record:
        chamber, delegation, held = await _held(record, body, code, seen)
        # A seat that was to begin later ends with the day that it never filled.
        since = max(await day_of(record.now), held.since)
        if until is not None and until <= since:
            raise Refused("ends_before_it_begins", since=since, until=until)
        footing = await footing_for(
            record, basis, delegation, SEAT_ENDED, "", since, until, chamber
        )
        entry = record.append(
            "seat.ended",
            body,
            delegation=code,
            value=held.kind,
            since=since.isoformat(),
            **({"until": until.isoformat()} if until else {}),
            **footing.facts,
            payload=said_of(basis),
        )
        await _lay_over(chamber, delegation, Standing("", since, until))
        await keep_measure(
            record, entry, delegation, SEAT_ENDED, "", since, until, basis, footing, chamber
        )
        await record.receipt(entry, topic=body, path=f"/measures/{entry}")
        return entry


@once(its_entry)
async def leave_seat(by: str, body: str, *, key: str = "", seen: int | None = None) -> int:
    """A delegation gives up its own seat in a body, today; nobody else says that it left."""
    async with act(by=by) as record:
        if not record.by.startswith("delegation:"):
            raise Forbidden("seat_of_another")
        code = record.by.removeprefix("delegation:")
        chamber, delegation, held = await _held(record, body, code, seen)
        since = max(await day_of(record.now), held.since)
        entry = record.append("seat.left", body, delegation=code, since=since.isoformat())
        await _lay_over(chamber, delegation, Standing("", since))
        await record.receipt(entry, topic=body, path=f"/groups/{body}")
        return entry


async def _entry_of_seat(record: Record, body: str, code: str) -> int:
    chamber, delegation = await body_of(body), await delegation_of(code)
    held = await seat_of(chamber, delegation, await day_of(record.now))
    return held.entry if held else 0


async def _held(
    record: Record, body: str, code: str, seen: int | None
) -> tuple[Body, Delegation, Seat]:
    chamber, delegation = await body_of(body), await delegation_of(code)
    held = await seat_of(chamber, delegation, await day_of(record.now))
    if held is None:
        raise Refused("no_such_seat", code=code)
    if seen is not None and seen != held.entry:
        raise Refused("moved_since_seen")
    return chamber, delegation, held


async def seat_of(chamber: Body, delegation: Delegation, day: date) -> Seat | None:
    """Its seat on a day, or else the next that it will have."""
    seats = Seat.filter(not_over(day), body=chamber, delegation=delegation)
    return await seats.order_by("since", "id").first()


async def _lay_over(chamber: Body, delegation: Delegation, new: Standing) -> None:
    """What is left of earlier seats goes on, before the new one and after it; no name: no seat.

    A seat of which nothing is left ends with the day on which it began.
    """
    for held in await Seat.filter(body=chamber, delegation=delegation).order_by("id"):
        spell = Standing(held.kind, held.since, held.until)
        left = left_of(spell, new)
        if left == (spell,) or held.until == held.since:
            continue
        goes_on = left[0].until if left and left[0].since == held.since else held.since
        await Seat.filter(id=held.id).update(until=goes_on)
        for rest in left:
            if rest.since != held.since:
                await Seat.create(
                    body=chamber,
                    delegation=delegation,
                    kind=held.kind,
                    since=rest.since,
                    until=rest.until,
                    source=held.source,
                    entry=held.entry,
                )
