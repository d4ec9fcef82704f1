"""Who decides and who is heard: the lists of Participants and of Observers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.measures import Absence
from plenary.bodies.models import Body, Delegation, Spell
from plenary.bodies.pages.order import by_name, listed
from plenary.bodies.rolls import absences
from plenary.bodies.rules import Standing, standing_on
from plenary.web.answers import as_json
from plenary.web.render import render


@dataclass(frozen=True)
class DelegationRow:
    delegation: Delegation
    standing: str  # today's; empty for whoever has none


async def participants(request: Request) -> Response:
    rows = await _rows("participant")
    active = [row.delegation for row in rows if row.standing == "active"]
    return render(
        request,
        "bodies/participants.html",
        rows=rows,
        deciding=len(active),
        states=sum(delegation.represents for delegation in active),
        off=await _off_the_roll(),
    )


async def _off_the_roll() -> dict[str, Absence]:
    """Whom somebody's act keeps off the roll of the Plenary today."""
    plenary = await Body.get_or_none(key="plenary")
    found = await absences(plenary, await day_of(clock.now())) if plenary else {}
    return {code: absence for code, absence in found.items() if absence.by_act}


async def participants_json(request: Request) -> Response:
    rows = await _rows("participant")
    deciding = [row.delegation.represents for row in rows if row.standing == "active"]
    return _json(request, rows, deciding=len(deciding), represents=sum(deciding))


async def observers(request: Request) -> Response:
    """Observers, and apart from them the Applicants and guests of the Chair."""
    others = [*await _rows("applicant"), *await _rows("guest")]
    return render(request, "bodies/observers.html", rows=await _rows("observer"), others=others)


async def observers_json(request: Request) -> Response:
    return _json(request, await _rows("observer"))


async def _rows(kind: str) -> list[DelegationRow]:
    today = await day_of(clock.now())
    found = by_name(await Delegation.filter(kind=kind))
    spells = await _spells([delegation.id for delegation in found])
    return [
        DelegationRow(
            delegation, standing_on(spells[delegation.id], today) if spells[delegation.id] else ""
        )
        for delegation in found
    ]


async def _spells(ids: list[int]) -> defaultdict[int, list[Standing]]:
    spells: defaultdict[int, list[Standing]] = defaultdict(list)
    rows = Spell.filter(delegation_id__in=ids or [0])
    for id_, name, since, until in await rows.values_list(
        "delegation_id", "standing", "since", "until"
    ):
        assert isinstance(id_, int)
        assert isinstance(since, date)
        spells[id_].append(Standing(str(name), since, until))
    return spells


def _json(request: Request, rows: list[DelegationRow], **more: Any) -> Response:
    items = [
        summary(row.delegation) | ({"standing": row.standing} if row.standing else {})
        for row in rows
    ]
    return as_json(listed(items, **more, sample=request.state.site.sample))


def summary(delegation: Delegation) -> dict[str, Any]:
    """What the open data say of a delegation."""
    folder = "participants" if delegation.kind == "participant" else "observers"
    return {
        "code": delegation.code,
        "kind": delegation.kind,
        "names": delegation.names,
        "path": f"/{folder}/{delegation.slug}",
        "constituency": delegation.constituency,
        "represents": delegation.represents,
        "members": delegation.members,
        "admitted": delegation.admitted,
        "source": delegation.source,
        "confidence": delegation.confidence,
    }
