"""Each type of entry that holds words, said once: how it is made, with a word to look for."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest

from plenary import clock
from plenary.bodies.actions.access import Refusal, report_access
from plenary.bodies.actions.accreditations import accredit, end_accreditation
from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.actions.appeals import answer_appeal, appeal
from plenary.bodies.actions.attendance import arrive
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.credentials import record_credentials
from plenary.bodies.actions.holidays import remove_holiday, set_holidays
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import seat, unseat
from plenary.bodies.actions.sessions import end_sessions
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.measures import Basis
from plenary.bodies.rules import Room
from plenary.decisions.actions.follow_ups import Order as Task
from plenary.decisions.actions.follow_ups import Report, open_follow_up, report_progress
from plenary.decisions.actions.statements import (
    Draft,
    Note,
    correct_record,
    state_beside,
    translate_statement,
)
from plenary.decisions.rules import CorrectionMatter, Owner, StatementKind, Status
from plenary.disclosure.orders import Order
from plenary.disclosure.removing import remove_words
from plenary.meetings.actions.communique import draft_communique, issue_communique
from plenary.meetings.actions.paragraphs import add_paragraph
from plenary.meetings.communique_sheet import load_sheet
from plenary.meetings.pages.sentences import say
from plenary.people.models import Person
from plenary.procedures.terms import STANDARD
from plenary.proposals.cycles import open_cycle
from plenary.questions.actions.blocs import answer_bloc
from plenary.questions.actions.time import ask_for_time
from plenary.questions.concerns import Concern
from plenary.questions.models import Bloc
from plenary.record.entry import instant
from plenary.record.models import Entry
from plenary.refusal import Refused
from plenary.registers.actions import import_register
from tests.groups import GROUP, KEY, found_group
from tests.meetings.test_pages import call
from tests.registers.registers import FRENCH, SEALS, register
from tests.world import BEL, DEL, SECRETARIAT, World, adopt, head

# What the house writes of other entries, and no person: it goes with the words that it repeats.
WRITTEN_OF_OTHERS = {"communique.drafted"}
SECRET = "Xylophonquatsch"
SAID = f"The {SECRET} of a person."


def order(**more: Any) -> Order:
    given: dict[str, Any] = {
        "office": "chair", "body": "plenary", "ground": "personal", "language": "en",
        "reason": "It named a child.", "day": clock.now().date(),
    }  # fmt: skip
    return Order(**given | more)


async def newest(type: str) -> int:
    found = await Entry.filter(type=type).order_by("-n").first()
    assert found, type
    return found.n


Make = Callable[[World], Awaitable[object]]


async def _bloc(world: World) -> None:
    await world.put()
    await world.on_behalf("ALD", ["BEL"], "reservation", explanation=SAID, name="Group")


async def _decided(world: World) -> None:
    await world.put()
    await world.declare()


async def _beside(world: World) -> None:
    await _decided(world)
    await state_beside(BEL, "2019/1", Draft(StatementKind.EXPLANATION, SAID, "en"))


async def _correction(world: World) -> None:
    await _decided(world)
    note = Note(CorrectionMatter.CLERICAL, SAID)
    await correct_record(SECRETARIAT, "2019/1", note)


async def _position(world: World) -> None:
    await world.put()
    await world.state("BEL", "reservation", explanation=SAID)


async def _several(world: World) -> None:
    """On two paragraphs, each with words of its own."""
    await world.put()
    concerns = (Concern("p1", SAID, SAID), Concern("p2", SAID))
    await world.state("BEL", "object", clause="p1", explanation="", would_join="", apart=concerns)


async def _several_for_others(world: World) -> None:
    await world.put()
    concerns = (Concern("p1", SAID), Concern("p2", SAID))
    said = {"clause": "p1", "explanation": "", "apart": concerns}
    await world.on_behalf("ALD", ["BEL"], "reservation", **said)


async def _observer(world: World) -> None:
    await world.put()
    await world.hear("DEL", "object", explanation=SAID, would_join=SAID)


async def _entered(world: World) -> None:
    await world.put()
    await world.from_the_room("BEL", "reservation", explanation=SAID)


async def _late(world: World) -> None:
    await world.put(procedure="silence", hours=96)
    await world.object()
    with pytest.raises(Refused, match="too_late_after"):
        await world.state("BEL", "reservation", explanation=SAID)


async def _late_view(world: World) -> None:
    await world.put(procedure="silence", hours=96)
    await world.object()
    with pytest.raises(Refused, match="too_late_after"):
        await world.hear("DEL", "reservation", explanation=SAID)


async def _titled(world: World) -> None:
    second = await world.table_proposal(title={"en": SAID}, sense={"en": SAID})
    await second.put()
    await second.declare()


async def _note(world: World) -> None:
    await world.put()
    await world.declare(note=SAID)


async def _agreed(_: World) -> None:
    await found_group("BEL")
    world = await World(2019, 0).table_proposal(body=KEY, by=BEL)
    await world.put(by=GROUP)
    await world.declare("agreed", by=GROUP, note=SAID)


async def _moved(world: World) -> None:
    await world.put(procedure="silence", hours=96)
    question = await world.question()
    assert question.closes
    await world.extend(question.closes + timedelta(days=1), reason=SAID)


async def _asked_for_time(world: World) -> None:
    begins = clock.now() - timedelta(hours=1)
    await call(slug="kigali", begins=begins, ends=begins + timedelta(days=3))
    room = Room("plenary", "kigali", begins, begins + timedelta(days=3))
    await arrive(SECRETARIAT, room, ["COR"])
    await world.put()
    await ask_for_time(head("COR"), world.year, world.number, version=1, reason=SAID)


async def _owed(world: World) -> None:
    await _decided(world)
    task = Task({"en": SAID}, Owner(code="BEL"), due=None)
    await open_follow_up(SECRETARIAT, "own", "2019/1", task)


async def _reported(world: World) -> None:
    await _decided(world)
    await open_follow_up(
        SECRETARIAT, "own", "2019/1", Task({"en": "Do."}, Owner(code="BEL"), due=None)
    )
    await report_progress(BEL, 1, Report(Status.UNDER_WAY, SAID))


async def _just_translated(world: World) -> None:
    await world.revise(FRENCH.replace("Demande un rapport", SAID), language="fr")


async def _translated_title(world: World) -> None:
    await world.revise(FRENCH, language="fr", title=SAID)


async def _person(world: World) -> None:
    await accredit(SECRETARIAT, "BEL", "one@example.org", SAID, "delegate")


async def _gone(world: World) -> None:
    accredited = await accredit(SECRETARIAT, "BEL", "one@example.org", SAID, "delegate")
    await end_accreditation(SECRETARIAT, accredited.id)


async def _kept_apart(world: World) -> None:
    await world.put()
    await world.on_behalf("ALD", ["BEL"], "reservation", explanation=SAID)
    bloc = await Bloc.all().first()
    assert bloc
    await answer_bloc(BEL, world.year, world.number, bloc.id, confirmed=True)


async def _asked(world: World) -> None:
    await world.put(uneven=SAID)


async def _observer_entered(world: World) -> None:
    await world.put(procedure="vote")
    await world.from_the_room("DEL", "no", explanation=SAID)


async def _translated(world: World) -> None:
    await _decided(world)
    await state_beside(BEL, "2019/1", Draft(StatementKind.EXPLANATION, "Words.", "en"))
    await translate_statement(SECRETARIAT, "2019/1", 1, text=SAID, language="fr")


async def _meeting(_: World) -> None:
    begins = clock.now() - timedelta(hours=1)
    await call(slug="kigali", begins=begins, ends=begins + timedelta(days=3))
    await draft_communique(SECRETARIAT, "kigali", say)


async def _paragraph(world: World) -> None:
    await _meeting(world)
    await add_paragraph(SECRETARIAT, "kigali", {"en": SAID, "fr": SAID})


async def _issued(world: World) -> None:
    await _paragraph(world)
    sheet = await load_sheet("kigali", clock.now())
    await issue_communique(SECRETARIAT, "kigali", changed=instant(sheet.communique.changed))


async def _drafted(world: World) -> None:
    """A title is said again where a communiqué is drafted."""
    second = await world.table_proposal(title={"en": SAID}, sense={"en": SAID})
    begins = clock.now() - timedelta(hours=1)
    agenda = [{"item": "1", "title": {"en": "Item"}, "proposal": second.number}]
    await call(slug="kigali", begins=begins, ends=begins + timedelta(days=3), agenda=agenda)
    await second.put()
    await second.declare()
    await draft_communique(SECRETARIAT, "kigali", say)


IN_TEN_DAYS = timedelta(days=10)


def _interim() -> dict[str, Any]:
    """An interim measure whose ground says it."""
    return {"basis": Basis(ground=SAID), "until": clock.now().date() + IN_TEN_DAYS}


async def _suspended(world: World) -> None:
    await world.put()
    today = clock.now().date()
    await set_standing(SECRETARIAT, "COR", "suspended", since=today, **_interim())


async def _reseated(world: World) -> None:
    await world.put()
    await seat(SECRETARIAT, "plenary", "COR", "provisional", **_interim())


async def _unseated(world: World) -> None:
    await world.put()
    await unseat(SECRETARIAT, "plenary", "DEL", **_interim())


async def _access(_: World) -> None:
    refusal = Refusal("DEL", "visa", "host", clock.now().date(), SAID)
    await report_access(SECRETARIAT, refusal)


async def _appealed(_: World) -> None:
    refused = await report_access(DEL, Refusal("DEL", "visa", "host", clock.now().date()))
    await appeal(DEL, refused, SAID)


async def _answered(_: World) -> None:
    refused = await report_access(DEL, Refusal("DEL", "visa", "host", clock.now().date()))
    await appeal(DEL, refused, "Why?")
    await answer_appeal(SECRETARIAT, refused, SAID)


async def _credentials(_: World) -> None:
    begins = clock.now() - timedelta(hours=1)
    await call(slug="kigali", begins=begins, ends=begins + timedelta(days=3))
    room = Room("plenary", "kigali", begins, begins + timedelta(days=3))
    await record_credentials(SECRETARIAT, room, "COR", "refused", SAID)


async def _taken_out(_: World) -> None:
    day = date(2031, 1, 2)
    await set_holidays(SECRETARIAT, "plenary", {day: {"en": SAID}})
    await remove_holiday(SECRETARIAT, "plenary", day)


async def _procedure(_: World) -> None:
    terms = {name: term for name, term in STANDARD["vote"].items() if name != "names"}
    data = {"kind": "vote", **terms}
    await adopt("ours", data, names={"en": SAID}, authority=SAID)


async def _ended(world: World) -> None:
    await _person(world)
    person = await Person.get(email="one@example.org")
    await end_sessions(SECRETARIAT, person.id, reason=SAID)


async def _ordered(world: World) -> None:
    await world.comment(text="Something else.")
    await remove_words(SECRETARIAT, await newest("comment.made"), order(reason=SAID))


async def _register(_: World) -> None:
    await import_register(SECRETARIAT, "kp", register(SEALS.replace("Every stone", SAID)))


async def _admitted(_: World) -> None:
    await admit(
        SECRETARIAT,
        Admission("EPS", "epsilon", "participant", {"en": SAID}, since=date(2019, 1, 1)),
    )


async def _disowned(world: World) -> None:
    await (await world.hand_in("BEL")).disown("BEL", reason=SAID)


async def _stepped_back(world: World) -> None:
    await world.join("BEL")
    await world.step_back("BEL", reason=SAID)


async def _would_withdraw(world: World) -> None:
    await world.join("BEL", role="author")
    await world.withdraw(reason=SAID)


NOUNS: dict[str, tuple[str, Make]] = {
    "the ground of a suspension": ("participant.standing", _suspended),
    "the ground of a seat": ("seat.given", _reseated),
    "the ground on which a seat was ended": ("seat.ended", _unseated),
    "the ground of a refusal of access": ("access.refused", _access),
    "an appeal": ("appeal.entered", _appealed),
    "an answer to an appeal": ("appeal.answered", _answered),
    "a reason for putting it while a language lags": ("question.put", _asked),
    "an Observer's view from the room": ("observer.entered", _observer_entered),
    "a translated statement": ("statement.translated", _translated),
    "a paragraph of a communiqué": ("communique.edited", _paragraph),
    "a communiqué": ("communique.issued", _issued),
    "a title that a draft communiqué repeats": ("proposal.tabled", _drafted),
    "a note of credentials": ("credentials.recorded", _credentials),
    "a cycle": (
        "cycle.opened",
        lambda world: open_cycle(SECRETARIAT, "c9", {"en": SAID}, begins=2018, ends=2020),
    ),
    "a past decision": ("decision.imported", _register),
    "a delegation": ("delegation.admitted", _admitted),
    "a holiday that was taken out": ("holiday.removed", _taken_out),
    "an officer": (
        "office.filled",
        lambda world: appoint(
            SECRETARIAT,
            "plenary",
            "vice_chair",
            email="one@example.org",
            name=SAID,
            since=date(2019, 1, 1),
        ),
    ),
    "a reason of an order": ("payload.redacted", _ordered),
    "a procedure": ("procedure.adopted", _procedure),
    "a draft": (
        "proposal.drafted",
        lambda world: world.table_proposal(title={"en": SAID}, draft=True),
    ),
    "a reason for ending sessions": ("sessions.ended", _ended),
    "a comment": ("comment.made", lambda world: world.comment(text=SAID)),
    "a position": ("position.stated", _position),
    "a position on two paragraphs": ("position.stated", _several),
    "a position on two paragraphs for others": ("bloc.named", _several_for_others),
    "a position for others": ("bloc.named", _bloc),
    "an Observer's view": ("observer.heard", _observer),
    "a position from the room": ("position.entered", _entered),
    "a position for others, confirmed": ("position.stated", _kept_apart),
    "a late position": ("position.late", _late),
    "a late view": ("observer.late", _late_view),
    "a reason for moving a closing": ("question.extended", _moved),
    "a reason for time": ("time.asked", _asked_for_time),
    "what is owed": ("follow_up.opened", _owed),
    "a report": ("follow_up.reported", _reported),
    "a translation": ("translation.issued", _just_translated),
    "a translated title": ("proposal.named", _translated_title),
    "a person": ("person.accredited", _person),
    "a person who left": ("person.left", _gone),
    "a body": (
        "body.formed",
        lambda world: form_body(
            SECRETARIAT,
            "grp",
            names={"en": SAID},
            symbol="GRP",
            parent="plenary",
            mandate={"en": SAID},
        ),
    ),
    "a meeting": (
        "meeting.called",
        lambda world: call(
            names={"en": SAID},
            place={"en": SAID},
            agenda=[{"item": "1", "title": {"en": SAID}, "proposal": 1}],
        ),
    ),
    "a holiday": (
        "holidays.entered",
        lambda world: set_holidays(SECRETARIAT, "plenary", {date(2027, 1, 1): {"en": SAID}}),
    ),
    "a statement": ("statement.made", _beside),
    "a correction": ("record.corrected", _correction),
    "a title": ("proposal.tabled", _titled),
    "a version": ("version.issued", lambda world: world.revise(f"1. {SAID}\n")),
    "a note of a decision": ("decision.declared", _note),
    "the reference of a letter": (
        "text.entered",
        lambda world: world.hand_in("BEL", reference=SAID),
    ),
    "a reason of disowning": ("text.disowned", _disowned),
    "a reason of stepping back": ("sponsor.left", _stepped_back),
    "a reason of an author to withdraw": ("withdrawal.agreed", _would_withdraw),
    "a note of what a group agreed": ("group.declared", _agreed),
    "a reason of a withdrawal": ("proposal.withdrawn", lambda world: world.withdraw(reason=SAID)),
}
