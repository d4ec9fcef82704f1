"""The facts that the communiqué of a meeting reports, read from bodies, proposals and decisions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tortoise.expressions import Q

from plenary.bodies.days import holding
from plenary.bodies.models import Seat
from plenary.bodies.rolls import roll_today
from plenary.decisions.models import Decision
from plenary.meetings.communique import Fact, Tied
from plenary.meetings.models import Meeting, Paragraph
from plenary.meetings.outcomes import body_of, decisions, is_of, outcomes
from plenary.proposals.models import Proposal
from plenary.proposals.rules import CLOSED, Stage
from plenary.questions.models import Question
from plenary.record.entry import instant

WITH_AN_END = ("silence", "written")  # procedures that end at an instant of their own


def tied(paragraph: Paragraph) -> Tied:
    """A paragraph as the rules see it."""
    decision = paragraph.decision_id or 0
    return Tied(
        paragraph.id,
        paragraph.kind,
        paragraph.fact,
        decision,
        paragraph.proposal,
        paragraph.dropped,
    )


async def facts_of(meeting: Meeting, now: datetime, told: Sequence[Tied] = ()) -> list[Fact]:
    """In the order in which they are told. `told`: the paragraphs there are, whose facts are
    read too, wherever they went since. The meeting comes with its body."""
    declared = await outcomes(meeting, told)
    own = [decision for decision in declared if is_of(meeting, decision)]
    return [
        await _opening(meeting, now), *await decisions(declared, own),
        *await _pending(meeting, own, told), await _closing(meeting),
    ]  # fmt: skip


def local_day(at: datetime, zone: str) -> str:
    """The day at the place: 2019-11-20."""
    return at.astimezone(ZoneInfo(zone)).date().isoformat()


async def _opening(meeting: Meeting, now: datetime) -> Fact:
    """Who was seated on the last day of the meeting, or is on this one while it lasts."""
    first, last = (local_day(at, meeting.zone) for at in (meeting.begins, meeting.ends))
    day = date.fromisoformat(min(last, max(first, local_day(now, meeting.zone))))
    roll = await roll_today(meeting.body, day)
    observers = await Seat.filter(
        holding(day), body=meeting.body, delegation__kind="observer"
    ).values_list("delegation_id", flat=True)
    data = {
        "kind": "opening", **body_of(meeting.body), "place": meeting.place, "first": first,
        "last": last, "participants": len(roll), "states": roll.states,
        "observers": len(set(observers)),
    }  # fmt: skip
    return Fact("opening", data)


async def _closing(meeting: Meeting) -> Fact:
    """The record, and the next meeting of the body where one is called."""
    after = Meeting.filter(body=meeting.body, begins__gte=meeting.ends).exclude(id=meeting.id)
    following = await after.order_by("begins", "id").first()
    data: dict[str, Any] = {"kind": "closing", **body_of(meeting.body), "next": {}}
    if following is not None:
        data["next"] = {
            "name": following.names,
            "place": following.place,
            "first": local_day(following.begins, following.zone),
        }
    return Fact("closing", data)


# --- what is still on the table ---


async def _pending(meeting: Meeting, own: list[Decision], told: Sequence[Tied]) -> list[Fact]:
    """The proposals on the agenda that nothing was declared on; a draft is nobody's news yet."""
    settled = {decision.proposal.symbol for decision in own if decision.proposal}
    found: list[Fact] = []
    for proposal in await _proposals(meeting, told):
        due = proposal.symbol not in settled and _open_in(meeting, proposal)
        if due or any(paragraph.proposal == proposal.symbol for paragraph in told):
            data = await _standing(meeting, proposal)
            found.append(Fact("pending", data, proposal=proposal.symbol, due=due))
    return found


async def _proposals(meeting: Meeting, told: Sequence[Tied]) -> list[Proposal]:
    """Tabled ones, in the order of the agenda."""
    order = list(dict.fromkeys(item["proposal"] for item in meeting.agenda if item["proposal"]))
    wanted = Q(symbol__in=[paragraph.proposal for paragraph in told if paragraph.proposal] or [""])
    for address in order:
        year, _, number = address.partition("/")
        wanted |= Q(year=int(year), number=int(number))
    rows = [
        proposal for proposal in await Proposal.filter(wanted).order_by("id") if proposal.tabled
    ]
    place = {address: n for n, address in enumerate(order)}
    return sorted(
        rows, key=lambda proposal: place.get(f"{proposal.year}/{proposal.number}", len(place))
    )


def _open_in(meeting: Meeting, proposal: Proposal) -> bool:
    """Undecided, or taken back since the meeting began, which the communiqué tells."""
    withdrawn = proposal.stage == Stage.WITHDRAWN and proposal.changed >= meeting.begins
    return withdrawn or proposal.stage not in CLOSED


async def _standing(meeting: Meeting, proposal: Proposal) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": "pending", "symbol": proposal.symbol, "title": proposal.title,
        "address": f"{proposal.year}/{proposal.number}", "version": proposal.newest,
        **body_of(meeting.body), "state": "open",
    }  # fmt: skip
    if proposal.stage in CLOSED:
        return data | {"state": str(proposal.stage)}
    asked = Question.filter(proposal=proposal, closed=None, closes__isnull=False)
    question = await asked.order_by("-id").prefetch_related("body").first()
    if proposal.stage != Stage.QUESTION_PUT or question is None or question.closes is None:
        return data
    kind = str(question.procedure.get("kind", ""))
    if kind not in WITH_AN_END:
        return data
    place = question.body.place if question.body.zone == question.zone else {}
    until = {"closes": instant(question.closes), "zone": question.zone, "place": place}
    return data | {"state": kind, **until}
