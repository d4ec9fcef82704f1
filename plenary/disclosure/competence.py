"""In whose competence an entry is: the body that its matter belongs to."""

from plenary.bodies.models import Body
from plenary.decisions.models import Decision
from plenary.decisions.reading import decision_named
from plenary.proposals.reading import proposals_among
from plenary.record.entry import read_entry
from plenary.record.models import Entry

BESIDE = ("statement", "correction", "follow_up")  # what stands beside a decision, and names it


async def body_of(entry: Entry) -> str:
    """Where the matter is now; what belongs to no body by name is the Plenary's."""
    if proposal := (await proposals_among([entry.topic])).get(entry.topic):
        await proposal.fetch_related("body")
        return proposal.body.key
    if decision := await _decision(entry):
        return decision.body.key if decision.body else "plenary"
    # A cycle has a key of its own, which may be called like a body.
    bodies = {str(key) for key in await Body.all().values_list("key", flat=True)}
    return entry.topic if entry.type != "cycle.opened" and entry.topic in bodies else "plenary"


async def _decision(entry: Entry) -> Decision | None:
    """The decision that it stands beside; a removal there has only its topic."""
    facts = read_entry(bytes(entry.written))
    if any(name in facts for name in BESIDE):
        found = await decision_named(str(facts["decision"]))
    else:
        found = await Decision.filter(symbol=entry.topic).first() if entry.topic else None
    if found:
        await found.fetch_related("body")
    return found
