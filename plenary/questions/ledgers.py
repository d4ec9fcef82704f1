"""The roll and the ledgers of a question as they are now, read once and kept while they are so.

The record says what changed: what is kept here is kept until an entry follows. An answer makes the
ledgers of its own question new; every other act makes all of them new, whatever it was, for a name
may have changed or words may have been removed. Nothing here depends on who reads, or on the hour.
Inside a transaction nothing is kept and nothing kept is believed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient
from tortoise.connection import get_connection
from tortoise.queryset import QuerySet

from plenary.bodies.models import Delegation
from plenary.bodies.rules import Roll
from plenary.db.config import CONNECTION
from plenary.kept import Bounded
from plenary.procedures.terms import Terms, terms_of
from plenary.proposals.models import Proposal
from plenary.questions import rules
from plenary.questions.models import Late, Position, Question, RollCall, View
from plenary.questions.rules import Said, Stance, Standing
from plenary.questions.spoken import Party, Spoken, in_order
from plenary.questions.weighing import Weighed, weighed
from plenary.record import acts
from plenary.record.models import Entry

MOST = 2_000_000  # of what is kept, by its weight
EACH = 600  # about so much weighs what was said, beside its words
MANY = 200  # entries since: of more nothing is worth looking at
Earlier = dict[str, tuple[Spoken, ...]]  # by code, newest first
Parties = Mapping[int, Party]  # by id of the delegation


@dataclass(frozen=True)
class Judged:
    """What its rule says of the positions as they are."""

    standing: Standing
    counts: Mapping[str, int]
    checks: tuple[Weighed, ...]


@dataclass(frozen=True)
class Ledgers:
    """One question. Participants and Observers never share a list."""

    terms: Terms
    roll: Roll
    parties: tuple[Party, ...]  # the roll, in order
    said: Mapping[str, Said]  # by code, what counts now
    positions: tuple[Spoken, ...]  # current, the newest first
    heard: tuple[Spoken, ...]  # Observers, current, in order
    late: tuple[Spoken, ...]  # what came at or after its end, oldest first
    judgements: dict[tuple[int, frozenset[str] | None], Judged] = field(default_factory=dict)

    def judged(self, version: int, present: frozenset[str] | None) -> Judged:
        """Once for a version and a room."""
        if (version, present) not in self.judgements:
            asked = (self.terms, self.roll, self.said, version, present)
            self.judgements[version, present] = Judged(
                rules.standing(*asked),
                rules.counts(self.roll, self.said, version, self.terms),
                weighed(*asked),
            )
        return self.judgements[version, present]

    @property
    def weight(self) -> int:
        said = (*self.positions, *self.heard, *self.late)
        words = sum(len(position.explanation) + len(position.would_join) for position in said)
        return EACH * (1 + len(said)) + words


Asked = tuple[Question, Proposal]


async def ledgers_of(asked: Sequence[Asked]) -> dict[int, Ledgers]:
    """By id of the question: from memory, or read now, all of them in five queries."""
    memory = await _memory()
    found = {question.id: kept for question, _ in asked if (kept := memory.of(question.id))}
    wanted = [pair for pair in asked if pair[0].id not in found]
    if wanted:
        at = memory.root
        read = await _read([question for question, _ in wanted], await memory.parties())
        if memory.root == at:  # no entry came meanwhile
            for question, proposal in wanted:
                memory.keep(question.id, proposal.symbol, read[question.id])
        found |= read
    return found


async def superseded(
    ledger: type[Position] | type[View], questions: Iterable[int], codes: Sequence[str] | None
) -> defaultdict[int, Earlier]:
    """What these delegations (None: all of them) said before, by question."""
    query = ledger.filter(question_id__in=[*questions] or [0], current=False)
    if codes is not None:
        query = query.filter(delegation__code__in=codes or [""])
    found: defaultdict[int, Earlier] = defaultdict(dict)
    for question, said in (await _said(query, "-id", await (await _memory()).parties())).items():
        by_code: dict[str, list[Spoken]] = defaultdict(list)
        for position in said:
            by_code[position.party.code].append(position)
        found[question] = {code: tuple(positions) for code, positions in by_code.items()}
    return found


class Memory:
    """What was read while the record stood where it stands."""

    def __init__(self) -> None:
        self.size, self.root, self._leaf = 0, "", ""
        self._kept: Bounded[int, tuple[str, Ledgers]] = Bounded(MOST)
        self._parties: Parties | None = None

    def of(self, question: int) -> Ledgers | None:
        kept = self._kept.get(question)
        return kept[1] if kept else None

    async def parties(self) -> Parties:
        """Every delegation by its id."""
        if self._parties is not None:
            return self._parties
        at, read = self.root, await _parties()
        if self.root == at:
            self._parties = read
        return read

    def keep(self, question: int, topic: str, ledgers: Ledgers) -> None:
        self._kept.put(question, (topic, ledgers), ledgers.weight)

    async def follow(self, size: int, root: str) -> None:
        """Forget what the entries since may have changed."""
        while root != self.root:
            was, start = self.root, max(self.size - 1, 0)  # from the last one that was known
            since = await _entries(start, size)
            if self.root == was:  # else another reader has followed meanwhile
                self._go_on(since, size - start)
                self.size, self.root = size, root
                self._leaf = since[-1]["leaf"] if since and since[-1]["n"] == size - 1 else ""

    def _go_on(self, since: Sequence[Any], expected: int) -> None:
        same = len(since) == expected and since and since[0]["leaf"] == self._leaf
        if not same or not all(acts.of(entry["type"]).only_its_own for entry in since[1:]):
            self._forget_all()  # another record, too many to look at, or no mere answers
        else:
            topics = {entry["topic"] for entry in since[1:]}
            self._kept.drop_where(lambda kept: kept[0] in topics)

    def _forget_all(self) -> None:
        self._kept.clear()
        self._parties = None


_memories: WeakKeyDictionary[BaseDBAsyncClient, Memory] = WeakKeyDictionary()


async def _memory() -> Memory:
    """Of the database that is connected, up to the end of its record."""
    client = get_connection(CONNECTION)
    if isinstance(client, TransactionalDBClient):
        return Memory()
    memory = _memories.setdefault(client, Memory())
    (head,) = await client.execute_query_dict("SELECT size, root FROM head WHERE id = 1")
    await memory.follow(head["size"], head["root"])
    return memory


async def _entries(start: int, size: int) -> list[Any]:
    """What the record says from one entry on; nothing where that is too much to look at."""
    if size - start > MANY:
        start = size - 1
    numbers = Entry.filter(n__gte=start, n__lt=size).order_by("n")
    return [*await numbers.values("n", "leaf", "type", "topic")]


async def _parties() -> Parties:
    rows = Delegation.all().values_list("id", "code", "slug", "names", "constituency")
    return {int(key): Party(*party) for key, *party in await rows}


async def _read(questions: Sequence[Question], parties: Parties) -> dict[int, Ledgers]:
    ids = [question.id for question in questions]
    # As it is now: whoever asks may have read the question before a name was removed from it.
    under = dict(await Question.filter(id__in=ids).values_list("id", "procedure"))
    rolls: dict[int, dict[int, int]] = defaultdict(dict)
    calls = RollCall.filter(question_id__in=ids).order_by("id")
    for asked, key, states in await calls.values_list("question_id", "delegation_id", "represents"):
        rolls[asked][key] = states
    positions = await _said(Position.filter(question_id__in=ids, current=True), "-id", parties)
    views = await _said(View.filter(question_id__in=ids, current=True), "-id", parties)
    late = await _said(Late.filter(question_id__in=ids), "id", parties)
    return {
        question.id: Ledgers(
            terms_of(under[question.id]),
            Roll({parties[key].code: states for key, states in rolls[question.id].items()}),
            tuple(sorted((parties[key] for key in rolls[question.id]), key=in_order)),
            {said.party.code: _counted(said) for said in reversed(positions[question.id])},
            tuple(positions[question.id]),
            tuple(sorted(views[question.id], key=lambda said: in_order(said.party))),
            tuple(late[question.id]),
        )
        for question in questions
    }


def _counted(said: Spoken) -> Said:
    return Said(said.stance, said.version, said.ad_referendum, bool(said.explanation.strip()))


# Columns of every ledger, in the order of the fields of Spoken after its party.
COLUMNS = (
    "stance", "version", "clause", "explanation", "would_join", "language", "at", "entry",
    "current",
)  # fmt: skip
OWN = {
    Position: ("ad_referendum", "entered_by", "countersigned", "bloc_id"),
    View: ("entered_by", "countersigned"),
    Late: ("entered_by",),
}


async def _said(
    query: QuerySet[Any], order: str, parties: Parties
) -> defaultdict[int, list[Spoken]]:
    """Values and no models: a roll of eighty says much."""
    own = OWN[query.model]
    rows = query.order_by(order).values_list("question_id", "delegation_id", *COLUMNS, *own)
    found: defaultdict[int, list[Spoken]] = defaultdict(list)
    for question, delegation, stance, *said in await rows:
        more = dict(zip(own, said[len(COLUMNS) - 1 :], strict=True))
        if "bloc_id" in more:
            more["bloc"] = more.pop("bloc_id")
        found[question].append(
            Spoken(parties[delegation], Stance(stance), *said[: len(COLUMNS) - 1], **more)
        )
    return found
