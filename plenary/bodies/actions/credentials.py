"""A delegation's credentials for one meeting: presented, accepted, or refused with the reason."""

from plenary.bodies.models import Credential
from plenary.bodies.reading import body_of, delegation_of
from plenary.bodies.rules import Room, bar_to_keep
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Fault, Invalid, Refused, refuse


@once(its_entry)
async def record_credentials(
    by: str, room: Room, code: str, status: str, note: str = "", *, key: str = ""
) -> int:
    """Credentials are presented, accepted or refused; rolls that were frozen stay as they are."""
    async with act(by=by) as record:
        entry = await enter_credential(record, room.body, room.meeting, code, status, note)
        await record.receipt(entry, topic=room.body, path=room.path)
        return entry


async def enter_credential(
    record: Record, body: str, meeting: str, code: str, status: str, note: str = ""
) -> int:
    """A refusal gives its reason. The newest status holds; the record keeps those before it."""
    refuse(bar_to_keep(record.by, body))
    chamber, delegation = await body_of(body), await delegation_of(code)
    if status == "refused" and not note:
        raise Invalid({"note": Fault("refusal_reason_needed")})
    held = await Credential.get_or_none(meeting=meeting, delegation=delegation)
    if held is not None and (held.status, held.note) == (status, note):
        raise Refused("credentials_unchanged", code=code)
    entry = record.append(
        "credentials.recorded",
        body,
        meeting=meeting,
        delegation=code,
        value=status,
        payload={"note": note} if note else None,
    )
    now = {"status": status, "note": note, "at": record.now, "entry": entry, "body": chamber}
    await Credential.update_or_create(now, meeting=meeting, delegation=delegation)
    return entry
