"""What the clock decides: a window that ran out, a silence that was broken, a time of outage.

Whoever opens the door first writes it down, before anything else, once.
"""

from datetime import datetime, timedelta
from typing import Any

from plenary import clock
from plenary.db.prepared import Prepared
from plenary.decisions.actions.declaring import Declaration, settle
from plenary.decisions.actions.timekeeping import clock_doubt, confirming, reading
from plenary.decisions.models import Interruption, Pulse
from plenary.decisions.timekeeping import Doubt
from plenary.procedures.deadlines import after_outage
from plenary.proposals.models import Proposal
from plenary.proposals.rules import Stage, stage_before
from plenary.questions.actions.shared import end, stage
from plenary.questions.actions.windows import move
from plenary.questions.clearance import bar_to_adopt
from plenary.questions.models import Question
from plenary.questions.reading import clearance_of, standing_of, terms
from plenary.questions.rules import Carries, Ended, Outcome
from plenary.record.act import Record, act, door
from plenary.record.entry import instant
from plenary.record.models import Head
from plenary.refusal import Refused

BEAT = 15.0  # seconds between two signs of life
SILENT = timedelta(seconds=4 * BEAT)  # without one for so long, the service was interrupted


async def write_down(record: Record) -> None:
    """Close on the record whatever has run out by its clock, in the order in which it did."""
    due = await _due(record.now)
    if due:
        await note_interruption(record)
        for question in await _due(record.now):
            await _close(record, question)


@door
async def close_due() -> int:
    """The same as an act of its own, for the worker; how many there were."""
    if not (due := len(await _due(clock.now()))):
        return 0
    async with act(by="system"):
        pass  # the door writes them down as it opens
    return due


@door
async def beat() -> None:
    """A sign of life. The first one after a gap puts the interruption on the record."""
    if await clock_doubt():
        return  # a false time is no sign of life
    pulse, now = await Pulse.get_or_none(id=1), sign()
    if pulse is None:
        await Pulse.get_or_create(id=1, defaults=now)
        return
    if now["at"] - pulse.at >= SILENT:
        async with act(by="system") as record:
            await note_interruption(record)
    await Pulse.filter(id=1, at__lt=now["at"]).update(**now)


@door
async def confirm_clock() -> int | None:
    """An operator says that the clock is right; the entry of it, or None where nobody doubts it.

    What the service did not live through counts as an interruption, by the rule of each question.
    """
    why = await clock_doubt()
    if why is None:
        return None
    if why == Doubt.BEHIND_RECORD:
        raise Refused("clock_behind_record", head=(await Head.get(id=1)).at)
    told: list[int] = []
    token = confirming.set(told)
    try:
        async with act(by="system") as record:  # the door puts it down as it opens
            await note_interruption(record)
            await Pulse.filter(id=1).update(**sign())
    finally:
        confirming.reset(token)
    return told[0]


def sign() -> dict[str, Any]:
    """A sign of life as it is kept."""
    now = reading()
    return {"at": now.at, "boot": now.boot, "ticks": now.ticks}


async def note_interruption(record: Record) -> None:
    """Where no process gave a sign of life, nobody could object: extend what the rule extends."""
    pulse = await Pulse.get_or_none(id=1)
    if pulse is None or record.now - pulse.at < SILENT:
        return
    began, ended = pulse.at, record.now
    await Pulse.filter(id=1).update(**sign() | {"at": ended})
    running = Question.filter(closed=None, closes__gt=began).order_by("id")
    under_way = await running.prefetch_related("proposal__body")
    moved = [(question, to) for question in under_way if (to := _moved(question, began, ended))]
    if not moved:
        return
    with record.signed("system"):
        entry = record.append(
            "service.interrupted", "plenary", began=instant(began), ended=instant(ended)
        )
        await Interruption.create(began=began, ended=ended, entry=entry)
        for question, to in moved:
            await move(record, question.proposal, question, to, "outage")


def _moved(question: Question, began: datetime, ended: datetime) -> datetime | None:
    rule = terms(question).outage
    if not rule or question.closes is None or question.proposal.stage != Stage.QUESTION_PUT:
        return None
    return after_outage(question.closes, max(began, question.opens), ended, rule)


async def _due(now: datetime) -> list[Question]:
    due = await _DUE.all(now)
    if due:  # else there is nothing to fetch for: asked at every act, and nearly always empty
        await Question.fetch_for_list(due, "proposal__body")
    return due


_DUE = Prepared(lambda now: Question.filter(closed=None, closes__lte=now).order_by("closes", "id"))


async def _close(record: Record, question: Question) -> None:
    """At the instant itself: adopted where the clock decides and the rule is met."""
    proposal: Proposal = question.proposal
    question.closed = at = _instant(question)
    version = proposal.newest
    if proposal.stage != Stage.QUESTION_PUT:  # withdrawn meanwhile
        await end(question, Ended.WITHDRAWN, at=at, entry=None, version=version)
        return
    standing = await standing_of(question, version, at)
    barred = bar_to_adopt(await clearance_of(question, proposal, version, at), at)
    adopted = isinstance(standing, Carries) and not barred
    with record.signed("system"):
        # What the Chair is yet to declare is not told here: whether it carries is a count.
        came_to = barred.reason if barred and isinstance(standing, Carries) else standing.name
        found: dict[str, Any] = {"standing": came_to} if terms(question).by_clock else {}
        entry = record.append(
            "question.closed",
            proposal.symbol,
            question=question.entry,
            closes=instant(at),
            **found,
        )
        await end(question, Ended.RAN_OUT, at=at, entry=entry, version=version)
        if not terms(question).by_clock:  # the Chair declares; until then the text stays as it is
            await stage(record, proposal, Stage.QUESTION_PUT, held=True)
        elif adopted and isinstance(standing, Carries):
            await settle(record, proposal, question, Declaration(_carried(standing, question)))
        else:
            await stage(record, proposal, stage_before(proposal.body.key))


def _carried(standing: Carries, question: Question) -> Outcome:
    if not question.decides:
        return Outcome.AGREED
    return Outcome.ADOPTED_AD_REFERENDUM if standing.ad_referendum else Outcome.ADOPTED


def _instant(question: Question) -> datetime:
    assert question.closes is not None
    return question.closes
