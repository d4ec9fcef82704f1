"""The rule of publication, walked over every address: who reads who said what, and when.

Two ways of looking. The words of an objector must stand where they may be read and nowhere else.
And to a reader who may not read names, a world in which Corvania objects and Belmark joins must
look exactly like the one in which Belmark objects and Corvania joins.
"""

import json
import re
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plenary.bodies.actions.accreditations import accredit
from plenary.clock import pretending
from plenary.proposals.models import Proposal
from plenary.questions.actions.from_the_room import countersign
from plenary.questions.concerns import Concern
from plenary.record.models import Entry, Receipt
from plenary.refusal import Refused
from tests.client import Site, opened
from tests.databases import Databases, Schema
from tests.web.house import routes
from tests.world import COR, SECRETARIAT, World, found_world

SAID, JOIN, HEARD = "CANARY-explanation", "CANARY-would-join", "CANARY-observer"
FOLLOWS = "CANARY-following"
CONCERN, LIFTS = "CANARY-concern", "CANARY-lifts"
BLOC, GROUP, ENTERED = "CANARY-on-behalf", "CANARY-group", "CANARY-from-the-room"
READERS = {
    "public": "",
    "its own head": "head.cor@example.org",
    "its own delegate": "delegate.cor@example.org",
    "another delegation": "head.ald@example.org",
    "an Observer": "head.del@example.org",
    "the Chair": "chair@example.org",
    "the secretariat": "secretariat@example.org",
}
ALL = frozenset(READERS)
OWN = frozenset({"its own head", "its own delegate"})
BUREAU = frozenset({"the Chair", "the secretariat"})
# publication -> who reads Corvania's words: before there is an outcome, and with it
READ: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "now": (ALL, ALL),
    "decided": (ALL - {"public"}, ALL),
    "never": (OWN | BUREAU, OWN | BUREAU),
}
OBSERVERS_READ = dict.fromkeys(READ, (ALL, ALL))  # and who reads the Observer's: everyone, at once
FOLLOWING_READ = {  # unless it chose that its view follows the same rule
    "now": (ALL, ALL),
    "decided": (ALL - {"public"}, ALL),
    "never": (BUREAU | {"an Observer"}, BUREAU | {"an Observer"}),
}
QUESTION = re.compile(r"\{(\w+)(?::\w+)?\}")


async def room(
    world: World,
    publication: str,
    *,
    objects: str = "COR",
    joins: str = "BEL",
    procedure: str = "consensus",
    mark: str = "",
    heard: str = HEARD,
) -> None:
    """A question: one Participant objects, one joins, Aldoria accepts, the Observer is heard.

    Where nobody objects, Corvania joins with as many words. A silence ends with the objection: what
    comes after it comes late, and is kept as late.
    """
    words, join = SAID + mark, JOIN + mark
    view: dict[str, Any] = {"explanation": heard + mark, "follow_publication": heard == FOLLOWS}
    if procedure == "silence":
        await world.put(publication, procedure="silence", hours=73)
        await world.state(joins, "support")
        await world.hear("DEL", "object", **view, would_join="")
        await world.object(objects, explanation=words, would_join=join)
        await late(world.state("ALD", "accept"))
        await late(world.object(objects, explanation=words, would_join=join))
    elif procedure == "vote":
        await world.put(publication, procedure="vote")
        against = ("no" if objects else "yes", words + join)
        said = {objects or "COR": against, joins: ("yes", ""), "ALD": ("abstain", "")}
        for code in sorted(said):
            await world.state(code, said[code][0], explanation=said[code][1])
        await world.hear("DEL", "no", **view)
    else:
        await world.put(publication)
        for code in sorted((objects or "COR", joins)):
            if not objects and code == "COR":
                await world.state(code, "support", explanation=words)
            elif code == objects:
                await world.object(code, explanation=words, would_join=join)
            else:
                await world.state(code, "support")
        await world.state("ALD", "accept")
        await world.hear("DEL", "object", **view, would_join="")


async def late(act: Awaitable[object]) -> None:
    with pytest.raises(Refused) as caught:
        await act
    assert caught.value.reason == "too_late_after"


async def come_to(world: World, procedure: str, state: str) -> None:
    if state == "withdrawn":
        await world.withdraw()
    elif state == "over" and procedure == "vote":
        await world.end()
    elif state == "decided":
        await world.declare("not_adopted" if procedure == "vote" else "no_consensus")


async def walk(site: Site, email: str) -> dict[str, str]:
    """Everything this reader gets from every address that reads."""
    browser, found = await site.browser(email), {}
    for path in await addresses():
        answer = await browser.get(path)
        # Our own failures name a code of chance, and have a test of their own (test_every_page).
        found[path] = answer.text if answer.status_code < 500 else "failed"
    return found


async def addresses() -> list[str]:
    """Of every proposal; the decisions have no numbers past theirs."""
    numbers = [str(proposal.number) for proposal in await Proposal.all().order_by("number")]
    known = {
        "year": ["2019"], "number": numbers, "version": ["1"], "old": ["1"], "new": ["1"],
        "slug": ["aldoria", "belmark", "corvania", "delmonia"], "key": ["plenary"],
        "code": [f"<{n}>" for n, _ in enumerate(await Receipt.all())], "token": [],
        "register": ["own"], "source_id": [f"2019/{n}" for n in numbers],
        "symbol": [f"KP/2019/P.{n}" for n in numbers], "id": ["1"],
        "k": ["1"], "procedure": ["consensus", "silence"], "published": ["kp_consensus"],
        "n": [str(n) for n in range(await Entry.all().count())], "entry": ["0"],
    }  # fmt: skip
    # Measures have rows of their own: of an entry that made none nothing is read there.
    types = await Entry.all().order_by("n").values_list("type", "n")
    of_each_type = [str(n) for n in dict(types).values()]
    receipts = [receipt.code for receipt in await Receipt.all().order_by("entry")]
    paths: list[str] = []
    for route in routes("GET"):
        names = QUESTION.findall(route.path)
        found = [route.path]
        for name in names:
            values = of_each_type if route.path.startswith("/measures/") else known[name]
            found = [
                re.sub(rf"\{{{name}(:\w+)?\}}", value, path, count=1)
                for path in found
                for value in values
            ]
        paths += found
    paths = [re.sub(r"<(\d+)>", lambda m: receipts[int(m[1])], path) for path in paths]
    words = ("CANARY", "canary", "Corvania", "object", "explanation")
    queries = [f"/search?q={word}" for word in words]
    queries += [f"/decisions?q={word}" for word in words]
    queries += [f"/positions/2019?show={show}" for show in ("object", "reservation", "not_stated")]
    queries.append("/positions/2019?q=corvania")
    for n in numbers:
        queries += [f"{path}?topic=KP/2019/P.{n}" for path in ("/changes", "/changes.atom")]
        queries += [f"/fr/proposals/2019/{n}", f"/fr/proposals/2019/{n}/positions"]
        queries.append(f"/procedures/plenary/vote?proposal=2019/{n}")
    return [*paths, *queries]


async def with_delegate() -> World:
    world = await found_world()
    await accredit(
        SECRETARIAT,
        "COR",
        READERS["its own delegate"],
        "Delegate",
        "delegate",
        since=datetime(2019, 1, 1, tzinfo=UTC).date(),
    )
    return world


# Decided is what has an outcome: a silence that was broken, a vote that the Chair closed and did
# not declare yet, and what its author took back are over, and not decided.
OPEN, OVER, WITHDRAWN, DECIDED = "open", "over", "withdrawn", "decided"
FOLLOWED = [("consensus", OPEN), ("consensus", DECIDED), ("silence", OVER)]
STATES = [
    ("consensus", OPEN), ("consensus", WITHDRAWN), ("consensus", DECIDED), ("silence", OVER),
    ("silence", DECIDED), ("vote", OPEN), ("vote", OVER), ("vote", DECIDED),
]  # fmt: skip


# Thousands of pages; what they are made of has tests of its own on PostgreSQL. A text in each state
# stands beside the others, each with words of its own, and all are looked for in one walk.
@pytest.mark.only("sqlite")
@pytest.mark.parametrize("publication", READ)
async def test_words_stand_where_the_rule_lets_them_and_nowhere_else(
    site: Site, publication: str
) -> None:
    """An objector's, an Observer's; those entered from the room; those said for a delegation."""
    said = await _everything_said(publication)
    wrong = []
    for name, email in READERS.items():
        texts = await walk(site, email)
        for canary, readers in said.items():
            # Search pages repeat the word that was searched for: only the whole one counts.
            at = sorted(path for path, text in texts.items() if canary in text)
            if bool(at) != (name in readers):
                wrong.append((name, canary, at))
            if publication == "never":  # a file is passed on; of a receipt only its owner's
                wrong += [
                    (name, canary, [path])
                    for path in at
                    if is_file(path) and not path.startswith("/receipts/") and readers != ALL
                ]
    assert wrong == []


async def _everything_said(publication: str) -> dict[str, frozenset[str]]:
    """Words of a text in each state, with those who may read them."""
    states = [("consensus", OPEN), ("consensus", DECIDED)] if publication == "now" else STATES
    world, found = await with_delegate(), dict[str, frozenset[str]]()
    for procedure, state in states:
        mark = f"-{procedure}-{state}."
        await room(world, publication, procedure=procedure, mark=mark)
        await come_to(world, procedure, state)
        for said, readers in ((SAID, READ), (JOIN, READ), (HEARD, OBSERVERS_READ)):
            found[said + mark] = readers[publication][state == DECIDED]
        world = await world.table_proposal()
        if (procedure, state) not in FOLLOWED:
            continue
        mark = f"-{procedure}-{state}-following."
        await room(world, publication, procedure=procedure, mark=mark, heard=FOLLOWS)
        await come_to(world, procedure, state)
        found[FOLLOWS + mark] = FOLLOWING_READ[publication][state == DECIDED]
        world = await world.table_proposal()
    await world.put(publication)
    await world.on_behalf("BEL", ["COR"], "object", explanation=BLOC, name=GROUP)
    concerns = (Concern("p1", CONCERN), Concern("p2", CONCERN, LIFTS))
    entered = await world.from_the_room("COR", "object", explanation=ENTERED, apart=concerns)
    await countersign(COR, world.year, world.number, entered.entry)
    return found | dict.fromkeys((BLOC, GROUP, ENTERED, CONCERN, LIFTS), READ[publication][False])


def is_file(path: str) -> bool:
    return bool(re.search(r"\.(json|csv|atom|ics|md|txt|xml)($|\?)", path))


async def test_what_is_public_now_stands_on_each_page_that_shows_positions(site: Site) -> None:
    world = await with_delegate()
    await room(world, "now")
    texts = await walk(site, "")
    address = "/proposals/2019/1"
    for path in (address, f"{address}.json", f"{address}/positions", "/positions/2019.json",
                 "/positions/2019.csv", "/participants/corvania",
                 "/participants/corvania.json"):  # fmt: skip
        assert SAID in texts[path], path
    for path in (
        address,
        f"{address}.json",
        f"{address}/positions",
        "/positions/2019.csv",
        "/observers/delmonia",
    ):
        assert HEARD in texts[path], path


BLIND = [
    *(("decided", state, "", procedure) for procedure, state in STATES if state != DECIDED),
    *(("never", state, "", procedure) for procedure, state in STATES),
    *(
        ("never", state, READERS["another delegation"], procedure)
        for procedure, state in (("consensus", OPEN), ("silence", OVER), ("vote", DECIDED))
    ),
]
SIGHTED = [("decided", DECIDED, ""), ("now", OPEN, ""), ("never", OPEN, READERS["the Chair"])]


@pytest.mark.parametrize("publication, state, email, procedure", BLIND)
async def test_to_whoever_may_not_read_names_it_is_all_one_who_objects(
    two_rooms: "Rooms", publication: str, state: str, email: str, procedure: str
) -> None:
    assert differing(*await two_rooms(publication, state, email, procedure)) == {}


UNCOUNTED = [
    ("decided", "consensus", OPEN), ("decided", "vote", OVER), ("never", "consensus", OPEN),
    ("never", "consensus", WITHDRAWN), ("never", "vote", OPEN), ("never", "vote", OVER),
]  # fmt: skip


@pytest.mark.parametrize("publication, procedure, state", UNCOUNTED)
async def test_to_the_public_it_is_all_one_how_many_object_before_there_is_an_outcome(
    two_rooms: "Rooms", publication: str, procedure: str, state: str
) -> None:
    """As many acts, and other answers: a count that moved with an act would tell whose it was."""
    many = (("COR", "BEL"), ("", "BEL"))
    assert differing(*await two_rooms(publication, state, "", procedure, rooms=many)) == {}


@pytest.mark.parametrize("name", ["the Chair", "another delegation"])
@pytest.mark.parametrize("procedure, state", [("consensus", OPEN), ("silence", OVER)])
async def test_under_never_a_file_is_the_same_for_everyone_whoever_objects(
    two_rooms: "Rooms", name: str, procedure: str, state: str
) -> None:
    hidden, other = await two_rooms("never", state, READERS[name], procedure)
    files = [
        {path: text for path, text in found.items() if is_file(path)} for found in (hidden, other)
    ]
    assert len(files[0]) > 30
    assert differing(*files) == {}


@pytest.mark.parametrize("publication", ["decided", "never"])
async def test_a_hidden_act_shows_its_day_and_no_hour(site: Site, publication: str) -> None:
    """The record keeps its number and its leaf; the minute would name whoever was seen to speak."""
    now = datetime.now(UTC)
    hour = 9 if now.hour >= 12 else 15  # no page shows the minute because it is that minute now
    begun = now.replace(hour=hour, minute=0, second=0, microsecond=0) - timedelta(days=2)
    spoken = begun + timedelta(minutes=31, seconds=17, milliseconds=123)
    with pretending(begun):
        world = await with_delegate()
        await world.put(publication)
    with pretending(spoken):
        await world.object("COR", explanation=SAID, would_join=JOIN)
    there = spoken.astimezone(ZoneInfo((await (await world.proposal()).body).zone))
    minutes = [f"{moment:%H:%M}" for moment in (spoken, there)] + [f"{spoken:T%H%M%S}"]
    readers = {"": True, READERS["another delegation"]: publication == "never"}
    for email, blind in readers.items():
        texts = await walk(site, email)
        shown = sorted(
            path for path, text in texts.items() if any(minute in text for minute in minutes)
        )
        assert (shown == []) is blind, shown
        if blind:
            item = json.loads(texts["/register.json"])["items"][0]
            assert (item["public"], item["at"]) == (False, begun.date().isoformat())


def differing(hidden: dict[str, str], other: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The lines in which two worlds differ, by address."""
    return {
        path: [
            pair
            for pair in zip(hidden[path].split("\n"), other[path].split("\n"), strict=False)
            if pair[0] != pair[1]
        ]
        for path in hidden
        if hidden[path] != other[path]
    }


@pytest.mark.parametrize("publication, state, email", SIGHTED)
async def test_to_whoever_may_the_two_differ(
    two_rooms: "Rooms", publication: str, state: str, email: str
) -> None:
    hidden, other = await two_rooms(publication, state, email)
    differ = {path for path in hidden if hidden[path] != other[path]}
    assert {"/proposals/2019/1", "/positions/2019"} <= differ
    assert ("/positions/2019.csv" in differ) is (publication != "never"), "a file is passed on"


class Rooms:
    """Two worlds alike but for who objects, as one reader sees them."""

    def __init__(self, databases: Databases, schema: Schema, folder: Path) -> None:
        self.databases, self.schema, self.folder = databases, schema, folder

    async def __call__(
        self,
        publication: str,
        state: str,
        email: str,
        procedure: str = "consensus",
        rooms: tuple[tuple[str, str], ...] = (("COR", "BEL"), ("BEL", "COR")),
    ) -> tuple[dict[str, str], dict[str, str]]:
        seen = []
        for objects, joins in rooms:
            async with self._room(publication, state, objects, joins, procedure) as site:
                texts = await walk(site, email)
                codes = [receipt.code for receipt in await Receipt.all().order_by("entry")]
                seen.append(
                    {
                        self._even(path, codes): self._even(text, codes)
                        for path, text in texts.items()
                    }
                )
        return seen[0], seen[1]

    @asynccontextmanager
    async def _room(
        self, publication: str, state: str, objects: str, joins: str, procedure: str
    ) -> AsyncIterator[Site]:
        folder = self.folder / f"objects-{objects}"
        folder.mkdir()
        at = datetime.now(UTC).replace(microsecond=0, second=0) - timedelta(hours=1)
        with self.databases.fresh("sqlite", self.schema, folder) as url, pretending(at):
            async with opened(url, folder) as site:
                world = await with_delegate()
                await room(world, publication, objects=objects, joins=joins, procedure=procedure)
                await come_to(world, procedure, state)
                yield site

    def _even(self, text: str, codes: list[str]) -> str:
        """Without what chance alone makes different: salts, hashes, keys and receipts."""
        for n, code in enumerate(codes):
            text = text.replace(code, f"<receipt {n}>").replace(
                code.replace("-", " "), f"<receipt {n}>"
            )
        text = re.sub(r'name="key" value="[^"]*"', "", text)
        text = re.sub(r"(?:[0-9a-f]{4} ?){2,}…?|urn:uuid:[0-9a-f-]{36}", "<hash>", text)
        return re.sub(r"\d\d:\d\d(:\d\d)?|T\d{6}Z", "<hour>", text)


@pytest.fixture
def two_rooms(databases: Databases, database_schema: Schema, tmp_path: Path) -> Rooms:
    return Rooms(databases, database_schema, tmp_path)
