"""Give a body below the Plenary the power to decide on a matter, or take it back."""

from plenary.bodies.authority import authority_of
from plenary.bodies.competences import power_of
from plenary.bodies.models import Body, Competence
from plenary.bodies.reading import body_of
from plenary.bodies.rules import MATTERS, bar_to_empower
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Fault, Invalid, Refused, refuse


@once(its_entry)
async def change_power(
    by: str,
    body: str,
    matter: str,
    change: str,
    decision: str,
    *,
    key: str = "",
    seen: int | None = None,
) -> int:
    """Give it or take it back (`given`, `taken`), by a decision that the parent adopted.

    Questions that are put already stay under the power that they were put under. `seen`: the entry
    of the power that whoever acts had in sight, 0 for none.
    """
    async with act(by=by) as record:
        chamber = await body_of(body)
        held = await power_of(chamber, matter)
        if seen is not None and seen != (held.entry if held else 0):
            raise Refused("moved_since_seen")
        entry = await enter_power(record, chamber, matter, change, decision)
        await record.receipt(entry, topic=body, path=f"/groups/{body}")
        return entry


async def enter_power(record: Record, body: Body, matter: str, change: str, decision: str) -> int:
    if matter not in MATTERS:
        raise Invalid({"matter": Fault("unknown_choice", value=matter)})
    cited, held = await authority_of(decision), await power_of(body, matter)
    parent = (await Body.get(id=body.parent_id)).key if body.parent_id else ""
    refuse(bar_to_empower(cited, parent, change, matter=matter, held=held is not None))
    entry = record.append(
        "power.given" if held is None else "power.taken",
        body.key,
        value=matter,
        decision=cited.name,
    )
    if held is None:
        await Competence.create(body=body, matter=matter, decision=cited.name, entry=entry)
    else:
        await Competence.filter(id=held.id).update(ended=entry, ended_by=cited.name)
    return entry
