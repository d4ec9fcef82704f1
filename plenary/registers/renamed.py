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
    moved = await _moved({_topic(one) for one in decisions})
    return {one.id: max([one.at, *moved[_topic(one)]]) for one in decisions}


def _topic(one: Decision) -> str:
    """Under what the record names it."""
    return one.proposal.symbol if one.proposal else f"{one.register}/{one.source_id}"


async def _moved(topics: set[str]) -> dict[str, list[datetime]]:
    moving = Q(type="proposal.named") | Q(type="payload.redacted")
    rows = await Entry.filter(moving, topic__in=[*topics, ""]).order_by("n")
    about = {one.n: read_entry(bytes(one.written)).get("entry", one.n) for one in rows}
    kinds = dict(await Entry.filter(n__in=[*about.values()] or [-1]).values_list("n", "type"))
    printed = (*acts.holding(Payload.TITLE), "decision.imported")  # in a feed, of a decision
    found: dict[str, list[datetime]] = defaultdict(list)
    for one in rows:
        if kinds[about[one.n]] in printed:
            found[one.topic].append(one.at)
    return found
