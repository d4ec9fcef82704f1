"""A house where everything is many: of each kind of thing so many that no list holds them on one
page, each with a word of its own (`comment017`)."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from plenary import clock
from plenary.bodies.actions.accreditations import enter_accreditation
from plenary.bodies.actions.admissions import Admission, enter_delegation
from plenary.bodies.actions.chambers import enter_body
from plenary.bodies.actions.holidays import enter_holidays
from plenary.bodies.actions.seats import enter_seat
from plenary.bodies.measures import Basis
from plenary.decisions.actions.follow_ups import Order, enter_follow_up
from plenary.decisions.actions.statements import Draft, Note, enter_correction, enter_statement
from plenary.decisions.models import Decision, FollowUp
from plenary.decisions.rules import CorrectionMatter, Owner, StatementKind
from plenary.meetings.actions.calling import enter_meeting
from plenary.notices.models import Notice
from plenary.people.actions import open_session
from plenary.people.models import Person
from plenary.proposals.actions.comments import Remark, enter_comment
from plenary.proposals.actions.moves import Tabled, enter_proposal
from plenary.questions.actions.asking import Put, enter_question
from plenary.record.act import act, door
from plenary.record.models import Entry, Receipt
from plenary.registers.actions import import_register
from tests.registers.registers import register
from tests.world import ALD, BEL, CHAIR, SEAT, SECRETARIAT, TEXT, World, found_world

CITED = Basis("2019/1")  # on which whoever is admitted and seated after the first question rests
MANY = 120
SINCE = date.fromisoformat(SEAT)


@dataclass
class Long:
    """What stands in it: by kind, the words that each of that kind is known by."""

    world: World
    decision: Decision
    words: dict[str, frozenset[str]] = field(default_factory=dict)


def named(kind: str) -> list[str]:
    return [f"{kind}{n:03}" for n in range(1, MANY + 1)]


KINDS = ("proposal", "comment", "statement", "correction", "task", "meeting", "country", "guest",
         "body", "person", "holiday", "past", "clause")  # fmt: skip


async def build() -> Long:
    world = await found_world()
    decided = await world.table_proposal()
    await decided.put()
    decision = await decided.declare()
    await _proposals()
    await _said(world, decision)
    await _followed(decision)
    await _seated()
    await _past()
    await world.put()  # to all of them
    long = Long(world, decision, {kind: frozenset(named(kind)) for kind in KINDS})
    done = await Entry.filter(actor=BEL).values_list("n", flat=True)
    codes = await Receipt.filter(entry__in=[*done]).values_list("code", flat=True)
    long.words["receipt"] = frozenset(map(str, codes))
    return long


@door
async def _proposals() -> None:
    """Each with a question; one whose every paragraph is found."""
    sense = {"en": "Stones are sealed."}
    async with act(by=ALD) as record:
        made = [
            await enter_proposal(
                record,
                Tabled({"en": f"On {word}"}, sense, "trade", "plenary", "en", TEXT),
                draft=False,
            )
            for word in named("proposal")
        ]
        lines = [f"{n}. Decides on {word}." for n, word in enumerate(named("clause"), 1)]
        text = "\n".join(["The Plenary,", "", *lines, ""])
        whole = Tabled({"en": "Long"}, sense, "trade", "plenary", "en", text)
        await enter_proposal(record, whole, draft=False)
    async with act(by=CHAIR) as record:
        closes = clock.now() + timedelta(days=30)
        for proposal in made:
            await proposal.fetch_related("body")
            await enter_question(record, proposal, Put(1, "silence", closes=closes))


@door
async def _said(world: World, decision: Decision) -> None:
    async with act(by=BEL) as record:
        proposal = await world.proposal()
        for word in named("comment"):
            await enter_comment(record, proposal, Remark(text=f"On {word}.", language="en"))
        for word in named("statement"):
            await enter_statement(
                record, decision, Draft(StatementKind.INTERPRETATIVE, f"On {word}.")
            )


@door
async def _followed(decision: Decision) -> None:
    """What is owed, with a notice of each to the secretariat, and what was corrected."""
    async with act(by=SECRETARIAT) as record:
        owner = Owner(code="BEL")
        for word in named("task"):
            order = Order({"en": f"See to {word}."}, owner, due=SINCE + timedelta(days=9_000))
            await enter_follow_up(record, decision, order)
        for word in named("correction"):
            await enter_correction(record, decision, Note(CorrectionMatter.CLERICAL, f"On {word}."))
    person, now = await Person.get(email="secretariat@example.org"), clock.now()
    await Notice.bulk_create(
        [
            Notice(
                follow_up=follow_up,
                person=person,
                key=f"task:{follow_up.id}",
                name="follow_up_opened",
                due=now,
                queued=now,
                again=now,
            )
            for follow_up in await FollowUp.all().order_by("id")
        ]
    )


@door
async def _seated() -> None:
    async with act(by=SECRETARIAT) as record:
        for n, word in enumerate(named("country"), 1):
            names = {"en": f"The {word}"}
            admission = Admission(
                f"S{n:03}",
                word,
                names=names,
                since=SINCE,
                kind="participant",
                decision=CITED.decision,
            )
            await enter_delegation(record, admission)
            await enter_seat(record, "plenary", admission.code, "member", since=SINCE, basis=CITED)
        for n, word in enumerate(named("guest"), 1):
            admission = Admission(
                f"G{n:03}",
                word,
                names={"en": f"The {word}"},
                since=SINCE,
                kind="observer",
                constituency="industry",
                decision=CITED.decision,
            )
            await enter_delegation(record, admission)
            code = admission.code
            await enter_seat(record, "plenary", code, "observer", since=SINCE, basis=CITED)
        for n, word in enumerate(named("body"), 1):
            names = {"en": f"Group on {word}"}
            await enter_body(record, word, f"B{n:03}", names, parent="plenary")
        for word in named("person"):
            email = f"{word}@example.org"
            await enter_accreditation(record, "BEL", email, word, "delegate", since=SINCE)
        begins = datetime(2031, 1, 1, 9, tzinfo=UTC)
        for n, word in enumerate(named("meeting")):
            await enter_meeting(
                record,
                slug=word,
                names={"en": f"The {word}"},
                body="plenary",
                place={"en": "Geneva"},
                zone="Europe/Zurich",
                begins=begins + timedelta(days=n),
                ends=begins + timedelta(days=n, hours=8),
            )
        days = [date(2031, 1, 1) + timedelta(days=n) for n in range(MANY)]
        of_rest = [{"en": f"Day of {word}"} for word in named("holiday")]
        for half in (slice(MANY // 2), slice(MANY // 2, MANY)):
            some = dict(zip(days[half], of_rest[half], strict=True))
            await enter_holidays(record, "plenary", some)


async def _past() -> None:
    """Decisions of another time, and everybody signed in."""
    rows = [
        f"2003-04-30,Sealand,Plenary,administrative decision,On {word},Every stone,"
        f"https://example.org/1,plenary consensus,confirmed"
        for word in named("past")
    ]
    await import_register("secretariat", "kp", register(*rows))
    for person in await Person.filter(email__startswith="person"):
        await open_session(person, agent="tests")
