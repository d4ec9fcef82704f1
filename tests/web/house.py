"""A whole house for walking through every page: each role, and a proposal in each state of life."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from starlette.routing import Route

from plenary.app import PAGES
from plenary.bodies.actions.access import Refusal, report_access
from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.appeals import appeal
from plenary.bodies.actions.attendance import arrive
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.holidays import set_holidays
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import seat
from plenary.bodies.powers import Role
from plenary.bodies.rules import Room
from plenary.decisions.actions.follow_ups import Order, open_follow_up
from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.models import Decision
from plenary.decisions.rules import Owner, StatementKind
from plenary.meetings.actions.calling import call_meeting
from plenary.meetings.actions.communique import draft_communique
from plenary.meetings.pages.sentences import say
from plenary.record.models import Entry, Receipt
from tests.founded import laid_once
from tests.world import ALD, BEL, CHAIR, DEL, SEAT, SECRETARIAT, TEXT, World, found_world

SINCE = date.fromisoformat(SEAT)
GROUP = "chair:monitoring"
WHO = {
    Role.PUBLIC: "",
    Role.OBSERVER: "head.del@example.org",
    Role.DELEGATE: "delegate.ald@example.org",
    Role.HEAD: "head.ald@example.org",
    Role.GROUP_CHAIR: "chair.monitoring@example.org",
    Role.CHAIR: "chair@example.org",
    Role.SECRETARIAT: "secretariat@example.org",
}


@dataclass
class House:
    """P.1 is before the Plenary with a question; 2 decided, 3 Aldoria's draft, 4 withdrawn,
    5 before the group, 6 before the Plenary without a question, 7 under a silence procedure,
    8 under a recorded vote, with an answer entered for Aldoria, and one stated on its behalf, 9 was
    tabled with a comment that Aldoria made on its draft, 10 has two authors, one who asks to join,
    and a Chair's text, 11 was handed in for Aldoria."""

    world: World
    decision: str
    receipt: str
    entries: int
    facts: dict[str, Any] = field(default_factory=dict)

    def path(self, route: Route, number: int = 1) -> str:
        """An address of a route at which something stands."""
        known = {
            "year": 2019, "number": number, "version": 1, "old": 1, "new": 2, "n": 5, "id": 1,
            "slug": "delmonia" if "observers" in route.path else "aldoria", "key": "monitoring",
            "procedure": "vote", "published": "kp_consensus",
            "entry": self.facts["kept"],
            "k": 1, "code": self.receipt, "token": "no-such-token", "register": "own",
            "source_id": self.decision, "symbol": "KP/2019/P.1",
        }  # fmt: skip
        if "/sponsors/" in route.path:
            known["code"] = "COR"
        if route.name == "removal":
            known["n"] = self.facts["comment"]
        if route.path.startswith("/measures/"):
            known["n"] = self.facts["measure"]
        if route.path.startswith("/meetings/"):
            known["slug"] = "autumn"
        if route.path.startswith("/decisions/"):
            known["number"] = self.decision.partition("/")[2]
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: str(known[m[1]]), route.path)


def routes(method: str) -> list[Route]:
    return [route for route in PAGES if method in (route.methods or ())]


async def build() -> House:
    """The same for every test that asks for it within a minute: see tests/founded.py."""
    return await laid_once("house", _build)


async def _build() -> House:
    world = await found_world()
    await _people()
    for code in ("ALD", "BEL"):
        await seat(SECRETARIAT, "monitoring", code, "member", since=SINCE)
    await world.comment("BEL", clause=await world.clause(1))
    await world.put()
    await world.object("COR")
    receipt = await world.state("BEL", "reservation")
    await world.revise()
    await world.object("COR")
    await world.hear("DEL", "object")
    decided = await world.table_proposal()
    await decided.put()
    await decided.state("ALD")
    decision = await decided.declare()
    await state_beside(
        BEL, decision.source_id, Draft(StatementKind.INTERPRETATIVE, "As we read it.")
    )
    await open_follow_up(
        SECRETARIAT, "own", decision.source_id, Order({"en": "Report."}, Owner(code="ALD"))
    )
    await world.table_proposal(draft=True, shown=(SECRETARIAT,))
    withdrawn = await world.table_proposal(by=BEL)
    await withdrawn.withdraw(by=BEL)
    await world.table_proposal(by=GROUP, body="monitoring")
    await world.table_proposal(TEXT, by="delegation:ALD")
    silent = await world.table_proposal()
    await silent.put(procedure="silence")
    vote = await world.table_proposal()
    await vote.put(procedure="vote")
    await vote.from_the_room("ALD", "no")
    await vote.on_behalf("BEL", ["ALD"], "yes")
    draft = await world.table_proposal(by=BEL, draft=True, shown=(ALD,))
    kept = await draft.comment("ALD", "Seals cost.")
    await draft.table(by=BEL)
    await _names(world)
    begins = datetime.now(UTC) - timedelta(hours=1)
    await call_meeting(
        SECRETARIAT,
        slug="autumn",
        names={"en": "Autumn session"},
        body="plenary",
        place={"en": "Geneva"},
        zone="Europe/Zurich",
        begins=begins,
        ends=begins + timedelta(days=3),
        agenda=[{"item": "1", "title": {"en": "Seals"}, "proposal": 1}],
    )
    await _in_the_room(begins)
    await draft_communique(SECRETARIAT, "autumn", say)
    made = await Entry.get(type="comment.made", topic=world.symbol)
    refused = await report_access(SECRETARIAT, Refusal("DEL", "visa", "host", SINCE, "Too late."))
    await appeal(DEL, refused, "We asked in May.")
    facts = {"comment": made.n, "kept": kept.entry, "measure": refused}
    return House(world, decision.source_id, receipt.code, await Receipt.all().count(), facts)


async def _names(world: World) -> None:
    """Belmark is an author too, Corvania asks to sponsor; and a Chair's text came since."""
    text = await world.table_proposal()
    await text.join("BEL", role="author")
    await text.revise(by=CHAIR)
    await text.ask("COR")
    await world.hand_in("ALD")


async def _in_the_room(begins: datetime) -> None:
    """Belmark and Delmonia are there; the calendar of the Plenary has a day."""
    room = Room("plenary", "autumn", begins, begins + timedelta(days=4))
    await arrive(SECRETARIAT, room, ["BEL", "DEL"])
    await set_holidays(SECRETARIAT, "plenary", {date(2030, 5, 1): {"en": "Labour Day"}})


async def _people() -> None:
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Working Group on Monitoring"})
    await appoint(
        SECRETARIAT,
        "monitoring",
        "chair",
        email=WHO[Role.GROUP_CHAIR],
        name="Group chair",
        since=SINCE,
    )
    await accredit(
        SECRETARIAT, "ALD", WHO[Role.DELEGATE], "Delegate (Aldoria)", "delegate", since=SINCE
    )


async def decisions() -> int:
    return await Decision.all().count()
