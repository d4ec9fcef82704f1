"""When a decision last changed for whoever follows it in a feed: it was called otherwise, or words
of it were removed by an order."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from tortoise.expressions import Q

from plenary.decisions.models import Decision
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.entry_types import Payload
from plenary.record.models import Entry


async def updated_at(decisions: Sequence[Decision]) -> dict[int, datetime]:
    """By id of the decision, which comes with its proposal; when it was made, else."""
    moved = await _moved({_topic(decision) for decision in decisions})
    return {decision.id: max([decision.at, *moved[_topic(decision)]]) for decision in decisions}


def _topic(decision: Decision) -> str:
    """Under what the record names it."""
    return (
        decision.proposal.symbol
        if decision.proposal
        else f"{decision.register}/{decision.source_id}"
    )


async def _moved(topics: set[str]) -> dict[str, list[datetime]]:
    moving = Q(type="proposal.named") | Q(type="payload.redacted")
    rows = await Entry.filter(moving, topic__in=[*topics, ""]).order_by("n")
    about = {entry.n: read_entry(bytes(entry.written)).get("entry", entry.n) for entry in rows}
    kinds = dict(await Entry.filter(n__in=[*about.values()] or [-1]).values_list("n", "type"))
    printed = (*acts.holding(Payload.TITLE), "decision.imported")  # in a feed, of a decision
    found: dict[str, list[datetime]] = defaultdict(list)
    for entry in rows:
        if kinds[about[entry.n]] in printed:
            found[entry.topic].append(entry.at)
    return found
