"""The whole record, worked out again from the bytes of its entries."""

from itertools import pairwise

from plenary.record import tree
from plenary.record.entry import commitment, entry_bytes, instant, read_entry
from plenary.record.models import Entry, Head, Node, Payload, Receipt


async def whole() -> int:
    """How long the record is; AssertionError where its tables contradict its bytes."""
    head, entries = await Head.get(id=1), await Entry.all().order_by("n")
    peaks: tuple[bytes, ...] = ()
    nodes: set[tuple[int, int, str]] = set()
    for n, entry in enumerate(entries):
        _copied(n, entry)
        peaks, new = tree.append(n, peaks, tree.leaf_hash(entry.written))
        nodes |= {(level, place, node.hex()) for level, place, node in new}
    assert [head.size, head.root] == [len(entries), tree.root_of(peaks).hex()]
    assert head.peaks == [peak.hex() for peak in peaks]
    kept = await Node.all().values_list("level", "place", "hash")
    assert (len(kept), set(kept)) == (len(nodes), nodes)
    assert all(a.at <= b.at for a, b in pairwise(entries))
    await _bound(entries)
    return head.size


def _copied(n: int, entry: Entry) -> None:
    """The columns beside the bytes say what the bytes say."""
    facts = read_entry(entry.written)
    assert entry_bytes(facts) == entry.written
    assert tree.leaf_hash(entry.written).hex() == entry.leaf
    says = facts["n"], facts["type"], facts["topic"], facts["actor"], facts["at"]
    assert (entry.n, *says) == (n, n, entry.type, entry.topic, entry.actor, instant(entry.at))
    assert facts.get("payload", "") == entry.payload


async def _bound(entries: list[Entry]) -> None:
    """Each payload belongs to one entry, each receipt to an entry about the same thing."""
    payloads = await Payload.all()
    assert all(p.commitment == commitment(p.salt, p.content) for p in payloads)
    bound = sorted(entry.payload for entry in entries if entry.payload)
    assert sorted(p.commitment for p in payloads) == bound
    for receipt in await Receipt.all():
        assert entries[receipt.entry].topic == receipt.topic
