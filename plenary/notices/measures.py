"""A measure is told to its delegation at once; an appeal to the offices, its answer to both."""

from typing import Any

from plenary.bodies.appealable import measure_at
from plenary.bodies.models import Body, Delegation, Measure
from plenary.bodies.reading import names_of_all
from plenary.notices.readers import presiding_over, speakers_of
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.models import Entry

APPEAL = "appeal"  # the name of its notice


async def readers_of_measure(entry: Entry, party: Delegation) -> set[int]:
    """Heads of the delegation that it is about, whatever seat they lost by it; of an appeal those
    who answer it. What the founding entered, and credentials that are in order, are no news."""
    facts = read_entry(bytes(entry.written))
    if acts.of(entry.type).notice == APPEAL:
        about = (await measure_at(int(str(facts["measure"])))).measure
        body = await Body.get_or_none(id=about.body_id) if about.body_id else None
        return await presiding_over(body.key if body else "plenary")
    in_order = facts.get("value") in ("presented", "accepted")
    own = entry.actor == f"delegation:{party.code}"
    if in_order or own or facts.get("basis") == "founding":
        return set()
    if not await Measure.exists(entry=entry.n):  # of a time before measures were kept
        return set()
    return await speakers_of([party.id])


async def letter_of_measure(entry: Entry) -> dict[str, Any]:
    """What a letter says: the act in a sentence, on what it rests, what is said beside it."""
    facts = read_entry(bytes(entry.written))
    about = await measure_at(int(str(facts.get("measure", entry.n))))
    said = next((said for said in about.said if said.entry == entry.n), None)
    return {
        "template": "notices/measure.txt", "entry": entry, "about": about, "said": said,
        "symbol": about.measure.delegation.code, "names": await names_of_all(),
    }  # fmt: skip
