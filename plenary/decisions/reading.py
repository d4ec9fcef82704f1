"""A decision and what stands beside it, as they are read: by a name, by an address, by a number."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from plenary.bodies.models import Body
from plenary.bodies.reading import path_of as symbol_path
from plenary.bodies.rules import Authority
from plenary.decisions.models import Decision, FollowUp, Statement
from plenary.decisions.rules import GROUPS, OWN, Owner
from plenary.procedures.terms import terms_of
from plenary.proposals.models import Proposal, Version
from plenary.questions.models import Position, Question, RollCall, TimeAsked, View
from plenary.questions.reading import version_of
from plenary.questions.rules import ADOPTIONS
from plenary.record.remembered import remembered
from plenary.refusal import Missing

SPEAKERS = ("participant", "observer")  # whose statements are heard beside a decision
LONGEST_REGISTER = 40  # characters


@remembered()
async def decisions_on(proposal: Proposal) -> Sequence[Decision]:
    """What was decided on it, and what groups agreed, the newest first."""
    rows = Decision.filter(proposal=proposal).order_by("-id")
    return await rows.select_related("body")


async def load_decision(register: str, source_id: str) -> Decision:
    """The decision; in an act, locked by the head that the door has locked."""
    found = (
        await registered()
        .get_or_none(register=register, source_id=source_id)
        .prefetch_related("body", "question", "proposal")
    )
    if found is None:
        raise Missing("unknown_decision", id=source_id)
    return found


def path_of(decision: Decision) -> str:
    return decision.path


def address_of(decision: Decision) -> str:
    """Which decision an entry is about, whatever its symbol: own/2019/1, kp/2003-04-30-…"""
    return f"{decision.register}/{decision.source_id}"


def stances_of(decision: Decision) -> tuple[str, ...]:
    """What could be answered to the question that was decided; it comes with the row."""
    return terms_of(decision.question.procedure).answers if decision.question else ()


async def on_roll(decision: Decision, code: str) -> bool:
    """Whether a delegation was on the roll of the question that was decided."""
    return await RollCall.filter(question=decision.question, delegation__code=code).exists()


async def statement_of(decision: Decision, number: int) -> Statement:
    made = await Statement.get_or_none(decision=decision, number=number).prefetch_related(
        "delegation"
    )
    if made is None:
        raise Missing("unknown_statement", n=number)
    return made


def registered() -> QuerySet[Decision]:
    """The decisions of all registers: what a group agreed or reported is in none."""
    return Decision.exclude(register=GROUPS)


async def decision_named(name: str) -> Decision | None:
    """A decision by its symbol, or by its address in the register: kp/2012-11-30-…, 2019/1."""
    address = name.removeprefix("/decisions/")
    register, _, source_id = address.partition("/")
    ways = Q(symbol=name) | Q(register=OWN, source_id=address)
    if len(register) <= LONGEST_REGISTER:
        ways |= Q(register=register, source_id=source_id)
    return await registered().filter(ways).order_by("id").first()


async def authority_named(name: str) -> Authority | None:
    """The same as an act cites it, however its symbol is typed; adopted or not."""
    found = await decision_named(name)
    if found is None and (path := await symbol_path(name)):
        found = await decision_named(path)
    if found is None:
        return None
    body = await Body.get_or_none(id=found.body_id) if found.body_id else None
    proposal = await Proposal.get_or_none(id=found.proposal_id) if found.proposal_id else None
    return Authority(
        symbol=found.symbol,
        address=address_of(found),
        path=path_of(found),
        adopted=found.outcome in ADOPTIONS,
        date=found.date,
        body=body.key if body else "",
        party=proposal.party if proposal else "",
    )


async def any_question_put() -> bool:
    """Whether anything was ever put to decide, in any body."""
    return await Question.exists()


@dataclass(frozen=True)
class Sight:
    """What lay before the Chair: the text, and a digest of its title and of who stood where."""

    version: int
    fingerprint: str
    seen: str


async def sight_of(question: Question, proposal: Proposal) -> Sight:
    """What there is to see now: whatever is said, heard or written next makes it another."""
    version = await Version.get(proposal=proposal, number=version_of(question, proposal))
    marks = [json.dumps(proposal.title, sort_keys=True), question.entry, question.ending]
    for ledger in (Position, View):
        rows = ledger.filter(question__proposal_id=proposal.id, current=True).order_by("entry")
        marks += await rows.values_list("entry", flat=True)
    time = TimeAsked.filter(question=question).order_by("entry")
    marks += await time.values_list("entry", flat=True)
    seen = sha256("\n".join(map(str, marks)).encode()).hexdigest()[:32]
    return Sight(version.number, version.fingerprint, seen)


async def load_follow_up(id: int) -> FollowUp:
    found = await FollowUp.get_or_none(id=id).prefetch_related(
        "decision__proposal", "delegation", "body"
    )
    if found is None:
        raise Missing("unknown_follow_up", n=id)
    return found


def owner_of(follow_up: FollowUp) -> Owner:
    """Who owes it; the delegation and the body come with the row."""
    if follow_up.delegation:
        return Owner(follow_up.delegation.code)
    return Owner(body=follow_up.body.key)  # type: ignore[union-attr]
