"""Who is told that words were removed by an order, and what of it: whose they were, and in whose
name it was ordered. The words themselves are told to nobody.
"""

from typing import Any

from tortoise.expressions import Q

from plenary.bodies.models import Body, Delegation
from plenary.bodies.viewers import Viewer
from plenary.disclosure.competence import body_of
from plenary.disclosure.veils import veils_over
from plenary.notices.readers import officers_of, presiding_over, speakers_of
from plenary.proposals.reading import proposals_among
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Redaction

REMOVED = "payload.redacted"
AUTHORED = ("proposal.", "version.", "translation.")  # words that are its author's, too


async def readers_of_removal(order: Entry) -> set[int]:
    """Persons by id: those who wrote what went, those who preside there, and the secretariat."""
    gone = await Redaction.filter(order=order.n).values_list("entry", flat=True)
    found = await presiding_over(await _body(order))
    for entry in await Entry.filter(n__in=[*gone] or [-1]):
        found |= await _writers(entry)
    return found


async def letter_of_removal(order: Entry, viewer: Viewer) -> dict[str, Any]:
    """What the letter is made of. On what and whose it was leaves the house only where everybody
    reads it; else it is read at the desk, by those who may. The order is veiled as the entry that
    it names, and words that were said for others are theirs without its being open to them."""
    facts = read_entry(bytes(order.written))
    leaves = not (await veils_over(Viewer(), [order])).keeps(order)
    reads = not (await veils_over(viewer, [order])).hides(order)
    proposal = (await proposals_among([order.topic])).get(order.topic) if leaves else None
    home = await Body.get(key="plenary")
    return {
        "template": "notices/removal.txt", "order": order, "facts": facts, "leaves": leaves,
        "reads": reads, "symbol": f"P.{proposal.number}" if proposal else home.symbol,
    }  # fmt: skip


async def _body(order: Entry) -> str:
    """In whose competence the words are that went."""
    facts = read_entry(bytes(order.written))
    return await body_of(await Entry.get(n=facts["entry"]))


async def _writers(entry: Entry) -> set[int]:
    """Whose words an entry holds, by whatever hand: those of who acted, of the delegation for which
    it was done, and of the proposal's author."""
    whose = read_entry(bytes(entry.written)).get("delegation") or entry.topic
    hands = {entry.actor, f"delegation:{whose}"}
    if entry.type.startswith(AUTHORED):
        hands |= {proposal.author for proposal in (await proposals_among([entry.topic])).values()}
    return set().union(*[await _speaking_as(hand) for hand in hands])


async def _speaking_as(hand: str) -> set[int]:
    """Persons who act today as delegation:ALD or chair:wgm; the secretariat is told in any case."""
    office, _, where = hand.partition(":")
    if office == "delegation":
        # By comparing: a topic may be longer than any code, and a filter refuses such a one.
        return await speakers_of(
            delegation.id for delegation in await Delegation.all() if delegation.code == where
        )
    return await officers_of(Q(office=office, body__key=where)) if where else set()
