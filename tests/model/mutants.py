"""The program with one promise taken out, in this process and for as long as the context lasts.

Each is what a careless change might do. The histories must find every one: see README.md.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

from tortoise.expressions import Q

from plenary import clock
from plenary.bodies.actions import measures, standings
from plenary.bodies.measures import Footing
from plenary.bodies.models import Body
from plenary.bodies.rolls import roll_today
from plenary.bodies.rules import Roll
from plenary.decisions.actions import closing, declaring
from plenary.procedures import rules as procedures
from plenary.proposals.models import Proposal
from plenary.questions import bars, reading, rules
from plenary.questions.actions import answering, asking, shared, windows
from plenary.questions.models import Question
from plenary.questions.rules import Carries
from plenary.record import act
from plenary.record.models import Head

Put = tuple[object, str, object]  # where, which name, what is put in its place


def _with(*changes: Put) -> Callable[[], Any]:
    @contextmanager
    def put_in_place() -> Iterator[None]:
        with ExitStack() as stack:
            for where, name, what in changes:
                stack.enter_context(patch.object(where, name, what))
            yield

    return put_in_place


def _over_after(closes: datetime, now: datetime) -> bool:
    return now > closes


async def _due_after(now: datetime) -> list[Question]:
    return [due for due in await _due(now) if due.closes and due.closes < now]


async def _due_again(now: datetime) -> list[Question]:
    rows = Question.filter(closes__lte=now, decision=None).order_by("closes", "id")
    return await rows.prefetch_related("proposal__body")


async def _due_as_put(now: datetime) -> list[Question]:
    return sorted(await _due(now), key=lambda due: due.id)


async def _carries(*_: object) -> Carries:
    return Carries()


async def _roll_now(question: Question) -> Roll:
    body = await Body.get(key="plenary")
    return await roll_today(body, clock.now().date())


async def _let_go(record: act.Record, proposal: Proposal, to: Any, **_: bool) -> None:
    await _stage(record, proposal, to)


async def _nothing(*_: object, **__: object) -> None:
    return None


def _any_version(
    roll: Roll, positions: rules.Positions, version: int
) -> dict[str, rules.CurrentAnswer]:
    return {c: positions[c] for c in sorted(roll.participating) if c in positions}


def _own_clock(self: act.Record, by: str, head: Head) -> None:
    _record(self, by, head)
    self.now = clock.now()


async def _founded(*_: object) -> Footing:
    return Footing()


async def _only_here(question: Question) -> dict[str, rules.CurrentAnswer]:
    here, nowhere = Q(question_id=question.id), Q(question_id=0)
    return await reading._positions(here, nowhere, reading.kin(question))


def _unclosed(question: Question, proposal: Proposal, at: datetime | None = None) -> bool:
    return question.closed is None


_due, _stage, _record = closing._due, asking.stage, act.Record.__init__

MUTANTS: dict[str, Callable[[], Any]] = {
    # Open at the closing instant itself: `>` for `>=`.
    "instant": _with((shared, "over", _over_after), (closing, "_due", _due_after)),
    # The same, but what the clock decides is written down in time: only pages say otherwise.
    "page": _with((shared, "over", _over_after)),
    # What came late is taken as a position.
    "late": _with(
        (answering, "came_late", lambda _: False), (answering, "is_open", lambda *_: True)
    ),
    # The closing instant adopts over an objection, and without the supports.
    "objection": _with((closing, "standing_of", _carries)),
    # The Chair may declare anything.
    "gavel": _with((bars, "bar_to_declare", lambda *_, **__: None)),
    # A rule is asked with the roll of today.
    "roll": _with((shared, "roll_of", _roll_now)),
    # A new text may be issued under a silence.
    "hold": _with((asking, "stage", _let_go)),
    # A worker closes what is closed already.
    "twice": _with((closing, "_due", _due_again)),
    # Two that ran out while nobody looked are written down in another order.
    "order": _with((closing, "_due", _due_as_put)),
    # A silence goes on over an objection.
    "break": _with((answering, "break_silence", _nothing)),
    # The Chair extends as often as it likes, to any instant.
    "extension": _with((windows, "bar_to_extend", lambda *_: None)),
    # A window is extended after its proposal was withdrawn (this one was true until it was found).
    "withdrawn": _with((windows, "is_open", _unclosed)),
    # Positions on an older text count.
    "text": _with((rules, "live", _any_version)),
    # The same text put again has lost its objections.
    "again": _with((reading, "positions_of", _only_here)),
    # What is open in a text, and who has not read it, bars no gavel.
    "unread": _with((declaring, "bar_to_adopt", lambda *_, **__: None)),
    # A suspension rests on nothing.
    "ground": _with((standings, "footing_for", _founded)),
    # An office alone suspends for as long as it likes.
    "interim": _with((measures, "bar_to_interim", lambda *_: None)),
    # Nobody is given the time that the service was away.
    "outage": _with((closing, "after_outage", lambda *_: None)),
    # Acts are not preceded by what the clock has decided.
    "first": _with((act, "_first", [()])),
    # The same form sent twice is two acts.
    "form": _with((act.Record, "already", _nothing)),
    # A slow clock dates an entry before the one it follows.
    "clock": _with((act.Record, "__init__", _own_clock)),
    # Abstentions count among the votes cast.
    "abstention": _with(
        (procedures, "BASES", procedures.BASES | {"cast": {"answers": ["yes", "no", "abstain"]}})
    ),
}
