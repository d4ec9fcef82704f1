"""What stands beside the sample's decision, who is in its room, and the draft communiqué."""

from datetime import timedelta
from typing import Any

from plenary.bodies.actions.attendance import enter_presence
from plenary.bodies.days import day_of
from plenary.bodies.models import Delegation
from plenary.decisions.actions import statements
from plenary.decisions.actions.follow_ups import Order, enter_follow_up
from plenary.decisions.models import Decision, Statement
from plenary.decisions.rules import Owner, StatementKind
from plenary.meetings.actions.communique import enter_communique
from plenary.meetings.models import Meeting
from plenary.meetings.pages.sentences import say
from plenary.proposals.models import Proposal, Version
from plenary.proposals.reading import clauses_of
from plenary.record.act import Record
from plenary.sample.events import Event
from plenary.sample.files import toml


def beside_events(meeting: dict[str, Any]) -> list[Event]:
    """After the texts and the gavel: the room, statements, what is to be done, a draft."""
    data, slug, now = toml("beside.toml"), meeting["key"], meeting["now"]
    found = [Event(data["room"]["at"], "secretariat", _entering(data["room"], slug))]
    for statement in data["statements"]:
        found.append(Event(statement["at"], f"delegation:{statement['by']}", _stating(statement)))
        for language in statement["text"].keys() - {statement["language"]}:
            later = statement["at"] + timedelta(minutes=9)
            found.append(Event(later, "secretariat", _translating(statement, language)))
    found += [
        Event(follow_up["at"], "secretariat", _ordering(follow_up))
        for follow_up in data["follow_ups"]
    ]
    return [*found, Event(now - timedelta(minutes=2), "secretariat", _drafting(slug))]


def _entering(room: dict[str, Any], slug: str) -> Any:
    async def happens(record: Record) -> None:
        seated = Delegation.filter(seats__body__key="plenary").order_by("code")
        codes = await seated.values_list("code", flat=True)
        here = [str(code) for code in codes if code not in room["absent"]]
        await enter_presence(record, "plenary", slug, here)

    return happens


def _stating(statement: dict[str, Any]) -> Any:
    async def happens(record: Record) -> None:
        decision = await _decision()
        draft = statements.Draft(
            StatementKind(statement["kind"]),
            statement["text"][statement["language"]],
            statement["language"],
            await _clause(decision, statement["clause"]),
        )
        await statements.enter_statement(record, decision, draft)

    return happens


def _translating(statement: dict[str, Any], language: str) -> Any:
    async def happens(record: Record) -> None:
        decision = await _decision()
        made = await Statement.get(decision=decision, delegation__code=statement["by"])
        await statements.enter_translation(
            record, decision, made.number, text=statement["text"][language], language=language
        )

    return happens


def _ordering(follow_up: dict[str, Any]) -> Any:
    async def happens(record: Record) -> None:
        decision = await _decision()
        due = await day_of(record.now) + timedelta(days=follow_up["days"])
        order = Order(
            text=follow_up["text"],
            owner=Owner(body=follow_up["body"]),
            due=due,
            clause=await _clause(decision, follow_up["clause"]),
        )
        await enter_follow_up(record, decision, order)

    return happens


def _drafting(slug: str) -> Any:
    async def happens(record: Record) -> None:
        meeting = await Meeting.get(slug=slug).prefetch_related("body")
        await enter_communique(record, meeting, say)

    return happens


async def _decision() -> Decision:
    """The one decision of the sample, with what its statements ask of it."""
    return await Decision.get(register="own").prefetch_related("proposal", "question", "body")


async def _clause(decision: Decision, number: str) -> str:
    """The key of the clause that the file names by its number: p5, or nothing."""
    proposal = await Proposal.get(decisions=decision.id)
    version = await Version.get(proposal=proposal, number=decision.version)
    found = {
        f"p{clause.number}": clause.key for clause in await clauses_of(version) if clause.number
    }
    return found.get(number, "")
