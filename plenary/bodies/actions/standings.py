"""A Participant's standing: active, provisional or suspended, from one day to another."""

from datetime import date

from plenary.bodies import rules
from plenary.bodies.actions.measures import footing_for, keep_measure, said_of
from plenary.bodies.measures import STANDING, UNSAID, Basis, bar_to_undo
from plenary.bodies.models import Delegation, Spell
from plenary.bodies.reading import sight_of
from plenary.bodies.rules import Standing
from plenary.record.act import act, its_entry, once
from plenary.refusal import Missing, Refused, refuse

SYMBOL = 120  # characters: the measure has it whole


@once(its_entry)
async def set_standing(
    by: str,
    code: str,
    standing: str,
    *,
    since: date,
    until: date | None = None,
    basis: Basis = UNSAID,
    key: str = "",
    seen: str | None = None,
) -> int:
    """Suspend a Participant, make it provisional, or restore it, from a day on; the entry's number.

    Without a last day it holds until further notice, whatever was foreseen for later days; an
    interim measure has one. Rolls that were frozen before stay as they are. `seen`: the standing
    that whoever acts had in sight.
    """
    async with act(by=by) as record:
        delegation = await Delegation.get_or_none(code=code, kind="participant")
        if delegation is None:
            raise Missing("unknown_delegation", code=code)
        new = Standing(standing, since, until)
        spells = await Spell.filter(delegation=delegation).order_by("since")
        if seen is not None and seen != sight_of(spells):
            raise Refused("moved_since_seen")
        refuse(rules.bar_to_stand([_standing(spell) for spell in spells], new))
        footing = await footing_for(record, basis, delegation, STANDING, standing, since, until)
        if footing.office:
            refuse(bar_to_undo(new, [(_standing(spell), bool(spell.decision)) for spell in spells]))
        entry = record.append(
            "participant.standing",
            code,
            value=standing,
            since=since.isoformat(),
            until=until.isoformat() if until else "",
            **footing.facts,
            payload=said_of(basis),
        )
        for spell in spells:
            await _lay_over(delegation, spell, new)
        await Spell.create(
            delegation=delegation,
            standing=standing,
            since=since,
            until=until,
            decision=footing.decision[:SYMBOL],
            entry=entry,
        )
        await keep_measure(
            record, entry, delegation, STANDING, standing, since, until, basis, footing
        )
        await record.receipt(entry, topic=code, path=f"/participants/{delegation.slug}")
        return entry


async def _lay_over(delegation: Delegation, spell: Spell, new: Standing) -> None:
    """What is left of an earlier spell goes on; the record keeps it as it once was."""
    left = rules.left_of(_standing(spell), new)
    if left == (_standing(spell),):
        return
    await spell.delete()
    for standing in left:
        await Spell.create(
            delegation=delegation,
            standing=spell.standing,
            since=standing.since,
            until=standing.until,
            decision=spell.decision,
            entry=spell.entry,
        )


def _standing(spell: Spell) -> Standing:
    return Standing(spell.standing, spell.since, spell.until)
