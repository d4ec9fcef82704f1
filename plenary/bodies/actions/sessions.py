"""The secretariat ends somebody's sessions, on the record: a cookie was stolen, say."""

from plenary.bodies.models import Accreditation
from plenary.bodies.reading import root
from plenary.people.actions import turn_out
from plenary.people.models import Person
from plenary.record.act import act, its_entry, once
from plenary.refusal import Missing


@once(its_entry)
async def end_sessions(by: str, person: int, *, reason: str, key: str = "") -> int:
    """Every session and unused link of a person; whoever it is signs in anew."""
    async with act(by=by) as record:
        holder = await Person.get_or_none(id=person)
        if holder is None:
            raise Missing("no_such_person")
        ended = await turn_out(holder.id)
        accredited = (
            Accreditation.filter(person=holder).order_by("-id").prefetch_related("delegation")
        )
        speaks = await accredited.first()
        topic = speaks.delegation.code if speaks else (await root()).key
        entry = record.append(
            "sessions.ended",
            topic,
            sessions=ended,
            payload={"person": holder.name, "reason": reason},
        )
        await record.receipt(entry, topic=topic, path="/secretariat/sessions")
        return entry
