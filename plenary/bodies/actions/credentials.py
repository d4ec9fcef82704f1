"""A delegation's credentials for one meeting: presented, accepted, or refused with the reason."""

from datetime import date, datetime

from plenary.bodies.actions.measures import footing_for, keep_measure
from plenary.bodies.days import day_of
from plenary.bodies.measures import CREDENTIALS, UNSAID, Basis
from plenary.bodies.models import Body, Credential, Delegation, Measure
from plenary.bodies.reading import body_of, delegation_of
from plenary.bodies.rules import Room, bar_to_keep
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Fault, Invalid, Refused, refuse


@once(its_entry)
async def record_credentials(
    by: str,
    room: Room,
    code: str,
    status: str,
    note: str = "",
    *,
    until: date | None = None,
    decision: str = "",
    language: str = "en",
    key: str = "",
) -> int:
    """Credentials are presented, accepted or refused; rolls that were frozen stay as they are."""
    async with act(by=by) as record:
        basis = Basis(decision, note, language)
        entry = await enter_credential(
            record, room.body, room.meeting, code, status, basis, until=until
        )
        await record.receipt(entry, topic=room.body, path=room.path)
        return entry


async def enter_credential(
    record: Record,
    body: str,
    meeting: str,
    code: str,
    status: str,
    basis: Basis = UNSAID,
    *,
    until: date | None = None,
) -> int:
    """The newest status holds; the record keeps those before it.

    A refusal gives its reason, and rests on a decision or is an interim measure until a day. What
    a decision refused, a decision accepts.
    """
    refuse(bar_to_keep(record.by, body))
    chamber, delegation = await body_of(body), await delegation_of(code)
    refused = status == "refused"
    if refused and not basis.ground:
        raise Invalid({"note": Fault("refusal_reason_needed")})
    held = await Credential.get_or_none(meeting=meeting, delegation=delegation)
    if held is not None and (held.status, held.note, held.until) == (status, basis.ground, until):
        raise Refused("credentials_unchanged", code=code)
    since = await day_of(record.now)
    by_decision = held is not None and await _decided(held)
    footing = None
    if refused or by_decision or basis.decision:
        asked = basis if refused else Basis(basis.decision)
        footing = await footing_for(
            record, asked, delegation, CREDENTIALS, status, since, until, chamber
        )
    entry = record.append(
        "credentials.recorded",
        body,
        meeting=meeting,
        delegation=code,
        value=status,
        **({"until": until.isoformat()} if until and refused else {}),
        **(footing.facts if footing else {}),
        payload={"note": basis.ground} if basis.ground else None,
    )
    last = until if refused else None
    await _keep(delegation, meeting, record.now, chamber, (status, basis.ground, last), entry)
    if footing:
        about = (delegation, CREDENTIALS, status, since, last)
        await keep_measure(record, entry, *about, basis, footing, chamber, meeting)
    return entry


async def _keep(
    delegation: Delegation,
    meeting: str,
    at: datetime,
    chamber: Body,
    found: tuple[str, str, date | None],
    entry: int,
) -> None:
    """As they stand now; what they were stays on the record."""
    status, note, until = found
    now = {"body": chamber, "status": status, "note": note, "until": until}
    await Credential.update_or_create(
        now | {"at": at, "entry": entry}, meeting=meeting, delegation=delegation
    )


async def _decided(held: Credential) -> bool:
    """Whether it stands as a decision left it."""
    return await Measure.filter(entry=held.entry).exclude(decision="").exists()
