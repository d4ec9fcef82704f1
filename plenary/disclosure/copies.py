"""Where the words of a payload stand besides: what has to give way when they are removed.

One line for each type of entry that has a payload; a test walks all of them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from tortoise.expressions import Q
from tortoise.models import Model

from plenary.bodies.models import Appeal, Body, Credential, Delegation, Holiday, Measure, Officer
from plenary.decisions.models import Correction, Decision, FollowUp, Progress, Statement
from plenary.decisions.register import words_of
from plenary.meetings.models import Meeting, Paragraph
from plenary.people.models import Person
from plenary.procedures.models import Procedure
from plenary.proposals.models import ClauseText, Comment, Cycle, Proposal, Translation, Version
from plenary.questions.models import Bloc, Concern, Late, Position, Question, TimeAsked, View
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.texts.removed import is_removed

Facts = Mapping[str, Any]
Told = Mapping[str, Any]  # what the payload says
Clear = Callable[[Entry, Facts, Told, str], Awaitable[None]]


async def clear(entry: Entry, told: Told, mark: str) -> None:
    """Put the mark in the place of the words of an entry, wherever a copy of them stands."""
    await COPIES[entry.type](entry, read_entry(bytes(entry.written)), told, mark)


# --- how words give way ---


async def give_way(rows: Sequence[Model], columns: Sequence[str], mark: str) -> None:
    """Each column that holds words; of words by language each language keeps its place."""
    for row in rows:
        held = {name: _instead(getattr(row, name), mark) for name in columns}
        await type(row).filter(pk=row.pk).update(**held)


def _instead(words: Any, mark: str) -> Any:
    if isinstance(words, dict):
        return dict.fromkeys(words, mark)
    return mark if words else words


def of_entry(*kinds: type[Model], columns: Sequence[str]) -> Clear:
    """Rows that were made by the entry itself."""

    async def clearing(entry: Entry, _: Facts, __: Told, mark: str) -> None:
        for kind in kinds:
            await give_way(await kind.filter(entry=entry.n), columns, mark)

    return clearing


async def nothing(_: Entry, __: Facts, ___: Told, ____: str) -> None:
    """The words stand in the payload alone."""


# --- what is not found by its entry alone ---


async def _title(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    proposal = await Proposal.get(symbol=entry.topic)
    await give_way([proposal], ["title", "sense"], mark)
    await Proposal.filter(id=proposal.id).update(theme="")
    await give_way(await Decision.filter(proposal=proposal), ["title", "summary"], mark)
    await _found_by_what_is_left(Q(proposal=proposal))


async def _version(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    version = await Version.get(entry=entry.n)
    await give_way([version], ["note"], mark)
    await give_way(await ClauseText.filter(version=version), ["text"], mark)
    await _found_by_what_is_left(Q(proposal=version.proposal_id, version=version.number))


async def _declared(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    await give_way(await Decision.filter(entry=entry.n), ["note"], mark)


async def _imported(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    """Kind and confidence are words of a table, by which it is counted; they stay."""
    rows = await Decision.filter(entry=entry.n)
    await give_way(rows, ["title", "summary", "place", "meeting", "source"], mark)
    for decision in rows:
        if decision.procedure.get("stated"):
            procedure = decision.procedure | {"stated": mark}
            await Decision.filter(id=decision.id).update(procedure=procedure)
    await _found_by_what_is_left(Q(entry=entry.n))


async def _found_by_what_is_left(which: Q) -> None:
    """Removed words find nothing any more; what stands beside them goes on being found."""
    for decision in await Decision.filter(which):
        texts: list[Any] = (
            await ClauseText.filter(
                version__proposal=decision.proposal_id, version__number=decision.version
            )
            .order_by("place")
            .values_list("text", flat=True)
            if decision.version
            else []
        )
        left = [
            text
            for text in (*decision.title.values(), *decision.summary.values(), *texts)
            if not is_removed(text)
        ]
        await Decision.filter(id=decision.id).update(words=words_of(decision.symbol, {}, {}, *left))


async def _translated_statement(_: Entry, facts: Facts, __: Told, mark: str) -> None:
    for statement in await _statements(facts):
        await Statement.filter(id=statement.id).update(
            text=statement.text | {facts["language"]: mark}
        )


async def _statements(facts: Facts) -> list[Statement]:
    register, _, source_id = str(facts["decision"]).partition("/")
    return await Statement.filter(
        decision__register=register, decision__source_id=source_id, number=facts["statement"]
    )


async def _bloc(_: Entry, facts: Facts, __: Told, mark: str) -> None:
    rows = await Bloc.filter(entry=facts["bloc"])
    await give_way(rows, ["name", *ANSWER], mark)
    await give_way(await Concern.filter(entry=facts["bloc"]), ANSWER, mark)


async def _communique(_: Entry, facts: Facts, __: Told, mark: str) -> None:
    """What was issued is the whole; of one paragraph only its words go, see `quoting`."""
    rows = await Paragraph.filter(communique__meeting__slug=facts["meeting"])
    await give_way(rows, ["text"], mark)


async def _procedure(entry: Entry, facts: Facts, told: Told, mark: str) -> None:
    """Its name, also where a question and its outcome were put under it. Its terms stay."""
    await give_way(await Procedure.filter(entry=entry.n), ["names", "authority"], mark)
    for kind in (Question, Decision):
        for row in await kind.filter(entry__gt=entry.n):
            if _is_under(row.procedure, facts, told["names"]):
                names = dict.fromkeys(told["names"], mark)
                await kind.filter(id=row.id).update(procedure=row.procedure | {"names": names})


def _is_under(procedure: Mapping[str, Any], facts: Facts, names: Mapping[str, str]) -> bool:
    same = all(procedure.get(name) == facts[name] for name in ("key", "number"))
    return same and procedure.get("names") == names


async def _meeting(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    for meeting in await Meeting.filter(entry=entry.n):
        agenda = [item | {"title": dict.fromkeys(item["title"], mark)} for item in meeting.agenda]
        await Meeting.filter(id=meeting.id).update(agenda=agenda)
        await give_way([meeting], ["names", "place", "note"], mark)


async def _person(entry: Entry, _: Facts, told: Told, mark: str) -> None:
    """Under whatever entry a person is named, it is the one of that name with that role there."""
    held = Q(accreditations__delegation__code=entry.topic) | Q(accreditations__entry=entry.n)
    people = await Person.filter(held, name=told.get("person", "")).distinct()
    await give_way(people, ["name"], mark)


async def _officer(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    rows = await Officer.filter(entry=entry.n).prefetch_related("person")
    await give_way([officer.person for officer in rows if officer.person], ["name"], mark)


async def _delegation(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    await give_way(await Delegation.filter(code=entry.topic), ["names", "note"], mark)


async def _body(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    await give_way(await Body.filter(key=entry.topic), ["names", "mandate"], mark)


async def _cycle(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    await give_way(await Cycle.filter(key=entry.topic), ["names"], mark)


async def _holidays(entry: Entry, facts: Facts, __: Told, mark: str) -> None:
    rows = await Holiday.filter(body__key=entry.topic, day__in=facts["days"])
    await give_way(rows, ["names"], mark)


async def _credentials(entry: Entry, _: Facts, __: Told, mark: str) -> None:
    await give_way(await Credential.filter(entry=entry.n), ["note"], mark)
    await give_way(await Measure.filter(entry=entry.n), ["ground"], mark)


ANSWER = ("explanation", "would_join")
COPIES: dict[str, Clear] = {
    "access.refused": of_entry(Measure, columns=["ground"]),
    "appeal.answered": of_entry(Appeal, columns=["text"]),
    "appeal.entered": of_entry(Appeal, columns=["text"]),
    "bloc.named": _bloc,
    "body.formed": _body,
    "comment.made": of_entry(Comment, columns=["text"]),
    "communique.drafted": nothing,
    "communique.edited": nothing,
    "communique.issued": _communique,
    "credentials.recorded": _credentials,
    "cycle.opened": _cycle,
    "decision.declared": _declared,
    "group.declared": _declared,
    "decision.imported": _imported,
    "delegation.admitted": _delegation,
    "follow_up.opened": of_entry(FollowUp, columns=["text"]),
    "follow_up.reported": of_entry(Progress, columns=["note"]),
    "holiday.removed": nothing,
    "holidays.entered": _holidays,
    "meeting.called": _meeting,
    "observer.entered": of_entry(View, Concern, columns=ANSWER),
    "observer.heard": of_entry(View, Concern, columns=ANSWER),
    "observer.late": of_entry(Late, Concern, columns=ANSWER),
    "office.filled": _officer,
    "participant.standing": of_entry(Measure, columns=["ground"]),
    "payload.redacted": nothing,
    "person.accredited": _person,
    "person.left": _person,
    "position.entered": of_entry(Position, Concern, columns=ANSWER),
    "position.late": of_entry(Late, Concern, columns=ANSWER),
    "position.stated": of_entry(Position, Concern, columns=ANSWER),
    "procedure.adopted": _procedure,
    "proposal.drafted": _title,
    "proposal.named": _title,
    "proposal.tabled": _title,
    "proposal.withdrawn": nothing,
    "question.extended": nothing,
    "question.put": of_entry(Question, columns=["uneven"]),
    "record.corrected": of_entry(Correction, columns=["text"]),
    "seat.ended": of_entry(Measure, columns=["ground"]),
    "seat.given": of_entry(Measure, columns=["ground"]),
    "sessions.ended": _person,
    "sponsor.left": nothing,
    "statement.made": of_entry(Statement, columns=["text"]),
    "statement.translated": _translated_statement,
    "text.disowned": nothing,
    "text.entered": nothing,
    "time.asked": of_entry(TimeAsked, columns=["reason"]),
    "translation.issued": of_entry(Translation, columns=["text"]),
    "version.issued": _version,
    "withdrawal.agreed": nothing,
}
