"""A house in which every kind of word was said, each with a mark of its own to look for."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin

from plenary.bodies.actions.access import Refusal, report_access
from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.actions.appeals import answer_appeal, appeal
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.credentials import record_credentials
from plenary.bodies.actions.holidays import remove_holiday, set_holidays
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import seat, unseat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.measures import Basis
from plenary.bodies.rules import Room
from plenary.decisions.actions.follow_ups import Order, Report, open_follow_up, report_progress
from plenary.decisions.actions.statements import (
    Draft,
    Note,
    correct_record,
    state_beside,
    translate_statement,
)
from plenary.decisions.models import FollowUp
from plenary.decisions.rules import CorrectionMatter, Owner, StatementKind, Status
from plenary.meetings.actions.calling import call_meeting
from plenary.meetings.actions.communique import draft_communique
from plenary.meetings.actions.paragraphs import add_paragraph
from plenary.meetings.pages.sentences import say
from plenary.procedures.terms import STANDARD
from plenary.proposals.cycles import open_cycle
from plenary.record.entry import read_payload
from plenary.record.models import Entry, Head, Payload
from tests.client import BASE, Browser, Page
from tests.web.house import House, build, routes
from tests.world import BEL, DEL, SECRETARIAT, World, adopt

WORD = "Xylophon"
TOLD = re.compile(rf"{WORD}[a-z]+", re.IGNORECASE)
TEXT = "The Plenary,\n\n1. Decides that {word} stones are sealed.\n2. Requests a report.\n"
FRENCH = "La Plénière,\n\n1. Décide que {word}.\n2. Demande un rapport.\n"


def word(name: str) -> str:
    """A word that is said of one thing and of nothing else: Xylophontitle."""
    return f"{WORD}{name}"


def words(name: str) -> dict[str, str]:
    return {"en": f"The {word(name)} of a person", "fr": f"Le {word(name)} d’une personne"}


async def speak() -> House:
    """Everything that the record can be told, in the house of the walk through every page."""
    house = await build()
    await _bodies()
    await _said()
    await _beside()
    await _meeting()
    return house


async def _bodies() -> None:
    await form_body(
        SECRETARIAT,
        "grp",
        names=words("body"),
        symbol="GRP",
        parent="plenary",
        mandate=words("mandate"),
    )
    admission = Admission(
        "EPS",
        "epsilon",
        names=words("delegation"),
        since=date(2019, 1, 1),
        kind="participant",
        decision="2019/1",
    )
    await admit(SECRETARIAT, admission)
    await accredit(SECRETARIAT, "BEL", "one@example.org", word("person"), "delegate")
    await appoint(
        SECRETARIAT,
        "grp",
        "chair",
        email="two@example.org",
        name=word("officer"),
        since=date(2019, 1, 1),
    )
    await open_cycle(SECRETARIAT, "c9", names=words("cycle"), begins=2018, ends=2020)
    for day, name in ((1, "holiday"), (2, "workday")):
        days = {date(2031, 1, day): words(name)}
        await set_holidays(SECRETARIAT, "plenary", days)
    await remove_holiday(SECRETARIAT, "plenary", date(2031, 1, 2))
    terms = {name: term for name, term in STANDARD["vote"].items() if name != "names"}
    await adopt("ours", {"kind": "vote", **terms}, names=words("procedure"))


async def _said() -> None:
    world = World(2019, 0)
    proposal = await world.table_proposal(
        TEXT.format(word=word("version")),
        title=words("title"),
        sense=words("sense"),
        theme=word("theme"),
        note=words("versionnote"),
    )
    await proposal.revise(
        FRENCH.format(word=word("translation")), language="fr", title=word("frenchtitle")
    )
    await proposal.comment(text=word("comment"))
    await proposal.put("now", procedure="ours")
    await proposal.from_the_room("COR", "no", explanation=word("entered"))
    await proposal.on_behalf("ALD", ["BEL"], "no", explanation=word("bloc"), name=word("blocname"))
    await proposal.hear("DEL", "no", explanation=word("view"))
    other = await world.table_proposal(title={"en": "Other"})
    await other.put(uneven=word("uneven"))
    await other.state("BEL", "reservation", explanation=word("position"))
    await other.hear("DEL", "object", explanation=word("heard"), would_join=word("heardjoin"))
    await other.object("COR", explanation=word("objection"), would_join=word("wouldjoin"))
    await other.declare("no_consensus", note=word("note"))
    silent = await world.table_proposal(title={"en": "Silent"})
    question = await silent.put(procedure="silence", hours=96)
    assert question.closes
    await silent.extend(question.closes + timedelta(days=1), reason=word("moved"))
    gone = await world.table_proposal(title=words("withdrawn"), draft=True, shown=(SECRETARIAT,))
    await gone.withdraw(reason=word("reason"))


async def _beside() -> None:
    world = World(2019, 0)
    named = await world.table_proposal(title=words("decided"), sense=words("decidedsense"))
    await named.put()
    decision = await named.declare()
    at = decision.source_id
    await state_beside(BEL, at, Draft(StatementKind.EXPLANATION, word("statement"), "en"))
    await translate_statement(SECRETARIAT, at, 1, text=word("statementfr"), language="fr")
    await correct_record(SECRETARIAT, at, Note(CorrectionMatter.CLERICAL, word("correction")))
    owed = Order(words("owed"), Owner(code="BEL"), due=None)
    await open_follow_up(SECRETARIAT, "own", at, owed)
    row = await FollowUp.all().order_by("-id").first()
    assert row
    await report_progress(BEL, row.id, Report(Status.UNDER_WAY, word("progress")))


async def _measures(until: date) -> None:
    """Acts on a roll by an office alone, what kept an Observer out, an appeal and its answer."""
    since = datetime.now(UTC).date()
    measure = {"since": since, "until": until}
    await set_standing(
        SECRETARIAT, "COR", "suspended", basis=Basis(ground=word("suspended")), **measure
    )
    await seat(
        SECRETARIAT, "plenary", "BEL", "provisional", basis=Basis(ground=word("seat")), **measure
    )
    ended = await unseat(
        SECRETARIAT, "plenary", "DEL", basis=Basis(ground=word("unseated")), until=until
    )
    await report_access(SECRETARIAT, Refusal("DEL", "visa", "host", since, ground=word("visa")))
    await appeal(DEL, ended, word("appeal"))
    await answer_appeal(SECRETARIAT, ended, word("answer"))


async def _meeting() -> None:
    begins = datetime.now(UTC) - timedelta(hours=2)
    await call_meeting(
        SECRETARIAT,
        slug="spoken",
        names=words("meeting"),
        body="plenary",
        place=words("place"),
        zone="UTC",
        begins=begins,
        ends=begins + timedelta(days=2),
        note=words("meetingnote"),
        agenda=[{"item": "1", "title": words("agenda"), "proposal": 9}],
    )
    room = Room("plenary", "spoken", begins, begins + timedelta(days=2))
    until = begins.date() + timedelta(days=9)
    await record_credentials(SECRETARIAT, room, "COR", "refused", word("credentials"), until=until)
    await _measures(until)
    await draft_communique(SECRETARIAT, "spoken", say)
    await add_paragraph(SECRETARIAT, "spoken", words("paragraph"))


# --- where it can be read ---


async def addresses(house: House) -> list[str]:
    """Where the walk begins: each route of ours, each entry, and what only a form knows."""
    found = [
        house.path(route, number)
        for route in routes("GET")
        for number in (range(1, 15) if "{number" in route.path else (1,))
    ]
    size = (await Head.get(id=1)).size
    found += [f"/register/{n}" for n in range(size)]
    found += [f"/search?q={WORD}", "/changes.atom", "/decisions.atom"]
    return list(dict.fromkeys(found))


async def walk(browser: Browser, begin: list[str]) -> dict[str, str]:
    """Every address that can be reached by reading, and what is said there."""
    waiting, found = list(begin), dict[str, str]()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = await browser.get(path)
        assert answer.status_code < 500, path
        found[path] = answer.text
        if "location" in answer.headers:
            waiting.append(_ours(path, answer.headers["location"]))
        if answer.headers.get("content-type", "").startswith("text/html") and answer.text:
            waiting += [_ours(path, link) for link in Page(answer).links()]
        waiting = [address for address in waiting if address]
    return found


async def read(browser: Browser, paths: list[str]) -> dict[str, str]:
    """What is said at these addresses."""
    return {path: (await browser.get(path)).text for path in paths}


def _ours(path: str, link: str) -> str:
    whole = urljoin(BASE + path, link).partition("#")[0]
    there = whole.removeprefix(BASE)
    return there if whole.startswith(BASE) and not there.startswith("/fr") else ""


def told(pages: dict[str, str]) -> dict[str, set[str]]:
    """By word: the addresses at which it is read."""
    found: dict[str, set[str]] = {}
    for path, text in pages.items():
        for secret in TOLD.findall(text):
            found.setdefault(secret.lower(), set()).add(path)
    return found


async def end_the_question() -> None:
    """The text that is asked about keeps its words until then."""
    said = await Entry.get(n=(await said_first())[word("version").lower()])
    await World(2019, int(said.topic.rpartition(".")[2])).withdraw()


async def said_first() -> dict[str, int]:
    """By word: the entry that said it before any other."""
    found: dict[str, int] = {}
    for entry in await Entry.exclude(payload="").order_by("n"):
        kept = await Payload.get(commitment=entry.payload)
        for secret in TOLD.findall(json.dumps(read_payload(bytes(kept.content)))):
            found.setdefault(secret.lower(), entry.n)
    return found
