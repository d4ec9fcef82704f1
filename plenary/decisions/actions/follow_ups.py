"""Say what is to be done after a decision, and report what was."""

from dataclasses import dataclass
from datetime import date

from plenary.bodies.models import Body, Delegation, Words
from plenary.bodies.reading import body_of, delegation_of
from plenary.bodies.rules import bar_to_more
from plenary.decisions import rules
from plenary.decisions.models import Decision, FollowUp, Progress
from plenary.decisions.reading import address_of, load_decision, load_follow_up, owner_of
from plenary.decisions.rules import Owner, Status, Task
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Forbidden, Invalid, refuse


@dataclass(frozen=True)
class Order:
    """What is to be done, as the secretariat enters it."""

    text: Words
    owner: Owner
    kind: Task = Task.ACTION
    clause: str = ""
    due: date | None = None  # the last day, at the seat
    key: str = ""


@once(its_receipt)
async def open_follow_up(by: str, register: str, source_id: str, order: Order) -> Receipt:
    """Add a follow-up to a decision, declared here or imported; numbered in order of entry."""
    async with act(by=by) as record:
        decision = await load_decision(register, source_id)
        made = await enter_follow_up(record, decision, order)
        path = f"/follow-up/{made.id}"
        return await record.receipt(made.entry, topic=_topic(decision), path=path)


async def enter_follow_up(record: Record, decision: Decision, order: Order) -> FollowUp:
    if record.by != "secretariat":
        raise Forbidden("not_the_secretariat")
    delegation, body = await _owned(order.owner)
    number = 1 + await FollowUp.filter(decision=decision).count()
    refuse(bar_to_more("follow_ups", number - 1))
    entry = record.append(
        "follow_up.opened",
        _topic(decision),
        decision=address_of(decision),
        follow_up=number,
        value=order.kind.value,
        owner=order.owner.actor,
        clause=order.clause,
        due=order.due.isoformat() if order.due else "",
        payload={"text": order.text},
    )
    return await FollowUp.create(
        decision=decision,
        number=number,
        kind=order.kind,
        text=order.text,
        clause=order.clause,
        delegation=delegation,
        body=body,
        due=order.due,
        status=Status.OPEN,
        at=record.now,
        changed=record.now,
        entry=entry,
    )


@dataclass(frozen=True)
class Report:
    """What an owner reports."""

    status: Status
    note: str = ""
    language: str = "en"
    key: str = ""


@once(its_receipt)
async def report_progress(by: str, id: int, report: Report) -> Receipt:
    """Report on a follow-up: its status, and what was done. Every report stays."""
    async with act(by=by) as record:
        follow_up = await load_follow_up(id)
        made = await enter_progress(record, follow_up, report)
        topic = _topic(follow_up.decision)
        path = f"/follow-up/{id}#p{made.id}"
        return await record.receipt(made.entry, topic=topic, path=path)


async def enter_progress(record: Record, follow_up: FollowUp, report: Report) -> Progress:
    states = {"now": follow_up.status, "to": report.status.value}
    refuse(rules.bar_to_report(record.by, owner_of(follow_up), **states))
    if fault := rules.fault_of_report(report.note, **states):
        raise Invalid({"note": fault})
    entry = record.append(
        "follow_up.reported",
        _topic(follow_up.decision),
        decision=address_of(follow_up.decision),
        follow_up=follow_up.number,
        value=report.status.value,
        payload={"text": report.note, "language": report.language},
    )
    await FollowUp.filter(id=follow_up.id).update(status=report.status, changed=record.now)
    return await Progress.create(
        follow_up=follow_up,
        status=report.status,
        note=report.note,
        language=report.language,
        by=record.by,
        at=record.now,
        entry=entry,
    )


async def _owned(owner: Owner) -> tuple[Delegation | None, Body | None]:
    if owner.code:
        return await delegation_of(owner.code), None
    return None, await body_of(owner.body)


def _topic(decision: Decision) -> str:
    return rules.topic_of(decision.register, decision.source_id, decision.symbol)
