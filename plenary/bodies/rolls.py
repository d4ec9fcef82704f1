"""The roll of a body as it stands today, and who is not on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from plenary.bodies.appealable import measures_by_entry
from plenary.bodies.attendance import credentials_of
from plenary.bodies.days import day_of, holding, not_over
from plenary.bodies.measures import SEAT_ENDED, Absence
from plenary.bodies.models import Body, Credential, Delegation, Measure, Seat, Spell
from plenary.bodies.powers import Capacity
from plenary.bodies.rules import Candidate, Roll, Standing, roll_of, standing_on, why_not


async def roll_today(body: Body, today: date, meeting: str = "") -> Roll:
    """Who may decide in this body on this day: what a question freezes when it is put.

    In a meeting (its address) those whose credentials were refused for it are left out.
    """
    return roll_of(await candidates_on(body, today, meeting), today)


async def off_roll(body: Body, today: date, meeting: str = "") -> dict[str, str]:
    """The Participants that might be looked for on the roll and are not on it, with the reason."""
    found = {
        candidate.code: why_not(candidate, today)
        for candidate in await candidates_on(body, today, meeting)
    }
    return {code: reason for code, reason in found.items() if reason and reason != "heard"}


async def absences(body: Body, today: date, meeting: str = "") -> dict[str, Absence]:
    """Those who are off the roll of a day, by code, with the act that took them off.

    In a group its former members are among them, where an office or a decision ended their seat.
    """
    reasons = await _put_out(body, today) | await off_roll(body, today, meeting)
    found = {code: await _absence(body, code, why, today, meeting) for code, why in reasons.items()}
    acts = await measures_by_entry([absence.entry for absence in found.values()])
    return {code: _on_whose(absence, acts.get(absence.entry)) for code, absence in found.items()}


async def taken_off(body: Body, roll: Roll, today: date, meeting: str = "") -> dict[str, Absence]:
    """Those of them whom somebody's act keeps off this roll: what a question keeps and says."""
    found = await absences(body, today, meeting)
    return {
        code: absence
        for code, absence in sorted(found.items())
        if absence.by_act and code not in roll.participating
    }


def _on_whose(absence: Absence, act: Measure | None) -> Absence:
    """On what the act rests, where it is known: acts of before are known by their decision."""
    if act is None:
        return absence
    return replace(
        absence, decision=act.decision, path=act.path, office=act.office, measure=act.entry
    )


async def _put_out(body: Body, today: date) -> dict[str, str]:
    """The Participants without a seat whose seat in a body was ended, and not by themselves."""
    ended = Measure.filter(not_over(today), body=body, kind=SEAT_ENDED, since__lte=today)
    rows = await ended.filter(delegation__kind="participant").prefetch_related("delegation")
    codes = {act.delegation.code for act in rows}
    held = Seat.filter(holding(today), body=body, delegation__code__in=sorted(codes) or [""])
    seated = {seat.delegation.code for seat in await held.prefetch_related("delegation")}
    return dict.fromkeys(sorted(codes - seated), "seat")


async def _absence(body: Body, code: str, why: str, today: date, meeting: str) -> Absence:
    if why == "credentials":
        refused = await Credential.get(meeting=meeting, delegation__code=code)
        return Absence(why, await day_of(refused.at), refused.until, entry=refused.entry)
    if why == "seat":
        return await _unseated(body, code, today)
    spells = Spell.filter(delegation__code=code, since__lte=today).order_by("-since", "-id")
    if why in ("suspended", "provisional"):
        spell = await spells.filter(not_over(today), standing=why).first()
        if spell is None:
            return Absence(why)
        return Absence(why, spell.since, spell.until, spell.decision, entry=spell.entry)
    over = await spells.filter(until__lte=today).order_by("-until").first()
    return Absence(why, over.until if over else None)


async def _unseated(body: Body, code: str, today: date) -> Absence:
    """Since its seat ended, or it sits here without a member's; nothing, where it never sat."""
    ended = Measure.filter(not_over(today), body=body, kind=SEAT_ENDED, since__lte=today)
    act = await ended.filter(delegation__code=code).order_by("-entry").first()
    held = Seat.filter(body=body, delegation__code=code, since__lte=today)
    seat = await held.order_by("-since", "-id").first()
    if act is not None and not (seat and seat.until is None):
        return Absence("seat", act.since, act.until, entry=act.entry)
    return Absence(
        "seat", (seat.until or seat.since) if seat else None, entry=seat.entry if seat else -1
    )


async def candidates_on(body: Body, today: date, meeting: str = "") -> list[Candidate]:
    """Whoever has a seat in the body on a day; in the Plenary every Participant besides."""
    seats = {seat.delegation.id: seat for seat in await _seats(body, today)}
    found = {id_: seat.delegation for id_, seat in seats.items()}
    if body.parent_id is None:
        found |= {
            delegation.id: delegation for delegation in await Delegation.filter(kind="participant")
        }
    spells, credentials = await _spells(found), await credentials_of(meeting, today)
    return [
        Candidate(
            delegation.code,
            delegation.kind,
            delegation.represents,
            seats[id_].kind if id_ in seats else "",
            tuple(spells[id_]),
            credentials.get(delegation.code, ""),
        )
        for id_, delegation in found.items()
    ]


async def seat_has_ended(body: int, delegation: int, today: date) -> bool:
    """Whether a delegation had a seat in a body and has none on this day: it is not heard there."""
    seats = Seat.filter(body_id=body, delegation_id=delegation, since__lte=today)
    held = seats.filter(not_over(today))
    return await seats.exists() and not await held.exists()


async def capacity_of(actor: str, today: date) -> Capacity:
    """In which capacity an actor acts today: a delegation's kind and standing with its name."""
    if not actor.startswith("delegation:"):
        return Capacity(actor)
    delegation = await Delegation.get_or_none(code=actor.removeprefix("delegation:"))
    if delegation is None:
        return Capacity(actor, standing="none")
    return Capacity(
        actor, delegation.kind, standing_on((await _spells([delegation.id]))[delegation.id], today)
    )


async def _seats(body: Body, day: date) -> list[Seat]:
    held = Seat.filter(holding(day), body=body)
    return await held.order_by("id").prefetch_related("delegation")


async def _spells(ids: Iterable[int]) -> dict[int, list[Standing]]:
    spells: dict[int, list[Standing]] = defaultdict(list)
    for spell in await Spell.filter(delegation_id__in=list(ids) or [0]):
        spells[spell.delegation_id].append(Standing(spell.standing, spell.since, spell.until))
    return spells
