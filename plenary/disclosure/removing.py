"""Remove words by an order on the record. Who, what, when and how it counted stay: an entry, its
leaf, the root and every outcome are as they were."""

from collections.abc import Sequence

from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.disclosure.copies import clear
from plenary.disclosure.families import family_of
from plenary.disclosure.orders import Order, Subject, faults_of_order
from plenary.disclosure.quoting import cover, has_own_words, quotes_of, says_again
from plenary.disclosure.subjects import ordering_of, removable, staying, subject_of
from plenary.record.act import Record, act, its_entry, once
from plenary.record.entry import read_entry, read_payload
from plenary.record.models import Entry, Payload, Redaction
from plenary.refusal import Fault, Invalid
from plenary.texts.removed import Mark


@once(its_entry)
async def remove_words(by: str, n: int, order: Order, *, key: str = "") -> int:
    """Take away the payload of an entry, and of those that hold the same words; the order's
    number."""
    async with act(by=by) as record:
        subject = await removable(n)
        entry = await Entry.get(n=n)
        family = [member for member in await family_of(entry) if not await _gone(member)] or [entry]
        quotes = await quotes_of(family)
        beside = [other for other in quotes.entries if not await _gone(other)]
        said = [other for other in beside if await has_own_words(other, quotes)]
        others = [await subject_of(other) for other in (*family, *said) if other.n != n]
        await _check(order, [subject, *others], family, record)
        stays = {
            str(other.n): kept for other in (*family, *beside) if (kept := await staying(other))
        }
        number = record.append(
            "payload.redacted",
            entry.topic,
            {"stays": stays} if stays else None,
            entry=n,
            count=len(family) + len(beside),
            office=order.by,
            ground=order.ground,
            since=order.day.isoformat(),
            decision=order.decision,
            veil=entry.veil,
            **_whose(entry),
            payload={"reason": order.reason, "language": order.language},
        )
        mark = str(Mark(number, order.by, order.day, order.ground))
        for member in family:
            await _clear(member, mark)
        await cover(quotes, mark)
        for other in (*family, *beside):
            await _take_away(other, number, mark)
        await record.receipt(number, topic=entry.topic, path=f"/register/{n}")
        return number


def _whose(entry: Entry) -> dict[str, str]:
    """The delegation whose words they were: it reads the order also where others do not yet."""
    own = entry.actor.startswith("delegation:") and entry.actor.removeprefix("delegation:")
    code = read_entry(bytes(entry.written)).get("delegation") or own
    return {"delegation": str(code)} if code else {}


async def _gone(entry: Entry) -> bool:
    return await Redaction.exists(entry=entry.n)


async def _check(
    order: Order, goes: Sequence[Subject], family: Sequence[Entry], record: Record
) -> None:
    """The order stands for everything that goes by it, and not for the entry alone it names; and
    its reason says none of the words again."""
    bodies = [str(key) for key in await Body.all().values_list("key", flat=True)]
    ordering = await ordering_of(order.decision)
    faults = faults_of_order(order, goes, await day_of(record.now), bodies, ordering)
    if await says_again(order.reason, family):
        faults["reason"] = Fault("repeats_the_words")
    if faults:
        raise Invalid(faults)


async def _clear(entry: Entry, mark: str) -> None:
    kept = await Payload.get_or_none(commitment=entry.payload)
    await clear(entry, read_payload(bytes(kept.content)) if kept else {}, mark)


async def _take_away(entry: Entry, order: int, mark: str) -> None:
    if await _gone(entry):
        return
    await Redaction.create(entry=entry.n, commitment=entry.payload, order=order, mark=mark)
    await Payload.filter(commitment=entry.payload).delete()
