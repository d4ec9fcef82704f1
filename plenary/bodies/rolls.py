"""The roll of a body as it stands today, and who is not on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plenary.bodies.attendance import credentials_of
from plenary.bodies.days import day_of, holding, not_over
from plenary.bodies.models import Body, Credential, Delegation, Seat, Spell
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


@dataclass(frozen=True)
class Absence:
    """Why a Participant is on no roll, and from when to when, as far as the record tells."""

    why: str
    since: date | None = None
    until: date | None = None
    decision: str = ""  # symbol


async def absences(body: Body, today: date, meeting: str = "") -> dict[str, Absence]:
    """Those who are off the roll of a day, by code, with the act that took them off."""
    reasons = await off_roll(body, today, meeting)
    return {code: await _absence(body, code, why, today, meeting) for code, why in reasons.items()}


async def _absence(body: Body, code: str, why: str, today: date, meeting: str) -> Absence:
    if why == "credentials":
        refused = await Credential.get(meeting=meeting, delegation__code=code)
        return Absence(why, await day_of(refused.at))
    if why == "seat":
        held = Seat.filter(body=body, delegation__code=code, since__lte=today).order_by("-id")
        seat = await held.first()
        return Absence(why, (seat.until or seat.since) if seat else None)
    spells = Spell.filter(delegation__code=code, since__lte=today).order_by("-since", "-id")
    if why in ("suspended", "provisional"):
        spell = await spells.filter(not_over(today), standing=why).first()
        return Absence(why, spell.since, spell.until, spell.decision) if spell else Absence(why)
    over = await spells.filter(until__lte=today).order_by("-until").first()
    return Absence(why, over.until if over else None)


async def candidates_on(body: Body, today: date, meeting: str = "") -> list[Candidate]:
    """Whoever has a seat in the body on a day; in the Plenary every Participant besides."""
    seats = {seat.delegation.id: seat for seat in await _seats(body, today)}
    found = {id_: seat.delegation for id_, seat in seats.items()}
    if body.parent_id is None:
        found |= {
            delegation.id: delegation for delegation in await Delegation.filter(kind="participant")
        }
    spells, credentials = await _spells(found), await credentials_of(meeting)
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
