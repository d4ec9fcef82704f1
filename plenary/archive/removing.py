"""Remove words by an order on the record. Who, what, when and how it counted stay: an entry, its
leaf, the root and every outcome are as they were."""

from dataclasses import dataclass
from datetime import date

from plenary.archive.copies import COPIES, KEPT, clear
from plenary.archive.families import family_of
from plenary.archive.quoting import REPEATING, cover, quotes_of, says_again
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.decisions.actions import decision_named
from plenary.decisions.rules import ADOPTIONS
from plenary.proposals.models import Proposal
from plenary.proposals.rules import Stage
from plenary.record.act import Record, act, its_entry, once
from plenary.record.entry import read_entry, read_payload
from plenary.record.models import Entry, Payload, Redaction
from plenary.refusal import Fault, Invalid, Missing, Refused
from plenary.texts.removed import GROUNDS, Mark

OFFICES = ("chair", "body", "court")
TEXTS = ("version.issued", "translation.issued")


@dataclass(frozen=True)
class Order:
    """Who ordered that words go, when, on what ground; and the reason in words."""

    office: str  # chair, body, court
    body: str  # whose chair, or which body
    ground: str
    reason: str
    language: str
    day: date
    decision: str = ""  # by which the body ordered it

    @property
    def by(self) -> str:
        return self.office if self.office == "court" else f"{self.office}:{self.body}"


@once(its_entry)
async def remove_words(by: str, n: int, order: Order, *, key: str = "") -> int:
    """Take away the payload of an entry, and of those that hold the same words; the order's
    number."""
    async with act(by=by) as record:
        entry = await removable(n)
        await _check(order, record)
        family = [one for one in await family_of(entry) if not await _gone(one)] or [entry]
        if await says_again(order.reason, family):
            raise Invalid({"reason": Fault("repeats_the_words")})
        quotes = await quotes_of(family)
        beside = [one for one in quotes.entries if not await _gone(one)]
        number = record.append(
            "payload.redacted", entry.topic, entry=n, count=len(family) + len(beside),
            office=order.by, ground=order.ground, since=order.day.isoformat(),
            decision=order.decision, veil=entry.veil,
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


async def removable(n: int) -> Entry:
    """An entry whose words can be removed; Refused where there are none, or none any more."""
    entry = await Entry.get_or_none(n=n)
    if entry is None:
        raise Missing("unknown_entry", n=n)
    before = await Redaction.get_or_none(entry=n)
    if before and not await _repeated_only(entry, before):
        raise Refused("words_removed", n=n, order=before.order)
    if entry.type in KEPT:
        raise Refused("outcome_rests_on_it", n=n)
    if not entry.payload or entry.type not in COPIES:
        raise Refused("no_words_to_remove", n=n)
    if await _is_asked_about(entry):
        raise Refused("text_is_asked_about", n=n)
    return entry


async def _is_asked_about(entry: Entry) -> bool:
    """Whether it is the text of a question that runs: a gavel or a clock falls on no text that
    nobody can read, and without its words its brackets are open no more."""
    if entry.type not in TEXTS:
        return False
    proposal = await Proposal.get(symbol=entry.topic)
    facts = read_entry(bytes(entry.written))
    in_use = facts["version"] == proposal.newest or "status" in facts  # an authentic one is lasting
    return proposal.stage == Stage.QUESTION_PUT and in_use


async def _gone(entry: Entry) -> bool:
    return await Redaction.exists(entry=entry.n)


async def _check(order: Order, record: Record) -> None:
    faults = {}
    if order.office not in OFFICES:
        faults["office"] = Fault("unknown_choice", value=order.office)
    if order.ground not in GROUNDS:
        faults["ground"] = Fault("unknown_choice", value=order.ground)
    if order.office != "court" and not await Body.exists(key=order.body):
        faults["body"] = Fault("unknown_choice", value=order.body)
    if order.day > await day_of(record.now):
        faults["day"] = Fault("day_to_come")
    if order.office == "body" and not await _decided(order.decision):
        faults["decision"] = Fault("unknown_decision", value=order.decision)
    if faults:
        raise Invalid(faults)


async def _decided(symbol: str) -> bool:
    """A body orders by a decision of the register that was adopted."""
    found = await decision_named(symbol) if symbol else None
    return found is not None and found.outcome in ADOPTIONS


async def _repeated_only(entry: Entry, before: Redaction) -> bool:
    """Whether its payload went for what it repeats of another: its own words still stand."""
    if entry.type not in REPEATING:
        return False
    orders = await Entry.filter(type="payload.redacted")
    told = [(one.n, read_entry(bytes(one.written))["entry"]) for one in orders]
    return entry.n not in [n for _, n in told] and before.order in [at for at, _ in told]


async def _clear(entry: Entry, mark: str) -> None:
    kept = await Payload.get_or_none(commitment=entry.payload)
    await clear(entry, read_payload(bytes(kept.content)) if kept else {}, mark)


async def _take_away(entry: Entry, order: int, mark: str) -> None:
    if await _gone(entry):
        return
    await Redaction.create(entry=entry.n, commitment=entry.payload, order=order, mark=mark)
    await Payload.filter(commitment=entry.payload).delete()
