"""Reform cycles: a span of years with a name; a proposal belongs to that of its year."""

from plenary.bodies.models import Words
from plenary.proposals.models import Cycle
from plenary.record.act import Record, act, its_entry, once
from plenary.refusal import Refused


@once(its_entry)
async def open_cycle(
    by: str, key: str, names: Words, *, begins: int, ends: int, once: str = ""
) -> int:
    """Open a reform cycle; returns its entry. The same form key `once` twice is one act."""
    async with act(by=by) as record:
        entry = await enter_cycle(record, key, names, begins=begins, ends=ends)
        await record.receipt(entry, topic=key, path="/proposals")
        return entry


async def enter_cycle(record: Record, key: str, names: Words, *, begins: int, ends: int) -> int:
    if ends < begins:
        raise Refused("ends_before_it_begins", since=begins, until=ends)
    if await Cycle.filter(key=key).exists():
        raise Refused("address_taken", slug=key)
    if await Cycle.filter(begins__lte=ends, ends__gte=begins).exists():
        raise Refused("cycles_overlap")
    entry = record.append("cycle.opened", key, begins=begins, ends=ends, payload={"names": names})
    await Cycle.create(key=key, names=names, begins=begins, ends=ends)
    return entry


async def cycle_of(year: int) -> Cycle | None:
    """The cycle that a year falls into."""
    return await Cycle.filter(begins__lte=year, ends__gte=year).first()
