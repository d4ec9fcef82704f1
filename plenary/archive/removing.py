"""Remove words by an order on the record. Who, what, when and how it counted stay: an entry, its
leaf, the root and every outcome are as they were."""

from typing import Any

from plenary.archive.competence import body_of
from plenary.archive.copies import COPIES, clear
from plenary.archive.families import family_of
from plenary.archive.orders import (
    ISSUED,
    Adopted,
    Order,
    Ordering,
    Subject,
    Text,
    bar_to_removal,
    faults_of_order,
    only_repeated,
)
from plenary.archive.quoting import cover, quotes_of, says_again
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.decisions.actions import decision_named
from plenary.decisions.models import Decision
from plenary.decisions.rules import ADOPTIONS
from plenary.proposals.models import Proposal
from plenary.record.act import Record, act, its_entry, once
from plenary.record.entry import lists_in, read_entry, read_payload
from plenary.record.models import Entry, Payload, Redaction
from plenary.record.telling import told_by
from plenary.refusal import Fault, Invalid, Missing, refuse
from plenary.texts.removed import Mark


@once(its_entry)
async def remove_words(by: str, n: int, order: Order, *, key: str = "") -> int:
    """Take away the payload of an entry, and of those that hold the same words; the order's
    number."""
    async with act(by=by) as record:
        subject = await removable(n)
        entry = await Entry.get(n=n)
        await _check(order, subject, record)
        family = [one for one in await family_of(entry) if not await _gone(one)] or [entry]
        if await says_again(order.reason, family):
            raise Invalid({"reason": Fault("repeats_the_words")})
        quotes = await quotes_of(family)
        beside = [one for one in quotes.entries if not await _gone(one)]
        stays = {str(one.n): kept for one in (*family, *beside) if (kept := await _lists(one))}
        number = record.append(
            "payload.redacted", entry.topic, {"stays": stays} if stays else None,
            entry=n, count=len(family) + len(beside),
            office=order.by, ground=order.ground, since=order.day.isoformat(),
            decision=order.decision, veil=entry.veil, **_whose(entry),
            payload={"reason": order.reason, "language": order.language},
        )  # fmt: skip
        mark = str(Mark(number, order.by, order.day, order.ground))
        for one in family:
            await _clear(one, mark)
        await cover(quotes, mark)
        for one in (*family, *beside):
            await _take_away(one, number, mark)
        await record.receipt(number, topic=entry.topic, path=f"/register/{n}")
        return number


def _whose(entry: Entry) -> dict[str, str]:
    """The delegation whose words they were: it reads the order also where others do not yet."""
    own = entry.actor.startswith("delegation:") and entry.actor.removeprefix("delegation:")
    code = read_entry(bytes(entry.written)).get("delegation") or own
    return {"delegation": str(code)} if code else {}


async def removable(n: int) -> Subject:
    """An entry whose words can be removed; Refused where there are none, or none any more."""
    entry = await Entry.get_or_none(n=n)
    if entry is None:
        raise Missing("unknown_entry", n=n)
    subject = await _subject(entry)
    refuse(bar_to_removal(subject))
    return subject


async def _subject(entry: Entry) -> Subject:
    text = await _text(entry) if entry.type in ISSUED else None
    return Subject(
        n=entry.n, type=entry.type, day=await day_of(entry.at), body=await body_of(entry),
        has_words=entry.type in COPIES and await _has_words(entry),
        removed=await _removed(entry), text=text,
        adopted=await _adopted(entry.topic, text.version) if text else None,
    )  # fmt: skip


async def _has_words(entry: Entry) -> bool:
    """Whether its payload holds, or held, more than lists."""
    kept = await Payload.get_or_none(commitment=entry.payload) if entry.payload else None
    if kept is None:
        return bool(entry.payload)
    return bool(read_payload(bytes(kept.content)).keys() - (await _lists(entry)).keys())


async def _lists(entry: Entry) -> dict[str, Any]:
    """What of its payload is no words: the order keeps it, and the entry proves it by its digests.
    A roll, a rule and a window, on which an outcome rests."""
    return lists_in(read_entry(bytes(entry.written)), await told_by(entry))


async def _removed(entry: Entry) -> int | None:
    """The order by which its own words went."""
    before = await Redaction.get_or_none(entry=entry.n)
    if before is None:
        return None
    rows = await Entry.filter(type="payload.redacted")
    orders = {one.n: int(str(read_entry(bytes(one.written))["entry"])) for one in rows}
    return None if only_repeated(entry.type, entry.n, before.order, orders) else before.order


async def _text(entry: Entry) -> Text:
    proposal = await Proposal.get(symbol=entry.topic)
    facts = read_entry(bytes(entry.written))
    version = int(str(facts["version"]))
    return Text(version, proposal.newest, proposal.stage, lasting="status" in facts)


async def _adopted(symbol: str, version: int) -> Adopted | None:
    """The newest decision that adopted this version."""
    rows = Decision.filter(
        register="own", proposal__symbol=symbol, version=version, outcome__in=list(ADOPTIONS)
    )
    found = await rows.order_by("-entry").first()
    return Adopted(found.symbol, found.entry) if found else None


async def _gone(entry: Entry) -> bool:
    return await Redaction.exists(entry=entry.n)


async def _check(order: Order, subject: Subject, record: Record) -> None:
    bodies = [str(key) for key in await Body.all().values_list("key", flat=True)]
    ordering = await _ordering(order.decision)
    if faults := faults_of_order(order, subject, await day_of(record.now), bodies, ordering):
        raise Invalid(faults)


async def _ordering(symbol: str) -> Ordering | None:
    """A decision of the register; one that came with another register is the Plenary's."""
    found = await decision_named(symbol) if symbol else None
    if found is None:
        return None
    await found.fetch_related("body")
    own = found.register == "own"
    return Ordering(
        found.outcome in ADOPTIONS, found.body.key if found.body else "plenary", found.date,
        found.entry if own else None,
    )  # fmt: skip


async def _clear(entry: Entry, mark: str) -> None:
    kept = await Payload.get_or_none(commitment=entry.payload)
    await clear(entry, read_payload(bytes(kept.content)) if kept else {}, mark)


async def _take_away(entry: Entry, order: int, mark: str) -> None:
    if await _gone(entry):
        return
    await Redaction.create(entry=entry.n, commitment=entry.payload, order=order, mark=mark)
    await Payload.filter(commitment=entry.payload).delete()
