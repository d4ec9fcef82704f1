"""What happened in the sample meeting, moment by moment: texts, questions, positions, a gavel."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from plenary.decisions.actions.declaring import Declaration, enter_decision
from plenary.proposals.actions.comments import Remark, enter_comment
from plenary.proposals.actions.moves import Tabled, enter_proposal
from plenary.proposals.actions.versions import enter_translation, issue
from plenary.proposals.models import Proposal, Version
from plenary.proposals.reading import clauses_of, load
from plenary.questions.actions.answering import enter_position, enter_view
from plenary.questions.actions.answers import Answer
from plenary.questions.actions.asking import Put, enter_question
from plenary.questions.concerns import Concern
from plenary.questions.rules import Outcome, Stance
from plenary.record.act import Record
from plenary.sample.files import toml
from plenary.texts import clauses

MEETING = "2019-new-delhi"


@dataclass(frozen=True)
class Event:
    """Something that happened in the sample meeting, at a moment, in someone's name."""

    at: datetime
    by: str
    happens: Callable[[Record], Awaitable[Any]]


def events_of(meeting: dict[str, Any]) -> list[Event]:
    """Everything that happened with the four proposals, in no order yet."""
    year = meeting["starts"].year
    found: list[Event] = []
    for table in toml("proposals.toml")["proposals"]:
        found += _texts(table, year) + _recommended(table, year) + _said(table, year)
    return found


def _recommended(table: dict[str, Any], year: int) -> list[Event]:
    """What a group makes of a text before the Plenary has it. Nobody's position is written for it:
    the group heard no objection, and its chair said so."""
    step = table.get("recommended")
    if step is None:
        return []
    chair, number = f"chair:{step['body']}", table["number"]

    async def put(record: Record) -> None:
        proposal = await load(year, number)
        await enter_question(record, proposal, Put(proposal.newest, "consensus", "now"))

    async def declare(record: Record) -> None:
        said = Declaration(Outcome.RECOMMENDED, note=step["note"]["en"])
        await enter_decision(record, await load(year, number), said)

    return [Event(step["put"], chair, put), Event(step["declared_at"], chair, declare)]


def _texts(table: dict[str, Any], year: int) -> list[Event]:
    chair, number, events = f"chair:{table['prepared_by']}", table["number"], []
    for version in table["versions"]:
        # The proposals of one morning keep their order by seconds.
        at = version["issued"] + timedelta(seconds=number)
        events.append(Event(at, chair, _issuing(table, version, year)))
        words = version.get("clauses_fr") or [d.text for d in clauses.parse(version["text_fr"])]
        translated = at + timedelta(minutes=20)
        events.append(Event(translated, "secretariat", _translating(number, year, version, words)))
    if decision := table.get("decision"):
        events.append(Event(decision["declared_at"], "chair:plenary", _deciding(table, year)))
    return events


def _said(table: dict[str, Any], year: int) -> list[Event]:
    number, positions = table["number"], table["positions"]
    first = min(said["at"] for said in positions + table["observers"])
    put = first - timedelta(minutes=5)
    events = [Event(put, "chair:plenary", _putting(table, year, put))]
    ways = (
        (positions, "delegation", _stating),
        (table["observers"], "observer", _hearing),
        (table["comments"], "by", _commenting),
    )
    return events + [
        Event(said["at"], f"delegation:{said[who]}", way(number, year, said))
        for rows, who, way in ways
        for said in rows
    ]


def _issuing(table: dict[str, Any], version: dict[str, Any], year: int) -> Any:
    async def happens(record: Record) -> None:
        if version["number"] > 1:
            proposal = await load(year, table["number"])
            await issue(record, proposal, version["text_en"], note=version["note"])
            return
        tabled = Tabled(
            title=table["title"],
            sense=table["sense"],
            theme=table["theme"],
            body=table.get("recommended", table)["body"],
            language=table["original"],
            text=version["text_en"],
            sample=True,
            note=version["note"],
        )
        await enter_proposal(record, tabled, draft=False)

    return happens


def _translating(number: int, year: int, version: dict[str, Any], words: list[str]) -> Any:
    async def happens(record: Record) -> None:
        proposal = await load(year, number)
        row = await Version.get(proposal=proposal, number=version["number"])
        keys = [clause.key for clause in await clauses_of(row)]
        done = {k: clauses.parse(w)[0].text for k, w in zip(keys, words, strict=True) if w}
        await enter_translation(record, proposal, row, "fr", done)

    return happens


def _putting(table: dict[str, Any], year: int, put: datetime) -> Any:
    """The question of the sample; its closing instant is as far from the opening as in the file."""
    asked = table["question"]

    async def happens(record: Record) -> None:
        proposal = await load(year, table["number"])
        chosen = {"min_support": asked["min_support"]} if "min_support" in asked else {}
        closes = record.now + (asked["closes"] - put) if "closes" in asked else None
        question = Put(
            version=proposal.newest,
            procedure=asked["procedure"],
            chosen=chosen,
            closes=closes,
            publication=asked["publication"],
            # What the Chair declares was put in the room, whose roll is called on the second day.
            meeting="" if "closes" in asked else MEETING,
        )
        await enter_question(record, proposal, question)

    return happens


def _stating(number: int, year: int, said: dict[str, Any]) -> Any:
    async def happens(record: Record) -> None:
        proposal = await load(year, number)
        answer = await _answer(proposal, said)
        await enter_position(record, proposal, said["delegation"], answer)

    return happens


def _hearing(number: int, year: int, said: dict[str, Any]) -> Any:
    async def happens(record: Record) -> None:
        proposal = await load(year, number)
        answer = await _answer(proposal, said)
        await enter_view(record, proposal, said["observer"], answer)

    return happens


async def _key(proposal: Proposal, said: dict[str, Any], clause: str | None = None) -> str:
    """The key of the clause that the sample names by its number in a version: p3, or nothing."""
    named = str(said.get("clause", "") if clause is None else clause)
    version = await Version.get(proposal=proposal, number=said["version"])
    found = {f"p{c.number}": c.key for c in await clauses_of(version) if c.number}
    return found.get(named, named)


async def _answer(proposal: Proposal, said: dict[str, Any]) -> Answer:
    explanation, several = said.get("explanation", {}), said.get("concerns", ())
    language = next(iter(explanation), "en")
    apart = tuple(
        [
            Concern(
                await _key(proposal, said, each["clause"]),
                each["explanation"],
                each.get("would_join", ""),
            )
            for each in several
        ]
    )
    return Answer(
        stance=Stance(said["stance"]),
        version=said["version"],
        clause=apart[0].clause if apart else await _key(proposal, said),
        explanation=explanation.get(language, ""),
        would_join=said.get("would_join", ""),
        apart=apart,
        language=language,
        ad_referendum=said.get("ad_referendum", False),
    )


def _commenting(number: int, year: int, said: dict[str, Any]) -> Any:
    async def happens(record: Record) -> None:
        proposal = await load(year, number)
        remark = Remark(
            text=said["text"],
            language=said["language"],
            clause=await _key(proposal, said),
            version=said["version"],
        )
        await enter_comment(record, proposal, remark)

    return happens


def _deciding(table: dict[str, Any], year: int) -> Any:
    async def happens(record: Record) -> None:
        proposal: Proposal = await load(year, table["number"])
        said = Declaration(
            outcome=Outcome(table["decision"]["outcome"]),
            symbol=table["decision"]["symbol"],
            note=table["decision"]["effective_note"]["en"],
            place="New Delhi",
            meeting=MEETING,
        )
        await enter_decision(record, proposal, said)

    return happens
